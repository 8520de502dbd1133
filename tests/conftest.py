"""What all tests share: one LibreOffice for those that talk to a running one, and no deadlines for examples."""

import pytest
from hypothesis import settings

from tests.support.office import need_office

# How long an example takes says nothing of the program on a busy machine; timings live in bench/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

#: What has files that take minutes. A file is one worker's: left for the end, it would keep the other waiting.
_FIRST = {"end_to_end", "installer", "conformance"}


def pytest_collection_modifyitems(items):
    """Has the files that take longest run first."""
    items.sort(key=lambda item: _FIRST.isdisjoint(item.path.parts))


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
