"""Formulas that differ in numbers alone are read once: the rows of cells, constants, digits in texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple

from addin.lossless.formula.formulas import (
    CONSTANT,
    REMEMBERED,
    TOKEN,
    Reference,
    Uses,
    area_of,
    kind_of,
    read_uses,
    sheet_of,
)

_NUMBER = re.compile("[1-9][0-9]*")
#: From so many digits on it depends on the number whether it may be a row's.
_LONG = re.compile("[0-9]{7}")


class _Rows(NamedTuple):
    """A reference with rows: what stands around the numbers in it, and which of the formula's numbers they are."""

    around: tuple[str, ...]
    numbers: tuple[int, ...]


class Shape:
    """What formulas share that differ in numbers alone, which are no part of a name.

    Attributes:
        uses: what one of them uses; the others differ in the rows of `cells` alone.
        rows: of each of its references, in order; None where the reference holds no number.
    """

    __slots__ = ("rows", "uses")

    def __init__(self, uses: Uses, rows: tuple[_Rows | None, ...]) -> None:
        self.uses, self.rows = uses, rows


class _Masked(NamedTuple):
    """The formulas that are the same once each number is a 1.

    Attributes:
        telling: which of their numbers are part of a name, so that formulas that differ there use other things.
        shapes: by those numbers.
    """

    telling: tuple[int, ...]
    shapes: dict[tuple[str, ...], Shape]


_MASKED: dict[str, _Masked] = {}


@lru_cache(maxsize=REMEMBERED)
def uses(text: str) -> Uses:
    """What a formula uses: as `read_uses` reads it, but formulas that differ in numbers alone are read once.

    Args:
        text: the formula, without the equals sign.
    """
    if _LONG.search(text):
        return read_uses(text)
    shape = _shape(text, _NUMBER.sub("1", text))
    if not any(shape.rows):
        return shape.uses
    numbers = _NUMBER.findall(text)
    cells = [
        known if rows is None else Reference(known.sheet, area_of(_filled_in(rows, numbers)))
        for known, rows in zip(shape.uses.cells, shape.rows, strict=True)
    ]
    return shape.uses._replace(cells=tuple(cells))


def shapes_of(texts: Sequence[str]) -> list[Hashable]:
    """What is the same for formulas that use the same but for the rows of cells.

    Args:
        texts: the formulas, without the equals sign.
    """
    masks = _masks(texts)
    if masks is None:
        return [kind_of(t) if _LONG.search(t) else _shape(t, _NUMBER.sub("1", t)) for t in texts]
    return list(map(_shape, texts, masks))


def one_of_each(texts: Sequence[str]) -> list[str]:
    """Of formulas of which there are very many, one of each shape.

    Args:
        texts: the formulas, without the equals sign.
    """
    masks = _masks(texts)
    if masks is None:
        return list(dict(zip(shapes_of(texts), texts, strict=True)).values())
    one = dict(zip(masks, texts, strict=True))
    found = {_shape(text, mask): text for mask, text in one.items()}
    differing = {mask for mask in one if (known := _MASKED.get(mask)) is None or known.telling}
    if differing:
        found |= {_shape(t, mask): t for mask, t in zip(masks, texts, strict=True) if mask in differing}
    return list(found.values())


def _masks(texts: Sequence[str]) -> list[str] | None:
    """The texts with a 1 for each number; None where one holds what must be looked at by itself."""
    joined = "\0".join(texts)
    masks = _NUMBER.sub("1", joined).split("\0")
    return None if len(masks) != len(texts) or _LONG.search(joined) else masks


def _shape(text: str, mask: str) -> Shape:
    masked = _MASKED.get(mask)
    if masked is not None:
        names = _numbers_at(text, masked.telling) if masked.telling else ()
        shape = masked.shapes.get(names)
        if shape is not None:
            return shape
    telling, shape = _read(text)
    if masked is None:
        if len(_MASKED) >= REMEMBERED:
            _MASKED.clear()
        masked = _MASKED[mask] = _Masked(telling, {})
    elif len(masked.shapes) >= REMEMBERED:
        masked.shapes.clear()
    masked.shapes[_numbers_at(text, telling)] = shape
    return shape


def _numbers_at(text: str, which: Sequence[int]) -> tuple[str, ...]:
    numbers = _NUMBER.findall(text)
    return tuple([numbers[n] for n in which])


def _filled_in(rows: _Rows, numbers: Sequence[str]) -> str:
    first, *more = rows.around
    return first + "".join([numbers[n] + rest for n, rest in zip(rows.numbers, more, strict=True)])


def _read(text: str) -> tuple[tuple[int, ...], Shape]:
    """Which of a formula's numbers are part of a name, and its shape."""
    starts = [found.start() for found in _NUMBER.finditer(text)]
    telling: list[int] = []
    rows: list[_Rows | None] = []

    def within(start: int, end: int) -> range:
        return range(bisect_left(starts, start), bisect_left(starts, end))

    for token in TOKEN.finditer(text):
        if token["ref"]:
            telling += within(*token.span("sheet")) if token["sheet"] else ()
            if sheet_of(token["sheet"]) != "":
                numbers = within(*token.span("ref"))
                rows.append(_Rows(tuple(_NUMBER.split(token["ref"])), tuple(numbers)) if numbers else None)
        elif not token["text"] and not (token["word"] and CONSTANT.match(token["word"])):
            telling += within(*token.span())
    return tuple(telling), Shape(read_uses(text), tuple(rows))
