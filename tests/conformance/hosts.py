"""Every way of reaching a workbook, each opened on a copy of the same file."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.hosts.file.bytes_host import BytesHost
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.reading import read_workbook
from addin.hosts.file.surface import FileSurface
from addin.hosts.memory import MemoryBook, MemoryHost, MemorySurface
from addin.hosts.office.host import LiveHost
from addin.hosts.office.reading import read_open
from addin.hosts.office.surface import OpenSurface
from tests.conformance.excel_standing_in import standing_in
from workbook.model.cells import canonical
from workbook.model.raw import RawBook, RawTable

HOSTS = ("memory", "closed file", "bytes", "LibreOffice", "Excel", "Excel's stand-in")


@contextmanager
def opened(kind: str, path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A host of a kind on a file."""
    if kind == "memory":
        yield MemoryHost(MemoryBook.of(read_workbook(path)))
    elif kind == "closed file":
        yield ClosedHost(path)
    elif kind == "bytes":
        yield BytesHost(path.name, path.read_bytes())
    else:
        app = _excel() if kind == "Excel" else request.getfixturevalue("app")
        with standing_in() if kind == "Excel's stand-in" else nullcontext():
            book = app.books.open(path)
            try:
                yield LiveHost(book)
            finally:
                book.close()


def _excel() -> Any:
    if sys.platform not in ("win32", "darwin"):
        pytest.skip("Excel is on Windows and macOS alone.")
    import xlwings

    return xlwings.App(visible=False)


def raw_of(host: Any) -> RawBook:
    """What a host reads, before anything is understood."""
    if isinstance(host, MemoryHost):
        return host.book.raw()
    if isinstance(host, BytesHost):
        return read_workbook(host.path, host.data)
    return read_workbook(host.path) if isinstance(host, ClosedHost) else read_open(host.book)


def content_of(host: ClosedHost) -> bytes:
    """The whole file of a host that has one."""
    return host.data if isinstance(host, BytesHost) else host.path.read_bytes()


def links_of(host: Any, table: str) -> dict[tuple[int, int], str]:
    """Where the cells of a table lead, by row below the header and column, both from 0."""
    if isinstance(host, MemoryHost):
        surface: Any = MemorySurface(host.book)
    elif isinstance(host, ClosedHost):
        surface = FileSurface(content_of(host))
    else:
        surface = OpenSurface(host.book, read_open(host.book).tables)
    return {(row, at): goal for (row, at), goal in surface.links(surface.region(table)).items() if row >= 0}


def block_of(host: Any, sheet: str, rows: int, columns: int) -> list[list[Any]]:
    """The first cells of a sheet, whatever stands there."""
    if isinstance(host, MemoryHost):
        return [[host.book.cells.get((sheet, n + 1, at + 1)) for at in range(columns)] for n in range(rows)]
    if isinstance(host, ClosedHost):
        page = openpyxl.load_workbook(io.BytesIO(content_of(host)))[sheet]
        return [[page.cell(n + 1, at + 1).value for at in range(columns)] for n in range(rows)]
    return list(host.book.sheets[sheet].range((1, 1), (rows, columns)).options(ndim=2).value)


def cells_of(host: Any) -> dict[tuple[str, int, str], str]:
    """Every cell of every table that holds something, by table, row below the header and column, in canonical form."""
    return filled(raw_of(host).tables)


def filled(tables: Iterable[RawTable]) -> dict[tuple[str, int, str], str]:
    """The same of tables that were just read."""
    found = {}
    for table in tables:
        for header, cells in zip(table.headers, table.columns, strict=True):
            for n, cell in enumerate(cells):
                if canonical(cell):
                    found[table.table, n, header] = canonical(cell)
    return found
