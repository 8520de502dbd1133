"""Rules of tables."""

from __future__ import annotations

import re
from collections import Counter

from tests.support.excel_limits.books import _CELL_LIKE, _NAME, out_of_order, units
from tests.support.excel_limits.declare import rule
from tests.support.excel_limits.model import MAIN, area_of

_SPEC = "ECMA-376 Part 1, 18.5.1.2 (table): "
_ORDER = ["autoFilter", "sortState", "tableColumns", "tableStyleInfo", "extLst"]


@rule(_SPEC + "an id is unique in the workbook")
def table_ids_unique(book):
    """Numbers of tables."""
    counted = Counter(t.root.get("id", "") for t in book.tables)
    yield from ((f"id {n}", f"{count} tables have it") for n, count in counted.items() if count > 1 or n in {"", "0"})


@rule(_SPEC + "a displayName is unique among tables and defined names")
def table_names_unique(book):
    """Names of tables."""
    names = [t.name.casefold() for t in book.tables]
    names += {e.get("name", "").casefold() for e in book.names if e.get("localSheetId") is None}
    yield from ((name, "stands twice") for name, count in Counter(names).items() if count > 1)


@rule("Microsoft, Rename an Excel table: a name begins with a letter, has no blank, is no cell, has at most 255")
def table_name_syntax(book):
    """A table's name is one that Excel would take."""
    for t in book.tables:
        if not _NAME.fullmatch(t.name) or _CELL_LIKE.fullmatch(t.name) or units(t.name) > 255:
            yield t.name, "no name that Excel takes"


@rule(_SPEC + "ref covers the columns that tableColumns lists; a table has a row below its header")
def table_size(book):
    """A table's cells and its columns are as many."""
    for t in book.tables:
        area = t.area
        if area is None:
            yield t.name, f"{t.root.get('ref')!r} is no block of cells"
            continue
        if area.right - area.left + 1 != len(t.columns):
            yield t.name, f"{area.right - area.left + 1} columns of cells, {len(t.columns)} names"
        more = t.has_header + int(t.root.get("totalsRowCount", "0"))
        if area.bottom - area.top + 1 <= more:
            yield t.name, "no row for entries"


@rule("ECMA-376 Part 1, 18.5.1.3 (tableColumn): an id is unique within its table")
def table_column_ids(book):
    """Numbers of columns."""
    for t in book.tables:
        counted = Counter(e.get("id", "") for e in t.root.iter(f"{MAIN}tableColumn"))
        yield from ((t.name, f"column id {n} stands {c} times") for n, c in counted.items() if c > 1 or n in {"", "0"})


@rule("ECMA-376 Part 1, 18.5.1.3 (tableColumn): a name is unique within its table; Excel compares without case")
def table_headers_unique(book):
    """No two columns of one name, none blank, none longer than 255."""
    for t in book.tables:
        for name, count in Counter(c.casefold() for c in t.columns).items():
            if count > 1:
                yield t.name, f"the column {name} stands {count} times"
            if not name or units(name) > 255:
                yield t.name, "a column's name is blank or longer than 255"


@rule("XlsxWriter's documentation, add_table(): a header's cell holds its column's name as text, or Excel repairs it")
def table_headers_match(book):
    """The header cells hold what the table's part says."""
    for t in book.tables:
        area = t.area
        if area is None or not t.has_header:
            continue
        for at, name in enumerate(t.columns, start=area.left):
            cell = t.sheet.by_place.get((area.top, at))
            text = t.sheet.text(cell) if cell is not None else None
            if text is None or _lines(text) != _lines(name):
                yield f"{t.sheet.name}, {t.name}", f"the header is {text!r}, the column's name {name!r}"


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


@rule("ECMA-376 Part 1, 18.5.1.3: a header is text; a formula in it makes Excel repair the file")
def table_headers_no_formulas(book):
    """Headers are no formulas."""
    for t in book.tables:
        area = t.area
        if area is not None and t.has_header:
            for at in range(area.left, area.right + 1):
                cell = t.sheet.by_place.get((area.top, at))
                if cell is not None and cell.formula is not None:
                    yield t.name, f"a formula in the header {cell.place}"


