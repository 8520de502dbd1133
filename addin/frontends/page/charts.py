"""The programme's figures on the page: the charts of the one-page picture, each with its table."""

from __future__ import annotations

from typing import Any

from addin.frontends.answer_tables import AnswerTable
from addin.frontends.page.shown import shown_table
from addin.output.documents.svg import figures_of, finding, legend, svg
from workbook.documents.figures import Figure
from workbook.documents.highlight_page import drawn
from workbook.model.view import View


def charts(view: View) -> list[dict[str, Any]]:
    """Every figure of the programme, as the page shows it.

    Args:
        view: the workbook on the day.
    """
    return [_chart(figure) for figure in drawn(view)]


def _chart(figure: Figure) -> dict[str, Any]:
    keys = [{"svg": _as_xml(sample), "name": name} for sample, name in legend(figure)]
    words = {"title": figure.title, "finding": finding(figure), "svg": _as_xml(svg(figure)), "keys": keys}
    return {**words, **shown_table(AnswerTable(*figures_of(figure)))}


def _as_xml(picture: str) -> str:
    """A picture as XML, as which the page reads it: nothing of HTML comes through."""
    return picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
