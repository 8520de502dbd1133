"""Runs taken back and made again, in any order: the whole workbook is each time what it was, on every host."""

from __future__ import annotations

import datetime as dt
import random

import openpyxl
import pytest

from addin.hosts.office.host import LiveHost
from addin.output.masterbook import write_master
from tests.conformance.hosts import HOSTS, cells_of, links_of, opened, raw_of
from workbook.answers import entering as entries
from workbook.answers.recording import record
from workbook.blueprint import plan_book
from workbook.documents.register import Entry, entered
from workbook.example import simulate
from workbook.model.changes import ChangeSet
from workbook.model.registers import SUMMARIES, Checks, History, QuickSupport, SupportLog
from workbook.model.view import View
from workbook.rules import checks, triggers
from workbook.rules.reviews import reviews

DAY = dt.date(2026, 6, 30)
WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
HEADER = 5
TIMES = 6

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    """An example with a few mistakes, and a table that is filtered so that most of its rows are hidden."""
    path = tmp_path_factory.mktemp("undo") / "programme.xlsx"
    example = simulate(weeks=8)
    example.tables[SupportLog.table][3][SupportLog.service.header] = "NOWHERE"
    example.tables[SupportLog.table][5][SupportLog.support_id.header] = None
    given = dict(example.tables[SupportLog.table][7])
    quick = {h: given.get(h) for h in QuickSupport.headers()}
    waiting, done = {**quick, QuickSupport.outcome.header: None}, {**quick, "Entered as": "SU-0003"}
    tables = {**example.tables, QuickSupport.table: [quick, waiting, done]}
    write_master(path, plan_book(tables, example.until))
    book = openpyxl.load_workbook(path)
    book[SupportLog.sheet].row_dimensions[HEADER + 2].hidden = True
    book.save(path)
    return path.read_bytes()


def check(host):
    entering = entries.entered(host.read())
    return entries.with_entries(entering, checks.changes(entering.after, checks.run(entering.after, DAY)))


def compute(host):
    view = View(host.read(), DAY)
    return record(view, triggers.evaluate(view), reviews(view))


def register(host):
    entry = Entry("board-minutes", "programme", DAY, DAY, "Documents/minutes.docx", "0" * 64)
    return entered(host.read(), (entry,))


def register_another(host):
    entry = Entry("governance-review", "programme", DAY, DAY, "Documents/review.docx", "1" * 64)
    return entered(host.read(), (entry,))


class Program:
    """The office program's own list of steps."""

    def __init__(self, host):
        self._book = host.book.impl

    def note(self, inverse):
        """The program has noted it itself."""

    def undo(self):
        self._book.undo()

    def redo(self):
        self._book.redo()


class Inverses:
    """The inverse of each run, applied like any other changes."""

    def __init__(self, host):
        self._host, self._done, self._undone = host, [], []

    def note(self, inverse):
        self._done.append(inverse)

    def undo(self):
        self._undone.append(self._applied(self._done.pop()))

    def redo(self):
        self._done.append(self._applied(self._undone.pop()))

    def _applied(self, inverse):
        fingerprint = self._host.read().fingerprint
        return self._host.apply(ChangeSet("undo", fingerprint, inverse.changes), who="Tester", when=WHEN)


def whole(host):
    """The whole document: of an open one all that is typed, how each sheet stands, where tables end and links lead."""
    if isinstance(host, LiveHost):
        book = host.book
        sheets = {sheet.name: (sheet.api.protected, sheet.visible) for sheet in book.sheets}
        return book.impl.standing, sheets, links_of(host, Checks.table)
    cells = {place: cell for place, cell in cells_of(host).items() if place[0] != History.table}
    raw = raw_of(host)
    left_out = {History.table, *(r.table for r in SUMMARIES)}  # never taken back, and shortened to what they hold
    ends = {t.table: (t.sheet, t.headers, t.body_rows) for t in raw.tables if t.table not in left_out}
    return cells, ends, links_of(host, Checks.table), raw.hidden


# Bytes in memory have the closed file's surface, whose turn it is here.
@pytest.mark.parametrize("kind", [kind for kind in HOSTS if "Excel" not in kind and kind != "bytes"])
def test_runs_taken_back_and_made_again_in_any_order(kind, master, request, tmp_path):
    path = tmp_path / "programme.xlsx"
    path.write_bytes(master)
    chance = random.Random(7)
    with opened(kind, path, request) as host:
        steps = Program(host) if isinstance(host, LiveHost) else Inverses(host)
        states = [whole(host)]
        for run in (check, compute, register, register_another):
            changes = run(host)
            assert changes, "a run without changes is no step"
            steps.note(host.apply(changes, who="Tester", when=WHEN))
            states.append(whole(host))
        at = last = len(states) - 1
        for _ in range(TIMES):
            back = at == last or (at > 0 and chance.random() < 0.6)
            (steps.undo if back else steps.redo)()
            at += -1 if back else 1
            assert whole(host) == states[at], f"{'undo' if back else 'redo'} to state {at}"


def test_rows_that_are_filtered_away_keep_their_looks_and_come_back(app, tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Key", "Word"])
    for n in range(1, 10):
        page.append(["a" if n % 3 else "b", f"word {n}" if n % 2 else None])
        page.cell(n + 1, 2).number_format = "0." + "0" * n
        page.row_dimensions[n + 1].hidden = bool(n % 3)
    page.auto_filter.ref = "A1:B10"
    page.auto_filter.add_filter_column(0, ["b"])
    book.save(tmp_path / "filtered.xlsx")
    opened_book = app.books.open(tmp_path / "filtered.xlsx")
    sheet = opened_book.sheets[0]
    cells = sheet["A2:B10"]

    def state():
        return cells.value, [sheet.range((row, 2)).number_format for row in range(2, 11)]

    before = state()
    cells.value = [[None if n % 2 else "c", n] for n in range(9)]
    after = state()
    assert after[1] == before[1]
    assert after[0] == [[None if n % 2 else "c", n] for n in range(9)]
    for _ in range(3):
        opened_book.impl.undo()
        assert state() == before
        opened_book.impl.redo()
        assert state() == after
    opened_book.close()
