"""Lossless, atomic writing into .xlsx and .xlsm files that belong to people.

Only the parts of the package that must change are rewritten, and within them only the cells that must; every other
part keeps its compressed bytes. Nothing here knows what the workbook is about.

    with locked(path, holder="Office", now=time.time()) as held:
        state, data = FileState.of(path)
        book = Book(data)
        book.set_cell(book.table("Orders").sheet, 7, 3, "paid")
        save_book(path, book, expected=state, backups=None, ready=lambda _: held.confirm())
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addin.lossless.edit.book import Book
    from addin.lossless.opc.cells import ErrorValue, Value
    from addin.lossless.opc.errors import Busy, Damaged, LosslessError, NotDownloaded, NotWritable, Refused, Replaced
    from addin.lossless.opc.plain_files import NotPlain, open_plain, read_plain, refuse_strange
    from addin.lossless.save.backups import Backups, Kept, content_of, files_kept, kept
    from addin.lossless.save.file_state import FileState, digest_of
    from addin.lossless.save.in_use import refuse_if_away
    from addin.lossless.save.locking import locked, tidy
    from addin.lossless.save.saving import Saved, save_book, save_bytes
    from addin.lossless.worksheet.tables import Region

#: Where each name of this face is declared.
_DECLARED_IN = {
    "Book": "edit.book",
    "ErrorValue": "opc.cells",
    "Value": "opc.cells",
    "Busy": "opc.errors",
    "Damaged": "opc.errors",
    "LosslessError": "opc.errors",
    "NotDownloaded": "opc.errors",
    "NotWritable": "opc.errors",
    "Refused": "opc.errors",
    "Replaced": "opc.errors",
    "NotPlain": "opc.plain_files",
    "open_plain": "opc.plain_files",
    "read_plain": "opc.plain_files",
    "refuse_strange": "opc.plain_files",
    "Backups": "save.backups",
    "Kept": "save.backups",
    "content_of": "save.backups",
    "digest_of": "save.file_state",
    "files_kept": "save.backups",
    "kept": "save.backups",
    "refuse_if_away": "save.in_use",
    "locked": "save.locking",
    "tidy": "save.locking",
    "FileState": "save.file_state",
    "Saved": "save.saving",
    "save_book": "save.saving",
    "save_bytes": "save.saving",
    "Region": "worksheet.tables",
}
__all__ = [
    "Backups",
    "Book",
    "Busy",
    "Damaged",
    "ErrorValue",
    "FileState",
    "Kept",
    "LosslessError",
    "NotDownloaded",
    "NotPlain",
    "NotWritable",
    "Refused",
    "Region",
    "Replaced",
    "Saved",
    "Value",
    "content_of",
    "digest_of",
    "files_kept",
    "kept",
    "locked",
    "open_plain",
    "read_plain",
    "refuse_if_away",
    "refuse_strange",
    "save_book",
    "save_bytes",
    "tidy",
]


def __getattr__(name: str) -> Any:
    """Loads a module when the first of its names is asked for: looking at a workbook needs few of them."""
    if name not in _DECLARED_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_DECLARED_IN[name]}"), name)
    return value
