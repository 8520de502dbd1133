"""A worksheet taken over from another workbook: it looks as it did there, and all else stays."""

import contextlib
import io
import os
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName

from addin.lossless import Book, Damaged, LosslessError, Refused
from addin.lossless.opc.package import Package
from tests.addin.lossless.edit.test_book import converted, corpus
from tests.support.lossless import making

#: The parts that tell of a sheet more. All others of the workbook stay.
MAY_CHANGE = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml"}


def source(name="Design", table="Prices", **options):
    """A workbook with a sheet that has a bit of everything."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    book.add_worksheet("Before").write("A1", "a text that is shared")
    sheet = book.add_worksheet(name)
    loud = book.add_format({"bold": True, "font_color": "#112233", "bg_color": "#ffcc00", "border": 2, "font_size": 15})
    money = book.add_format({"num_format": '0.00 "quid"', "align": "right", "text_wrap": True})
    sheet.set_column("A:B", 23, money)
    sheet.set_row(0, 31, loud)
    sheet.write("A1", "Heading & <so on>", loud)
    sheet.write_rich_string("B1", "plain ", loud, "loud", loud)
    columns = [
        {"header": "Item"},
        {"header": "Cost", "formula": f"=LEN({table}[[#This Row],[Item]])*rate", "format": money},
    ]
    sheet.add_table("A3:B5", {"name": table, "columns": columns, "data": [["pen"], ["book"]]})
    sheet.write_url("D1", "https://example.org/help", string="Help")
    sheet.write_url("D2", f"internal:'{name}'!A3", string="Down")
    sheet.write_comment("A4", "A remark")
    sheet.data_validation("D4:D9", {"validate": "list", "source": "=$A$4:$A$5"})
    sheet.conditional_format("B4:B5", {"type": "cell", "criteria": ">", "value": 3, "format": loud})
    sheet.print_area("A1:D9")
    sheet.repeat_rows(0)
    sheet.freeze_panes(3, 0)
    sheet.activate()
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": f"={name}!$A$4:$A$5", "values": f"={name}!$B$4:$B$5"})
    sheet.insert_chart("F2", chart)
    book.define_name("rate", f"={name}!$D$9")
    book.close()
    return out.getvalue()


def grafted(data, other, sheet="Design"):
    book = Book(data)
    book.graft(Book(other), sheet)
    return making.written(book)


def look(cell):
    """How a cell is shown, as far as its own format says."""
    font, border = cell.font, cell.border
    return (
        (font.name, font.sz, font.b, font.color.rgb if font.color else None),
        (cell.fill.fill_type, cell.fill.start_color.rgb),
        [getattr(border, side).style for side in ("left", "right", "top", "bottom")],
        (cell.number_format, cell.alignment.horizontal, cell.alignment.wrap_text),
    )


def test_links_to_sheets_that_did_not_come_along_go_and_others_stay():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as other:
        other.add_worksheet("Start")
        sheet = other.add_worksheet("Design")
        sheet.write_url("A1", "internal:Start!A1", string="Back")
        sheet.write_url("A2", "internal:Design!A9", string="Down")
        sheet.write_url("A3", "internal:Log!A1", string="To the log")
        sheet.write_url("A4", "https://example.org/", string="Out")
    page = openpyxl.load_workbook(io.BytesIO(grafted(making.by_xlsxwriter(), out.getvalue())))["Design"]
    assert [page.cell(n, 1).value for n in (1, 2, 3, 4)] == ["Back", "Down", "To the log", "Out"]
    leads = [page.cell(n, 1).hyperlink for n in (1, 2, 3, 4)]
    assert [link and (link.location or link.target) for link in leads] == [
        None,
        "Design!A9",
        "Log!A1",
        "https://example.org/",
    ]


@pytest.fixture(params=["xlsxwriter", "openpyxl", "prefixed"])
def data(request):
    if request.param == "openpyxl":
        return making.by_openpyxl()
    if request.param == "xlsxwriter":
        return making.by_xlsxwriter()
    book = making.with_changed(making.by_xlsxwriter(), "xl/styles.xml", prefixed)
    return making.with_changed(book, "xl/workbook.xml", prefixed)


def prefixed(xml):
    xml = re.sub(rb"<(/?)(?=[a-zA-Z]+[ >/])", rb"<\1x:", xml)
    return xml.replace(b"xmlns=", b"xmlns:x=", 1)


def test_it_holds_and_shows_what_it_did(data):
    other = source()
    ours, theirs = (openpyxl.load_workbook(io.BytesIO(d), rich_text=True) for d in (grafted(data, other), other))
    new, old = ours["Design"], theirs["Design"]
    assert ours.sheetnames == ["Log", "Mine", "Design"]
    assert [[c.value for c in row] for row in new] == [[c.value for c in row] for row in old]
    dressed = [c.coordinate for row in old for c in row if c.has_style]
    assert len(dressed) > 5
    assert [look(new[at]) for at in dressed] == [look(old[at]) for at in dressed]
    assert look(new["A1"])[0] == ("Calibri", 15, True, "FF112233")
    assert new.column_dimensions["A"].width == old.column_dimensions["A"].width
    assert new.row_dimensions[1].height == old.row_dimensions[1].height > 30
    assert new.freeze_panes == "A4"


def test_what_stands_around_its_cells_comes_too(data):
    new = openpyxl.load_workbook(io.BytesIO(grafted(data, source())))["Design"]
    (table,) = new.tables.values()
    assert (table.displayName, table.ref, table.tableColumns[1].calculatedColumnFormula.attr_text) == (
        "Prices",
        "A3:B5",
        "LEN(Prices[[#This Row],[Item]])*rate",
    )
    assert new["A4"].comment.text == "A remark"
    assert (new["D1"].hyperlink.target, new["D2"].hyperlink.location) == ("https://example.org/help", "'Design'!A3")
    assert [(str(v.sqref), v.formula1) for v in new.data_validations.dataValidation] == [("D4:D9", "$A$4:$A$5")]
    ((_, (rule,)),) = new.conditional_formatting._cf_rules.items()
    assert rule.dxf.fill.bgColor.rgb == "FFFFCC00"
    assert (new.print_area, new.print_title_rows) == ("'Design'!$A$1:$D$9", "$1:$1")
    assert new.parent.defined_names["rate"].attr_text == "Design!$D$9"
    (chart,) = new._charts
    assert chart.series[0].val.numRef.f == "Design!$B$4:$B$5"


def test_all_else_stays_byte_for_byte(data):
    data = making.with_parts(data, making.ODD_PARTS)
    before, after = Package(data), Package(grafted(data, source()))
    kept = set(before.entries) - MAY_CHANGE
    assert all(bytes(before.raw(name)) == bytes(after.raw(name)) for name in kept)
    with zipfile.ZipFile(io.BytesIO(grafted(data, source()))) as package:
        book = package.read("xl/workbook.xml")
        assert len(package.namelist()) == len(set(package.namelist()))
    assert book.count(b'localSheetId="2"') == 2
    assert b'fullCalcOnLoad="1"' in book
    ids = [t.part for t in Book(grafted(data, source())).tables().values()]
    assert len(ids) == len(set(ids)) == 2


def test_cells_that_were_there_look_as_before(data):
    was = openpyxl.load_workbook(io.BytesIO(data))["Log"]
    now = openpyxl.load_workbook(io.BytesIO(grafted(data, source())))["Log"]
    assert [look(c) for row in now for c in row] == [look(c) for row in was for c in row]


def test_looks_and_names_that_are_there_already_are_not_doubled():
    data = source("Other", "Costs")
    was, now = (openpyxl.load_workbook(io.BytesIO(d)) for d in (data, grafted(data, source())))
    assert [len(n) for n in (now._fonts, now._fills, now._borders)] == [
        len(n) for n in (was._fonts, was._fills, was._borders)
    ]
    assert now.defined_names["rate"].attr_text == "Other!$D$9"
    assert look(now["Design"]["A1"]) == look(now["Other"]["A1"])


def test_results_that_rest_on_the_other_workbook_are_not_shown():
    other = source()
    book = openpyxl.load_workbook(io.BytesIO(making.by_openpyxl()))
    book.create_sheet("Before")["A1"] = "another text"
    book.defined_names["Known"] = DefinedName("Known", attr_text="Before!$A$1")
    known = io.BytesIO()
    book.save(known)
    formulas = ["A3", "LEN(Before!A1)", "D20*2", "COUNTA(Orders[ID])", "COUNTA(Prices[Item])", "LEN(Known)", "rate"]
    cells = "".join(f'<row r="{n}"><c r="D{n}"><f>{f}</f><v>7</v></c></row>' for n, f in enumerate(formulas, 19))
    for part, old, new in (
        ("xl/worksheets/sheet2.xml", "</sheetData>", f"{cells}</sheetData>"),
        ("xl/workbook.xml", "<definedNames>", "<definedNames><definedName name='Known'>Before!$A$1</definedName>"),
    ):
        other = making.with_changed(other, part, lambda x, old=old, new=new: x.replace(old.encode(), new.encode()))
    page = Book(grafted(known.getvalue(), other)).sheet("Design")
    assert [page.value(n, 4) for n in range(19, 26)] == [7, None, None, None, 7, None, 7]


def test_rows_can_be_added_to_a_table_that_came():
    book = Book(making.by_openpyxl())
    book.graft(Book(source()), "Design")
    book.append_rows(book.table("Prices"), [{0: "ruler"}], entries=2)
    now = openpyxl.load_workbook(io.BytesIO(making.written(book)))["Design"]
    assert now.tables["Prices"].ref == "A3:B6"
    assert (now["A6"].value, now["B6"].number_format) == ("ruler", '0.00 "quid"')


def pivot(data):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml"
    return making.with_related(data, "xl/worksheets/sheet2.xml", "xl/pivotTables/p1.xml", "pivotTable", b"<p/>", kind)


def elsewhere(data):
    return making.with_changed(
        data, "xl/worksheets/sheet2.xml", lambda x: x.replace(b"$A$4:$A$5</formula1>", b"Before!$A$1</formula1>")
    )


def shown(data):
    """A limit of a colour scale that is a cell of a sheet which isn't taken over."""
    limits = (
        b'<conditionalFormatting sqref="D4"><cfRule type="colorScale" priority="9"><colorScale><cfvo type="num" '
        b'val="Before!$A$1"/><cfvo type="max"/><color rgb="FFFF0000"/><color rgb="FF00FF00"/></colorScale></cfRule>'
        b"</conditionalFormatting><dataValidations"
    )
    return making.with_changed(data, "xl/worksheets/sheet2.xml", lambda x: x.replace(b"<dataValidations", limits))


