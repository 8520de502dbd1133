"""A zip package of which any part can be replaced, while the rest keeps its compressed bytes.

The standard library's zipfile can't copy a member without inflating it, so the container is read and written here:
central directory, zip64 forms and data descriptors in, plain local headers out.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from addin.lossless.opc.bounds import refuse_swollen
from addin.lossless.opc.errors import Damaged, Refused
from addin.lossless.opc.part_names import part_key
from addin.lossless.opc.zip_entries import DEFLATED, Entry, PartStream

_EOCD = struct.Struct("<4s4H2LH")
_EOCD64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL = 0xFFFFFFFF
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: No part of a workbook that people keep by hand is larger; a zip bomb is.
LARGEST_PART = 1 << 30
#: From this size on, a part is deflated for speed: level 6 takes three times as long for a tenth less.
_LARGE = 1 << 20
_UNICODE_NAME = 0x7075
_SAVE_ANEW = "Open it in Excel, choose Save as with another name, and use that file."

Content = bytes | Sequence[bytes | memoryview]


class Package:
    """The parts of a zip package. A part is found whatever the case of its name, as programs do.

    >>> package = Package(Path("orders.xlsx").read_bytes())
    >>> package.name_of("XL/Workbook.xml")
    'xl/workbook.xml'
    >>> package.read("xl/workbook.xml")[:5]
    b'<?xml'

    Attributes:
        entries: the parts by their names as they are written.

    Args:
        data: the whole file.

    Raises:
        Damaged: it isn't a whole zip file, or programs would differ about what is in it.
        Refused: it is encrypted, or too large to be a workbook.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        count, size, offset, self.comment = _end(data)
        self.entries: dict[str, Entry] = {}
        self._names: dict[str, str] = {}
        for entry in _directory(data, count, offset, offset + size):
            known = self._names.setdefault(part_key(entry.name), entry.name)
            if entry.name in self.entries:
                raise Damaged(f"The file holds two parts named {entry.name}.", _SAVE_ANEW)
            if known != entry.name:
                raise Damaged(
                    f"The file holds two parts whose names mean the same, {known} and {entry.name}; which of them "
                    "counts can't be known.",
                    _SAVE_ANEW,
                )
            self.entries[entry.name] = entry
        self._refuse_ambiguous(offset)

    def _refuse_ambiguous(self, end: int) -> None:
        """Refuses parts that lie over each other, or that call themselves something else where they stand."""
        at, before = 0, ""
        for entry in sorted(self.entries.values(), key=lambda e: e.offset):
            if entry.offset < at:
                raise Damaged(f"The parts {before} and {entry.name} lie over each other in the file.", _SAVE_ANEW)
            head = self._local(entry)
            start = entry.offset + _LOCAL.size
            same_name = self.data[start : start + head[9]] == entry.raw_name
            if not same_name or head[3] != entry.method or _is_renamed(entry):
                raise Damaged(f"The part {entry.name} is something else where it stands in the file.", _SAVE_ANEW)
            at, before = start + head[9] + head[10] + entry.compressed, entry.name
        if at > end:
            raise Damaged(f"The part {before} is cut off.")

    def __contains__(self, name: str) -> bool:
        return name in self.entries or part_key(name) in self._names

    def name_of(self, name: str) -> str:
        """A part's name as it is written in the package; the name itself where there is no such part.

        Args:
            name: a part's, in whatever case.
        """
        return name if name in self.entries else self._names.get(part_key(name), name)

    def raw(self, name: str) -> memoryview:
        """The compressed bytes of a part.

        Args:
            name: a part's, in whatever case.

        Raises:
            KeyError: there is no such part.
            Damaged: it is cut off.
        """
        entry = self.entries[self.name_of(name)]
        head = self._local(entry)
        start = entry.offset + _LOCAL.size + head[9] + head[10]
        if start + entry.compressed > len(self.data):
            raise Damaged(f"The part {name} is cut off.")
        return memoryview(self.data)[start : start + entry.compressed]

    def local_extra(self, name: str) -> bytes:
        """The extra fields of a part's local header, without those that hold sizes.

        Args:
            name: a part's, as `entries` has it.

        Raises:
            KeyError: there is no such part.
        """
        entry = self.entries[name]
        head = self._local(entry)
        start = entry.offset + _LOCAL.size + head[9]
        return _without_zip64(self.data[start : start + head[10]])

    def _local(self, entry: Entry) -> tuple[Any, ...]:
        if entry.offset + _LOCAL.size > len(self.data):
            raise Damaged(f"The part {entry.name} is cut off.")
        head = _LOCAL.unpack_from(self.data, entry.offset)
        if head[0] != b"PK\3\4":
            raise Damaged(f"The part {entry.name} is not where the file says.")
        return head

    def refuse_swollen(self, name: str) -> None:
        """Refuses a part that would become very much larger than it is.

        Args:
            name: a part's, in whatever case; of one that is not there nothing is said.

        Raises:
            Refused: it would.
        """
        entry = self.entries.get(self.name_of(name))
        if entry is not None:
            refuse_swollen(entry.name, entry.compressed, entry.size)

    def stream(self, name: str) -> PartStream:
        """A part's content, unpacked as it is read.

        Args:
            name: a part's, in whatever case.

        Raises:
            Damaged: there is no such part; on reading, its bytes don't fit its size and checksum.
            Refused: it is packed in a way that is not used in workbooks.
        """
        entry = self.entries.get(self.name_of(name))
        if entry is None:
            raise Damaged(f"The file has no part {name}.")
        return PartStream(entry, self.raw(name))

    def read(self, name: str) -> bytes:
        """A part's content.

        Args:
            name: a part's, in whatever case.

        Raises:
            Damaged: there is no such part, or its bytes don't fit its size and checksum.
            Refused: it is packed in a way that is not used in workbooks.
        """
        stream = self.stream(name)
        if (size := self.entries[self.name_of(name)].size) > LARGEST_PART:
            raise Refused(f"The part {name} unpacks to {size >> 20} MB, which is no workbook's size.")
        return stream.read()


