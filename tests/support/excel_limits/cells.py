"""Rules of cells: their places, values, texts and styles."""

from __future__ import annotations

import math
import re

from tests.support.excel_limits.books import units
from tests.support.excel_limits.declare import rule
from tests.support.excel_limits.formats import dates_in
from tests.support.excel_limits.model import LAST_COLUMN, LAST_ROW, MAIN

_LIMITS = "Microsoft, Excel specifications and limits: "
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
_LATER = {"#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!", "#EXTERNAL!"}
_KINDS = {"b", "d", "e", "inlineStr", "n", "s", "str"}
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")


@rule(_LIMITS + "1,048,576 rows by 16,384 columns; ECMA-376 Part 1, 18.3.1.4: cells in order, each once")
def cells_in_order(book):
    """Rows and the cells of each come in order, within the sheet."""
    for sheet in book.sheets:
        last = (0, 0)
        for cell in sheet.cells:
            here = (cell.row, cell.column)
            if here <= last or cell.row > LAST_ROW or cell.column > LAST_COLUMN:
                yield f"{sheet.name}!{cell.place}", "out of order, twice, or beyond the sheet"
                break
            last = here


@rule("ECMA-376 Part 1, 18.3.1.73: rows in order, each once, and cells in their own row")
def rows_in_order(book):
    """A row's number is higher than that of the one before."""
    for sheet in book.sheets:
        last = 0
        for e in sheet.rows:
            number = int(e.get("r", last + 1))
            if not last < number <= LAST_ROW:
                yield f"{sheet.name}, row {number}", "out of order or beyond the sheet"
                break
            if any(c.get("r", f"A{number}").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != str(number) for c in e):
                yield f"{sheet.name}, row {number}", "a cell of another row stands in it"
                break
            last = number


@rule("ECMA-376 Part 1, 18.18.11 (ST_CellType): a cell's value is of its kind")
def cell_values(book):
    """Numbers, booleans, errors and texts are written as such."""
    for sheet in book.sheets:
        for cell in sheet.cells:
            why = _wrong(cell)
            if why:
                yield f"{sheet.name}!{cell.place}", why


def _wrong(cell):
    value = cell.value
    if cell.kind not in _KINDS:
        return f"no kind of cell: {cell.kind}"
    if value is None or (value == "" and cell.kind in ("str", "inlineStr", "n")):
        return ""
    if cell.kind == "n" and not (_NUMBER.match(value) and math.isfinite(float(value))):
        return f"no number: {value!r}"
    if cell.kind == "b" and value not in ("0", "1"):
        return f"no boolean: {value!r}"
    if cell.kind == "e" and value not in _ERRORS | _LATER:
        return f"no error: {value!r}"
    return ""


@rule("ECMA-376 Part 1, 18.3.1.96 and 18.4.9: a cell's number of a shared text is one that is there")
def shared_texts(book):
    """Indices of shared texts."""
    for sheet in book.sheets:
        for cell in sheet.cells:
            given = cell.value if cell.kind == "s" and cell.value is not None else "0"
            if cell.kind == "s" and (not given.isdigit() or int(given) >= len(sheet.strings)):
                yield f"{sheet.name}!{cell.place}", f"no shared text {given}"


@rule(_LIMITS + "a cell can hold 32,767 characters")
def cell_text_length(book):
    """Texts of cells, shared or not."""
    for n, text in enumerate(book.strings):
        if units(text) > 32767:
            yield f"shared text {n}", f"{units(text)} characters"
    for sheet in book.sheets:
        for cell in sheet.cells:
            if cell.kind in ("str", "inlineStr") and cell.value is not None and units(cell.value) > 32767:
                yield f"{sheet.name}!{cell.place}", f"{units(cell.value)} characters"


@rule("ECMA-376 Part 1, 18.3.1.4 and 18.8.10: a cell's style is one of cellXfs; so are rows' and columns'")
def cell_styles(book):
    """Indices of styles."""
    known = max(len(book.style_list("cellXfs")), 1)
    for sheet in book.sheets:
        for cell in sheet.cells:
            if not 0 <= cell.style < known:
                yield f"{sheet.name}!{cell.place}", f"style {cell.style} of {known}"
        for e in sheet.rows:
            if not 0 <= int(e.get("s", "0")) < known:
                yield f"{sheet.name}, row {e.get('r')}", f"style {e.get('s')} of {known}"
        for e in sheet.all("col"):
            if not 0 <= int(e.get("style", "0")) < known:
                yield f"{sheet.name}, columns", f"style {e.get('style')} of {known}"


@rule(_LIMITS + "dates from 1 January 1900 (1904) to 31 December 9999")
def dates_in_range(book):
    """A number that is shown as a date is one that Excel can show."""
    dates = dates_in(book)
    for sheet in book.sheets:
        for cell in sheet.cells:
            is_number = cell.style in dates and cell.kind == "n" and cell.value and _NUMBER.match(cell.value)
            if is_number and not 0 <= float(cell.value) < 2_958_466:
                yield f"{sheet.name}!{cell.place}", f"{cell.value} is no day"


@rule("ECMA-376 Part 1, 18.3.1.40 (f): shared formulas and arrays say which cells they fill")
def formula_groups(book):
    """A shared formula has a first cell that holds it."""
    for sheet in book.sheets:
        first, used = set(), set()
        for row in sheet.rows:
            for e in row.iter(f"{MAIN}f"):
                if e.get("t") == "shared":
                    (first if e.get("ref") else used).add(e.get("si"))
                elif e.get("t") == "array" and not e.get("ref"):
                    yield sheet.name, "an array formula that fills no cells"
        if used - first:
            yield sheet.name, "a shared formula without its first cell"
