"""Dashboard data: what stands behind the Dashboard's run chart, and the names that drop-downs offer.

The program writes the two tables. Beside them stand, as formulas, the newest points of the series that a person chose
on the Dashboard, and everybody who holds a role, each once. Points that a short series lacks lie upon its last one.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.blueprint.figures import Figures, RunChart
from workbook.blueprint.formulas import AS_OF, NO_POINT, at, live, live_text, on, ref, words
from workbook.blueprint.layout import DATA_SHEET, HEADER_ROW
from workbook.blueprint.plan import Formula, Paint, Put, SheetPlan, Span, Tables
from workbook.blueprint.styles import required_head
from workbook.blueprint.tables import COMPUTED_LEGEND, sheet_of, table_of
from workbook.model.cells import Cell
from workbook.model.declare import Area
from workbook.model.registers import People, RunCharts, RunPoints
from workbook.rules.run_charts import CONCERN, IMPROVEMENT, POINTS

#: How many different names there is room for.
NAMES = 60
_POINTS_AT = len(RunCharts.columns) + 2
_CHOSEN_AT = _POINTS_AT + len(RunPoints.columns) + 1
_HEADS = (
    "Point shown",
    "Date",
    "Value",
    "Centre line",
    "Lower limit",
    "Upper limit",
    "Target",
    IMPROVEMENT,
    CONCERN,
)
_NUMBER, _DATE, _VALUE, _CENTRE, _LOWER, _UPPER, _TARGET, _BETTER, _WORSE = range(_CHOSEN_AT, _CHOSEN_AT + len(_HEADS))
_NAMES_AT = _WORSE + 2
_FIRST, _LAST = HEADER_ROW + 1, HEADER_ROW + POINTS
#: Which series is shown, counted from 1 (0 without readings), where its points begin and how many there are.
_WHICH, _BEGIN, _COUNT = (on(DATA_SHEET, at(3, column, "rc")) for column in (_DATE, _CENTRE, _UPPER))
_PURPOSE = "What stands behind the run chart of the Dashboard, and the names that drop-downs offer."

DATES, VALUES, CENTRES, LOWERS, UPPERS, TARGETS, BETTER, WORSE = (
    Span(_FIRST, column, _LAST, column) for column in range(_DATE, _WORSE + 1)
)


def names_place() -> str:
    """The cells of the names, filled and blank."""
    first, last = at(HEADER_ROW + 1, _NAMES_AT, "rc"), at(HEADER_ROW + NAMES, _NAMES_AT, "rc")
    return on(DATA_SHEET, f"{first}:{last}")


def of_chosen(column: str, otherwise: str) -> str:
    """A figure of the chosen series, as a piece of a formula; `otherwise` without readings."""
    return f"IF({_WHICH}=0,{otherwise},INDEX({column},MAX(1,{_WHICH})))"


def data_sheet(figures: Figures, given: Tables, choice: str) -> SheetPlan:
    """The sheet Dashboard data.

    Args:
        figures: as Python reckons them.
        given: the rows of each table.
        choice: the cell in which a person chooses a series.
    """
    charts = table_of(RunCharts, given, caption=COMPUTED_LEGEND)
    points = table_of(RunPoints, given, column=_POINTS_AT, caption=RunPoints.purpose)
    chart = figures.run_chart()
    puts = (*_chosen(chart, choice), *_points(chart, figures), *_names(figures))
    widths = dict.fromkeys(range(_NUMBER, _WORSE + 1), 14.0) | {_NAMES_AT: 30.0}
    return sheet_of(
        DATA_SHEET,
        Area.RESULTS,
        _PURPOSE,
        (charts, points),
        puts=puts,
        freeze=(HEADER_ROW, 0),
        computed=True,
        more=widths,
        paints=(Paint((Span(_FIRST, _VALUE, _LAST, _WORSE),), f"=ISERROR({at(_FIRST, _VALUE)})", "unseen"),),
    )


def _chosen(chart: RunChart | None, choice: str) -> Iterator[Put]:
    series = ref(RunCharts.series)
    which = f"IF(COUNTA({series})=0,0,IFERROR(MATCH({choice},{series},0),1))"
    numbers = (1, chart.first, len(chart.dates)) if chart is not None else (0, 0, 0)
    texts = (live(which), f"={of_chosen(ref(RunCharts.first_point), '0')}", f"={of_chosen(ref(RunCharts.points), '0')}")
    labels = ("Series shown", "Begins at point", "Points")
    for label, at_column, text, number in zip(labels, (_DATE, _CENTRE, _UPPER), texts, numbers, strict=True):
        yield Put(3, at_column - 1, label, "right")
        yield Put(3, at_column, Formula(text, number), "tool")


def _points(chart: RunChart | None, figures: Figures) -> Iterator[Put]:
    head = required_head(Area.RESULTS, figures=True)
    yield Put(4, _NUMBER, "The series chosen on the Dashboard, as it is drawn there.", "caption")
    yield from (Put(HEADER_ROW, column, text, head) for column, text in enumerate(_HEADS, start=_NUMBER))
    for n in range(POINTS):
        row, place = _FIRST + n, min(n, len(chart.dates) - 1) if chart is not None else 0
        point = f"{_BEGIN}+MIN({n + 1},{_COUNT})-1"
        blank_day = figures.week_before(POINTS - 1 - n)
        cells: tuple[tuple[str, Cell], ...] = (
            (f"INDEX({ref(RunPoints.date)},{point})", chart.dates[place] if chart else blank_day),
            (f"INDEX({ref(RunPoints.value)},{point})", chart.values[place] if chart else NO_POINT),
            (f"INDEX({ref(RunCharts.centre)},{_WHICH})", chart.centre if chart else NO_POINT),
            (f"INDEX({ref(RunCharts.lower)},{_WHICH})", chart.lower if chart else NO_POINT),
            (f"INDEX({ref(RunCharts.upper)},{_WHICH})", chart.upper if chart else NO_POINT),
            *_marked(chart, place, point),
        )
        yield Put(row, _NUMBER, n + 1, "line middle")
        for column, (text, value) in enumerate(cells, start=_DATE):
            otherwise = f"{AS_OF}-{7 * (POINTS - 1 - n)}" if column == _DATE else "NA()"
            style = "line date" if column == _DATE else "line mean"
            yield Put(row, column, Formula(f"=IF({_WHICH}=0,{otherwise},{text})", value), style)


def _marked(chart: RunChart | None, place: int, point: str) -> Iterator[tuple[str, Cell]]:
    """The target, and the point once more where it is one of improvement or of concern: in a colour of its own."""
    target = f"INDEX({ref(RunCharts.target)},{_WHICH})"
    held = chart.target if chart is not None else None
    yield f'IF({target}="",NA(),{target})', held if held is not None else NO_POINT
    for kind in (IMPROVEMENT, CONCERN):
        text = f"IF(INDEX({ref(RunPoints.variation)},{point})={words(kind)},INDEX({ref(RunPoints.value)},{point}),NA())"
        yield text, chart.values[place] if chart is not None and chart.variations[place] == kind else NO_POINT


def _names(figures: Figures) -> Iterator[Put]:
    """Everybody who holds a role, in the order of People, each name once."""
    people, known = ref(People.person), figures.people()
    yield Put(4, _NAMES_AT, "Everybody who holds a role, each once, for drop-downs.", "caption")
    yield Put(HEADER_ROW, _NAMES_AT, "Names", required_head(Area.RESULTS))
    for n in range(NAMES):
        row = HEADER_ROW + 1 + n
        above = f"{at(HEADER_ROW, _NAMES_AT, 'rc')}:{at(row - 1, _NAMES_AT, 'c')}"
        text = f'IFERROR(INDEX({people},MATCH(0,COUNTIF({above},{people})+({people}=""),0))&"","")'
        value = known[n] if n < len(known) else ""
        yield Put(row, _NAMES_AT, Formula(live_text(text), value, array=True), "line")
