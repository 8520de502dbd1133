"""The office program and its spreadsheets, as operations find them."""

import uno

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


def values(**named):
    """UNO's property values."""
    made = []
    for name, value in named.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


class Office:
    """One running office program.

    Args:
        context: its UNO component context.

    Attributes:
        indicators: by spreadsheet, what shows words in its status bar.
    """

    def __init__(self, context):
        self.context = context
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.indicators = {}
        self._kinds, self._known = {}, {}

    def service(self, name):
        """A service of the program."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def books(self):
        """The open spreadsheets, by their id in this session."""
        found, components = {}, self.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            if hasattr(component, "supportsService") and component.supportsService(_SPREADSHEET):
                found[component.RuntimeUID] = component
        return found

    def book(self, uid):
        """An open spreadsheet.

        Raises:
            KeyError: it is open no more.
        """
        known = self._known.get(uid)
        try:
            if known is not None and known.RuntimeUID == uid:
                return known
        except Exception:
            pass  # it was closed
        self._known = self.books()
        return self._known[uid]

    def active(self):
        """The spreadsheet in front; None if there is none."""
        current = self.desktop.getCurrentComponent()
        if current is not None and hasattr(current, "supportsService") and current.supportsService(_SPREADSHEET):
            return current
        return next(iter(self.books().values()), None)

    def sheet(self, uid, name):
        """A sheet by its name.

        Raises:
            KeyError: there is none of this name.
        """
        sheets = self.book(uid).Sheets
        if not sheets.hasByName(name):
            raise KeyError(name)
        return sheets.getByName(name)

    def cells(self, uid, sheet, area):
        """A range of cells; `area` is top, left, bottom, right, counted from 0."""
        top, left, bottom, right = area
        return self.sheet(uid, sheet).getCellRangeByPosition(left, top, right, bottom)

    def kind_of_format(self, book, key):
        """The type of a spreadsheet's number format, which never changes."""
        place = book.RuntimeUID, key
        if place not in self._kinds:
            self._kinds[place] = book.NumberFormats.getByKey(key).Type
        return self._kinds[place]
