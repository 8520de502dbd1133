"""What can be said of a workbook without saying anything that stands in it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from addin.frontends.status_line import Point
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.versions import kept_states
from workbook.model.errors import ChampionsError
from workbook.model.registers import BY_TABLE, LISTS_BY_TABLE, OPTIONAL
from workbook.model.snapshot import Snapshot, TableData

#: Excel itself opens no workbook with a longer path, whatever the disk allows.
_LONGEST_PATH = 218


@dataclass(frozen=True)
class TableShape:
    """The shape of one of our tables.

    Attributes:
        there: whether the workbook has it.
        usual_sheet: whether it stands on the sheet that it is made on.
        rows: how many entries it has.
        missing: declared columns that it lacks, by their declared headers.
        own_columns: how many columns people added; their headers are their own and are not told.
        unread: how many cells of each declared column could not be read.
    """

    table: str
    there: bool
    usual_sheet: bool = True
    named: bool = True
    header_row: int = 0
    rows: int = 0
    missing: tuple[str, ...] = ()
    own_columns: int = 0
    unread: tuple[tuple[str, int], ...] = ()


def examine_book(path: Path) -> list[Point]:
    """Whether a workbook can be read and written, and is whole. Nothing is changed."""
    points = list(_place(path))
    try:
        snapshot = ClosedHost(path).read()
    except ChampionsError as error:
        return [*points, Point(False, error.what, error.next_step, error.in_terminal)]
    points.append(Point(True, f"{len(snapshot.tables)} of our tables, {sum(_sizes(snapshot))} entries."))
    points += _tables(snapshot)
    points.append(Point(True, f"Earlier states kept beside it: {len(kept_states(path))}."))
    return points


def structure_of(path: Path) -> tuple[list[TableShape], dict[str, str]]:
    """The shape of every table that a workbook should have, and facts about the file; never a name that people gave.

    Raises:
        ChampionsError: it can't be read.
    """
    snapshot = ClosedHost(path).read()
    shapes = [_shape(name, snapshot.tables.get(name)) for name in BY_TABLE]
    shapes += [
        replace(_shape(name, snapshot.list_tables.get(name)), rows=len(snapshot.lists[name])) for name in LISTS_BY_TABLE
    ]
    changed = sum(t.changed for t in snapshot.thresholds.values())
    facts = {
        "size in bytes": str(path.stat().st_size),
        "days counted from 1904": "yes" if snapshot.date_1904 else "no",
        "layout version": _number(snapshot.properties.get("Champions layout version", "")),
        "thresholds changed": str(changed),
        "settings found": str(len(snapshot.setting_rows)),
        "earlier states kept": str(len(kept_states(path))),
    }
    return shapes, facts


def _shape(name: str, data: TableData | None) -> TableShape:
    if data is None:
        return TableShape(name, there=False)
    unread = Counter(problem.column.header for problem in data.problems if not problem.usable)
    register = BY_TABLE.get(name)
    usual = (register.sheet, register.former_sheet) if register is not None else (data.sheet,)
    return TableShape(
        table=name,
        there=True,
        usual_sheet=data.sheet in usual,
        named=data.named,
        header_row=data.header_row,
        rows=len(data.rows),
        missing=tuple(column.header for column in data.missing),
        own_columns=len(data.unknown),
        unread=tuple(sorted(unread.items())),
    )


def _place(path: Path) -> Iterator[Point]:
    if not path.exists():
        return
    if len(str(path.resolve())) > _LONGEST_PATH:
        yield Point(
            False,
            f"The path of the workbook has {len(str(path.resolve()))} characters; Excel opens none of more than "
            f"{_LONGEST_PATH}.",
            "Move it to a folder nearer to the top, or give shorter names.",
        )
    if not os.access(path, os.W_OK):
        yield Point(False, "The workbook is write-protected.", "Take the protection off, or work on a copy.")
    if not os.access(path.parent, os.W_OK):
        yield Point(False, "Nothing may be written to the workbook's folder.", "Move it to a folder of your own.")


def _tables(snapshot: Snapshot) -> Iterator[Point]:
    missing = [name for name in snapshot.missing if name not in OPTIONAL]
    if missing:
        yield Point(False, f"Tables are missing: {', '.join(missing)}.", "Check entries says what to do about each.")
    for name, data in snapshot.tables.items():
        shape = _shape(name, data)
        if shape.missing:
            yield Point(False, f"{name} lacks columns: {', '.join(shape.missing)}.", "Check entries says what to do.")
        for header, count in shape.unread:
            yield Point(True, f"{name}, {header}: {count} {'cell' if count == 1 else 'cells'} can't be read.")


def _sizes(snapshot: Snapshot) -> Iterator[int]:
    return (len(data.rows) for data in snapshot.tables.values())


def _number(text: str) -> str:
    """A version as it stands; nothing else that somebody may have put there."""
    return text if text.replace(".", "").isdigit() else "unknown"
