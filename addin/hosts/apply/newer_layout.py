"""A workbook of a later layout than this program knows: it is read, and nothing is written into it."""

from __future__ import annotations

from workbook.blueprint.layout import LAYOUT_VERSION
from workbook.model.errors import BookNotWritable
from workbook.model.snapshot import LAYOUT_PROPERTY, Snapshot, is_newer


def refuse_newer(snapshot: Snapshot) -> None:
    """Refuses to write into a workbook of a later layout.

    Args:
        snapshot: the workbook.

    Raises:
        BookNotWritable: it is of a later one.
    """
    if is_newer(snapshot, LAYOUT_VERSION):
        raise BookNotWritable(
            f"This workbook is of layout {snapshot.properties[LAYOUT_PROPERTY]}; this program knows layouts up to "
            f"{LAYOUT_VERSION}. It can be looked at, but nothing is written into it.",
            where=snapshot.name,
            next_step="Install the newest version of the program, then try again.",
        )
