"""What is written of lists that are brought in: one change set over all files, which undo takes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbook.intake.dates import ORDERS
from workbook.intake.deciding import Deciding, Entry
from workbook.intake.forgotten import without_forgotten
from workbook.intake.matching import NO_MAP, TIME_OF_FORM, Match, Matched, SourceMap, match_columns
from workbook.intake.melting import melted
from workbook.intake.outcomes import FileReport
from workbook.intake.remembered import COMMAND
from workbook.intake.source import SHEET_FORM, WEB_FORM, Source
from workbook.intake.unusable import missing_columns, twice_there
from workbook.intake.values import Names, Reader
from workbook.intake.wishes import Intake, Wish, start
from workbook.model.cells import Cell
from workbook.model.changes import AppendRows, Change, ChangeSet
from workbook.model.declare import Column, Kind, Register, gives_ids
from workbook.model.sheet_names import with_sheets_renamed
from workbook.model.shown_sheets import with_filled_shown
from workbook.model.view import View

#: Where a form's answers hold the time at which it was filled in.
_TIME_OF_FORM = {WEB_FORM: 2, SHEET_FORM: 0}


def bring_in(view: View, wish: Wish, sources: Sequence[tuple[Source, SourceMap]]) -> tuple[list[FileReport], ChangeSet]:
    """What becomes of every row of some lists, and the changes that bring them in.

    Args:
        view: the workbook on the day.
        wish: what a person asks for.
        sources: the lists, each with what its mapping file says.

    Raises:
        ColumnsMissing: a required column has none in a list.
        SourceUnusable: a header that goes into a column of ours stands twice.
    """
    intake = start(view, wish)
    plans = [plan(intake, source, mapping) for source, mapping in sources]
    reports = [Deciding(intake, p).run() for p in plans]
    return reports, changes_of([intake])


def changes_of(intakes: Sequence[Intake]) -> ChangeSet:
    """All that is to be written, of one or more registers; the import problems are those of the first."""
    first, snapshot = intakes[0], intakes[0].view.snapshot
    made: list[Change] = []
    for intake in intakes:
        if intake.rows:
            rows, origins = zip(*intake.rows, strict=True)
            made.append(AppendRows(intake.wish.register.table, tuple(rows), tuple(origins)))
    changes = ChangeSet(COMMAND, snapshot.fingerprint, (*made, *first.problems.changes()))
    return with_sheets_renamed(snapshot, with_filled_shown(snapshot, changes))


def plan(intake: Intake, source: Source, mapping: SourceMap = NO_MAP) -> Entry:
    """A list with its columns matched, and its cells as the register wants them.

    Raises:
        ColumnsMissing, SourceUnusable: as `bring_in`.
    """
    register = intake.wish.register
    source, renamed = without_forgotten(melted(source, mapping), intake.forgotten)
    matched = _with_form_time(register, source, mapping, match_columns(register, source, mapping, intake.wish.asking))
    if matched.twice:
        raise twice_there(source, matched.twice)
    columns = matched.columns()
    given = {c for c in register.columns if gives_ids(c)} | set(mapping.constants) | set(columns)
    missing = [c for c in register.columns if c.required and c not in given]
    if missing:
        raise missing_columns(register, source, matched, missing)
    order = ORDERS.get(intake.wish.dates or mapping.dates, "")
    reader = Reader(
        Names(intake.view.snapshot), mapping, source.separator, order, intake.view.snapshot.programme.date_order or ""
    )
    report = FileReport(source, matched.matches, found_map=mapping.name, renamed=renamed)
    cells = _cells(intake, reader, source, columns, report)
    for column, value in mapping.constants.items():
        cells[column] = reader.column(column, [value] * len(source.rows))
    return Entry(source, report, cells, columns)


def _with_form_time(register: type[Register], source: Source, mapping: SourceMap, matched: Matched) -> Matched:
    """A form without a question for it: the time of its answers gives the register's one required day."""
    place = _TIME_OF_FORM.get(source.kind)
    days = [c for c in register.columns if c.kind is Kind.DATE and c.required]
    if place is None or len(days) != 1 or days[0] in matched.columns() or days[0] in mapping.constants:
        return matched
    matches = list(matched.matches)
    matches[place] = Match(place, source.headers[place], days[0], TIME_OF_FORM)
    return Matched(tuple(matches), matched.twice)


def _cells(
    intake: Intake, reader: Reader, source: Source, columns: Mapping[Column[Any], int], report: FileReport
) -> dict[Column[Any], list[Cell]]:
    """The cells of each column of ours; where days read two ways, a person may be asked."""
    raw = {c: [row.cells[n] for row in source.rows] for c, n in columns.items()}
    days = {n for c, n in columns.items() if c.kind is Kind.DATE} | set(source.technical)
    held = {n: [row.cells[n] for row in source.rows] for n in days}
    found: dict[Column[Any], list[Cell]] = {}
    for column, cells in raw.items():
        others = [held[n] for n in sorted(days - {columns[column]})]
        if column.kind is Kind.DATE:
            order = reader.order(cells, others)
            if not order:
                order = _asked(intake, column, reader, cells)
            report.dates = report.dates or next((k for k, v in ORDERS.items() if v == order), "")
            found[column] = reader.days(column, cells, order)
        else:
            found[column] = reader.column(column, cells)
    return found


def _asked(intake: Intake, column: Column[Any], reader: Reader, cells: Sequence[Cell]) -> str:
    text = reader.two_way(cells)
    if intake.wish.order is None or not text:
        return ""
    return ORDERS.get(intake.wish.order(column.header, text), "")
