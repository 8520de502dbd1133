"""The block at the head of what goes to a board: what it is for, and what it says in brief."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.declare import Material
from workbook.documents.figures import outcome_series
from workbook.documents.issues import CLOSED
from workbook.documents.words import counted, day, listed
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import ImprovementLog, Meetings
from workbook.model.view import View, newest

#: So many sentences stand under "In brief", so many issues are named as risks.
MOST_SENTENCES, MOST_RISKS = 5, 6
#: The places that sentences lead to, by the bookmarks of the templates; the front block itself leads to the risks.
STATUS, TRIGGERS, ISSUES, RISKS = "place_status", "place_triggers", "place_issues", "place_risks"
ACTIONS, OUTCOMES, QUALITY, WANTED = "place_actions", "place_outcomes", "place_quality", "place_wanted"


@dataclass(frozen=True)
class Brief:
    """A sentence under "In brief", and the place in the document that says more; as text it is the sentence."""

    text: str
    anchor: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Front:
    """What a member of a board looks for first.

    Attributes:
        purpose: decision, assurance or information, with the reason.
        author, presenter: roles.
        considered: which meeting saw it before.
        risks: the open issues that affect safe recording, by their ids.
        brief: at most five sentences, each with the place it leads to.
    """

    purpose: str
    author: str
    presenter: str
    meeting: str
    date: str
    made_from: str
    considered: str
    risks: str
    brief: Sequence[Brief]


def front(material: Material, purpose: str, presenter: str, meeting: str, brief: Sequence[Brief]) -> Front:
    """The block of a document.

    Args:
        material: what it is made from.
        purpose: decision, assurance or information.
        presenter: the role that speaks to it.
        meeting: which meeting it is for.
        brief: what it says in brief; the first five sentences that say something stand there.
    """
    view = material.view
    return Front(
        purpose=purpose,
        author="Project lead",
        presenter=presenter,
        meeting=meeting,
        date=day(view.as_of),
        made_from=made_from(view),
        considered=_considered(view),
        risks=_risks(view),
        brief=[sentence for sentence in brief if sentence.text][:MOST_SENTENCES],
    )


def made_from(view: View) -> str:
    """The workbook in words, without its file's ending."""
    name = view.snapshot.name.rpartition(".")[0] or view.snapshot.name
    return f"The workbook “{name}” as it stood on {day(view.as_of)}"


def outcomes_in_brief(view: View) -> Brief:
    """How the measures stand against their baselines, in a sentence."""
    series = outcome_series(view)
    if not series:
        return Brief("No outcome has been read yet.", OUTCOMES)
    gains = [
        (s.newest.value - s.measure.baseline_value) * (1 if s.measure.better_when == "Higher" else -1) for s in series
    ]
    better, worse = sum(g > 0 for g in gains), sum(g < 0 for g in gains)
    falling = sum(bool(s.trend().worsening) for s in series)
    signal = f"; {counted(falling, 'signals', 'signal')} a worsening" if falling else ""
    words = counted(len(series), "outcome series", "outcome series")
    return Brief(f"Of {words}, {better} are better than their baseline and {worse} worse{signal}.", OUTCOMES)


def _considered(view: View) -> str:
    held = newest([m for m in view.rows(Meetings) if m.held_on < view.as_of], Meetings.held_on)
    if held is None:
        return "No meeting is recorded yet"
    return f"{held.kind} meeting {held.id} on {day(held.held_on)} saw the one before"


def _risks(view: View) -> str:
    grave = [m.id for m in view.rows(ImprovementLog) if m.status != CLOSED and m.safe_recording_affected == "Yes"]
    if not grave:
        return "No open issue affects safe recording"
    more = len(grave) - MOST_RISKS
    words = listed(grave[:MOST_RISKS]) if more <= 0 else f"{', '.join(grave[:MOST_RISKS])} and {more} more"
    return f"Safe recording is affected: {words} (sheet Improvement log)"
