"""The file on the disk: locked, kept, replaced in one step, read back."""

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
