"""How cells look: number formats, colours, fonts, sizes."""

import uno

from .registry import Refused, operation


@operation
def number_format(office, uid, sheet, area):
    """The number format of cells as its code; None where they differ.

    Args:
        sheet: its name.
        area: top, left, bottom, right, counted from 0.
    """
    book, cells = office.book(uid), office.cells(uid, sheet, area)
    groups = cells.UniqueCellFormatRanges
    keys = {groups.getByIndex(at).NumberFormat for at in range(groups.Count)}
    codes = {book.NumberFormats.getByKey(key).FormatString for key in keys}
    return codes.pop() if len(codes) == 1 else None


@operation
def set_number_format(office, uid, sheet, area, code):
    """Gives cells a number format by its code.

    Args:
        sheet: its name.
        area: top, left, bottom, right, counted from 0.
        code: such as `0.00`; one that the spreadsheet does not have yet is added to it.
    """
    formats, locale = office.book(uid).NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale")
    key = formats.queryKey(code, locale, False)
    office.cells(uid, sheet, area).NumberFormat = formats.addNew(code, locale) if key < 0 else key


#: What can be asked of cells and set, by the name that UNO has for it.
_LOOKS = {"CellBackColor", "CharWeight", "CharPosture", "CharHeight", "CharColor", "CharFontName", "IsTextWrapped"}


@operation
def look(office, uid, sheet, area, name):
    """One property of how cells look; None where they differ.

    Args:
        sheet: its name.
        area: top, left, bottom, right, counted from 0.
        name: UNO's name of it, one of `_LOOKS`.

    Returns:
        As UNO has it: a colour as one number with red first, -1 for none; size in points; weight in percent of plain.

    Raises:
        Refused: it is no property that is offered.
    """
    if name not in _LOOKS:
        raise Refused("Cells have no %s." % name)
    groups = office.cells(uid, sheet, area).UniqueCellFormatRanges
    held = [groups.getByIndex(at).getPropertyValue(name) for at in range(groups.Count)]
    plain = [getattr(value, "value", value) for value in held]
    return plain[0] if all(value == plain[0] for value in plain) else None


@operation
def set_look(office, uid, sheet, area, name, value):
    """Sets one property of how cells look.

    Args:
        sheet: its name.
        area: top, left, bottom, right, counted from 0.
        name: UNO's name of it, one of `_LOOKS`.
        value: as `look` gives it.

    Raises:
        Refused: it is no property that is offered.
    """
    if name not in _LOOKS:
        raise Refused("Cells have no %s." % name)
    if name == "CharPosture":
        value = uno.Enum("com.sun.star.awt.FontSlant", value)
    office.cells(uid, sheet, area).setPropertyValue(name, value)


@operation
def size(office, uid, sheet, area):
    """Left, top, width and height of a range in hundredths of a millimetre.

    Args:
        sheet: its name.
        area: top, left, bottom, right, counted from 0.
    """
    cells = office.cells(uid, sheet, area)
    return [cells.Position.X, cells.Position.Y, cells.Size.Width, cells.Size.Height]


@operation
def extents(office, uid, sheet, area, axis):
    """The height of each row or the width of each column of a range (hundredths of a millimetre), hidden ones as 0.

    Args:
        sheet: its name.
        area: top, left, bottom, right, counted from 0.
        axis: rows or columns.
    """
    cells = office.cells(uid, sheet, area)
    lines = cells.Rows if axis == "rows" else cells.Columns
    length = "Height" if axis == "rows" else "Width"
    found = []
    for at in range(lines.Count):
        line = lines.getByIndex(at)
        found.append(getattr(line, length) if line.IsVisible else 0)
    return found


@operation
def set_extent(office, uid, sheet, area, axis, extent=None, optimal=False, visible=None):
    """Sets the height of rows or the width of columns, fits them to their content, or hides and shows them.

    Args:
        sheet: its name.
        area: top, left, bottom, right, counted from 0.
        axis: rows or columns.
        extent: in hundredths of a millimetre; None leaves it.
        optimal: whether they are fitted to their content.
        visible: whether they are shown; None leaves that.
    """
    cells = office.cells(uid, sheet, area)
    lines = cells.Rows if axis == "rows" else cells.Columns
    if extent is not None:
        lines.setPropertyValue("Height" if axis == "rows" else "Width", extent)
    if optimal:
        lines.setPropertyValue("OptimalHeight" if axis == "rows" else "OptimalWidth", True)
    if visible is not None:
        lines.setPropertyValue("IsVisible", visible)
