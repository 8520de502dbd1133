"""Formulas that stand beside cells: in validations and formats, sparklines, shapes, controls, and tables' columns."""

import io
import re

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart

from addin.lossless import Book, Refused
from addin.lossless.formula.tags import formulas_in, with_formulas
from addin.lossless.opc.package import Package
from tests.addin.lossless.edit.test_growth import SHEET, grown, saved, xml_of
from tests.support.lossless import making

DRAWING, CONTROL = "xl/drawings/drawing1.xml", "xl/ctrlProps/ctrlProp1.xml"
HEADERS = [{"header": "ID"}, {"header": "Number"}, {"header": "Twice"}]


def made(change, note=True):
    """The table in A1:C4 of Log, perhaps with a note in its way, and the sheet Mine."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    log, mine = book.add_worksheet("Log"), book.add_worksheet("Mine")
    data = [["a", 1, 2], ["b", 2, 3], ["c", 3, 4]]
    log.add_table(0, 0, 3, 2, {"name": "Orders", "columns": HEADERS, "data": data})
    if note:
        log.write_column("B6", [7, 8, 9])
    change(log, mine)
    book.close()
    return out.getvalue()


def text_box(sheet, link):
    sheet.insert_textbox("E2", "x", {"textlink": f"={link}"})


def control(link):
    """The workbook with a drop-down on the sheet Mine, as Excel writes it."""
    xml = f'<formControlPr xmlns="{making.OFFICE}" objectType="Drop" fmlaLink="{link}" fmlaRange="{link}"/>'.encode()
    kind = "application/vnd.ms-excel.controlproperties+xml"
    return making.with_related(made(lambda *_: None), "xl/worksheets/sheet2.xml", CONTROL, "ctrlProp", xml, kind)


# -- cells that move --------------------------------------------------------------------------------------------------


def test_limits_of_colours_and_bars_are_those_of_the_same_cells():
    def change(log, _):
        limits = {"min_type": "formula", "min_value": "=$B$6", "max_type": "num", "max_value": 90}
        log.conditional_format("B2:B4", {"type": "2_color_scale", **limits})
        log.conditional_format("B2:B4", {"type": "data_bar", "data_bar_2010": True, **limits})

    xml = xml_of(grown(made(change)))
    assert re.findall(r'<cfvo type="(\w+)" val="([^"]*)"/>', xml) == [("formula", "$B$8"), ("num", "90")] * 2
    assert re.findall(r"<xm:f>(.*?)</xm:f>", xml) == ["$B$8", "90"]


@pytest.mark.parametrize(("link", "then"), [("Log!$B$6", "Log!$B$8"), ("Log!$B$4", "Log!$B$4")])
@pytest.mark.parametrize("on", [0, 1])
def test_a_text_box_shows_the_cell_that_it_showed(link, then, on):
    data = grown(made(lambda *sheets: text_box(sheets[on], link)))
    assert f'textlink="{then}"' in xml_of(data, DRAWING)


def test_a_text_box_that_moves_names_cells_of_its_own_sheet():
    data = made(lambda log, _: log.insert_textbox("B9", "x", {"textlink": "=$B$6"}))
    assert 'textlink="$B$8"' in xml_of(grown(data), DRAWING)
    other = made(lambda _, mine: text_box(mine, "$B$6"))
    assert 'textlink="$B$6"' in xml_of(grown(other), DRAWING)


def test_a_control_elsewhere_keeps_its_cells():
    xml = xml_of(grown(control("Log!$B$6:$B$8")), CONTROL)
    assert 'fmlaLink="Log!$B$8:$B$10" fmlaRange="Log!$B$8:$B$10"' in xml


def test_a_link_into_another_file_is_not_taken_for_one_within():
    link = '<hyperlink {}ref="A1" location="Log!B6"/>'
    inside, outside = link.format("").encode(), link.format('r:id="rId1" ').encode()
    assert b"Log!B8" in with_formulas(inside, lambda text: text.replace("6", "8"))
    assert with_formulas(outside, lambda text: text.replace("6", "8")) == outside
    first = b'<hyperlink location="Log!B6" ref="A1"/>'
    assert b"Log!B8" in with_formulas(first, lambda text: text.replace("6", "8"))
    assert list(formulas_in(inside + b'<cfvo type="min"/><cfvo type="num" val="B6"/>')) == ["B6"]


def test_a_shape_leads_to_the_cell_that_it_led_to():
    def change(log, mine):
        log.insert_textbox("E2", "x", {"url": "internal:Log!B6"})
        mine.insert_textbox("E2", "x", {"url": "internal:Log!B4"})

    data = grown(made(change))
    targets = [xml_of(data, f"xl/drawings/_rels/drawing{n}.xml.rels") for n in (1, 2)]
    assert [re.search(r'Target="(.*?)"', xml)[1] for xml in targets] == ["#Log!B8", "#Log!B4"]


@pytest.mark.parametrize(("series", "then"), [("Log!$B$6:$B$8", "Log!$B$8:$B$10"), ("Log!$B$2:$B$4", "Log!$B$2:$B$6")])
def test_what_a_filtered_chart_would_show_follows_too(series, then):
    """Excel keeps the reference of a chart's whole series in an extension where some of it is filtered away."""
    book = openpyxl.load_workbook(io.BytesIO(made(lambda *_: None)))
    chart = BarChart()
    chart.add_data(series)
    book["Mine"].add_chart(chart)
    data, full = saved(book), f"<ext><c15:fullRef><c15:sqref>{series}</c15:sqref></c15:fullRef></ext></numRef>".encode()
    data = making.with_changed(data, "xl/charts/chart1.xml", lambda x: x.replace(b"</numRef>", full, 1))
    xml = xml_of(grown(data), "xl/charts/chart1.xml")
    assert [ref.replace("'", "") for ref in re.findall(r"<(?:f|c15:sqref)>(.*?)<", xml)] == [then] * 2


