"""The lists of a run, each read with the mapping file that is named, or else kept, for its headers."""

from __future__ import annotations

from pathlib import Path

from addin.intake.looking import Looking
from addin.intake.maps import NO_MAP, UsedMap, find_map, read_map
from addin.intake.opening import read_source
from workbook.intake.matching import SourceMap
from workbook.intake.source import Source
from workbook.model.declare import Register
from workbook.model.errors import SourceUnusable


def gathered(
    book: Path, register: type[Register], path: Path, *, named: str = "", sheet: str = ""
) -> tuple[Source, SourceMap]:
    """A list, and what its mapping file says.

    Args:
        book: the workbook; mapping files that were kept lie beside it.
        register: where the entries go.
        path: the list.
        named: a mapping file that a person named; '' for none.
        sheet: the sheet that a person named; '' for none.

    Raises:
        SourceUnusable: the list or the mapping file can't be used.
    """
    used = read_map(Path(named), register) if named else NO_MAP
    source = read_source(path, _looking(register, used, sheet))
    if not named and (kept := find_map(book, register, source)) is not None:
        used, source = kept, read_source(path, _looking(register, kept, sheet))
    return source, used.mapping


def refuse_itself(book: Path, path: Path) -> None:
    """Refuses the workbook as a source of its own.

    Raises:
        SourceUnusable: the two are one file.
    """
    if path.exists() and book.exists() and path.samefile(book):
        raise SourceUnusable(
            "This is the workbook itself; its entries are in it.",
            where=path.name,
            next_step="Name the file whose entries are to come in.",
        )


def _looking(register: type[Register], used: UsedMap, sheet: str) -> Looking:
    return Looking(register, used.mapping, sheet or used.sheet, used.header_row, used.encoding, used.separator)
