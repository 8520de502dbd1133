"""Formulas as Excel writes them: LibreOffice has separators and sheet marks of its own.

    Excel        =SUM('My sheet'!A1:B2,{1,2;3,4})
    LibreOffice  =SUM($'My sheet'.A1:B2;{1;2|3;4})

References to tables' columns, functions' names and numbers are the same in both.
"""

import re

_CELL = r"(?=\$?(?:[A-Za-z]{1,3}(?:\$?\d|:)|\d+:))"
#: A text, what stands in square brackets, a sheet's name before a cell, or any other sign.
_PIECES = r"""("(?:[^"]|"")*")|(\[[^\]]*\])|%s""" + _CELL + r"|(.)"
_OURS = re.compile(_PIECES % r"\$?('(?:[^']|'')+'|[^\W\d]\w*)\.", re.DOTALL)
_EXCEL = re.compile(_PIECES % r"('(?:[^']|'')+'|[^\W\d][\w.]*)!", re.DOTALL)


def excel(formula):
    """A formula of LibreOffice's as Excel writes it.

    >>> excel("=SUM($'My sheet'.A1:B2;{1;2|3;4})")
    "=SUM('My sheet'!A1:B2,{1,2;3,4})"

    Args:
        formula: with its equals sign.
    """
    return _rewritten(formula, _OURS, lambda sheet: sheet + "!", {";": ",", "~": ","}, {";": ",", "|": ";"})


def ours(formula):
    """A formula of Excel's as LibreOffice takes it.

    >>> ours("=SUM('My sheet'!A1:B2,{1,2;3,4})")
    "=SUM($'My sheet'.A1:B2;{1;2|3;4})"

    Args:
        formula: with its equals sign.
    """
    return _rewritten(formula, _EXCEL, lambda sheet: "$" + sheet + ".", {",": ";"}, {",": ";", ";": "|"})


def _rewritten(formula, pattern, sheet_mark, outside, within):
    """Args: outside, within: signs replaced outside of inline arrays, and within them."""
    parts, in_array = [], False
    for text, brackets, sheet, sign in pattern.findall(formula):
        if sheet:
            parts.append(sheet_mark(sheet))
            continue
        if sign in ("{", "}"):
            in_array = sign == "{"
        parts.append(text or brackets or (within if in_array else outside).get(sign, sign))
    return "".join(parts)
