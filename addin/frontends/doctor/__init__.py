"""Finds out what is installed and what is wrong with it, and writes a support file without anybody's entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from addin.frontends.doctor.book import examine_book, structure_of
from addin.frontends.doctor.part import Part
from addin.frontends.doctor.program import examine_program, libraries
from addin.frontends.doctor.ribbon import examine_ribbon
from addin.frontends.doctor.support import support_text
from addin.frontends.doctor.toolbar import examine_toolbar
from addin.frontends.status_line import Point


def examine(book: Path | None) -> tuple[Part, ...]:
    """Looks at the program, the ribbon, the toolbar and, if one is named, a workbook. Nothing is changed."""
    looks: list[tuple[str, Callable[[], Sequence[Point]]]] = [
        ("The program", examine_program),
        ("Excel's ribbon", examine_ribbon),
        ("LibreOffice's toolbar", examine_toolbar),
    ]
    if book is not None:
        looks.append(("The workbook", lambda: examine_book(book)))
    return tuple(Part(title, tuple(look())) for title, look in looks)


__all__ = ["Part", "examine", "libraries", "structure_of", "support_text"]
