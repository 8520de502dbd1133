"""Writes a whole file in one step: beside its place first, read back, then put there."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from workbook.model.errors import BookNotWritable


def write_new(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Writes a file.

    Args:
        path: the file; its folder is made where it is missing.
        content: the whole file.
        replace: whether a file of that name may be replaced.

    Raises:
        BookNotWritable: it exists and may not be replaced, or it can't be written. Nothing was changed.
    """
    if path.exists() and not replace:
        raise BookNotWritable(
            "There is a file of that name already.", where=str(path), next_step="Give another name, or move it away."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".champions-", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if beside.read_bytes() != content:
                raise OSError("what was written reads back differently")
            with suppress(OSError):  # some disks know no permissions
                beside.chmod(0o666 & ~umask())
            beside.replace(path)
        finally:
            with suppress(OSError):  # once the file stands, no word of failure would be true
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise BookNotWritable(
            f"The file could not be written: {error.strerror or error}.",
            where=str(path),
            next_step="Choose a folder you may write to.",
        ) from error


def umask() -> int:
    """The permissions that this process leaves out of files it makes."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