def taken(data):
    return making.with_changed(data, "xl/tables/table1.xml", lambda x: x.replace(b'"Prices"', b'"ORDERS"'))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (pivot(source()), "pivotTable"),
        (elsewhere(source()), "its formulas use “before”, which isn't there"),
        (shown(source()), "its formulas use “before”, which isn't there"),
        (taken(source()), "has a table or a name “ORDERS” already"),
        (source(date_1904=True), "count their days from different years"),
    ],
    ids=["pivot", "elsewhere", "limit", "table", "1904"],
)
def test_what_would_not_be_whole_is_refused_and_nothing_noted(other, why):
    data = making.by_xlsxwriter()
    book = Book(data)
    with pytest.raises(Refused, match=why):
        book.graft(Book(other), "Design")
    assert not book.finished()
    assert making.written(book) == making.written(Book(data))


def wrong_text(data):
    return making.with_changed(
        data, "xl/worksheets/sheet2.xml", lambda x: re.sub(rb't="s"><v>\d+', b't="s"><v>x', x, count=1)
    )


def wrong_style(data):
    return making.with_changed(data, "xl/styles.xml", lambda x: x.replace(b'fontId="1"', b'fontId="x"'))


@pytest.mark.parametrize("damage", [wrong_text, wrong_style])
def test_a_damaged_workbook_is_said_to_be_so_and_nothing_noted(damage):
    book = Book(making.by_openpyxl())
    with pytest.raises(Damaged):
        book.graft(Book(damage(source())), "Design")
    assert not book.finished()


