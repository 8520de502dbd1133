"""A press from beginning to end: does it, shows what came of it, and turns whatever goes wrong into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, runtime_checkable

from addin.frontends.buttons.actions import MOST, REPEATABLE, act
from addin.frontends.buttons.keep_versions import Keeper, Open
from addin.frontends.buttons.situation import Outcome, Place, Question, Situation
from addin.frontends.buttons.undo import Kept as PressKept
from addin.frontends.buttons.undo import LastPress, press_folder
from addin.frontends.buttons.words import lines
from addin.frontends.progress_window import Waiting
from addin.hosts.host import Begins, Host
from addin.output.paths import Approved, May, approvals_file
from workbook.commands import COMMANDS_BY_NAME
from workbook.model.changes import Change, ChangeSet, RowRef
from workbook.model.errors import CannotTakeBack, ChampionsError, StaleChanges
from workbook.model.permitted_changes import REDO, UNDO, taking_back
from workbook.ribbon import ITEM_MARK

_UNDO = "undo"
_MAY_DOCUMENTS_GO = (
    "This workbook wants its documents to go to a place outside its own folder:\n\n{folder}\n\n"
    "May they be written there? If you say yes, it is remembered for you and this workbook on this computer. If you "
    "say no, nothing is written there."
)


class Front(Open, Protocol):
    """The office program and the workbook in front of the person."""

    @property
    def host(self) -> Host:
        """The workbook in front.

        Raises:
            ChampionsError: there is none, or it can't be reached now.
        """

    @property
    def chosen(self) -> Place | None:
        """The chosen cell."""

    def open(self, path: Path) -> None:
        """Opens a workbook."""

    def show(self, path: Path) -> None:
        """Shows a document that we made, or the folder of several; without it where that can't be."""

    def say(self, words: str) -> None:
        """Shows a message and waits until it is read."""

    def ask(self, words: str) -> bool:
        """Puts a question and waits for the answer; whether it is yes."""

    def choose(self, question: Question) -> list[int] | None:
        """Has the person choose among lines: their numbers from 0; None where they chose nothing."""

    def progress(self, words: str) -> None:
        """Says beside the workbook what is being done; with '' nothing any more."""


class Folders(NamedTuple):
    """A person's folders: of documents, of what programs keep between their runs, and of downloads if it is known."""

    documents: Path
    state: Path
    downloads: Path | None


@runtime_checkable
class Telling(Protocol):
    """A host that tells when it begins to write, and what a press that died there has written."""

    begins: Begins

    def was_written(self, changes: Sequence[Change], added: Iterable[RowRef], bodies: Mapping[str, str]) -> bool:
        """Whether what a press was about to write stands there."""


def press_in(
    front: Front,
    pressed: str,
    *,
    when: dt.datetime,
    who: str,
    documents: Path,
    state: Path,
    downloads: Path | None = None,
    waiting: Callable[[str], Waiting] = Waiting,
) -> None:
    """Does what was pressed, and shows what came of it.

    Args:
        pressed: a command's name, or `command:item`.
        when: the moment; its day is the day to look from.
        documents, state: the person's folders of documents, and of what programs keep between their runs.
        downloads: where exports of forms lie; None where that is not known.
        waiting: the window that shows while it takes long.
    """
    command = COMMANDS_BY_NAME[pressed.partition(ITEM_MARK)[0]]
    try:
        with waiting(command.label) as window:

            def step(words: str) -> None:
                window.say(words)
                front.progress(f"{command.label}: {words} …")
                window.check()

            try:
                asked = _Asked(front, window)
                folders = Folders(documents, state, downloads)
                outcome = _done(asked, pressed, step, when=when, who=who, folders=folders)
            finally:
                front.progress("")
        _show(front, outcome)
    except ChampionsError as error:
        front.say(words_of(error))
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a manager
        from addin.frontends.faults import where_told, write_fault

        front.say(
            f"{command.label} went wrong in a way that we did not foresee.\n\n{where_told(write_fault(error))}\n\n"
            "Press again; if it happens again, send us that file. It holds no entries of yours."
        )


def words_of(error: ChampionsError) -> str:
    """An error as a message."""
    where = f" ({error.where})" if error.where else ""
    return "\n\n".join(part for part in (f"{error.what}{where}", error.next_step) if part)


class _Asked:
    """The front, with the window that waits aside while the person is asked something."""

    def __init__(self, front: Front, window: Waiting) -> None:
        self._front, self._window = front, window

    def __getattr__(self, name: str) -> Any:
        return getattr(self._front, name)

    def ask(self, words: str) -> bool:
        with self._window.aside():
            return self._front.ask(words)

    def choose(self, question: Question) -> list[int] | None:
        with self._window.aside():
            return self._front.choose(question)


