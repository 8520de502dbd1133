"""One suite over every host: the same workbook and commands give the same findings, triggers and written cells."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink

from addin.hosts.host import Capability
from addin.hosts.office.cell_links import read_links
from addin.output.masterbook import write_master
from tests.conformance.hosts import HOSTS, block_of, cells_of, content_of, links_of, opened, raw_of
from tests.support.contract_builder import build
from workbook.answers.entering import entered, with_entries
from workbook.answers.recording import record
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.changes import (
    AddColumn,
    AddSheet,
    AddTable,
    AppendRows,
    ChangeSet,
    RenameSheet,
    ReplaceTable,
    RowRef,
    SetCell,
    ShowSheets,
)
from workbook.model.errors import BookNotWritable, BookUnusable, HostCannot, StaleChanges
from workbook.model.registers import (
    Actions,
    Checks,
    Documents,
    History,
    OutcomeMeasures,
    ProtectedTime,
    QuickSupport,
    SupportLog,
    Triggers,
)
from workbook.model.view import View
from workbook.rules import checks, triggers
from workbook.rules.reviews import reviews

DAY = dt.date(2026, 6, 30)
WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
#: A finding that takes no links, to fill Checks with.
COLUMNS = ("Severity", "What is wrong", "What to do", "Code")

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    """An example with mistakes of many kinds, typed as people type them."""
    path = tmp_path_factory.mktemp("conformance") / "programme.xlsx"
    example = simulate(weeks=8)
    write_master(path, plan_book(example.tables, example.until))
    book = openpyxl.load_workbook(path)
    sheet = book[SupportLog.sheet]
    header = next(r for r in range(1, 12) if sheet.cell(r, 1).value == SupportLog.support_id.header)
    at = {sheet.cell(header, c).value: c for c in range(1, sheet.max_column + 1)}
    last = header + int(sheet.tables[SupportLog.table].ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    last -= header
    sheet.cell(header + 2, at[SupportLog.date.header]).value = None
    sheet.cell(header + 3, at[SupportLog.service.header]).value = "NOWHERE"
    sheet.cell(header + 4, at[SupportLog.date.header]).value = "31/02/2026"
    sheet.cell(header + 5, at[SupportLog.support_id.header]).value = "SU-0001"
    sheet.cell(header + 6, at[SupportLog.workflow.header]).value = "#REF!"
    sheet.cell(header + 7, at[SupportLog.staff_member.header]).value = "é 🙂 אב"
    for column in range(1, len(SupportLog.headers()) + 1):
        sheet.cell(last + 1, column).value = sheet.cell(header + 8, column).value
    sheet.cell(last + 1, at[SupportLog.support_id.header]).value = None
    _note_quickly(book[QuickSupport.sheet])
    book.save(path)
    return path.read_bytes()


def _note_quickly(sheet):
    """A row to be entered, one to be cleared, and one that waits."""
    whole = ("Carer Two", "Care notes", "Logging in", "The password had run out.", "No", None, "Resolvd")
    for row, (day, became) in enumerate([(DAY, None), (None, "SU-0002"), (None, None)], start=6):
        given = (day, *(("Early", "OAK", "DC-001") if row == 6 else (None,) * 3), *whole[: None if row < 8 else 4])
        for column, value in enumerate(given, start=1):
            sheet.cell(row, column).value = value
        sheet.cell(row, len(QuickSupport.columns)).value = became


@pytest.fixture(params=HOSTS)
def host(request, master, tmp_path):
    path = tmp_path / "programme.xlsx"
    path.write_bytes(master)
    with opened(request.param, path, request) as reached:
        yield reached


@pytest.fixture(scope="module")
def expected(master, tmp_path_factory):
    """What the workbook in memory says and holds, after each command."""
    path = tmp_path_factory.mktemp("expected") / "programme.xlsx"
    path.write_bytes(master)
    with opened("memory", path, None) as reached:
        return played(reached)


@pytest.fixture(scope="module")
def linked(master, tmp_path_factory):
    """Where the findings of the workbook in memory lead."""
    path = tmp_path_factory.mktemp("linked") / "programme.xlsx"
    path.write_bytes(master)
    with opened("memory", path, None) as reached:
        check(reached)
        return links_of(reached, Checks.table)


def saved(book, tmp_path_factory):
    """A workbook's bytes."""
    path = tmp_path_factory.mktemp("made") / "made.xlsx"
    book.save(path)
    return path.read_bytes()


