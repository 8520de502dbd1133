"""Formulas of sheets that are written as programs usually write them: all cells at once, instead of one by one.

Where anything is written otherwise, these give None, and the caller looks at each cell.
"""

from __future__ import annotations

import re

from addin.lossless.formula.formula_index import Computed
from addin.lossless.opc.cells import number_of
from addin.lossless.opc.part_text import unescaped

_FORMULA = rb"<f(?:>[^<]*</f>|\s[^<>]*(?:/>|[^<>/]>[^<]*</f>))"
_WITH_FORMULA = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?: t="[A-Za-z]+")?>%b(?=</c>|<v>[^<]*</v></c>)' % _FORMULA
)
_TYPE = re.compile(rb' t="[A-Za-z]+"(?=>%b<v>)' % _FORMULA)
_RESULT = re.compile(rb"(?:(?<=</f>)|(?<=/>))<v>[^<]*</v>")
_OF_SHARED = re.compile(rb"<f\s[^<>]*/><v>")
_CELL = re.compile(
    rb'<row r="([0-9]{1,7})"[^<>]*>|<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]+")?(?: t="[A-Za-z]+")?'
    rb'(?:/>|>(?:<f(?: t="array" ref="([A-Z]{1,3}[0-9]{1,7})")?>([^<]+)</f>)?'
    rb'(<v>[^<]*</v>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)?</c>)|</row>'
)
#: With fewer formulas among the cells it is quicker to look at these alone.
_ONE_IN = 8


def without_results(cells: bytes) -> bytes | None:
    """A sheet's cells without the last results of their formulas; None where they are not written as usual.

    Args:
        cells: what stands between the tags of the sheet's cells, in plain form.
    """
    if len(_WITH_FORMULA.findall(cells)) != cells.count(b"<f"):
        return None
    if len(_OF_SHARED.findall(cells)) != cells.count(b"/><v>"):
        return None
    return _RESULT.sub(b"", _TYPE.sub(b"", cells))


def computed(cells: bytes) -> list[Computed] | None:
    """All formulas of a sheet; None where it is not written as usual, or most of its cells are none.

    Args:
        cells: what stands between the tags of the sheet's cells, in plain form.
    """
    formulas = cells.count(b"<f")
    if formulas * _ONE_IN < cells.count(b"<c ") or _CELL.sub(b"", cells).strip():
        return None
    found: list[Computed] = []
    row = column = 0
    for begun, letters, number, array, formula, result in _CELL.findall(cells):
        if begun:
            row, column = int(begun), 0
        elif letters:
            before, column = column, number_of(letters.decode())
            if int(number) != row or column <= before or array not in (b"", letters + number):
                return None
            if formula:
                text = unescaped(formula) if b"&" in formula else formula.decode("utf-8", "replace")
                found.append(Computed(row, column, text, bool(result), ((row, column),) if array else ()))
    return found
