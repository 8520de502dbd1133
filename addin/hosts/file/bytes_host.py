"""A workbook as bytes in memory: where there is no disk, as in a browser."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from addin.hosts.apply.apply_changes import Applying
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.reading import read_workbook
from addin.hosts.file.surface import FileSurface
from addin.hosts.host import AGAIN, STALE
from addin.lossless.save import book_bytes
from workbook.model.changes import Change, ChangeSet
from workbook.model.errors import CannotTakeBack, StaleChanges
from workbook.model.reading import read_book
from workbook.model.snapshot import ID_PROPERTY, Snapshot


class BytesHost(ClosedHost):
    """A workbook's file, held in memory: read and written as `ClosedHost` does, part by part.

    It has no folder, so it can't tell whether another program has the file open, notes no run beside it, and keeps one
    former state alone: that before the last `apply`.

    >>> host = BytesHost("programme.xlsx", Path("programme.xlsx").read_bytes())
    >>> owner = SetCell(RowRef("Actions", "AC-0002", 1), "Owner", "Lead Beta", "Manager Alpha")
    >>> changes = ChangeSet("an example", host.read().fingerprint, (owner,))
    >>> inverse = host.apply(changes, who="Lead Beta", when=dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC))
    >>> host.take_back()
    >>> host.data == Path("programme.xlsx").read_bytes()
    True

    Args:
        name: the file's name, for what is said of it.
        data: the whole file.

    Attributes:
        data: the whole file as it is now.
        former: that before the last `apply`; None where there was none.
    """

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(Path(Path(name).name))
        self.data = data
        self.former: bytes | None = None

    def read(self) -> Snapshot:
        """The workbook as it is now; see `addin.hosts.host.Host.read`."""
        self._snapshot = read_book(read_workbook(self.path, self.data))
        self.own_id = self._snapshot.properties.get(ID_PROPERTY, "")
        return self._snapshot

    def take_back(self) -> None:
        """Brings the state before the last `apply` back, to the byte; once more, and what it wrote is there again.

        Raises:
            CannotTakeBack: nothing was written yet.
        """
        if self.former is None:
            raise CannotTakeBack("Nothing was written into this workbook here, so there is nothing to take back.")
        self.data, self.former = self.former, self.data
        self._snapshot = None

    def has_typed(self) -> bool:
        """No: nothing is kept of how a former run left it."""
        return False

    def _write(self, changes: ChangeSet, who: str, when: dt.datetime) -> tuple[tuple[Change, ...], str]:
        """The inverse changes, and the fingerprint of the workbook as it is written."""
        snapshot = self._snapshot or self.read()
        if snapshot.fingerprint != changes.fingerprint:
            raise StaleChanges(STALE, where=self.path.name, next_step=AGAIN)
        surface = FileSurface(self.data)
        applying = Applying(surface, snapshot, who=who, when=when)
        inverse = applying.run(changes)
        after = [changes.fingerprint]
        written = book_bytes(
            surface.book, reads=lambda data: after.append(read_book(read_workbook(self.path, data)).fingerprint)
        )
        self.data, self.former = written, self.data
        self.own_id = applying.book_id
        self.dependants, self.added, self.stays = applying.dependants, tuple(applying.added), tuple(applying.stays)
        return inverse, after[-1]

    def _content(self) -> bytes:
        return self.data