def apply(host, *changes, command="check"):
    return host.apply(ChangeSet(command, host.read().fingerprint, changes), who="Tester", when=WHEN)


def check(host):
    snapshot = host.read()
    entering = entered(snapshot)
    found = checks.run(entering.after, DAY)
    host.apply(with_entries(entering, checks.changes(entering.after, found)), who="Tester", when=WHEN)
    return [f.as_json() for f in found]


def compute(host):
    view = View(host.read(), DAY)
    results, due = triggers.evaluate(view), list(reviews(view))
    host.apply(record(view, results, due), who="Tester", when=WHEN)
    return [r.as_json() for r in results], [r.as_json() for r in due]


def played(host):
    """Findings, results and cells along a manager's way."""
    before = host.read().fingerprint
    findings = check(host)
    checked = cells_of(host)
    results = compute(host)
    return before, findings, checked, results, cells_of(host)


def test_the_same_findings_triggers_and_cells(host, expected):
    before, findings, checked, results, computed = played(host)
    assert before == expected[0]
    assert findings == expected[1]
    assert {f["code"] for f in findings} >= {"required-blank", "unknown-reference", "duplicate-id", "excel-error-value"}
    assert checked == expected[2]
    assert results == expected[3]
    assert computed == expected[4]


def test_a_further_run_finds_nothing_to_write(host):
    check(host)
    check(host)  # the first gives an entry its id, so that less is found now
    compute(host)
    snapshot = host.read()
    assert not checks.changes(snapshot, checks.run(snapshot, DAY))
    view = View(snapshot, DAY)
    assert not record(view, triggers.evaluate(view), reviews(view))


def test_the_inverse_brings_every_cell_back(host):
    before = cells_of(host)
    snapshot = host.read()
    changes = checks.changes(snapshot, checks.run(snapshot, DAY))
    inverse = host.apply(changes, who="Tester", when=WHEN)
    assert cells_of(host) != before
    host.apply(ChangeSet("undo", host.read().fingerprint, inverse.changes), who="Tester", when=WHEN)
    after = {place: cell for place, cell in cells_of(host).items() if place[0] != History.table}
    assert after == {place: cell for place, cell in before.items() if place[0] != History.table}


def shape(host):
    """Where each table stands and ends, but for the record, which is never taken back."""
    tables = raw_of(host).tables
    return {t.table: (t.sheet, t.headers, t.body_rows) for t in tables if t.table != History.table}


def entries(host):
    return {place: cell for place, cell in cells_of(host).items() if place[0] != History.table}


@pytest.fixture(scope="module")
def without_checks(tmp_path_factory):
    """An example that has no table of findings yet."""
    path = tmp_path_factory.mktemp("older") / "older.xlsx"
    return build(path, simulate(weeks=8).tables, computed=True, leave_out={Checks.table}).read_bytes()


@pytest.mark.parametrize("kind", HOSTS)
def test_what_was_added_goes_again_and_comes_back(kind, without_checks, request, tmp_path):
    older = tmp_path / "older.xlsx"
    older.write_bytes(without_checks)
    action = {
        "Action ID": "AC-900",
        "Action": "Arrange training.",
        "Status": "Proposed",
        "Seen by": "Board Chair Cedar",
    }
    with opened(kind, older, request) as host:
        snapshot = host.read()
        found = checks.changes(snapshot, checks.run(snapshot, DAY))
        before, held = shape(host), entries(host)
        data = snapshot.tables[Actions.table]
        more = data.body_rows - data.total_rows + 2  # a new workbook's tables have blank rows to begin with
        new = tuple({**action, "Action ID": f"AC-{900 + n}"} for n in range(more))
        inverse = apply(host, *found.changes, AppendRows(Actions.table, new))
        after, written = shape(host), entries(host)
        assert after.keys() - before.keys() == {Checks.table}
        assert after[Actions.table][1] == (*before[Actions.table][1], "Seen by")
        assert after[Actions.table][2] == before[Actions.table][2] + 2
        again = apply(host, *inverse.changes, command="undo")
        assert host.stays == ()
        assert entries(host) == held
        assert shape(host) == before
        apply(host, *again.changes, command="undo")
        assert entries(host) == written
        assert shape(host) == after


