"""Charts of outcome measures as pictures, readable without colour and described in words.

matplotlib is imported here alone, and only when a chart is drawn. The same figure gives the same bytes.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Cm

from workbook.documents.figures import Figure

_SIZE = (6.7, 2.7)  # inches
_DOTS = 160  # to the inch
_COLOURS = ("#1F4E5F", "#B5541C", "#5B7F2B", "#7A3E8E", "#4A4A4A")
_MARKS = ("o", "s", "^", "D", "v")


class Picture:
    """A chart as docxtpl puts it into a paragraph.

    Args:
        template: the template that is being rendered.
        figure: what to draw.
        width_cm: how wide.
    """

    def __init__(self, template: Any, figure: Figure, width_cm: float) -> None:
        self.template, self.figure, self.width_cm = template, figure, width_cm

    def __html__(self) -> str:
        part = self.template.current_rendering_part
        inline = part.new_pic_inline(BytesIO(drawn(self.figure)), Cm(self.width_cm), None)
        described = (inline.find(qn("wp:docPr")), *inline.iter(qn("pic:cNvPr")))
        for element in described:
            element.set("name", f"Chart {self.figure.id}")
            element.set("descr", self.figure.alternative)
        return f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def load() -> None:
    """Imports what draws, and draws a line, so that the next chart takes no longer than it must."""
    import datetime as dt

    from workbook.documents.figures import Line

    days = (dt.date(2026, 1, 1), dt.date(2026, 2, 1))
    drawn(Figure("", "", "", 0.0, None, (Line("", days, (0.0, 1.0)),), ""))


def drawn(figure: Figure) -> bytes:
    """The chart as a PNG: a line for each service, the baseline dashed, the target dotted."""
    from matplotlib import dates
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=_SIZE, dpi=_DOTS, layout="constrained")
    FigureCanvasAgg(canvas)
    axes: Any = canvas.add_subplot()
    for n, line in enumerate(figure.lines):
        colour, mark = _COLOURS[n % len(_COLOURS)], _MARKS[n % len(_MARKS)]
        axes.plot(
            line.days, line.values, color=colour, marker=mark, markersize=3.5, linewidth=1.4, label=_plain(line.name)
        )
    axes.axhline(figure.baseline, color="#595959", linestyle="--", linewidth=1, label="Baseline")
    if figure.target is not None:
        axes.axhline(figure.target, color="#595959", linestyle=":", linewidth=1.4, label="Target")
    days: Any = dates  # matplotlib's dates have no types
    locator = days.AutoDateLocator(minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(days.ConciseDateFormatter(locator))
    axes.set_ylabel(_plain(figure.unit), fontsize=8)
    axes.tick_params(labelsize=8)
    axes.grid(axis="y", color="#D9E1E4", linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(fontsize=7.5, frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    stream = BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the table beside it has the name in full
        canvas.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _plain(name: str) -> str:
    """A name as it is typed: a dollar sign begins no formula, a first underscore hides no line."""
    escaped = name.replace("$", r"\$")
    return f" {escaped}" if escaped.startswith("_") else escaped
