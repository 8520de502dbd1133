"""The whole plan of a master workbook: its sheets in the order of the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from workbook.blueprint.behind import data_sheet, names_place
from workbook.blueprint.card import card_sheet, champions_place
from workbook.blueprint.dashboard import as_of_place, dashboard_sheet
from workbook.blueprint.figures import Figures
from workbook.blueprint.fitting import BUTTON, INDENT, breadth
from workbook.blueprint.formulas import AS_OF, SETTING, VALUE, at
from workbook.blueprint.glance import glance_sheet
from workbook.blueprint.graphs import choice_place
from workbook.blueprint.hints import entry_rule, heading_hint, list_name
from workbook.blueprint.layout import HEADER_ROW
from workbook.blueprint.overview import overview_sheet
from workbook.blueprint.paints import wanted_paint
from workbook.blueprint.plan import BookPlan, Paint, Put, Rule, SheetPlan, Span, TablePlan, Tables
from workbook.blueprint.standing import standing, status_of
from workbook.blueprint.start import numbers_at, start_sheet
from workbook.blueprint.styles import optional_head, required_head
from workbook.blueprint.tables import computed_sheet, register_sheet, rows_from, rules_of, sheet_of, table_of
from workbook.model.catalogue import THRESHOLDS
from workbook.model.cells import Cell
from workbook.model.declare import Area, Kind, Register
from workbook.model.guide import STEPS
from workbook.model.light_dataclasses import replace
from workbook.model.raw import RawBook, RawTable, columns_of
from workbook.model.reading import read_book
from workbook.model.registers import (
    COMPUTED,
    ENTRY_SHEETS,
    LISTS,
    LISTS_SHEET,
    REGISTERS,
    SETUP,
    SUMMARIES,
    People,
    Programme,
    RunCharts,
    Services,
    Thresholds,
)
from workbook.model.registers.entry import BY_NAME
from workbook.model.shown_sheets import hidden_at_first
from workbook.model.snapshot import Snapshot

#: The day of a workbook that follows the calendar, for the values it is written with; opening it reckons them anew.
_SOME_DAY = dt.date(2026, 1, 1)
#: Rows that stand ready in a list, for words of people's own.
_SPARE = 8
_SETTING_WIDTHS = (30.0, 46.0)
_SETUP_SCALE = 56


def plan(tables: Tables, as_of: dt.date | None) -> BookPlan:
    """The blueprint of a master workbook (see `workbook.blueprint.plan_book`)."""
    given = {**tables, Programme.table: _settings(tables), Thresholds.table: _thresholds(tables)}
    snapshot = _snapshot(given)
    day = as_of or _SOME_DAY
    figures = Figures(snapshot, day)
    standings = {r.table: standing(r, given, snapshot, day) for r in (*SETUP, *REGISTERS, *ENTRY_SHEETS, *COMPUTED)}
    sheets = [_setup(given), _lists(given), _thresholds_sheet(given)]
    entered = [s.register for s in STEPS if s.register in (*ENTRY_SHEETS, *REGISTERS)]
    sheets += [register_sheet(r, given, status_of(standings[r.table], numbers_at(r))) for r in entered]
    sheets += [dashboard_sheet(figures, as_of), overview_sheet(figures), glance_sheet(figures)]
    sheets.append(card_sheet(figures, given))
    sheets += [computed_sheet(r, given) for r in COMPUTED]
    sheets.append(data_sheet(figures, given, choice_place()))
    hidden = hidden_at_first(snapshot, day)
    sheets = [replace(sheet, hidden=sheet.name in hidden) for sheet in sheets]
    places = {t.name: t.column for s in sheets for t in s.tables}
    start = start_sheet({s.name: s for s in sheets}, given, standings, places)
    return BookPlan((start, *sheets), _names(), snapshot.programme.programme_name or "Digital champions programme")


def _snapshot(given: Tables) -> Snapshot:
    """What a host would read from the workbook once written."""
    tables = []
    registers: tuple[type[Register], ...] = (*SETUP, *REGISTERS, *ENTRY_SHEETS, *COMPUTED, *SUMMARIES)
    headers: dict[str, tuple[str, ...]] = {r.table: r.headers() for r in registers}
    headers |= {Programme.table: (SETTING, VALUE), **{x.table: (x.header,) for x in LISTS}}
    sheets = {r.table: r.sheet for r in registers}
    for table, named in headers.items():
        rows = [list(row) for row in rows_from(given, table, named)]
        columns = columns_of(rows, len(named))
        tables.append(RawTable(table, sheets.get(table, LISTS_SHEET), HEADER_ROW, 1, named, columns, len(rows)))
    return read_book(RawBook("", tables))


def _names() -> Mapping[str, str]:
    """The names that drop-downs and formulas use. A drop-down reaches to the last filled cell of its column."""
    registers: tuple[type[Register], ...] = (Services, People, *REGISTERS)
    offered = {c.target for r in registers for c in r.columns if c.kind in (Kind.LIST, Kind.REFERENCE)}
    columns = {r.table: r.key.header for r in registers if r.key is not None and r.table in offered}
    columns |= {x.table: x.header for x in LISTS if x.table in offered} | {RunCharts.table: RunCharts.series.header}
    places = {table: f"{table}[{header}]" for table, header in columns.items()} | {People.table: names_place()}
    by_name = {list_name(c.target, by_name=True): _filled(champions_place()) for c in BY_NAME}
    return {AS_OF: as_of_place(), **by_name, **{list_name(table): _filled(place) for table, place in places.items()}}


def _filled(column: str) -> str:
    last = f'SUMPRODUCT(MAX(({column}<>"")*(ROW({column})-MIN(ROW({column}))+1)))'
    return f"INDEX({column},1):INDEX({column},MAX(1,{last}))"


def _settings(given: Tables) -> list[dict[str, Cell]]:
    said = {str(r[SETTING]): r[VALUE] for r in given.get(Programme.table, ())}
    return [{SETTING: c.header, VALUE: said.get(c.header, c.default)} for c in Programme.columns]


def _setup(given: Tables) -> SheetPlan:
    area = Area.SETUP
    programme = TablePlan(
        Programme.table,
        1,
        (SETTING, VALUE),
        (None, None),
        rows_from(given, Programme.table, (SETTING, VALUE)),
        Programme.purpose,
        len(Programme.columns),
        _SETTING_WIDTHS,
        (required_head(area), required_head(area)),
        ("text", "text"),
    )
    services = table_of(Services, given, column=4, caption=Services.purpose)
    people = table_of(People, given, column=4 + len(services.headers) + 1, caption=People.purpose)
    purpose = "Who we are, which services take part, and who holds which role. Begin here."
    registers = ((Services, services), (People, people))
    titles = (("Settings", 2), ("Services", services.column), ("People", people.column))
    sheet = sheet_of(
        Programme.sheet,
        area,
        purpose,
        (programme, services, people),
        puts=[Put(3, column, title, "section") for title, column in titles],
        rules=(*_setting_rules(), *(rule for _, t in registers for rule in rules_of(t))),
        paints=(_setting_paint(), *(wanted_paint(r, t) for r, t in registers)),
        freeze=(HEADER_ROW, 0),
    )
    # Who we are and our services on one page, the people on the next.
    return replace(
        sheet, scale=_SETUP_SCALE, column_breaks=(people.column - 1,), cursor=(HEADER_ROW + 1, 2), large=False
    )


def _setting_rules() -> Iterator[Rule]:
    for n, column in enumerate(Programme.columns):
        row = HEADER_ROW + 1 + n
        yield heading_hint(column, Span(row, 1, row, 1))
        rule = entry_rule(column, Span(row, 2, row, 2))
        if rule is not None:
            yield rule


def _setting_paint() -> Paint:
    """Settings that must be filled in, known by their labels so that sorting does no harm."""
    span = Span(HEADER_ROW + 1, 2, HEADER_ROW + len(Programme.columns), 2)
    label = at(span.top, 1, "c")
    optional = "".join(f',{label}<>"{c.header}"' for c in Programme.columns if not c.required)
    return Paint((span,), f'=AND({at(span.top, 2, "c")}="",{label}<>""{optional})', "wanted")


def _thresholds(given: Tables) -> list[dict[str, Cell]]:
    said = {(r["Trigger"], r["Parameter"]): r["Value"] for r in given.get(Thresholds.table, ())}
    return [
        dict(
            zip(
                Thresholds.headers(),
                (trigger, p.name, said.get((trigger, p.name), p.default), p.unit, p.default, p.meaning),
                strict=True,
            )
        )
        for trigger, p in THRESHOLDS
    ]


def _thresholds_sheet(given: Tables) -> SheetPlan:
    table = table_of(Thresholds, given, caption="A changed value is shown bold; its default stands beside it.")
    at_value = 1 + table.headers.index(Thresholds.value.header)
    at_default = 1 + table.headers.index(Thresholds.default.header)
    row, last = HEADER_ROW + 1, HEADER_ROW + len(table.rows)
    changed = f"={at(row, at_value, 'c')}<>{at(row, at_default, 'c')}"
    return sheet_of(
        Thresholds.sheet,
        Area.SETUP,
        Thresholds.purpose,
        (table,),
        rules=tuple(r for r in rules_of(table) if r.span.top == HEADER_ROW or r.span.left == at_value),
        paints=(Paint((Span(row, at_value, last, at_value),), changed, "changed"),),
        freeze=(HEADER_ROW, 2),
        long=True,
    )


def _lists(given: Tables) -> SheetPlan:
    tables = []
    for n, declared in enumerate(LISTS):
        rows = rows_from(given, declared.table, (declared.header,)) or tuple((v,) for v in declared.values)
        texts = (breadth(str(row[0])) for row in rows)
        width = max(*texts, breadth(declared.header) + BUTTON) + INDENT + 1
        tables.append(
            TablePlan(
                declared.table,
                1 + 2 * n,
                (declared.header,),
                (None,),
                rows,
                room=len(rows) + _SPARE,
                widths=(round(width, 1),),
                heads=(optional_head(Area.SETUP),),
                bodies=("text",),
            )
        )
    purpose = "The words offered in drop-downs. Add your own at the end of a list; the drop-downs follow."
    return sheet_of(LISTS_SHEET, Area.SETUP, purpose, tuple(tables), freeze=(HEADER_ROW, 0))
