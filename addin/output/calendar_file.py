"""The calendar of reviews on disk: only a calendar that this program wrote is replaced, never another file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from addin.lossless import open_plain
from addin.output.write_file import write_new
from workbook.answers.review_calendar import calendar, is_of, is_ours, marks_of
from workbook.model.errors import BookNotWritable
from workbook.model.snapshot import Snapshot
from workbook.rules.reviews import Review

_USUAL = "Reviews"
_ENDING = ".ics"
#: A calendar of ours is far smaller; of what is larger, the beginning says enough.
_MOST = 16 << 20


def write_calendar(path: Path, due: Sequence[Review], snapshot: Snapshot, as_of: dt.date) -> None:
    """Writes the calendar of a workbook's reviews; what the file before it said of this workbook is kept in step.

    Args:
        path: the file.
        due: the reviews.
        snapshot: the workbook.
        as_of: the day they were computed for.

    Raises:
        BookNotWritable: a file is there that this program did not write, or it can't be written. Nothing was changed.
    """
    before = _replaceable(path)
    text = calendar(due, snapshot.programme.programme_name or "", as_of, before, marks_of(snapshot))
    write_new(path, text.encode("utf-8"), replace=bool(before))


def calendar_in(folder: Path, snapshot: Snapshot) -> Path:
    """The file of a workbook's calendar in a folder: its own where there is one, else one whose name is free.

    Args:
        folder: where to look; it may be missing.
        snapshot: the workbook.
    """
    free, marks = None, marks_of(snapshot)
    for numbered, path in _names(folder, snapshot.name):
        if not path.exists() and not path.is_symlink():
            free = free or path
            if numbered:
                break
        elif is_of(_text(path), marks):
            return path
    return free or folder / f"{_USUAL}{_ENDING}"


def _names(folder: Path, book: str) -> Iterator[tuple[bool, Path]]:
    from addin.output.documents.write import safe_name  # loads the document library

    own = f"{_USUAL} {safe_name(Path(book).stem)}"
    yield False, folder / f"{_USUAL}{_ENDING}"
    yield False, folder / f"{own}{_ENDING}"
    yield from ((True, folder / f"{own} ({number}){_ENDING}") for number in count(2))


def _replaceable(path: Path) -> str:
    """The calendar of ours that is there; '' where there is no file.

    Raises:
        BookNotWritable: something else is there.
    """
    if not path.exists() and not path.is_symlink():
        return ""
    text = _text(path)
    if not is_ours(text):
        raise BookNotWritable(
            "There is a file of that name already, and no calendar that this program wrote. It was left as it is.",
            where=str(path),
            next_step="Give the calendar another name, such as reviews.ics.",
        )
    return text


def _text(path: Path) -> str:
    """What a file says; '' where it is no plain file, or can't be read."""
    try:
        with open_plain(path) as stream:
            return stream.read(_MOST).decode("utf-8", "replace")
    except OSError:
        return ""
