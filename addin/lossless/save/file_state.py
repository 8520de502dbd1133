"""A file as it was at one moment, and a digest of its content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from addin.lossless.opc.errors import NotWritable
from addin.lossless.opc.plain_files import open_plain
from addin.lossless.save.in_use import refuse_if_away


class FileState(NamedTuple):
    """A file as it was at one moment, to tell whether another program has replaced it since."""

    size: int
    modified: int
    inode: int
    digest: str

    @classmethod
    def of(cls, path: Path) -> tuple[FileState, bytes]:
        """The state of a file and its content.

        >>> state, data = FileState.of(Path("orders.xlsx"))
        >>> state.size == len(data)
        True

        Args:
            path: the file.

        Raises:
            NotWritable: it can't be read.
            NotDownloaded: its content is not on this computer.
        """
        refuse_if_away(path)
        try:
            with open_plain(path) as file:
                info = os.fstat(file.fileno())
                data = file.read()
        except OSError as error:
            raise NotWritable(
                f"{path.name} can't be read ({error.strerror}).",
                "See that the folder can be reached, or ask for the right to read it.",
            ) from error
        return cls(info.st_size, info.st_mtime_ns, info.st_ino, digest_of(data)), data

    def fits(self, info: os.stat_result) -> bool:
        """Whether a file looks the same still, without reading it.

        Args:
            info: as `os.stat` gives it.
        """
        return (self.size, self.modified, self.inode) == (info.st_size, info.st_mtime_ns, info.st_ino)


def digest_of(data: bytes) -> str:
    """A digest of a file's content.

    >>> digest_of(b"")
    'cae66941d9efbd404e4d88758ea67670'

    Args:
        data: the whole content.
    """
    return hashlib.blake2b(data, digest_size=16).hexdigest()
