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

from typing import TYPE_CHECKING

from addin.lossless.opc.late_names import late_names

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

__getattr__ = late_names(
    __name__,
    {
        "edit.book": "Book",
        "opc.cells": "ErrorValue Value",
        "opc.errors": "Busy Damaged LosslessError NotDownloaded NotWritable Refused Replaced",
        "opc.plain_files": "NotPlain open_plain read_plain refuse_strange",
        "save.backups": "Backups Kept content_of files_kept kept",
        "save.file_state": "digest_of FileState",
        "save.in_use": "refuse_if_away",
        "save.locking": "locked tidy",
        "save.saving": "Saved save_book save_bytes",
        "worksheet.tables": "Region",
    },
)
