"""The workbooks that the plain model begins with, and those that two other programs make of it."""

import base64
import datetime as dt
import functools
import io
from dataclasses import replace

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table as OpenpyxlTable
from openpyxl.worksheet.table import TableFormula

from addin.lossless.opc.cells import Area, letters
from tests.support.lossless.model import Count, Drawn, Member, Model, Page, Ref, Rule, Table

DAYS = [dt.date(2026, 6, n) for n in (1, 2, 3)]
LINK = Ref("Mine", Area(1, 1, 1, 1), wide=False)
#: The name of a sheet, as people give them.
TWO = "Anna's lists & notes"
#: A picture of one point.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def plain():
    """Two tables of one sheet, beside each other, and one beneath them; a table of one blank row."""
    page = Page({(3, 2): "K", (3, 3): "V", (4, 2): "a", (4, 3): 1, (5, 2): "b", (3, 5): "N"})
    page.cells |= {(9, 2): "U", (9, 3): "W", (10, 3): dt.date(2026, 6, 30)}
    page.drawn = [Drawn(Area(13, 3, 15, 4)), Drawn(Area(17, 2, 19, 4), (Ref(TWO, Area(10, 3, 10, 3)),))]
    tables = [Table("Small", TWO, 3, 2, ["K", "V"], 5), Table("Blank", TWO, 3, 5, ["N"], 4)]
    tables.append(Table("Under", TWO, 9, 2, ["U", "W"], 10))
    return Model({TWO: page, "Mine": Page({(1, 1): "theirs"})}, {t.name: t for t in tables})


def rich(*, totals):
    """A table with all that may stand in, below and beside it; formulas elsewhere; a hidden sheet."""
    model = plain()
    log, seen = Page(), Count(table="Orders", column="ID", this_row=True)
    headers = ["ID", "Day", "Text", "Own", "Near", "Seen"]
    for column, header in enumerate(headers, 1):
        log.cells[1, column] = header
    for n, day in enumerate(DAYS, 2):
        near = Count((Ref(None, Area(n, 1, n, 2)),))
        row = (f"A{n}", day, "y & z", f"own {n}" if n < 4 else Count(table="Small", column="V"), near, seen)
        log.cells |= {(n, column): value for column, value in enumerate(row, 1)}
    if totals:
        log.cells |= {(5, 1): "Total", (5, 3): Count(table="Orders", column="Text")}
    log.cells |= {(8, 2): "note", (8, 3): "link", (9, 1): Count((Ref(None, Area(2, 1, 4, 1)),)), (11, 1): "merged"}
    log.cells |= {(2, 8): "aside", (9, 8): "apart"}
    log.comments = {(2, 1): "of the first", (3, 4): "of the second", (8, 2): "of the note", (1, 15): "far aside"}
    log.links = {(2, 4): LINK, (3, 1): LINK, (8, 3): Ref("Log", Area(9, 1, 9, 1), wide=False)}
    log.merged = [Area(11, 1, 12, 2), Area(2, 11, 3, 12)]
    ids, notes = Ref(None, Area(2, 1, 4, 1)), Ref(None, Area(8, 2, 9, 2))
    log.validations = [Rule((ids.area, Area(16, 4, 16, 5)), notes), Rule((notes.area,), ids)]
    log.formats = [Rule((Area(2, 2, 4, 2), Area(8, 3, 8, 3)), ids), Rule((notes.area,), notes)]
    log.put_array(Area(14, 1, 15, 2), Count((notes, ids)))
    log.put_array(Area(4, 14, 5, 14), Count((notes, ids)))
    far = (replace(ids, sheet="Log"), replace(notes, sheet="Log"))
    log.drawn = [Drawn(Area(10, 4, 11, 6)), Drawn(Area(5, 17, 7, 18)), Drawn(Area(17, 2, 20, 4), far)]
    log.hidden_rows, log.printed = {3, 9}, Ref("Log", Area(1, 1, 15, 6))
    mine = model.pages["Mine"]
    mine.cells |= {
        (1, 1): Count((Ref("Log", Area(2, 1, 4, 1)),)),
        (2, 1): Count((Ref("Log", Area(8, 2, 8, 2), wide=False), Ref("Log", Area(8, 1, 12, 8)))),
        (3, 1): Count(table="Orders", column="Own"),
        (4, 1): Count(name="Notes"),
    }
    mine.put_array(Area(6, 1, 6, 2), Count(far))
    mine.validations, mine.drawn = [Rule((Area(1, 2, 3, 2),), far[1])], [Drawn(Area(9, 2, 12, 3), far)]
    model.pages = {"Log": log, **model.pages, "Hidden": Page({(1, 1): "h"}, shown=False)}
    orders = Table("Orders", "Log", 1, 1, headers, 4, int(totals), {6: seen}, ("A2", "A4"))
    model.tables = {"Orders": orders, **model.tables}
    model.names = {"Ids": Ref("Log", Area(2, 1, 4, 1)), "Notes": Ref("Log", Area(8, 1, 9, 3))}
    return model


