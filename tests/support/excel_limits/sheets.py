"""Rules of a worksheet's part beside its cells: order, sizes, validations, conditional formats, links, views."""

from __future__ import annotations

from collections import Counter

from tests.support.excel_limits.books import out_of_order, units
from tests.support.excel_limits.declare import rule
from tests.support.excel_limits.formulas import facts
from tests.support.excel_limits.model import LAST_COLUMN, MAIN, RELATION, X14, XM, area_of

_LIMITS = "Microsoft, Excel specifications and limits: "
_VALIDATION = "XlsxWriter's documentation, data_validation(); Excel's own dialog: "
_ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
_KINDS = {
    "expression",
    "cellIs",
    "colorScale",
    "dataBar",
    "iconSet",
    "top10",
    "uniqueValues",
    "duplicateValues",
    "containsText",
    "notContainsText",
    "beginsWith",
    "endsWith",
    "containsBlanks",
    "notContainsBlanks",
    "containsErrors",
    "notContainsErrors",
    "timePeriod",
    "aboveAverage",
}
_COUNTED = ["mergeCells", "dataValidations", "tableParts", "cellWatches"]


@rule("ECMA-376 Part 1, 18.3.1.99 and annex A: the order of a worksheet's elements")
def order_in_worksheet(book):
    """Elements stand in the order of the schema."""
    for sheet in book.sheets:
        name = out_of_order(sheet.root, _ORDER)
        if name:
            yield sheet.name, f"{name} stands too late"
        single = set(_ORDER) - {"conditionalFormatting"}
        for tag, count in Counter(e.tag.removeprefix(MAIN) for e in sheet.root).items():
            if tag in single and count > 1:
                yield sheet.name, f"{tag} stands {count} times"


@rule("ECMA-376 Part 1, 18.3.1: a list that counts its elements counts them right, and is not empty")
def counts_in_worksheet(book):
    """Counts beside the cells; an empty list makes Excel repair the sheet."""
    for sheet in book.sheets:
        for tag in (*_COUNTED, "hyperlinks", "cols"):
            for e in sheet.root.findall(f"{MAIN}{tag}"):
                if "count" in e.attrib and int(e.get("count")) != len(e):
                    yield sheet.name, f"{tag} counts {e.get('count')}, and holds {len(e)}"
                if not len(e) and tag != "tableParts":
                    yield sheet.name, f"{tag} is empty"


@rule("ECMA-376 Part 1, 18.3.1.35 (dimension) and 18.18.76 (ST_Sqref): blocks of cells within the sheet")
def references_of_cells(book):
    """Whatever says which cells it is about names cells that there are."""
    tags = {
        f"{MAIN}{tag}" for tag in ("dimension", "dataValidation", "conditionalFormatting", "hyperlink", "mergeCell")
    }
    tags |= {f"{MAIN}{tag}" for tag in ("selection", "ignoredError", "protectedRange", "autoFilter", "sortState")}
    for sheet in book.sheets:
        for child in sheet.root:
            for e in child.iter() if child.tag != f"{MAIN}sheetData" else ():
                if e.tag in tags:
                    named = f"{e.get('ref', '')} {e.get('sqref', '')}".split()
                    wrong = [ref for ref in named if area_of(ref) is None]
                    if wrong:
                        yield sheet.name, f"{e.tag.removeprefix(MAIN)}: {wrong[0]!r} are no cells"


@rule("ECMA-376 Part 1, 18.3.1.55: merged cells don't overlap")
def merged_cells_apart(book):
    """Merged cells of one sheet have no cell in common."""
    for sheet in book.sheets:
        areas = sorted(sheet.merged)
        for n, area in enumerate(areas):
            if any(area.meets(other) for other in areas[n + 1 : n + 50]):
                yield sheet.name, f"merged cells overlap at row {area.top}"
            if area.top == area.bottom and area.left == area.right:
                yield sheet.name, f"one cell alone is merged, in row {area.top}"


