"""Every live formula of a master workbook, reckoned by LibreOffice, against what Python reckons from the snapshot.

The files are written with a false value in each formula, so that a figure that is not reckoned can't pass.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import warnings

import openpyxl
import pytest

from addin.output.masterbook import build_master
from tests.support.builders import raw_table
from tests.support.office import convert_reckoned
from workbook.blueprint import HEADER_ROW, plan_book
from workbook.blueprint.behind import DATES
from workbook.blueprint.formulas import NO_POINT
from workbook.blueprint.graphs import CHOICE
from workbook.blueprint.plan import Formula
from workbook.example import simulate
from workbook.model.raw import RawBook
from workbook.model.reading import read_book
from workbook.model.registers import REGISTERS, RunCharts, RunPoints, Services
from workbook.model.view import View
from workbook.rules.run_charts import POINTS, run_charts

pytestmark = pytest.mark.libreoffice
STALE = "not reckoned"
#: Where the date of a drawn point stands among the cells of its row.
CHOSEN = DATES.left - 1


def with_false_values(plan):
    sheets = []
    for sheet in plan.sheets:
        puts = tuple(
            dataclasses.replace(p, content=dataclasses.replace(p.content, value=STALE))
            if isinstance(p.content, Formula)
            else p
            for p in sheet.puts
        )
        sheets.append(dataclasses.replace(sheet, puts=puts))
    return dataclasses.replace(plan, sheets=tuple(sheets))


def reckoned(plan, folder, *, locale="en-GB"):
    """The workbook as LibreOffice saves it after reckoning everything, values only."""
    path = folder / "programme.xlsx"
    path.write_bytes(build_master(with_false_values(plan)))
    (folder / "saved").mkdir()
    with warnings.catch_warnings():
        # openpyxl has no word for a print area of whole columns, which is what LibreOffice writes.
        warnings.filterwarnings("ignore", "Print area cannot be set")
        return openpyxl.load_workbook(convert_reckoned(path, folder / "saved", locale=locale), data_only=True)


def same(got, wanted):
    if isinstance(got, dt.datetime):
        got = got.date()
    got, wanted = (value if value is not None else "" for value in (got, wanted))
    numbers = isinstance(got, int | float) and isinstance(wanted, int | float)
    return got == pytest.approx(wanted) if numbers else got == wanted


def differing(book, plan):
    """Where a formula gives another value than Python."""
    return [
        (sheet.name, put.row, put.column, got, put.content.value)
        for sheet in plan.sheets
        for put in sheet.puts
        if isinstance(put.content, Formula)
        and not same(got := book[sheet.name].cell(put.row, put.column).value, put.content.value)
    ]


def errors(book):
    return [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        for row in sheet
        for cell in row
        if cell.data_type == "e" or str(cell.value).startswith(("#", "Err:"))
        if not (sheet.title == "Dashboard data" and cell.value == NO_POINT)
    ]


def ran(example):
    """The example as it stands after a run of the triggers and reviews, as far as the Dashboard counts them."""
    tables = {name: list(rows) for name, rows in example.tables.items()}
    states = ("Action needed", "Early warning", "No concern found", "Lapsed unanswered")
    scopes = ("OAK", "DC-004", "programme", "LIME", "DC-001")
    tables["Triggers"] = [
        {"Key": f"S{n}:{scope}", "Scope": scope, "State": state, "Last seen on": example.until}
        for n, state in enumerate(states)
        for scope in scopes[n:]
    ]
    days = ((-3, 3), (0, 0), (5, 0), (40, 0))
    tables["ReviewsDue"] = [
        {"Review": "Adoption support", "Next due on": example.until + dt.timedelta(due), "Days late": late}
        for due, late in days
    ]
    tables["Checks"] = [{"Severity": s, "What is wrong": "x"} for s in ("Must be mended", "Please look")]
    charts, points = run_charts(View(snapshot_of(tables), example.until))
    tables["RunCharts"] = [dict(zip(RunCharts.headers(), row, strict=True)) for row in charts]
    tables["RunPoints"] = [dict(zip(RunPoints.headers(), row, strict=True)) for row in points]
    return tables


def snapshot_of(tables):
    """The tables as a host would read them."""
    raw = [
        raw_table(r.table, r.headers(), [[row.get(h) for h in r.headers()] for row in tables.get(r.table, ())])
        for r in (Services, *REGISTERS)
    ]
    return read_book(RawBook("example.xlsx", raw))


LOCALES = pytest.mark.parametrize("locale", ["en-GB", "de-DE"])


@LOCALES
def test_every_figure_of_the_example_is_what_python_reckons(tmp_path, locale):
    example = simulate()
    plan = plan_book(ran(example), example.until)
    book = reckoned(plan, tmp_path, locale=locale)
    assert not errors(book)
    assert not differing(book, plan)
    values = {p.content.value for s in plan.sheets if s.name == "Dashboard" for p in s.puts if _is_formula(p)}
    assert len(values) > 30, "the example gives the Dashboard something to show"
    assert any("a fall would have to be" in str(value) for value in values), "the run chart has something to draw"


def _is_formula(put):
    return isinstance(put.content, Formula)


@LOCALES
def test_an_empty_workbook_has_no_error_and_follows_the_calendar(tmp_path, locale):
    book = reckoned(plan_book(), tmp_path, locale=locale)
    assert not errors(book)
    assert not differing(book, plan_book({}, dt.date.today()))


def test_half_filled_rows_are_counted_as_python_counts_them(tmp_path):
    """Cells left blank in begun rows, a service not in use, champions without a service, a closed issue reopened."""
    until = dt.date(2026, 6, 30)
    tables = {
        "Services": [
            {"Service code": "OAK", "Service name": "Oak House", "Go-live date": until, "In use": "Yes"},
            {"Service code": "ELM", "In use": "No"},
            {"Service code": "ASH", "Service name": "Ash", "Go-live date": until + dt.timedelta(9), "In use": "Yes"},
        ],
        "WorkforcePlan": [
            {"Champion ID": "DC-001", "Name": "Champion Alpha", "Service": "OAK", "Status": "Active"},
            {"Champion ID": "DC-007", "Status": "Signed off"},
            {"Name": "Champion Beta", "Service": "OAK"},
            {"Champion ID": "DC-009", "Name": "Champion Gone", "Service": "OAK", "Status": "Stepped down"},
            {"Champion ID": "DC-010", "Name": "Champion Resting", "Service": "ELM", "Status": "Paused"},
        ],
        "TrainingMatrix": [
            {"Champion ID": "DC-001", "Module": "Data protection", "Required": "Yes", "Planned date": until},
            {"Champion ID": "DC-007", "Module": "Data protection", "Required": "Yes", "Result": "Passed"},
            {"Champion ID": "DC-007", "Module": "Recording standards", "Result": "Passed"},
            *refreshers(until),
        ],
        "Triggers": [
            {"Trigger": "P1", "Scope": "DC-001", "State": "Too few entries to say", "Last seen on": until},
            {"Trigger": "P7", "Scope": "DC-001", "State": "No concern found", "Last seen on": until},
            {"Trigger": "P4", "Scope": "DC-007", "State": "Early warning", "Last seen on": until},
            {"Trigger": "P3", "Scope": "DC-001", "State": "Action needed", "Last seen on": until},
            {"Trigger": "P5", "Scope": "DC-009", "State": "Action needed", "Last seen on": until},
            {"Trigger": "P5", "Scope": "DC-010", "State": "Action needed", "Last seen on": until},
        ],
        "SupportLog": [
            {"Support ID": "SU-0009", "Date": until, "Service": "OAK", "Support need": "None seen"},
            {"Date": until, "Support need": "Logging in", "Confidence after": 2},
            {"Date": until + dt.timedelta(1), "Service": "OAK", "Support need": "Logging in"},
            {"Staff member": "Carer One"},
        ],
        "ImprovementLog": [
            {"Raised on": until - dt.timedelta(28), "Service": "OAK"},
            {"Raised on": until - dt.timedelta(29), "Service": "OAK", "Status": "Open", "Reply due date": until},
            {"Raised on": until - dt.timedelta(29), "Status": "Closed"},
            {"Status": "Open"},
        ],
        "Actions": [
            {"Due date": until - dt.timedelta(1), "Status": "Done"},
            {"Due date": until - dt.timedelta(1), "Status": "Open"},
            {"Due date": until, "Status": "Open"},
            {"Due date": until - dt.timedelta(1)},
        ],
        "ProtectedTime": [{"Champion ID": "DC-001", "Week commencing": dt.date(2026, 6, 22), "Hours given": 3}],
    }
    plan = plan_book(tables, until)
    book = reckoned(plan, tmp_path)
    assert not errors(book)
    assert not differing(book, plan)


def refreshers(until):
    """Of the first champion one late and, followed by a later pass, one no more; of the second one soon due.

    One stands twice; those who left, or are paused, are not counted.
    """
    for champion, module, passed, due, result in (
        ("DC-001", "Recording standards", 400, -1, "Passed"),
        ("DC-001", "Recording standards", 400, -1, "Passed"),
        ("DC-001", "Recording standards", 3, 40, "Needs more practice"),
        ("DC-001", "Care workflows", 400, -40, "Passed"),
        ("DC-001", "Care workflows", 30, 31, "Passed"),
        ("DC-007", "Care workflows", 335, 30, None),
        ("DC-009", "Care workflows", 400, -40, "Passed"),
        ("DC-010", "Care workflows", 400, -40, "Passed"),
    ):
        yield {
            "Champion ID": champion,
            "Module": module,
            "Completed on": until - dt.timedelta(passed),
            "Refresher due date": until + dt.timedelta(due),
            "Result": result,
        }


def test_with_ten_thousand_support_entries_every_figure_is_right(tmp_path):
    example, chance = simulate(), random.Random(3)
    tables = dict(example.tables)
    entries = []
    for n in range(10_000):
        row = dict(chance.choice(tables["SupportLog"]))
        row |= {"Support ID": f"SU-{n + 1:04d}", "Date": example.until - dt.timedelta(chance.randint(-5, 170))}
        row |= {"Confidence before": chance.choice([None, 1, 2, 3]), "Confidence after": chance.choice([None, 3, 4, 5])}
        entries.append(row)
    tables["SupportLog"] = entries
    plan = plan_book(tables, example.until)
    book = reckoned(plan, tmp_path, locale="en-GB")
    assert not errors(book)
    assert not differing(book, plan)


def test_the_run_chart_draws_the_series_that_a_person_chooses(tmp_path):
    until = dt.date(2026, 6, 30)
    series = {"First": (1, 2, 50.5, 40.0, 60.0), "Second": (3, 3, 8.0, 7.0, 9.0)}
    names = ("First point", "Points", "Centre line", "Lower limit", "Upper limit")
    charts = [
        {"Series": s, "Measure ID": "OM-01", "What the rules say": f"{s} it is.", **dict(zip(names, v, strict=True))}
        for s, v in series.items()
    ]
    points = [
        {"Series of the point": "any", "Date": until - dt.timedelta(9 - n), "Value": value}
        for n, value in enumerate([50, 51, 7, 8, 9])
    ]
    plan = plan_book({"RunCharts": charts, "RunPoints": points}, until)
    book = reckoned(with_choice(plan, "Second"), tmp_path)
    told = [c.value for row in book["Dashboard"]["I9:M12"] for c in row]
    assert "Second. Second it is." in told
    rows = [[c.value for c in row] for row in book["Dashboard data"].iter_rows(min_row=HEADER_ROW + 1, max_col=30)]
    drawn = [row[CHOSEN : CHOSEN + 5] for row in rows[:POINTS]]
    assert [row[1] for row in drawn] == [7, 8, *[9] * (POINTS - 2)], (
        "what a short series lacks lies upon its last point"
    )
    assert {tuple(row[2:]) for row in drawn} == {(8, 7, 9)}
    assert [row[0].date() for row in drawn[:3]] == [until - dt.timedelta(days) for days in (7, 6, 5)]


def with_choice(plan, series):
    sheets = [
        dataclasses.replace(
            sheet,
            puts=tuple(
                dataclasses.replace(p, content=series)
                if (p.row, p.column) == CHOICE and sheet.name == "Dashboard"
                else p
                for p in sheet.puts
            ),
        )
        for sheet in plan.sheets
    ]
    return dataclasses.replace(plan, sheets=tuple(sheets))
