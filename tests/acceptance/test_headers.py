"""The contract's optional dates, such as "Review due date", can be read with or without the last word; both serve."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from addin.hosts.file.host import ClosedHost
from tests.support.builders import AS_OF, BASE, PEOPLE, day
from tests.support.contract_builder import HEADER_ROW, build
from workbook.model.changes import ChangeSet, RowRef, SetCell
from workbook.rules.checks import changes, run

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
#: The headers of the contract, with and without their last word.
EITHER = [
    ("RoleBriefs", "Review due date", "Review due"),
    ("TrainingMatrix", "Planned date", "Planned"),
    ("TrainingMatrix", "Refresher due date", "Refresher due"),
    ("ReadinessLog", "Re-check due date", "Re-check due"),
    ("ImplementationPlan", "Review due date", "Review due"),
    ("TeamLeaderReviews", "Due date", "Due"),
    ("Guidance", "Review due date", "Review due"),
    ("ImprovementLog", "Reply due date", "Reply due"),
    ("Meetings", "Next meeting date", "Next meeting"),
    ("BoardDecisions", "Due date", "Due"),
]
AROUND = ("Services", "WorkforcePlan", "Meetings", "ImprovementLog")


def book_with(path, table, headers, used, cell, **options):
    """A workbook with one row in a table, a date of which stands under one of two headers."""
    row = {h: v for h, v in BASE[table].items() if h not in headers} | {used: cell}
    tables = {**{t: [BASE[t]] for t in AROUND}, "People": PEOPLE, table: [row]}
    return build(path, tables, spelt={table: dict.fromkeys(headers, used)}, **options)


@pytest.mark.parametrize(("table", "headers", "used"), [(t, (a, b), h) for t, a, b in EITHER for h in (a, b)])
def test_a_date_is_read_found_and_written_under_either_header(table, headers, used, tmp_path):
    """One that can't be read is found in its own cell; what is written to the column lands there."""
    path = book_with(tmp_path / "book.xlsx", table, headers, used, "03/04/2026")
    host = ClosedHost(path)
    snapshot = host.read()
    found = [f for f in run(snapshot, AS_OF) if f.table == table and f.severity.value == "error"]
    assert [(f.code, f.row) for f in found] == [("not-a-date", HEADER_ROW + 1)]
    ref = RowRef(table, snapshot.tables[table].rows[0].id, 0)
    written = SetCell(ref, found[0].column, "03/04/2026", day(40))
    host.apply(ChangeSet("check", snapshot.fingerprint, (written,)), who="Tester", when=WHEN)
    sheet = next(s for s in openpyxl.load_workbook(path) if table in s.tables)
    (column,) = [c.column for c in sheet[HEADER_ROW] if c.value == used]
    assert sheet.cell(HEADER_ROW + 1, column).value.date() == day(40)
    assert "not-a-date" not in {f.code for f in run(host.read(), AS_OF)}


def test_the_link_of_a_finding_leads_to_its_column(tmp_path):
    headers = ("Next meeting date", "Next meeting")
    path = book_with(tmp_path / "book.xlsx", "Meetings", headers, headers[0], "soon", computed=True)
    snapshot = ClosedHost(path).read()
    findings = [f for f in run(snapshot, AS_OF) if f.code == "not-a-date"]
    links = [place for c in changes(snapshot, findings).changes for place in (getattr(c, "links", None) or {}).values()]
    letter = chr(ord("A") + snapshot.tables["Meetings"].headers.index(headers[0]))
    assert links == [f"'Meetings'!{letter}{HEADER_ROW + 1}"]
