"""Everything that can be asked of the office program, by name.

What means the same in all of them is described here alone:

Args:
    office: the office program.
    uid: the spreadsheet's id in this session, as `books` and `open_book` give it.
    sheet: a sheet's name.
    area: cells of that sheet: top, left, bottom and right, counted from 0, all four within it.

Raises:
    KeyError: the spreadsheet is open no more, or it has no such sheet; the caller is told `Missing`.
    Exception: what LibreOffice itself raises; the caller is told its name and its words.
"""

from . import books, cells, choices, looks, program, sheets, tables, together
from .registry import OPERATIONS, Refused

__all__ = ["OPERATIONS", "Refused", "books", "cells", "choices", "looks", "program", "sheets", "tables", "together"]
