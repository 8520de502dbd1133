"""Formulas as text: what they refer to, and the same formula some rows or columns further on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from addin.lossless.opc.cells import LAST_COLUMN, LAST_ROW, Area, letters, number_of

_SHEET_NAME = r"[^\s'\"!()+\-*/^&=<>,;{}\[\]:%#@]+"
_SHEET = rf"(?:'(?:[^']|'')+'|(?:\[[0-9]+\])?{_SHEET_NAME}(?::{_SHEET_NAME})?)!"
#: The columns A to XFD and the rows 1 to 1048576: YTD2024 and ZIP1 lie beyond the sheet, so that they are names.
COLUMN_LETTERS = r"(?:[A-Za-z]{1,2}|[A-Wa-w][A-Za-z]{2}|[Xx](?:[A-Ea-e][A-Za-z]|[Ff][A-Da-d]))"
ROW_NUMBER = (
    r"0*(?:[1-9][0-9]{0,5}|10(?:[0-3][0-9]{4}|4(?:[0-7][0-9]{3}|8(?:[0-4][0-9]{2}|5(?:[0-6][0-9]|7[0-6])))))(?![0-9])"
)
_CELL = rf"\$?{COLUMN_LETTERS}\$?{ROW_NUMBER}"
_RANGE = rf"{_CELL}:{_CELL}|\$?{COLUMN_LETTERS}:\$?{COLUMN_LETTERS}|\$?{ROW_NUMBER}:\$?{ROW_NUMBER}"
_AREA = rf"{_RANGE}|{_CELL}"
_BRACKETED = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"
TOKEN = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    rf"|(?P<sheet>{_SHEET})?(?P<ref>{_AREA})(?![\w.(\[!\\])"
    rf"|(?P<scope>{_SHEET})"
    r"|(?P<table>[\w.\\]*)\[(?P<part>(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*)\]"
    r"|(?P<word>[\w.\\?]+)(?P<call>\s*\()?"
)
#: A number in a formula, which is no name.
CONSTANT = re.compile(r"[0-9.]+\Z")
_POINT = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})\Z")
_COLUMN, _ROW = re.compile(r"(\$?)([A-Za-z]{1,3})\Z"), re.compile(r"(\$?)([0-9]{1,7})\Z")
_JOINED = re.compile(r"\]\s*:\s*\[")
_BRACKETS = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
#: Functions whose references are known only when they are computed.
_ANYWHERE = frozenset({"INDIRECT", "OFFSET"})
#: Formulas whose uses are remembered: those of a workbook are gone through several times.
REMEMBERED = 20_000


class Reference(NamedTuple):
    """What a formula refers to.

    Attributes:
        sheet: the worksheet's name with case folded; None for the formula's own, '*' for any.
        area: the cells.
    """

    sheet: str | None
    area: Area


class Columns(NamedTuple):
    """Columns of a table that a formula refers to, as Orders[[#This Row],[Day]]: table and columns with case folded.

    Attributes:
        columns: none for the whole table.
        this_row: whether only the cells beside the formula are meant.
    """

    table: str
    columns: tuple[str, ...]
    this_row: bool


class Uses(NamedTuple):
    """All that a formula uses.

    Attributes:
        names: with case folded; functions are among them, since a name may stand for one.
        anywhere: whether some of the cells are known only once it is computed.
    """

    cells: tuple[Reference, ...]
    tables: tuple[Columns, ...]
    names: frozenset[str]
    anywhere: bool


def read_uses(text: str) -> Uses:
    """What a formula uses; `shapes.uses` gives the same, and remembers.

    >>> found = read_uses("SUM(Log!B2:B9)*rate")
    >>> [(ref.sheet, str(ref.area)) for ref in found.cells], sorted(found.names)
    ([('log', 'B2:B9')], ['rate', 'sum'])

    Args:
        text: the formula, without the equals sign.
    """
    cells: list[Reference] = []
    tables: list[Columns] = []
    names: set[str] = set()
    anywhere = joins_areas(text)
    for token in TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "word":
            if not CONSTANT.match(token["word"]):
                names.add(token["word"].casefold())
        elif kind == "ref":
            sheet = sheet_of(token["sheet"])
            if sheet != "":
                cells.append(Reference(sheet, area_of(token["ref"])))
        elif kind == "part":
            tables.append(_columns(token["table"], token["part"]))
        elif kind == "call":
            names.add(token["word"].casefold())
            anywhere = anywhere or token["word"].upper() in _ANYWHERE
    return Uses(tuple(cells), tuple(tables), frozenset(names), anywhere)


_BUT_AREAS = re.compile(
    rf""""(?:[^"]|"")*"|'(?:[^']|'')+'|{_BRACKETED}|(?<![\w.\\?])(?:{_RANGE})(?![\w.(\[!\\])"""
    rf"|(?<![\w.\\?\]!:]){_SHEET_NAME}:{_SHEET_NAME}(?=!)"
)


