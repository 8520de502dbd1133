"""A workbook that is changed: all that follows when a cell, table or sheet does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.lossless.opc.late_names import late_names

if TYPE_CHECKING:
    from addin.lossless.edit.growth import Body, add_table
    from addin.lossless.edit.removing import content_beside_tables
    from addin.lossless.edit.text_replacement import Found, Keeps, Replaced, Span, cells_of_strings, replace_text

__all__ = [
    "Body",
    "Found",
    "Keeps",
    "Replaced",
    "Span",
    "add_table",
    "cells_of_strings",
    "content_beside_tables",
    "replace_text",
]

__getattr__ = late_names(
    __name__,
    {
        "growth": "Body add_table",
        "removing": "content_beside_tables",
        "text_replacement": "Found Keeps Replaced Span cells_of_strings replace_text",
    },
)
