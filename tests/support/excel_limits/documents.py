"""Rules of Word documents: what makes Word call one damaged."""

from __future__ import annotations

from collections import Counter

from tests.support.excel_limits.declare import Applies, rule
from tests.support.excel_limits.model import RELATION

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SPEC = "ECMA-376 Part 1, "


def _texts(package):
    """The parts that hold paragraphs: the document, its headers and footers, notes."""
    kinds = {"header", "footer", "footnotes", "endnotes", "comments"}
    found = [package.main, *(r.target for r in package.rels(package.main) if r.kind in kinds)]
    return [(part, package.xml(part)) for part in found if package.has(part)]


def _related(package, kind):
    found = [r.target for r in package.rels(package.main) if r.kind == kind and package.has(r.target)]
    return package.xml(found[0]) if found else None


@rule(_SPEC + "17.4.65 (tc): a table's cell holds a block, and ends with a paragraph", Applies.DOCUMENT)
def cells_end_with_paragraphs(package):
    """Word calls a document damaged in which a cell is blank of paragraphs."""
    for part, root in _texts(package):
        for cell in root.iter(f"{_W}tc"):
            if not len(cell) or cell[-1].tag not in (f"{_W}p", f"{_W}sdt", f"{_W}customXml"):
                yield part, "a cell that does not end with a paragraph"


@rule(_SPEC + "17.4.37 and .78 (tbl, tr): a table has a grid and rows, and a row has cells", Applies.DOCUMENT)
def tables_whole(package):
    """Tables without rows, rows without cells, more cells than columns."""
    for part, root in _texts(package):
        for table in root.iter(f"{_W}tbl"):
            rows = [e for e in table if e.tag == f"{_W}tr"]
            nested = any(e.tag in (f"{_W}sdt", f"{_W}customXml") for e in table)
            grid = table.find(f"{_W}tblGrid")
            if grid is None or (not rows and not nested):
                yield part, "a table without grid or rows"
            if any(not [e for e in row if e.tag in (f"{_W}tc", f"{_W}sdt")] for row in rows):
                yield part, "a row without cells"


@rule(_SPEC + "17.6.17 (sectPr): the last section's settings end the body", Applies.DOCUMENT)
def section_ends_body(package):
    """Nothing stands after the last section's settings."""
    body = package.xml(package.main).find(f"{_W}body")
    if body is None:
        yield package.main, "no body"
    elif any(e.tag == f"{_W}sectPr" for e in list(body)[:-1]):
        yield package.main, "something stands after the section's settings"


@rule(
    _SPEC + "17.13.6 (bookmarkStart): ids and names are unique, each has an end; names of at most 40", Applies.DOCUMENT
)
def bookmarks(package):
    """Marked places."""
    for part, root in _texts(package):
        starts = [e.get(f"{_W}id") for e in root.iter(f"{_W}bookmarkStart")]
        ends = [e.get(f"{_W}id") for e in root.iter(f"{_W}bookmarkEnd")]
        names = [e.get(f"{_W}name", "").casefold() for e in root.iter(f"{_W}bookmarkStart")]
        if sorted(starts) != sorted(ends) or len(set(starts)) < len(starts):
            yield part, "a bookmark without its end, or an id twice"
        if len(set(names)) < len(names) or any(not 0 < len(n) <= 40 for n in names):
            yield part, "a bookmark's name twice, blank or too long"


@rule(_SPEC + "20.4.2.5 (docPr): a picture's id is unique in its part", Applies.DOCUMENT)
def picture_ids(package):
    """Numbers of pictures and charts."""
    for part, root in _texts(package):
        counted = Counter(e.get("id") for e in root.iter(f"{_WP}docPr"))
        yield from ((part, f"picture {n} stands {count} times") for n, count in counted.items() if count > 1)


@rule(_SPEC + "17.9.18 (numId): a numbered paragraph names a list that is there", Applies.DOCUMENT)
def lists_known(package):
    """Lists of numbered or dotted paragraphs."""
    numbering = _related(package, "numbering")
    known = {e.get(f"{_W}numId") for e in numbering.iter(f"{_W}num")} if numbering is not None else set()
    for part, root in _texts(package):
        used = {e.get(f"{_W}val") for e in root.iter(f"{_W}numId")} - {"0"}
        yield from ((part, f"no list {n}") for n in sorted(used - known))


@rule(
    _SPEC + "17.9.15 (num): a list names an abstract one that is there, and abstract ones come first", Applies.DOCUMENT
)
def lists_whole(package):
    """What lists are made of."""
    numbering = _related(package, "numbering")
    if numbering is None:
        return
    abstract = {e.get(f"{_W}abstractNumId") for e in numbering.findall(f"{_W}abstractNum")}
    tags = [e.tag for e in numbering if e.tag in (f"{_W}abstractNum", f"{_W}num")]
    if tags != sorted(tags):
        yield "numbering", "lists stand before abstract ones"
    for e in numbering.iter(f"{_W}num"):
        if e.find(f"{_W}abstractNumId").get(f"{_W}val") not in abstract:
            yield "numbering", f"list {e.get(f'{_W}numId')} is made of nothing"


@rule(_SPEC + "17.7.4.17 (style): a style's id is unique, and those it names are there", Applies.DOCUMENT)
def styles_known(package):
    """Styles of paragraphs, runs and tables."""
    styles = _related(package, "styles")
    if styles is None:
        return
    ids = [e.get(f"{_W}styleId") for e in styles.iter(f"{_W}style")]
    if len(set(ids)) < len(ids):
        yield "styles", "a style's id stands twice"
    for part, root in [*_texts(package), ("styles", styles)]:
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            for e in root.iter(f"{_W}{tag}"):
                if e.get(f"{_W}val") not in ids:
                    yield part, f"no style {e.get(f'{_W}val')}"


@rule(_SPEC + "9.2: what a document names by an id is among its relationships", Applies.DOCUMENT)
def relationships_named(package):
    """Pictures, links, headers and footers."""
    for part, root in _texts(package):
        known = {r.id for r in package.rels(part)}
        for e in root.iter():
            for name, value in e.attrib.items():
                if name.startswith(RELATION.removesuffix("id")) and value and value not in known:
                    yield part, f"no relationship {value}"


@rule(_SPEC + "17.16.18 (fldChar): a field that begins ends, in its own part", Applies.DOCUMENT)
def fields_end(package):
    """Fields such as page numbers."""
    for part, root in _texts(package):
        depth = 0
        for e in root.iter(f"{_W}fldChar"):
            depth += {"begin": 1, "end": -1}.get(e.get(f"{_W}fldCharType"), 0)
            if depth < 0:
                break
        if depth:
            yield part, "a field without its beginning or end"