def design(sheet, table, calls):
    """A workbook with a sheet to graft, which has a bit of everything; a formula calls another sheet."""
    cells = {(3, 2): "Item", (3, 3): "Cost", (8, 2): "rate", (8, 3): "link"}
    rate = Count(name="Rate")
    cells |= {(4, 2): "pen", (5, 2): dt.date(2026, 6, 30), (4, 3): rate, (5, 3): rate}
    items, notes = Ref(None, Area(4, 2, 5, 2)), Ref(None, Area(8, 2, 8, 3))
    cells |= {(9, 2): Count((items, notes, Ref(calls, Area(1, 1, 2, 2)))), (4, 5): Count(table=table, column="Cost")}
    links = {(8, 3): LINK, (5, 2): Ref(sheet, Area(8, 2, 8, 2), wide=False)}
    page = Page(
        cells, {(4, 2): "of the pen", (8, 2): "of the rate"}, links, [Area(11, 2, 12, 3)], shown=calls == "Mine"
    )
    page.put_array(Area(14, 2, 15, 2), Count((items,)))
    page.validations, page.formats = (
        [Rule((items.area,), notes)],
        [Rule((items.area,), items), Rule((notes.area,), notes)],
    )
    page.drawn = [Drawn(Area(17, 2, 19, 3)), Drawn(Area(5, 8, 7, 9), (replace(items, sheet=sheet),))]
    page.hidden_rows, page.printed = {9}, Ref(sheet, Area(3, 2, 12, 3))
    model = Model({"Before": Page({(1, 1): "b"}), sheet: page, calls: Page()})
    model.tables = {table: Table(table, sheet, 3, 2, ["Item", "Cost"], 5, 0, {3: rate})}
    model.names = {"Rate": replace(notes, sheet=sheet), "Other": Ref("Before", Area(1, 1, 1, 1))}
    return model


@functools.cache
def to_graft(make, *wanted):
    """The model of a workbook with a sheet to graft, and its file."""
    model = design(*wanted)
    return model, make(model)


def by_xlsxwriter(model):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    pages = {name: book.add_worksheet(name) for name in model.pages}
    for t in model.tables.values():
        t.filter = ()
        columns = [{"header": h} for h in t.headers]
        for c, formula in t.calculated.items():
            columns[c - t.left]["formula"] = str(formula)
        options = {"name": t.name, "columns": columns, "total_row": bool(t.totals)}
        pages[t.sheet].add_table(t.whole.full, options)
    for name in model.pages:
        fill_by_xlsxwriter(book, pages[name], model, name)
        if not model.pages[name].shown:
            pages[name].hide()
    for name, ref in model.names.items():
        book.define_name(name, f"={ref.fixed}")
    book.close()
    return out.getvalue()


def fill_by_xlsxwriter(book, sheet, model, name):
    page = model.pages[name]
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for area in page.merged:
        sheet.merge_range(area.full, "")
    for (row, column), value in page.cells.items():
        at = row - 1, column - 1
        if (row, column) in page.links:
            sheet.write_url(*at, f"internal:{page.links[row, column]}")
        if isinstance(value, Count | Member):
            computed_by_xlsxwriter(sheet, at, value, page.array_at((row, column)), model.shown(name, (row, column)))
        elif isinstance(value, dt.date):
            sheet.write_datetime(*at, dt.datetime.combine(value, dt.time()), day)
        else:
            sheet.write(*at, value)
    for (row, column), text in page.comments.items():
        sheet.write_comment(row - 1, column - 1, text)
    for row in page.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for drawn in page.drawn:
        draw_by_xlsxwriter(book, sheet, drawn)
    if page.printed:
        sheet.print_area(page.printed.area.full)
    rules_by_xlsxwriter(book, sheet, page)


