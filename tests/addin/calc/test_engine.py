"""xlwings' own objects on a running LibreOffice."""

import datetime as dt
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from addin.calc import CalcError, Gone, NotDone, undo_step
from addin.calc.client import Client

pytestmark = pytest.mark.libreoffice


def test_a_block_comes_back_as_it_was_written(sheet):
    rows = [
        [1.0, "text", None, True, dt.datetime(2026, 3, 4)],
        [2.5, "12", "é 🙂 \u200fאב", False, dt.datetime(1999, 12, 31, 23, 59, 58)],
    ]
    sheet["B3"].value = rows
    assert sheet["B3:F4"].value == rows
    assert sheet["C4"].value == "12"  # text that looks like a number stays text


def test_dates_are_shown_as_dates_and_a_format_that_is_one_stays(sheet):
    sheet["A1"].value = dt.date(2026, 3, 4)
    sheet["A2"].number_format = "yyyy-mm-dd"
    sheet["A2"].value = dt.datetime(2026, 3, 5)
    assert sheet["A1:A2"].value == [dt.datetime(2026, 3, 4), dt.datetime(2026, 3, 5)]
    assert sheet["A2"].number_format.lower() == "yyyy-mm-dd"
    assert sheet["A1"].options(dates=dt.date).value == dt.date(2026, 3, 4)


def test_days_counted_from_1904_are_the_same_days(app, tmp_path):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = dt.datetime(2026, 3, 4)
    book.save(tmp_path / "mac.xlsx")
    opened = app.books.open(tmp_path / "mac.xlsx")
    assert opened.sheets[0]["A1"].value == dt.datetime(2026, 3, 4)
    opened.close()


def test_errors_are_blank_unless_asked_for(sheet):
    sheet["A1"].value = [["=1/0", "=NA()", "=1+1"]]
    assert sheet["A1:C1"].value == [None, None, 2]
    assert sheet["A1:C1"].options(err_to_str=True).value == ["#DIV/0!", "#N/A", 2]


def test_special_cells(sheet):
    sheet["A1"].value = [[1, "=1/0", "#N/A"], [None, "=A1", "'#N/A"]]
    sheet["C1"].formula = "=#N/A"
    found = {
        (kind, value): [cells.address for cells in sheet["A1:C2"].get_special_cells(kind, value)]
        for kind, value in (("formulas", None), ("formulas", "errors"), ("constants", "errors"), ("blanks", None))
    }
    assert found["formulas", None] == ["$B$1:$B$2"]
    assert found["formulas", "errors"] == ["$B$1"]
    assert found["constants", "errors"] == ["$C$1"]
    assert found["blanks", None] == ["$A$2"]


def test_formulas_read_and_write_as_excel_writes_them(sheet):
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["D1"].formula = '=IF(SUM(A1:B2,1)>10,"more, yes","less")'
    assert sheet["D1"].value == "more, yes"
    assert sheet["D1"].formula == '=IF(SUM(A1:B2,1)>10,"more, yes","less")'


def test_what_is_read_as_typed_can_be_typed_again(sheet):
    rows = [[1.5, "text", dt.datetime(2026, 3, 4), None], [True, "12", "=A1*2", "#N/A"]]
    sheet["A1"].value = rows
    before = sheet["A1:D2"].value
    typed = sheet["A1:D2"].formula
    sheet["A1:D2"].value = "overwritten"
    sheet["A1:D2"].formula = typed
    assert sheet["A1:D2"].value == before
    assert sheet["A1:D2"].formula == typed


def test_a_leading_apostrophe_makes_text(sheet):
    sheet["A1"].value = "'=1+1"
    assert sheet["A1"].value == "=1+1"


@pytest.mark.parametrize(("direction", "address"), [("down", "$A$3"), ("right", "$B$1")])
def test_the_ends_of_a_block(direction, address, sheet):
    sheet["A1"].value = [[1, 2], [3, 4], [5, 6]]
    assert sheet["A1"].end(direction).address == address
    assert sheet["A1"].expand().address == "$A$1:$B$3"
    assert sheet["B2"].current_region.address == "$A$1:$B$3"


