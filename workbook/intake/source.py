"""A list as it was read from a file, before anything is understood, and by what one of its rows is known again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from workbook.model.cells import Cell, show, text_of
from workbook.model.light_dataclasses import dataclass, field

#: What a source was taken for.
CSV, WORKBOOK, OUR_WORKBOOK, WEB_FORM, SHEET_FORM = (
    "CSV",
    "Workbook",
    "Champion workbook",
    "Microsoft Forms",
    "Google Forms",
)
PROBLEMS = "Import problems"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a source.

    Attributes:
        number: as people see it in the source, from 1, the header's row counted.
        cells: one for each header; a row with more cells than headers has them in `beyond`.
        came: both as they came, where a forgotten name was replaced in them; None elsewhere.
    """

    number: int
    cells: tuple[Cell, ...]
    beyond: tuple[Cell, ...] = ()
    came: tuple[tuple[Cell, ...], tuple[Cell, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A list as it stands in a file.

    Attributes:
        file: the file's name.
        kind: what it was taken for.
        headers: as they stand there; '' for a blank one.
        rows: the entries; blank ones are left out.
        encoding, separator: of a text file.
        sheet: of a workbook.
        header_row: the row in which the headers stand, from 1.
        book_id: of a workbook of ours, its own id.
        own: of a workbook of ours, the ids that its tables hold, each with the name beside it.
        technical: the columns that the form's service fills in itself, by their place.
        remarks: what a person should know of how it was read.
    """

    file: str
    kind: str
    headers: tuple[str, ...]
    rows: Sequence[SourceRow]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header_row: int = 1
    book_id: str = ""
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    technical: frozenset[int] = frozenset()
    remarks: tuple[str, ...] = ()


def as_came(cell: Cell) -> str:
    """A cell as it enters a row's mark: the same for a list as text and as a workbook wherever that can be."""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return text_of(cell) or show(cell)


def mark_of(salt: str, cells: Iterable[tuple[str, Cell]]) -> str:
    """By what a row is known again, whatever order its columns come in; nobody can read the row from it.

    Args:
        salt: of the workbook, so that what stands in one can't be guessed by trying names.
        cells: each with its header; blank ones count for nothing.
    """
    said = sorted(f"{header}\x1f{words}" for header, cell in cells if (words := as_came(cell)))
    return digest(salt, "\x1e".join(said))


def digest(salt: str, text: str) -> str:
    """A salted digest, 24 signs long."""
    key = salt.encode()[:64]
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12, key=key).hexdigest()
