"""How much room a text takes in Calibri, the font of the workbook, and in Carlito, which is as wide.

Widths are counted as Excel counts a column's: in figures of the normal font.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Thousandths of the font's size, as the font declares them.
_BREADTHS = {
    **dict(zip("abcdefghijklm", (479, 525, 423, 525, 498, 305, 471, 525, 229, 239, 455, 229, 799), strict=True)),
    **dict(zip("nopqrstuvwxyz", (525, 527, 525, 525, 349, 391, 335, 525, 452, 715, 433, 453, 395), strict=True)),
    **dict(zip("ABCDEFGHIJKLM", (579, 544, 533, 615, 488, 459, 631, 623, 252, 319, 520, 420, 855), strict=True)),
    **dict(zip("NOPQRSTUVWXYZ", (646, 662, 517, 673, 543, 459, 487, 642, 567, 890, 519, 487, 468), strict=True)),
    **dict(zip(" .,:;-–'’()/", (226, 252, 250, 268, 268, 306, 498, 221, 251, 303, 303, 386), strict=True)),
}
_FIGURE, _BOLD = 507, 1.04
#: What a column counts as one figure: 7 of the 7.4 pixels that a figure of size 11 takes.
_COUNTED = 478
#: What an indent of one takes, and the button that filters.
INDENT, BUTTON = 1.4, 2.8
_BREAK_AFTER = re.compile(r"(?<=[\s-])(?=\S)")


@lru_cache(maxsize=4096)
def breadth(text: str, *, bold: bool = False) -> float:
    """The width of a text in one line."""
    return sum(_BREADTHS.get(letter, _FIGURE) for letter in text) / _COUNTED * (_BOLD if bold else 1)


def longest_word(text: str, *, bold: bool = False) -> float:
    """The width of the longest piece that is not broken."""
    return max((breadth(word.strip(), bold=bold) for word in _BREAK_AFTER.split(text)), default=0.0)


def last_line(text: str, width: float, *, bold: bool = False) -> float:
    """The width of the last line of a wrapped text."""
    used = 0.0
    for word in _BREAK_AFTER.split(text):
        if used and used + breadth(word.rstrip(), bold=bold) > width:
            used = 0.0
        used += breadth(word, bold=bold)
    return used


@lru_cache(maxsize=4096)
def lines(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a wrapped text takes in a column of that width; at least one."""
    return sum(_paragraph(part, width, bold=bold) for part in text.split("\n"))


def _paragraph(text: str, width: float, *, bold: bool) -> int:
    count, used = 1, 0.0
    for word in _BREAK_AFTER.split(text):
        whole = breadth(word, bold=bold)
        if used and used + breadth(word.rstrip(), bold=bold) > width:
            count, used = count + 1, 0.0
        if whole > width:
            more = int(whole // width)
            count, used = count + more, whole - more * width
        else:
            used += whole
    return count
