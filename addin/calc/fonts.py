"""How the text of cells looks, as xlwings' fonts."""

from __future__ import annotations

from xlwings import base_classes
from xlwings.utils import int_to_rgb

from addin.calc.owners import Cells
from addin.calc.unsupported import refuse_unsupported

_PLAIN, _BOLD = 100.0, 150.0


def packed(color: tuple[int, int, int] | int) -> int:
    """A colour as LibreOffice counts it, red first; Excel's numbers have blue first.

    >>> packed((255, 128, 0)) == 0xFF8000
    True

    Args:
        color: red, green and blue from 0 to 255, or Excel's number.
    """
    red, green, blue = int_to_rgb(color) if isinstance(color, int) else color
    return int(red << 16 | green << 8 | blue)


@refuse_unsupported
class Font(base_classes.Font):
    """How the text of cells looks.

    Args:
        cells: the cells.
    """

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    @property
    def api(self) -> Cells:
        return self.cells

    @property
    def bold(self) -> bool | None:
        told = self.cells.do("look", name="CharWeight")
        return None if told is None else told >= _BOLD

    @bold.setter
    def bold(self, value: bool) -> None:
        self.cells.do("set_look", name="CharWeight", value=_BOLD if value else _PLAIN)

    @property
    def italic(self) -> bool | None:
        told = self.cells.do("look", name="CharPosture")
        return None if told is None else told == "ITALIC"

    @italic.setter
    def italic(self, value: bool) -> None:
        self.cells.do("set_look", name="CharPosture", value="ITALIC" if value else "NONE")

    @property
    def size(self) -> float | None:
        told = self.cells.do("look", name="CharHeight")
        return None if told is None else float(told)

    @size.setter
    def size(self, value: float) -> None:
        self.cells.do("set_look", name="CharHeight", value=float(value))

    @property
    def name(self) -> str | None:
        told = self.cells.do("look", name="CharFontName")
        return None if told is None else str(told)

    @name.setter
    def name(self, value: str) -> None:
        self.cells.do("set_look", name="CharFontName", value=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        told = self.cells.do("look", name="CharColor")
        return None if told is None or told < 0 else ((told >> 16) & 255, (told >> 8) & 255, told & 255)

    @color.setter
    def color(self, value: tuple[int, int, int] | int) -> None:
        self.cells.do("set_look", name="CharColor", value=packed(value))
