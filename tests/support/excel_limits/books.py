"""Rules of the workbook's own part: sheets' names, tabs, defined names, the order of calculation."""

from __future__ import annotations

import re
from collections import Counter

from tests.support.excel_limits.declare import rule
from tests.support.excel_limits.model import MAIN, RELATION

_LIMITS = "Microsoft, Excel specifications and limits: "
_RENAME = "Microsoft, Rename a worksheet: "
_NAMES = "Microsoft, Define and use names in formulas, syntax rules for names: "
_ORDER = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]
_CELL_LIKE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}|R[0-9]*|C[0-9]*|R[0-9]*C[0-9]*|TRUE|FALSE", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]+")
_BUILT_IN = {"_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase", "_xlnm.Criteria", "_xlnm.Extract"}
_BUILT_IN |= {"_xlnm.Consolidate_Area", "_xlnm.Database", "_xlnm.Sheet_Title", "_xlnm.Auto_Open", "_xlnm.Auto_Close"}


def units(text: str) -> int:
    """A text's length as Excel counts: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def out_of_order(children, order):
    """The first element that stands after one that should follow it; '' where all is in order. Others are let be."""
    last = -1
    for child in children:
        name = child.tag.removeprefix(MAIN)
        if name in order:
            at = order.index(name)
            if at < last:
                return name
            last = at
    return ""


def _sheet_names(book):
    return [e.get("name", "") for e in book.tabs]


@rule("XlsxWriter's documentation, add_worksheet(): Excel keeps the name History; Excel's own message says so")
def sheet_name_reserved(book):
    """History, in any case, is Excel's own list of tracked changes."""
    yield from ((n, "Excel keeps this name for itself") for n in _sheet_names(book) if n.casefold() == "history")


@rule(_RENAME + "at most 31 characters")
def sheet_name_length(book):
    """One character at least, 31 at most."""
    yield from ((n, f"{units(n)} characters") for n in _sheet_names(book) if not 0 < units(n) <= 31)


@rule(_RENAME + r"not / \ ? * : [ or ]")
def sheet_name_signs(book):
    """Signs that formulas and files use."""
    yield from ((n, "a sign that is not allowed") for n in _sheet_names(book) if re.search(r"[\[\]:*?/\\\x00-\x1f]", n))


@rule(_RENAME + "not beginning or ending with an apostrophe")
def sheet_name_apostrophe(book):
    """Apostrophes within a name are allowed."""
    yield from ((n, "an apostrophe at an end") for n in _sheet_names(book) if n.startswith("'") or n.endswith("'"))


@rule("ECMA-376 Part 1, 18.2.19: names of sheets are unique; Excel compares without case")
def sheet_names_unique(book):
    """Two sheets of one name."""
    counted = Counter(n.casefold() for n in _sheet_names(book))
    yield from ((n, f"{count} sheets of this name") for n, count in counted.items() if count > 1)


@rule("ECMA-376 Part 1, 18.2.19; MS-OI29500 2.1.593: sheetId is unique, from 1 to 65,534")
def sheet_ids(book):
    """The numbers that sheets keep."""
    ids = [int(e.get("sheetId", "0")) for e in book.tabs]
    yield from (("sheets", f"sheetId {n}") for n in ids if not 1 <= n <= 65534 or ids.count(n) > 1)


@rule("ECMA-376 Part 1, 18.2.19: a sheet's r:id leads to its part; 18.2.20: there is a sheet at least")
def sheets_have_parts(book):
    """Each tab has a part of its own."""
    if not book.tabs:
        yield "sheets", "there is none"
    seen = Counter(book.rels[e.get(RELATION, "")].target for e in book.tabs if e.get(RELATION, "") in book.rels)
    for e in book.tabs:
        rel = book.rels.get(e.get(RELATION, ""))
        if rel is None or seen[rel.target] > 1:
            yield e.get("name", ""), "no part of its own"


@rule("Microsoft, Hide or Unhide worksheets: a workbook must have a visible sheet")
def a_sheet_visible(book):
    """Not all tabs are hidden; an add-in has none to be seen, and is let be."""
    addin = "addin" in book.package.type_of(book.part)
    if book.tabs and not addin and all(e.get("state", "visible") != "visible" for e in book.tabs):
        yield "sheets", "every tab is hidden"


@rule("ECMA-376 Part 1, 18.2.30: activeTab and firstSheet are numbers of sheets; MS-OI29500: of visible ones")
def tab_in_front(book):
    """The sheet in front is there, and to be seen."""
    for view in book.root.iter(f"{MAIN}workbookView"):
        for name in ("activeTab", "firstSheet"):
            at = int(view.get(name, "0"))
            if at >= len(book.tabs):
                yield "workbookView", f"{name} {at} of {len(book.tabs)} sheets"
            elif name == "activeTab" and book.tabs[at].get("state", "visible") == "veryHidden":
                yield "workbookView", "the sheet in front is hidden"


@rule("ECMA-376 Part 1, 18.2.27 and annex A: the order of a workbook's elements")
def order_in_workbook(book):
    """Elements stand in the order of the schema."""
    name = out_of_order(book.root, _ORDER)
    if name:
        yield book.part, f"{name} stands too late"


@rule(_NAMES + "letters, digits, points and underscores, no blank, at most 255, nothing like a cell")
def defined_name_syntax(book):
    """A defined name is one that Excel would take."""
    for e in book.names:
        name = e.get("name", "")
        if name.startswith("_xlnm."):
            if name not in _BUILT_IN:
                yield name, "Excel has no such name of its own"
        elif not name.startswith("_xl") and (not _NAME.fullmatch(name) or _CELL_LIKE.fullmatch(name)):
            yield name, "no name that Excel takes"
        if units(name) > 255:
            yield name, "longer than 255"


@rule(_NAMES + "a name is unique within its scope, without regard to case")
def defined_names_unique(book):
    """No name twice in the workbook, or on one sheet."""
    counted = Counter((e.get("name", "").casefold(), e.get("localSheetId", "")) for e in book.names)
    yield from ((name, "stands twice") for (name, _), count in counted.items() if count > 1)


@rule("ECMA-376 Part 1, 18.2.5: localSheetId is the number of a sheet")
def defined_names_on_sheets(book):
    """A name that belongs to a sheet belongs to one that is there."""
    for e in book.names:
        at = e.get("localSheetId", "0")
        if not at.isdigit() or int(at) >= len(book.tabs):
            yield e.get("name", ""), f"it belongs to sheet {at} of {len(book.tabs)}"


@rule("ECMA-376 Part 1, 18.2.5: a defined name holds a formula")
def defined_names_filled(book):
    """A blank name makes Excel repair the file; one with a leading = too."""
    for e in book.names:
        if not (e.text or "").strip() or (e.text or "").startswith("="):
            yield e.get("name", ""), "it stands for nothing that is a formula"


@rule("ECMA-376 Part 1, 18.6: the order of calculation names cells that hold formulas")
def calculation_chain(book):
    """A chain that names another cell is repaired."""
    part = book.related("calcChain")
    if not part:
        return
    by_id = {e.get("sheetId"): e.get("name") for e in book.tabs}
    sheets = {s.name: s for s in book.sheets}
    held = {n: {c.place for c in s.cells if c.formula is not None} for n, s in sheets.items()}
    number = None
    for e in book.package.xml(part):
        number = e.get("i", number)
        name = by_id.get(number)
        if name is None or e.get("r") not in held.get(name, ()):
            yield part, f"{e.get('r')} of sheet {number} holds no formula"
            return