@pytest.mark.corpus
@pytest.mark.parametrize("path", corpus() or [None], ids=lambda p: p.name if p else "none")
def test_sheets_go_into_and_out_of_foreign_files_whole_or_not_at_all(path):
    if path is None:
        if os.environ.get("CHAMPIONS_REQUIRE_ALL"):
            pytest.fail("The foreign files are required here.")
        pytest.skip("The foreign files are not here.")
    data = path.read_bytes()
    try:
        names = list(Book(data).sheets)
    except LosslessError:
        return
    with contextlib.suppress(LosslessError):
        after, before = Package(into := grafted(data, source())), Package(data)
        cells = making.grid(making.seen_by_calamine(source(), "Design"))
        assert making.grid(making.seen_by_calamine(into, "Design")) == cells
        kept = (set(before.entries) & set(after.entries)) - MAY_CHANGE
        assert all(bytes(before.raw(name)) == bytes(after.raw(name)) for name in kept)
    for name in names:
        with contextlib.suppress(LosslessError):
            cells = making.grid(making.seen_by_calamine(grafted(making.by_openpyxl(), data, name), name))
            assert cells == making.grid(making.seen_by_calamine(data, name))


@pytest.mark.libreoffice
def test_libreoffice_shows_it_as_where_it_came_from(tmp_path):
    seen = []
    for name, data in (("new", grafted(making.by_openpyxl(), source())), ("old", source())):
        (tmp_path / name).mkdir()
        page = openpyxl.load_workbook(io.BytesIO(converted(data, tmp_path / name)))["Design"]
        seen.append([[(c.value, look(c)) for c in row] for row in page["A1:D5"]])
        assert (page.tables["Prices"].ref, len(page._charts)) == ("A3:B5", 1)
    assert seen[0] == seen[1]
