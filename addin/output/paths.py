"""Paths that stand in a workbook, and whether they are followed: the one place that decides it.

Who sends a workbook decides what its cells hold. So a path from a cell is followed within the workbook's own folder;
elsewhere only after the person at this computer said yes, which is kept for that person and not in the workbook; to
another computer or a device never.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

#: Says whether documents may go to a folder outside the workbook's own; it may ask the person.
May = Callable[[Path], bool]

_OURS = ".champions"
_DEVICES = re.compile(r"con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9]")
_DRIVE = re.compile(r"[A-Za-z]:")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/|.*://")
_SHORT_FORM = re.compile(r"~|%[^%/]+%|\$\{?\w")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MOST_KEPT = 200


@dataclass(frozen=True)
class Named:
    """What a cell's path names.

    Attributes:
        path: the place, links followed; None where it is never gone to.
        outside: whether it lies outside the workbook's folder, so that the person has to say yes.
        why: why it is never gone to, as the end of a sentence.
    """

    path: Path | None
    outside: bool = False
    why: str = ""


def named_in(text: str, beside: Path, *, windows: bool = os.name == "nt") -> Named:
    """What a path in a cell names; nothing is touched unless it is one of this computer's own.

    Args:
        text: what the cell holds.
        beside: the workbook's folder.
        windows: whether this computer reads paths as Windows does.
    """
    typed = text.strip()
    plain = typed.replace("\\", "/")
    why = _never(typed, plain, windows=windows)
    if why:
        return Named(None, why=why)
    try:
        path, home = (beside / plain).resolve(), beside.resolve()
    except (OSError, RuntimeError, ValueError):
        return Named(None, why="this computer can't find out where it leads")
    if any(_folded(part) == _OURS for part in _beyond(path, home)):
        return Named(None, why="that folder is the program's own")
    return Named(path, outside=not path.is_relative_to(home))


def _beyond(path: Path, home: Path) -> tuple[str, ...]:
    return path.relative_to(home).parts if path.is_relative_to(home) else path.parts


def _never(typed: str, plain: str, *, windows: bool) -> str:
    """Why a path is never gone to; '' where it may be."""
    if any(unicodedata.category(sign) in _UNSEEN for sign in typed):
        return "it holds signs that can't be seen"
    if plain.startswith("//"):
        return "it names another computer or a device"
    if _ADDRESS.match(plain):
        return "it is a web address"
    drive = _DRIVE.match(plain)
    if not windows and (drive or typed.startswith("\\")):
        return "it is a path of another system"
    if windows and (plain.startswith("/") or (drive and plain[2:3] != "/")):
        return "it does not say in full where it begins"
    if _SHORT_FORM.match(plain):
        return "it begins with a short form, which is not followed"
    return next(filter(None, map(_never_part, (plain[2:] if drive else plain).split("/"))), "")


def _never_part(part: str) -> str:
    """Why no path may hold a part; '' where it may."""
    if part in {"", ".", ".."}:
        return ""
    plain = _folded(part)
    if not plain:
        return "a part of it is made of dots or blanks alone"
    if ":" in plain:
        return "a colon may not stand there"
    if _DEVICES.fullmatch(plain.partition(".")[0].rstrip()):
        return "it names a device"
    return "that folder is the program's own" if plain == _OURS else ""


def _folded(part: str) -> str:
    """A part of a path as Windows compares it: capitals, wide letters, and dots and blanks at its end don't count."""
    return unicodedata.normalize("NFKC", part).casefold().rstrip(" .")


class Approved:
    """The folders outside a workbook's own that the person at this computer said yes to.

    Args:
        file: where that is kept, in the person's own state folder.
        book: the workbook.
    """

    def __init__(self, file: Path, book: Path) -> None:
        self._file, self._book = file, str(book.resolve())

    def has(self, folder: Path) -> bool:
        """Whether the person said yes to this folder, for this workbook.

        Args:
            folder: with links followed, as `Named.path` has it.
        """
        return [self._book, str(folder)] in self._kept()

    def add(self, folder: Path) -> None:
        """Keeps a yes; where it can't be kept, the person is asked again.

        Args:
            folder: with links followed, as `Named.path` has it.
        """
        from addin.output.write_file import write_new
        from workbook.model.errors import BookNotWritable

        kept = [*self._kept(), [self._book, str(folder)]][-_MOST_KEPT:]
        with suppress(BookNotWritable, OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_new(self._file, json.dumps(kept).encode("ascii"), replace=True)

    def _kept(self) -> list[list[str]]:
        with suppress(OSError, ValueError, RecursionError):
            found = json.loads(self._file.read_text(encoding="ascii"))
            if isinstance(found, list):
                return [one for one in found if isinstance(one, list)]
        return []


def approvals_file(state: Path) -> Path:
    """Where yeses are kept.

    Args:
        state: the program's folder among those of what programs keep for this person between their runs.
    """
    return state / "documents folders.json"