@rule(_LIMITS + "column width 255 characters; ECMA-376 Part 1, 18.3.1.13: columns in order, each once")
def columns(book):
    """Widths and order of columns."""
    for sheet in book.sheets:
        last = 0
        for e in sheet.all("col"):
            first, end = int(e.get("min", "0")), int(e.get("max", "0"))
            if not 0 <= float(e.get("width", "0")) <= 255:
                yield sheet.name, f"a width of {e.get('width')}"
            if not last < first <= end <= LAST_COLUMN:
                yield sheet.name, f"columns {first} to {end} stand out of order"
            last = end


@rule(_LIMITS + "row height 409 points; ECMA-376 Part 1, 18.3.1.73: outlines of at most 7 levels")
def rows(book):
    """Heights of rows."""
    for sheet in book.sheets:
        for e in sheet.rows:
            if not 0 <= float(e.get("ht", "0")) <= 409.5:
                yield f"{sheet.name}, row {e.get('r')}", f"a height of {e.get('ht')}"
            if not 0 <= int(e.get("outlineLevel", "0")) <= 7:
                yield f"{sheet.name}, row {e.get('r')}", f"outline level {e.get('outlineLevel')}"


@rule(_VALIDATION + "a prompt's or an error's title has at most 32 characters")
def validation_titles(book):
    """Titles of messages."""
    for sheet, e in _validations(book):
        for name in ("promptTitle", "errorTitle"):
            if units(e.get(name, "")) > 32:
                yield sheet.name, f"{name} of {units(e.get(name))} characters at {e.get('sqref')}"


@rule(_VALIDATION + "a prompt has at most 255 characters")
def validation_prompts(book):
    """Texts of prompts."""
    for sheet, e in _validations(book):
        if units(e.get("prompt", "")) > 255:
            yield sheet.name, f"a prompt of {units(e.get('prompt'))} characters at {e.get('sqref')}"


@rule(_VALIDATION + "an error's text has at most 225 characters (Validation.ErrorMessage)")
def validation_errors(book):
    """Texts of errors."""
    for sheet, e in _validations(book):
        if units(e.get("error", "")) > 225:
            yield sheet.name, f"an error of {units(e.get('error'))} characters at {e.get('sqref')}"


@rule(_VALIDATION + "a list that is typed in has at most 255 characters, and so has a formula")
def validation_lists(book):
    """Formulas of validations, typed lists among them."""
    for sheet, e in _validations(book):
        for formula in (*e.findall(f"{MAIN}formula1"), *e.findall(f"{MAIN}formula2")):
            text = formula.text or ""
            length = units(text[1:-1] if text.startswith('"') else text)
            if length > 255:
                yield sheet.name, f"{length} characters at {e.get('sqref')}"


@rule("ECMA-376 Part 1, 18.3.1.32 (dataValidation): each kind has the formulas it needs, and names cells")
def validations_whole(book):
    """A validation without what it tests by, or for no cells."""
    for sheet, e in _validations(book):
        kind = e.get("type", "none")
        needed = 0 if kind == "none" else 1
        if kind not in {"none", "list", "custom"} and e.get("operator", "between") in {"between", "notBetween"}:
            needed = 2
        filled = [f for f in e if f.tag.startswith(f"{MAIN}formula") and (f.text or "").strip()]
        if len(filled) < needed or not e.get("sqref", "").strip():
            yield sheet.name, f"a validation of kind {kind} at {e.get('sqref')!r} without what it needs"


@rule("[MS-OI29500] 18.3.1.32: Excel takes at most 65,534 validations of a sheet, none for the same cells twice")
def validations_apart(book):
    """The cells of validations don't overlap."""
    for sheet in book.sheets:
        seen = []
        for e in sheet.all("dataValidation"):
            for area in filter(None, map(area_of, e.get("sqref", "").split())):
                if any(area.meets(other) for other in seen):
                    yield sheet.name, f"two validations at {e.get('sqref')}"
                seen.append(area)


def _validations(book):
    for sheet in book.sheets:
        yield from ((sheet, e) for e in sheet.all("dataValidation"))