def rules_by_xlsxwriter(book, sheet, page):
    mark = book.add_format({"bg_color": "#ffff00"})
    for rule in page.validations:
        others = [(a.top - 1, a.left - 1, a.bottom - 1, a.right - 1) for a in rule.areas[1:]]
        options = {"validate": "list", "source": f"={rule.looks_at.fixed}", "other_cells": others}
        sheet.data_validation(rule.areas[0].full, options)
    for rule in page.formats:
        formula = f"=COUNTA({rule.looks_at.fixed})>0"
        options = {"type": "formula", "criteria": formula, "format": mark, "multi_range": rule.places}
        sheet.conditional_format(rule.areas[0].full, options)


def computed_by_xlsxwriter(sheet, at, value, array, result):
    if isinstance(value, Member):
        sheet.write_number(*at, result)
    elif array:
        sheet.write_array_formula(array.full, str(value), None, result)
    else:
        sheet.write_formula(*at, str(value), None, result)


def draw_by_xlsxwriter(book, sheet, drawn):
    top, left = drawn.area.top - 1, drawn.area.left - 1
    size = {"x_scale": 64 * (drawn.area.right - 1 - left), "y_scale": 20 * (drawn.area.bottom - 1 - top)}
    if not drawn.shows:
        sheet.insert_image(top, left, "a.png", {"image_data": io.BytesIO(PICTURE), **size})
        return
    chart = book.add_chart({"type": "column"})
    for ref in drawn.shows:
        chart.add_series({"values": f"={ref.fixed}"})
    chart.set_size({"width": size["x_scale"], "height": size["y_scale"]})
    sheet.insert_chart(top, left, chart)


def by_openpyxl(model):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in model.pages:
        fill_by_openpyxl(book.create_sheet(name), model, name)
    for t in model.tables.values():
        table = OpenpyxlTable(displayName=t.name, ref=t.whole.full, totalsRowCount=t.totals or None)
        table._initialise_columns()
        table.autoFilter = AutoFilter(ref=t.area.full)
        if t.filter:
            table.autoFilter.add_filter_column(0, list(t.filter))
        for n, header in enumerate(t.headers):
            table.tableColumns[n].name = header
        for c, formula in t.calculated.items():
            table.tableColumns[c - t.left].calculatedColumnFormula = TableFormula(attr_text=str(formula)[1:])
        book[t.sheet].add_table(table)
    for name, ref in model.names.items():
        book.defined_names[name] = DefinedName(name, attr_text=ref.fixed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_by_openpyxl(sheet, model, name):
    page = model.pages[name]
    for place, value in page.cells.items():
        array = page.array_at(place)
        if isinstance(value, Member):
            sheet.cell(*place, model.shown(name, place))
        elif isinstance(value, Count):
            sheet.cell(*place, ArrayFormula(array.full, str(value)) if array else str(value))
        else:
            sheet.cell(*place, value)
    for area in page.merged:
        sheet.merge_cells(str(area))
    for (row, column), text in page.comments.items():
        sheet.cell(row, column).comment = Comment(text, "Somebody")
    for (row, column), target in page.links.items():
        place = f"{letters(column)}{row}"
        sheet[place].hyperlink = Hyperlink(ref=place, location=str(target))
    for drawn in page.drawn:
        draw_by_openpyxl(sheet, drawn)
    if page.printed:
        sheet.print_area = page.printed.area.full
    for row in page.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    sheet.sheet_state = "visible" if page.shown else "hidden"
    rules_by_openpyxl(sheet, page)


def rules_by_openpyxl(sheet, page):
    for rule in page.validations:
        sheet.add_data_validation(DataValidation(type="list", formula1=rule.looks_at.fixed, sqref=rule.places))
    for rule in page.formats:
        formula = f"COUNTA({rule.looks_at.fixed})>0"
        sheet.conditional_formatting.add(rule.places, FormulaRule(formula=[formula]))


def draw_by_openpyxl(sheet, drawn):
    a = drawn.area
    ends = AnchorMarker(a.left - 1, 0, a.top - 1), AnchorMarker(a.right - 1, 0, a.bottom - 1)
    anchor = TwoCellAnchor(_from=ends[0], to=ends[1])
    if not drawn.shows:
        sheet.add_image(Image(io.BytesIO(PICTURE)), anchor)
        return
    chart = BarChart()
    for ref in drawn.shows:
        chart.series.append(Series(Reference(range_string="Sheet!A1")))
        chart.series[-1].val.numRef.f = ref.fixed
    chart.anchor = anchor
    sheet.add_chart(chart)