def _is_renamed(entry: Entry) -> bool:
    """Whether a further field of an entry gives it another name than its own: some programs go by that."""
    if not entry.raw_name.isascii():
        return False
    for kind, body in _fields(entry.extra):
        if kind == _UNICODE_NAME and part_key(body[9:].decode("utf-8", "replace")) != part_key(entry.name):
            return True
    return False


def _end(data: bytes) -> tuple[int, int, int, bytes]:
    """The central directory's count, size and offset, and the archive's comment."""
    if data[:8] == _OLE:
        raise Refused(
            "The file is protected by a password, or is in the old .xls format.",
            "Save it as an Excel workbook (.xlsx) without a password to open.",
        )
    at = data.rfind(b"PK\5\6", max(0, len(data) - _LONGEST_COMMENT - _EOCD.size))
    if at < 0 or at + _EOCD.size > len(data):
        raise Damaged("The file is not an Excel workbook, or its end is missing.")
    end = _EOCD.unpack_from(data, at)
    comment = data[at + _EOCD.size : at + _EOCD.size + end[7]]
    count, size, offset = end[4], end[5], end[6]
    locator = at - _LOCATOR64.size
    if locator >= 0 and data[locator : locator + 4] == b"PK\6\7":
        where = _LOCATOR64.unpack_from(data, locator)[2]
        if where + _EOCD64.size > len(data) or data[where : where + 4] != b"PK\6\6":
            raise Damaged("The file's table of contents is damaged.")
        count, size, offset = _EOCD64.unpack_from(data, where)[7:]
    if offset + size > at:
        raise Damaged("The file's table of contents is damaged.")
    return count, size, offset, comment


def _directory(data: bytes, count: int, at: int, end: int) -> Iterable[Entry]:
    for _ in range(count):
        if at + _CENTRAL.size > end or data[at : at + 4] != b"PK\1\2":
            raise Damaged("The file's table of contents is damaged.")
        head = _CENTRAL.unpack_from(data, at)
        name_end = at + _CENTRAL.size + head[10]
        extra_end = name_end + head[11]
        next_one = extra_end + head[12]
        if next_one > end:
            raise Damaged("The file's table of contents is damaged.")
        yield _entry(head, data[at + _CENTRAL.size : name_end], data[name_end:extra_end], data[extra_end:next_one])
        at = next_one


def _entry(head: tuple[Any, ...], raw_name: bytes, extra: bytes, comment: bytes) -> Entry:
    flags = head[3]
    try:
        name = raw_name.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError as error:
        raise Damaged("A part's name can't be read.") from error
    if flags & _ENCRYPTED:
        raise Refused("The file is protected by a password.", "Save it without a password to open.")
    size, compressed, offset = _zip64_sizes(extra, head[9], head[8], head[16])
    return Entry(
        name=name.replace("\\", "/"),
        raw_name=raw_name,
        made_by=head[1],
        needs=head[2],
        flags=flags,
        method=head[4],
        time=head[5],
        date=head[6],
        crc=head[7],
        compressed=compressed,
        size=size,
        internal=head[14],
        external=head[15],
        offset=offset,
        extra=_without_zip64(extra),
        comment=comment,
    )


