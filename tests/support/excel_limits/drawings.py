"""Rules of drawings, charts and comments."""

from __future__ import annotations

import re
from collections import Counter

from tests.support.excel_limits.books import units
from tests.support.excel_limits.declare import rule
from tests.support.excel_limits.formulas import facts
from tests.support.excel_limits.model import LAST_COLUMN, LAST_ROW, MAIN, area_of

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_VML, _VML_EXCEL = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"
_LIMITS = "Microsoft, Excel specifications and limits: "


def _of(book, kind):
    """The parts of a kind that sheets lead to, with the sheets."""
    for sheet in book.sheets:
        for rel in sheet.rels.values():
            if rel.kind == kind and book.package.has(rel.target):
                yield sheet, rel.target, book.package.xml(rel.target)


def _charts(book):
    for sheet, part, _ in _of(book, "drawing"):
        for rel in book.package.rels(part):
            if rel.kind == "chart" and book.package.has(rel.target):
                yield sheet, rel.target, book.package.xml(rel.target)


@rule("ECMA-376 Part 1, 20.5.2 and 20.1.2.2.8 (cNvPr): an object's id is unique in its drawing, from 1")
def drawing_ids(book):
    """Numbers of pictures, charts and shapes."""
    for _, part, root in _of(book, "drawing"):
        counted = Counter(e.get("id", "") for e in root.iter(f"{_DRAWING}cNvPr"))
        yield from ((part, f"id {n} stands {count} times") for n, count in counted.items() if count > 1 or n == "")


@rule("ECMA-376 Part 1, 20.5.2.33 (twoCellAnchor): an object begins before it ends, within the sheet")
def drawing_anchors(book):
    """Where pictures, charts and shapes stand."""
    for _, part, root in _of(book, "drawing"):
        for anchor in root.iter(f"{_DRAWING}twoCellAnchor"):
            ends = [_spot(anchor.find(f"{_DRAWING}{end}")) for end in ("from", "to")]
            (row, column), (last_row, last_column) = ends
            if row > last_row or column > last_column or last_row >= LAST_ROW or last_column >= LAST_COLUMN:
                yield part, f"from {ends[0]} to {ends[1]}"


def _spot(e):
    return int(e.findtext(f"{_DRAWING}row", "0")), int(e.findtext(f"{_DRAWING}col", "0"))


@rule("ECMA-376 Part 1, 21.2: a chart's relationships are there; 14.2.1: a drawing leads to each chart that it shows")
def drawing_parts(book):
    """What a drawing names by an id is among its relationships."""
    for _, part, root in _of(book, "drawing"):
        known = {r.id for r in book.package.rels(part)}
        for e in root.iter():
            for name, value in e.attrib.items():
                if "relationships}" in name and value and value not in known:
                    yield part, f"no relationship {value}"


@rule(_LIMITS + "data series in one chart 255")
def chart_series(book):
    """How many series a chart has; their numbers are unique."""
    for _, part, root in _charts(book):
        series = list(root.iter(f"{_CHART}ser"))
        if len(series) > 255:
            yield part, f"{len(series)} series"
        ids = [e.find(f"{_CHART}idx").get("val") for e in series if e.find(f"{_CHART}idx") is not None]
        if len(set(ids)) < len(ids):
            yield part, "two series of one number"


@rule("ECMA-376 Part 1, 21.2.2.65 (f): what a chart shows is on a sheet that is there")
def chart_sources(book):
    """Formulas of charts."""
    for _, part, root in _charts(book):
        for e in root.iter(f"{_CHART}f"):
            missing = [s for s in facts(e.text or "").sheets if s.casefold() not in book.sheet_names]
            if missing or not (e.text or "").strip() or facts(e.text).tables:
                yield part, f"it shows {e.text!r}"


