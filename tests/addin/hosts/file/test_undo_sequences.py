"""Runs one after the other, taken back one after the other and made again: each time, every cell is what it was then.

What stood below a table and moved down to make room for rows stays there, as it stood to each other.
"""

import datetime as dt
import os
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import TableFormula

from addin.hosts.file.host import ClosedHost
from addin.hosts.file.surface import FileSurface
from addin.lossless.opc.cells import Area
from tests.support import contract_builder
from tests.support.builders import rows_like
from tests.support.lossless.model import Drawn, Ref
from tests.support.lossless.model_books import draw_by_openpyxl
from tests.support.lossless.model_seen import drawn_on, openpyxl_value
from workbook.model.changes import AddColumn, AddTable, AppendRows, ChangeSet, ReplaceTable, RowRef, SetCell
from workbook.model.registers import Actions, Checks, Documents, ImprovementLog, People, Triggers

WHEN = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
KEPT = {"Programme", "Services", "People", "Actions", "ImprovementLog", "Checks", "Triggers", "History"}
COMPUTED = {
    Checks: ("Severity", "What is wrong", "What to do", "Code"),
    Triggers: ("Key", "Trigger", "Title", "Scope"),
}

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=9).filter(str.strip)
# a number in a cell with a date's format is a date, so dates and numbers stand in columns of their own
days = st.one_of(st.none(), texts, st.dates(dt.date(1990, 1, 1), dt.date(2080, 12, 31)))
others = st.one_of(st.none(), texts, st.integers(-(10**9), 10**9), st.booleans())
entry = st.fixed_dictionaries({}, optional={"Owner": others, "Raised on": days, "Action": texts, "Status": others})
bodies = st.lists(st.tuples(*[texts] * 4), max_size=4)

#: Each draws a change by what the workbook holds when it is its turn.
steps = st.one_of(
    st.tuples(st.just("set"), st.integers(0, 9), entry),
    st.tuples(st.just("append"), st.sampled_from([Actions, ImprovementLog]), st.integers(1, 3), entry),
    st.tuples(st.just("replace"), st.sampled_from(list(COMPUTED)), bodies),
    st.tuples(st.just("column"), st.sampled_from([Actions, People, Checks]), st.sampled_from(["More", "Others"])),
    st.tuples(st.just("table"), bodies),
)


def target(step):
    """What a step changes, which a run does once: each cell is compared with what it held before the run."""
    kind, *which = step
    return (kind, *which[: {"append": 1, "replace": 1, "column": 2}.get(kind, 0)])


