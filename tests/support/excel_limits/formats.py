"""Rules of styles and number formats."""

from __future__ import annotations

import re

from tests.support.excel_limits.books import out_of_order, units
from tests.support.excel_limits.declare import rule
from tests.support.excel_limits.model import MAIN

_LIMITS = "Microsoft, Excel specifications and limits: "
_ORDER = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
]
_DXF = ["font", "numFmt", "fill", "alignment", "border", "protection", "extLst"]
_FONT = [
    "b",
    "i",
    "strike",
    "condense",
    "extend",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
    "color",
    "name",
    "family",
    "charset",
    "scheme",
]
_BUILT_IN = set(range(50)) | set(range(50, 82))
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_DATES = {14, 15, 16, 17, 22}


def dates_in(book):
    """The styles (as numbers of cellXfs) that show a number as a date."""
    codes = {int(e.get("numFmtId", "0")): e.get("formatCode", "") for e in book.style_list("numFmts")}
    shown = {n for n, code in codes.items() if re.search(r"[dDyY]", _LITERAL.sub("", code))} | _DATES
    return {at for at, e in enumerate(book.style_list("cellXfs")) if int(e.get("numFmtId", "0")) in shown}


@rule("ECMA-376 Part 1, 18.8.39 and annex A: the order of the styles' elements")
def order_in_styles(book):
    """Elements stand in the order of the schema; those of a differing format too."""
    name = out_of_order(book.styles, _ORDER)
    if name:
        yield "styles", f"{name} stands too late"
    for n, e in enumerate(book.style_list("dxfs")):
        name = out_of_order(e, _DXF)
        if name:
            yield f"dxf {n}", f"{name} stands too late"


@rule("ECMA-376 Part 1, 18.8: a list's count is the number of its elements")
def style_counts(book):
    """Counts in the styles."""
    for holder in book.styles:
        count = holder.get("count")
        if count is not None and int(count) != len(holder):
            yield "styles", f"{holder.tag.removeprefix(MAIN)} counts {count}, and holds {len(holder)}"


@rule("ECMA-376 Part 1, 18.8.45 (xf): fontId, fillId, borderId and xfId are numbers in their lists")
def style_indices(book):
    """What a style is made of is there."""
    lists = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
    known = {name: len(book.style_list(of)) for name, of in lists.items()}
    for kind in ("cellXfs", "cellStyleXfs"):
        for n, e in enumerate(book.style_list(kind)):
            for name, count in known.items():
                if name in e.attrib and int(e.get(name)) >= max(count, 1):
                    yield f"{kind} {n}", f"{name} {e.get(name)} of {count}"


@rule("ECMA-376 Part 1, 18.8.30 (numFmt): a style's numFmtId is built in or declared; own ones from 164, each once")
def number_formats_known(book):
    """Number formats that styles use."""
    own = [int(e.get("numFmtId", "0")) for e in book.style_list("numFmts")]
    for n in own:
        if own.count(n) > 1:
            yield f"numFmt {n}", "declared twice"
    for n, e in enumerate(book.style_list("cellXfs")):
        number = int(e.get("numFmtId", "0"))
        if number not in own and number not in _BUILT_IN:
            yield f"cellXfs {n}", f"no number format {number}"


@rule("Microsoft, Number format codes: at most four sections, quotation marks that close; at most 255 characters")
def number_format_codes(book):
    """What a number format says."""
    codes = [e.get("formatCode", "") for e in book.style_list("numFmts")]
    codes += [e.get("formatCode", "") for e in book.styles.iter(f"{MAIN}numFmt")]
    for code in dict.fromkeys(codes):
        bare = _LITERAL.sub("", code)
        if not code or units(code) > 255 or '"' in bare or bare.count(";") > 3 or "[" in bare:
            yield "numFmts", f"no number format: {code[:60]!r}"


@rule(_LIMITS + "unique cell formats 65,490; unique fonts 1,024 at once")
def style_limits(book):
    """How many styles there are."""
    for name, most in (("cellXfs", 65_490), ("fonts", 65_490), ("cellStyles", 65_490)):
        if len(book.style_list(name)) > most:
            yield "styles", f"more than {most} {name}"


@rule("XlsxWriter's documentation and [MS-OI29500] 18.8.21: the first two fills are none and gray125")
def first_fills(book):
    """Excel takes the first two fills as these, whatever they are."""
    fills = book.style_list("fills")
    kinds = [next((p.get("patternType", "none") for p in e.iter(f"{MAIN}patternFill")), "") for e in fills[:2]]
    if fills and kinds != ["none", "gray125"]:
        yield "fills", f"they are {kinds}"


@rule("ECMA-376 Part 1, 18.8.7 and .8: a named style has a format of its own, and a name once")
def named_styles(book):
    """Cell styles that people choose by name."""
    formats = len(book.style_list("cellStyleXfs"))
    names = [e.get("name", "").casefold() for e in book.style_list("cellStyles")]
    for e in book.style_list("cellStyles"):
        name = e.get("name", "")
        if int(e.get("xfId", "0")) >= max(formats, 1) or names.count(name.casefold()) > 1 or units(name) > 255:
            yield name, "no format of its own, or its name stands twice"


@rule("ECMA-376 Part 1, 18.3.1.10 and 18.8.14: dxfId is a number of the differing formats")
def differing_formats(book):
    """Formats that conditional formats and tables name."""
    known = len(book.style_list("dxfs"))
    for sheet in book.sheets:
        for e in sheet.all("cfRule"):
            if "dxfId" in e.attrib and int(e.get("dxfId")) >= known:
                yield sheet.name, f"dxfId {e.get('dxfId')} of {known}"
    for table in book.tables:
        for e in table.root.iter():
            for name, value in e.attrib.items():
                if name.endswith(("DxfId", "dxfId")) and int(value) >= known:
                    yield table.name, f"{name} {value} of {known}"


@rule(_LIMITS + "font sizes from 1 to 409")
def font_sizes(book):
    """Sizes of fonts, in points; names of at most 31 characters ([MS-OI29500] 18.8.29)."""
    for e in book.style_list("fonts"):
        for size in e.iter(f"{MAIN}sz"):
            if not 1 <= float(size.get("val", "11")) <= 409:
                yield "fonts", f"size {size.get('val')}"
        for name in e.iter(f"{MAIN}name"):
            if not 0 < units(name.get("val", "")) <= 31:
                yield "fonts", f"name {name.get('val')!r}"
