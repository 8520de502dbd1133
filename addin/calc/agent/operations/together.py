"""Several changes as one: one step to undo, all or nothing, and never seen half done."""

import hashlib

import unohelper
from com.sun.star.document import XUndoManagerListener

from ..protocol import CHANGING
from .registry import OPERATIONS, Refused, operation


@operation
def together(office, uid, title, steps, standing=None, moves=False):
    """Carries operations out, in order, as one step of the spreadsheet's undo list, all or none of them.

    It is done in the program's own thread, so that nothing is drawn, typed or saved in between. Drawing and computing
    rest meanwhile, and are as they were when it returns.

    Args:
        title: what the undo list calls it.
        steps: each an operation's name and its arguments, without the spreadsheet's.
        standing: by sheet, what `standing` said of it when it was read; where one holds something else by now, nothing
            is done.
        moves: whether cells move, so that nothing is done while somebody is typing into one of them.

    Raises:
        Refused: a step is none that changes a spreadsheet, something keeps the undo list closed, a sheet was changed
            (`Changed`), or somebody is typing (`Typing`).
    """
    unknown = [do for do, _ in steps if do not in CHANGING]
    if unknown:
        raise Refused("%s is nothing that changes a spreadsheet." % unknown[0])
    book = office.book(uid)
    if book.UndoManager.isLocked():
        raise Refused("Something else holds the list of what can be undone.")
    if moves and office.is_typed_into(book):
        raise Refused("Somebody is typing into a cell.", "Typing")
    tables = _tables(book)
    for sheet, known in (standing or {}).items():
        if not book.Sheets.hasByName(sheet) or _digest(book.Sheets.getByName(sheet), tables) != known:
            raise Refused("The sheet %s was changed." % sheet, "Changed")
    modified, done = book.isModified(), False
    try:
        with _Resting(book), _AllOrNothing(office, book, title):
            for do, named in steps:
                OPERATIONS[do](office, uid=uid, **named)
        done = True
    finally:
        if not done:
            book.setModified(modified)


@operation
def standing(office, uid):
    """By sheet, a digest of all that is typed into its cells and of where its tables are, to notice a later change."""
    book = office.book(uid)
    tables = _tables(book)
    return {sheet.Name: _digest(sheet, tables) for sheet in book.Sheets}


def _tables(book):
    """By the number of a sheet, the names of its tables and where they are."""
    found, ranges = {}, book.DatabaseRanges
    for name in sorted(ranges.ElementNames):
        area = ranges.getByName(name).DataArea
        place = name, area.StartRow, area.StartColumn, area.EndRow, area.EndColumn
        found.setdefault(area.Sheet, []).append(place)
    return found


def _digest(sheet, tables):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    typed = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getFormulaArray()
    held = repr((typed, tables.get(end.Sheet)))
    return hashlib.blake2b(held.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


class _Resting:
    """Has drawing and computing rest, and puts both back."""

    def __init__(self, book):
        self._book = book

    def __enter__(self):
        self._automatic = self._book.isAutomaticCalculationEnabled()
        self._book.lockControllers()
        if self._automatic:
            self._book.enableAutomaticCalculation(False)

    def __exit__(self, *_):
        try:
            if self._automatic:
                self._book.enableAutomaticCalculation(True)
        finally:
            self._book.unlockControllers()


class _AllOrNothing:
    """Makes one step to undo of all that is done within; where it fails, all of it is taken back and forgotten."""

    def __init__(self, office, book, title):
        self._office, self._book, self._undo, self._title = office, book, book.UndoManager, title

    def __enter__(self):
        self._properties = _held(self._book)
        self._undo.enterUndoContext(self._title)

    def __exit__(self, kind, *_):
        if kind is None:
            self._undo.leaveUndoContext()
            return
        watching = _Watching()
        self._undo.addUndoManagerListener(watching)
        try:
            self._undo.leaveUndoContext()
        finally:
            self._undo.removeUndoManagerListener(watching)
        if not watching.was_empty:
            with self._office.in_front(self._book):
                self._undo.undo()
            self._undo.clearRedo()
        _put_back(self._book, self._properties)


class _Watching(unohelper.Base, XUndoManagerListener):
    """Learns whether a step was left with nothing in it, so that the list does not hold it."""

    was_empty = False

    def cancelledContext(self, event):  # noqa: N802 - UNO's name
        self.was_empty = True


def _nothing(self, event):
    """It is of no concern here."""


for _name in (
    *("undoActionAdded", "actionUndone", "actionRedone", "allActionsCleared", "redoActionsCleared", "resetAll"),
    *("enteredContext", "enteredHiddenContext", "leftContext", "leftHiddenContext", "disposing"),
):
    setattr(_Watching, _name, _nothing)


def _held(book):
    properties = book.DocumentProperties.UserDefinedProperties
    return {one.Name: one.Value for one in properties.PropertyValues}


def _put_back(book, held):
    """The custom properties as they were: no undo list knows of them."""
    properties = book.DocumentProperties.UserDefinedProperties
    for name, value in _held(book).items():
        if name not in held:
            properties.removeProperty(name)
        elif value != held[name]:
            properties.setPropertyValue(name, held[name])
