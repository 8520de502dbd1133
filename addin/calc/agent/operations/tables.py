"""Tables: what Excel calls a ListObject is a database range here."""

import uno

from .registry import Refused, operation


@operation
def tables(office, uid):
    """Every table: its name, sheet, area (top, left, bottom, right from 0) and whether it has a totals row."""
    found, held = [], office.book(uid).DatabaseRanges
    sheets = office.book(uid).Sheets.ElementNames
    for name in held.ElementNames:
        area = held.getByName(name).DataArea
        place = [area.StartRow, area.StartColumn, area.EndRow, area.EndColumn]
        found.append(
            {"name": name, "sheet": sheets[area.Sheet], "area": place, "totals": _totals(held.getByName(name))}
        )
    return found


def _totals(table):
    return bool(table.TotalsRow) if table.PropertySetInfo.hasPropertyByName("TotalsRow") else False


@operation
def resize_table(office, uid, name, area):
    """Gives a table another area, on its sheet."""
    table = office.book(uid).DatabaseRanges.getByName(name)
    place = table.DataArea
    place.StartRow, place.StartColumn, place.EndRow, place.EndColumn = area
    table.DataArea = place


@operation
def add_table(office, uid, sheet, name, area):
    """Makes a table of cells.

    Raises:
        Refused: there is one of this name.
    """
    book = office.book(uid)
    if book.DatabaseRanges.hasByName(name):
        raise Refused("There is a table %s already." % name)
    place = uno.createUnoStruct("com.sun.star.table.CellRangeAddress")
    place.Sheet = office.cells(uid, sheet, area).RangeAddress.Sheet
    place.StartRow, place.StartColumn, place.EndRow, place.EndColumn = area
    book.DatabaseRanges.addNewByName(name, place)
    book.DatabaseRanges.getByName(name).AutoFilter = True


@operation
def remove_table(office, uid, name):
    """Makes a table plain cells again."""
    office.book(uid).DatabaseRanges.removeByName(name)


@operation
def rename_table(office, uid, name, to):
    """Gives a table another name."""
    office.book(uid).DatabaseRanges.getByName(name).Name = to
