"""Cells: values, formulas, formats, in blocks; what `sheet` and `area` are is said in the package's own docstring."""

from contextlib import contextmanager

import uno

from .. import formulas
from .registry import Refused, operation

_DATE, _TIME, _NUMBER, _LOGICAL = 2, 4, 16, 1024
_VALUE_RESULT, _ERROR_RESULT = 1, 4
_VALUES, _DATES, _TEXTS, _FORMULAS = 1, 2, 4, 16
_CONTENTS = _VALUES | _DATES | _TEXTS | _FORMULAS
_FORMATS = 32 | 64 | 256
#: What Excel calls LibreOffice's errors; every other one is a #VALUE!.
_ERRORS = {32767: "#N/A", 532: "#DIV/0!", 525: "#NAME?", 524: "#REF!", 503: "#NUM!", 521: "#NULL!"}
_ERROR_NAMES = {"#VALUE!", *_ERRORS.values()}


def _place(address, base):
    return [
        max(address.StartRow, base.StartRow) - base.StartRow,
        max(address.StartColumn, base.StartColumn) - base.StartColumn,
        min(address.EndRow, base.EndRow) - base.StartRow,
        min(address.EndColumn, base.EndColumn) - base.StartColumn,
    ]


def _formatted(cells):
    """The areas of each number format in a range: (format, [areas relative to the range])."""
    base = cells.RangeAddress
    groups = cells.UniqueCellFormatRanges
    for at in range(groups.Count):
        group = groups.getByIndex(at)
        yield group, [_place(address, base) for address in group.RangeAddresses]


@operation
def read(office, uid, sheet, area):
    """A block of cells.

    Returns:
        `rows` of text, numbers and '' for blank; `dates` and `logical`, the areas (relative to the block) that show
        numbers as moments and as yes or no; `errors`, each as row, column and Excel's name for it.
    """
    book, cells = office.book(uid), office.cells(uid, sheet, area)
    base = cells.RangeAddress
    dates = [_place(address, base) for address in cells.queryContentCells(_DATES).RangeAddresses]
    logical = []
    computed = cells.queryFormulaCells(_VALUE_RESULT).Count > 0
    for group, kind in _kinds(office, book, cells):
        if kind & _LOGICAL:
            logical += [_place(address, base) for address in group.RangeAddresses]
        elif computed and kind & (_DATE | _TIME):
            dates += [_place(address, base) for address in group.RangeAddresses]
    rows = [["" if value is None else value for value in row] for row in cells.getDataArray()]
    return {"rows": rows, "dates": dates, "logical": logical, "errors": _errors(cells)}


def _kinds(office, book, cells):
    """The number formats of a range: all cells of each, and its type."""
    groups = cells.UniqueCellFormatRanges
    for at in range(groups.Count):
        group = groups.getByIndex(at)
        yield group, office.kind_of_format(book, group.NumberFormat)


def _errors(cells):
    base, found = cells.RangeAddress, []
    for address in cells.queryFormulaCells(_ERROR_RESULT).RangeAddresses:
        top, left, bottom, right = _place(address, base)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                code = cells.getCellByPosition(column, row).getError()
                found.append([row, column, _ERRORS.get(code, "#VALUE!")])
    return found


@operation
def read_formulas(office, uid, sheet, area):
    """What was typed into each cell: formulas with their equals sign, other content as text."""
    rows = [list(row) for row in office.cells(uid, sheet, area).getFormulaArray()]
    cells = office.cells(uid, sheet, area)
    for address in cells.queryContentCells(_FORMULAS).RangeAddresses:
        top, left, bottom, right = _place(address, cells.RangeAddress)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                rows[row][column] = formulas.excel(rows[row][column])
    return rows


