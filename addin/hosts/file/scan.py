"""The cells that calamine hides (errors, and which cells hold a formula), and a walk through cells in any form."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection
from typing import NamedTuple
from xml.parsers import expat

from addin.hosts.file.container import refuse_doctype
from addin.lossless.opc import Damaged, index_in, unescaped
from workbook.model.late_patterns import late

Place = tuple[int, int]

_FORMULA = late(rb'<c r="([A-Z]+)([0-9]+)"[^>]*>\s*<f')
_ERROR = late(rb'<c r="([A-Z]+)([0-9]+)"([^>]*\bt=["\']e["\'][^>]*)>')
_PLAIN_ERROR = late(rb'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")? t="e"><v>([^<]*)</v></c>')
_RICH = late(rb'\bvm=["\']([0-9]{1,9})["\']')
_VALUE = late(rb"<v[^>]*>([^<]*)</v>")
_REFERENCE = late(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_UNKNOWN_ERROR = "#VALUE!"
_LONGEST_ROW = 7
LAST_ROW = 1_048_576


class Hidden(NamedTuple):
    """What a piece of a sheet hides, by (row, column), counted from 1.

    Attributes:
        errors: the error codes.
        formulas: the formulas' places.
        rich: for an error that stands in place of something else (a picture, a data type), which value that is, from 1.
        styles: the cell formats that were looked for.
    """

    errors: dict[Place, str]
    formulas: list[Place]
    rich: dict[Place, int] = {}  # noqa: RUF012 - an empty one that nobody fills
    styles: dict[Place, int] = {}  # noqa: RUF012 - the same


NOTHING = Hidden({}, [])


@functools.lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """The number of a column, 1 for A.

    Args:
        letters: in whatever case.
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def place_of(reference: str) -> Place:
    """The (row, column) of a reference such as B7.

    Args:
        reference: of one cell; `$` may stand in it.

    Raises:
        Damaged: it is none.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise Damaged("A table of the workbook has no range.")
    return int(match[2]), column_number(match[1])


def scan_rows(data: bytes, wanted: Collection[int] = ()) -> Hidden:
    """What rows in the usual form (each cell begins `<c r="…"`) hide: a search first, a close look only if needed.

    Args:
        data: the rows.
        wanted: the cell formats to look for.
    """
    errors: dict[Place, str] = {}
    rich: dict[Place, int] = {}
    formulas: list[Place] = []
    plain = _PLAIN_ERROR.findall(data) if b't="e"' in data else []
    if len(plain) == data.count(b't="e"') and b"t='e'" not in data:
        codes = {code: unescaped(code).strip() or _UNKNOWN_ERROR for _, _, code in plain}
        errors = {(int(row), column_number(letters.decode())): codes[code] for letters, row, code in plain}
    else:
        for found in _ERROR.finditer(data):
            place = int(found[2]), column_number(found[1].decode())
            errors[place] = _code_of(data, found)
            if b"vm=" in found[3] and (value := _RICH.search(found[3])):
                rich[place] = int(value[1])
    if b"<f" in data:
        formulas = [(int(row), column_number(letters.decode())) for letters, row in _FORMULA.findall(data)]
    styles = _styled(data, wanted)
    return Hidden(errors, formulas, rich, styles) if errors or formulas or styles else NOTHING


def _code_of(data: bytes, found: re.Match[bytes]) -> str:
    """The code of an error cell; one that says none (`<c t="e"/>`) still shows an error."""
    if found[3].endswith(b"/"):
        return _UNKNOWN_ERROR
    value = _VALUE.search(data, found.end(), data.find(b"</c>", found.end()))
    return (unescaped(value[1]).strip() if value else "") or _UNKNOWN_ERROR


def _styled(data: bytes, wanted: Collection[int]) -> dict[Place, int]:
    there = [style for style in wanted if b's="%d"' % style in data]
    if not there:
        return {}
    pattern = (
        rb'<c r="([A-Z]+)([0-9]+)"[^>]*?\bs="(' + b"|".join(b"%d" % style for style in there) + rb')"(?:[^>]*[^/>])?>'
    )
    return {(int(row), column_number(letters.decode())): int(s) for letters, row, s in re.findall(pattern, data)}


class CellSeen(NamedTuple):
    """A cell in whatever form, as it is written: its type and style, value and own text; `rich` as in `Hidden`."""

    row: int
    column: int
    kind: str | None
    style: str
    value: str | None
    text: str | None
    rich: int | None
    has_formula: bool


class _Walk:
    """An expat reader of a sheet in whatever form, which hands over cell by cell."""

    def __init__(self, seen: Callable[[CellSeen], None]) -> None:
        self._seen = seen
        self._row = self._column = 0
        self._attributes: dict[str, str] | None = None
        self._path: list[str] = []
        self._value: list[str] | None = None
        self._text: list[str] | None = None
        self._has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if self._attributes is not None:
            self._within(local)
        elif local == "row":
            self._row, self._column = _row_number(attributes.get("r"), self._row + 1), 0
        elif local == "c":
            self._begin(attributes)

    def _begin(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        if place is not None:
            self._row, self._column = int(place[2]), column_number(place[1])
        else:
            self._column += 1
        self._attributes, self._path = attributes, []
        self._value = self._text = None
        self._has_formula = False

    def _within(self, local: str) -> None:
        self._path.append(local)
        if self._path == ["v"]:
            self._value = []
        elif self._path == ["is"]:
            self._text = []
        elif self._path == ["f"]:
            self._has_formula = True

    def end(self, name: str) -> None:
        if self._path:
            self._path.pop()
        elif self._attributes is not None and name.rpartition(":")[2] == "c":
            there, self._attributes = self._attributes, None
            value = None if self._value is None else "".join(self._value)
            text = None if self._text is None else "".join(self._text)
            kind, style = there.get("t"), there.get("s", "")
            rich = index_in(there.get("vm", ""))
            self._seen(CellSeen(self._row, self._column, kind, style, value, text, rich, self._has_formula))

    def characters(self, text: str) -> None:
        if self._path == ["v"] and self._value is not None:
            self._value.append(text)
        elif self._path in (["is", "t"], ["is", "r", "t"]) and self._text is not None:
            self._text.append(text)


def _row_number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if len(text) <= _LONGEST_ROW and text.isdecimal():
        return int(text)
    raise Damaged("A worksheet has a row without a number.")


def walk(data: bytes, seen: Callable[[CellSeen], None]) -> None:
    """Hands over the cells of a sheet, or of some of its rows, in the order in which they are written.

    A cell whose place can't be read stands to the right of the one before it.

    Args:
        data: the part, or a piece of it with one element around.
        seen: told of each cell.

    Raises:
        expat.ExpatError: it is not well-formed.
        Damaged: a row's number is none, or it declares a document type.
    """
    reader = _Walk(seen)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(data, True)


def scan_sheet(data: bytes, wanted: Collection[int] = ()) -> tuple[Hidden, int]:
    """What a sheet in any form hides, and how many cells the rectangle around its cells has.

    Args:
        data: the whole part.
        wanted: the numbers of the cell formats to look for.

    Raises:
        expat.ExpatError: it is not well-formed.
        Damaged: a row's number is none, or it declares a document type.
    """
    hidden = Hidden({}, [], {}, {})
    top = left = LAST_ROW + 1
    bottom = right = 0

    def seen(cell: CellSeen) -> None:
        nonlocal top, left, bottom, right
        top, left = min(top, cell.row), min(left, cell.column)
        bottom, right = max(bottom, cell.row), max(right, cell.column)
        if cell.kind == "e":
            hidden.errors[cell.row, cell.column] = (cell.value or "").strip() or _UNKNOWN_ERROR
            if cell.rich is not None:
                hidden.rich[cell.row, cell.column] = cell.rich
        if wanted and (style := index_in(cell.style)) in wanted and style is not None:
            hidden.styles[cell.row, cell.column] = style
        if cell.has_formula:
            hidden.formulas.append((cell.row, cell.column))

    walk(data, seen)
    return hidden, (bottom - top + 1) * (right - left + 1) if bottom else 0
