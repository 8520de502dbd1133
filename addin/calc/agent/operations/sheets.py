"""Sheets: added, named, shown, protected; what is chosen and seen in a window."""

from .registry import Refused, operation, takes_keyboard


@operation
def add_sheet(office, uid, name, beside, after):
    """Adds a sheet before or after another one.

    Args:
        name: the new sheet's.
        beside: the name of the other one.
        after: whether the new one comes after it; otherwise it comes before.

    Raises:
        Refused: there is a sheet of this name.
        ValueError: there is no sheet `beside`.
    """
    sheets = office.book(uid).Sheets
    if sheets.hasByName(name):
        raise Refused("There is a sheet %s already." % name)
    sheets.insertNewByName(name, _place(sheets, beside, after))


def _place(sheets, beside, after):
    """The place before or after a sheet, counted from 0."""
    return list(sheets.ElementNames).index(beside) + bool(after)


@operation
def remove_sheet(office, uid, sheet):
    """Takes a sheet away.

    Args:
        sheet: its name.
    """
    office.book(uid).Sheets.removeByName(sheet)


@operation
def copy_sheet(office, uid, sheet, name, beside, after):
    """Copies a sheet under another name to the place before or after one of them.

    Args:
        sheet: its name.
        name: the copy's.
        beside: the name of the sheet that the copy comes to stand beside.
        after: whether the copy comes after it; otherwise it comes before.

    Raises:
        ValueError: there is no sheet `beside`.
    """
    sheets = office.book(uid).Sheets
    sheets.copyByName(sheet, name, _place(sheets, beside, after))


@operation
def rename_sheet(office, uid, sheet, name):
    """Gives a sheet another name.

    Args:
        sheet: its name until now.
        name: its name from now on.
    """
    office.sheet(uid, sheet).Name = name


@operation
def has_fixed_sheets(office, uid):
    """Whether sheets can't be added, renamed or taken away, since the spreadsheet's structure is protected."""
    return bool(office.book(uid).isProtected())


@operation
def is_visible(office, uid, sheet):
    """Whether a sheet's tab is shown.

    Args:
        sheet: its name.
    """
    return bool(office.sheet(uid, sheet).IsVisible)


@operation
def is_protected(office, uid, sheet):
    """Whether a sheet's locked cells are protected.

    Args:
        sheet: its name.
    """
    return bool(office.sheet(uid, sheet).isProtected())


@operation
def used(office, uid, sheet):
    """The area that holds something, as top, left, bottom, right from 0.

    Args:
        sheet: its name.
    """
    cursor = office.sheet(uid, sheet).createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    area = cursor.RangeAddress
    return [area.StartRow, area.StartColumn, area.EndRow, area.EndColumn]


@operation
def show_sheet(office, uid, sheet, visible):
    """Shows or hides a sheet's tab.

    Args:
        sheet: its name.
        visible: whether it is shown.
    """
    office.sheet(uid, sheet).IsVisible = visible


@operation
def protect_sheet(office, uid, sheet, password=""):
    """Protects a sheet's locked cells.

    Args:
        sheet: its name.
        password: "" for none.
    """
    office.sheet(uid, sheet).protect(password)


@operation
def unprotect_sheet(office, uid, sheet, password=""):
    """Takes the protection away.

    Args:
        sheet: its name.
        password: "" where it has none.

    Raises:
        Refused: it has a password, and another one (`Password`).
    """
    found = office.sheet(uid, sheet)
    try:
        found.unprotect(password)
    except Exception:
        pass
    if found.isProtected():
        raise Refused("The sheet %s is protected with a password." % sheet, "Password")


@operation
def view(office, uid):
    """What is chosen and seen: the sheet in front, the chosen area, and the first row and column seen, from 0."""
    controller = office.book(uid).CurrentController
    if controller is None:
        return None
    chosen = office.book(uid).CurrentSelection
    area = getattr(chosen, "RangeAddress", None)
    if area is None and hasattr(chosen, "RangeAddresses") and chosen.RangeAddresses:
        area = chosen.RangeAddresses[0]
    place = None if area is None else [area.StartRow, area.StartColumn, area.EndRow, area.EndColumn]
    return {
        "sheet": controller.ActiveSheet.Name,
        "area": place,
        "top": controller.FirstVisibleRow,
        "left": controller.FirstVisibleColumn,
    }


@operation
@takes_keyboard
def activate_sheet(office, uid, sheet):
    """Brings a sheet to the front.

    Args:
        sheet: its name.

    Raises:
        Refused: somebody is typing (`Keyboard`).
    """
    office.book(uid).CurrentController.setActiveSheet(office.sheet(uid, sheet))


@operation
@takes_keyboard
def choose(office, uid, sheet, area):
    """Chooses cells and brings them into view.

    Args:
        sheet: its name.
        area: top, left, bottom, right, counted from 0.

    Raises:
        Refused: somebody is typing (`Keyboard`).
    """
    controller = office.book(uid).CurrentController
    controller.setActiveSheet(office.sheet(uid, sheet))
    controller.select(office.cells(uid, sheet, area))


@operation
def scroll(office, uid, top, left):
    """Which row and column are the first to be seen.

    Args:
        top: the row, counted from 0.
        left: the column, counted from 0.
    """
    controller = office.book(uid).CurrentController
    controller.setFirstVisibleRow(top)
    controller.setFirstVisibleColumn(left)