runs = st.lists(st.lists(steps, min_size=1, max_size=3, unique_by=target), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    path = tmp_path_factory.mktemp("master") / "book.xlsx"
    rows = {
        "Actions": rows_like("Actions", [{"Action ID": "AC-001"}, {"Action ID": "AC-002", "Owner": "Carol"}]),
        "ImprovementLog": rows_like("ImprovementLog", [{"Issue ID": "IM-001"}]),
        "Checks": [{"Severity": "error", "What is wrong": "This.", "What to do": "Mend it.", "Code": "code"}],
    }
    every = {*contract_builder.SETUP, *contract_builder.REGISTERS, *contract_builder.COMPUTED}
    contract_builder.build(path, rows, computed=True, lists=False, leave_out=every - KEPT)
    book = openpyxl.load_workbook(path)
    add_what_people_add(book)
    book.save(path)
    return path.read_bytes()


def add_what_people_add(book):
    """Below and beside the tables, and elsewhere, stands all that people may have."""
    sheet, mine = book["Actions"], book.create_sheet("Mine")
    sheet["B9"], sheet["C9"], sheet["D20"] = "my note", 5, "far below"
    sheet["B9"].comment = Comment("Ask about this", "Somebody")
    sheet["B10"] = ArrayFormula("B10:B11", "=C2:C3")
    sheet.merge_cells("B12:C13")
    draw_by_openpyxl(sheet, Drawn(Area(14, 5, 16, 7)))
    sheet.add_data_validation(DataValidation(type="list", formula1="$B$5:$B$6", sqref="D5:D6"))
    draw_by_openpyxl(mine, Drawn(Area(9, 4, 12, 8), (Ref("Actions", Area(5, 4, 6, 4)),)))
    mine["A1"], mine["A2"] = "=COUNTA(Actions!D5:D6)", "=COUNTA(Actions[Owner])"
    mine["A3"] = "=COUNTA(Checks[Code])"
    book.defined_names["Owners"] = DefinedName("Owners", attr_text="Actions!$D$5:$D$6")
    checks = book["Checks"]
    table = checks.tables["Checks"]
    at = table.ref.partition(":")[0]
    right = checks[table.ref.partition(":")[2]].column + 1
    formula = "LEN(Checks[[#This Row],[Code]])"
    checks.cell(4, right, "Mine").offset(1).value = f"={formula}"
    last = checks.cell(int(table.ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), right)
    table.ref = table.autoFilter.ref = f"{at}:{last.coordinate}"
    column = type(table.tableColumns[0])(id=len(table.tableColumns) + 1, name="Mine")
    column.calculatedColumnFormula = TableFormula(attr_text=formula)
    table.tableColumns.append(column)


def seen(path):
    """All that stands on each sheet: in the tables' rows and above by place, below by how it stands to each other."""
    book = openpyxl.load_workbook(path)
    del book["Change history"]
    found = {(sheet.title, what): held for sheet in book for what, held in seen_on(sheet).items()}
    return found | {("names", name): defined.attr_text for name, defined in book.defined_names.items()}


def differences(before, now):
    return [
        (key, before.get(key), now.get(key)) for key in before.keys() | now.keys() if before.get(key) != now.get(key)
    ]


def seen_on(sheet):
    cells = {place: openpyxl_value(c) for place, c in sheet._cells.items() if openpyxl_value(c) is not None}
    ends = [int("".join(filter(str.isdigit, t.ref.rpartition(":")[2]))) for t in sheet.tables.values()]
    below = {place: value for place, value in cells.items() if ends and place[0] > max(ends)}
    first = min((row for row, _ in below), default=0)
    comments = {c.comment.text: c.row - first for c in sheet._cells.values() if c.comment}
    drawn = [(d.area.top - first if d.area.top >= first else d.area.top, d.shows) for d in drawn_on(sheet)]
    return {
        "tables": {t.name: (t.ref, [c.name for c in t.tableColumns]) for t in sheet.tables.values()},
        "cells": {place: value for place, value in cells.items() if place not in below},
        "below": {(row - first, column): str(value).split("}")[-1] for (row, column), value in below.items()},
        "comments": comments,
        "merged": [(m.min_row - first, m.max_row - first) for m in sheet.merged_cells.ranges],
        "links": {c.coordinate: c.hyperlink.location for c in sheet._cells.values() if c.hyperlink},
        "validations": [v.formula1 for v in sheet.data_validations.dataValidation],
        "drawn": drawn,
    }


def changes_of(path, snapshot, step, number):
    match step:
        case "set", which, values:
            rows = snapshot.rows(Actions)
            row, data = rows[which % len(rows)], snapshot.tables[Actions.table]
            surface, at = FileSurface(path.read_bytes()), data.header_row + 1 + row.ordinal
            held = {h: surface.value(data.sheet, at, data.first_column + data.headers.index(h)) for h in values}
            ref = RowRef(Actions.table, row.id, row.ordinal)
            return [SetCell(ref, header, held[header], value) for header, value in values.items()]
        case "append", register, count, values:
            known = {h: v for h, v in values.items() if register is Actions}
            key = register.key.header
            return [AppendRows(register.table, tuple({key: f"XX-{number}{n}", **known} for n in range(count)))]
        case "replace", register, body:
            links = {(0, "Code"): "'Mine'!A1"} if body and register is Checks else None
            return [ReplaceTable(register.table, COMPUTED[register], tuple(body), links)]
        case "column", register, header:
            return [AddColumn(register.table, header)]
        case "table", body:
            return [AddTable(Documents.table, "Documents", ("Document", "Scope", "As of", "File"), tuple(body))]
    return []


def apply(path, changes, command):
    host = ClosedHost(path)
    back = host.apply(ChangeSet(command, host.read().fingerprint, tuple(changes)), who="Tester", when=WHEN)
    assert not host.stays
    return back.changes


def test_runs_taken_back_and_made_again_bring_every_cell_back(master):
    """The same sequences each time; a tenth of what `make model` is told it tries, others each time."""
    many = int(os.environ.get("CHAMPIONS_EXAMPLES", "0"))

    @settings(
        max_examples=many // 10 or 12,
        deadline=None,
        derandomize=not many,
        phases=[Phase.generate, Phase.shrink] if many else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(runs)
    def law(runs):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "book.xlsx"
            path.write_bytes(master)
            states, back = [seen(path)], []
            for number, run in enumerate(runs):
                snapshot = ClosedHost(path).read()
                changes = [c for n, s in enumerate(run) for c in changes_of(path, snapshot, s, f"{number}{n}")]
                back.append(apply(path, changes, "check"))
                states.append(seen(path))
            again = []
            for changes, before in zip(reversed(back), reversed(states[:-1]), strict=True):
                again.append(apply(path, changes, "undo of check"))
                assert differences(before, seen(path)) == []
            for changes, after in zip(reversed(again), states[1:], strict=True):
                apply(path, changes, "redo of check")
                assert differences(after, seen(path)) == []

    law()
