"""Cells: places such as C7, values, and how both are written."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import lru_cache
from typing import NamedTuple

from addin.lossless.opc.errors import Refused
from addin.lossless.opc.markup import attributes, root, with_attribute
from addin.lossless.opc.odd_cells import style_in


class ErrorValue(NamedTuple):
    """An error value such as #REF!."""

    code: str


class Formula(NamedTuple):
    """A formula, without the equals sign; its result is left to the program that opens the workbook.

    Attributes:
        text: the formula.
        of_arrays: whether it is computed over arrays, as {=SUM(A1:A3*B1:B3)}, though for its cell alone.
    """

    text: str
    of_arrays: bool = False

    def changed(self, text: str) -> Formula:
        """The same with another text.

        Args:
            text: the new formula, without the equals sign.
        """
        return Formula(text, self.of_arrays)


Value = None | bool | int | float | str | dt.date | dt.datetime | ErrorValue

#: What Excel holds in a cell, and on a worksheet.
LONGEST_TEXT, LAST_ROW, LAST_COLUMN = 32_767, 1_048_576, 16_384
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})\Z")
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - worksheets know no zones
#: Before this day Excel's count is off by one, for it takes 1900 for a leap year.
_FIRST_SOUND_DAY = dt.datetime(1900, 3, 1)  # noqa: DTZ001


class Moved(NamedTuple):
    """A cell as it stood elsewhere: its attributes without the place, and what stood between its tags."""

    attrs: bytes
    inside: bytes


class Edit(NamedTuple):
    """What a cell shall hold. `style` serves where there is no cell yet, or with `restyle` in any case."""

    value: Value | Moved | Formula
    style: int = 0
    restyle: bool = False


class CellXml(NamedTuple):
    """A cell as written."""

    column: int
    outer: bytes
    attrs: bytes
    inside: bytes

    @property
    def style(self) -> int:
        """Its style's number."""
        found = attributes(self.attrs).get("s", "0") if b"s=" in self.attrs else "0"
        return style_in(found)

    @property
    def attrs_without_place(self) -> bytes:
        """Its attributes but for where it stands."""
        return with_attribute(b"<c" + self.attrs + b">", "r", None)[2:-1]


@lru_cache(maxsize=4096)
def letters(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letters(1), letters(28)
    ('A', 'AB')

    Args:
        column: its number; 1 is A, 16,384 is XFD.
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=4096)
def number_of(name: str) -> int:
    """The number of a column by its letters, counted from 1.

    >>> number_of("AB")
    28

    Args:
        name: its letters, in capitals.
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


class Area(NamedTuple):
    """A rectangle of cells, both corners included; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, ref: str) -> Area | None:
        """The area of a reference such as B2:D9 or B2; None where it is none of these (a whole column).

        >>> Area.parse("B2:D9")
        Area(top=2, left=2, bottom=9, right=4)

        Args:
            ref: as a part writes it, `$` allowed; one of several areas, or with a sheet before it, is none.
        """
        first, _, second = ref.partition(":")
        a, b = _REF.match(first), _REF.match(second or first)
        if a is None or b is None:
            return None
        return cls(int(a[2]), number_of(a[1]), int(b[2]), number_of(b[1]))

    def __str__(self) -> str:
        first = f"{letters(self.left)}{self.top}"
        return first if (self.top, self.left) == (self.bottom, self.right) else f"{first}:{self._last()}"

    def _last(self) -> str:
        return f"{letters(self.right)}{self.bottom}"

    @property
    def full(self) -> str:
        """With both corners named, even of a single cell."""
        return f"{letters(self.left)}{self.top}:{self._last()}"

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it.

        Args:
            row, column: of the cell, counted from 1.
        """
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell.

        Args:
            other: an area of the same sheet.
        """
        rows = self.top <= other.bottom and other.top <= self.bottom
        return rows and self.left <= other.right and other.left <= self.right


def serial(day: dt.date, *, date_1904: bool) -> int | float | None:
    """The number by which a workbook counts a day or moment; None before its count is sound.

    >>> serial(dt.date(2026, 11, 5), date_1904=False)
    46331

    Args:
        day: a day, or a moment without a time zone; a time zone is left out of account.
        date_1904: whether the workbook counts from 1904.

    Returns:
        Days since the workbook's first day, the time of day as a fraction of a day.
    """
    moment = day if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001
    moment = moment.replace(tzinfo=None)
    if moment < (_EPOCH_1904 if date_1904 else _FIRST_SOUND_DAY):
        return None
    passed = moment - (_EPOCH_1904 if date_1904 else _EPOCH)
    fraction = (passed.seconds + passed.microseconds / 1e6) / 86400
    return passed.days + fraction if fraction else passed.days


