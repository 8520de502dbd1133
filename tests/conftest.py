"""What all tests share: one LibreOffice for those that talk to a running one, and no deadlines for examples."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.office import need_office

# How long an example takes says nothing of the program on a busy machine; timings live in bench/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

#: What has files that take minutes. A file is one worker's: left for the end, it would keep the other waiting.
_FIRST = {"end_to_end", "installer", "conformance"}


#: What takes seconds a file: whole programs, open workbooks, documents, long searches. `make quick` leaves it out.
_SLOW = (
    "end_to_end",
    "installer",
    "conformance",
    "population",
    "acceptance/test_headers.py",
    "addin/analysis",
    "addin/calc",
    "addin/frontends/buttons",
    "addin/frontends/doctor",
    "addin/frontends/page",
    "addin/frontends/resident",
    "addin/frontends/ribbon",
    "addin/frontends/terminal/test_fix.py",
    "addin/frontends/terminal/test_suggest.py",
    "addin/frontends/terminal/test_upgrade.py",
    "addin/frontends/test_progress_window.py",
    "addin/frontends/test_safe_output.py",
    "addin/frontends/toolbar",
    "addin/hosts",
    "addin/lossless/edit",
    "addin/lossless/save",
    "addin/lossless/test_corpus.py",
    "addin/lossless/test_model.py",
    "addin/output",
    "addin/pipe",
    "addin/portfolio",
    "addin/schema",
    "addin/test_isolated.py",
    "test_architecture.py",
    "test_contributing.py",
    "test_excel_limits.py",
    "test_made_files.py",
    "workbook/answers/test_entering.py",
    "workbook/documents/test_reminders.py",
    "workbook/example",
    "workbook/rules/test_chances.py",
)
_HERE = Path(__file__).parent


def is_slow(path):
    """Whether a file, or all in a folder, takes seconds."""
    return path.is_relative_to(_HERE) and path.relative_to(_HERE).as_posix().startswith(_SLOW)


def pytest_ignore_collect(collection_path, config):
    """Leaves out at once, unread, what `make quick` would read and then leave out."""
    return True if "slow" in config.option.markexpr and is_slow(collection_path) else None


def pytest_collection_modifyitems(items):
    """Has the files that take longest run first, and marks those that take seconds."""
    items.sort(key=lambda item: _FIRST.isdisjoint(item.path.parts))
    for item in items:
        if is_slow(item.path):
            item.add_marker(pytest.mark.slow)


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
