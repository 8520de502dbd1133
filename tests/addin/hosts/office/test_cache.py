"""What stays in mind between presses: never anything outdated, and of a few workbooks alone."""

import dataclasses
import datetime as dt

import pytest

from addin.hosts.office import cache
from addin.hosts.office.cache import findings_of, understood
from tests.support.builders import AS_OF, raw_book
from workbook.model.raw import RawBook
from workbook.model.reading import read_book
from workbook.model.registers import Checks, SupportLog
from workbook.rules import checks


def read(**changed):
    """A workbook as a host reads it, and its tables."""
    wrong = {SupportLog.service.header: "NOWHERE"}
    told = ("error", "SupportLog", "SU-0001", 6, "Service", "NOWHERE", "Wrong.", "Mend it.", "code", None)
    book = raw_book(SupportLog=[{}, wrong], Checks=[dict(zip(Checks.headers(), told, strict=True))])
    tables = list(book.tables)
    return RawBook(book.name, (), book.date_1904, book.properties, book.hidden, **changed), tables


def with_cell(tables, table, value):
    """The same tables, the last cell of one's first row another."""
    found = next(t for t in tables if t.table == table)
    columns = [list(column) for column in found.columns]
    columns[-1][0] = value
    return [dataclasses.replace(t, columns=columns) if t is found else t for t in tables]


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(cache, "_read", [])
    monkeypatch.setattr(cache, "_checked", [])


def test_an_unchanged_workbook_is_understood_and_checked_once():
    first = understood(*read())
    assert understood(*read()) is first
    assert findings_of(first, AS_OF) is findings_of(understood(*read()), AS_OF)
    assert list(findings_of(first, AS_OF)) == checks.run(first, AS_OF)


def test_any_changed_cell_is_seen_even_one_that_python_takes_for_the_same():
    book, tables = read()
    snapshots = [understood(book, with_cell(tables, SupportLog.table, value)) for value in ("x", 1, 1.0, True, None)]
    assert len({id(s) for s in snapshots}) == len(snapshots)


def test_findings_are_new_on_another_day_and_after_another_entry():
    book, tables = read()
    known = findings_of(understood(book, tables), AS_OF)
    assert known
    assert findings_of(understood(book, tables), AS_OF + dt.timedelta(days=1)) is not known
    changed = understood(book, with_cell(tables, SupportLog.table, "ring 07700 900123"))
    assert list(findings_of(changed, AS_OF)) == checks.run(changed, AS_OF)


def test_what_a_check_writes_makes_no_finding_old():
    book, tables = read()
    before = understood(book, tables)
    known = findings_of(before, AS_OF)
    written = understood(book, with_cell(tables, Checks.table, "Go to"))
    assert written is not before
    assert findings_of(written, AS_OF) is known
    assert list(known) == checks.run(written, AS_OF)


def test_a_few_workbooks_alone_are_kept():
    for n in range(5):
        book, tables = read()
        understood(dataclasses.replace(book, name=f"book {n}.xlsx"), tables)
    assert len(cache._read) == 2


def test_what_is_remembered_is_what_is_read():
    book, tables = read()
    fresh = read_book(RawBook(book.name, tables, book.date_1904, book.properties, book.hidden))
    assert understood(book, tables).fingerprint == fresh.fingerprint
