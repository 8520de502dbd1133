"""The cells that calamine hides: errors, and which cells hold a formula."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from addin.closed.container import refuse_doctype

Place = tuple[int, int]

_FORMULA = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*>\s*<f')
_ERROR = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*\bt=["\']e["\'][^>]*>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_UNKNOWN_ERROR = "#VALUE!"


class Hidden(NamedTuple):
    """What a piece of a sheet hides: error codes by (row, column), and the formulas' places; counted from 1."""

    errors: dict[Place, str]
    formulas: list[Place]


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


def scan_rows(data: bytes) -> Hidden:
    """What rows in the usual form (each cell begins `<c r="…"`) hide: a search first, a close look only if needed."""
    errors: dict[Place, str] = {}
    formulas: list[Place] = []
    if b't="e"' in data or b"t='e'" in data:
        for letters, row, inside in _ERROR.findall(data):
            value = _VALUE.search(inside)
            code = value[1].decode("utf-8", "replace").strip() if value else ""
            errors[int(row), column_number(letters.decode())] = code or _UNKNOWN_ERROR
    if b"<f" in data:
        formulas = [(int(row), column_number(letters.decode())) for letters, row in _FORMULA.findall(data)]
    return Hidden(errors, formulas) if errors or formulas else NOTHING


class _Sheet:
    """An expat reader of a whole sheet in whatever form."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.kind = ""
        self.inside = ""
        self.text: list[str] = []
        self.hidden = Hidden({}, [])
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


def scan_sheet(data: bytes) -> tuple[Hidden, int]:
    """What a sheet in any form hides, and how many cells the rectangle around its cells has.

    Raises:
        expat.ExpatError: it is not well-formed.
        ValueError: a reference is none, or it declares a document type.
    """
    sheet = _Sheet()
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