def test_the_end_beyond_a_gap_and_the_last_cell_of_the_sheet(sheet):
    sheet["A1"].value = [[1], [None], [None], [4]]
    assert sheet["A1"].end("down").address == "$A$4"
    assert sheet["A4"].end("up").address == "$A$1"
    assert sheet["C9"].end("left").address == "$A$9"


def test_addresses_offsets_and_resizing(sheet):
    cells = sheet.range((2, 3), (4, 5))
    assert cells.address == "$C$2:$E$4"
    assert cells.offset(1, 1).resize(1, 2).address == "$D$3:$E$3"
    assert cells.get_address(row_absolute=False, column_absolute=False) == "C2:E4"
    assert sheet["A:B"].address == "$A:$B"


def test_a_table_is_read_and_grows(sheet):
    sheet["B2"].value = [["Id", "Name"], ["A", 1], ["B", 2]]
    table = sheet.tables.add(sheet["B2:C4"], name="Things")
    assert table.name == "Things"
    assert table.header_row_range.value == ["Id", "Name"]
    assert table.data_body_range.address == "$B$3:$C$4"
    table.resize(sheet["B2:C6"])
    assert sheet.tables["things"].range.address == "$B$2:$C$6"
    with pytest.raises(ValueError, match="header"):
        table.resize(sheet["B3:C6"])


def test_sheets_are_added_named_hidden_and_removed(sheet):
    book = sheet.book
    added = book.sheets.add("Extra", after=sheet)
    assert book.sheet_names == [sheet.name, "Extra"]
    added.visible = False
    assert not book.sheets["extra"].visible
    added.delete()
    assert book.sheet_names == [sheet.name]


def test_names_stand_for_ranges(sheet):
    sheet.book.names.add("rate", f"={sheet.name}!$B$2")
    sheet["B2"].value = 7
    assert sheet.book.names["rate"].refers_to_range.value == 7
    assert sheet.range("rate").address == "$B$2"
    assert sheet.book.names["rate"].refers_to == f"={sheet.name}!$B$2"


def test_names_of_one_sheet_are_its_own(sheet):
    other = sheet.book.sheets.add("My sheet", after=sheet)
    sheet["B2"].value, other["B2"].value = "here", "there"
    sheet.book.names.add("place", f"={sheet.name}!$B$2")
    other.names.add("place", "='My sheet'!$B$2")
    assert [name.name for name in sheet.book.names] == ["'My sheet'!place", "place"]
    assert (len(sheet.names), len(other.names)) == (0, 1)
    assert (sheet.range("place").value, other.range("place").value) == ("here", "there")
    other.names["place"].delete()
    assert [name.name for name in sheet.book.names] == ["place"]


def test_parts_of_a_range_by_slices(sheet):
    cells = sheet["B2:D4"]
    assert cells[1:, :2].address == "$B$3:$C$4"
    assert cells[-1, 0].address == "$B$4"
    assert cells[3:, :].value is None


def test_locked_cells_of_a_protected_sheet_are_refused(sheet):
    sheet["A1"].value = "kept"
    sheet.api.protect()
    with pytest.raises(NotDone, match="protected"):
        sheet["A1"].value = "lost"
    with pytest.raises(NotDone, match="protected"):
        sheet["A1"].clear()
    sheet.api.unprotect()
    assert sheet["A1"].value == "kept"


def test_a_step_takes_all_of_it_back(sheet):
    sheet["A1"].value = "before"
    with undo_step(sheet.book, "Check"):
        sheet["A1"].value = "after"
        sheet["B1:B3"].value = [[1], [2], [3]]
    assert sheet.book.api.do("undo_titles")[0] == "Check"
    sheet.book.impl.undo()
    assert sheet["A1:B3"].value == [["before", None], [None, None], [None, None]]