@operation
def write(office, uid, sheet, area, rows, typed=(), dates=(), times=(), logical=()):
    """Puts a block of text, numbers and None for blank into cells, in one step that can be undone.

    Args:
        rows: as many as the area has, and each as long.
        typed: (row, column, formula) within the block.
        dates, times, logical: areas within the block that must show their numbers as such; cells that do already keep
            their format.

    Raises:
        Refused: a locked cell of a protected sheet is among them.
    """
    book, cells = office.book(uid), office.cells(uid, sheet, area)
    _refuse_locked(office.sheet(uid, sheet), cells)
    with _one_step(book):
        _make_blank(cells)
        cells.setDataArray(tuple(tuple("" if value is None else value for value in row) for row in rows))
        for row, column, formula in typed:
            cells.getCellByPosition(column, row).Formula = formulas.ours(formula)
        for kind, areas in ((_DATE, dates), (_TIME, times), (_LOGICAL, logical)):
            for top, left, bottom, right in areas:
                _show_as(book, cells.getCellRangeByPosition(left, top, right, bottom), kind)


@contextmanager
def _one_step(book):
    """What is done within is one step to undo."""
    book.UndoManager.enterUndoContext("Input")
    try:
        yield
    finally:
        book.UndoManager.leaveUndoContext()


def _make_blank(cells):
    """Empties cells that are about to be put; every way of putting cells comes through here.

    LibreOffice (7.4) takes a block that was set back, and does it again, by pasting what it kept over the cells: those
    that were blank in it stay as they are. Taking back what is done here first clears all of them before their former
    content comes back; doing it again leaves blank cells for the block to be pasted over.
    """
    if _shows_every_row(cells):
        cells.Spreadsheet.copyRange(cells.getCellByPosition(0, 0).CellAddress, cells.RangeAddress)
    else:
        cells.setArrayFormula("=0")  # copying would leave rows out that are filtered away, and so move the others up
    cells.clearContents(_CONTENTS)


def _shows_every_row(cells):
    seen, whole = cells.queryVisibleCells().RangeAddresses, cells.RangeAddress
    return len(seen) == 1 and (seen[0].StartRow, seen[0].EndRow) == (whole.StartRow, whole.EndRow)


@operation
def write_formulas(office, uid, sheet, area, rows):
    """Types into each cell of a block: formulas as Excel writes them, numbers, and text.

    Args:
        rows: as many as the area has, and each as long; all of it text as it would be typed, "" for blank.

    Raises:
        Refused: a locked cell of a protected sheet is among them.
    """
    book, cells = office.book(uid), office.cells(uid, sheet, area)
    _refuse_locked(office.sheet(uid, sheet), cells)
    typed = tuple(tuple(formulas.ours(text) if text.startswith("=") else text for text in row) for row in rows)
    with _one_step(book):
        _make_blank(cells)
        cells.setFormulaArray(typed)


def _refuse_locked(sheet, cells):
    if not sheet.isProtected():
        return
    groups = cells.UniqueCellFormatRanges
    if any(groups.getByIndex(at).CellProtection.IsLocked for at in range(groups.Count)):
        raise Refused("The sheet %s is protected, and the cells are locked." % sheet.Name)


def _show_as(book, cells, kind):
    formats, locale = book.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale")
    for group, areas in list(_formatted(cells)):
        if formats.getByKey(group.NumberFormat).Type & kind:
            continue
        for top, left, bottom, right in areas:
            part = cells.getCellRangeByPosition(left, top, right, bottom)
            part.NumberFormat = formats.getStandardFormat(kind, locale)


@operation
def clear(office, uid, sheet, area, contents=True, formats=False):
    """Empties cells (`contents`), takes their formats away (`formats`), or both; raises Refused where one is locked."""
    cells = office.cells(uid, sheet, area)
    _refuse_locked(office.sheet(uid, sheet), cells)
    cells.clearContents((_CONTENTS if contents else 0) | (_FORMATS if formats else 0))


