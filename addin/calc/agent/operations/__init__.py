"""Everything that can be asked of the office program, by name."""

from . import books, cells, choices, looks, program, sheets, tables, together
from .registry import OPERATIONS, Refused

__all__ = ["OPERATIONS", "Refused", "books", "cells", "choices", "looks", "program", "sheets", "tables", "together"]