# -- tables that grow -------------------------------------------------------------------------------------------------


def validations(xml):
    return re.findall(r"<formula1>(.*?)</formula1>", xml)


def test_a_list_of_all_entries_offers_the_new_ones_too():
    def change(log, mine):
        mine.data_validation("A1", {"validate": "list", "source": "=Log!$A$2:$A$4"})
        mine.data_validation("A2", {"validate": "list", "source": "=Log!$A$2:$A$3"})
        log.data_validation("A2:A4", {"validate": "custom", "value": "=COUNTIF($A$2:$A$4,$A2)=1"})
        log.data_validation("B2:B4", {"validate": "custom", "value": "=COUNTIF($A$2:$A4,$A2)=1"})

    data = grown(made(change, note=False))
    assert validations(xml_of(data, "xl/worksheets/sheet2.xml")) == ["Log!$A$2:$A$6", "Log!$A$2:$A$3"]
    assert validations(xml_of(data)) == ["COUNTIF($A$2:$A$6,$A2)=1", "COUNTIF($A$2:$A4,$A2)=1"]


def test_a_condition_over_a_column_sees_the_new_entries_and_one_that_runs_along_stays_so():
    def change(log, _):
        log.conditional_format("A2:A4", {"type": "formula", "criteria": "=COUNTIF($A$2:$A$4,$A2)>1"})
        log.conditional_format("A2:A4", {"type": "formula", "criteria": "=COUNTIF($A$2:$A4,$A2)>1"})

    found = re.findall(r"<formula>(.*?)</formula>", xml_of(grown(made(change, note=False))))
    assert found == ["COUNTIF($A$2:$A$6,$A2)&gt;1", "COUNTIF($A$2:$A4,$A2)&gt;1"]


def test_sparklines_of_a_column_follow():
    def change(_, mine):
        mine.add_sparkline("A1", {"range": "Log!B2:B4"})
        mine.add_sparkline("A2", {"range": "Log!B2:B3"})

    xml = xml_of(grown(made(change, note=False)), "xl/worksheets/sheet2.xml")
    assert sorted(re.findall(r"<xm:f>(.*?)</xm:f>", xml)) == ["Log!B2:B3", "Log!B2:B6"]


def test_the_only_rows_sparkline_stays_one_of_that_row():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    log = book.add_worksheet("Log")
    log.add_table(0, 0, 1, 2, {"name": "Orders", "columns": HEADERS, "data": [[5, 1, 2]]})
    log.add_sparkline("E2", {"range": "Log!A2:C2"})
    book.close()
    assert "<xm:f>Log!A2:C2</xm:f>" in xml_of(grown(out.getvalue(), entries=1))


def test_what_a_table_fills_into_its_column_follows():
    columns = [*HEADERS[:2], {"header": "Share", "formula": "=B2/SUM($B$2:$B$4)"}]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    data = [["a", 1], ["b", 2], ["c", 3]]
    book.add_worksheet("Log").add_table(0, 0, 3, 2, {"name": "Orders", "columns": columns, "data": data})
    book.close()
    part = Package(grown(out.getvalue())).read("xl/tables/table1.xml")
    assert b"<calculatedColumnFormula>B2/SUM($B$2:$B$6)</calculatedColumnFormula>" in part


def test_what_is_shown_in_a_text_box_is_in_use():
    book = Book(made(lambda _, mine: text_box(mine, "Log!$B$4")))
    with pytest.raises(Refused, match="shape or control"):
        book.remove_sheet("Log")
    free = Book(made(lambda log, mine: (text_box(log, "Log!$B$4"), mine.write("A1", 1))))
    free.remove_sheet("Log")
    assert SHEET not in Package(making.written(free)).entries


def test_a_totals_row_keeps_its_result_when_something_far_away_changes():
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Log")
    columns = [{"header": "A"}, {"header": "Column4", "total_function": "count_nums"}]
    sheet.add_table(0, 0, 4, 1, {"name": "Orders", "total_row": True, "columns": columns})
    sheet.write_formula(4, 1, "=SUBTOTAL(103,[Column4])", None, 7)
    book.close()
    data = out.getvalue()
    assert b"[Column4]" in Package(data).read(SHEET)
    far, near = Book(data), Book(data)
    far.set_cell("Log", 30, 9, "far")
    near.set_cell("Log", 3, 2, "near")
    assert Book(making.written(far)).value("Log", 5, 2) == 7
    assert Book(making.written(near)).value("Log", 5, 2) is None