def _done(
    front: Front,
    pressed: str,
    step: Callable[[str], None],
    *,
    when: dt.datetime,
    who: str,
    folders: Folders,
) -> Outcome:
    state = folders.state
    host, may = front.host, _asking(front, step, approvals_file(state))
    keeper = Keeper(front, state / "kept", lambda: host.own_id)
    at = Situation(
        *(host, front.path, when.date(), when, who, folders.documents, front.chosen, step, front.ask, front.choose),
        may=may,
        keeper=keeper,
        downloads=folders.downloads,
    )
    presses, before = press_folder(state), front.name

    def begins(taking: ChangeSet, added: tuple[RowRef, ...], bodies: Mapping[str, str]) -> None:
        LastPress(presses, host.own_id, before).begin(PressKept(taking, added, when, keeper.saved, bodies))

    if isinstance(host, Telling):
        host.begins = begins
    outcome = _take_back(at, presses, before) if pressed == _UNDO else _acted(pressed, at)
    if outcome.inverse is not None:
        keeper.after()
        kept = PressKept(outcome.inverse, host.added, when, keeper.saved)
        LastPress(presses, host.own_id, before).keep(kept)
    return outcome


def _asking(front: Front, step: Callable[[str], None], file: Path) -> May:
    """Says whether documents may go to a folder outside the workbook's: the person is asked once."""

    def may(folder: Path) -> bool:
        if front.path is None:
            return False
        approved = Approved(file, front.path)
        if approved.has(folder):
            return True
        step("Waiting for your answer")
        yes = front.ask(_MAY_DOCUMENTS_GO.format(folder=folder))
        if yes:
            approved.add(folder)
        return yes

    return may


def _acted(pressed: str, at: Situation) -> Outcome:
    """Does a command; once more where the workbook changed while it was at work and nothing was made yet."""
    try:
        return act(pressed, at)
    except StaleChanges:
        if pressed.partition(ITEM_MARK)[0] not in REPEATABLE:
            raise
        return act(pressed, at)


def _take_back(at: Situation, presses: Path, name: str) -> Outcome:
    """Takes back what the last press wrote, if the very cells still hold it; doing it again brings it back."""
    snapshot = at.read()
    host = at.host

    def was_written(press: PressKept) -> bool:
        return isinstance(host, Telling) and host.was_written(press.changes.changes, press.added, press.bodies)

    kept = LastPress(presses, host.own_id, name).read(was_written)
    if kept is None:
        raise CannotTakeBack(
            "Nothing that a button wrote into this workbook can be taken back.",
            next_step="What you typed yourself is taken back by Undo in the menu Edit.",
        )
    changes = kept.changes.changes
    obstacles = at.host.obstacles(changes, kept.added)
    if obstacles:
        raise CannotTakeBack(
            "The last press can't be taken back, and nothing was written. This stands against it:\n"
            + lines([f"– {words}" for words in obstacles[:MOST]], len(obstacles) - MOST),
            next_step="Put that right by hand, or take it back with Undo in the menu Edit.",
        )
    try:
        inverse = at.write(ChangeSet(taking_back(kept.changes.command), snapshot.fingerprint, changes))
    except StaleChanges as error:
        raise CannotTakeBack(
            "What the last press wrote was changed since, so that it can't be taken back. Nothing was written.",
            where=error.where,
            next_step="Change that entry yourself.",
        ) from error
    return Outcome(_taken_back(kept.changes.command, at.host.stays), inverse=inverse)


def _taken_back(command: str, stays: Sequence[str]) -> str:
    """What was taken back, in words, and what stays of it."""
    if command.startswith(UNDO):
        return "What was taken back is there again."
    command = command.removeprefix(REDO)
    label = COMMANDS_BY_NAME[command].label if command in COMMANDS_BY_NAME else command
    rest = f" Of what it did, this stays: {'; '.join(stays)}." if stays else ""
    return f"Taken back: {label}.{rest} Press again to have it once more."


def _show(front: Front, outcome: Outcome) -> None:
    if outcome.opens is not None:
        front.open(outcome.opens)
        return
    if outcome.go is not None:
        front.host.select(outcome.go.sheet, outcome.go.row, outcome.go.column)
    if outcome.message:
        front.say(outcome.message)
        if outcome.shows is not None:
            front.show(outcome.shows)
    elif outcome.brief:
        front.host.show(outcome.brief)