@pytest.mark.parametrize("kind", HOSTS)
def test_tabs_that_were_shown_are_hidden_again_unless_entries_stand_there(kind, request, tmp_path):
    path = build(tmp_path / "book.xlsx", {}, computed=True)
    book = openpyxl.load_workbook(path)
    both = frozenset({Actions.sheet, Documents.sheet})
    for name in both:
        book[name].sheet_state = "hidden"
    book.save(path)
    action, paper = {"Action ID": "AC-900", "Status": "Proposed"}, {"Document": "board-minutes", "File": "minutes.docx"}
    with opened(kind, path, request) as host:
        assert host.read().hidden == both
        inverse = apply(
            host,
            AppendRows(Actions.table, (action,)),
            AppendRows(Documents.table, (paper,)),
            ShowSheets((Documents.sheet, Actions.sheet)),
        )
        assert not host.read().hidden
        apply(host, AppendRows(Documents.table, ({"Document": "governance-review"},)))
        again = apply(host, *inverse.changes, command="undo")
        assert host.read().hidden == {Actions.sheet}
        assert host.stays == (f"the tab of the sheet {Documents.sheet}: entries stand there",)
        apply(host, *again.changes, command="undo")
        assert not host.read().hidden


@pytest.fixture(scope="module")
def counted_below(tmp_path_factory):
    """An example with a person's own cells below a table: in which row, and which rows of the table they count."""
    path = build(tmp_path_factory.mktemp("below") / "book.xlsx", simulate(weeks=8).tables, computed=True)
    book = openpyxl.load_workbook(path)
    sheet = book[Actions.sheet]
    row = max(cell.row for cells in sheet for cell in cells if cell.value is not None) + 2
    sheet.cell(row, 2).value, sheet.cell(row, 3).value = "Counted by hand", 7
    sheet.cell(row, len(Actions.headers()) + 4).value = "apart"
    sheet.cell(row - 2, len(Actions.headers()) + 4).value = f"=C{row}+1"
    top, last = sheet.tables[Actions.table].ref.replace("A", "").split(":")[0], row - 2
    sheet.cell(row, 4).value = f"=COUNTA(A{int(top) + 1}:A{last})"
    return saved(book, tmp_path_factory), row, int(top), last


@pytest.mark.parametrize("kind", [kind for kind in HOSTS if kind != "memory"])
def test_what_stands_below_a_table_moves_down(kind, counted_below, request, tmp_path):
    path = tmp_path / "book.xlsx"
    data, row, top, last = counted_below
    path.write_bytes(data)
    new = tuple({"Action ID": f"AC-{900 + n}", "Action": "Arrange training."} for n in range(4))
    with opened(kind, path, request) as host:
        before = host.read().rows(Actions)
        apply(host, AppendRows(Actions.table, new))
        assert len(host.read().rows(Actions)) == len(before) + 4
        apart = len(Actions.headers()) + 3
        cells = block_of(host, Actions.sheet, row + 6, apart + 1)
        below = next(n for n, line in enumerate(cells) if line[1] == "Counted by hand")
        assert cells[below][2] == 7
        assert cells[below][3] in (len(before) + 4, f"=COUNTA(A{top + 1}:A{last + 4})")
        assert not any(cells[below - 1]), "a blank row parts it from the entries"
        assert cells[row - 1][apart] == "apart"
        assert cells[row - 3][apart] in (8, f"=C{below + 1}+1")


def test_what_people_use_since_stays(host):
    inverse = apply(host, AddColumn(Actions.table, "Seen by"), AddColumn(SupportLog.table, "Colour"))
    ref = host.read().rows(Actions)[0]
    apply(host, SetCell(RowRef(Actions.table, ref.id, ref.ordinal), "Seen by", None, "Board Chair Cedar"))
    apply(host, *inverse.changes, command="undo")
    assert "Seen by" in host.read().tables[Actions.table].headers
    assert "Colour" not in host.read().tables[SupportLog.table].headers
    assert len(host.stays) == 1
    assert host.stays[0].startswith("Actions, the column Seen by: it holds something in ")


