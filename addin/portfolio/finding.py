"""Which workbooks there are in folders, among files, and in lists of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from addin.portfolio.problems import Problem

KINDS = (".xlsx", ".xlsm")
#: Lists of workbooks: a text file with a path a line.
LISTS = (".txt", ".lst")
_LOCKS = ("~$", ".~lock.", ".champions-")
#: The workbook of a portfolio itself.
RESULT = "portfolio.xlsx"
_KEPT = ".champions"
_MOST_LISTED = 1_000_000


class Found(NamedTuple):
    """A workbook, and what it is called in every output: its path from where it was looked for.

    Attributes:
        discreet: whether its path must not be told, since it names somebody; then it is called by a number.
    """

    path: Path
    name: str
    discreet: bool = False


class Search(NamedTuple):
    """What was found, and what could not be looked at."""

    books: list[Found]
    problems: list[Problem]


def search(sources: Iterable[str], *, but: Path | None = None) -> Search:
    """The workbooks in folders, files and lists, each once, by name.

    Args:
        sources: folders, workbooks, and text files that list them.
        but: the folder that results are written to: the workbook made there before is none of the found.

    Kept states (`.champions`) and lock files are left out; links to folders are not followed, so that no cycle ends it.
    """
    books: dict[str, Found] = {}
    problems: list[Problem] = []
    for source in sources:
        for found in _in(Path(source), problems):
            books.setdefault(os.path.realpath(found.path), found)
    if but is not None:
        books.pop(os.path.realpath(but / RESULT), None)
    named = sorted(books.values(), key=lambda f: f.name)
    return Search(_told_apart(named), problems)


def _in(source: Path, problems: list[Problem]) -> Iterator[Found]:
    if source.is_dir():
        yield from _in_folder(source, problems)
    elif not source.exists():
        name = re.split(r"[\\/]", str(source))[-1]  # a list may come from another system
        problems.append(Problem(name, "not-there", "There is no such file or folder.", "See how it is spelt."))
    elif source.suffix.lower() in LISTS:
        yield from _in_list(source, problems)
    else:
        yield Found(source, source.name)


def _in_folder(folder: Path, problems: list[Problem]) -> Iterator[Found]:
    def unreadable(error: OSError) -> None:
        name = os.path.relpath(error.filename, folder) if error.filename else folder.name
        words = error.strerror or "it does not answer"
        problems.append(
            Problem(name, "folder", f"This folder can't be looked into: {words}.", "Ask for leave to read it.")
        )

    for here, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(f for f in folders if f != _KEPT)
        for file in sorted(files):
            if file.lower().endswith(KINDS) and not file.startswith(_LOCKS):
                path = Path(here) / file
                yield Found(path, path.relative_to(folder).as_posix())


def _in_list(file: Path, problems: list[Problem]) -> Iterator[Found]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()[:_MOST_LISTED]
    except (OSError, UnicodeDecodeError):
        problems.append(
            Problem(file.name, "list", "This list can't be read as text.", "Save it as plain text (UTF-8).")
        )
        return
    for line in lines:
        if line.strip():
            # A name in a list is taken from where the list lies.
            yield from (Found(f.path, f.name) for f in _in(file.parent / line.strip(), problems))


def _told_apart(books: list[Found]) -> list[Found]:
    """The same, where two from different folders have one name, with a number."""
    times: dict[str, int] = {}
    told = []
    for book in books:
        times[book.name] = times.get(book.name, 0) + 1
        told.append(book if times[book.name] == 1 else Found(book.path, f"{book.name} ({times[book.name]})"))
    return told