@rule("ECMA-376 Part 1, 21.2.2.9 and .25: axes that a chart names are there")
def chart_axes(book):
    """Axes of charts."""
    axes = {f"{_CHART}{name}" for name in ("catAx", "valAx", "dateAx", "serAx")}
    for _, part, root in _charts(book):
        for area in root.iter(f"{_CHART}plotArea"):
            there = [e.find(f"{_CHART}axId").get("val") for e in area if e.tag in axes]
            named = [e.get("val") for child in area if child.tag not in axes for e in child.iter(f"{_CHART}axId")]
            if set(named) - set(there) or len(set(there)) < len(there):
                yield part, f"axes {sorted(named)}, and {sorted(there)} are there"


@rule("ECMA-376 Part 1, 18.7: a comment has an author of the list, a cell of its own, and at most 32,767 characters")
def comments(book):
    """Comments beside cells."""
    for sheet, part, root in _of(book, "comments"):
        authors = sum(1 for _ in root.iter(f"{MAIN}author"))
        places = Counter(e.get("ref", "") for e in root.iter(f"{MAIN}comment"))
        for e in root.iter(f"{MAIN}comment"):
            text = "".join(t.text or "" for t in e.iter(f"{MAIN}t"))
            if int(e.get("authorId", "0")) >= authors or units(text) > 32767:
                yield f"{sheet.name}, {part}", f"the comment at {e.get('ref')}"
        for place, count in places.items():
            if count > 1 or area_of(place) is None:
                yield f"{sheet.name}, {part}", f"{count} comments at {place!r}"


@rule(
    "ECMA-376 Part 4, 19; XlsxWriter's documentation, Working with cell comments: each has a shape in the sheet's VML"
)
def comment_shapes(book):
    """A comment without its box, or a box without its comment."""
    for sheet, _, root in _of(book, "comments"):
        places = {((a := area_of(e.get("ref", "A1"))).top - 1, a.left - 1) for e in root.iter(f"{MAIN}comment")}
        boxes = set()
        for _, part, vml in _of(book, "vmlDrawing"):
            if part in {r.target for r in sheet.rels.values()}:
                for data in vml.iter(f"{_VML_EXCEL}ClientData"):
                    if data.get("ObjectType") == "Note":
                        row, column = (data.findtext(f"{_VML_EXCEL}{name}", "-1") for name in ("Row", "Column"))
                        boxes.add((int(row), int(column)))
        if places != boxes:
            yield sheet.name, f"comments at {sorted(places - boxes)} have no boxes, boxes at {sorted(boxes - places)}"


@rule("ECMA-376 Part 4, 19.1.2.19 (shape): an id is unique in its drawing; [MS-OI29500]: in the workbook")
def vml_ids(book):
    """Ids of shapes in older drawings."""
    seen = Counter()
    for part in {part for _, part, _ in _of(book, "vmlDrawing")}:
        seen.update(e.get("id", "") for e in book.package.xml(part).iter(f"{_VML}shape"))
    yield from (("VML", f"{n} stands {count} times") for n, count in seen.items() if count > 1)


@rule("ECMA-376 Part 4, 19.2.2.14 (idmap): a block of shapes' numbers belongs to one drawing, and holds its shapes")
def vml_blocks(book):
    """Shapes' numbers lie in the blocks of 1,024 that their drawing has."""
    for part in {part for _, part, _ in _of(book, "vmlDrawing")}:
        blocks = {
            n for e in book.package.xml(part).iter() if e.tag.endswith("}idmap") for n in e.get("data", "").split(",")
        }
        for e in book.package.xml(part).iter(f"{_VML}shape"):
            found = re.fullmatch(r"_x0000_s(\d+)", e.get("id", ""))
            if blocks and found and str(int(found[1]) // 1024) not in blocks:
                yield part, f"{e.get('id')} in none of the blocks {sorted(blocks)}"


@rule("ECMA-376 Part 1, 18.3.1.57 (legacyDrawing): one drawing of a kind for a sheet, and for one sheet alone")
def drawings_apart(book):
    """No drawing belongs to two sheets."""
    for kind in ("drawing", "vmlDrawing", "comments"):
        counted = Counter(part for _, part, _ in _of(book, kind))
        yield from ((part, f"{count} sheets have it") for part, count in counted.items() if count > 1)