def _fields(extra: bytes) -> Iterable[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        yield kind, extra[at : at + 4 + length]
        at += 4 + length


def _zip64_sizes(extra: bytes, size: int, compressed: int, offset: int) -> tuple[int, int, int]:
    values = [size, compressed, offset]
    field = next((body[4:] for kind, body in _fields(extra) if kind == 1), b"")
    for n, value in enumerate(values):
        if value == _FULL and len(field) >= 8:
            values[n] = int.from_bytes(field[:8], "little")
            field = field[8:]
    return values[0], values[1], values[2]


def _without_zip64(extra: bytes) -> bytes:
    return b"".join(body for kind, body in _fields(extra) if kind != 1) if extra else b""


def write_package(
    package: Package, changed: Mapping[str, Content | None], out: BinaryIO, *, level: int | None = None
) -> None:
    """Writes the package with some parts replaced, added (names it has not), or left out (None).

    Args:
        package: the original.
        changed: new contents by part name.
        out: a file open for writing, at its beginning.
        level: of compression, 1 to 9; quick for large parts where none is given.

    Raises:
        Refused: the result would need the zip64 form.
    """
    central: list[bytes] = []
    position = 0
    fresh = [_fresh(name) for name in changed if name not in package and changed[name] is not None]
    pieces: list[bytes] | list[memoryview]
    for known in (*package.entries.values(), *fresh):
        if known.name in changed:
            content = changed[known.name]
            if content is None:
                continue
            entry, pieces, local = _packed(known, content, level)
        else:
            entry, pieces = known, [package.raw(known.name)]
            local = package.local_extra(known.name)
        entry = entry._replace(flags=entry.flags & ~_DESCRIPTOR, offset=position)
        out.write(_local_header(entry, local))
        out.writelines(pieces)
        central.append(_central_header(entry))
        position += _LOCAL.size + len(entry.raw_name) + len(local) + entry.compressed
        if position >= _FULL:
            raise Refused("The workbook is larger than 4 GB.")
    directory = b"".join(central)
    out.write(directory)
    counts = (len(central), len(central))
    out.write(_EOCD.pack(b"PK\5\6", 0, 0, *counts, len(directory), position, len(package.comment)) + package.comment)


def _fresh(name: str) -> Entry:
    flags = 0 if name.isascii() else _UTF8
    first_day = 0x21
    return Entry(name, name.encode(), 20, 20, flags, DEFLATED, 0, first_day, 0, 0, 0, 0, 0, 0)


def _packed(entry: Entry, content: Content, level: int | None) -> tuple[Entry, list[bytes], bytes]:
    pieces = (content,) if isinstance(content, bytes) else content
    size = sum(len(p) for p in pieces)
    pack = zlib.compressobj(level or (1 if size > _LARGE else 6), zlib.DEFLATED, -15)
    crc, packed = 0, []
    for piece in _grouped(pieces):
        crc = zlib.crc32(piece, crc)
        packed.append(pack.compress(piece))
    packed.append(pack.flush())
    compressed = sum(len(p) for p in packed)
    return entry._replace(method=DEFLATED, crc=crc, size=size, compressed=compressed, extra=b""), packed, b""


def _grouped(pieces: Sequence[bytes | memoryview]) -> Iterable[bytes | memoryview]:
    """Small pieces joined: the packer costs more per call than per byte."""
    waiting: list[bytes | memoryview] = []
    length = 0
    for piece in pieces:
        if len(piece) > _LARGE:
            yield b"".join(waiting)
            yield piece
            waiting, length = [], 0
            continue
        waiting.append(piece)
        length += len(piece)
        if length > _LARGE:
            yield b"".join(waiting)
            waiting, length = [], 0
    yield b"".join(waiting)


def _local_header(entry: Entry, extra: bytes) -> bytes:
    sizes = (entry.crc, entry.compressed, entry.size, len(entry.raw_name), len(extra))
    head = (entry.needs, entry.flags, entry.method, entry.time, entry.date)
    return _LOCAL.pack(b"PK\3\4", *head, *sizes) + entry.raw_name + extra


def _central_header(entry: Entry) -> bytes:
    head = (entry.made_by, entry.needs, entry.flags, entry.method, entry.time, entry.date)
    sizes = (entry.crc, entry.compressed, entry.size, len(entry.raw_name), len(entry.extra), len(entry.comment))
    rest = (0, entry.internal, entry.external, entry.offset)
    packed = _CENTRAL.pack(b"PK\1\2", *head, *sizes, *rest)
    return packed + entry.raw_name + entry.extra + entry.comment
