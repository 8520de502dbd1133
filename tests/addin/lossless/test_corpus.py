"""Workbooks of others are changed: other programs read them as before, with what was put in, and none complains."""

import csv
import datetime as dt
import functools
import glob
import io
import os
import subprocess
import tempfile
import warnings
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from addin.lossless import Book, Refused
from addin.lossless.edit.growth import Body, add_table
from addin.lossless.opc.cells import LAST_COLUMN, LAST_ROW, Area
from addin.lossless.opc.package import Package
from tests.support.excel_limits import problems
from tests.support.lossless import making
from tests.support.office import CORPUS, REQUIRED, need_office, write_settings

FILES = sorted(p for p in CORPUS.rglob("*.xls?") if p.suffix in {".xlsx", ".xlsm"})
#: The larger ones take openpyxl and the audit too long, but for `make corpus`; `test_book` changes them too.
WHOLE = bool(os.environ.get("CHAMPIONS_WHOLE_CORPUS"))
SMALL = 30_000
SOME = [p for p in FILES if WHOLE or p.stat().st_size < SMALL]
LOCKED = {"pass_protected.xlsx", "protected_passtika.xlsx"}
OPEN = [p for p in SOME if p.name not in LOCKED]

#: What is in the cells, by sheet, row and column; blank ones are left out.
Cells = dict[tuple[str, int, int], object]


class Filled(str):
    """Any formula: the one that the rows above have."""

    __slots__ = ()


class Meant:
    """What a change is meant to do to the cells, in steps."""

    def __init__(self):
        self.steps = []

    def put(self, cells):
        self.steps.append(lambda seen: seen | cells)
        return self

    def move(self, sheet, area, by):
        def moved(seen):
            goes = {p for p in seen if p[0] == sheet and area.holds(*p[1:])}
            stays = {p: v for p, v in seen.items() if p not in goes}
            return stays | {(s, row + by, column): seen[s, row, column] for s, row, column in goes}

        self.steps.append(moved)
        return self

    def after(self, seen):
        for step in self.steps:
            seen = step(seen)
        return {place: value for place, value in seen.items() if value is not None}


# -- the changes ------------------------------------------------------------------------------------------------------


def cells(book, seen):
    """Puts in a cell of each kind, beneath all that is there."""
    sheet = next(iter(book.sheets))
    below = max(book.sheet(sheet).numbers, default=0) + 2
    put = {(sheet, below, n): value for n, value in enumerate(("ours <&>", 7, True, dt.date(2026, 6, 30)), 1)}
    for place, value in put.items():
        book.set_cell(*place, value)
    return Meant().put(put)


def table(book, seen):
    add_table(book, "OurFindings", "Our findings", ("A", "B"), [(1, "x")])
    rows = enumerate([("A", "B"), (1, "x")], 1)
    return Meant().put({("Our findings", n, c): value for n, row in rows for c, value in enumerate(row, 1)})


def properties(book, seen):
    book.set_properties({"Own id": "1"})
    return Meant()


def tabs(book, seen):
    book.show_sheets(list(book.sheets))
    return Meant()


def a_region(book, seen):
    found = next(iter(book.tables().values()), None)
    if found is not None:
        return found, Meant()
    meant = table(book, seen)
    return book.table("OurFindings"), meant


def column(book, seen):
    region, meant = a_region(book, seen)
    book.add_column(region, "Ours")
    return meant.put({(region.sheet, region.header_row, region.last_column): "Ours"})


def rows(book, seen):
    """Appends two rows; formulas are filled in where the last row has one."""
    region, meant = a_region(book, seen)
    columns, last = range(region.columns), region.last_row
    given = [c for c in columns if not is_formula(seen.get((region.sheet, last, region.first_column + c)))]
    _below(region, seen, meant, 2)
    for n in (1, 2):
        put = {c: f"ours {n}" if c in given else Filled() for c in columns}
        meant.put({(region.sheet, last + n, region.first_column + c): value for c, value in put.items()})
    entries = last - region.header_row
    book.append_rows(region, [dict.fromkeys(given, f"ours {n}") for n in (1, 2)], entries=entries)
    return meant


