"""The file on the disk: locked, kept, replaced in one step, read back."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addin.lossless.save.backups import keep, rewrite, settle, thin
    from addin.lossless.save.disk import add_to, make_folder, short, write_whole
    from addin.lossless.save.locking import Held
    from addin.lossless.save.saving import Ready, book_bytes

#: Where each name of this face is declared.
_DECLARED_IN = {
    "keep": "backups",
    "rewrite": "backups",
    "settle": "backups",
    "thin": "backups",
    "add_to": "disk",
    "make_folder": "disk",
    "short": "disk",
    "write_whole": "disk",
    "Held": "locking",
    "Ready": "saving",
    "book_bytes": "saving",
}
__all__ = [
    "Held",
    "Ready",
    "add_to",
    "book_bytes",
    "keep",
    "make_folder",
    "rewrite",
    "settle",
    "short",
    "thin",
    "write_whole",
]


def __getattr__(name: str) -> Any:
    """Loads a module when the first of its names is asked for: looking at a workbook needs few of them."""
    if name not in _DECLARED_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_DECLARED_IN[name]}"), name)
    return value