@rule("ECMA-376 Part 1, 18.3.1.10 (cfRule): a kind that there is, a priority from 1, and the formulas it needs")
def conditional_formats(book):
    """Rules of conditional formats."""
    for sheet in book.sheets:
        for e in sheet.all("cfRule"):
            kind = e.get("type", "")
            if kind not in _KINDS or int(e.get("priority", "0")) < 1:
                yield sheet.name, f"a rule of kind {kind!r}, priority {e.get('priority')}"
            if kind in ("expression", "cellIs") and not any(
                (f.text or "").strip() for f in e.findall(f"{MAIN}formula")
            ):
                yield sheet.name, f"a rule of kind {kind} without a formula"


@rule("Microsoft, Use a formula to apply conditional formatting: criteria of at most 255 characters; three formulas")
def conditional_format_formulas(book):
    """Length and number of a rule's formulas."""
    for sheet in book.sheets:
        for e in sheet.all("cfRule"):
            texts = [f.text or "" for f in e.findall(f"{MAIN}formula")]
            if len(texts) > 3 or any(units(text) > 8192 or facts(text).longest > 255 for text in texts):
                yield sheet.name, f"formulas of a rule of kind {e.get('type')}"


@rule(_LIMITS + "65,530 hyperlinks in a worksheet")
def hyperlinks_count(book):
    """How many links a sheet has."""
    for sheet in book.sheets:
        count = sum(1 for _ in sheet.all("hyperlink"))
        if count > 65_530:
            yield sheet.name, f"{count} links"


@rule("XlsxWriter's documentation, write_url(): an address of at most 2,079 characters, a place or tip of 255")
def hyperlinks_length(book):
    """Lengths of links."""
    for sheet in book.sheets:
        for e in sheet.all("hyperlink"):
            for name, most in (("location", 2079), ("tooltip", 255)):
                if units(e.get(name, "")) > most:
                    yield sheet.name, f"a link's {name} of {units(e.get(name))} at {e.get('ref')}"
        for rel in sheet.rels.values():
            if rel.kind == "hyperlink" and units(rel.target) > 2079:
                yield sheet.name, f"an address of {units(rel.target)} characters"


@rule("ECMA-376 Part 1, 18.3.1.47 (hyperlink): a link leads to a relationship or a place of the workbook")
def hyperlinks_lead_somewhere(book):
    """A link names a sheet that is there, or a name; a relationship that is there."""
    names = {e.get("name", "").casefold() for e in book.names} | {t.name.casefold() for t in book.tables}
    for sheet in book.sheets:
        for e in sheet.all("hyperlink"):
            rel_id, place = e.get(RELATION), e.get("location", "")
            if rel_id is not None:
                if rel_id not in sheet.rels:
                    yield sheet.name, f"the link at {e.get('ref')} has no relationship {rel_id}"
                continue
            missing = [name for name in facts(place).sheets if name.casefold() not in book.sheet_names]
            if missing or ("!" not in place and area_of(place) is None and place.casefold() not in names):
                yield sheet.name, f"the link at {e.get('ref')} leads to {place!r}"


@rule("ECMA-376 Part 1, 18.3.1.87 (sheetView): zoom from 10 to 400; a view of a window that is there")
def views(book):
    """How a sheet is shown."""
    windows = max(sum(1 for _ in book.root.iter(f"{MAIN}workbookView")), 1)
    for sheet in book.sheets:
        for e in sheet.all("sheetView"):
            for name in ("zoomScale", "zoomScaleNormal"):
                if not 10 <= int(e.get(name, "100")) <= 400 and e.get(name) != "0":
                    yield sheet.name, f"{name} {e.get(name)}"
            if int(e.get("workbookViewId", "0")) >= windows:
                yield sheet.name, f"window {e.get('workbookViewId')} of {windows}"


@rule("ECMA-376 Part 1, 18.3.1.66 (pane): a frozen pane's first cell is where it is split")
def panes(book):
    """Frozen panes."""
    for sheet in book.sheets:
        for e in sheet.all("pane"):
            first = area_of(e.get("topLeftCell", "A1"))
            if e.get("state") in ("frozen", "frozenSplit"):
                across, down = float(e.get("xSplit", "0")), float(e.get("ySplit", "0"))
                if first is None or across != int(across) or down != int(down) or not (across or down):
                    yield sheet.name, f"a pane frozen at {e.get('topLeftCell')}"


