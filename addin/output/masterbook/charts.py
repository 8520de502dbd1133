"""Native charts of a blueprint, each with its words for those who can't see it."""

from __future__ import annotations

from typing import Any

from workbook.blueprint import palette
from workbook.blueprint.plan import Chart, Span

_NO_MARKER = {"type": "none"}


def _marker(kind: str, size: int, colour: str) -> dict[str, Any]:
    return {"type": kind, "size": size, "fill": {"color": colour}, "border": {"color": colour}}


#: Series are told apart by pattern, lightness, dashes and dots, not by colour alone.
_LOOKS: dict[str, dict[str, Any]] = {
    "after": {"fill": {"color": palette.BARS}, "border": {"color": palette.BARS}},
    "before": {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": palette.BARS, "bg_color": palette.PAPER},
        "border": {"color": palette.BARS},
    },
    "reading": {"line": {"color": palette.COMMON, "width": 1.5}, "marker": _marker("circle", 6, palette.COMMON)},
    "better": {"line": {"none": True}, "marker": _marker("square", 8, palette.BETTER)},
    "worse": {"line": {"none": True}, "marker": _marker("triangle", 9, palette.WORSE)},
    "target": {"line": {"color": palette.BETTER, "width": 1.5, "dash_type": "long_dash_dot"}, "marker": _NO_MARKER},
    "centre": {"line": {"color": palette.INK, "width": 1.25}, "marker": {"type": "none"}},
    "limit": {"line": {"color": palette.MUTED, "width": 1.25, "dash_type": "dash"}, "marker": {"type": "none"}},
}
_FONT = {"color": palette.INK, "size": 9}
_GRID = {"visible": True, "line": {"color": palette.LINE, "width": 0.75}}
#: Whole numbers; while all are small, the marks between 0 and 1 have none.
_COUNTED = "[>=1]0;[=0]0;"
#: An axis over nothing goes from 0 to 1 in steps, which would say what nobody measured; so would its first days.
_MEASURED, _DAYS = "[>1.2]General;[=0]0;", "[>30000]d mmm;"
#: A chart lets through the words that stand behind it while there is nothing to draw.
_CLEAR = {"fill": {"none": True}}


def add_chart(book: Any, page: Any, plan: Chart) -> None:
    """Draws a chart on a sheet.

    Args:
        book: the XlsxWriter workbook.
        page: its worksheet.
        plan: what to draw, and where.
    """
    column = {"type": "column", "subtype": "stacked"} if plan.stacked else {"type": "column"}
    kind = {"type": "scatter", "subtype": "straight"} if plan.lines else column
    chart, sheet = book.add_chart(kind), plan.sheet or page.get_name()
    for series in plan.series:
        places = {"categories": _place(sheet, plan.categories), "values": _place(sheet, series.values)}
        gap = {} if plan.lines else {"gap": 60}
        chart.add_series({"name": series.name or None, **places, **gap, **_LOOKS[series.look]})
    title = {"name": plan.title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False}
    chart.set_title(title if plan.title else {"none": True})
    days = {"num_font": {**_FONT, "rotation": -45}, "num_format": _DAYS, "line": {"color": palette.MUTED}}
    chart.set_x_axis({**days, "major_gridlines": {"visible": False}} if plan.lines else {**days, "text_axis": True})
    fixed = {"max": plan.highest, "major_unit": plan.step}
    ends = {name: value for name, value in fixed.items() if value is not None}
    begins = {} if plan.lines else {"min": 0}
    chart.set_y_axis(
        {
            "num_font": _FONT,
            "num_format": _MEASURED if plan.lines else _COUNTED,
            "major_gridlines": _GRID,
            **begins,
            **ends,
        }
    )
    unnamed = [n for n, series in enumerate(plan.series) if not series.name]
    legend = {"position": "bottom", "font": _FONT, "delete_series": unnamed}
    chart.set_legend(legend if len(plan.series) > 1 else {"none": True})
    chart.set_size({"width": plan.width, "height": plan.height})
    chart.set_chartarea({**_CLEAR, "border": {"color": palette.LINE}})
    chart.set_plotarea(_CLEAR)
    options = {"description": plan.words, "object_position": 2, "x_offset": plan.right}
    page.insert_chart(plan.row - 1, plan.column - 1, chart, options)


def _place(sheet: str, span: Span) -> list[Any]:
    return [sheet, span.top - 1, span.left - 1, span.bottom - 1, span.right - 1]
