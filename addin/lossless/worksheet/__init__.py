"""One worksheet: its rows, cells, styles, texts, tables and layout."""

from addin.lossless.worksheet.layout import links

__all__ = ["links"]
