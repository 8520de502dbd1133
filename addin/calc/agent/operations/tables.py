"""Tables: what Excel calls a ListObject is a database range here."""

import uno

from .registry import Refused, operation


@operation
def tables(office, uid):
    """The name of every table, and of the sheet it stands on."""
    book = office.book(uid)
    held, sheets = book.DatabaseRanges, book.Sheets.ElementNames
    return [{"name": name, "sheet": sheets[held.getByName(name).DataArea.Sheet]} for name in held.ElementNames]


@operation
def table(office, uid, name):
    """A table's area (top, left, bottom, right from 0), and whether it has a totals row.

    Args:
        name: of the table.

    Raises:
        KeyError: there is none of this name.
    """
    held = office.book(uid).DatabaseRanges
    if not held.hasByName(name):
        raise KeyError(name)
    found = held.getByName(name)
    area = found.DataArea
    place = [area.StartRow, area.StartColumn, area.EndRow, area.EndColumn]
    return {"area": place, "totals": bool(getattr(found, "TotalsRow", False))}


@operation
def resize_table(office, uid, name, area):
    """Gives a table another area, on its sheet.

    Args:
        name: of the table.
        area: top, left, bottom, right, counted from 0; the header is its first row.
    """
    table = office.book(uid).DatabaseRanges.getByName(name)
    place = table.DataArea
    place.StartRow, place.StartColumn, place.EndRow, place.EndColumn = area
    table.DataArea = place


@operation
def add_table(office, uid, sheet, name, area):
    """Makes a table of cells, with buttons to filter by.

    Args:
        sheet: its name.
        name: the table's.
        area: top, left, bottom, right, counted from 0; the header is its first row.

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
    """Makes a table plain cells again.

    Args:
        name: of the table.
    """
    office.book(uid).DatabaseRanges.removeByName(name)


@operation
def rename_table(office, uid, name, to):
    """Gives a table another name.

    Args:
        name: of the table until now.
        to: its name from now on.
    """
    office.book(uid).DatabaseRanges.getByName(name).Name = to
