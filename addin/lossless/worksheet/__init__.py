"""One worksheet: its rows, cells, styles, texts, tables and layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.lossless.opc.late_names import late_names

if TYPE_CHECKING:
    from addin.lossless.worksheet.layout import links

__all__ = [
    "links",
]

__getattr__ = late_names(
    __name__,
    {
        "layout": "links",
    },
)
