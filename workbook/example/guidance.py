"""Approved guidance, some of it with a second version."""

from __future__ import annotations

import datetime as dt

from workbook.example.people import QUALITY_LEAD
from workbook.example.timeline import DAY, working
from workbook.example.world import World
from workbook.model.registers import Guidance

#: (workflow, need, title, first day, last day, source, summary); days of the story.
PAGES: tuple[tuple[str, str, str, int, int | None, str | None, str], ...] = (
    (
        "Care notes", "Correcting an entry", "Putting a note right", -10, None, None,
        ("Never write a second note to cancel the first. Use Amend, give the reason, tell the senior if the wrong "
        "entry could already have been acted on."),
    ),
    (
        "Handover", "Understanding the workflow", "What belongs in handover", -8, None, None,
        ("Changes, risks and what is still to be done; not the story of the shift. Flag at most five entries and read "
        "the flags first."),
    ),
    (
        "Alerts", "Responding to an alert", "Answering a low-fluids alert", 9, 79, None,
        ("Offer a drink of the person's choice, record what was taken, tell the senior, close the alert with the "
        "outcome."),
    ),
    (
        "Incidents", "Choosing the right form", "Incident, medication error or note?", 24, None, None,
        ("Harm or possible harm is an incident. A medicine in the wrong place is a medication error, also when nobody "
        "took it. Everything else is a note."),
    ),
    (
        "Medication records", "Correcting an entry", "Correcting a medication entry", 28, None, "S1:OAK",
        ("Tell the senior at once. Choose Correct, give the reason and a witness. If a dose was missed, doubled or "
        "given to the wrong person, start an incident as well."),
    ),
    (
        "Care notes", "Logging in", "Signing in on a shared phone", 34, 108, None,
        "Sign in with your own PIN at the start of the visit and sign out at the end. A PIN is never shared.",
    ),
    (
        "Assistive technology alerts", "Responding to an alert", "Answering a sensor", 74, None, None,
        ("Go, check, reassure. Then record the outcome from the alert itself and close it; also when it was a false "
        "alarm."),
    ),
    (
        "Alerts", "Responding to an alert", "Answering a low-fluids alert", 79, None, "S2:OAK",
        ("As before, and: an alert may be closed only when the drink has been taken or the senior has decided what "
        "happens next. Offering alone is not an outcome."),
    ),
    (
        "Tasks", "Recording on time", "Tick as you go", 93, None, "S1:RIV",
        ("Tick each task in the person's home. If there is no signal, tick all the same; the entry keeps its time and "
        "is sent afterwards."),
    ),
)  # fmt: skip


def guidance(world: World) -> None:
    """The pages, with the day on which one ceases to count."""
    titles: dict[str, int] = {}
    for workflow, need, title, first, last, source, summary in PAGES:
        titles[title] = titles.get(title, 0) + 1
        approved = world.time.office(first)
        world.add(
            Guidance, workflow=workflow, support_need=need, title=title, version=titles[title],
            approved_by=QUALITY_LEAD, approved_on=approved, review_due=approved + 365 * DAY, summary=summary,
            withdrawn_on=_gone(world, last), origin=source,
        )  # fmt: skip


def _gone(world: World, last: int | None) -> dt.date | None:
    return working(world.time.at(last)) if last is not None else None
