"""A workbook that is changed: all that follows when a cell, table or sheet does."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addin.lossless.edit.growth import Body, add_table
    from addin.lossless.edit.removing import content_beside_tables
    from addin.lossless.edit.text_replacement import Found, Keeps, Replaced, Span, cells_of_strings, replace_text

#: Where each name of this face is declared.
_DECLARED_IN = {
    "Body": "growth",
    "add_table": "growth",
    "content_beside_tables": "removing",
    "Found": "text_replacement",
    "Keeps": "text_replacement",
    "Replaced": "text_replacement",
    "Span": "text_replacement",
    "cells_of_strings": "text_replacement",
    "replace_text": "text_replacement",
}
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


def __getattr__(name: str) -> Any:
    """Loads a module when the first of its names is asked for: looking at a workbook needs few of them."""
    if name not in _DECLARED_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_DECLARED_IN[name]}"), name)
    return value
