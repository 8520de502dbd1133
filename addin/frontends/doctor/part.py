"""What was found out about one thing."""

from __future__ import annotations

from dataclasses import dataclass

from addin.frontends.status_line import Point


@dataclass(frozen=True)
class Part:
    """What was found out about one thing, under a heading."""

    title: str
    points: tuple[Point, ...]

    @property
    def well(self) -> bool:
        """Whether nothing must be fixed."""
        return all(point.well for point in self.points)