def body(book, seen):
    """Replaces a table's entries by others, one fewer, but for the last column, which is people's own."""
    region, meant = a_region(book, seen)
    entries = region.last_row - region.header_row
    count, columns = max(entries - 1, 1), range(max(region.columns - 1, 1))
    for n in range(count, entries):
        every = range(region.first_column, region.last_column + 1)
        meant.put({(region.sheet, region.header_row + 1 + n, c): None for c in every})
    _below(region, seen, meant, count - entries)
    new = [[f"ours {n} {c}" for c in columns] for n in range(count)]
    top, left = region.header_row + 1, region.first_column
    meant.put({(region.sheet, top + n, left + c): v for n, row in enumerate(new) for c, v in enumerate(row)})
    book.replace_body(region, Body(columns, new, entries, list(range(count))))
    return meant


def _below(region, seen, meant, by):
    """A totals row moves with a table's end; what stands below makes room, with a blank row between."""
    end = region.last_row + region.totals
    whole = Area(end + 1, 1, LAST_ROW, LAST_COLUMN)
    of_table = range(region.first_column, region.last_column + 1)
    first = min((r for s, r, c in seen if s == region.sheet and r > end and c in of_table), default=LAST_ROW)
    if by > 0 and first <= end + by + 1:
        meant.move(region.sheet, whole, end + by + 2 - first)
    if region.totals:
        meant.move(region.sheet, Area(region.last_row + 1, region.first_column, end, region.last_column), by)


KINDS = (cells, table, properties, tabs, column, rows, body)


# -- the readers ------------------------------------------------------------------------------------------------------


def is_formula(value):
    return isinstance(value, str) and value.startswith("=")


def by_calamine(data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = {}
    for name in book.sheet_names:
        page = book.get_sheet_by_name(name)
        top, left = page.start or (0, 0)
        rows = page.to_python(skip_empty_area=True)
        cells = ((n, c, making.normal(v)) for n, row in enumerate(rows, top + 1) for c, v in enumerate(row, left + 1))
        found |= {(name, n, c): value for n, c, value in cells if value is not None}
    return found


def by_openpyxl(data):
    """Formulas and values; where openpyxl can't read the workbook, as calamine sees it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out
        # in DrawingSizeInPx.xlsx whole columns are merged, of which it makes a million cells unless it only reads
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=len(data) > SMALL)
        except TypeError as error:
            if "ZMIENNA_content" not in str(error):  # attributes of its maker's own, in picture.xlsx
                raise
            return by_calamine(data)
        cells = [(p.title, c) for p in book.worksheets for row in p.iter_rows() for c in row if c.value is not None]
    return {(sheet, c.row, c.column): value for sheet, c in cells if (value := making.normal(c.value)) is not None}


def shown_by_libreoffice(books, folder):
    """The cells of each workbook as LibreOffice shows them, each formula reckoned anew; it is started once for all."""
    need_office()
    (folder / "in").mkdir()
    for name, data in books.items():
        (folder / "in" / name).write_bytes(data)
    profile = folder / "profile"
    always, country = "/org.openoffice.Office.Calc/Formula/Load", "/org.openoffice.Setup/L10N"
    write_settings(profile, [(always, "OOXMLRecalcMode", "0"), (country, "ooSetupSystemLocale", "en-US")])
    # comma, quotation mark, UTF-8, from row 1 on; the eighth is "as shown", the last "every sheet"
    to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", to]
    files = sorted(str(p) for p in (folder / "in").iterdir())
    subprocess.run([*command, "--outdir", str(folder / "out"), *files], check=True, capture_output=True, timeout=900)
    return {name: _of_csv(folder / "out", name.rpartition(".")[0]) for name in books}


def _of_csv(folder, name):
    found = sorted(folder.glob(f"{glob.escape(name)}-*.csv"))
    assert found, f"LibreOffice did not open {name}"
    cells = {}
    for path in found:
        sheet = path.stem.removeprefix(f"{name}-")
        with path.open(encoding="utf-8", newline="") as text:
            rows = enumerate(csv.reader(text), 1)
            cells |= {(sheet, n, c): value for n, row in rows for c, value in enumerate(row, 1) if value}
    return cells


def as_shown(value):
    """A value that was put in as LibreOffice shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:%m/%d/%Y}" if isinstance(value, dt.date) else str(value)


