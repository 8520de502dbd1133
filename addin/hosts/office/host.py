"""A workbook that is open in Excel or LibreOffice, through xlwings."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from addin.hosts.apply.apply_changes import Applying, keeps_fingerprint
from addin.hosts.apply.obstacles import obstacles_to
from addin.hosts.apply.rows import Rows
from addin.hosts.apply.written import was_written
from addin.hosts.host import AGAIN, STALE, Begins, Capability
from addin.hosts.office import native
from addin.hosts.office.busy import office_errors_in_words, patiently
from addin.hosts.office.cache import understood
from addin.hosts.office.commit import Meanwhile, Typing
from addin.hosts.office.reading import read_open
from addin.hosts.office.surface import OpenSurface
from workbook.model.changes import Change, ChangeSet, RowRef
from workbook.model.errors import BookNotWritable, HostCannot, StaleChanges
from workbook.model.raw import RawTable
from workbook.model.snapshot import ID_PROPERTY, Snapshot

if TYPE_CHECKING:
    import xlwings

#: What messages are headed, and each step of the undo list begins with.
TITLE = "Champions"
#: Seconds between two looks whether somebody is still typing into a cell, and how long that may take.
_LOOK, _LONGEST_TYPING = 0.2, 3600.0
#: How often changes are put in anew where somebody went on typing meanwhile, into cells that they do not rest on.
_ATTEMPTS = 5


class _Read(NamedTuple):
    """A workbook as it was read; `standing` tells by sheet how it stood, where the program does."""

    snapshot: Snapshot
    tables: list[RawTable]
    standing: Mapping[str, str] | None


class LiveHost:
    """An open workbook. It is never saved from here: that is for the person who has it open.

    Args:
        book: the workbook.

    Attributes:
        added: the rows that the last `apply` added.
        stays: what it should have taken away and left.
        begins: told right before something is written.
    """

    capabilities = frozenset(Capability)

    def __init__(self, book: xlwings.Book) -> None:
        self.book = book
        self.added: tuple[RowRef, ...] = ()
        self.stays: tuple[str, ...] = ()
        self.own_id = ""
        self.begins: Begins = lambda *_: None
        self._last: _Read | None = None

    def read(self) -> Snapshot:
        """The workbook as it is now; see `addin.hosts.host.Host.read`.

        Raises:
            BookUnusable: it holds none of our tables.
            BookBusy: a cell is being edited, or a dialog is open.
        """
        snapshot = self._read().snapshot
        self.own_id = snapshot.properties.get(ID_PROPERTY, "")
        return snapshot

    def _read(self) -> _Read:
        with office_errors_in_words(self.book):
            standing = native.standing(self.book)  # first: what changes while it is read is noticed later
            with native.surveyed(self.book):
                raw = patiently(lambda: read_open(self.book))
                tables = list(raw.tables)
        self._last = _Read(understood(raw, tables), tables, standing)
        return self._last

    def apply(self, changes: ChangeSet, *, who: str, when: dt.datetime) -> ChangeSet:
        """Writes changes, all or none; see `addin.hosts.host.Host.apply`.

        Where the program tells whether a sheet was changed since it was read, the request that
        writes asks for that first; where not, everything is read again right before.
        """
        if not changes:
            return ChangeSet(changes.command, changes.fingerprint, ())
        with office_errors_in_words(self.book):
            if native.is_read_only(self.book):
                raise BookNotWritable(
                    "The workbook is open as read-only.",
                    where=self.book.name,
                    next_step="Save it under another name, or close it and open it for editing. Nothing was written.",
                )
        read = self._last
        if read is None or read.standing is None or read.snapshot.fingerprint != changes.fingerprint:
            read = self._read()
        for _ in range(_ATTEMPTS):
            if read.snapshot.fingerprint != changes.fingerprint:
                break
            try:
                return self._applied(read, changes, who, when)
            except Typing:
                self.wait_for_typing()
            except Meanwhile:
                pass
            read = self._read()
        raise StaleChanges(STALE, where=self.book.name, next_step=AGAIN)

    def _applied(self, read: _Read, changes: ChangeSet, who: str, when: dt.datetime) -> ChangeSet:
        surface = OpenSurface(self.book, read.tables)
        with office_errors_in_words(self.book):
            applying = Applying(surface, read.snapshot, who=who, when=when)
            with native.surveyed(self.book):
                inverse = applying.run(changes)
                self.own_id = applying.book_id
                taking_back = ChangeSet(changes.command, changes.fingerprint, inverse)
                self.begins(taking_back, tuple(applying.added), applying.bodies)
                try:
                    surface.commit(f"{TITLE}: {changes.command}", read.standing)
                finally:
                    self._last = None  # whatever became of it, it is not what was read any more
        self.added, self.stays = tuple(applying.added), tuple(applying.stays)
        fingerprint = changes.fingerprint if keeps_fingerprint(changes) else self.read().fingerprint
        return ChangeSet(changes.command, fingerprint, inverse)

    def was_written(self, changes: Sequence[Change], added: Iterable[RowRef], bodies: Mapping[str, str]) -> bool:
        """Whether what a press was about to write stands there; see `addin.hosts.apply.written.was_written`.

        Args:
            changes: what would take the press back.
            added: the rows that it was to add.
            bodies: by computed table, the digest of the rows that it was to write.
        """
        read = self._last or self._read()
        return was_written(Rows(OpenSurface(self.book, read.tables), read.snapshot), changes, added, bodies)

    def obstacles(self, changes: Iterable[Change], added: Iterable[RowRef]) -> tuple[str, ...]:
        """What stands against taking a run back; see `addin.hosts.host.Host.obstacles`."""
        read = self._read()
        return obstacles_to(Rows(OpenSurface(self.book, read.tables), read.snapshot), changes, added)

    def show(self, message: str) -> None:
        """Shows a message over the workbook.

        Args:
            message: what is shown; it may have several lines.

        Raises:
            HostCannot: there is no window to show it in.
        """
        self.wait_for_typing()
        try:
            self.book.app.alert(message, TITLE)
        except NotImplementedError as error:
            raise HostCannot(str(error), where=self.book.name) from error

    def wait_for_typing(self) -> None:
        """Waits until nobody types into a cell: what is shown then takes neither the keyboard nor what was typed."""
        until = time.monotonic() + _LONGEST_TYPING
        with office_errors_in_words(self.book):
            while native.is_typing(self.book) and time.monotonic() < until:
                time.sleep(_LOOK)

    def select(self, sheet: str, row: int, column: int) -> None:
        """Brings a cell into view and chooses it; see `addin.hosts.host.Host.select`."""
        self.wait_for_typing()
        with office_errors_in_words(self.book):
            page = self.book.sheets[sheet]
            if not page.visible:
                page.visible = True
            page.activate()
            page.range((row, column)).select()
