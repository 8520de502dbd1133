"""A workbook file that no program has open: read through calamine, written by changing only what must change."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from addin.hosts.file.reading import read_workbook
from addin.hosts.host import AGAIN, STALE, Capability
from workbook.model.changes import Change, ChangeSet, RowRef
from workbook.model.errors import BookBusy, BookNotWritable, BookUnusable, HostCannot, StaleChanges
from workbook.model.reading import read_book
from workbook.model.snapshot import ID_PROPERTY, Snapshot

if TYPE_CHECKING:
    from addin.hosts.file.history import Keeping
    from addin.hosts.file.run_record import Run
    from addin.hosts.file.surface import FileSurface
    from addin.lossless import FileState
    from addin.lossless.save import Held


class ClosedHost:
    """A workbook as a file.

    >>> host = ClosedHost(Path("programme.xlsx"))
    >>> host.read().tables["Actions"].rows
    [<Actions AC-0001 at row 2>, <Actions AC-0002 at row 3>]

    Args:
        path: an .xlsx or .xlsm file.

    Attributes:
        dependants: people's own sheets that use what the last `apply` changed.
        added: the rows that it added.
        stays: what it should have taken away and left.
    """

    capabilities = frozenset(Capability) - {Capability.SHOW, Capability.SELECT}

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._snapshot: Snapshot | None = None
        self._digest = ""
        self.dependants: tuple[str, ...] = ()
        self.added: tuple[RowRef, ...] = ()
        self.stays: tuple[str, ...] = ()
        self.own_id = ""

    def read(self) -> Snapshot:
        """The workbook as it is now; see `addin.hosts.host.Host.read`.

        What a run that was killed has left beside it goes.
        """
        from addin.lossless import refuse_if_away, tidy

        with writer_errors_in_words(self.path):
            refuse_if_away(self.path)
        tidy(self.path, now=time.time())
        digest = _digest(self.path)
        try:
            self._snapshot = read_book(read_workbook(self.path))
        except BookUnusable as error:
            raise _with_a_way_back(error, self.path) from error
        self._digest = digest
        self.own_id = self._snapshot.properties.get(ID_PROPERTY, "")
        return self._snapshot

    def apply(self, changes: ChangeSet, *, who: str, when: dt.datetime) -> ChangeSet:
        """Writes changes, all or none; see `addin.hosts.host.Host.apply`.

        The file as it was is kept beside it, with what takes the changes back.
        """
        if not changes and not self.has_typed():
            return ChangeSet(changes.command, changes.fingerprint, ())
        with writer_errors_in_words(self.path):
            inverse, fingerprint = self._write(changes, who, when)
        self._snapshot = None
        return ChangeSet(changes.command, fingerprint, inverse)

    def _write(self, changes: ChangeSet, who: str, when: dt.datetime) -> tuple[tuple[Change, ...], str]:
        """The inverse changes, and the fingerprint of the workbook as it is written.

        It is read before it takes the old one's place: afterwards nothing can go wrong any more.
        """
        from addin.hosts.apply.apply_changes import Applying
        from addin.hosts.file.history import Keeping
        from addin.hosts.file.run_record import Run, bounded
        from addin.hosts.file.surface import FileSurface
        from addin.lossless import FileState, locked

        with locked(self.path, holder=who or "Another run", now=time.time()) as held:
            state, data = FileState.of(self.path)
            snapshot = self._snapshot if self._snapshot is not None and state.digest == self._digest else self.read()
            if snapshot.fingerprint != changes.fingerprint:
                raise StaleChanges(STALE, where=self.path.name, next_step=AGAIN)
            surface, keeping = FileSurface(data), Keeping(self.path.resolve(), snapshot, when)
            applying = Applying(surface, snapshot, who=who, when=when, keeps=keeping)
            inverse = applying.run(changes)
            run = Run(
                changes.command,
                when,
                book=applying.book_id,
                changes=None if applying.exact_only else bounded(inverse),
                added=tuple(applying.added),
            )
            after = self._saved(surface, state, run, held, keeping, snapshot)
        self.own_id = applying.book_id
        self.dependants, self.added, self.stays = applying.dependants, tuple(applying.added), tuple(applying.stays)
        return inverse, after.fingerprint

    def _saved(
        self, surface: FileSurface, state: FileState, run: Run, held: Held, keeping: Keeping, snapshot: Snapshot
    ) -> Snapshot:
        """Puts the changed workbook in the old one's place; what it holds then."""
        from addin.hosts.file.kept_contents import keep, promote
        from addin.hosts.file.versions import backups, noting
        from addin.lossless import save_book

        real, after = self.path.resolve(), [snapshot]

        def first() -> None:
            keeping.write()
            keep(real, after[-1], run.when, coming=True)

        saved = save_book(
            self.path,
            surface.book,
            expected=state,
            backups=backups(self.path, run.when, run.command),
            ready=noting(self.path, run, held, first),
            reads=lambda data: after.append(read_book(read_workbook(self.path, data))),
        )
        if saved is not None:
            promote(real)
        elif keeping.kept.differs:  # rows that were sorted: nothing to enter, and nothing to look for next time
            keep(real, snapshot, run.when, coming=False)
        return after[-1]

    def has_typed(self) -> bool:
        """Whether people's entries are others than the last run left, as they were last read.

        Then `apply` enters what they did, though it has no changes of its own.
        """
        from addin.hosts.file.kept_contents import Kept

        return self._snapshot is not None and Kept(self.path.resolve(), self._snapshot).differs

    def obstacles(self, changes: Iterable[Change], added: Iterable[RowRef]) -> tuple[str, ...]:
        """What stands against taking a run back; see `addin.hosts.host.Host.obstacles`."""
        from addin.hosts.apply.obstacles import obstacles_to
        from addin.hosts.apply.rows import Rows
        from addin.hosts.file.surface import FileSurface

        with writer_errors_in_words(self.path):
            return obstacles_to(Rows(FileSurface(self._content()), self.read()), changes, added)

    def _content(self) -> bytes:
        from addin.lossless import FileState

        return FileState.of(self.path)[1]

    def show(self, message: str) -> None:
        """A closed file has no window; see `addin.hosts.host.Host.show`.

        Raises:
            HostCannot: always.
        """
        raise HostCannot(
            "A closed workbook can't show a message.",
            where=self.path.name,
            next_step=f"Open it in Excel or LibreOffice and press the button there, to see: {message}",
        )

    def select(self, sheet: str, row: int, column: int) -> None:
        """A closed file has no window; see `addin.hosts.host.Host.select`.

        Raises:
            HostCannot: always.
        """
        raise HostCannot(
            "A closed workbook can't bring a cell into view.",
            where=self.path.name,
            next_step=f"Open it in Excel or LibreOffice, and go to row {row}, column {column} of the sheet {sheet}.",
        )