def moment_of(number: float, *, date_1904: bool) -> dt.datetime | None:
    """The moment a number counts, to the nearest millisecond; None outside the calendar.

    >>> moment_of(46331.5, date_1904=False)
    datetime.datetime(2026, 11, 5, 12, 0)

    Args:
        number: days since the workbook's first day, the time of day as a fraction of a day.
        date_1904: whether the workbook counts from 1904.
    """
    epoch = _EPOCH_1904 if date_1904 else _EPOCH
    try:
        return epoch + dt.timedelta(milliseconds=round(number * 86_400_000))
    except (OverflowError, ValueError):
        return None


def text_inside(text: str) -> bytes:
    """Text as it stands between the tags of a cell; what XML can't hold is written as _xHHHH_.

    Args:
        text: as a person sees it, at most 32,767 characters.

    Raises:
        Refused: it is longer.
    """
    if len(text) > LONGEST_TEXT:
        raise Refused(f"A text of {len(text):,} characters does not fit into a cell, which holds {LONGEST_TEXT:,}.")
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ILLEGAL.sub(_as_hex, safe).encode()


def _as_hex(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"_x{code:04X}_"


def text_read(text: str) -> str:
    """Text of a cell with its _xHHHH_ read.

    Args:
        text: as a part writes it, entities already read.
    """
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def rendered(place: bytes, style: int, value: Value, prefix: bytes, *, date_1904: bool) -> bytes:
    """A cell as XML. An empty text is a blank cell.

    >>> rendered(b"C7", 0, 12.5, b"", date_1904=False)
    b'<c r="C7"><v>12.5</v></c>'

    Args:
        place: where the cell stands, as b"C7".
        style: the number of its cell format, counted from 0; 0 is not written.
        value: a day or moment is written as a number, before 1900-03-01 as a text.
        prefix: of the main namespace in this part, with its colon; b"" for none.
        date_1904: whether the workbook counts from 1904.

    Raises:
        Refused: the value does not fit into a cell.
    """
    c = prefix + b"c"
    head = b"<" + c + b' r="' + place + b'"' + (b' s="%d"' % style if style else b"")
    if value is None or value == "":
        return head + b"/>"
    kind, inside = _typed(value, prefix, date_1904=date_1904)
    return head + kind + b">" + inside + b"</" + c + b">"


def _typed(value: Value, prefix: bytes, *, date_1904: bool) -> tuple[bytes, bytes]:
    if isinstance(value, dt.date):
        number = serial(value, date_1904=date_1904)
        value = value.isoformat() if number is None else number
    if isinstance(value, str):
        return b' t="inlineStr"', _inline(value, prefix)
    if isinstance(value, bool):
        return b' t="b"', _v(b"1" if value else b"0", prefix)
    if isinstance(value, ErrorValue):
        return b' t="e"', _v(text_inside(value.code), prefix)
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused(f"{value!r} is not a value that a cell can hold.")
    plain = int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53 else value
    return b"", _v(repr(plain).encode(), prefix)


def _v(text: bytes, prefix: bytes) -> bytes:
    return b"<" + prefix + b"v>" + text + b"</" + prefix + b"v>"


def _inline(text: str, prefix: bytes) -> bytes:
    spaced = b' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else b""
    inside = b"<" + prefix + b"t" + spaced + b">" + text_inside(text) + b"</" + prefix + b"t>"
    return b"<" + prefix + b"is>" + inside + b"</" + prefix + b"is>"


def joined_text(xml: bytes) -> str:
    """The text of a shared or inline string: its runs, without phonetic readings.

    Args:
        xml: an `si` or `is` element as written, with its tags.
    """
    top = root(xml)
    texts = []
    for child in top.children:
        if child.local == "t":
            texts.append(child.text)
        elif child.local == "r":
            texts += [t.text for t in child.named("t")]
    return "".join(texts)


def string_of(xml: bytes) -> str:
    """The text of a shared string item.

    Args:
        xml: an `si` element as written, with its tags.
    """
    return text_read(joined_text(xml))
