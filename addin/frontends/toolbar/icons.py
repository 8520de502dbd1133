"""The picture of each command's button: white on a tile of its group's colour, so that it reads on any background."""

from __future__ import annotations

from addin.frontends.toolbar.drawing import Box, Colour, Disc, Line, Polygon, Shape, arc, png
from workbook.command_declaration import Group
from workbook.commands import COMMANDS_BY_NAME

_WHITE: Colour = (255, 255, 255)
_TILE = Box(0, 0, 16, 16, 3)
#: Each dark enough for white on it (a contrast of at least 4.5), and told apart without its hue by what stands on it.
_COLOURS: dict[Group, Colour] = {
    Group.CHECK: (31, 95, 168),
    Group.ACT: (168, 72, 8),
    Group.DOCUMENTS: (20, 112, 84),
    Group.PROGRAMME: (84, 84, 96),
    Group.HELP: (122, 62, 142),
}
_PAGE = Polygon(((3.5, 2), (9, 2), (12.5, 5.5), (12.5, 14), (3.5, 14)))
_FOLD = Polygon(((9, 2), (12.5, 5.5), (9, 5.5)))

#: White shapes, and shapes of the tile's colour that are cut out of them.
_DRAWN: dict[str, tuple[tuple[Shape, ...], tuple[Shape, ...]]] = {
    "check": ((Line(((3.5, 8.5), (6.5, 11.5), (12.5, 4.5)), 2.2),), ()),
    "fix": (
        (
            Line(((3, 13), (8.4, 7.6)), 2.8),
            Box(10, 2, 12, 8),
            Box(8, 4, 14, 6),
            Box(3, 3, 5, 5),
            Box(11, 11, 13, 13),
        ),
        (),
    ),
    "triggers": (
        (Line(((8, 3), (13.2, 12.6), (2.8, 12.6), (8, 3)), 1.4), Polygon(((8, 3), (13.2, 12.6), (2.8, 12.6)))),
        (Line(((8, 6), (8, 9)), 1.7), Disc((8, 11.4), 1)),
    ),
    "week": (
        tuple(
            shape for y in (4, 8, 12) for shape in (Box(2.5, y - 1, 4.5, y + 1, 0.4), Box(6, y - 1, 13.5, y + 1, 0.4))
        ),
        (),
    ),
    "explain": (
        (arc((8, 5.6), 2.8, 180, 390, 1.9), Line(((10.42, 7), (8, 8.6), (8, 9.8)), 1.9), Disc((8, 12.6), 1.25)),
        (),
    ),
    "reviews": (
        (Box(2.5, 3.5, 13.5, 13.5, 1.2), Box(4.5, 2, 6, 5), Box(10, 2, 11.5, 5)),
        (Box(2.5, 5.6, 13.5, 6.6), *(Box(x, y, x + 2, y + 1.6) for x in (4, 7, 10) for y in (8, 10.6))),
    ),
    "documents": ((_PAGE,), (_FOLD, *(Box(5, y, 11, y + 1) for y in (7, 9, 11)))),
    "read-minutes": (
        (_PAGE,),
        (_FOLD, Box(5, 9.2, 8.4, 10.8), Polygon(((8, 7), (11.4, 10), (8, 13)))),
    ),
    "import": (
        (
            Box(7, 2, 9, 8),
            Polygon(((4.2, 6.6), (11.8, 6.6), (8, 11))),
            Line(((3, 9.5), (3, 13), (13, 13), (13, 9.5)), 1.7),
        ),
        (),
    ),
    "undo": (
        (arc((8, 9), 4, -90, 120, 2), Line(((4.6, 5), (8, 5)), 2), Polygon(((6, 1.4), (6, 8.6), (1.8, 5)))),
        (),
    ),
    "restore": (
        (
            arc((8.5, 8), 5, -160, 140, 1.7),
            Polygon(((1.2, 5.2), (6.6, 5.6), (3.2, 9.4))),
            Line(((8.5, 5), (8.5, 8), (10.6, 9.6)), 1.6),
        ),
        (),
    ),
    "new": ((_PAGE,), (_FOLD, Box(7.25, 7, 8.75, 12.5), Box(5.25, 9, 10.75, 10.5))),
    "sheets": (
        tuple(Box(x, y, x + 4.8, y + 4.8, 0.6) for x in (2.5, 8.7) for y in (2.5, 8.7)),
        (),
    ),
    "doctor": ((Box(6.3, 3, 9.7, 13, 0.6), Box(3, 6.3, 13, 9.7, 0.6)), ()),
}


def icon(command: str, size: int) -> bytes:
    """The picture of a command's button as PNG.

    Args:
        size: its width and height in pixels.

    Raises:
        KeyError: the command has no button or no picture.
    """
    button = COMMANDS_BY_NAME[command].button
    if button is None:
        raise KeyError(command)
    tile = _COLOURS[button.group]
    white, cut = _DRAWN[command]
    return png([(_TILE, tile), *((shape, _WHITE) for shape in white), *((shape, tile) for shape in cut)], size)