@rule("Microsoft, Excel specifications and limits; XlsxWriter's documentation, set_header(): at most 255 characters")
def headers_and_footers(book):
    """What is printed above and below a page."""
    for sheet in book.sheets:
        for e in sheet.root.findall(f"{MAIN}headerFooter"):
            for part in e:
                if units(part.text or "") > 255:
                    yield sheet.name, f"{part.tag.removeprefix(MAIN)} of {units(part.text)} characters"


@rule(_LIMITS + "1,026 horizontal and vertical page breaks (1,023 in a file, XlsxWriter's set_h_pagebreaks())")
def page_breaks(book):
    """How many page breaks a sheet has."""
    for sheet in book.sheets:
        for tag in ("rowBreaks", "colBreaks"):
            for e in sheet.root.findall(f"{MAIN}{tag}"):
                if len(e) > 1023:
                    yield sheet.name, f"{len(e)} breaks"
                if int(e.get("count", "0")) != len(e):
                    yield sheet.name, f"{tag} counts {e.get('count')}, and holds {len(e)}"


@rule("ECMA-376 Part 1, 18.3.1.63 (pageSetup): a scale from 10 to 400 percent, at most 32,767 pages")
def page_setup(book):
    """How a sheet is printed."""
    for sheet in book.sheets:
        for e in sheet.root.findall(f"{MAIN}pageSetup"):
            if not 10 <= int(e.get("scale", "100")) <= 400:
                yield sheet.name, f"a scale of {e.get('scale')}"
            for name in ("fitToWidth", "fitToHeight"):
                if not 0 <= int(e.get(name, "1")) <= 32767:
                    yield sheet.name, f"{name} {e.get(name)}"


@rule("ECMA-376 Part 1, 18.3.1.12 and .93: a tab's code name is one that VBA takes, of at most 31 characters")
def code_names(book):
    """Names by which macros call sheets."""
    names = [s.root.find(f"{MAIN}sheetPr") for s in book.sheets]
    codes = [e.get("codeName") for e in names if e is not None and e.get("codeName") is not None]
    for code in codes:
        if not code.replace("_", "a").isalnum() or units(code) > 31 or codes.count(code) > 1:
            yield code, "no code name, or one that stands twice"


@rule("[MS-XLSX] 2.6.4 and 2.4.30: a sparkline shows one row or column of cells, in one cell")
def sparklines(book):
    """Small charts in cells."""
    for sheet in book.sheets:
        for e in sheet.root.iter(f"{X14}sparkline"):
            place = area_of(e.findtext(f"{XM}sqref", ""))
            cells = area_of(e.findtext(f"{XM}f", "").rpartition("!")[2])
            if place is None or (place.top, place.left) != (place.bottom, place.right):
                yield sheet.name, "a sparkline in more cells than one"
            if cells is not None and cells.top != cells.bottom and cells.left != cells.right:
                yield sheet.name, f"a sparkline of {e.findtext(f'{XM}f')}"


@rule("ECMA-376 Part 1, 18.3.1.36, .57 and .95: what a sheet shows besides leads to a relationship of its own")
def parts_of_worksheet(book):
    """Drawings, tables, older drawings and printers' settings that a sheet names."""
    kinds = {"drawing": "drawing", "legacyDrawing": "vmlDrawing", "tablePart": "table", "pageSetup": "printerSettings"}
    for sheet in book.sheets:
        for tag, kind in kinds.items():
            for e in sheet.all(tag):
                rel_id = e.get(RELATION)
                if rel_id is not None and (rel_id not in sheet.rels or sheet.rels[rel_id].kind != kind):
                    yield sheet.name, f"{tag} leads to {rel_id}, which is no {kind}"


@rule("ECMA-376 Part 1, 18.3.1.85 (sheetProtection): a password's hash comes with its algorithm and salt")
def protection(book):
    """Protection with a password that nobody could enter."""
    for sheet in book.sheets:
        for e in sheet.root.findall(f"{MAIN}sheetProtection"):
            parts = [name in e.attrib for name in ("algorithmName", "hashValue", "saltValue", "spinCount")]
            if any(parts) and not all(parts):
                yield sheet.name, "half a password"
            if len(e.get("password", "0000")) != 4:
                yield sheet.name, "no hash of a password"
