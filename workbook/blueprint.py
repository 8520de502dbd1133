"""What a new master workbook holds, sheet by sheet, derived from the declared registers. Pure: a writer makes the file.

The example programme and an empty workbook are written from the same blueprint; they differ in the rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.cells import Cell
from workbook.declare import CHECK_HEADER, Area, Column, Kind, Register
from workbook.registers import (
    COMPUTED,
    LISTS,
    LISTS_BY_TABLE,
    REGISTERS,
    Actions,
    Checks,
    ImprovementLog,
    People,
    Programme,
    Services,
    SupportLog,
    Thresholds,
    TrainingMatrix,
    Triggers,
    WorkforcePlan,
)
from workbook.registers.prepare import STATUSES
from workbook.triggers.catalogue import THRESHOLDS

#: The layout of the workbook: raised when a column or sheet is added; `upgrade` brings older workbooks here.
LAYOUT_VERSION = "1"
#: Every table begins in this worksheet row: title, purpose and a blank row stand above it.
HEADER_ROW = 4

Tables = Mapping[str, Sequence[Mapping[str, Cell]]]


@dataclass(frozen=True)
class TablePlan:
    """One table on a sheet.

    Attributes:
        column: where it begins, counted from 1.
        fields: the declared column of each header; None for `Check` and for plain headers.
        rows: one tuple a row, as long as `headers`.
    """

    name: str
    column: int
    headers: tuple[str, ...]
    fields: tuple[Column[Any] | None, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Count:
    """A line of the Dashboard: how many rows of a table say something, as a live formula and as its value now."""

    label: str
    column: Column[Any]
    says: str
    value: int

    @property
    def formula(self) -> str:
        """The formula, with structured references."""
        return f'=COUNTIF({self.column.table}[{self.column.header}],"{self.says}")'


@dataclass(frozen=True)
class SheetPlan:
    """One worksheet. A sheet has tables, or it is drawn from `links`, `counts` or `grid`."""

    name: str
    area: Area
    purpose: str
    tables: tuple[TablePlan, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    counts: tuple[Count, ...] = ()
    grid: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class BookPlan:
    """The whole workbook: its sheets in order, and the names that drop-downs refer to."""

    sheets: tuple[SheetPlan, ...]
    names: Mapping[str, str]
    title: str


def list_name(table: str) -> str:
    """The defined name that a drop-down over a list or the ids of a table refers to."""
    return f"choose_{table}"


def plan_book(tables: Tables | None = None) -> BookPlan:
    """The blueprint of a master workbook.

    Args:
        tables: rows by header for each table; empty without.
    """
    given = tables or {}
    working = [_setup(given), _thresholds(given), _lists(given), *(_register(r, given) for r in REGISTERS)]
    results = [_dashboard(given), _training_overview(given), *(_register(r, given) for r in COMPUTED)]
    start = SheetPlan("Start here", Area.SETUP, "", links=tuple(_links([*working, *results])))
    names = {list_name(x.table): f"{x.table}[{x.header}]" for x in LISTS}
    keyed: tuple[type[Register], ...] = (Services, *REGISTERS)
    names |= {list_name(r.table): f"{r.table}[{r.key.header}]" for r in keyed if r.key is not None}
    title = next((str(r["Value"]) for r in given.get(Programme.table, ()) if r["Setting"] == "Programme name"), "")
    return BookPlan((start, *working, *results), names, title or "Digital champions programme")


def _links(sheets: Iterable[SheetPlan]) -> Iterable[tuple[str, str, str]]:
    return ((sheet.area.value, sheet.name, sheet.purpose) for sheet in sheets)


def _table(register: type[Register], given: Tables, column: int = 1) -> TablePlan:
    headers = [*register.headers(), *([CHECK_HEADER] if register.checked else [])]
    rows = tuple(tuple(row.get(h) for h in headers) for row in given.get(register.table, ()))
    fields = (*register.columns, *([None] if register.checked else []))
    return TablePlan(register.table, column, tuple(headers), fields, rows)


def _register(register: type[Register], given: Tables) -> SheetPlan:
    return SheetPlan(register.sheet, register.area, register.purpose, (_table(register, given),))


def _setup(given: Tables) -> SheetPlan:
    said = {str(r["Setting"]): r["Value"] for r in given.get(Programme.table, ())}
    settings = tuple((c.header, said.get(c.header, c.default)) for c in Programme.columns)
    programme = TablePlan(Programme.table, 1, ("Setting", "Value"), (None, None), settings)
    services = _table(Services, given, column=4)
    people = _table(People, given, column=4 + len(services.headers) + 1)
    purpose = "Who we are, which services take part, and who holds which role. Begin here."
    return SheetPlan("Setup", Area.SETUP, purpose, (programme, services, people))


def _thresholds(given: Tables) -> SheetPlan:
    said = {(r["Trigger"], r["Parameter"]): r["Value"] for r in given.get(Thresholds.table, ())}
    rows = tuple(
        (trigger, p.name, said.get((trigger, p.name), p.default), p.unit, p.default, p.meaning)
        for trigger, p in THRESHOLDS
    )
    table = TablePlan(Thresholds.table, 1, Thresholds.headers(), Thresholds.columns, rows)
    return SheetPlan(Thresholds.sheet, Area.SETUP, Thresholds.purpose, (table,))


def _lists(given: Tables) -> SheetPlan:
    tables = []
    for n, declared in enumerate(LISTS):
        values = tuple((r.get(declared.header),) for r in given.get(declared.table, ()))
        rows = values or tuple((v,) for v in declared.values)
        tables.append(TablePlan(declared.table, 1 + 2 * n, (declared.header,), (None,), rows))
    purpose = "The words offered in drop-downs. Add your own at the end of a list."
    return SheetPlan("Lists", Area.SETUP, purpose, tuple(tables))


def _dashboard(given: Tables) -> SheetPlan:
    wanted: list[tuple[str, Column[Any], str]] = [
        *((f"Champions: {status}", WorkforcePlan.status, status) for status in STATUSES),
        *((f"Support: {outcome}", SupportLog.outcome, outcome) for outcome in SupportLog.outcome.choices),
        ("Workarounds seen", SupportLog.workaround_seen, "Yes"),
        *((f"Issues: {status}", ImprovementLog.status, status) for status in ImprovementLog.status.choices),
        *((f"Actions: {status}", Actions.status, status) for status in Actions.status.choices),
        ("Triggers: action needed", Triggers.state, "Action needed"),
        ("Triggers: early warning", Triggers.state, "Early warning"),
        ("Entries that must be mended", Checks.severity, "Must be mended"),
    ]
    counts = tuple(
        Count(label, column, says, sum(r.get(column.header) == says for r in given.get(column.table, ())))
        for label, column, says in wanted
    )
    return SheetPlan("Dashboard", Area.RESULTS, "The programme in figures. The formulas are live.", counts=counts)


def _training_overview(given: Tables) -> SheetPlan:
    """Champions down, modules across; each cell counts the passes of that champion in that module."""
    modules = [str(r.get("Training modules")) for r in given.get(TrainingMatrix.module.target, ())]
    modules = modules or list(LISTS_BY_TABLE[TrainingMatrix.module.target].values)
    passed = {
        (r.get(TrainingMatrix.champion_id.header), r.get(TrainingMatrix.module.header))
        for r in given.get(TrainingMatrix.table, ())
        if r.get(TrainingMatrix.result.header) == "Passed"
    }
    ids = [str(r.get(WorkforcePlan.champion_id.header)) for r in given.get(WorkforcePlan.table, ())]
    rows = [(champion, *("Passed" if (champion, m) in passed else "" for m in modules)) for champion in ids]
    purpose = "Champions down, modules across: what each has passed. The formulas are live."
    grid = (("Champion ID", *modules), *rows)
    return SheetPlan("Training overview", Area.RESULTS, purpose, grid=grid)


#: How wide a column of each kind is, in characters.
WIDTHS: Mapping[Kind, int] = {
    Kind.ID: 13,
    Kind.TEXT: 24,
    Kind.LONG_TEXT: 46,
    Kind.DATE: 13,
    Kind.CHOICE: 19,
    Kind.YES_NO: 12,
    Kind.SCORE: 14,
    Kind.NUMBER: 13,
    Kind.WHOLE: 11,
    Kind.REFERENCE: 14,
    Kind.PERSON: 20,
    Kind.LIST: 22,
}
