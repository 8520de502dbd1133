"""The support file: structure only. Whoever reads it learns nothing that anybody entered, and no name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from addin.frontends.doctor.book import TableShape

if TYPE_CHECKING:
    from addin.frontends.doctor.part import Part

_HEAD = (
    "Champion Workbook: support file",
    "It holds versions, names of our own tables and columns, and counts. It holds no entry of yours, no name of a",
    "sheet, column or file that you gave, and nobody's name. Read it before you send it: it is plain text.",
)


def support_text(
    parts: Sequence[Part],
    libraries: Mapping[str, str],
    *,
    structure: tuple[Sequence[TableShape], Mapping[str, str]] | None,
    unread: str = "",
    private: Mapping[str, str],
    now: dt.datetime,
) -> str:
    """The file's text.

    Args:
        parts: what was found about the program and the ribbon; about the workbook only `structure` is told.
        structure: of the workbook, if one was named and could be read.
        unread: the kind of error, if it could not.
        private: texts that must not be told, such as the home folder, each with what stands for it.
    """
    lines = [*_HEAD, f"Written {now.isoformat(timespec='minutes')}", ""]
    for part in parts:
        lines.append(part.title)
        lines += [f"  {'ok' if point.well else '!!'} {_without(point.words, private)}" for point in part.points]
        lines.append("")
    lines += ["Libraries", *(f"  {name} {found or 'missing'}" for name, found in sorted(libraries.items())), ""]
    if unread:
        lines += ["Workbook", f"  can't be read: {unread}"]
    if structure is not None:
        shapes, facts = structure
        lines += ["Workbook", *(f"  {name}: {value}" for name, value in facts.items()), "", "Tables"]
        lines += [line for shape in shapes for line in _shape(shape)]
    return "\n".join(lines) + "\n"


def private_texts(home: Path, user: str) -> dict[str, str]:
    """What would tell who sits at the computer: the home folder and the account's name."""
    texts = {str(home): "~"}
    if user:
        texts[user] = "USER"
    return texts


def _without(words: str, private: Mapping[str, str]) -> str:
    for text in sorted(private, key=len, reverse=True):
        words = words.replace(text, private[text])
    return words


def _shape(shape: TableShape) -> Iterator[str]:
    if not shape.there:
        yield f"  {shape.table}: missing"
        return
    notes = [f"{shape.rows} rows", f"header in row {shape.header_row}"]
    if not shape.usual_sheet:
        notes.append("on another sheet than it was made on")
    if not shape.named:
        notes.append("recognised by its headers")
    if shape.own_columns:
        notes.append(f"{shape.own_columns} columns of people's own")
    yield f"  {shape.table}: {', '.join(notes)}"
    if shape.missing:
        yield f"    lacks: {', '.join(shape.missing)}"
    for header, count in shape.unread:
        yield f"    unread in {header}: {count}"