def test_each_block_is_one_step_and_blank_cells_are_blank_again(sheet):
    sheet["A1"].value = [[1, "a"], [2, dt.date(2026, 3, 4)]]
    assert len(sheet.book.api.do("undo_titles")) == 1
    sheet.book.impl.undo()
    assert sheet["A1:B2"].value == [[None, None], [None, None]]


def test_saving_writes_what_others_read(sheet, tmp_path):
    sheet["A1"].value = [["Day", dt.date(2026, 3, 4)], ["Sum", "=1+1"]]
    sheet.book.save(tmp_path / "saved.xlsx")
    read = openpyxl.load_workbook(tmp_path / "saved.xlsx").active
    assert [[c.value for c in row] for row in read["A1:B2"]] == [["Day", dt.datetime(2026, 3, 4)], ["Sum", "=1+1"]]


def test_what_is_chosen_and_seen(sheet):
    sheet["B5"].select()
    assert sheet.book.selection.address == "$B$5"


def test_looks_and_sizes(sheet):
    sheet["A1"].color = (255, 200, 0)
    sheet["A1"].font.bold = True
    sheet["A1:A2"].row_height = 30
    assert sheet["A1"].color == (255, 200, 0)
    sheet["A2"].color = 0x00C8FF  # as Excel counts: blue, green, red
    assert sheet["A2"].color == (255, 200, 0)
    assert sheet["A1"].font.bold is True
    assert sheet["A1:A2"].font.bold is None
    assert sheet["A1"].row_height == pytest.approx(30, abs=0.1)


def test_a_link_within_the_workbook(sheet):
    sheet["A1"].add_hyperlink(f"#{sheet.name}!C9", "there")
    assert sheet["A1"].hyperlink == f"#{sheet.name}!C9"
    assert sheet["A1"].value == "there"


def test_rows_and_columns_are_inserted_and_removed(sheet):
    sheet["A1"].value = [[1], [2]]
    sheet["1:1"].insert("down")
    assert sheet["A1:A3"].value == [None, 1, 2]
    sheet["2:2"].delete("up")
    assert sheet["A1:A2"].value == [None, 2]


def test_ways_of_computing(app, sheet):
    app.calculation = "manual"
    sheet["A1"].value = [[1, "=A1*2"]]
    assert app.calculation == "manual"
    app.calculation = "automatic"
    app.calculate()
    assert sheet["B1"].value == 2


@pytest.mark.parametrize("use", [lambda s: s["A1"].add_comment("x"), lambda s: s.charts.add(), lambda s: s["A1"].note])
def test_what_it_does_not_offer_is_named(use, sheet):
    with pytest.raises(NotImplementedError, match="can't be used with LibreOffice"):
        use(sheet)


def test_the_pipe_is_the_users_own_and_wants_the_token(app):
    address = app.impl.client.address
    assert stat.S_IMODE(Path(address).stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(address).parent.stat().st_mode) == 0o700
    with pytest.raises(NotDone, match="token"):
        Client(address, "guessed")


def test_nobody_there():
    with pytest.raises(Gone):
        Client("/nowhere/agent", "x")


def test_a_file_that_is_no_spreadsheet(app, tmp_path):
    (tmp_path / "picture.xlsx").write_bytes(b"\x89PNG\r\n")
    with pytest.raises(CalcError):
        app.books.open(tmp_path / "picture.xlsx")


def test_the_engine_knows_neither_pandas_nor_us():
    words = "import sys; sys.modules['pandas'] = None; import addin.calc.engine; "
    words += "print([m for m in sys.modules if m.split('.')[0] in ('workbook', 'openpyxl', 'numpy')])"
    run = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert "workbook" not in run.stdout
    assert "openpyxl" not in run.stdout


def test_the_app_is_known_to_xlwings(app):
    assert xw.engines.active.name == "libreoffice"
    assert app.version.major >= 7
    assert app.pid in xw.engines["libreoffice"].apps.keys()  # noqa: SIM118 - xlwings' keys are a method of its own
