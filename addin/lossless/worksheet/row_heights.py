"""How high a row must be to show its texts whole.

Excel fits a row without a height when it opens the file, LibreOffice doesn't: there a wrapped text hides behind the
next row. So rows that are written get the height that their texts need, without the mark "custom": both programs take
it as it is, and fit it anew when somebody types there. It is reckoned from the columns' widths and the sizes of the
fonts, a little on the generous side, for the fonts themselves are not at hand.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from addin.lossless.opc.cells import Value
from addin.lossless.opc.markup import attributes
from addin.lossless.worksheet.styles import Styles

#: Excel shows no row higher.
HIGHEST = 409.5
_NORMAL_SIZE, _NORMAL_LINE = 11.0, 15.0
_USUAL_WIDTH, _BORDER, _INDENT = 9.14, 0.71, 1.4
#: Columns count 7 pixels for a figure that takes 7.4.
_DRAWN = 1.06
_NARROW, _WIDE = frozenset("iljtfrI.,;:'!|()[]/ "), frozenset("mwMW@%&—")
_BREAK_AFTER = re.compile(r"(?<=[\s-])(?=\S)")


class Heights:
    """The heights that the rows of one worksheet need.

    Args:
        head: what stands before the worksheet's cells.
        prefix: of the main namespace.
        styles: of the workbook.
    """

    def __init__(self, head: bytes, prefix: bytes, styles: Styles) -> None:
        self._styles = styles
        found = re.search(rb"<%bsheetFormatPr(\s[^<>]*)>" % prefix, head)
        usual = attributes(found[1]) if found else {}
        self.usual = _number(usual.get("defaultRowHeight"), _NORMAL_LINE)
        self._usual_width = _number(usual.get("defaultColWidth"), _USUAL_WIDTH)
        self._widths: list[tuple[int, int, float]] = []
        self._plans: dict[tuple[int, int], tuple[float, float | None]] = {}
        for column in re.finditer(rb"<%bcol(\s[^<>]*)>" % prefix, head):
            attrs = attributes(column[1])
            hidden = attrs.get("hidden") in {"1", "true"}
            width = 0.0 if hidden else _number(attrs.get("width"), self._usual_width)
            self._widths.append((int(_number(attrs.get("min"), 1)), int(_number(attrs.get("max"), 1)), width))

    def width(self, column: int) -> float:
        """A column's width, in figures of the normal font; 0 where it is hidden.

        Args:
            column: counted from 1.
        """
        return next((w for first, last, w in self._widths if first <= column <= last), self._usual_width)

    def needed(self, cells: Iterable[tuple[int, int, Value]]) -> float:
        """The height that a row needs for cells given as column, style and value.

        Args:
            cells: columns count from 1, styles from 0.

        Returns:
            In points, at most 409.5; 0 where no cell holds anything.
        """
        return min(HIGHEST, max((self._cell(*cell) for cell in cells), default=0.0))

    def _cell(self, column: int, style: int, value: Value) -> float:
        if value is None or value == "":
            return 0.0
        plan = self._plans.get((column, style))
        if plan is None:
            plan = self._plans[column, style] = self._plan(column, style)
        line, room = plan
        if room is None or not isinstance(value, str):
            return line
        return line * lines(value, room) if room > 0 else 0.0

    def _plan(self, column: int, style: int) -> tuple[float, float | None]:
        """The height of a line of a cell, and how many figures wide its texts are wrapped; None where they aren't."""
        size = self._styles.font_size(style)
        line = round(_NORMAL_LINE * size / _NORMAL_SIZE * 4) / 4
        if not self._styles.wraps(style):
            return line, None
        width = self.width(column) - _BORDER - _INDENT * self._styles.indent(style)
        return line, width / _DRAWN * _NORMAL_SIZE / size


@lru_cache(maxsize=4096)
def lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column so many figures wide.

    >>> lines("one two three", 8)
    2

    Args:
        text: as a person sees it; line breaks in it count.
        width: in figures of the normal font.
    """
    return sum(_paragraph(part, width) for part in text.split("\n"))


def _paragraph(text: str, width: float) -> int:
    if _length(text) <= width:
        return 1
    count, used = 1, 0.0
    for word in _BREAK_AFTER.split(text):
        length = _length(word)
        if used and used + _length(word.rstrip()) > width:
            count, used = count + 1, 0.0
        if length > width:
            more = int(length // width)
            count, used = count + more, length - more * width
        else:
            used += length
    return count


def _length(text: str) -> float:
    """The width of a text, in figures."""
    return sum(map(_breadth, text))


@lru_cache(maxsize=1024)
def _breadth(letter: str) -> float:
    if letter in _NARROW:
        return 0.55
    if letter in _WIDE:
        return 1.6
    if unicodedata.east_asian_width(letter) in "WF":
        return 2.0
    return 1.2 if letter.isupper() else 0.95


def _number(text: str | None, otherwise: float) -> float:
    try:
        number = float(text) if text else otherwise
    except ValueError:
        return otherwise
    return number if math.isfinite(number) else otherwise
