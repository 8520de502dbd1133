"""The Dashboard's charts: where they stand, what they draw, and the words that stand above and behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from workbook.blueprint.behind import BETTER, CENTRES, DATES, LOWERS, TARGETS, UPPERS, VALUES, WORSE, of_chosen
from workbook.blueprint.figures import WEEKS, Figures
from workbook.blueprint.formulas import AS_OF, at, live_text, on, ref, words
from workbook.blueprint.hints import list_name
from workbook.blueprint.layout import DASHBOARD_SHEET, DATA_SHEET
from workbook.blueprint.measures import confidence, support
from workbook.blueprint.plan import Chart, Formula, Put, Rule, Series, Span
from workbook.blueprint.styles import required_head
from workbook.model.declare import Area
from workbook.model.registers import RunCharts

#: The widths of the Dashboard's columns, in figures.
WIDTHS = (20.0, 11.0, 15.4, 11.8, 11.8, 11.8, 11.8, 9.0, 17.0, 11.0, 11.0, 11.0, 12.0)
#: The rows in which the charts and the figures of the weeks begin; where a person may choose a series.
CHARTS_AT, WEEKS_AT, CHOICE = 9, 50, (10, 9)
#: The height of the row with what the rules say, in points.
SAID_HEIGHT = 62.0
_RUN_AT = CHOICE[1]
_FIRST, _LAST = WEEKS_AT + 2, WEEKS_AT + 1 + WEEKS
#: In pixels: the gap between charts, the width of the first, and a row.
_GAP, _WIDE, _ROW = 8, 372, 20
#: The last row that the charts take.
_BOTTOM = CHARTS_AT + 15
_WEEK_HEADS = (
    "Week from Monday",
    "Support entries",
    "Confidence before",
    "Confidence after",
    "Of full weeks",
    "Week under way",
)
_NO_READINGS = "No readings yet. Enter them on Outcome readings, then press Compute triggers."


def choice_place() -> str:
    """The cell in which a person chooses the series of the run chart."""
    return on(DASHBOARD_SHEET, at(*CHOICE, "rc"))


def choice_rule() -> Rule:
    """The drop-down of the series."""
    row, column = CHOICE
    return Rule(
        Span(row, column, row, column),
        "list",
        low=f"={list_name(RunCharts.table)}",
        title="Run chart",
        error="Choose one of the series offered. They are the measures and services with readings.",
        hint_title="Run chart",
        hint="Choose the measure or service that the chart shows. Blank: the first.",
    )


def above_charts(figures: Figures) -> Iterator[Put]:
    """The headings of the charts, the choice of a series, what the rules say of it; and words where nothing is."""
    yield Put(CHARTS_AT, 1, "Support and confidence, week by week", "section")
    yield Put(CHARTS_AT, _RUN_AT, "Run chart of an outcome: choose which", "section")
    wide = len(WIDTHS) - _RUN_AT + 1
    chart, every = figures.run_chart(), ref(RunCharts.series)
    first = live_text(f'IF(COUNTA({every})=0,"",INDEX({every},1))')
    yield Put(*CHOICE, Formula(first, chart.name if chart is not None else ""), "entry", across=wide)
    said = f"{chart.name}. {chart.said}" if chart is not None else _NO_READINGS
    series, rules = of_chosen(ref(RunCharts.series), '""'), of_chosen(ref(RunCharts.said), '""')
    found = f'IF({series}="",{words(_NO_READINGS)},{series}&". "&{rules})'
    yield Put(CHOICE[0] + 1, _RUN_AT, Formula(live_text(found), said), "said", across=wide)
    yield from _hollow(figures)


def _hollow(figures: Figures) -> Iterator[Put]:
    """Words behind the charts of the weeks while these have nothing to draw."""
    weeks = figures.weeks()
    entries, scores = f"{at(_FIRST, 2)}:{at(_LAST, 2)}", f"{at(_FIRST, 4)}:{at(_LAST - 1, 4)}"
    told = (
        (1, 3, f"SUM({entries})=0", "No support entries in these weeks", not any(w.entries for w in weeks)),
        (4, 5, f"COUNT({scores})=0", "No confidence scores in these weeks", all(w.after is None for w in weeks[:-1])),
    )
    for column, wide, empty, text, is_empty in told:
        formula = Formula(f'=IF({empty},{words(text)},"")', text if is_empty else "")
        yield Put(CHARTS_AT + 8, column, formula, "hollow", across=wide)


def weeks_table(figures: Figures) -> Iterator[Put]:
    """The figures of the weeks that the first two charts draw."""
    yield Put(WEEKS_AT, 1, "Support and confidence, week by week", "section")
    for n, head in enumerate(_WEEK_HEADS, start=1):
        yield Put(WEEKS_AT + 1, n, head, required_head(Area.RESULTS) if n == 1 else "head figures")
    for n, week in enumerate(figures.weeks()):
        row = _FIRST + n
        first = at(row, 1, "c")
        until = f"MIN({first}+6,{AS_OF})"
        monday = f"{AS_OF}-WEEKDAY({AS_OF},2)+1-{7 * (WEEKS - 1 - n)}"
        yield Put(row, 1, Formula(f"={monday}", week.monday), "line date")
        yield Put(row, 2, Formula(f"={support(first, until)}", week.entries), "line number")
        whole, entries = week.monday + dt.timedelta(6) <= figures.as_of, at(row, 2)
        for column, text, shown in (
            (5, f"IF({first}+6<={AS_OF},{entries},0)", whole),
            (6, f"IF({first}+6<={AS_OF},0,{entries})", not whole),
        ):
            yield Put(row, column, Formula(f"={text}", week.entries if shown else 0), "line number")
        for column, which, value in ((3, "before", week.before), (4, "after", week.after)):
            text = f"={confidence(which, first=first, last=until)}"
            yield Put(row, column, Formula(text, "–" if value is None else value), "line mean")


def charts() -> Iterator[Chart]:
    """Support a week, confidence before and after it, and the run chart of the chosen series."""
    weeks, run_from = Span(_FIRST, 1, _LAST, 1), sum(map(_pixels, WIDTHS[: _RUN_AT - 1]))
    where = f"The figures stand in the table from row {WEEKS_AT} on."
    yield _chart(
        (0, _WIDE),
        1,
        title="Support entries a week",
        categories=weeks,
        series=(
            Series("Full weeks", Span(_FIRST, 5, _LAST, 5), "after"),
            Series("Week under way", Span(_FIRST, 6, _LAST, 6), "before"),
        ),
        stacked=True,
        words="Columns: how many support entries there were in each of the last twelve weeks; the week under way, "
        f"which is not over, is hatched. {where}",
    )
    yield _chart(
        (_WIDE + _GAP, run_from - _GAP),
        1,
        title="Confidence before and after support",
        categories=Span(_FIRST, 1, _LAST - 1, 1),
        series=(
            Series("Before support", Span(_FIRST, 3, _LAST - 1, 3), "before"),
            Series("After support", Span(_FIRST, 4, _LAST - 1, 4), "after"),
        ),
        words="Columns: the mean confidence score, 1 to 5, before (hatched) and after (solid) support in each of the "
        f"last eleven full weeks. A week without scores has no column. {where}",
        highest=5,
        step=1,
    )
    yield _run_chart((run_from, sum(map(_pixels, WIDTHS))))


def _run_chart(ends: tuple[int, int]) -> Chart:
    return _chart(
        ends,
        3,
        title="",
        categories=DATES,
        series=(
            Series("Centre line", CENTRES, "centre"),
            Series("Limits", UPPERS, "limit"),
            Series("", LOWERS, "limit"),
            Series("Target", TARGETS, "target"),
            Series("Reading", VALUES, "reading"),
            Series("Improvement", BETTER, "better"),
            Series("Concern", WORSE, "worse"),
        ),
        words="Run chart of the series chosen above it: its newest readings as a grey line with dots, blue squares "
        "where they are an improvement and orange triangles where they are a concern; the centre line (solid), the "
        "two limits (dashed) and the target (dashes and dots). What the rules say stands above it, the figures on "
        f"the sheet {DATA_SHEET}.",
        sheet=DATA_SHEET,
        lines=True,
    )


def _chart(ends: tuple[int, int], beneath: int, **more: Any) -> Chart:
    """A chart between two places, in pixels from the left, so many rows beneath the headings; all end in one row."""
    first = CHARTS_AT + beneath
    column, left = 1, ends[0]
    while left >= _pixels(WIDTHS[column - 1]):
        left -= _pixels(WIDTHS[column - 1])
        column += 1
    said = CHOICE[0] + 1
    height = _ROW * (_BOTTOM - first + 1) + (round(SAID_HEIGHT * 4 / 3) - _ROW if first <= said else 0)
    return Chart(row=first, column=column, right=left, width=ends[1] - ends[0], height=height, **more)


def _pixels(width: float) -> int:
    """The pixels that a column takes."""
    return int(width * 7 + 0.5) + 5
