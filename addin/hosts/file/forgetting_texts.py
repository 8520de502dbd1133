"""A name that is forgotten in a workbook's own bytes: where it stands, and what stays of it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from addin.lossless import Book
from addin.lossless.edit import Found, Keeps, Replaced, Span, cells_of_strings, replace_text
from addin.lossless.opc import Area, Package, write_package
from addin.lossless.save import book_bytes
from workbook.answers.forgetting import Leaver, kept_headings, may_change
from workbook.model.folding import fold
from workbook.model.snapshot import Snapshot

_STRINGS = "sharedStrings.xml"
#: What a part's name says of what it holds, for the counts.
_KINDS = (
    (re.compile(r"comments|persons/", re.IGNORECASE), "notes"),
    (re.compile(r"docProps/", re.IGNORECASE), "properties"),
    (re.compile(r"sharedStrings|worksheets/", re.IGNORECASE), "cells"),
)


def finder(one: Leaver) -> Callable[[str], list[Span]]:
    """What is replaced in a text: of an ambiguous name only the whole of it.

    Args:
        one: whose name is looked for.
    """

    def found(text: str) -> list[Span]:
        if one.ambiguous and not one.is_all(text):
            return []
        return [Span(start, end, one.number) for start, end in one.found(text)]

    return found


def found_in(package: Package, one: Leaver, keep: Keeps = lambda _part, _place: False) -> Replaced:
    """Where a name stands in a package, and its parts without it.

    Args:
        package: the workbook.
        one: whose name is looked for.
        keep: says of a part and a place in it whether its text stays; by default none does.
    """
    return replace_text(package, finder(one), keep=keep, probes=one.probes)


def forgotten(
    data: bytes, snapshot: Snapshot | None, one: Leaver, properties: Mapping[str, str]
) -> tuple[bytes, list[Found]]:
    """A workbook without the name, and where it stood.

    Args:
        data: the whole file.
        snapshot: what it holds; None where that can't be read.
        one: what is looked for.
        properties: what it remembers of it.
    """
    standing, book = found_in(Package(data), one), Book(data)
    stays = _Stays(book, snapshot, one)
    stays.set_cells({int(f.place): f.text for f in standing.done if f.part.endswith(_STRINGS)})
    if properties:
        book.set_properties(properties)
    data = book_bytes(book)
    package = Package(data)
    made = found_in(package, one, stays)
    done = [*made.done, *stays.cells]
    if not made.parts:
        return data, done
    out = io.BytesIO()
    write_package(package, made.parts, out)
    return out.getvalue(), done


class _Stays:
    """Which texts of a workbook stay: headings of our columns; of an ambiguous name what means something else.

    Args:
        book: the workbook.
        snapshot: what it holds; None where that can't be read, so that an ambiguous name stays throughout.
        one: what is looked for.

    Attributes:
        cells: those that were set on their own, since others that show the same text stay.
    """

    def __init__(self, book: Book, snapshot: Snapshot | None, one: Leaver) -> None:
        self._book, self._snapshot, self._one = book, snapshot, one
        self._sheets = {part: name for name, part in book.sheets.items()}
        self._shared = set[int]()
        self.cells: list[Found] = []
        found = kept_headings(snapshot, every=one.ambiguous) if snapshot is not None else {}
        self._headings = {(sheet, row, column) for (sheet, row, column) in found}
        self._words = {fold(text) for text in found.values()}
        held = {(sheet, row) for sheet, row, _ in found}
        self._tables = {
            t.part: {fold(h) for n, h in enumerate(t.headers) if (t.sheet, t.header_row, t.first_column + n) in found}
            for t in (book.tables().values() if found else ())
            if (t.sheet, t.header_row) in held
        }

    def __call__(self, part: str, place: str) -> bool:
        if place.startswith("["):
            return fold(place.strip("[]")) in self._words
        if place.startswith("@"):
            return fold(place[1:]) in self._tables.get(part, ())
        if part.endswith(_STRINGS):
            return int(place) in self._shared
        return part in self._sheets and bool(place) and not self._may_change(self._sheets[part], place)

    def set_cells(self, texts: Mapping[int, str]) -> None:
        """Sets the cells that change while others that show the same shared text stay.

        Args:
            texts: the shared texts that hold the name, by their numbers.
        """
        if not self._one.ambiguous:
            texts = {n: text for n, text in texts.items() if fold(text) in self._words}
        change = list[tuple[str, str, int]]()
        for part, sheet in self._sheets.items() if texts else ():
            for address, number in cells_of_strings(self._book.package.read(part)):
                if number in texts and not self._may_change(sheet, address):
                    self._shared.add(number)
                elif number in texts:
                    change.append((part, address, number))
        for part, address, number in change:
            area = Area.parse(address)
            if number in self._shared and area is not None:
                self._book.set_cell(self._sheets[part], area.top, area.left, self._one.replaced(texts[number]))
                self.cells.append(Found(part, "text", texts[number], address))

    def _may_change(self, sheet: str, address: str) -> bool:
        area = Area.parse(address)
        if area is None or (sheet, area.top, area.left) in self._headings:
            return False
        if not self._one.ambiguous:
            return True
        return self._snapshot is not None and may_change(self._snapshot, sheet, area.top, area.left)


def cells(data: bytes, found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """Sheet and address of the cells that hold what was found; what is no cell is left out.

    Args:
        data: the whole file.
        found: where the name stands in it.
    """
    book = Book(data)
    names = {part: name for name, part in book.sheets.items()}
    shared = {int(f.place) for f in found if f.part.endswith(_STRINGS) and f.place}
    for part, name in names.items() if shared else ():
        for address, number in cells_of_strings(book.package.read(part)):
            if number in shared:
                yield name, address
    for one in found:
        if one.part in names and one.kind == "text" and one.place:
            yield names[one.part], one.place


def told(data: bytes, found: Sequence[Found]) -> list[str]:
    """Where it stands, in words.

    Args:
        data: the whole file.
        found: where the name stands in it.

    Returns:
        Each place once, cells as `Sheet B4`.
    """
    standing = [f"{sheet} {address}" for sheet, address in cells(data, found)]
    others = [_KIND_WORDS[kind_of(f)] for f in found if not is_cell(f)]
    return list(dict.fromkeys([*standing, *others]))


_KIND_WORDS = {
    "cells": "formulas, validations and headers of sheets",
    "notes": "notes, comments and their authors",
    "properties": "the properties of the file",
    "names": "names, shapes and charts",
}


def kind_of(one: Found) -> str:
    """Which of the counts it belongs to.

    Args:
        one: a place where the name stands.

    Returns:
        “cells”, “notes”, “properties” or “names”.
    """
    return next((kind for pattern, kind in _KINDS if pattern.search(one.part)), "names")


def is_cell(one: Found) -> bool:
    """Whether it is the text of a cell.

    Args:
        one: a place where the name stands.
    """
    return kind_of(one) == "cells" and one.kind == "text" and bool(one.place)
