"""A zip file of unpacked members, written in one go; the standard library's imports much that is not needed for it."""

from __future__ import annotations

import struct
import zlib
from typing import Protocol

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_NEEDS, _UTF8 = 20, 0x800
#: 1 January 1980, the first day that a zip file knows.
_DAY = 0x21


class _Out(Protocol):
    def write(self, data: bytes, /) -> object: ...


class StoredZip:
    """Writes members one after another. All of it must stay below 4 GB and 65,535 members, as its callers see to.

    Args:
        out: takes the bytes.
    """

    def __init__(self, out: _Out) -> None:
        self._out, self._at = out, 0
        self._directory: list[bytes] = []

    def add(self, name: str, data: bytes) -> None:
        """Writes a member.

        Args:
            name: of the member, with slashes.
            data: its content.
        """
        raw = name.encode()
        told = (_NEEDS, _UTF8, 0, 0, _DAY, zlib.crc32(data), len(data), len(data), len(raw), 0)
        self._directory.append(_CENTRAL.pack(b"PK\1\2", _NEEDS, *told, 0, 0, 0, 0, self._at) + raw)
        head = _LOCAL.pack(b"PK\3\4", *told) + raw
        self._out.write(head)
        self._out.write(data)
        self._at += len(head) + len(data)

    def finish(self) -> None:
        """Writes the table of contents."""
        directory, count = b"".join(self._directory), len(self._directory)
        self._out.write(directory + _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), self._at, 0))
