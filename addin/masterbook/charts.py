"""Native charts of a blueprint, each with its words for those who can't see it."""

from __future__ import annotations

from typing import Any

from workbook.blueprint import palette
from workbook.blueprint.model import Chart, Span

#: Series are told apart by pattern and lightness, not by colour alone.
_FILLS: dict[str, dict[str, Any]] = {
    "after": {"fill": {"color": palette.BARS}, "border": {"color": palette.BARS}},
    "before": {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": palette.BARS, "bg_color": palette.PAPER},
        "border": {"color": palette.BARS},
    },
}
_FONT = {"color": palette.INK, "size": 9}


def add_chart(book: Any, page: Any, plan: Chart) -> None:
    """Draws a chart of columns on a sheet."""
    chart = book.add_chart({"type": "column"})
    for series in plan.series:
        places = {"categories": _place(page, plan.categories), "values": _place(page, series.values)}
        chart.add_series({"name": series.name, **places, "gap": 60, **_FILLS[series.look]})
    chart.set_title({"name": plan.title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    chart.set_x_axis({"num_font": {**_FONT, "rotation": -45}, "num_format": "d mmm", "text_axis": True})
    scale = {"min": 0, **({"max": plan.highest} if plan.highest is not None else {})}
    chart.set_y_axis(
        {
            "num_font": _FONT,
            "num_format": "0",
            "major_gridlines": {"visible": True, "line": {"color": palette.LINE}},
            **scale,
        }
    )
    chart.set_legend({"position": "bottom", "font": _FONT} if len(plan.series) > 1 else {"none": True})
    chart.set_size({"width": plan.width, "height": plan.height})
    page.insert_chart(plan.row - 1, plan.column - 1, chart, {"description": plan.words, "object_position": 2})


def _place(page: Any, span: Span) -> list[Any]:
    return [page.get_name(), span.top - 1, span.left - 1, span.bottom - 1, span.right - 1]
