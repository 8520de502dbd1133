"""Every way of reaching a workbook, each opened on a copy of the same file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from addin.closed.host import ClosedHost
from addin.closed.reading import read_workbook
from addin.live.host import LiveHost
from addin.live.reading import read_open
from addin.memory import MemoryBook, MemoryHost
from workbook.cells import canonical
from workbook.raw import RawBook

HOSTS = ("memory", "closed file", "LibreOffice", "Excel")


@contextmanager
def opened(kind: str, path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A host of a kind on a file."""
    if kind == "memory":
        yield MemoryHost(MemoryBook.of(read_workbook(path)))
    elif kind == "closed file":
        yield ClosedHost(path)
    else:
        app = request.getfixturevalue("app") if kind == "LibreOffice" else _excel()
        book = app.books.open(path)
        yield LiveHost(book)
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
    return read_workbook(host.path) if isinstance(host, ClosedHost) else read_open(host.book)


def cells_of(host: Any) -> dict[tuple[str, int, str], str]:
    """Every cell of every table that holds something, by table, row below the header and column, in canonical form."""
    found = {}
    for table in raw_of(host).tables:
        for header, cells in zip(table.headers, table.columns, strict=True):
            for n, cell in enumerate(cells):
                if canonical(cell):
                    found[table.table, n, header] = canonical(cell)
    return found
