"""The members of a zip package: what its table of contents says of each, and its content as it is unpacked."""

from __future__ import annotations

import zlib
from typing import NamedTuple, Self

from addin.lossless.opc.errors import Damaged, Refused

STORED, DEFLATED = 0, 8
#: How many packed bytes are handed to the unpacker at once.
_FEED = 1 << 16


class Entry(NamedTuple):
    """One member of the package, as its central directory describes it."""

    name: str
    raw_name: bytes
    made_by: int
    needs: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    compressed: int
    size: int
    internal: int
    external: int
    offset: int
    extra: bytes = b""
    comment: bytes = b""


class PartStream:
    """The content of a part, never more than its entry says; its checksum is compared at its end.

    Args:
        entry: the part.
        raw: its packed bytes.
    """

    def __init__(self, entry: Entry, raw: memoryview) -> None:
        if entry.method not in {STORED, DEFLATED}:
            raise Refused(f"The part {entry.name} is packed by a method that workbooks don't use.")
        self._entry, self._raw = entry, raw
        self._unpack = zlib.decompressobj(-15) if entry.method == DEFLATED else None
        self._at = self._given = self._crc = 0
        self._waiting = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._raw = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer only at the part's end; all that is left where the size is negative.

        Args:
            size: how many bytes, unpacked.

        Raises:
            Damaged: the part's bytes can't be unpacked, or don't fit its size and checksum.
        """
        left = self._entry.size - self._given
        wanted = left if size < 0 else min(size, left)
        pieces, length = list[bytes](), 0
        while length < wanted and (piece := self._next(wanted - length)):
            pieces.append(piece)
            length += len(piece)
            self._crc = zlib.crc32(piece, self._crc)
        self._given += length
        if length < wanted or (self._given == self._entry.size and not self._is_whole()):
            raise Damaged(f"The part {self._entry.name} does not fit its checksum.")
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _next(self, most: int) -> bytes:
        """Some bytes more, at most so many; none at the end."""
        if self._unpack is None:
            piece = bytes(self._raw[self._at : self._at + most])
            self._at += len(piece)
            return piece
        while not self._unpack.eof:
            packed = self._waiting or self._raw[self._at : self._at + _FEED]
            if not self._waiting:
                self._at += len(packed)
            try:
                piece = self._unpack.decompress(packed, most) if packed else self._unpack.flush()
            except zlib.error as error:
                raise Damaged(f"The part {self._entry.name} can't be unpacked.") from error
            self._waiting = self._unpack.unconsumed_tail
            if piece or not packed:
                return piece
        return b""

    def _is_whole(self) -> bool:
        return self._crc == self._entry.crc and not self._next(1)
