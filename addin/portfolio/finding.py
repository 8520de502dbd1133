"""Which workbooks there are in folders, among files, and in lists of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from addin.portfolio.problems import Problem, of_error

KINDS = (".xlsx", ".xlsm")
#: Lists of workbooks: a text file with a path a line.
LISTS = (".txt", ".lst")
_LOCKS = ("~$", ".~lock.", ".champions-")
#: The workbook of a portfolio itself.
RESULT = "portfolio.xlsx"
_ILLEGIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
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
    lists: set[str] = set()
    for source in sources:
        for found in _in(Path(source), problems, lists):
            books.setdefault(os.path.realpath(found.path), found)
    if but is not None:
        books.pop(os.path.realpath(but / RESULT), None)
    named = sorted(books.values(), key=lambda f: f.name)
    return Search(_told_apart(named), problems)


def _in(source: Path, problems: list[Problem], lists: set[str]) -> Iterator[Found]:
    name = legible(re.split(r"[\\/]", str(source))[-1])  # a list may come from another system
    try:
        is_folder, is_there = source.is_dir(), source.exists()
    except OSError as error:  # such as a name that is too long, or a folder that may not be looked into
        problems.append(of_error(name, error))
        return
    if is_folder:
        yield from _in_folder(source, problems)
    elif not is_there:
        problems.append(Problem(name, "not-there", "There is no such file or folder.", "See how it is spelt."))
    elif source.suffix.lower() in LISTS:
        yield from _in_list(source, problems, lists)
    else:
        yield Found(source, name)


def legible(name: str) -> str:
    """A file's name as every output can show it: signs that no text may hold, or that steer a screen, stand as �.

    Args:
        name: as the system has it; bytes that are no text come as halves of surrogate pairs.
    """
    return _ILLEGIBLE.sub("\ufffd", name)


def _in_folder(folder: Path, problems: list[Problem]) -> Iterator[Found]:
    def unreadable(error: OSError) -> None:
        name = legible(os.path.relpath(error.filename, folder) if error.filename else folder.name)
        words = error.strerror or "it does not answer"
        problems.append(
            Problem(name, "folder", f"This folder can't be looked into: {words}.", "Ask for leave to read it.")
        )

    for here, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(f for f in folders if f != _KEPT)
        for file in sorted(files):
            if file.lower().endswith(KINDS) and not file.startswith(_LOCKS):
                path = Path(here) / file
                yield Found(path, legible(path.relative_to(folder).as_posix()))


def _in_list(file: Path, problems: list[Problem], lists: set[str]) -> Iterator[Found]:
    """What a list names; a list that was read is not read again, so that those that name one another come to an end."""
    if (place := os.path.realpath(file)) in lists:
        return
    lists.add(place)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()[:_MOST_LISTED]
    except (OSError, UnicodeDecodeError):
        problems.append(
            Problem(legible(file.name), "list", "This list can't be read as text.", "Save it as plain text (UTF-8).")
        )
        return
    for line in lines:
        if line.strip():
            # A name in a list is taken from where the list lies.
            yield from (Found(f.path, f.name) for f in _in(file.parent / line.strip(), problems, lists))


def _told_apart(books: list[Found]) -> list[Found]:
    """The same, where two from different folders have one name, with a number."""
    times: dict[str, int] = {}
    told = []
    for book in books:
        times[book.name] = times.get(book.name, 0) + 1
        told.append(book if times[book.name] == 1 else Found(book.path, f"{book.name} ({times[book.name]})"))
    return told
