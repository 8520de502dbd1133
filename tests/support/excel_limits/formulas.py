"""Rules of formulas, wherever they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tests.support.excel_limits.books import units
from tests.support.excel_limits.declare import rule

_LIMITS = "Microsoft, Excel specifications and limits: "
#: Functions that came after Excel 2007: a file calls them with _xlfn. before (XlsxWriter's documentation, "Formulas
#: added in Excel 2010 and later"; [MS-XLSX] 2.2.2, future-function-list). AGGREGATE is left out: Excel writes both.
LATER = frozenset(
    [
        "ACOT",
        "ACOTH",
        "AGGREGATE",
        "ANCHORARRAY",
        "ARABIC",
        "ARRAYTOTEXT",
        "BASE",
        "BETA.DIST",
        "BETA.INV",
        "BINOM.DIST",
        "BINOM.DIST.RANGE",
        "BINOM.INV",
        "BITAND",
        "BITLSHIFT",
        "BITOR",
        "BITRSHIFT",
        "BITXOR",
        "BYCOL",
        "BYROW",
        "CEILING.MATH",
        "CEILING.PRECISE",
        "CHISQ.DIST",
        "CHISQ.DIST.RT",
        "CHISQ.INV",
        "CHISQ.INV.RT",
        "CHISQ.TEST",
        "CHOOSECOLS",
        "CHOOSEROWS",
        "COMBINA",
        "CONCAT",
        "CONFIDENCE.NORM",
        "CONFIDENCE.T",
        "COT",
        "COTH",
        "COVARIANCE.P",
        "COVARIANCE.S",
        "CSC",
        "CSCH",
        "DAYS",
        "DECIMAL",
        "DROP",
        "ERF.PRECISE",
        "ERFC.PRECISE",
        "EXPAND",
        "EXPON.DIST",
        "F.DIST",
        "F.DIST.RT",
        "F.INV",
        "F.INV.RT",
        "F.TEST",
        "FILTER",
        "FILTERXML",
        "FLOOR.MATH",
        "FLOOR.PRECISE",
        "FORECAST.ETS",
        "FORECAST.ETS.CONFINT",
        "FORECAST.ETS.SEASONALITY",
        "FORECAST.ETS.STAT",
        "FORECAST.LINEAR",
        "FORMULATEXT",
        "GAMMA",
        "GAMMA.DIST",
        "GAMMA.INV",
        "GAMMALN.PRECISE",
        "GAUSS",
        "HSTACK",
        "HYPGEOM.DIST",
        "IFNA",
        "IFS",
        "IMAGE",
        "IMCOSH",
        "IMCOT",
        "IMCSC",
        "IMCSCH",
        "IMSEC",
        "IMSECH",
        "IMSINH",
        "IMTAN",
        "ISFORMULA",
        "ISOMITTED",
        "ISOWEEKNUM",
        "LAMBDA",
        "LET",
        "LOGNORM.DIST",
        "LOGNORM.INV",
        "MAKEARRAY",
        "MAP",
        "MAXIFS",
        "MINIFS",
        "MODE.MULT",
        "MODE.SNGL",
        "MUNIT",
        "NEGBINOM.DIST",
        "NORM.DIST",
        "NORM.INV",
        "NORM.S.DIST",
        "NORM.S.INV",
        "NUMBERVALUE",
        "PDURATION",
        "PERCENTILE.EXC",
        "PERCENTILE.INC",
        "PERCENTRANK.EXC",
        "PERCENTRANK.INC",
        "PERMUTATIONA",
        "PHI",
        "POISSON.DIST",
        "QUARTILE.EXC",
        "QUARTILE.INC",
        "QUERYSTRING",
        "RANDARRAY",
        "RANK.AVG",
        "RANK.EQ",
        "REDUCE",
        "RRI",
        "SCAN",
        "SEC",
        "SECH",
        "SEQUENCE",
        "SHEET",
        "SHEETS",
        "SKEW.P",
        "SORT",
        "SORTBY",
        "STDEV.P",
        "STDEV.S",
        "SWITCH",
        "T.DIST",
        "T.DIST.2T",
        "T.DIST.RT",
        "T.INV",
        "T.INV.2T",
        "T.TEST",
        "TAKE",
        "TEXTAFTER",
        "TEXTBEFORE",
        "TEXTJOIN",
        "TEXTSPLIT",
        "TOCOL",
        "TOROW",
        "UNICHAR",
        "UNICODE",
        "UNIQUE",
        "VALUETOTEXT",
        "VAR.P",
        "VAR.S",
        "VSTACK",
        "WEBSERVICE",
        "WEIBULL.DIST",
        "WRAPCOLS",
        "WRAPROWS",
        "XLOOKUP",
        "XMATCH",
        "XOR",
        "Z.TEST",
    ]
) - {"AGGREGATE"}
_QUOTED = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'!?")
_SHEET = re.compile(r"'((?:[^']|'')+)'!|((?:\[\d+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!")
_TABLE = re.compile(r"([^\W\d][\w.\\]*)\[")
_PIECE = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_CALL = re.compile(r"([\w.]+)\(")


class Facts(NamedTuple):
    """What a formula is made of.

    Attributes:
        depth: how deep functions are nested.
        most: the arguments of the function that has most.
        balanced: whether all that opens closes.
        calls: the functions it calls, in capitals.
        longest: the length of its longest text.
        sheets: the sheets that it names, of this workbook.
        tables: the tables that it names, each with the columns.
        short: whether it holds [@Column], which Excel shows and does not store.
    """

    depth: int
    most: int
    balanced: bool
    calls: frozenset[str]
    longest: int
    sheets: frozenset[str]
    tables: tuple[tuple[str, tuple[str, ...]], ...]
    short: bool


@lru_cache(maxsize=50_000)
def facts(text: str) -> Facts:
    """What a formula is made of; of equal ones it is reckoned once."""
    texts = [m[0] for m in _QUOTED.finditer(text) if m[0].startswith('"')]
    without_texts = re.sub(r'"(?:[^"]|"")*"', '""', text)
    bare = _QUOTED.sub('""', text)
    tables, outside = _structured(bare)
    depth, most, balanced = _nesting(outside)
    return Facts(
        depth,
        most,
        balanced and outside.replace('""', "").count('"') == 0,
        frozenset(name.upper() for name in _CALL.findall(outside)),
        max((units(t[1:-1].replace('""', '"')) for t in texts), default=0),
        frozenset(_sheets(without_texts)),
        tables,
        any(column.startswith("@") for _, columns in tables for column in columns),
    )


def _sheets(text):
    for quoted, plain in _SHEET.findall(text):
        name = quoted.replace("''", "'") or plain
        if "[" not in name:
            yield from name.split(":")


def _structured(text):
    """The tables and columns that a formula names, and the formula without what stands in brackets."""
    found, outside, at = [], [], 0
    while at < len(text):
        if text[at] != "[":
            outside.append(text[at])
            at += 1
            continue
        end = _closing(text, at)
        inner = text[at + 1 : end]
        name = re.search(r"([^\W\d][\w.\\]*)\Z", "".join(outside))
        if not inner.isdigit():  # [1] is another workbook
            pieces = _PIECE.findall(inner) if "[" in inner else [inner]
            columns = tuple(re.sub(r"'(.)", r"\1", p) for p in pieces if p and not p.startswith("#"))
            found.append((name[1] if name else "", columns))
        outside.append("_")
        at = end + 1
    return tuple(found), "".join(outside)


def _closing(text, at):
    depth, n = 0, at
    while n < len(text):
        if text[n] == "'":
            n += 1
        elif text[n] == "[":
            depth += 1
        elif text[n] == "]":
            depth -= 1
            if not depth:
                return n
        n += 1
    return len(text)


def _nesting(text):
    """How deep functions are nested, the most arguments of one, and whether brackets are balanced."""
    stack, deepest, most = [], 0, 0
    for at, sign in enumerate(text):
        if sign in "({":
            called = sign == "(" and at > 0 and (text[at - 1].isalnum() or text[at - 1] in "._")
            stack.append([sign, called, 1])
            deepest = max(deepest, sum(1 for _, is_call, _ in stack if is_call))
        elif sign in ")}":
            if not stack or stack[-1][0] != {")": "(", "}": "{"}[sign]:
                return deepest, most, False
            _, called, count = stack.pop()
            most = max(most, count if called else 0)
        elif sign == "," and stack:
            stack[-1][2] += 1
    return deepest, most, not stack


def _each(book, wrong):
    for where, text in book.formulas:
        why = wrong(text, facts(text))
        if why:
            yield where, why


@rule(_LIMITS + "length of formula contents 8,192 characters")
def formula_length(book):
    """In characters."""
    yield from _each(book, lambda text, _: f"{units(text)} characters" if units(text) > 8192 else "")


@rule(_LIMITS + "nested levels of functions 64")
def formula_nesting(book):
    """Functions within functions."""
    yield from _each(book, lambda _, f: f"{f.depth} levels" if f.depth > 64 else "")


@rule(_LIMITS + "arguments in a function 255")
def formula_arguments(book):
    """Arguments of one function."""
    yield from _each(book, lambda _, f: f"{f.most} arguments" if f.most > 255 else "")


@rule("Microsoft, How to avoid broken formulas: text values in formulas are limited to 255 characters")
def formula_texts(book):
    """A text within quotation marks."""
    yield from _each(book, lambda _, f: f"a text of {f.longest}" if f.longest > 255 else "")


@rule("ECMA-376 Part 1, 18.17.2: the grammar of formulas, which are stored without a leading =")
def formula_whole(book):
    """Brackets and quotation marks that open and close; no equals sign before."""
    yield from _each(book, lambda t, f: "" if f.balanced and not t.startswith("=") else f"no whole formula: {t[:60]}")


@rule("[MS-XLSX] 2.2.2: later functions are stored with _xlfn. before their names; else Excel shows #NAME?")
def formula_prefix(book):
    """Functions that came after Excel 2007."""
    yield from _each(book, lambda _, f: f"{', '.join(f.calls & LATER)} without _xlfn." if f.calls & LATER else "")


@rule("ECMA-376 Part 1, 18.17.2.3: a reference names a sheet that is there; Excel repairs others")
def formula_sheets(book):
    """The sheets that formulas name."""

    def missing(_, f):
        return ", ".join(s for s in f.sheets if s.casefold() not in book.sheet_names)

    yield from ((where, f"no sheet {why}") for where, why in _each(book, missing))


@rule("ECMA-376 Part 1, 18.17.2 structured references; Excel repairs one of a table or column that is not there")
def formula_tables(book):
    """The tables and columns that formulas name."""
    known = {t.name.casefold(): {c.casefold() for c in t.columns} for t in book.tables}

    def missing(_, f):
        for name, columns in f.tables:
            if name and name.casefold() not in known:
                return f"no table {name}"
            wrong = [c for c in columns if name and c.removeprefix("@").casefold() not in known[name.casefold()]]
            if wrong:
                return f"{name} has no column {wrong[0]}"
        return ""

    yield from _each(book, missing)


@rule("XlsxWriter's documentation, Working with worksheet tables: @ is stored as [#This Row]")
def formula_this_row(book):
    """[@Column] is what Excel shows; a file with it is repaired."""
    yield from _each(book, lambda _, f: "[@…] is stored as [#This Row],[…]" if f.short else "")


@rule("Microsoft, Apply data validation to cells; XlsxWriter's documentation: no structured references in criteria")
def validation_without_tables(book):
    """A validation can't name a table; a name or INDIRECT stands between."""
    yield from _without_tables(book, ("formula1", "formula2"))


@rule("Microsoft, Use conditional formatting; ECMA-376 Part 1, 18.3.1.43: no structured references in criteria")
def conditional_format_without_tables(book):
    """A conditional format can't name a table."""
    yield from _without_tables(book, ("formula",))


def _without_tables(book, tags):
    for sheet in book.sheets:
        for tag in tags:
            for e in sheet.all(tag):
                if facts(e.text or "").tables:
                    yield sheet.name, f"it names a table: {(e.text or '')[:60]}"
