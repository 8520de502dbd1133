"""A workbook that is open in Excel or LibreOffice, through xlwings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from addin.host import AGAIN, ID_PROPERTY, STALE, Capability
from addin.live import native
from addin.live.busy import in_our_words, patiently
from addin.live.reading import read_open
from addin.live.remembered import understood
from addin.live.surface import OpenSurface
from addin.writing.applying import Applying, keeps_fingerprint
from addin.writing.obstacles import obstacles_to
from addin.writing.rows import Rows
from workbook.changes import Change, ChangeSet, RowRef
from workbook.errors import BookNotWritable, HostCannot, StaleChanges
from workbook.raw import RawTable
from workbook.snapshot import Snapshot

if TYPE_CHECKING:
    import xlwings

#: What messages are headed, and each step of the undo list begins with.
TITLE = "Champions"


class LiveHost:
    """An open workbook. It is never saved from here: that is for the person who has it open.

    Args:
        book: the workbook.

    Attributes:
        added: the rows that the last `apply` added.
        stays: what it should have taken away and left.
    """

    capabilities = frozenset(Capability)

    def __init__(self, book: xlwings.Book) -> None:
        self.book = book
        self.added: tuple[RowRef, ...] = ()
        self.stays: tuple[str, ...] = ()
        self.own_id = ""

    def read(self) -> Snapshot:
        """The workbook as it is now; see `addin.host.Host.read`.

        Raises:
            BookUnusable: it holds none of our tables.
            BookBusy: a cell is being edited, or a dialog is open.
        """
        snapshot = self._read()[0]
        self.own_id = snapshot.properties.get(ID_PROPERTY, "")
        return snapshot

    def _read(self) -> tuple[Snapshot, list[RawTable]]:
        with in_our_words(self.book):
            raw = patiently(lambda: read_open(self.book))
            tables = list(raw.tables)
        return understood(raw, tables), tables

    def apply(self, changes: ChangeSet, *, who: str, when: dt.datetime) -> ChangeSet:
        """Writes changes, all or none; see `addin.host.Host.apply`."""
        if not changes:
            return ChangeSet(changes.command, changes.fingerprint, ())
        with in_our_words(self.book):
            if native.is_read_only(self.book):
                raise BookNotWritable(
                    "The workbook is open as read-only.",
                    where=self.book.name,
                    next_step="Save it under another name, or close it and open it for editing. Nothing was written.",
                )
        snapshot, tables = self._read()
        if snapshot.fingerprint != changes.fingerprint:
            raise StaleChanges(STALE, where=self.book.name, next_step=AGAIN)
        surface = OpenSurface(self.book, tables)
        with in_our_words(self.book):
            applying = Applying(surface, snapshot, who=who, when=when)
            inverse = applying.run(changes)
            with as_it_was(self.book), native.undo_step(self.book, f"{TITLE}: {changes.command}"):
                surface.commit()
            self.own_id = native.properties(self.book).get(ID_PROPERTY, "")
        self.added, self.stays = tuple(applying.added), tuple(applying.stays)
        fingerprint = changes.fingerprint if keeps_fingerprint(changes) else self.read().fingerprint
        return ChangeSet(changes.command, fingerprint, inverse)

    def obstacles(self, changes: Iterable[Change], added: Iterable[RowRef]) -> tuple[str, ...]:
        """What stands against taking a run back; see `addin.host.Host.obstacles`."""
        snapshot, tables = self._read()
        return obstacles_to(Rows(OpenSurface(self.book, tables), snapshot), changes, added)

    def show(self, message: str) -> None:
        """Shows a message over the workbook.

        Raises:
            HostCannot: there is no window to show it in.
        """
        try:
            self.book.app.alert(message, TITLE)
        except NotImplementedError as error:
            raise HostCannot(str(error), where=self.book.name) from error

    def select(self, sheet: str, row: int, column: int) -> None:
        """Brings a cell into view and chooses it."""
        with in_our_words(self.book):
            native.finish_typing(self.book)
            page = self.book.sheets[sheet]
            if not page.visible:
                page.visible = True
            page.activate()
            page.range((row, column)).select()


@contextmanager
def as_it_was(book: xlwings.Book) -> Iterator[None]:
    """Writes quickly, and leaves what is chosen and seen, and how the program works, as it was."""
    app = book.app
    sheet, chosen, seen = book.sheets.active, book.selection, native.first_seen(book)
    drawn, events, computing = app.screen_updating, app.enable_events, app.calculation
    app.screen_updating = app.enable_events = False
    app.calculation = "manual"
    try:
        yield
    finally:
        app.calculation = computing
        app.enable_events = events
        with suppress(Exception):  # what was chosen may be gone
            sheet.activate()
            if chosen is not None:
                chosen.select()
            native.scroll_to(book, seen)
        app.screen_updating = drawn