@operation
def copy_formats(office, uid, sheet, source, area):
    """Gives cells the formats of others on the same sheet (`source`, told as `area` is); what they hold stays."""
    cells = office.cells(uid, sheet, area)
    held, address = _typed_again(cells), cells.RangeAddress
    origin = office.cells(uid, sheet, source)
    from_ = origin.RangeAddress
    page, height = office.sheet(uid, sheet), from_.EndRow - from_.StartRow + 1
    with _one_step(office.book(uid)):
        for row in range(address.StartRow, address.EndRow + 1, height):
            page.copyRange(page.getCellByPosition(address.StartColumn, row).CellAddress, from_)
        _make_blank(cells)
        cells.setFormulaArray(held)


def _typed_again(cells):
    """What must be typed into cells so that they hold what they do now; a text that looks like a formula is marked."""
    rows = [list(row) for row in cells.getFormulaArray()]
    for address in cells.queryContentCells(_TEXTS).RangeAddresses:
        top, left, bottom, right = _place(address, cells.RangeAddress)
        for row in rows[top : bottom + 1]:
            for column in range(left, right + 1):
                row[column] = "'" + row[column] if row[column].startswith("=") else row[column]
    return tuple(map(tuple, rows))


@operation
def shift(office, uid, sheet, area, how, insert):
    """Inserts or removes cells.

    Args:
        how: down or right, as cells move to make room (up or left, to close the gap); rows or columns, for whole ones.
        insert: whether blank cells are put where `area` is; otherwise its cells are removed.
    """
    modes = {"down": "DOWN", "right": "RIGHT", "rows": "ROWS", "columns": "COLUMNS"}
    if not insert:
        modes.update(down="UP", right="LEFT")
    page, address = office.sheet(uid, sheet), office.cells(uid, sheet, area).RangeAddress
    if insert:
        page.insertCells(address, uno.Enum("com.sun.star.sheet.CellInsertMode", modes[how]))
    else:
        page.removeRange(address, uno.Enum("com.sun.star.sheet.CellDeleteMode", modes[how]))


@operation
def region(office, uid, sheet, area):
    """The block of filled cells around a range, as top, left, bottom, right from 0."""
    cells = office.cells(uid, sheet, area)
    cursor = office.sheet(uid, sheet).createCursorByRange(cells)
    cursor.collapseToCurrentRegion()
    found = cursor.RangeAddress
    return [found.StartRow, found.StartColumn, found.EndRow, found.EndColumn]


@operation
def edge(office, uid, sheet, row, column, direction):
    """Where Ctrl and an arrow key (up, down, left, right) lead from a cell: row and column, counted from 0 as it is."""
    steps = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
    down, right = steps[direction]
    page = office.sheet(uid, sheet)
    last_row, last_column = page.Rows.Count - 1, page.Columns.Count - 1
    if down:
        line = page.getCellRangeByPosition(column, 0, column, last_row)
        at, end = row, last_row
    else:
        line = page.getCellRangeByPosition(0, row, last_column, row)
        at, end = column, last_column
    filled = _filled(line, bool(down))
    to = _edge_of(filled, at, down + right, end)
    return [to, column] if down else [row, to]


def _filled(line, downward):
    """The first and last places of each filled run of a line."""
    addresses = line.queryContentCells(_CONTENTS).RangeAddresses
    found = [(a.StartRow, a.EndRow) if downward else (a.StartColumn, a.EndColumn) for a in addresses]
    runs = []
    for first, last in sorted(found):
        if runs and first <= runs[-1][1] + 1:
            runs[-1][1] = max(last, runs[-1][1])
        else:
            runs.append([first, last])
    return runs


def _edge_of(runs, at, step, end):
    """From place `at`: the end of its run, else the start of the next one, else the last place there is."""
    limit = end if step > 0 else 0
    if step < 0:  # mirrored, so that one rule serves both ways
        runs, at = [[-last, -first] for first, last in reversed(runs)], -at
    here = next((run for run in runs if run[0] <= at <= run[1]), None)
    if here is not None and at < here[1]:
        return abs(here[1])
    ahead = next((run[0] for run in runs if run[0] > at), None)
    return limit if ahead is None else abs(ahead)