def test_stale_changes_and_wrong_expectations_write_nothing(host):
    snapshot, before = host.read(), cells_of(host)
    row = snapshot.rows(SupportLog)[9]
    ref = RowRef(SupportLog.table, row.id, row.ordinal)
    right = SetCell(ref, SupportLog.workflow.header, row.workflow, "Care notes")
    wrong = SetCell(ref, SupportLog.shift.header, "Never so", "Night")
    with pytest.raises(StaleChanges):
        apply(host, right, wrong)
    with pytest.raises(StaleChanges):
        host.apply(ChangeSet("check", "0" * 32, (right,)), who="Tester", when=WHEN)
    assert cells_of(host) == before


def test_every_kind_of_change(host):
    snapshot = host.read()
    row = snapshot.rows(SupportLog)[9]
    action = {"Action ID": "AC-900", "Action": "Arrange training.", "Raised on": DAY, "Status": "Proposed"}
    apply(
        host,
        SetCell(RowRef(SupportLog.table, row.id, row.ordinal), SupportLog.shift.header, row.shift, "Night"),
        AppendRows(Actions.table, (action,)),
        ReplaceTable(Checks.table, COLUMNS, (("error", "First", "Mend it.", "code"), ("error", "'=1", "-", "7"))),
        AddColumn(Actions.table, "Seen by"),
        AddTable("Extra", "Extra", ("Word", "Day"), (("=no formula", DAY), ("-12", None))),
        ShowSheets(tuple(sorted(snapshot.hidden))[:1]),
    )
    after = host.read()
    assert after.rows(SupportLog)[9].shift == "Night"
    added = after.rows(Actions)[-1]
    assert (added.id, added.raised_on, added.status) == ("AC-900", DAY, "Proposed")
    told = [Checks.columns.index(c) for c in (Checks.what_is_wrong, Checks.code)]
    assert [[tuple(r)[3 + n] for n in told] for r in after.rows(Checks)] == [["First", "code"], ["'=1", "7"]]
    assert "Seen by" in after.tables[Actions.table].headers
    assert len(after.hidden) == max(len(snapshot.hidden) - 1, 0)
    assert any(SupportLog.table in tuple(r) for r in after.rows(History))
    (word, day), first, second = block_of(host, "Extra", 3, 2)
    assert (word, day) == ("Word", "Day")
    assert (first[0], _day(first[1])) == ("=no formula", DAY)
    assert second == ["-12", None], "text that looks like a number stays text"


def _day(value):
    return value.date() if isinstance(value, dt.datetime) else value


def test_links_lead_to_the_very_cells(host, linked):
    check(host)
    found = links_of(host, Checks.table)
    assert found == linked
    (row, _), goal = next(iter(sorted(found.items())))
    finding = host.read().rows(Checks)[row]
    assert goal.endswith(str(tuple(finding)[3 + Checks.columns.index(Checks.entry_row)]))


def test_a_persons_own_column_follows_its_row(host):
    compute(host)
    data = host.read()
    row = data.rows(Triggers)[2]
    ref = RowRef(Triggers.table, row.id, row.ordinal)
    apply(host, SetCell(ref, Triggers.acknowledged_by.header, None, "Board Chair Cedar"))
    rows = [tuple(r)[3:] for r in host.read().rows(Triggers)]
    at = Triggers.columns.index(Triggers.acknowledged_by)
    turned = tuple(tuple(v for n, v in enumerate(r) if n != at) for r in reversed(rows))
    headers = tuple(c.header for n, c in enumerate(Triggers.columns) if n != at)
    apply(host, ReplaceTable(Triggers.table, headers, turned))
    keys = {r.result_key: r.acknowledged_by for r in host.read().rows(Triggers)}
    assert [key for key, who in keys.items() if who] == [row.result_key]


@pytest.mark.parametrize(
    ("capability", "ask"),
    [
        (Capability.SHOW, lambda h: h.show("Done.")),
        (Capability.SELECT, lambda h: h.select(SupportLog.sheet, 6, 1)),
    ],
)
def test_what_a_host_cannot_do_is_named_and_says_which_can(capability, ask, host, monkeypatch):
    if capability not in host.capabilities:
        with pytest.raises(HostCannot, match="Excel or LibreOffice"):
            ask(host)
    elif capability is Capability.SELECT:
        ask(host)
        assert host.book.selection.address == "$A$6"
    else:
        said = []  # a message waits for its reader; it is read and pressed away in the tests of the toolbar
        monkeypatch.setattr(type(host.book.app.impl), "alert", lambda _, words, *rest: said.append((words, rest[0])))
        ask(host)
        assert said == [("Done.", "Champions")]


