"""What a whole workbook holds in LibreOffice, and how two such states differ."""

import re

#: What is of the clock: the change history says when each change was made.
_MOMENT = re.compile(r"'?\d{4}-\d\d-\d\d \d\d:\d\d")
_HISTORY, _TABLES = "Change history", "tables"


def state(book):
    """Every cell as typed, by sheet, with its protection and tab; and where each table is."""
    found = {}
    for sheet in book.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        cells = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getFormulaArray()
        found[sheet.Name] = _trimmed(cells), sheet.isProtected(), sheet.IsVisible
    ranges = book.DatabaseRanges
    places = ((name, ranges.getByName(name).DataArea) for name in sorted(ranges.ElementNames))
    found[_TABLES] = [(n, a.Sheet, a.StartRow, a.EndRow, a.StartColumn, a.EndColumn) for n, a in places]
    return found


def _trimmed(cells):
    rows = [list(row) for row in cells]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def differences(one, other, without=()):
    """Where two states differ, in words.

    Args:
        without: cells that don't count: sheet, row and column from 0.
    """
    found = []
    for name in sorted({*one, *other}):
        if name not in one or name not in other:
            found.append(f"{name}: in one alone")
        elif name == _TABLES:
            found += [str(place) for place in one[name] if place not in other[name]]
            found += [str(place) for place in other[name] if place not in one[name]]
        else:
            if one[name][1:] != other[name][1:]:
                found.append(f"{name}: protected and seen {one[name][1:]}, {other[name][1:]}")
            found += _cells(name, one[name][0], other[name][0], without)
    return found


def _cells(name, one, other, without):
    for n in range(max(len(one), len(other))):
        mine, theirs = (rows[n] if n < len(rows) else [] for rows in (one, other))
        for at in range(max(len(mine), len(theirs))):
            a, b = (row[at] if at < len(row) else "" for row in (mine, theirs))
            of_the_clock = name == _HISTORY and _MOMENT.match(a) and _MOMENT.match(b)
            if a != b and not of_the_clock and (name, n, at) not in without:
                yield f"{name}, row {n + 1}, column {at + 1}: {a[:40]!r}, {b[:40]!r}"


def health(book):
    """What must not be so between two presses, in words."""
    if not book.isAutomaticCalculationEnabled():
        yield "its formulas are not computed any more"
    if book.hasControllersLocked():
        yield "its window is not drawn any more"
    if book.UndoManager.isLocked():
        yield "nothing can be undone any more"
