"""An older workbook that lacks a sheet of ours gets it as it is in a new workbook; all else stays."""

import dataclasses
import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from addin.hosts.file.host import ClosedHost
from addin.hosts.file.undo import look, take_back
from addin.lossless import Book
from addin.output.masterbook import build_master
from workbook.blueprint import SUMMARY_SHEETS, plan_book
from workbook.model.changes import AddTable, ChangeSet, ReplaceTable
from workbook.model.registers import LISTS, LISTS_SHEET, Checks, Triggers

WHEN = dt.datetime(2026, 6, 30, 9, 0)
#: Parts that list a workbook's sheets, styles and properties, or ask for its formulas to be computed.
MAY_CHANGE = {
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/custom.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}


def written(path, register, rows, *, without=False):
    """A workbook that got a table, before and after; one `without` its sheet is made as by an older edition."""
    plan = plan_book()
    sheets = tuple(s for s in plan.sheets if not without or s.name != register.sheet)
    path.write_bytes(build_master(dataclasses.replace(plan, sheets=sheets)))
    before, host = path.read_bytes(), ClosedHost(path)
    snapshot = host.read()
    assert (register.table in snapshot.missing) == without
    headers = register.headers()
    change = AddTable if without else ReplaceTable
    changes = (
        change(register.table, register.sheet, headers, rows) if without else change(register.table, headers, rows),
    )
    host.apply(ChangeSet("check", snapshot.fingerprint, changes), who="Tester", when=WHEN)
    return before, path.read_bytes()


def own(cell):
    return cell.alignment.wrap_text, cell.border.bottom.style, cell.protection.locked


def shown(data, sheet):
    """All that a sheet shows, and how."""
    page = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    cells = [
        (c.coordinate, c.value, c.number_format, (c.font.b, c.font.sz, c.font.name), c.fill.start_color.rgb, own(c))
        for row in page
        for c in row
    ]
    tables = [(t.displayName, t.ref, t.tableStyleInfo.name) for t in page.tables.values()]
    widths = {k: d.width for k, d in page.column_dimensions.items()}
    rules = [
        (str(r.sqref), rule.type, rule.formula, rule.dxf.fill.bgColor.rgb if rule.dxf and rule.dxf.fill else None)
        for r, every in page.conditional_formatting._cf_rules.items()
        for rule in every
    ]
    prints = (page.print_area, page.print_title_rows, page.freeze_panes, page.protection.sheet)
    return cells, tables, widths, rules, prints


def line(register, n):
    return tuple(f"{c.header} {n}" for c in register.columns)


@pytest.mark.parametrize("register", [Checks, Triggers], ids=lambda r: r.table)
def test_it_gets_the_sheet_as_in_a_new_workbook(tmp_path, register):
    rows = (line(register, 1), line(register, 2))
    _, new = written(tmp_path / "new.xlsx", register, rows)
    before, old = written(tmp_path / "old.xlsx", register, rows, without=True)
    assert shown(old, register.sheet) == shown(new, register.sheet)
    state = openpyxl.load_workbook(io.BytesIO(old))[register.sheet].sheet_state
    assert state == "visible", "something stands on it"
    with zipfile.ZipFile(io.BytesIO(before)) as was, zipfile.ZipFile(io.BytesIO(old)) as now:
        kept = set(was.namelist()) - MAY_CHANGE
        changed = {n for n in kept if was.read(n) != now.read(n)}
    ours = Book(before).sheets
    assert changed <= {ours[name] for name in SUMMARY_SHEETS}, "whose last results may no longer hold"


def test_a_sheet_of_several_tables_comes_with_all_of_them(tmp_path):
    plan = plan_book()
    path = tmp_path / "old.xlsx"
    path.write_bytes(
        build_master(dataclasses.replace(plan, sheets=tuple(s for s in plan.sheets if s.name != LISTS_SHEET)))
    )
    host = ClosedHost(path)
    missing = [d for d in LISTS if d.table in host.read().missing]
    assert len(missing) == len(LISTS)
    adds = tuple(AddTable(d.table, LISTS_SHEET, (d.header,), (("ours",),)) for d in missing)
    host.apply(ChangeSet("check", host.read().fingerprint, adds), who="Tester", when=WHEN)
    new = openpyxl.load_workbook(io.BytesIO(build_master(plan)))[LISTS_SHEET]
    old = openpyxl.load_workbook(path)[LISTS_SHEET]
    assert {t.displayName: t.ref.partition(":")[0] for t in old.tables.values()} == {
        t.displayName: t.ref.partition(":")[0] for t in new.tables.values()
    }
    assert old["A1"].value == new["A1"].value
    assert {old[t.ref.partition(":")[0]].offset(1).value for t in old.tables.values()} == {"ours"}


def test_undo_takes_the_sheet_away_again(tmp_path):
    path = tmp_path / "old.xlsx"
    before, after = written(path, Checks, (line(Checks, 1),), without=True)
    assert before != after
    take_back(path, look(path), who="Tester", when=WHEN)
    assert path.read_bytes() == before


def test_a_sheet_of_that_name_that_is_there_is_used(tmp_path):
    path = tmp_path / "book.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(build_master(plan_book())))
    del book["Checks"]
    book.create_sheet("Checks")["A1"] = "somebody's own"
    book.save(path)
    host = ClosedHost(path)
    change = AddTable(Checks.table, Checks.sheet, Checks.headers(), (line(Checks, 1),))
    host.apply(ChangeSet("check", host.read().fingerprint, (change,)), who="Tester", when=WHEN)
    page = openpyxl.load_workbook(path)["Checks"]
    assert page["A1"].value == "somebody's own"
    assert page.tables["Checks"].ref.startswith("C1:")