@rule("Microsoft, Resize a table: tables can't overlap")
def tables_apart(book):
    """Tables of one sheet have no cell in common."""
    for sheet in book.sheets:
        areas = [(t.name, t.area) for t in sheet.tables if t.area]
        for n, (name, area) in enumerate(areas):
            yield from ((sheet.name, f"{name} and {other}") for other, b in areas[n + 1 :] if area.meets(b))


@rule("Microsoft, Merge cells: not in a table")
def tables_without_merged_cells(book):
    """No merged cell in a table."""
    for sheet in book.sheets:
        for t in sheet.tables:
            if t.area and any(t.area.meets(area) for area in sheet.merged):
                yield t.name, "merged cells in it"


@rule("ECMA-376 Part 1, 18.5.1.2: a table's filter covers it without its totals row")
def table_filter(book):
    """Where a table is filtered."""
    for t in book.tables:
        found, area = t.root.find(f"{MAIN}autoFilter"), t.area
        if found is None or area is None:
            continue
        here = area_of(found.get("ref", ""))
        end = area.bottom - int(t.root.get("totalsRowCount", "0"))
        if here != area._replace(bottom=end):
            yield t.name, f"the filter covers {found.get('ref')}, the table {t.root.get('ref')}"
        for e in found.findall(f"{MAIN}filterColumn"):
            if int(e.get("colId", "0")) >= len(t.columns):
                yield t.name, "a filter of a column that is not there"


@rule("ECMA-376 Part 1, 18.3.1.2 and 18.5.1.2: a sheet's own filter and a table don't meet")
def sheet_filter_apart(book):
    """A sheet's filter lies beside its tables."""
    for sheet in book.sheets:
        for e in sheet.root.findall(f"{MAIN}autoFilter"):
            area = area_of(e.get("ref", ""))
            if area is None or any(t.area and t.area.meets(area) for t in sheet.tables):
                yield sheet.name, f"the sheet's filter {e.get('ref')}"


@rule("ECMA-376 Part 1, 18.3.1.94 and .95: tableParts lead to the sheet's tables, each once")
def tables_listed(book):
    """A sheet lists all its tables."""
    for sheet in book.sheets:
        listed = Counter(v for e in sheet.all("tablePart") for k, v in e.attrib.items() if k.endswith("}id"))
        there = Counter(r.id for r in sheet.rels.values() if r.kind == "table")
        if listed != there:
            yield sheet.name, f"it lists {sorted(listed)}, and leads to {sorted(there)}"


@rule("ECMA-376 Part 1, 18.5.1.2 and annex A: the order of a table's elements")
def order_in_table(book):
    """Elements stand in the order of the schema."""
    for t in book.tables:
        name = out_of_order(t.root, _ORDER)
        if name:
            yield t.name, f"{name} stands too late"


@rule("ECMA-376 Part 1, 18.5.1.3: what a totals row shows is what its column says")
def table_totals(book):
    """A label in the totals row is the cell's text, a formula its own."""
    for t in book.tables:
        area = t.area
        if area is None or t.root.get("totalsRowCount", "0") == "0":
            continue
        for at, e in enumerate(t.root.iter(f"{MAIN}tableColumn"), start=area.left):
            label, cell = e.get("totalsRowLabel"), t.sheet.by_place.get((area.bottom, at))
            if label is not None and (cell is None or t.sheet.text(cell) != label):
                yield t.name, f"the totals row should show {label!r}"
            if e.get("totalsRowFunction") and (cell is None or cell.formula is None):
                yield t.name, "a total without its formula"


@rule("ECMA-376 Part 1, 18.5.1.5: a table's style has a name of at most 255 characters")
def table_style(book):
    """The style of a table is one of Excel's own, or of the workbook."""
    own = {e.get("name", "") for e in book.style_list("tableStyles")}
    for t in book.tables:
        for e in t.root.iter(f"{MAIN}tableStyleInfo"):
            name = e.get("name")
            if name and name not in own and not re.fullmatch(r"TableStyle(Light|Medium|Dark)[0-9]+", name):
                yield t.name, f"no style {name}"
