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

from typing import TYPE_CHECKING, Any

from addin.lossless.opc.cells import ErrorValue, Value
from addin.lossless.opc.errors import Busy, Damaged, LosslessError, NotDownloaded, NotWritable, Refused, Replaced
from addin.lossless.opc.plain_files import NotPlain, open_plain, read_plain, refuse_strange
from addin.lossless.save.backups import Backups, Kept, content_of, digest_of, files_kept, kept
from addin.lossless.save.in_use import refuse_if_away
from addin.lossless.save.locking import locked, tidy
from addin.lossless.save.saving import FileState, Saved, save_book, save_bytes
from addin.lossless.worksheet.tables import Region

if TYPE_CHECKING:
    from addin.lossless.edit.book import Book

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
    """Loads what changes a workbook only where one is changed: looking at one needs none of it."""
    if name != "Book":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from addin.lossless.edit.book import Book

    return Book