def joins_areas(text: str) -> bool:
    """Whether a formula joins two areas by a colon, as Log!A2:Log!C4 or A1:INDEX(B:B,9): all between them is used too.

    >>> joins_areas("SUM(Log!A2:Log!C4)"), joins_areas("SUM(Log!A2:C4)")
    (True, False)

    Args:
        text: the formula, without the equals sign.
    """
    return ":" in text and ":" in _BUT_AREAS.sub("", text)


@lru_cache(maxsize=REMEMBERED)
def _columns(table: str, part: str) -> Columns:
    """What stands in the brackets after a table's name."""
    pieces = _BRACKETS.findall(part) if "[" in part else [part]
    words = [p.casefold() for p in pieces]
    named = tuple(re.sub(r"'(.)", r"\1", w.removeprefix("@")) for w in words if w and not w.startswith("#"))
    this_row = "#this row" in words or part.startswith("@")
    whole = _JOINED.search(part) is not None or len(named) != len([p for p in pieces if p and not p.startswith("#")])
    return Columns(table.casefold(), () if whole else named, this_row)


def sheet_of(prefix: str | None) -> str | None:
    """The sheet that a reference names, case folded; '' for another workbook's, '*' for a row of sheets.

    >>> sheet_of("'My log'!")
    'my log'

    Args:
        prefix: what stands before the cells, with the mark at its end, as `'My log'!`; None where nothing does.
    """
    if prefix is None:
        return None
    name = prefix[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    if "[" in name:
        return ""
    return "*" if ":" in name else name.casefold()


#: Texts, quoted names and what stands in brackets, which stay; and cells, of which the row's number goes.
_BUT_ROWS = re.compile(
    rf"""("(?:[^"]|"")*"|'(?:[^']|'')*'|{_BRACKETED})"""
    rf"|(?<![\w.\\?])(\$?{COLUMN_LETTERS}\$?){ROW_NUMBER}(?![\w.(\[!\\?])"
)


def kind_of(text: str) -> str:
    """What formulas that were filled down have in common: all but the rows of the cells that they name.

    >>> kind_of("SUM(B2:$B$9)*rate")
    'SUM(B:$B$)*rate'

    Args:
        text: the formula, without the equals sign.
    """
    return "".join(filter(None, _BUT_ROWS.split(text)))


def with_goals_renamed(text: str, old: str, new: str) -> str:
    """The formula with a worksheet called otherwise in its texts that lead somewhere alone; its references stay.

    Args:
        text: the formula, without the equals sign.
        old, new: the sheet's names, without quotation marks.
    """
    return with_sheet_renamed(text, old, new, references=False)


def with_sheet_renamed(text: str, old: str, new: str, *, references: bool = True) -> str:
    """The formula with a worksheet called otherwise.

    In the texts of formulas that lead somewhere, as =HYPERLINK("#'Old'!A1") and =INDIRECT("Old!A1"), it is too.

    >>> with_sheet_renamed("SUM(Old!A1:A9)", "Old", "New log")
    "SUM('New log'!A1:A9)"

    Args:
        text: the formula, without the equals sign.
        old, new: the sheet's names, without quotation marks.
        references: whether references such as Old!A1 follow too.
    """
    if old.casefold().replace("'", "''") not in text.casefold().replace('""', '"'):
        return text
    leads = _LEADS.search(text) is not None

    def token(match: re.Match[str]) -> str:
        prefix = match["sheet"] or match["scope"]
        if prefix:
            return _renamed_prefix(prefix, old, new) + (match["ref"] or "") if references else match[0]
        return _renamed_goal(match[0], old, new) if leads and match["text"] else match[0]

    return TOKEN.sub(token, text)


_LEADS = re.compile(r"\b(?:HYPERLINK|INDIRECT)\s*\(", re.IGNORECASE)
_GOAL = re.compile(rf"(?P<mark>#?)(?P<sheet>{_SHEET})")


def _renamed_goal(text: str, old: str, new: str) -> str:
    """A text within a formula that begins with a sheet's name, as a link's goal does."""
    inner = text[1:-1].replace('""', '"')
    found = _GOAL.match(inner)
    if not found:
        return text
    prefix = _renamed_prefix(found["sheet"], old, new)
    if prefix == found["sheet"]:
        return text
    return '"' + (found["mark"] + prefix + inner[found.end() :]).replace('"', '""') + '"'


def _renamed_prefix(prefix: str, old: str, new: str) -> str:
    name = prefix[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    if "[" in name:
        return prefix  # another workbook's
    ends = [new if end.casefold() == old.casefold() else end for end in name.split(":")]
    if name.casefold() == old.casefold():
        ends = [new]
    return prefix if ":".join(ends) == name else quoted(ends) + "!"


def quoted(sheets: Sequence[str]) -> str:
    """One sheet's name, or two that are the ends of a row of sheets, as formulas hold them.

    >>> quoted(["Log"]), quoted(["It's mine"])
    ('Log', "'It''s mine'")

    Args:
        sheets: one name, or two, without quotation marks.
    """
    if all(_PLAIN_NAME.fullmatch(s) and not _LIKE_A_CELL.fullmatch(s) for s in sheets):
        return ":".join(sheets)
    return "'" + ":".join(s.replace("'", "''") for s in sheets) + "'"


_PLAIN_NAME = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R[0-9]*|C[0-9]*|R[0-9]*C[0-9]*|TRUE|FALSE", re.IGNORECASE)


def names_sheet(text: str, sheet: str) -> bool:
    """Whether a formula names a worksheet, be it among a row of sheets.

    Args:
        text: the formula, without the equals sign.
        sheet: the worksheet's name.
    """
    prefixes = (token["sheet"] or token["scope"] for token in TOKEN.finditer(text))
    return any(sheet_of(prefix) in {sheet.casefold(), "*"} for prefix in prefixes if prefix)


@lru_cache(maxsize=REMEMBERED)
def area_of(ref: str) -> Area:
    """The cells of a reference, whole columns and rows included.

    >>> str(area_of("$D9:B2"))
    'B2:D9'

    Args:
        ref: cells, columns or rows without a sheet, as `$B$2:D9`, `B:D` or `3:5`.
    """
    first, _, second = ref.replace("$", "").upper().partition(":")
    second = second or first
    if first.isdigit():
        top, bottom = sorted((int(first), int(second)))
        return Area(top, 1, bottom, LAST_COLUMN)
    if first.isalpha():
        left, right = sorted((number_of(first), number_of(second)))
        return Area(1, left, LAST_ROW, right)
    a, b = Area.parse(first), Area.parse(second)
    if a is None or b is None:
        return Area(1, 1, LAST_ROW, LAST_COLUMN)
    rows, columns = sorted((a.top, b.top)), sorted((a.left, b.left))
    return Area(rows[0], columns[0], rows[1], columns[1])


def shifted(text: str, *, down: int, right: int = 0) -> str:
    """The formula as it reads when it is filled into a cell further down or to the right.

    >>> shifted("A1+$B$2", down=3)
    'A4+$B$2'

    Args:
        text: the formula, without the equals sign.
        down, right: rows and columns further on; negative upwards and to the left.

    Returns:
        The formula; #REF! stands where a reference would leave the sheet.
    """

    def token(match: re.Match[str]) -> str:
        if not match["ref"]:
            return match[0]
        points = [_moved_point(p, down, right) for p in match["ref"].split(":")]
        return (match["sheet"] or "") + ("#REF!" if None in points else ":".join(p for p in points if p))

    return TOKEN.sub(token, text) if down or right else text


def _moved_point(point: str, down: int, right: int) -> str | None:
    cell, column, row = _POINT.match(point), _COLUMN.match(point), _ROW.match(point)
    if cell:
        at = _moved_column(cell[1], cell[2], right), _moved_row(cell[3], cell[4], down)
        return None if None in at else f"{at[0]}{at[1]}"
    if column:
        return _moved_column(column[1], column[2], right)
    return _moved_row(row[1], row[2], down) if row else point


def _moved_column(dollar: str, name: str, by: int) -> str | None:
    number = number_of(name.upper()) + (0 if dollar else by)
    return f"{dollar}{letters(number)}" if 1 <= number <= LAST_COLUMN else None


def _moved_row(dollar: str, digits: str, by: int) -> str | None:
    number = int(digits) + (0 if dollar else by)
    return f"{dollar}{number}" if 1 <= number <= LAST_ROW else None


def with_references(text: str, change: Callable[[str | None, str], str]) -> str:
    """The formula with its references as `change` gives them, which is told the sheet's prefix and the cells.

    Args:
        text: the formula, without the equals sign.
        change: gives a reference anew, by the sheet's prefix (`'My log'!`, None for none) and the cells (`$B$2:D9`).
    """

    def token(match: re.Match[str]) -> str:
        return (match["sheet"] or "") + change(match["sheet"], match["ref"]) if match["ref"] else match[0]

    return TOKEN.sub(token, text)


def has_cells(text: str) -> bool:
    """Whether a formula names cells by their place.

    Args:
        text: the formula, without the equals sign.
    """
    return any(token["ref"] for token in TOKEN.finditer(text))
