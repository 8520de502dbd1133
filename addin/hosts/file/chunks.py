"""A workbook's sheets cut into pieces that calamine reads one at a time.

calamine lays out every sheet as one rectangle around all its cells; a single entry far away would fill the memory, and
a log of a hundred thousand rows would stand there twice. So the rows are handed to it in pieces, in a small
workbook made in memory from parts that were unpacked within bounds. Pieces without a value (formatted blank rows) are
left out. The pieces are also where errors and formulas are looked for, so that each sheet is unpacked once.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from addin.hosts.file.container import MEBIBYTE, XlsxReader, damaged
from addin.hosts.file.readable_cells import mended
from addin.hosts.file.scan import Hidden, scan_rows, scan_sheet
from addin.hosts.file.stored_zip import StoredZip
from addin.lossless.opc import Damaged, PartStream
from workbook.model.errors import BookUnusable

_PIECE = 2 * MEBIBYTE
_MAX_ROW_BYTES = 64 * MEBIBYTE
_MAX_KEPT = 1024 * MEBIBYTE
_MAX_PIECES = 10_000
#: Cells of one rectangle: 32 bytes each in calamine.
_MAX_AREA = 4_000_000
_WIDE = 704  # columns of up to two letters
_ROW_NUMBER = re.compile(rb'r="([0-9]{1,7})"')
_CELL_ROWS = re.compile(rb'<c r="[A-Z]+([0-9]+)"')

_OTHER_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD, _TAIL = b"<worksheet><sheetData>", b"</sheetData></worksheet>"


class Piece(NamedTuple):
    """Some rows of a sheet: the name under which calamine knows them, and what calamine hides of them."""

    name: str
    first_row: int
    hidden: Hidden


class _UnusualForm(Exception):
    """The sheet is not written in the form that Excel, LibreOffice, openpyxl and XlsxWriter use."""


class _Store:
    """Bytes on their way to calamine: written in blocks, let go one after another as they are read."""

    def __init__(self) -> None:
        self._blocks: deque[bytes] = deque()

    def write(self, data: bytes) -> int:
        """Keeps a block, without copying it."""
        if data:
            self._blocks.append(bytes(data))
        return len(data)

    def seek(self, *_: int) -> int:
        """The store is read once, from its beginning."""
        return 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes: the rest of a block, b'' at the end."""
        if not self._blocks:
            return b""
        block = self._blocks.popleft()
        if 0 <= size < len(block):
            self._blocks.appendleft(block[size:])
            return block[:size]
        return block


