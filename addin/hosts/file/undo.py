"""Takes the last run back: the whole former file where nothing else changed, else just what the run wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol, cast

from addin.hosts.apply.apply_changes import Applying
from addin.hosts.apply.obstacles import obstacles_to
from addin.hosts.apply.rows import Rows
from addin.hosts.apply.written import was_written
from addin.hosts.file.host import ClosedHost, writer_errors_in_words
from addin.hosts.file.reading import read_workbook
from addin.hosts.file.run_record import Run, last_run
from addin.hosts.file.surface import FileSurface
from addin.hosts.file.verify_record import contradicted, is_of_one_workbook
from addin.hosts.file.versions import former_file, kept_states, put_state
from addin.lossless import FileState, read_plain
from workbook.model.changes import AddTable, Change, ChangeSet, ReplaceTable, RowRef
from workbook.model.errors import BookUnusable, CannotTakeBack
from workbook.model.light_dataclasses import dataclass, replace
from workbook.model.permitted_changes import taking_back, undeclared
from workbook.model.reading import read_book
from workbook.model.snapshot import ID_PROPERTY, Snapshot


class Press(Protocol):
    """What a button's press wrote into the open workbook; see `addin.frontends.buttons.undo.Kept`."""

    @property
    def changes(self) -> ChangeSet:
        """What takes it back."""

    @property
    def added(self) -> tuple[RowRef, ...]:
        """The rows that it added."""

    @property
    def when(self) -> dt.datetime:
        """Its moment."""

    @property
    def saved(self) -> str:
        """The digest of the saved file before it."""

    @property
    def bodies(self) -> Mapping[str, str]:
        """By computed table, the digest of the rows that it wrote."""


#: Gives the last press on a workbook by its own id, and by what says of one whose end is not known whether it wrote.
PressOn = Callable[[str, Callable[[Press], bool]], Press | None]


@dataclass(frozen=True)
class Outlook:
    """What taking the last run back would do.

    >>> outlook = look(Path("programme.xlsx"))
    >>> outlook.command, outlook.exact is not None, outlook.obstacles
    ('undo of an example', True, ())

    Attributes:
        run: the last run.
        now: the digest of the file as it is.
        exact: the whole former file, where nothing else changed since the run.
        changes: otherwise what takes back the run alone.
        obstacles: what stands against it, in words.
        stays: what the run added and `changes` leaves there, in words with the reason.
        pressed: whether it was a button in the open workbook.
    """

    run: Run
    now: str
    exact: bytes | None = None
    changes: ChangeSet | None = None
    obstacles: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    pressed: bool = False

    @property
    def command(self) -> str:
        """The name of taking it back: the undo of an undo is a redo."""
        return taking_back(self.run.command)


def look(path: Path, press_on: PressOn | None = None) -> Outlook:
    """What taking the last run back would do. Nothing is written.

    Args:
        path: the workbook.
        press_on: gives the last press on the open workbook; None where none is kept.

    Raises:
        CannotTakeBack: there is no run to take back.
        BookUnusable: the workbook can't be read.
    """
    if not path.exists():
        kept = bool(kept_states(path))
        raise BookUnusable(
            "There is no workbook of that name.",
            where=str(path),
            next_step="Earlier states of it are kept: bring the newest back." if kept else "",
            in_terminal=f'champions restore "{path}"' if kept else "",
        )
    with writer_errors_in_words(path):
        state, data = FileState.of(path)
        run = last_run(path.resolve(), state.digest)
        if press_on is not None and (run is None or state.digest != run.after):
            outlook = _look_at_press(path, data, state.digest, press_on)
            if outlook is not None and (run is None or outlook.run.when > run.when):
                return outlook
        if run is None:
            raise CannotTakeBack(
                "There is no run to take back: this program has not written into the workbook, or the workbook was "
                "renamed or moved since.",
                where=str(path),
                next_step="See which earlier states are kept.",
                in_terminal=f'champions restore "{path}" --list',
            )
        former = _former(path, data, run)
        outlook = Outlook(run, state.digest)
        if state.digest == run.after and former is not None:
            strange = former.contradicts(run)
            exact = None if strange else former.data
            return replace(outlook, exact=exact, obstacles=(_forged(run, strange),) if strange else ())
        return _look_closer(path, data, outlook, former)


def take_back(path: Path, outlook: Outlook, *, who: str, when: dt.datetime) -> None:
    """Takes the last run back.

    >>> path = Path("programme.xlsx")
    >>> take_back(path, look(path), who="Lead Beta", when=dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC))
    >>> look(path).command
    'redo of an example'

    Args:
        path: the workbook.
        outlook: of this workbook, without obstacles.
        who: the person at work.
        when: the moment.

    Raises:
        StaleChanges: the workbook was changed after the outlook. Nothing was written.
        BookBusy: it is open elsewhere.
        BookNotWritable: it can't be written to.
    """
    if outlook.changes is not None:
        ClosedHost(path).apply(outlook.changes, who=who, when=when)
    elif outlook.exact is not None:
        run = Run(outlook.command, when, book=outlook.run.book)
        with writer_errors_in_words(path):
            put_state(path, outlook.exact, run, who=who, instead_of=outlook.now)


