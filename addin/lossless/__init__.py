"""Lossless, atomic writing into .xlsx and .xlsm files that belong to people.

Only the parts of the package that must change are rewritten, and within them only the cells that must; every other
part keeps its compressed bytes. Nothing here knows what the workbook is about.

    book = Book(path.read_bytes())
    table = book.table("Orders")
    book.set_cell(table.sheet, 7, 3, "paid")
    with locked(path, holder="Office"):
        save(path, book, expected=FileState.of(path))
"""

from addin.lossless.book import Book
from addin.lossless.cells import ErrorValue, Value
from addin.lossless.errors import Busy, Damaged, LosslessError, NotWritable, Refused, Replaced
from addin.lossless.locking import locked
from addin.lossless.saving import FileState, save
from addin.lossless.tables import Region

__all__ = [
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
    "locked",
    "save",
]
