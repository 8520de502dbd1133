"""Reviews of support by team leaders and registered managers (article, example 2, steps 4 and 5)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from workbook.example.draft import Draft
from workbook.example.people import HOMES, Home
from workbook.example.support import Log
from workbook.example.texts.remarks import MANAGER_BAD, MANAGER_DECISIONS, MANAGER_EARLY, MANAGER_GOOD, TEAM_REMARKS
from workbook.example.timeline import DAY, working
from workbook.example.world import World
from workbook.model.registers import ManagerReviews, TeamLeaderReviews
from workbook.model.registers.lists import NONE_SEEN

_MIXED = (
    "A little of everything, no workflow more than once.",
    "No theme stands out.",
    "Few entries, each about something else.",
    "Single questions only, all answered on the shift.",
)
SOURCES = ("Care records", "Staff practice", "Audits", "Feedback")


def reviews(log: Log) -> None:
    """Both reviews of each service: weekly at first, then fortnightly, then monthly."""
    for home in HOMES:
        poor = _poor_days(log.world, home)
        said_no: list[dt.date] = []
        next_after: dt.date | None = None
        for n, (first, last) in enumerate(_periods(log.world, home)):
            entries = [e for e in log.entries if e["service"] == home.code and first <= e["date"] <= last]
            on = working(last + DAY)
            _team_review(log.world, home, first, last, on, entries)
            day = working(on + log.world.rng.choice((1, 1, 2)) * DAY)
            bad = bool(poor) and poor[0] <= day and len(said_no) < 2
            _manager_review(log.world, home, first, last, day, n, len(said_no) if bad else None)
            if bad:
                said_no.append(day)
            elif len(said_no) == 2 and next_after is None:
                next_after = day
        if len(said_no) == 2:
            until = next_after - DAY if next_after else None
            log.world.plant("S9", home.code, said_no[1], until, "Two manager reviews running see no improvement.")


def _poor_days(world: World, home: Home) -> list[dt.date]:
    return [world.time.at(97)] if home.code == "LIME" else []


def _periods(world: World, home: Home) -> Iterator[tuple[dt.date, dt.date]]:
    live = world.time.at(home.live)
    stable = world.time.at(home.stable) if home.stable is not None else None
    first = live - live.weekday() * DAY
    while True:
        weeks = 1 if first < live + 82 * DAY else 2
        if stable is not None and first >= stable:
            weeks = 4
        last = first + (7 * weeks - 1) * DAY
        if last >= world.time.until:
            return
        yield first, last
        first = last + DAY


def _team_review(world: World, home: Home, first: dt.date, last: dt.date, on: dt.date, entries: list[Draft]) -> None:
    flagged = world.raised_at(home.code, on)
    busy = bool(flagged) or len(entries) > 6
    decision = world.rng.choice(("Further team guidance", "Refresher training", "Supervision")) if busy else "No action"
    due = working(on + world.rng.choice((7, 10, 14)) * DAY) if busy else None
    review = world.add(
        TeamLeaderReviews, service=home.code, period_start=first, period_end=last, reviewed_by=home.leader,
        reviewed_on=on, themes_seen=themes(world, entries), decision=decision,
        triggers_considered=[f"{t}:{home.code}" for t in flagged], detail=_detail(world, decision),
        owner=home.leader if busy else None, due_date=due,
        status=("Done" if due < world.time.until else "Open") if due else None,
    )  # fmt: skip
    if on <= world.time.until:
        _slips(world, home, review, on)


def _slips(world: World, home: Home, review: Draft, on: dt.date) -> None:
    """A name misspelt, and a date that can be read in two ways."""
    if home.code == "RIV" and world.once("spelling", on >= world.time.at(90)):
        review.values["reviewed_by"] = "Leader Birtch"
        world.mistake("inconsistent-name", review, "Leader Birch written with a t.")
    if home.code == "OAK" and review["due_date"] and world.once("date", on >= world.time.at(70)):
        month = on.month % 12 + 1
        other = 7 if month != 7 else 8
        review.values["due_date"] = f"{other:02}/{month:02}/{on.year + (month == 1)}"
        world.mistake("not-a-date", review, "A date typed as text that can be read in two ways.")


def _detail(world: World, decision: str) -> str | None:
    details = {
        "Further team guidance": (
            "Read the page together at the next two handovers.",
            "Put the quick guide beside the charging station.",
            "Ask both champions to use the same words.",
        ),
        "Refresher training": (
            "Twenty minutes before the late shift, with the practice tablet.",
            "Trainer to come for one morning; bank staff invited.",
            "Short refresher for those who started since Easter.",
        ),
        "Supervision": (
            "Take it up in supervision, as encouragement first.",
            "Talk with two colleagues about what holds them back.",
            "Agree one goal on recording with each of them.",
        ),
    }
    return world.draw(details[decision], "detail") if decision in details else None


def themes(world: World, entries: list[Draft]) -> str:
    """What the entries of a period were about, in a team leader's words."""
    needs = [e for e in entries if e["support_need"] != NONE_SEEN]
    remark = world.draw(TEAM_REMARKS, "team")
    if not needs:
        return world.rng.choice(("No support was asked for in this period. ", "A quiet period on the log. ")) + remark
    (top, count), *rest = Counter(e["workflow"] for e in needs).most_common(3)
    need = Counter(e["support_need"] for e in needs).most_common(1)[0][0]
    also = f", then {rest[0][0].lower()}" if rest else ""
    people = len({e["staff_member"] for e in needs})
    total = len(needs)
    if count == 1:
        return f"{world.rng.choice(_MIXED)} {remark}"
    shapes = [
        f"Mostly {top.lower()}{also}. The commonest question was about {need.lower()}.",
        f"{_people(people).capitalize()} supported; {top.lower()} led with {_number(count).lower()} entries.",
        f"{top}{also}: what people struggle with is {need.lower()}.",
        f"Support spread over {_people(people)}, {top.lower()} most often.",
        f"{_number(count)} of {total} entries concerned {top.lower()}; otherwise a mixed picture.",
        f"{need} stands out this time, chiefly in {top.lower()}.",
    ]
    return f"{world.rng.choice(shapes)} {remark}"


def _number(count: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[count] if count < len(words) else str(count)


def _people(count: int) -> str:
    return "one colleague" if count == 1 else f"{count} colleagues"


def _manager_review(
    world: World, home: Home, first: dt.date, last: dt.date, day: dt.date, n: int, bad: int | None
) -> None:
    early = n < 3
    if bad is not None:
        use, quality, finding = "Yes", "No", MANAGER_BAD[bad]
    elif early:
        use, quality, finding = "Too early", "Too early", world.draw(MANAGER_EARLY, "early" + home.code)
    else:
        use, quality = "Yes", world.rng.choice(("Yes", "Yes", "Yes", "Too early"))
        finding = world.draw(MANAGER_GOOD, "good")
    world.add(
        ManagerReviews, service=home.code, period_start=first, period_end=last, reviewed_by=home.manager,
        reviewed_on=day, system_use_improving=use, record_quality_improving=quality,
        evidence_source=world.rng.choice(SOURCES), finding=finding,
        decision=world.draw(MANAGER_DECISIONS, home.code) if world.rng.random() < 0.5 else None,
    )  # fmt: skip
