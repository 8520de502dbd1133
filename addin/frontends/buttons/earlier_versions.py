"""The earlier states of an open workbook, in words, and one of them as a document of its own.

What is kept is never opened itself: who saved it would change what is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from addin.frontends.buttons.keep_versions import UNSAVED, Keeper
from addin.hosts.file.versions import kept_states
from addin.lossless import Damaged, Kept, NotWritable, content_of
from addin.output.write_file import write_new
from workbook.commands import COMMANDS_BY_NAME
from workbook.model.errors import BookNotWritable, BookUnusable
from workbook.model.permitted_changes import REDO, UNDO

#: The longest name of a workbook that stands in its states' names; the folder's own name takes room, too.
_LONGEST_NAME = 100


def states_of(path: Path | None, keeper: Keeper | None) -> list[Kept]:
    """Every kept state of a workbook, newest first.

    Args:
        path: its file; None where it has none that can be reached.
        keeper: knows what is kept in the person's own folder.
    """
    beside = kept_states(path) if path is not None else []
    own = keeper.states() if keeper is not None else []
    return sorted([*beside, *own], key=lambda state: (state.moment, state.turn), reverse=True)


def listed(states: Sequence[Kept], now: dt.datetime) -> Iterator[str]:
    """Each state in a line: when it was kept, and before what.

    Args:
        now: the moment; states of its day and of the day before are named so.
    """
    for state in states:
        moment = state.moment.astimezone(now.tzinfo)
        days = (now.date() - moment.date()).days
        day = {0: "Today", 1: "Yesterday"}.get(days, f"{moment:%A}, {moment.day} {moment:%B %Y}")
        yield f"{day} at {moment:%H:%M}{_before(state.note)}"


def _before(note: str) -> str:
    """Before what a state was kept, as a person calls it."""
    name, mark, _ = note.partition(f", {UNSAVED}")
    for start, words in ((UNDO, "before you took back"), (REDO, "before you brought back what was taken back of")):
        if name.startswith(start):
            said = f", {words} {_label(name.removeprefix(start))}"
            break
    else:
        said = f", before {_label(name)}" if name else ""
    return said + (" (with what was not saved yet)" if mark else "")


def _label(name: str) -> str:
    return COMMANDS_BY_NAME[name].label if name in COMMANDS_BY_NAME else name


def said_of_none() -> str:
    """What is said where no state is kept."""
    return "No earlier state of this workbook is kept yet. One is kept each time a button writes into it."


def copy_of(state: Kept, path: Path | None, documents: Path) -> Path:
    """A copy of a state under a name that says what it is: beside the workbook, or among the person's documents.

    Where such a copy is there already and nobody changed it, it is that one.

    Raises:
        BookUnusable: the state is not whole any more.
        BookNotWritable: no copy can be written.
    """
    try:
        content = content_of(state)
    except (Damaged, NotWritable) as error:
        raise BookUnusable(error.reason, next_step="Choose another one. Nothing was changed.") from error
    stem = path.stem[:_LONGEST_NAME] if path is not None else "Workbook"
    name = f"{stem} as it was {state.moment.astimezone():%Y-%m-%d %H.%M.%S}"
    if path is not None:
        try:
            return _written(path.parent, name, state.path.suffix, content)
        except BookNotWritable:
            pass  # the folder may be one to read alone
    return _written(documents, name, state.path.suffix, content)


def _written(folder: Path, name: str, suffix: str, content: bytes) -> Path:
    place, number = folder / f"{name}{suffix}", 2
    while place.exists():
        if place.stat().st_size == len(content) and place.read_bytes() == content:
            return place
        place, number = folder / f"{name} ({number}){suffix}", number + 1
    write_new(place, content)
    return place
