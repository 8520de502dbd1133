"""A file opened for the rules: its parts as trees, its sheets, cells, tables and names."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


class Rel(NamedTuple):
    """A relationship: to a part of the package, or with `outside` to what its target says."""

    id: str
    kind: str
    target: str
    outside: bool


class Area(NamedTuple):
    """A block of cells, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Area) -> bool:
        """Whether both have a cell in common."""
        rows = self.top <= other.bottom and other.top <= self.bottom
        return rows and self.left <= other.right and other.left <= self.right


_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?\Z")
_COLUMNS = re.compile(r"([A-Z]{1,3}):([A-Z]{1,3})\Z")
_ROWS = re.compile(r"([1-9][0-9]{0,6}):([1-9][0-9]{0,6})\Z")


def column_number(letters: str) -> int:
    """A column's number, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def area_of(ref: str) -> Area | None:
    """The cells of a reference; None where it is none that Excel has."""
    found = _AREA.match(ref)
    if found:
        left, top = column_number(found[1]), int(found[2])
        right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
        area = Area(top, left, bottom, right)
    elif _COLUMNS.match(ref):
        first, last = ref.split(":")
        area = Area(1, column_number(first), LAST_ROW, column_number(last))
    elif _ROWS.match(ref):
        first, last = ref.split(":")
        area = Area(int(first), 1, int(last), LAST_COLUMN)
    else:
        return None
    whole = area.top <= area.bottom <= LAST_ROW and area.left <= area.right <= LAST_COLUMN
    return area if whole else None


class Package:
    """A file's parts.

    Attributes:
        names: every part's name, in the file's order, with doubles.
        unreadable: the parts that are no XML though their names say so, with the reason.
    """

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            self.names = [info.filename for info in whole.infolist() if not info.is_dir()]
            self._content = {name: whole.read(name) for name in self.names}
        self._trees: dict[str, ET.Element] = {}
        self.unreadable = [(n, why) for n in self._content if (why := self._why_unreadable(n))]

    def _why_unreadable(self, name: str) -> str:
        content, must = self._content[name], name.endswith((".xml", ".rels"))
        if not must and not content.lstrip(b"\xef\xbb\xbf").startswith(b"<"):
            return ""
        if b"<!DOCTYPE" in content[:1000]:
            return "it declares a document type, which Office refuses"
        try:
            self._trees[name] = ET.fromstring(content)
        except ET.ParseError as error:
            return str(error) if must else ""  # Excel itself writes older drawings that are no whole XML
        return ""

    def has(self, part: str) -> bool:
        """Whether there is a part of this name."""
        return part in self._content

    def raw(self, part: str) -> bytes:
        """A part's bytes."""
        return self._content[part]

    def xml(self, part: str) -> ET.Element:
        """A part as a tree; an empty one where it is none."""
        return self._trees.get(part, ET.Element("none"))

    def rels(self, part: str) -> list[Rel]:
        """A part's relationships; '' for the package's own."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where not in self._trees:
            return []
        found = []
        for e in self._trees[where]:
            outside, target = e.get("TargetMode") == "External", e.get("Target", "")
            if not outside:
                target = unquote(target.partition("#")[0])
                target = target if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(target).lstrip("/")
            found.append(Rel(e.get("Id", ""), e.get("Type", "").rpartition("/")[2], target, outside))
        return found

    @cached_property
    def types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Content types: by part, and by ending (folded)."""
        top = self.xml("[Content_Types].xml")
        parts = {e.get("PartName", "").lstrip("/"): e.get("ContentType", "") for e in top if "PartName" in e.attrib}
        endings = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in top if "Extension" in e.attrib}
        return parts, endings

    def type_of(self, part: str) -> str:
        """A part's content type; '' for none."""
        parts, endings = self.types
        return parts.get(part) or endings.get(part.rpartition(".")[2].lower(), "")

    @cached_property
    def main(self) -> str:
        """The part that the file is about: the workbook's or the document's."""
        return next((r.target for r in self.rels("") if r.kind == "officeDocument"), "")


class Cell(NamedTuple):
    """A cell as it is written.

    Attributes:
        place: such as B7.
        kind: `t`, 'n' where it is not said.
        value: what stands in its value, text of inline strings included; None for none.
        formula: its formula's text; None for none.
    """

    place: str
    row: int
    column: int
    style: int
    kind: str
    value: str | None
    formula: str | None


class Table(NamedTuple):
    """A table's part, and where it stands."""

    part: str
    root: ET.Element
    sheet: Sheet

    @property
    def name(self) -> str:
        """As formulas call it."""
        return self.root.get("displayName", "")

    @property
    def area(self) -> Area | None:
        """Its cells."""
        return area_of(self.root.get("ref", ""))

    @property
    def columns(self) -> list[str]:
        """Its columns' names, as they are read: _x000a_ is a line's end."""
        return [unescaped(e.get("name", "")) for e in self.root.iter(f"{MAIN}tableColumn")]

    @property
    def has_header(self) -> bool:
        """Whether it has a header row."""
        return self.root.get("headerRowCount", "1") != "0"


