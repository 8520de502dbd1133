"""How wide the columns are and how high the rows, so that nothing is cut off and no word is broken.

Widths are counted in figures of the normal font, heights in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbook.blueprint.fitting import BUTTON, INDENT, breadth, last_line, lines, longest_word
from workbook.blueprint.styles import Style
from workbook.model.cells import Cell
from workbook.model.declare import Column, Kind
from workbook.model.registers import (
    LISTS_BY_TABLE,
    Actions,
    Checks,
    Documents,
    Guidance,
    History,
    ImportProblems,
    ImprovementLog,
    Meetings,
    OutcomeMeasures,
    ReviewsDue,
    RunCharts,
    RunPoints,
    TeamLeaderReviews,
    ThisWeek,
    Thresholds,
    Triggers,
)

#: How wide a column of each kind is; wider where a heading or a choice needs it.
_BY_KIND: Mapping[Kind, float] = {
    Kind.ID: 13,
    Kind.TEXT: 23,
    Kind.LONG_TEXT: 44,
    Kind.DATE: 15,
    Kind.CHOICE: 13,
    Kind.YES_NO: 11,
    Kind.SCORE: 12,
    Kind.NUMBER: 12,
    Kind.WHOLE: 12,
    Kind.REFERENCE: 13,
    Kind.PERSON: 22,
    Kind.LIST: 13,
}
#: The same on a sheet that would else be too wide for one page: texts take more lines there.
_NARROW: Mapping[Kind, float] = {**_BY_KIND, Kind.TEXT: 18, Kind.LONG_TEXT: 28, Kind.PERSON: 18}
#: Columns that hold more or less than others of their kind.
_OWN: Mapping[Column[Any], float] = {
    Thresholds.trigger: 12,
    Thresholds.parameter: 27,
    Thresholds.unit: 15,
    Thresholds.meaning: 76,
    TeamLeaderReviews.triggers_considered: 18,
    Guidance.title: 30,
    ImprovementLog.linked_support: 24,
    Meetings.apologies: 28,
    OutcomeMeasures.measure: 42,
    Actions.origin: 17,
    Checks.severity: 18,
    Checks.in_table: 21,
    Checks.entry_id: 11,
    Checks.entry_row: 9,
    Checks.in_column: 23,
    Checks.what_is_wrong: 50,
    Checks.what_to_do: 50,
    Checks.code: 25,
    Checks.go_to: 30,
    Triggers.result_key: 16,
    Triggers.trigger: 11,
    Triggers.title: 26,
    Triggers.scope: 14,
    Triggers.state: 20,
    Triggers.what_was_found: 62,
    Triggers.threshold: 16,
    Triggers.evidence: 42,
    Triggers.escalation: 30,
    Triggers.owner: 26,
    Triggers.action_id: 12,
    ReviewsDue.review: 44,
    ReviewsDue.service: 13,
    ReviewsDue.owner: 38,
    ReviewsDue.what_proves_it: 40,
    Documents.document: 24,
    Documents.scope: 16,
    Documents.file: 52,
    Documents.workbook_fingerprint: 40,
    Documents.file_hash: 40,
    History.when: 21,
    History.who: 18,
    History.command: 16,
    History.in_table: 21,
    History.entry_id: 12,
    History.before: 44,
    History.after: 62,
    ImportProblems.into: 21,
    ImportProblems.entry: 62,
    ThisWeek.number: 5,
    RunCharts.series: 76,
    RunCharts.said: 76,
    RunPoints.series: 76,
}
_CHECK_WIDTH, _LONGEST_CHOICE, _NARROW_CHOICE = 46.0, 26.0, 18.0
_LINE, _HIGHEST = 15.0, 409.0
#: What LibreOffice leaves free beside a text, besides its indent.
_MARGIN = 0.6


def width_of(header: str, field: Column[Any] | None, head: Style, *, narrow: bool = False) -> float:
    """How wide a column is.

    Args:
        header: its heading.
        field: its declaration; None for the column Check.
        head: the look of its heading.
        narrow: whether its sheet would else be too wide for one page.
    """
    if field is None:
        return _CHECK_WIDTH
    if field in _OWN:
        return _OWN[field]
    offered = LISTS_BY_TABLE[field.target].values if field.kind is Kind.LIST else field.choices
    most = _NARROW_CHOICE if narrow else _LONGEST_CHOICE
    longest = min(most, max((breadth(choice) for choice in offered), default=0.0) + INDENT + _MARGIN + 0.1)
    # The button that filters lies upon the end of the last line.
    taken, indent = (2 * BUTTON, 0.0) if head.across == "center" else (BUTTON + INDENT, INDENT)
    width = max((_NARROW if narrow else _BY_KIND)[field.kind], longest_word(header, bold=head.bold) + taken, longest)
    while last_line(header, width - indent, bold=head.bold) + taken > width:
        width += 0.5
    return round(width, 1)


def head_height(headings: Iterable[tuple[str, float, Style]]) -> float:
    """The height of a row of headings, each with its column's width and its look."""
    count = max(lines(h, w - BUTTON - INDENT, bold=head.bold) for h, w, head in headings)
    return _LINE * max(count, 2) + 4


def height_of(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """The height of a row of wrapped texts; Excel allows no more than 409 points."""
    pairs = zip(cells, widths, strict=True)
    count = max((lines(cell, width - INDENT - _MARGIN) for cell, width in pairs if isinstance(cell, str)), default=1)
    return min(_HIGHEST, _LINE * count)