@operation
def links(office, uid, sheet, area, rows):
    """Gives cells that hold text a link each: (row, column within the block, address such as #Sheet.A1, words)."""
    cells = office.cells(uid, sheet, area)
    book = office.book(uid)
    with _one_step(book):
        for row, column, address, words in rows:
            cell = cells.getCellByPosition(column, row)
            field = book.createInstance("com.sun.star.text.TextField.URL")
            field.URL, field.Representation = address, words
            cell.setString("")
            cell.insertTextContent(cell.createTextCursor(), field, False)


@operation
def lead_elsewhere(office, uid, sheet, area, goals):
    """Gives links in a block other addresses: (row, column within the block, address)."""
    cells = office.cells(uid, sheet, area)
    for row, column, address in goals:
        fields = cells.getCellByPosition(column, row).getTextFields().createEnumeration()
        while fields.hasMoreElements():
            field = fields.nextElement()
            if hasattr(field, "URL"):
                field.URL = address


@operation
def link(office, uid, sheet, row, column):
    """The address that a cell's link leads to; None without one. Row and column are counted from 0."""
    fields = office.sheet(uid, sheet).getCellByPosition(column, row).getTextFields().createEnumeration()
    while fields.hasMoreElements():
        field = fields.nextElement()
        if hasattr(field, "URL"):
            return field.URL
    return None


@operation
def links_in(office, uid, sheet, area):
    """Every link in a block: row and column within it, and the address it leads to."""
    cells, found = office.cells(uid, sheet, area), []
    base = cells.RangeAddress
    for address in cells.queryContentCells(_TEXTS).RangeAddresses:
        top, left, bottom, right = _place(address, base)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                fields = cells.getCellByPosition(column, row).getTextFields().createEnumeration()
                if fields.hasMoreElements():
                    found.append([row, column, getattr(fields.nextElement(), "URL", "")])
    return found


#: What Excel calls special cells, by LibreOffice's flags of content.
_SPECIAL = {"constants": _VALUES | _DATES | _TEXTS, "formulas": _FORMULAS}


@operation
def special(office, uid, sheet, area, kind, errors=False):
    """The areas of a block that are blank, visible, or hold constants or formulas; counted from the sheet's start.

    Args:
        kind: blanks, visible, constants or formulas.
        errors: of constants or formulas, those alone whose value is an error.
    """
    cells = office.cells(uid, sheet, area)
    if kind == "blanks":
        found = cells.queryEmptyCells()
    elif kind == "visible":
        found = cells.queryVisibleCells()
    else:
        typed = _typed_errors(cells)
        found = cells.queryFormulaCells(_ERROR_RESULT) if errors else cells.queryContentCells(_SPECIAL[kind])
        if kind == "formulas":
            for address in typed:
                found.removeRangeAddress(address)
        elif errors:
            return list(map(_corners, typed))
    return list(map(_corners, found.RangeAddresses))


def _corners(address):
    return [address.StartRow, address.StartColumn, address.EndRow, address.EndColumn]


def _typed_errors(cells):
    """The error values that were typed or imported: LibreOffice keeps them as formulas such as =#REF!."""
    found = []
    for address in cells.queryFormulaCells(_ERROR_RESULT).RangeAddresses:
        for row in range(address.StartRow, address.EndRow + 1):
            for column in range(address.StartColumn, address.EndColumn + 1):
                cell = cells.Spreadsheet.getCellByPosition(column, row)
                if cell.Formula.lstrip("=").upper() in _ERROR_NAMES:
                    found.append(cell.RangeAddress)
    return found


@operation
def merged(office, uid, sheet, area):
    """The merged area that a range's first cell lies in; the cell itself where none is."""
    cells = office.cells(uid, sheet, area)
    cursor = office.sheet(uid, sheet).createCursorByRange(cells.getCellByPosition(0, 0))
    cursor.collapseToMergedArea()
    found = cursor.RangeAddress
    return [found.StartRow, found.StartColumn, found.EndRow, found.EndColumn]


@operation
def merge(office, uid, sheet, area, together):
    """Merges cells where `together` is True, and takes that back where it is not."""
    office.cells(uid, sheet, area).merge(together)