class Stock:
    """The pieces of the sheets of one workbook.

    Args:
        package: where the sheets' parts are.
        wanted: the cell formats whose places are to be noted.
        odd: the pieces of a sheet, counted from 0, that are brought to a form that calamine takes.
        texts: how many texts the cells share.
    """

    def __init__(
        self, package: XlsxReader, wanted: Collection[int] = (), odd: Collection[int] = (), texts: int = 0
    ) -> None:
        self._package, self._wanted, self._odd, self._texts = package, wanted, odd, texts
        self._first = 0
        self._store = _Store()
        self._zip = StoredZip(self._store)
        self._count = 0
        self._kept = 0

    def close(self) -> None:
        """Lets go of what was kept."""
        self._store = _Store()
        self._zip = StoredZip(self._store)

    def add(self, part: str) -> list[Piece]:
        """Unpacks a sheet and keeps the rows that hold a value.

        Args:
            part: the name of the sheet's part.

        Raises:
            BookUnusable: the sheet is missing, damaged, or too large.
        """
        first = self._first = self._count
        try:
            with self._package.open(part) as stream:
                blocks = list(map(self._keep_rows, _row_blocks(stream)))
            return [piece for block in blocks for piece in block]
        except _UnusualForm:
            self._first = self._count = max(first, self._count)
            return self._keep_whole(self._package.read(part))

    def _keep_rows(self, rows: bytes) -> list[Piece]:
        if b"<v" not in rows and b"<is" not in rows and b"<f" not in rows:
            return []
        count = rows.count(b"<row")
        if count != rows.count(b'<row r="'):
            raise _UnusualForm
        first, last = _first_row(rows), _last_row(rows)
        odd = _odd_cell(rows, last)
        if odd is not None and not rows.startswith(b'<c r="', odd):
            raise _UnusualForm
        if odd is None and last - first <= 4 * count + 1000:
            return [self._keep(_HEAD + rows + _TAIL, first, scan_rows(rows, self._wanted))]
        parts = self._narrow(rows)
        return [self._keep(_HEAD + part + _TAIL, _first_row(part), scan_rows(part, self._wanted)) for part in parts]

    def _narrow(self, rows: bytes) -> Iterator[bytes]:
        """Rows that lie far apart or reach far to the right, in groups whose rectangle is small."""
        group: list[bytes] = []
        before = 0
        for row in rows.split(b"<row ")[1:]:
            number = _first_row(b"<row " + row)
            if any(int(n) != number for n in _CELL_ROWS.findall(row)):
                raise damaged(self._package.path, "a cell stands in another row than it says")
            if group and (len(group) >= 16 or not 0 < number - before <= 4):
                yield b"".join(group)
                group = []
            if b"<v" in row or b"<is" in row:
                group.append(b"<row " + row)
                before = number
        if group:
            yield b"".join(group)

    def _keep_whole(self, data: bytes) -> list[Piece]:
        hidden, area = scan_sheet(data, self._wanted)
        if area > _MAX_AREA * 8:
            raise BookUnusable(
                "A sheet of this workbook reaches too far to be read.",
                where=self._package.path.name,
                next_step="Open it in Excel and save it again; delete what stands far below or beside the tables.",
            )
        return [self._keep(data, 1, hidden)]

    def _keep(self, data: bytes, first_row: int, hidden: Hidden) -> Piece:
        self._kept += len(data)
        if self._kept > _MAX_KEPT or self._count > _MAX_PIECES:
            raise BookUnusable(
                "This workbook holds too much to be read.",
                where=self._package.path.name,
                next_step="Move entries of earlier years to a workbook of their own.",
            )
        if self._count - self._first in self._odd:
            data, errors = mended(data, self._texts)
            hidden = hidden._replace(errors=errors)
        name = str(self._count)
        self._count += 1
        self._zip.add(f"xl/worksheets/{name}.xml", data)
        return Piece(name, first_row, hidden)

    def open(self, styles: str, strings: str, *, date_1904: bool) -> Any:
        """The pieces as a calamine workbook; the stock is emptied.

        Args:
            styles, strings: the parts with the cell formats and the shared texts; '' where there is none.
            date_1904: whether the workbook counts days from 1904.
        """
        import python_calamine

        for part, name in ((styles, "xl/styles.xml"), (strings, "xl/sharedStrings.xml")):
            if part and part in self._package:
                self._zip.add(name, self._package.read(part))
        self._write_frame(date_1904=date_1904)
        self._zip.finish()
        return python_calamine.CalamineWorkbook.from_filelike(self._store)

    def _write_frame(self, *, date_1904: bool) -> None:
        names = range(self._count)
        flag = '<workbookPr date1904="1"/>' if date_1904 else ""
        sheets = "".join(f'<sheet name="{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in names)
        relations = "".join(_relation(f"r{n}", "worksheet", f"worksheets/{n}.xml") for n in names)
        frame = {
            "_rels/.rels": f"<Relationships>{_relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns:r="{_OFFICE}">{flag}<sheets>{sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
        }
        for name, text in frame.items():
            self._zip.add(name, text.encode())


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _row_blocks(stream: PartStream) -> Iterator[bytes]:
    """The rows of a sheet in blocks of whole rows.

    Raises:
        _UnusualForm: the sheet's elements carry a prefix, or are not found.
    """
    rest = stream.read(_PIECE)
    start = rest.find(b"<sheetData")
    if start < 0 or b"<!DOCTYPE" in rest[:start] or _OTHER_ENCODING.match(rest):
        raise _UnusualForm
    rest = rest[start + 10 :]
    while True:
        end = rest.find(b"</sheetData>")
        if end >= 0:
            yield rest[max(rest.find(b"<row"), 0) : end]
            break
        cut = rest.rfind(b"<row ")
        if cut > 0 and (rows := rest[rest.find(b"<row") : cut]):
            yield rows
        rest = rest[max(cut, 0) :]
        block = stream.read(_PIECE)
        if len(rest) > _MAX_ROW_BYTES:
            raise Damaged("A row of a worksheet has no end.")
        if not block:
            if not rest.lstrip().startswith(b"/>"):
                raise _UnusualForm
            break
        rest += block
    while stream.read(_PIECE):
        pass  # to its end, so that the checksum is compared


def _first_row(rows: bytes) -> int:
    match = _ROW_NUMBER.search(rows)
    return int(match[1]) if match else 1


def _last_row(rows: bytes) -> int:
    return _first_row(rows[rows.rfind(b"<row ") :])


_ODD: dict[int, re.Pattern[bytes]] = {}


def _odd_cell(rows: bytes, last_row: int) -> int | None:
    """Where a cell begins that is in another form than `<c r="…"`, or beyond column ZZ, or far below the last row.

    One pass: a log of a hundred thousand rows has millions of cells.
    """
    digits = len(str(last_row))
    pattern = _ODD.get(digits)
    if pattern is None:
        pattern = _ODD[digits] = re.compile(rb'<c(?! r="[A-Z][A-Z]?[0-9]{1,%d}"[ />])' % digits)
    found = pattern.search(rows)
    return found.start() if found else None
