"""Draws small pictures of a few shapes, as PNG: the same bytes on every machine, without a library.

A shape says how far a point is from its edge, inside less than nothing; so its edges come out smooth in any size.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

#: A shape is drawn on a square of this many units.
UNITS = 16
Point = tuple[float, float]
Colour = tuple[int, int, int]


class Shape(Protocol):
    """Something that can be painted."""

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the edge, in units; negative within."""
        ...


@dataclass(frozen=True)
class Line:
    """A stroke with round ends through points."""

    points: tuple[Point, ...]
    width: float

    def distance(self, x: float, y: float) -> float:
        return min(_to_segment(x, y, a, b) for a, b in pairwise(self.points)) - self.width / 2


@dataclass(frozen=True)
class Disc:
    """A disc."""

    centre: Point
    radius: float

    def distance(self, x: float, y: float) -> float:
        return _length(x - self.centre[0], y - self.centre[1]) - self.radius


@dataclass(frozen=True)
class Box:
    """A rectangle with round corners."""

    left: float
    top: float
    right: float
    bottom: float
    radius: float = 0

    def distance(self, x: float, y: float) -> float:
        across = abs(x - (self.left + self.right) / 2) - (self.right - self.left) / 2 + self.radius
        down = abs(y - (self.top + self.bottom) / 2) - (self.bottom - self.top) / 2 + self.radius
        outside = _length(max(across, 0), max(down, 0))
        return outside + min(max(across, down), 0) - self.radius


@dataclass(frozen=True)
class Polygon:
    """A filled shape between corners."""

    corners: tuple[Point, ...]

    def distance(self, x: float, y: float) -> float:
        sides = [*pairwise(self.corners), (self.corners[-1], self.corners[0])]
        near = min(_to_segment(x, y, a, b) for a, b in sides)
        crossed = sum(
            (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] for a, b in sides
        )
        return -near if crossed % 2 else near


def arc(centre: Point, radius: float, start: int, end: int, width: float) -> Line:
    """A stroke along a circle, from one angle to another in degrees, clockwise from the right."""
    steps = max(abs(end - start) // 15, 1)
    angles = (math.radians(start + (end - start) * n / steps) for n in range(steps + 1))
    # Rounded, since the last digit of a sine differs between machines.
    points = ((round(centre[0] + radius * math.cos(a), 6), round(centre[1] + radius * math.sin(a), 6)) for a in angles)
    return Line(tuple(points), width)


def png(painted: Sequence[tuple[Shape, Colour]], size: int) -> bytes:
    """A picture of shapes, each over those before it, on nothing.

    Args:
        size: its width and height in pixels.
    """
    rows = bytearray()
    for row in range(size):
        rows.append(0)  # PNG's filter "none"
        for column in range(size):
            rows += _pixel(painted, column, row, size / UNITS)
    header = struct.pack(">2I5B", size, size, 8, 6, 0, 0, 0)
    # Not packed: how tightly that is done differs between machines, and the extension packs it.
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _pixel(painted: Sequence[tuple[Shape, Colour]], column: int, row: int, scale: float) -> bytes:
    x, y = (column + 0.5) / scale, (row + 0.5) / scale
    red, green, blue, seen = 0.0, 0.0, 0.0, 0.0
    for shape, colour in painted:
        covered = min(max(0.5 - shape.distance(x, y) * scale, 0.0), 1.0)
        red, green, blue = (
            c * covered + old * (1 - covered) for c, old in zip(colour, (red, green, blue), strict=True)
        )
        seen = covered + seen * (1 - covered)
    if not seen:
        return bytes(4)
    return bytes((round(red / seen), round(green / seen), round(blue / seen), round(seen * 255)))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _to_segment(x: float, y: float, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    square = across * across + down * down
    along = ((x - start[0]) * across + (y - start[1]) * down) / square if square else 0.0
    along = min(max(along, 0.0), 1.0)
    return _length(x - start[0] - along * across, y - start[1] - along * down)


def _length(x: float, y: float) -> float:
    return math.sqrt(x * x + y * y)
