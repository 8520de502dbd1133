"""Providers' workbooks: the master workbook, filled by the writer that leaves the rest of a file alone."""

import functools
import io

from addin.lossless import Book
from addin.output.masterbook import build_master
from bench.portfolio.providers import tables
from workbook.blueprint import plan_book
from workbook.model.catalogue import THRESHOLDS
from workbook.model.registers import Thresholds
from workbook.model.snapshot import ID_PROPERTY

_SETTINGS = {
    "Provider name": "Simulated care",
    "Programme name": "Digital champions",
    "Care system": "Example ECM",
    "Care system supplier": "Example Systems",
    "Board name": "Digital Programme Board",
}


@functools.cache
def template():
    """An empty master workbook with its settings and thresholds filled in, as bytes."""
    headers = Thresholds.headers()
    thresholds = [
        dict(zip(headers, (trigger, p.name, p.default, p.unit, p.default, p.meaning), strict=True))
        for trigger, p in THRESHOLDS
    ]
    settings = [{"Setting": name, "Value": value} for name, value in _SETTINGS.items()]
    return build_master(plan_book({"Programme": settings, "Thresholds": thresholds}))


def filled(provider):
    """A provider's workbook, as bytes; the same for the same provider."""
    book = Book(template())
    for table, rows in tables(provider).items():
        if rows:
            region = book.table(table)
            at = {header: n for n, header in enumerate(region.headers)}
            book.append_rows(region, [{at[h]: v for h, v in row.items() if v is not None} for row in rows], entries=0)
    book.set_properties({ID_PROPERTY: provider.book_id})
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()
