"""What-if data tables: one cell holds what all of their cells are computed of, and no formula says it in words."""

from __future__ import annotations

from collections.abc import Mapping

from addin.lossless.opc.cells import Area, letters


def rests_on(attributes: Mapping[str, str], area: Area) -> str:
    """A formula that uses what a data table is computed of: its input cells, and those above and left of it.

    >>> rests_on({"t": "dataTable", "r1": "K1"}, Area.parse("H3:I4"))
    'K1,G2:I2,G2:G4'

    Args:
        attributes: of the element that stands in its first cell.
        area: its cells.

    Returns:
        '' where it is another kind of formula.
    """
    if attributes.get("t") != "dataTable":
        return ""
    left, top = letters(max(area.left - 1, 1)), max(area.top - 1, 1)
    inputs = [place for name in ("r1", "r2") if Area.parse(place := attributes.get(name, "")) is not None]
    return ",".join([*inputs, f"{left}{top}:{letters(area.right)}{top}", f"{left}{top}:{left}{area.bottom}"])
