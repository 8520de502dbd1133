"""The cells that calamine hides: errors, and which cells hold a formula."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple
from xml.parsers import expat

from addin.closed.container import refuse_doctype

Place = tuple[int, int]

_FORMULA = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*>\s*<f')
_ERROR = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*\bt=["\']e["\'][^>]*)>')
_RICH = re.compile(rb'\bvm=["\']([0-9]{1,9})["\']')
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_UNKNOWN_ERROR = "#VALUE!"


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


def column_number(letters: str) -> int:
    """The number of a column, 1 for A."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def place_of(reference: str) -> Place:
    """The (row, column) of a reference such as B7.

    Raises:
        ValueError: it is none.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
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
    if b't="e"' in data or b"t='e'" in data:
        for found in _ERROR.finditer(data):
            place = int(found[2]), column_number(found[1].decode())
            errors[place] = _code_of(data, found)
            if value := _RICH.search(found[3]):
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
    return (value[1].decode("utf-8", "replace").strip() if value else "") or _UNKNOWN_ERROR


def _styled(data: bytes, wanted: Collection[int]) -> dict[Place, int]:
    there = [style for style in wanted if b's="%d"' % style in data]
    if not there:
        return {}
    pattern = (
        rb'<c r="([A-Z]+)([0-9]+)"[^>]*?\bs="(' + b"|".join(b"%d" % style for style in there) + rb')"(?:[^>]*[^/>])?>'
    )
    return {(int(row), column_number(letters.decode())): int(s) for letters, row, s in re.findall(pattern, data)}


class _Sheet:
    """An expat reader of a whole sheet in whatever form."""

    def __init__(self, wanted: Collection[int]) -> None:
        self.wanted = wanted
        self.row = self.column = 0
        self.kind = ""
        self.inside = ""
        self.text: list[str] = []
        self.hidden = Hidden({}, [], {}, {})
        self.rows: list[int] = []
        self.columns: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
        elif local == "c":
            self._start_cell(attributes)
        elif local == "f" and self.kind:
            self.hidden.formulas.append((self.row, self.column))
        elif local == "v":
            self.text = []
        self.inside = local

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self.row, self.column = place_of(attributes["r"])
        else:
            self.column += 1
        self.kind = attributes.get("t") or "n"
        if self.kind == "e" and attributes.get("vm", "").isdecimal():
            self.hidden.rich[self.row, self.column] = int(attributes["vm"])
        style = attributes.get("s", "")
        if style.isdecimal() and int(style) in self.wanted:
            self.hidden.styles[self.row, self.column] = int(style)
        self.rows.append(self.row)
        self.columns.append(self.column)

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            if self.kind == "e":
                self.hidden.errors[self.row, self.column] = "".join(self.text).strip() or _UNKNOWN_ERROR
            self.kind = ""
        self.inside = ""

    def characters(self, text: str) -> None:
        if self.inside == "v":
            self.text.append(text)


def scan_sheet(data: bytes, wanted: Collection[int] = ()) -> tuple[Hidden, int]:
    """What a sheet in any form hides, and how many cells the rectangle around its cells has.

    Raises:
        expat.ExpatError: it is not well-formed.
        ValueError: a reference is none, or it declares a document type.
    """
    sheet = _Sheet(wanted)
    parser = expat.ParserCreate()
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    parser.CharacterDataHandler = sheet.characters
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(data, True)
    if not sheet.rows:
        return sheet.hidden, 0
    height = max(sheet.rows) - min(sheet.rows) + 1
    return sheet.hidden, height * (max(sheet.columns) - min(sheet.columns) + 1)