class Sheet:
    """A worksheet."""

    def __init__(self, package: Package, name: str, part: str, strings: list[str]) -> None:
        self.package, self.name, self.part, self.strings = package, name, part, strings
        self.root = package.xml(part)
        self.rels = {r.id: r for r in package.rels(part)}

    def all(self, tag: str) -> Iterator[ET.Element]:
        """Elements of the main vocabulary beside the cells."""
        yield from self._beside.get(f"{MAIN}{tag}", ())

    @cached_property
    def _beside(self) -> dict[str, list[ET.Element]]:
        found: dict[str, list[ET.Element]] = {}
        for child in self.root:
            for e in child.iter() if child.tag != f"{MAIN}sheetData" else ():
                found.setdefault(e.tag, []).append(e)
        return found

    @cached_property
    def rows(self) -> list[ET.Element]:
        """The rows as they are written."""
        data = self.root.find(f"{MAIN}sheetData")
        return list(data) if data is not None else []

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells, in their order."""
        found, row = [], 0
        for line in self.rows:
            row, column = int(line.get("r", row + 1)), 0
            for e in line:
                place = e.get("r", "")
                at = _AREA.match(place)
                column = column_number(at[1]) if at else column + 1
                found.append(_cell(e, place, int(at[2]) if at else row, column))
        return found

    @cached_property
    def by_place(self) -> dict[tuple[int, int], Cell]:
        """The cells by row and column."""
        return {(c.row, c.column): c for c in self.cells}

    def text(self, cell: Cell) -> str | None:
        """A cell's text; None where it holds none."""
        if cell.kind == "s" and cell.value is not None and cell.value.isdigit() and int(cell.value) < len(self.strings):
            return self.strings[int(cell.value)]
        return cell.value if cell.kind in ("str", "inlineStr") else None

    @cached_property
    def tables(self) -> list[Table]:
        """The tables on it."""
        found = [r for r in self.rels.values() if r.kind == "table" and self.package.has(r.target)]
        return [Table(r.target, self.package.xml(r.target), self) for r in found]

    @cached_property
    def merged(self) -> list[Area]:
        """Its merged cells."""
        return [a for e in self.all("mergeCell") if (a := area_of(e.get("ref", ""))) is not None]


def _cell(e: ET.Element, place: str, row: int, column: int) -> Cell:
    value = formula = None
    for child in e:
        if child.tag == f"{MAIN}v":
            value = child.text or ""
        elif child.tag == f"{MAIN}f":
            formula = child.text or ""
        elif child.tag == f"{MAIN}is":
            value = text_in(child)
    return Cell(place, row, column, int(e.get("s", "0")), e.get("t", "n"), value, formula)


def text_in(e: ET.Element) -> str:
    """A string item's text, without what is said aloud."""
    if len(e) == 1:
        return unescaped(e[0].text or "")
    runs = (t for child in e if child.tag != f"{MAIN}rPh" for t in child.iter(f"{MAIN}t"))
    return unescaped("".join(t.text or "" for t in runs))


def unescaped(text: str) -> str:
    """A text with _x000a_ and the like as what they stand for."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


class Workbook:
    """A workbook: its sheets, tables, names, styles and shared texts."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.main
        self.root = package.xml(self.part)
        self.rels = {r.id: r for r in package.rels(self.part)}

    @cached_property
    def tabs(self) -> list[ET.Element]:
        """Every sheet's entry, in the order of the tabs."""
        holder = self.root.find(f"{MAIN}sheets")
        return list(holder) if holder is not None else []

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The worksheets."""
        found = []
        for e in self.tabs:
            rel = self.rels.get(e.get(RELATION, ""))
            if rel is not None and rel.kind == "worksheet" and self.package.has(rel.target):
                found.append(Sheet(self.package, e.get("name", ""), rel.target, self.strings))
        return found

    @cached_property
    def sheet_names(self) -> set[str]:
        """The names of all sheets, case folded."""
        return {e.get("name", "").casefold() for e in self.tabs}

    @cached_property
    def names(self) -> list[ET.Element]:
        """The defined names."""
        return list(self.root.iter(f"{MAIN}definedName"))

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of all sheets."""
        return [table for sheet in self.sheets for table in sheet.tables]

    def related(self, kind: str) -> str:
        """The part of a kind that the workbook leads to; '' for none."""
        found = (r.target for r in self.rels.values() if r.kind == kind and self.package.has(r.target))
        return next(found, "")

    @cached_property
    def styles(self) -> ET.Element:
        """The styles; an empty element where there are none."""
        part = self.related("styles")
        return self.package.xml(part) if part else ET.Element(f"{MAIN}styleSheet")

    def style_list(self, name: str) -> list[ET.Element]:
        """The elements of a list in the styles, such as cellXfs."""
        holder = self.styles.find(f"{MAIN}{name}")
        return list(holder) if holder is not None else []

    @cached_property
    def strings(self) -> list[str]:
        """The texts that cells share."""
        part = self.related("sharedStrings")
        return [text_in(e) for e in self.package.xml(part) if e.tag == f"{MAIN}si"] if part else []

    @cached_property
    def formulas(self) -> list[tuple[str, str]]:
        """Every formula, with where it stands in words: of cells, names, validations, formats and tables."""
        found = [(f"{s.name}!{c.place}", c.formula) for s in self.sheets for c in s.cells if c.formula]
        found += [(f"the name {e.get('name')}", e.text or "") for e in self.names]
        for sheet in self.sheets:
            for tag in ("formula", "formula1", "formula2"):
                found += [(f"{sheet.name}, beside cells", e.text or "") for e in sheet.all(tag)]
            found += [(f"{sheet.name}, beside cells", e.text or "") for e in sheet.root.iter(f"{XM}f")]
        for table in self.tables:
            for tag in ("calculatedColumnFormula", "totalsRowFormula"):
                found += [(table.name, e.text or "") for e in table.root.iter(f"{MAIN}{tag}")]
        return found
