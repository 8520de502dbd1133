"""What the one-page picture of the programme holds (highlight-page): status, figures, decisions wanted, risks."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.activity_figures import activity_figures
from workbook.documents.board_minutes import previous_meeting
from workbook.documents.declare import About, Document, Material
from workbook.documents.figures import Figure, figures, outcome_series
from workbook.documents.highlight import Tolerance, tolerances
from workbook.documents.issues import Issues
from workbook.documents.matters import open_matters
from workbook.documents.risks import Risk, risks
from workbook.documents.standing import StatusLine, status_lines
from workbook.documents.wanted import Wanted, wanted
from workbook.documents.words import about, counted
from workbook.model.light_dataclasses import dataclass
from workbook.model.triggers import PROGRAMME_SCOPE, Scope
from workbook.model.view import View

#: So many charts, decisions and risks fit on the page.
CHARTS, SHOWN = 4, 3


@dataclass(frozen=True)
class HighlightPage:
    """The contents of the page.

    Attributes:
        decisions: how many decisions the board is asked for, in words.
    """

    about: About
    status: Sequence[StatusLine]
    tolerances: Sequence[Tolerance]
    figures: Sequence[Figure]
    wanted: Sequence[Wanted]
    decisions: str
    risks: Sequence[Risk]
    risk_counts: str


def highlight_page(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> HighlightPage:
    """The page on the day."""
    view = material.view
    previous = previous_meeting(view)
    matters, found = open_matters(material), risks(material, Issues(view))
    return HighlightPage(
        about=about(document, material),
        status=status_lines(material, previous.held_on if previous is not None else None),
        tolerances=tolerances(material),
        figures=drawn(view)[:CHARTS],
        wanted=wanted(material, matters[:SHOWN]),
        decisions=f"{counted(len(matters), 'decision')} wanted of the board"
        if matters
        else "No decision is wanted of the board",
        risks=found[:SHOWN],
        risk_counts=f"{counted(len(found), 'risk')} known" if found else "No risk is known",
    )


def drawn(view: View) -> list[Figure]:
    """The programme's figures, the most telling first: what is done, then how outcomes go."""
    series = sorted(outcome_series(view), key=lambda s: s.measure.kind != "Record completion")
    return [*activity_figures(view), *figures(series, view)]
