"""Spreadsheets: opened, saved, closed; their sheets, defined names and undo steps."""

import os

import uno
from com.sun.star.document.MacroExecMode import NEVER_EXECUTE, USE_CONFIG

from ..office import values
from . import sheets, tables
from .registry import Refused, operation

_XLSX = "Calc MS Excel 2007 XML"
_FILTERS = {"xlsx": _XLSX, "xlsm": "Calc MS Excel 2007 VBA XML", "ods": "calc8", "csv": "Text - txt - csv (StarCalc)"}


@operation
def open_book(office, path, read_only=False, hidden=False):
    """Opens a file; gives its id.

    What is to be seen is opened as if the person had done it: with macros ruled out from the start LibreOffice would
    not tell its extensions of the window either. What is hidden runs none.

    Args:
        path: the file, by its whole path.
        read_only: whether it is opened so that it can't be saved where it is.
        hidden: whether it has no window.

    Raises:
        Refused: the program did not open it as a spreadsheet.
    """
    how = values(ReadOnly=read_only, Hidden=hidden, MacroExecutionMode=NEVER_EXECUTE if hidden else USE_CONFIG)
    book = office.desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, how)
    if book is None or not hasattr(book, "Sheets"):
        raise Refused("LibreOffice did not open %s. It may be open elsewhere, or be no spreadsheet." % path)
    return book.RuntimeUID


@operation
def new_book(office):
    """A new spreadsheet; gives its id."""
    return office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ()).RuntimeUID


@operation
def book(office, uid):
    """Where a spreadsheet lies and how it stands."""
    found = office.book(uid)
    url = found.URL
    path = uno.fileUrlToSystemPath(url) if url.startswith("file:") else url
    return {
        "path": path,
        "title": found.Title,
        "read_only": bool(found.isReadonly()),
        "modified": bool(found.isModified()),
        "automatic": bool(found.isAutomaticCalculationEnabled()),
        "null_date": [found.NullDate.Year, found.NullDate.Month, found.NullDate.Day],
        "sheets": list(found.Sheets.ElementNames),
    }


@operation
def overview(office, uid):
    """What is asked of every sheet and every table, at once: operations, their arguments, and what they answer."""
    told = [["book", {}, book(office, uid)], ["tables", {}, tables.tables(office, uid)]]
    told += [["table", {"name": one["name"]}, tables.table(office, uid, one["name"])] for one in told[1][2]]
    for sheet in told[0][2]["sheets"]:
        for ask in (sheets.used, sheets.is_visible, sheets.is_protected):
            told.append([ask.__name__, {"sheet": sheet}, ask(office, uid, sheet)])
    return told


@operation
def save_book(office, uid, path=None):
    """Saves a spreadsheet where it is, or as another file whose ending says the format.

    Args:
        path: the file, by its whole path, ending in .xlsx, .xlsm, .ods or .csv; one that is there is replaced. None
            for where it is.

    Raises:
        Refused: the ending is none of these.
    """
    found = office.book(uid)
    if path is None:
        found.store()
        return
    ending = path.rpartition(".")[2].lower()
    if ending not in _FILTERS:
        raise Refused("LibreOffice does not save files that end in .%s from here." % ending)
    found.storeAsURL(uno.systemPathToFileUrl(path), values(FilterName=_FILTERS[ending], Overwrite=True))


@operation
def export_book(office, uid, path, kind):
    """Writes a spreadsheet in another form, such as PDF, and leaves it as it is.

    Args:
        path: the new file, by its whole path.
        kind: LibreOffice's name of the form, such as `calc_pdf_Export`.
    """
    office.book(uid).storeToURL(uno.systemPathToFileUrl(path), values(FilterName=kind))


@operation
def close_book(office, uid):
    """Closes a spreadsheet; what was not saved is lost."""
    found = office.book(uid)
    found.setModified(False)
    found.close(True)


@operation
def calculate(office, uid):
    """Computes every formula anew."""
    office.book(uid).calculateAll()


@operation
def set_automatic(office, uid, automatic):
    """Whether formulas are computed as soon as something changes.

    Args:
        automatic: where it is False, they wait for `calculate`.
    """
    office.book(uid).enableAutomaticCalculation(automatic)


@operation
def properties(office, uid):
    """The custom properties, as text."""
    held = office.book(uid).DocumentProperties.UserDefinedProperties
    return {p.Name: str(held.getPropertyValue(p.Name)) for p in held.PropertySetInfo.Properties}


@operation
def set_property(office, uid, name, text):
    """Gives a custom property; one that is there gets another value.

    Args:
        name: of the property.
        text: its value.
    """
    held = office.book(uid).DocumentProperties.UserDefinedProperties
    if held.PropertySetInfo.hasPropertyByName(name):
        held.setPropertyValue(name, text)
    else:
        held.addProperty(name, 128, text)  # 128: it may be removed again


@operation
def undo(office, uid):
    """Takes the last step back."""
    book = office.book(uid)
    with office.in_front(book):
        book.UndoManager.undo()


@operation
def redo(office, uid):
    """Does again what was taken back last."""
    book = office.book(uid)
    with office.in_front(book):
        book.UndoManager.redo()


@operation
def undo_titles(office, uid):
    """What can be undone, the last step first."""
    return list(office.book(uid).UndoManager.AllUndoActionTitles)


@operation
def names(office, uid, sheet=None):
    """What each defined name stands for, of the spreadsheet as a whole or of one sheet alone.

    Args:
        sheet: the sheet's name; None for the names of the spreadsheet as a whole.

    Returns:
        By name, what it stands for, as LibreOffice writes it, without an equals sign.
    """
    held = _named(office, uid, sheet)
    return {name: held.getByName(name).Content for name in held.ElementNames}


def _named(office, uid, sheet):
    return (office.book(uid) if sheet is None else office.sheet(uid, sheet)).NamedRanges


@operation
def set_name(office, uid, name, content, sheet=None):
    """Gives a name to a range or a formula; one that is there stands for another from now on.

    Args:
        name: without a sheet before it.
        content: what it stands for, as LibreOffice writes it, without an equals sign.
        sheet: the name of the sheet that it belongs to; None for the spreadsheet as a whole.
    """
    held = _named(office, uid, sheet)
    if held.hasByName(name):
        held.getByName(name).setContent(content)
    else:
        origin = uno.createUnoStruct("com.sun.star.table.CellAddress")
        held.addNewByName(name, content, origin, 0)


@operation
def remove_name(office, uid, name, sheet=None):
    """Takes a defined name away.

    Args:
        name: without a sheet before it.
        sheet: the name of the sheet that it belongs to; None for the spreadsheet as a whole.
    """
    _named(office, uid, sheet).removeByName(name)


@operation
def show_file(office, path):
    """Shows a text document in a window of its own, or a folder in the system's own program for it; runs no macro.

    Args:
        path: the document or folder, by its whole path.
    """
    url = uno.systemPathToFileUrl(path)
    if os.path.isdir(path):
        office.service("com.sun.star.system.SystemShellExecute").execute(url, "", 1)  # 1: a URL, nothing to be run
    else:
        office.desktop.loadComponentFromURL(url, "_blank", 0, values(MacroExecutionMode=0))
