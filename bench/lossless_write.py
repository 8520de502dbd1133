"""The same with our own writer: 200 cells and 300 findings, written, read back, compared, kept: WORKBOOK.xlsx."""

import datetime as dt
import sys
import time
from pathlib import Path

from addin.lossless import Backups, Book, FileState, locked, save_book
from addin.lossless.edit.growth import Body

path = Path(sys.argv[1])
with locked(path, holder="bench", now=time.time()):
    state, data = FileState.of(path)
    book = Book(data)
    log, checks = book.table("SupportLog"), book.table("Checks")
    for row in range(log.header_row + 1, log.header_row + 201):
        book.set_cell(log.sheet, row, log.last_column, "Please look at the date.")
    columns = range(checks.columns)
    book.replace_body(checks, Body(columns, [["Please look"] * checks.columns] * 300, entries=0))
    save_book(path, book, expected=state, backups=Backups(path.parent / "kept", dt.datetime.now(dt.UTC)))