def test_none_of_our_tables(request, tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "Nothing of ours"
    book.save(tmp_path / "other.xlsx")
    for kind in ("closed file", "LibreOffice"):
        with opened(kind, tmp_path / "other.xlsx", request) as reached, pytest.raises(BookUnusable, match="None of"):
            reached.read()


def test_hosts_read_the_same_tables_in_the_same_places(host, master, tmp_path, request):
    path = tmp_path / "again.xlsx"
    path.write_bytes(master)
    with opened("closed file", path, request) as file:
        places = {t.table: (t.sheet, t.header_row, t.first_column, t.headers, t.formulas) for t in raw_of(file).tables}
    assert {
        t.table: (t.sheet, t.header_row, t.first_column, t.headers, t.formulas) for t in raw_of(host).tables
    } == places


@pytest.fixture(scope="module")
def with_history(tmp_path_factory):
    """An example in which a sheet has a name that Excel keeps for itself."""
    path = tmp_path_factory.mktemp("older") / "older.xlsx"
    build(path, simulate(weeks=8).tables, computed=True, sheet_names={History.sheet: "History"})
    return path


@pytest.fixture(scope="module")
def named_elsewhere(with_history, tmp_path_factory):
    """The same, with a sheet whose formulas, links and names lead to it; and where its table begins."""
    book = openpyxl.load_workbook(with_history)
    notes = book.create_sheet("Notes")
    top = book["History"].tables[History.table].ref.partition(":")[0]
    notes["A1"], notes["A2"] = f"=History!{top}", f"=COUNTA('History'!{top}:C9)"
    notes["A3"] = '=HYPERLINK("#\'History\'!A1","See")'
    book.defined_names["Lines"] = DefinedName("Lines", attr_text="History!$A$1:$C$9")
    notes["A4"], notes["A5"] = "=COUNTA(Lines)", "See"
    notes["A5"].hyperlink = Hyperlink(ref="A5", location="'History'!A1")
    return saved(book, tmp_path_factory), top


@pytest.mark.parametrize("kind", HOSTS)
def test_a_sheet_whose_name_excel_keeps_is_renamed_and_all_that_names_it_follows(
    kind, named_elsewhere, request, tmp_path
):
    path = tmp_path / "older.xlsx"
    data, top = named_elsewhere
    path.write_bytes(data)
    with opened(kind, path, request) as host:
        before, held = shape(host), entries(host)
        assert raw_sheet(host, History.table) == "History"
        snapshot = host.read()
        changes = checks.changes(snapshot, checks.run(snapshot, DAY))
        assert changes.describe()[-1] == "the sheet History is called Change history from now on"
        inverse = host.apply(changes, who="Tester", when=WHEN)
        assert raw_sheet(host, History.table) == "Change history"
        assert not checks.changes(host.read(), checks.run(host.read(), DAY))
        if kind != "memory":
            told = [text_in(host, "Notes", n) for n in (1, 2, 3)]
            assert told[0].replace("$", "") in (f"='Change history'!{top}", f"='Change history'.{top}")
            assert "'Change history'" in told[1]
            assert told[2] == '=HYPERLINK("#\'Change history\'!A1","See")'
        again = apply(host, *inverse.changes, command="undo")
        if kind.startswith("Excel"):  # it would not take the name
            assert host.stays == ("the name of the sheet Change history: Excel keeps this name for itself",)
            return
        assert (shape(host), entries(host), host.stays) == (before, held, ())
        assert raw_sheet(host, History.table) == "History"
        apply(host, *again.changes, command="undo")
        assert raw_sheet(host, History.table) == "Change history"


@pytest.fixture(scope="module")
def name_taken(with_history, tmp_path_factory):
    """The same, with a person's own sheet that has the name which ours shall get."""
    book = openpyxl.load_workbook(with_history)
    book.create_sheet("CHANGE HISTORY")["A1"] = "My own list of changes"
    book["History"].sheet_state = "hidden"
    return saved(book, tmp_path_factory)


@pytest.mark.parametrize("kind", HOSTS)
def test_a_persons_own_sheet_keeps_the_name_and_ours_gets_a_number(kind, name_taken, request, tmp_path):
    path = tmp_path / "older.xlsx"
    path.write_bytes(name_taken)
    with opened(kind, path, request) as host:
        if kind == "memory":
            host.book.cells["CHANGE HISTORY", 1, 1] = "My own list of changes"
        inverse = apply(host, ShowSheets(("History",)), RenameSheet("History", History.sheet))
        assert raw_sheet(host, History.table) == "Change history 2"
        assert not host.read().hidden
        assert block_of(host, "CHANGE HISTORY", 1, 1) == [["My own list of changes"]]
        if not kind.startswith("Excel"):
            apply(host, *inverse.changes, command="undo")
            assert raw_sheet(host, History.table) == "History"


@pytest.mark.parametrize("kind", HOSTS)
def test_a_sheet_of_formulas_comes_into_a_file_and_goes_again(kind, request, tmp_path):
    path, plan = tmp_path / "older.xlsx", plan_book(simulate(weeks=4).tables, DAY)
    sheets = tuple(sheet for sheet in plan.sheets if sheet.name != "Programme at a glance")
    write_master(path, replace(plan, sheets=sheets))
    with opened(kind, path, request) as host:
        before, adding = host.read().sheets, AddSheet("Programme at a glance", shown=True)
        if kind in ("LibreOffice", "Excel", "Excel's stand-in"):
            with pytest.raises(BookNotWritable, match="upgrade"):
                apply(host, adding, command="upgrade")
            assert host.read().sheets == before
            return
        inverse = apply(host, adding, command="upgrade")
        assert host.read().sheets - before == {"Programme at a glance"}
        assert "Programme at a glance" not in host.read().hidden
        assert not apply(host, adding, command="upgrade").changes, "it is there"
        again = apply(host, *inverse.changes, command="undo of upgrade")
        assert host.read().sheets == before
        assert AddSheet("Programme at a glance", shown=True) in again.changes


def raw_sheet(host, table):
    return next(t.sheet for t in raw_of(host).tables if t.table == table)


def goal_in(host, sheet, row):
    """Where the link in column A of a sheet leads."""
    if hasattr(host, "path"):
        return openpyxl.load_workbook(io.BytesIO(content_of(host)))[sheet].cell(row, 1).hyperlink.location
    cell = host.book.sheets[sheet].range((row, 1), (row, 2))
    return next(goal for _, _, goal in read_links(cell))


def text_in(host, sheet, row):
    """The formula in column A of a sheet."""
    if hasattr(host, "path"):
        return openpyxl.load_workbook(io.BytesIO(content_of(host)))[sheet].cell(row, 1).value
    return host.book.sheets[sheet].range((row, 1)).formula


@pytest.fixture(scope="module")
def formatted(master, tmp_path_factory):
    """The example with entries whose number formats change what is meant, and unseen characters."""
    book = openpyxl.load_workbook(io.BytesIO(master))

    def cell(sheet, row, header):
        page = book[sheet]
        top = next(n for n in range(1, 12) if header in [c.value for c in page[n]])
        return page.cell(top + row, [c.value for c in page[top]].index(header) + 1)

    typed = [
        (ProtectedTime, 1, ProtectedTime.hours_given, 0.125, "h:mm"),
        (ProtectedTime, 2, ProtectedTime.hours_given, 1.25, "[h]:mm"),
        (ProtectedTime, 3, ProtectedTime.hours_given, 2.6, "0"),
        (ProtectedTime, 4, ProtectedTime.hours_given, 3, '"£"#,##0.00'),
        (ProtectedTime, 5, ProtectedTime.hours_given, 0.5, "0%"),
        (OutcomeMeasures, 1, OutcomeMeasures.target, 0.95, "0.0%"),
        (SupportLog, 1, SupportLog.outcome, "Re\u00adsolved\u200b", None),
        (SupportLog, 2, SupportLog.coaching_given, "N/A", None),
    ]
    for register, row, column, value, code in typed:
        held = cell(register.sheet, row, column.header)
        held.value = value
        if code is not None:
            held.number_format = code
    for row in book["Thresholds"].iter_rows():
        if row[0].value == "P3" and row[1].value == "Minimum share percent":
            row[2].value, row[2].number_format = 0.6, "0%"
    return saved(book, tmp_path_factory)


@pytest.mark.parametrize("kind", HOSTS)
def test_every_host_reads_what_is_seen(kind, formatted, tmp_path, request):
    path = tmp_path / "seen.xlsx"
    path.write_bytes(formatted)
    with opened(kind, path, request) as reached:
        snapshot = reached.read()
    assert [row.hours_given for row in snapshot.rows(ProtectedTime)[:5]] == [3, 30, 2.6, 3, None]
    assert snapshot.rows(OutcomeMeasures)[0].target == 95
    assert snapshot.rows(SupportLog)[0].outcome == "Resolved"
    assert snapshot.rows(SupportLog)[1].coaching_given is None
    assert snapshot.thresholds["P3", "Minimum share percent"].value == 60


@pytest.fixture(scope="module")
def strayed(master, tmp_path_factory):
    """The example with entries on a copy, beside and beneath a table; the table's header row, its first blank row."""
    book = openpyxl.load_workbook(io.BytesIO(master))
    log, width = book[SupportLog.sheet], len(SupportLog.headers()) + 1
    top = next(n for n in range(1, 12) if log.cell(n, 1).value == SupportLog.support_id.header)
    end = top + sum(log.cell(n, 1).value is not None for n in range(top + 1, log.max_row + 1)) + 2
    copy = book.create_sheet("My copy")
    for n, source in enumerate([top, *range(top + 1, top + 6)], start=3):
        for at in range(1, width):
            copy.cell(n, at).value = log.cell(source, at).value
    copy.cell(8, 1).value = "SU-9999"
    for n in (end + 2, end + 3):
        for at in range(1, width):
            log.cell(n, at).value = log.cell(top + 9, at).value
    log.cell(end + 20, 1).value = "Ask Leader Oak before you delete anything."
    right = width + 1 if log.cell(top, width).value else width
    for n in (1, 2, 4):
        log.cell(top + n, right).value = dt.date(2026, 6, n)
    log.cell(top + 5, right).value = "=1+1"
    goals = book[OutcomeMeasures.sheet]
    goals.cell(goals.max_row + 4, 2).value = "=SUM(1,2)"
    return saved(book, tmp_path_factory), top, end


@pytest.mark.parametrize("kind", HOSTS)
def test_every_host_tells_of_entries_outside_the_tables(kind, strayed, tmp_path, request):
    path = tmp_path / "outside.xlsx"
    data, top, end = strayed
    path.write_bytes(data)
    with opened(kind, path, request) as host:
        codes = ("entries-beneath-gap", "entries-beside-table", "entries-elsewhere")
        found = [f for f in checks.run(host.read(), DAY) if f.code in codes]
        assert [(f.code, f.table, f.row) for f in found] == [
            ("entries-elsewhere", SupportLog.table, None),
            ("entries-beside-table", SupportLog.table, top + 1),
            ("entries-beneath-gap", SupportLog.table, end + 2),
        ]
        assert "1 row of it is missing from Support log" in found[0].message
        assert found[1].message.startswith("3 values stand")
        assert found[2].message.startswith("2 rows look like entries")


@pytest.fixture(scope="module")
def unticked(master, tmp_path_factory):
    """The example with boxes in blank rows; its last row, and how many entries there are."""
    book = openpyxl.load_workbook(io.BytesIO(master))
    page = book[SupportLog.sheet]
    table = page.tables[SupportLog.table]
    end = int(table.ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    column = SupportLog.headers().index(SupportLog.workaround_seen.header) + 1
    path = tmp_path_factory.mktemp("boxes") / "before.xlsx"
    path.write_bytes(master)
    with opened("closed file", path, None) as host:
        before = len(host.read().rows(SupportLog))
    for n in range(end + 2, end + 30):
        page.cell(n, column).value = False
    table.ref = table.ref.replace(str(end), str(end + 30))
    table.autoFilter.ref = table.ref
    return saved(book, tmp_path_factory), end, before


@pytest.mark.parametrize("kind", HOSTS)
def test_unticked_boxes_in_blank_rows_are_no_entries_in_any_host(kind, unticked, tmp_path, request):
    path = tmp_path / "boxes.xlsx"
    data, end, before = unticked
    path.write_bytes(data)
    with opened(kind, path, request) as host:
        snapshot = host.read()
    assert len(snapshot.rows(SupportLog)) == before
    codes = {f.code for f in checks.run(snapshot, DAY) if (f.row or 0) > end + 1}
    assert not codes
