"""One LibreOffice for all tests that talk to a running one."""

import pytest

from tests.office import need_office


@pytest.fixture(scope="session")
def app():
    need_office()
    from addin.calc import started

    with started() as running:
        yield running


@pytest.fixture
def sheet(app):
    """The only sheet of a new spreadsheet."""
    book = app.books.add()
    yield book.sheets[0]
    book.close()
