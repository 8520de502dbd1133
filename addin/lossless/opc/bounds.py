"""How much a part may hold: elements are counted, as a few bytes may become very many of them."""

from __future__ import annotations

from addin.lossless.opc.errors import Refused

#: Excel's own limits are below: 65,490 cell formats, 65,530 links of a sheet, 16,384 columns of a table.
MOST_TAGS, MOST_ATTRIBUTES = 250_000, 1_000_000
MOST_COLUMNS = 16_384
#: Far beyond what can be kept by hand.
MOST_SHEETS, MOST_TYPED_PARTS, MOST_NUMBER_FORMATS = 1000, 25_000, 20_000
#: A worksheet with more formulas depends on a change as a whole: reading each would take longer than it is worth.
MOST_FORMULAS = 40_000
#: Programs' own parts pack to a tenth or a twentieth.
_MOST_SWOLLEN, _SWOLLEN_FROM = 60, 8 << 20
#: No tag and no text of a part that is read as a whole is longer: a formula has at most 8,192 signs.
_LONGEST = 1 << 18
_NEXT = "Open it in Excel and save it again. If you don't know who made the file, don't use it."


def refuse_crowds(xml: bytes, what: str = "A part of the workbook") -> None:
    """Refuses a part, or a piece of one, that would take very much memory and time to go through.

    Args:
        xml: as it is written.
        what: what it is, at the beginning of a sentence.

    Raises:
        Refused: it has more elements or attributes than any workbook's, or a tag without end.
    """
    if len(xml) < _LONGEST:
        return
    if xml.count(b"<") > MOST_TAGS or xml.count(b"=") > MOST_ATTRIBUTES:
        raise Refused(f"{what} holds more than can be gone through in a reasonable time.", _NEXT)
    if any(len(piece) > _LONGEST for piece in xml.split(b"<")):
        raise Refused(f"{what} holds a piece without end.", _NEXT)


def refuse_swollen(name: str, packed: int, size: int) -> None:
    """Refuses to unpack a part that becomes very much larger than it is.

    Args:
        name: of the part, for the words of the refusal.
        packed: its packed size, in bytes.
        size: what it says it takes once unpacked, in bytes.

    Raises:
        Refused: it does.
    """
    if size > _SWOLLEN_FROM + packed * _MOST_SWOLLEN:
        raise Refused(f"The part {name} would take up far more room once unpacked than a workbook's does.", _NEXT)


def refuse_many(count: int, most: int, what: str) -> None:
    """Refuses more things of a kind than a workbook has.

    Args:
        count: how many there are.
        most: how many there may be.
        what: what they are, in the plural, as `sheets`.

    Raises:
        Refused: there are more than `most`.
    """
    if count > most:
        raise Refused(f"The workbook has {count:,} {what}; it can't be gone through in a reasonable time.", _NEXT)


def refuse_wide(columns: int) -> None:
    """Refuses a table with more columns than a worksheet has.

    Args:
        columns: how many the table says it has.

    Raises:
        Refused: it has more.
    """
    if columns > MOST_COLUMNS:
        raise Refused(f"A table has {columns:,} columns; a worksheet has no more than {MOST_COLUMNS:,}.", _NEXT)