def complaints(data, folder):
    path = folder / "audited.xlsx"
    path.write_bytes(data)
    found = OpenXmlValidator().validate(path)
    # texts in the cells themselves are as sound as shared ones, if not as Excel would write them
    return {(str(e.part_uri), e.description) for e in found.errors if "inline-string" not in e.description}


def differences(meant, seen):
    """The cells in which what is seen is not what is meant."""
    found = {place: (meant.get(place), seen.get(place)) for place in meant | seen}
    return {place: two for place, two in found.items() if two[0] != two[1]}


@pytest.mark.corpus
@pytest.mark.skipif(not FILES and not REQUIRED, reason="the foreign files are not beside the project")
def test_the_foreign_files_are_there():
    assert len(FILES) > 20


@pytest.mark.corpus
@pytest.mark.parametrize("path", [p for p in SOME if p.name in LOCKED], ids=lambda p: p.name)
def test_a_file_with_a_password_is_refused(path):
    with pytest.raises(Refused, match="password"):
        Book(path.read_bytes())


@functools.cache
def before(path):
    """What is seen in a file: formulas, their last results, what the audit finds, and what Excel would not take."""
    data = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        complaining = complaints(data, Path(folder))
    return by_openpyxl(data), by_calamine(data), complaining, Counter(p.rule for p in problems(data))


@pytest.mark.corpus
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", OPEN, ids=lambda p: p.name)
def test_a_change_is_seen_by_all_and_nothing_else_is_changed(path, kind, tmp_path):
    formulas, results, complaining, excels = before(path)
    book = Book(path.read_bytes())
    meant = kind(book, formulas)
    made = making.written(book)
    parts, result = book.finished(), Package(made)
    assert all(result.raw(n) == book.package.raw(n) for n in book.package.entries if n not in parts)
    now = by_openpyxl(made)
    for place, (wanted, found) in differences(meant.after(formulas), now).items():
        assert isinstance(wanted, Filled), (place, wanted, found)
        assert is_formula(found)
    for place, (wanted, found) in differences(meant.after(results), by_calamine(made)).items():
        assert found is None, (place, wanted, found)
        assert is_formula(now.get(place)), (place, "only of a formula the last result may be gone")
    assert complaints(made, tmp_path) <= complaining
    assert Counter(p.rule for p in problems(made)) <= excels, "Excel would not take what it took before"


def changed_in_every_way(data):
    """The workbook after all kinds of change, one after the other, and what they are meant to do."""
    meant = Meant()
    for kind in (column, rows, body, cells, table, properties, tabs):
        book = Book(data)
        if kind is not table or "ourfindings" not in book.tables():
            meant.steps += kind(book, by_openpyxl(data)).steps
        data = making.written(book)
    return data, meant


@pytest.mark.corpus
@pytest.mark.libreoffice
def test_libreoffice_shows_every_cell_as_before_but_for_what_was_put_in(tmp_path):
    meant, books = {}, {}
    for path in OPEN:
        before, after = (f"{path.stem}.{when}{path.suffix}" for when in ("before", "after"))
        books[before] = path.read_bytes()
        books[after], meant[before, after] = changed_in_every_way(books[before])
    shown = shown_by_libreoffice(books, tmp_path)
    for (before, after), meaning in meant.items():
        wanted = {place: as_shown(value) for place, value in meaning.after(shown[before]).items()}
        assert not differences(wanted, shown[after]), before
