"""What people typed stays text on every host, whatever an office program would make of it if it were typed there."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from addin.hosts.office import cell_links
from tests.conformance.hosts import HOSTS, block_of, filled, links_of, opened, raw_of
from tests.support.contract_builder import build
from workbook.model.changes import AddColumn, AddTable, AppendRows, ChangeSet, RowRef, SetCell
from workbook.model.registers import REGISTERS, Actions, Checks, History, SupportLog
from workbook.rules import checks

DAY = dt.date(2026, 6, 30)
WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
#: Ids and texts as people, or strangers, type them.
TEXTS = (
    *("=1+1", '=HYPERLINK("http://example.invalid","here")', "+x", "-x", "@x", "+1+1", "=", "'x", "''", "#N/A"),
    *("3-4", "1/2", "2026-04-03", "May 2026", "10:30", "75%", "1,5", "0012", "1E5", "1e308", "TRUE", "FALSE"),
    *("#REF!", "£3", "(5)", "\tx"),
    *('a"b', '"', 'a")&WEBSERVICE("x")&("', "{=1}", "a\nb", "é 🙂 אב", 'x" ' * 120),
)
#: Names of a sheet: Excel lets every one of them be.
SHEETS = ("=1+1", "3-4", 'a"b', "+x", "@x", "it's", "a.b", "a!b", "#REF", "£ & Co", "2026")

pytestmark = pytest.mark.libreoffice


def made(path):
    """Every text is an id, and the value of a cell that is wrong; an entry of each register stands on an odd sheet."""
    entries = [{"Support ID": text, "Service": text, "Workflow": text, "Shift": "Day"} for text in TEXTS]
    for entry in entries[::2]:
        entry["Check"] = entry["Support ID"]
    wrong = {r: {"Service", "Champion ID"} & set(r.headers()) for r in REGISTERS if r is not SupportLog}
    others = [register for register, headers in wrong.items() if headers][: len(SHEETS) - 1]
    rows = {register.table: [dict.fromkeys(wrong[register], "NOWHERE")] for register in others}
    build(path, {"SupportLog": entries, **rows}, computed=True)
    book = openpyxl.load_workbook(path)
    for cells in book[SupportLog.sheet].iter_rows():
        for cell in cells:
            if cell.value in TEXTS:
                cell.data_type = "s"
    for register, name in zip((SupportLog, *others), SHEETS, strict=True):
        book[register.sheet].title = name
    book.save(path)
    return path


def run(host):
    snapshot = host.read()
    return host.apply(checks.changes(snapshot, checks.run(snapshot, DAY)), who="Tester", when=WHEN)


def apply(host, *changes, command="check"):
    return host.apply(ChangeSet(command, host.read().fingerprint, changes), who="Tester", when=WHEN)


def held(host):
    """Every cell but those of the record, where the links lead, and which cells hold formulas of no link."""
    links, tables = links_of(host, Checks.table), list(raw_of(host).tables)
    formulas = {(t.table, *place) for t in tables for place in t.formulas}
    cells = {place: cell for place, cell in filled(tables).items() if place[0] != History.table}
    return cells, links, formulas - {(Checks.table, *place) for place in links}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return made(tmp_path_factory.mktemp("texts") / "book.xlsx")


@pytest.fixture(scope="module")
def expected(book):
    """What the host in memory makes of it."""
    with opened("memory", book, None) as host:
        run(host)
        return held(host)


@pytest.fixture(params=HOSTS)
def host(request, book, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(book.read_bytes())
    with opened(request.param, path, request) as reached:
        yield reached


def test_ids_texts_and_sheet_names_stay_texts(host, expected):
    before = held(host)
    assert {cell[1:] for place, cell in before[0].items() if place[2] == "Support ID"} == {t.strip() for t in TEXTS}
    inverse = run(host)
    cells, links, formulas = held(host)
    assert cells == expected[0]
    assert links == expected[1]
    assert {goal.rpartition("!")[0].strip("'").replace("''", "'") for goal in links.values()} >= set(SHEETS)
    assert formulas == before[2] == set()
    apply(host, *inverse.changes, command="undo")
    assert held(host) == before


def test_texts_are_written_as_texts(host):
    rows = [RowRef(SupportLog.table, row.id, row.ordinal) for row in host.read().rows(SupportLog)]
    turned = [SetCell(ref, "Workflow", text, new) for ref, text, new in zip(rows, TEXTS, reversed(TEXTS), strict=True)]
    actions = tuple({"Action ID": f"AC-{n}", "Action": text} for n, text in enumerate(TEXTS))
    headers = tuple(text for text in TEXTS if len(text) < 200)
    apply(
        host,
        *turned,
        AppendRows(Actions.table, actions),
        *(AddColumn(Actions.table, text) for text in ("=1+1", "3-4", "@x")),
        AddTable("Extra", "Extra", headers, (headers,)),
    )
    cells, _, formulas = held(host)
    written = [cells[SupportLog.table, ref.ordinal, "Workflow"][1:] for ref in rows]
    assert written == [text.strip() for text in reversed(TEXTS)]
    assert {cell[1:] for place, cell in cells.items() if place[2] == "Action"} == {text.strip() for text in TEXTS}
    assert host.read().tables[Actions.table].headers[-3:] == ("=1+1", "3-4", "@x")
    assert formulas == set()
    assert block_of(host, "Extra", 2, len(headers)) == [list(headers)] * 2


@pytest.mark.parametrize("kind", ["LibreOffice", "Excel's stand-in"])
def test_what_fails_half_way_puts_texts_back_as_texts(kind, request, book, tmp_path, monkeypatch):
    path = tmp_path / "book.xlsx"
    path.write_bytes(book.read_bytes())

    def fail(*_):
        raise OSError("the program went away")

    with opened(kind, path, request) as host:
        before = held(host)
        monkeypatch.setattr(cell_links, "write_links", fail)
        with pytest.raises(OSError, match="went away"):
            run(host)
        monkeypatch.undo()
        assert held(host) == before