def _look_at_press(path: Path, data: bytes, now: str, press_on: PressOn) -> Outlook | None:
    """The outlook on a button's press; None where there was none, or the workbook was not saved since."""
    snapshot = ClosedHost(path).read()
    own_id = snapshot.properties.get(ID_PROPERTY, "")
    surface = FileSurface(data)
    rows = Rows(surface, snapshot)
    press = press_on(own_id, lambda p: was_written(rows, p.changes.changes, p.added, p.bodies)) if own_id else None
    if press is None or press.saved == now:
        return None
    run = Run(press.changes.command, press.when, book=own_id, changes=press.changes.changes, added=press.added)
    outlook = Outlook(run, now, pressed=True)
    strange = _undeclared(run, surface, snapshot, bodies=True)
    if strange is not None:
        return replace(outlook, obstacles=(_forged(run, strange),))
    obstacles = obstacles_to(Rows(surface, snapshot), press.changes.changes, press.added)
    whole = ChangeSet(outlook.command, snapshot.fingerprint, press.changes.changes)
    stays = () if obstacles else _staying(data, snapshot, whole)
    return replace(outlook, changes=whole, obstacles=obstacles, stays=stays)


class _Former:
    """A workbook as it was before a run."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.data = read_plain(path, linked=False)

    @cached_property
    def rows(self) -> Rows:
        """Its tables."""
        return Rows(FileSurface(self.data), read_book(read_workbook(self._path, self.data)))

    def contradicts(self, run: Run) -> object:
        """What the record of the run claims that was not so; None where there is nothing."""
        if not run.changes and not run.added:
            return None
        return contradicted(run.changes or (), run.added, self.rows, frozenset(FileSurface(self.data).book.sheets))


def _former(path: Path, now: bytes, run: Run) -> _Former | None:
    """The workbook as it was before a run; None where it is not kept, or what is kept is another workbook."""
    place = former_file(path, run)
    former = None if place is None else _Former(place)
    return former if former is not None and is_of_one_workbook(former.data, now, run.book) else None


def _look_closer(path: Path, data: bytes, outlook: Outlook, former: _Former | None) -> Outlook:
    """The outlook where the file isn't as the run left it, or the former one is gone."""
    run, snapshot = outlook.run, ClosedHost(path).read()
    if run.changes and (not run.book or snapshot.properties.get(ID_PROPERTY) != run.book):
        return Outlook(run, outlook.now, obstacles=("The last run wrote into another workbook of this name.",))
    if not run.changes:
        words = "The workbook was changed since, and that run can only be taken back as a whole."
        return Outlook(run, outlook.now, obstacles=(words,))
    surface = FileSurface(data)
    strange: object = _undeclared(run, surface, snapshot)
    if strange is None and former is None:
        words = "The file as it was before that run is not kept any more."
        return Outlook(run, outlook.now, obstacles=(words,))
    if strange is None and former is not None:
        strange = former.contradicts(run)
    if strange is not None:
        return Outlook(run, outlook.now, obstacles=(_forged(run, strange),))
    changes = tuple(_with_bodies(run.changes, former))
    rows = Rows(surface, snapshot)
    obstacles = obstacles_to(rows, changes, run.added)
    whole = ChangeSet(outlook.command, snapshot.fingerprint, changes)
    return Outlook(run, outlook.now, None, whole, obstacles, () if obstacles else _staying(data, snapshot, whole))


def _undeclared(run: Run, surface: FileSurface, snapshot: Snapshot, *, bodies: bool = False) -> object:
    """What a record names that its command never does; None for nothing."""
    strangers = frozenset(surface.book.sheets) - {data.sheet for data in snapshot.tables.values()}
    return undeclared(run.command, run.changes or (), run.added, strangers, bodies=bodies)


def _forged(run: Run, found: object) -> str:
    what = found.table if isinstance(found, RowRef) else ChangeSet("", "", (cast("Change", found),)).describe()[0]
    return (
        f"The record of that run names what “{run.command}” did not do ({what}). Somebody may have changed it: it lies "
        "where others can write."
    )


def _staying(data: bytes, snapshot: Snapshot, changes: ChangeSet) -> tuple[str, ...]:
    """What changes that take a run back would leave there, as a trial in memory shows."""
    trial = Applying(FileSurface(data), snapshot, who="", when=dt.datetime.now(dt.UTC))
    trial.run(changes)
    return tuple(trial.stays)


def _with_bodies(changes: Sequence[Change], former: _Former | None) -> Iterator[Change]:
    """The changes, what the computed tables held taken from the former file."""
    for change in changes:
        if isinstance(change, ReplaceTable | AddTable) and former is not None:
            yield _with_body(former.rows, change)
        else:
            yield change


def _with_body(former: Rows, change: ReplaceTable | AddTable) -> Change:
    if not former.knows(change.table):
        return change  # the run added the table: it was empty before
    body = former.body(former.table(change.table), change.headers)
    return body if isinstance(change, ReplaceTable) else replace(change, rows=body.rows)