def _digest(path: Path) -> str:
    """A digest of the file's content; '' where it can't be read, which the reading itself reports."""
    from addin.lossless import FileState, LosslessError

    try:
        return FileState.of(path)[0].digest
    except LosslessError:
        return ""


def _with_a_way_back(error: BookUnusable, path: Path) -> BookUnusable:
    """The error, and that an earlier state can be brought back if one is kept."""
    from addin.hosts.file.versions import kept_states

    if not kept_states(path):
        return error
    step = f"{error.next_step} Earlier states of it are kept: bring one back.".strip()
    see = f'champions restore "{path}" --list'
    return BookUnusable(error.what, where=error.where, next_step=step, in_terminal=see)


@contextmanager
def writer_errors_in_words(path: Path) -> Iterator[None]:
    """The writer's errors as those of `workbook.model.errors`.

    Args:
        path: the file, for the words.

    Raises:
        BookBusy: it is open elsewhere.
        StaleChanges: another program changed it meanwhile.
        BookUnusable: it is damaged, or not on this computer.
        BookNotWritable: it can't be written to, or not safely.
    """
    from addin.lossless import Busy, Damaged, LosslessError, NotDownloaded, Replaced

    try:
        yield
    except Busy as error:
        raise BookBusy(error.reason, where=path.name, next_step=error.next_step) from error
    except Replaced as error:
        raise StaleChanges(error.reason, where=path.name, next_step=error.next_step or AGAIN) from error
    except (Damaged, NotDownloaded) as error:
        raise BookUnusable(error.reason, where=path.name, next_step=error.next_step) from error
    except LosslessError as error:
        step = error.next_step or "Nothing was written."
        raise BookNotWritable(error.reason, where=path.name, next_step=step) from error
    except OSError as error:
        raise BookNotWritable(
            f"The disk or folder does not answer as it should ({error.strerror or error}).",
            where=path.name,
            next_step="See that the disk or the network folder can be reached, then try again. Nothing was changed.",
        ) from error
