"""The lists of a run, each read with the mapping file that is named, or else kept, for its headers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.intake.looking import Looking, SheetsFit
from addin.intake.maps import NO_MAP, UsedMap, find_map, read_map
from addin.intake.opening import read_source
from workbook.intake.headers import fold_header
from workbook.intake.matching import SourceMap, known_words
from workbook.intake.source import Source
from workbook.model.declare import Register
from workbook.model.errors import SourceUnusable
from workbook.model.registers import SupportLog

#: A larger list is not looked into before it is said where its entries go.
_LOOKED_INTO = 4 << 20


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


def by_fit(registers: Sequence[type[Register]], path: Path) -> list[type[Register]]:
    """The registers, those first to whose headings a list's are likest.

    Args:
        registers: those that may be meant.
        path: the list.

    Raises:
        SourceUnusable: the list can't be read.
    """
    if path.stat().st_size > _LOOKED_INTO:
        return list(registers)
    try:
        headers = {fold_header(h) for h in read_source(path, Looking(SupportLog)).headers}
    except SheetsFit:
        return list(registers)
    return sorted(registers, key=lambda r: -len(headers & known_words(r)))


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
