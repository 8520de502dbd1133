"""Workbooks of others are changed: other programs read them as before, with what was put in, and none complains."""

import datetime as dt
import io
import warnings

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from addin.lossless import Book, Refused
from addin.lossless.growth import add_table
from addin.lossless.package import Package
from tests.addin.lossless import making
from tests.office import CORPUS, REQUIRED

FILES = sorted(p for p in CORPUS.rglob("*.xls?") if p.suffix in {".xlsx", ".xlsm"})
#: The larger ones take openpyxl and the audit too long; `test_book` changes them too.
SMALL = [p for p in FILES if p.stat().st_size < 30_000]
LOCKED = {"pass_protected.xlsx", "protected_passtika.xlsx"}


def cells(book):
    """Puts in a cell of each kind, beneath all that is there; gives what was put where."""
    sheet = next(iter(book.sheets))
    below = max(book.sheet(sheet).numbers, default=0) + 2
    put = {(sheet, below, n): value for n, value in enumerate(("ours <&>", 7, True, dt.date(2026, 6, 30)), 1)}
    for place, value in put.items():
        book.set_cell(*place, value)
    return put


def table(book):
    add_table(book, "OurFindings", "Our findings", ("A", "B"), [(1, "x")])
    return {("Our findings", 2, 1): 1, ("Our findings", 2, 2): "x"}


def properties(book):
    book.set_properties({"Own id": "1"})
    return {}


def tabs(book):
    book.show_sheets(list(book.sheets))
    return {}


def a_region(book):
    found = next(iter(book.tables().values()), None)
    return found or add_table(book, "OurFindings", "Our findings", ("A", "B"), [(1, "x")])


def column(book):
    region = a_region(book)
    book.add_column(region, "Ours")
    return {(region.sheet, region.header_row, region.last_column): "Ours"}


KINDS = (cells, table, properties, tabs, column)


def by_calamine(data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: making.grid(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
    }


def by_openpyxl(data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out
        book = openpyxl.load_workbook(io.BytesIO(data))
    return {page.title: making.grid(page.iter_rows(min_row=1, min_col=1, values_only=True)) for page in book.worksheets}


def complaints(data, folder):
    path = folder / "audited.xlsx"
    path.write_bytes(data)
    found = OpenXmlValidator().validate(path)
    # texts in the cells themselves are as sound as shared ones, if not as Excel would write them
    return {(str(e.part_uri), e.description) for e in found.errors if "inline-string" not in e.description}


def same_but(before, after, put):
    """What a reader sees is what it saw, but for what was put in."""
    for name, seen in after.items():
        old = before.get(name, [])
        for n in range(max(len(old), len(seen))):
            for c in range(max(len(r[n]) if n < len(r) else 0 for r in (old, seen))):
                was, now = (r[n][c] if n < len(r) and c < len(r[n]) else None for r in (old, seen))
                if (name, n + 1, c + 1) in put:
                    assert now == put[name, n + 1, c + 1]
                elif name in before:
                    assert now == was, (name, n + 1, c + 1)
    assert set(before) <= set(after)


@pytest.mark.corpus
@pytest.mark.skipif(not FILES and not REQUIRED, reason="the foreign files are not beside the project")
def test_the_foreign_files_are_there():
    assert len(FILES) > 20


@pytest.mark.corpus
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", SMALL, ids=lambda p: p.name)
def test_a_change_is_seen_by_all_and_nothing_else_is_changed(path, kind, tmp_path):
    data = path.read_bytes()
    if path.name in LOCKED:
        with pytest.raises(Refused, match="password"):
            Book(data)
        return
    book = Book(data)
    put = kind(book)
    made = making.written(book)
    meant, result = book.finished(), Package(made)
    assert all(result.raw(n) == book.package.raw(n) for n in book.package.entries if n not in meant)
    same_but(by_openpyxl(data), by_openpyxl(made), put)
    same_but(by_calamine(data), by_calamine(made), put)
    assert complaints(made, tmp_path) <= complaints(data, tmp_path)
