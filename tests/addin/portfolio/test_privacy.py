"""A hundred names are planted wherever people can write; without --names none stands in any output."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile

import openpyxl
import pyarrow.parquet as pq
import pytest

from addin.frontends.terminal import main
from addin.output.masterbook import build_master
from tests.addin.portfolio.test_portfolio import DAY, OUTPUTS
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.declare import Kind
from workbook.model.registers import BY_TABLE

#: Given names and family names, which occur nowhere else.
NAMES = [f"Zara{a}{b} Quill{b}{a}" for a in "abcdefghij" for b in "klmnopqrst"]


def planted(tables, *, everywhere):
    """The tables with names in all that people write; everywhere, also where ids, choices and days belong."""
    names, at, new = iter(NAMES * 100), 0, {}
    for table, rows in tables.items():
        register = BY_TABLE.get(table)
        new[table] = [dict(row) for row in rows]
        for row in new[table] if table not in ("Programme", "Thresholds") and register is not None else ():
            for column in register.columns:
                written = column.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.PERSON)
                at += not written
                if (written and row.get(column.header)) or (everywhere and not written and at % 7 == 0):
                    row[column.header] = next(names)
    return new


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The outputs, and what was printed."""
    top = tmp_path_factory.mktemp("top")
    home = top / NAMES[0] / "homes"
    home.mkdir(parents=True)
    example = simulate(weeks=4)
    sound = build_master(plan_book(planted(example.tables, everywhere=False), example.until))
    (home / "north.xlsx").write_bytes(sound)
    (home / f"Minutes of {NAMES[7]}.xlsx").write_bytes(sound)
    (home / f"{NAMES[8].replace(' ', '_').upper()}.xlsx").write_bytes(sound)
    (home / "south.xlsx").write_bytes(build_master(plan_book(planted(example.tables, everywhere=True), example.until)))
    (home / "twin.xlsx").write_bytes(with_twins(sound, NAMES[9]))
    (home / "~$north.xlsx").write_bytes(b"\x0b" + NAMES[1].encode().ljust(54) + NAMES[1].encode("utf-16-le"))
    (home / ".~lock.north.xlsx#").write_text(f",{NAMES[2]},computer,29.06.2026 10:00,file:///home;", encoding="utf-8")
    (home / "list.txt").write_text(f"C:\\Users\\{NAMES[3]}\\homes\\x.xlsx\n", encoding="utf-8")
    out = top / "out"
    sources = [str(home), str(home / "list.txt"), str(top / NAMES[4] / "nothing.xlsx")]
    assert main(["portfolio", *sources, "--out", str(out), "--as-of", DAY, "--json"]) == 1
    return out


def with_twins(data, name):
    """A workbook whose two worksheets of one name make reading it fail in words that hold the name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    book = parts["xl/workbook.xml"]
    for sheet in (b'name="Setup"', b'name="Workforce plan"'):
        assert sheet in book
        book = book.replace(sheet, b'name="%b"' % name.encode())
    parts["xl/workbook.xml"] = book
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for n, content in parts.items():
            package.writestr(n, content)
    return out.getvalue()


def cells(path):
    """All that a file says, opened as what it is."""
    if path.suffix == ".parquet":
        return [value for row in pq.read_table(path).to_pylist() for value in row.values()]
    if path.suffix == ".csv":
        return [c for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))) for c in row]
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        of = [c for page in book for row in page.iter_rows() for c in row]
        return [x for c in of for x in (c.value, c.hyperlink and c.hyperlink.target)] + [str(vars(book.properties))]
    return [path.read_text(encoding="utf-8")]


def test_none_of_a_hundred_names_leaves_in_any_output(made, capsys):
    given = {word for name in NAMES for word in name.lower().split()}
    assert len(given) == 200
    files = [made / name for name in OUTPUTS] + list(made.rglob("*.json"))
    assert len(files) > len(OUTPUTS)
    for path in files:
        said = "\n".join(str(cell) for cell in cells(path)).lower()
        assert len(said) > 100 or path.suffix == ".json"
        assert [word for word in given if word in said] == [], path.name


def test_what_is_printed_and_its_json_name_nobody_either(made, tmp_path, capsys):
    home = made.parent / NAMES[0] / "homes"
    for more in ((), ("--json",)):
        main(["portfolio", str(home), "--out", str(made), "--as-of", DAY, *more])
        told = capsys.readouterr()
        assert not [w for name in NAMES for w in name.lower().split() if w in (told.out + told.err).lower()]
    assert {f["file"] for f in json.loads(told.out)["files"]} >= {"north.xlsx", "workbook 1"}


def test_a_workbook_called_like_somebody_in_it_is_numbered_and_not_linked(made):
    page = openpyxl.load_workbook(made / "portfolio.xlsx")["Overview"]
    links = {c.value: c.hyperlink for (c,) in page.iter_rows(min_row=5, max_col=1)}
    assert {"workbook 1", "workbook 2", "north.xlsx", "south.xlsx"} <= set(links)
    assert links["workbook 1"] is None


def test_a_link_that_would_tell_where_workbooks_lie_is_left_out(made, tmp_path):
    home = made.parent / NAMES[0] / "homes"
    shutil.copytree(home, tmp_path / "deep" / "down" / "homes")
    out = tmp_path / "out"
    main(["portfolio", str(tmp_path / "deep" / "down" / "homes"), "--out", str(out), "--as-of", DAY])
    page = openpyxl.load_workbook(out / "portfolio.xlsx")["Overview"]
    assert not [c for row in page.iter_rows() for c in row if c.hyperlink]
    out = tmp_path / "deep" / "down" / "out"
    main(["portfolio", str(tmp_path / "deep" / "down" / "homes"), "--out", str(out), "--as-of", DAY])
    page = openpyxl.load_workbook(out / "portfolio.xlsx")["Overview"]
    assert "../homes/north.xlsx" in [c.hyperlink.target for row in page.iter_rows() for c in row if c.hyperlink]
