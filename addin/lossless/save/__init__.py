"""The file on the disk: locked, kept, replaced in one step, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.lossless.opc.late_names import late_names

if TYPE_CHECKING:
    from addin.lossless.save.backups import keep, rewrite, settle, thin
    from addin.lossless.save.disk import add_to, make_folder, short, write_whole
    from addin.lossless.save.locking import Held
    from addin.lossless.save.saving import Ready, book_bytes

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

__getattr__ = late_names(
    __name__,
    {
        "backups": "keep rewrite settle thin",
        "disk": "add_to make_folder short write_whole",
        "locking": "Held",
        "saving": "Ready book_bytes",
    },
)
