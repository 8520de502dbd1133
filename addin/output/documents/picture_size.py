"""Whether a file is a whole PNG or JPEG picture that Word shows, and how many points it has."""

from __future__ import annotations

import struct
import zlib

#: Points of a picture that a page takes: along a side, and in all.
MOST_POINTS, MOST_IN_ALL = 10_000, 40_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_AT_ONCE = 1 << 20
#: Frames of JPEG that every program shows: baseline, extended, progressive.
_FRAMES = frozenset((0xC0, 0xC1, 0xC2))
_OTHER_FRAMES = frozenset(range(0xC0, 0xD0)) - _FRAMES - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, b"\xff\xd9"
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def size_of(content: bytes) -> tuple[int, int] | None:
    """How wide and high a picture is, in points; None where it is none of the two kinds, damaged or cut off.

    Args:
        content: the whole file.
    """
    try:
        if content.startswith(_PNG):
            return _png(content)
        return _jpeg(content) if content.startswith(_JPEG) else None
    except (struct.error, IndexError, zlib.error):
        return None


def with_jfif(content: bytes) -> bytes:
    """A picture that programs know by its beginning: some JPEGs, as of picture editors, begin with a mark of their own.

    Args:
        content: of a whole picture.
    """
    if not content.startswith(_JPEG) or content[6:10] in (b"JFIF", b"Exif"):
        return content
    return _JPEG + _JFIF + content[len(_JPEG) :]


def _png(content: bytes) -> tuple[int, int] | None:
    at, parts, head = len(_PNG), list[bytes](), b""
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        data = content[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", content, at + 8 + length)
        if check != zlib.crc32(kind + data) or (not head and kind != b"IHDR"):
            return None
        if kind == b"IHDR":
            head = data
        elif kind == b"IDAT":
            parts.append(data)
        elif kind == b"IEND":
            break
        at += 12 + length
    wide, high, depth, colours, _, _, woven = struct.unpack(">IIBBBBB", head)
    if not (wide and high and parts and colours in _CHANNELS):
        return None
    if wide > MOST_POINTS or high > MOST_POINTS or wide * high > MOST_IN_ALL:
        return wide, high
    rows = high * (1 + (wide * depth * _CHANNELS[colours] + 7) // 8)
    return (wide, high) if _unpacked(b"".join(parts), 2 * rows + 64) >= (0 if woven else rows) else None


def _unpacked(data: bytes, most: int) -> int:
    """How many bytes come out of a packed picture; -1 where it does not end, or there are too many."""
    inflate, count = zlib.decompressobj(), 0
    while not inflate.eof and count <= most:
        out = inflate.decompress(data, _AT_ONCE)
        data = inflate.unconsumed_tail
        if not out and not data:
            return -1
        count += len(out)
    return count if inflate.eof and count <= most else -1


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at, size = len(_JPEG), None
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            return None
        kind = content[at + 1]
        (length,) = struct.unpack_from(">H", content, at + 2)
        if kind in _OTHER_FRAMES or length < 2:
            return None
        if kind in _FRAMES:
            _, high, wide = struct.unpack_from(">BHH", content, at + 4)
            size = (wide, high)
        elif kind == _SCAN:
            break
        at += 2 + length
    whole = content.find(_END, at) >= 0 and size is not None and all(size)
    return size if whole else None
