"""Lossless, atomic writing into .xlsx and .xlsm files that belong to people.

Only the parts of the package that must change are rewritten, and within them only the cells that must; every other
part keeps its compressed bytes. Nothing here knows what the workbook is about.

    with locked(path, holder="Office", now=time.time()):
        state, data = FileState.of(path)
        book = Book(data)
        book.set_cell(book.table("Orders").sheet, 7, 3, "paid")
        save(path, book, expected=state, backups=None)
"""

from addin.lossless.book import Book
from addin.lossless.cells import ErrorValue, Value
from addin.lossless.errors import Busy, Damaged, LosslessError, NotWritable, Refused, Replaced
from addin.lossless.locking import locked
from addin.lossless.saving import Backups, FileState, kept, save
from addin.lossless.tables import Region

__all__ = [
    "Backups",
    "Book",
    "Busy",
    "Damaged",
    "ErrorValue",
    "FileState",
    "LosslessError",
    "NotWritable",
    "Refused",
    "Region",
    "Replaced",
    "Value",
    "kept",
    "locked",
    "save",
]
