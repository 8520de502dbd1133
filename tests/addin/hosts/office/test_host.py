"""The open workbook on bad days, in a running LibreOffice: what is in the way is named, and nothing else is changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.protection import SheetProtection

from addin.calc import NoAnswer, NotDone
from addin.frontends.buttons.office_app import OfficeFront
from addin.hosts.file.host import ClosedHost
from addin.hosts.office import cell_links, native
from addin.hosts.office.commit import commit
from addin.hosts.office.host import LiveHost
from addin.hosts.office.reading import read_open
from addin.output.masterbook import write_master
from tests.conformance.hosts import cells_of
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.cells import CellError, CellObject
from workbook.model.changes import AddTable, ChangeSet, RowRef, SetCell, ShowSheets
from workbook.model.errors import BookBusy, BookNotWritable, BookUnusable, StaleChanges
from workbook.model.registers import Checks, SupportLog
from workbook.rules import checks

DAY = dt.date(2026, 6, 30)
WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
HEADER = 5

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    path = tmp_path_factory.mktemp("host") / "programme.xlsx"
    example = simulate(weeks=4)
    example.tables[SupportLog.table][3][SupportLog.service.header] = "NOWHERE"
    write_master(path, plan_book(example.tables, example.until))
    return path


@pytest.fixture
def opened(app, master, tmp_path):
    """Opens a copy of the workbook, after a change to it, as a host."""
    books = []

    def opening(change=None, **options):
        path = tmp_path / f"programme{len(books)}.xlsx"
        if change is None:
            path.write_bytes(master.read_bytes())
        else:
            book = openpyxl.load_workbook(master)
            change(book)
            book.save(path)
        books.append(app.books.open(path, **options))
        return LiveHost(books[-1])

    yield opening
    for book in books:
        if book.impl.is_open:
            book.close()


def check(host):
    snapshot = host.read()
    host.apply(checks.changes(snapshot, checks.run(snapshot, DAY)), who="Tester", when=WHEN)
    return host.read().rows(Checks)


def mistake(host):
    """A change of the first entry, and the entry."""
    snapshot = host.read()
    row = snapshot.rows(SupportLog)[0]
    change = SetCell(RowRef(SupportLog.table, row.id, row.ordinal), SupportLog.shift.header, row.shift, "Night")
    return ChangeSet("check", snapshot.fingerprint, (change,))


def test_what_is_chosen_and_seen_and_how_the_program_works_stay(app, opened):
    host = opened()
    page = host.book.sheets[SupportLog.sheet]
    page.activate()
    page.range("C30:D31").select()
    native.scroll_to(host.book, (21, 2))
    app.calculation = "manual"
    try:
        assert check(host)
        assert app.calculation == "manual"
        assert host.book.sheets.active == page
        assert host.book.selection.address == "$C$30:$D$31"
        assert native.first_seen(host.book) == (21, 2)
        assert app.screen_updating
        assert native.is_protected(host.book.sheets[Checks.sheet]), "as it was before"
    finally:
        app.calculation = "automatic"


def test_what_fails_half_way_leaves_nothing_written_and_nothing_set(app, opened, monkeypatch):
    host = opened()
    before, sizes = cells_of(host), areas(host)

    def fail(block, *_):
        block.impl.do("links", rows=[(0, 0, "", None)])  # a text that is none

    monkeypatch.setattr("addin.hosts.office.blocks.cell_links.write_links", fail)
    snapshot = host.read()
    changes = checks.changes(snapshot, checks.run(snapshot, DAY))
    with pytest.raises(NotDone):
        host.apply(changes, who="Tester", when=WHEN)
    assert cells_of(host) == before
    assert areas(host) == sizes
    assert host.book.api.do("undo_titles") == [], "nothing to undo"
    with pytest.raises(NotDone):
        host.book.impl.redo()
    assert (app.calculation, app.screen_updating) == ("automatic", True)
    assert native.is_protected(host.book.sheets[Checks.sheet])


def areas(host):
    """Where each table stands."""
    return {table.name: table.range.address for sheet in host.book.sheets for table in sheet.tables}


@pytest.mark.filterwarnings("ignore:Print area cannot be set")  # of openpyxl, for LibreOffice's way of writing it
def test_it_is_known_what_is_not_saved_yet_and_a_copy_leaves_it_so(app, opened, tmp_path):
    host = opened()
    front = OfficeFront(app, host.book)
    assert (front.program, front.changed) == ("LibreOffice", False)
    assert check(host)
    assert not front.changed, "apart from what a press wrote"
    host.book.sheets[SupportLog.sheet].range("Z90").value = "typed"
    assert front.changed
    name = host.book.name
    assert front.copy_to(tmp_path / "copy.xlsx")
    assert front.changed
    assert host.book.name == name, "it is no Save as"
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx")[SupportLog.sheet]["Z90"].value == "typed"
    assert {r.id for r in ClosedHost(tmp_path / "copy.xlsx").read().rows(SupportLog)} == {
        r.id for r in host.read().rows(SupportLog)
    }


def test_another_workbook_in_front_is_left_alone(app, opened):
    host = opened()
    other = app.books.add()
    other.sheets[0]["A1"].value = "mine"
    other.activate()
    assert check(host)
    assert other.sheets[0].used_range.value == "mine"
    other.close()


def test_a_press_that_fails_leaves_another_workbook_in_front_alone(app, opened, monkeypatch):
    host = opened()
    other = app.books.add()
    other.activate()
    tabs = [sheet.name for sheet in other.sheets]
    hidden = tuple(sheet.name for sheet in host.book.sheets if not sheet.visible)
    assert len(hidden) > 1

    def fail(block, *_):
        block.impl.do("links", rows=[(0, 0, "", None)])  # a text that is none

    monkeypatch.setattr("addin.hosts.office.blocks.cell_links.write_links", fail)
    snapshot = host.read()
    changes = checks.changes(snapshot, checks.run(snapshot, DAY))
    with pytest.raises(NotDone):
        host.apply(replace(changes, changes=(ShowSheets(hidden), *changes.changes)), who="Tester", when=WHEN)
    assert [sheet.name for sheet in other.sheets] == tabs, "LibreOffice's undo looks at the window in front"
    assert not any(host.book.sheets[name].visible for name in hidden)
    assert app.books.active.name == other.name
    other.close()


def test_a_read_only_workbook_is_read_and_not_written(opened):
    host = opened(read_only=True)
    changes, before = mistake(host), cells_of(host)
    with pytest.raises(BookNotWritable, match="read-only"):
        host.apply(changes, who="Tester", when=WHEN)
    assert cells_of(host) == before


def test_a_sheet_with_a_password_is_refused_before_anything_is_written(opened):
    def lock(book):
        protection = SheetProtection(sheet=True)
        protection.set_password("secret")
        book[Checks.sheet].protection = protection

    host = opened(lock)
    before = cells_of(host)
    with pytest.raises(BookNotWritable, match="password"):
        check(host)
    assert cells_of(host) == before
    assert native.is_protected(host.book.sheets[Checks.sheet])


@pytest.mark.filterwarnings("ignore:Print area")  # whole columns, as LibreOffice saves them
def test_hidden_rows_are_read_written_and_stay_hidden(opened, tmp_path):
    def hide(book):
        sheet = book[SupportLog.sheet]
        for row in range(HEADER + 1, HEADER + 4):
            sheet.row_dimensions[row].hidden = True

    whole = cells_of(opened())
    host = opened(hide)
    assert cells_of(host) == whole
    host.apply(mistake(host), who="Tester", when=WHEN)
    assert host.read().rows(SupportLog)[0].shift == "Night"
    host.book.save(tmp_path / "saved.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "saved.xlsx")[SupportLog.sheet].row_dimensions
    assert [rows[row].hidden for row in range(HEADER + 1, HEADER + 5)] == [True, True, True, False]


@pytest.mark.filterwarnings("ignore:Print area")  # whole columns, as LibreOffice saves them
def test_a_filtered_table_is_written_whole_and_stays_filtered(opened, tmp_path):
    at = SupportLog.columns.index(SupportLog.shift)

    def narrow(book):
        sheet = book[SupportLog.sheet]
        shown = sheet.cell(HEADER + 1, at + 1).value
        only = FilterColumn(colId=at, filters=Filters(filter=[shown]))
        sheet.tables[SupportLog.table].autoFilter.filterColumn = [only]
        for row in range(HEADER + 1, HEADER + 11):
            sheet.row_dimensions[row].hidden = sheet.cell(row, at + 1).value != shown

    host = opened(narrow)
    host.book.save(tmp_path / "before.xlsx")
    assert check(host)
    host.book.save(tmp_path / "after.xlsx")
    before, after = (_filtered(tmp_path / f"{name}.xlsx") for name in ("before", "after"))
    assert after == before
    assert any(before[0]), "some rows are filtered away"
    assert any("NOWHERE" in (text or "") for text in host.read().tables[SupportLog.table].check.values())


def _filtered(path):
    """Which rows are hidden, and what the table is filtered by."""
    sheet = openpyxl.load_workbook(path)[SupportLog.sheet]
    columns = sheet.tables[SupportLog.table].autoFilter.filterColumn
    hidden = [bool(sheet.row_dimensions[row].hidden) for row in range(HEADER + 1, HEADER + 11)]
    return hidden, [(column.colId, [*column.filters.filter]) for column in columns if column.filters]


def test_an_entry_that_was_typed_beneath_the_table_is_checked_gets_its_id_and_becomes_part_of_it(opened):
    host = opened()
    page = host.book.sheets[SupportLog.sheet]
    table = page.tables[SupportLog.table].range
    last = table.last_cell.row
    first = page.range((HEADER + 1, 1), (HEADER + 1, table.shape[1])).options(ndim=2).value
    page.range((last + 1, 1), (last + 1, table.shape[1])).value = [[None, *first[0][1:]]]
    entries = len(host.read().rows(SupportLog))
    assert check(host)
    after = host.read().rows(SupportLog)
    assert (len(after), bool(after[-1].id)) == (entries, True)
    assert page.tables[SupportLog.table].range.last_cell.row == last + 1


@pytest.mark.filterwarnings("ignore:Print area cannot be set")
def test_a_text_that_is_bold_in_part_stays_so_between_cells_that_are_written(opened, tmp_path):
    def change(book):
        sheet = book[SupportLog.sheet]
        known = sheet.cell(HEADER + 2, 1).value
        sheet.cell(HEADER + 2, 1).value = CellRichText(TextBlock(InlineFont(b=True), known[:2]), known[2:])
        sheet.cell(HEADER + 1, 1).value = sheet.cell(HEADER + 3, 1).value = None

    host = opened(change)
    check(host)
    host.book.save(tmp_path / "saved.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "saved.xlsx", rich_text=True)[SupportLog.sheet]
    assert saved.cell(HEADER + 1, 1).value, "the row got its id"
    assert saved.cell(HEADER + 3, 1).value
    kept = saved.cell(HEADER + 2, 1).value
    assert isinstance(kept, CellRichText)
    assert next(part.font.b for part in kept if isinstance(part, TextBlock))


@pytest.mark.parametrize(
    ("address", "then"),
    [
        ("#Old.A1", "#'New!'.A1"),
        ("#'Old'!A1", "#'New!'!A1"),
        ("#Other.A1", ""),
        ("https://example.org/Old!A1", ""),
    ],
)
def test_a_link_follows_a_sheet_in_the_way_it_was_written(address, then):
    assert cell_links._moved(address, "Old", "New!") == then
    if then:
        assert cell_links._moved(then, "New!", "Old").replace("'", "") == address.replace("'", "")


def test_two_windows_of_it_show_the_same(opened):
    host = opened()
    host.book.api.do("dispatch", command=".uno:NewWindow")
    assert check(host)


def test_what_is_written_is_one_step_of_the_programs_own_undo_list_and_is_not_saved(opened, tmp_path):
    host = opened()
    before, saved = cells_of(host), (tmp_path / "programme0.xlsx").read_bytes()
    check(host)
    assert cells_of(host) != before
    assert (tmp_path / "programme0.xlsx").read_bytes() == saved
    host.book.impl.undo()
    assert cells_of(host) == before


def test_a_workbook_that_was_never_saved_is_checked_and_has_no_file(app, opened):
    host = opened()
    new = app.books.add()
    source = host.book.sheets[SupportLog.sheet].tables[SupportLog.table].range
    new.sheets[0].name = SupportLog.sheet
    new.sheets[0]["A1"].value = source.options(ndim=2).value
    front = OfficeFront(app, new)
    assert front.path is None
    assert len(front.host.read().rows(SupportLog)) == len(host.read().rows(SupportLog))
    new.close()


@pytest.mark.parametrize(
    ("error", "words", "way"),
    [
        (NoAnswer("no answer"), "does not answer", "Escape"),
        (
            Exception(-2147352567, "Exception", (0, None, None, None, 0, -2146777998), None),
            "Excel is busy",
            "Finish the cell you are typing in",
        ),
    ],
    ids=["LibreOffice", "Excel"],
)
def test_a_program_that_is_busy_is_told_with_what_to_do(error, words, way, opened, monkeypatch):
    host = opened()
    monkeypatch.setattr("addin.hosts.office.busy.PATIENCE", 0.1)

    def refuse(_):
        raise error

    monkeypatch.setattr("addin.hosts.office.host.read_open", refuse)
    with pytest.raises(BookBusy, match=words) as told:
        host.read()
    assert way in told.value.next_step


def test_a_failing_new_table_leaves_no_sheet_behind(opened, monkeypatch):
    host = opened()
    names = [sheet.name for sheet in host.book.sheets]

    def fail(sheet, *_):
        sheet.api.do("add_sheet", name="Once more", beside="no such sheet", after=True)

    monkeypatch.setattr("addin.hosts.office.commit._add", fail)
    add = AddTable("Extra", "Extra", ("Word",), (("one",),))
    with pytest.raises(NotDone):
        host.apply(ChangeSet("check", host.read().fingerprint, (add,)), who="Tester", when=WHEN)
    assert [sheet.name for sheet in host.book.sheets] == names


def test_what_is_typed_right_before_it_is_written_is_never_overwritten(opened, monkeypatch):
    host = opened()
    page = host.book.sheets[SupportLog.sheet]
    shift, support = (SupportLog.columns.index(c) + 1 for c in (SupportLog.shift, SupportLog.what_happened))
    typed = []

    def typing(*given):
        if len(typed) < 2:  # of two cells, one that the change rests on and one that it does not
            typed.append(page.range((HEADER + 1, (support, shift)[len(typed)])))
            typed[-1].value = "typed meanwhile"
        return commit(*given)

    monkeypatch.setattr("addin.hosts.office.surface.commit", typing)
    with pytest.raises(StaleChanges):
        host.apply(mistake(host), who="Tester", when=WHEN)
    assert [cell.value for cell in typed] == ["typed meanwhile"]


def test_what_is_typed_elsewhere_meanwhile_is_no_hindrance(opened, monkeypatch):
    host = opened()
    page = host.book.sheets[Checks.sheet]
    before = len(host.read().rows(SupportLog))
    native.unprotect(page)
    cell = page.range((1, 30))

    def typing(*given):
        if cell.value is None:
            cell.value = "typed meanwhile"
        return commit(*given)

    monkeypatch.setattr("addin.hosts.office.surface.commit", typing)
    assert check(host)
    assert cell.value == "typed meanwhile"
    assert len(host.read().rows(SupportLog)) == before


def test_a_workbook_that_was_closed_meanwhile_is_told_in_words(app, opened):
    host = opened()
    front, changes = OfficeFront(app, host.book), mistake(host)
    other = app.books.add()
    host.book.close()
    for ask in (
        host.read,
        lambda: host.apply(changes, who="Tester", when=WHEN),
        lambda: host.select(SupportLog.sheet, 6, 1),
        lambda: front.name,
        lambda: front.path,
        lambda: front.chosen,
    ):
        with pytest.raises(BookUnusable, match="closed meanwhile"):
            ask()
    other.close()


@pytest.mark.parametrize(("answer", "kind"), [(True, CellObject), (False, CellError), (None, CellError)])
def test_excel_is_asked_whether_an_error_is_a_picture(opened, monkeypatch, answer, kind):
    """LibreOffice keeps nothing of a picture in a cell; Excel on Windows tells it from an error."""

    def change(book):
        page = book[SupportLog.sheet]
        page.cell(HEADER + 1, SupportLog.headers().index(SupportLog.advice_given.header) + 1).value = "#VALUE!"

    host = opened(change)
    asked = []

    class Cell:
        @property
        def HasRichDataType(self):  # noqa: N802 - Excel's name
            asked.append(1)
            if answer is None:
                raise AttributeError
            return answer

    monkeypatch.setattr(native, "on_windows", lambda _book: True)
    monkeypatch.setattr("addin.calc.ranges.Range.api", property(lambda _cell: Cell()))
    (table,) = (t for t in read_open(host.book).tables if t.table == SupportLog.table)
    cell = table.columns[table.headers.index(SupportLog.advice_given.header)][0]
    assert (type(cell), cell.code, len(asked)) == (kind, "#VALUE!", 1)
