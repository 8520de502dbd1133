"""One worksheet: its rows, cells, styles, texts, tables and layout."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addin.lossless.worksheet.layout import links

#: Where each name of this face is declared.
_DECLARED_IN = {
    "links": "layout",
}
__all__ = [
    "links",
]


def __getattr__(name: str) -> Any:
    """Loads a module when the first of its names is asked for: looking at a workbook needs few of them."""
    if name not in _DECLARED_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_DECLARED_IN[name]}"), name)
    return value
