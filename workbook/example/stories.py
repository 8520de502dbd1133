"""What goes wrong in live support, and when (article, example 2, what can go wrong)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence

from workbook.example.draft import Draft
from workbook.example.people import HOME
from workbook.example.support import PHONES, TECHNICAL, Log, Pair, feedback, guidance_for, texts_for
from workbook.example.texts import episodes as text
from workbook.example.texts.issues import ISSUES
from workbook.example.texts.remarks import LOW, OBSERVED, UNHELPFUL
from workbook.example.timeline import DAY
from workbook.example.world import Champion
from workbook.model.registers import ImprovementLog, ProtectedTime
from workbook.model.registers.lists import NONE_SEEN

#: Staff who appear in one story only: (service, place on its list of staff).
SHAKY = {"OAK": 8, "RIV": 9}


def keep_apart(log: Log) -> None:
    """Takes the staff whose scores matter to a story out of the ordinary weeks."""
    log.busy |= {HOME[home].staff[n] for home, n in SHAKY.items()}


def stories(log: Log) -> None:
    """All that happens beside the ordinary weeks, before these are filled in."""
    alpha, bravo = (log.world.champions[f"Champion {n}"] for n in ("Alpha", "Bravo"))
    echo, golf = (log.world.champions[f"Champion {n}"] for n in ("Echo", "Golf"))
    hotel, india = (log.world.champions[f"Champion {n}"] for n in ("Hotel", "India"))
    _repeated(log, (alpha, bravo), ("Medication records", "Correcting an entry"), 15, text.MEDICATION)
    _repeated(log, (echo, golf), ("Tasks", "Recording on time"), 76, text.TASKS)
    _repeated(log, (hotel, india), ("Assistive technology alerts", "Responding to an alert"), 131, text.SENSORS)
    _workaround(log, bravo, "Handover", 31, text.HANDOVER_AROUND, text.HANDOVER_DETAIL)
    _workaround(log, golf, "Care notes", 129, text.VISITS_AROUND, text.VISITS_DETAIL)
    _asked_again(log, alpha, ("Care plan updates", "Understanding the workflow"), 45, text.REPEATED)
    _asked_again(log, india, ("Care plan updates", "Updating a care plan"), 128, text.REPEATED_LIME)
    _conflict(log, alpha, bravo)
    _unsure(
        log,
        bravo,
        (
            (50, "Incidents", "Choosing the right form"),
            (56, "Incidents", "Correcting an entry"),
            (68, "Incidents", "Understanding the workflow"),
        ),
        text.SHAKY_OAK,
    )
    _unsure(
        log,
        echo,
        ((117, "Care notes", "Understanding the workflow"), (132, "Care notes", "Choosing the right form")),
        text.SHAKY,
    )
    _not_helped(log, golf)
    _hidden(log, golf)
    _too_soon(log)
    _phones(log)
    _slips(log)


def _staff(log: Log, home: str, count: int) -> list[str]:
    return log.world.rng.sample([s for s in HOME[home].staff if s not in log.busy], count)


def _entry(log: Log, champion: Champion, day: dt.date, staff: str, pair: Pair, happened: str) -> Draft:
    home = HOME[champion.person.home]
    coaching = texts_for(log.world, pair, home)[1]
    followed = guidance_for(log.world, pair, day)
    return log.write(champion, day, staff, pair, happened, coaching_given=coaching, guidance_followed=followed)


def _repeated(log: Log, by: Sequence[Champion], pair: Pair, day: int, seen: Sequence[str]) -> None:
    """S1: three colleagues need the same within days."""
    first = log.world.near(day)
    days = [first, first + 3 * DAY, first + 6 * DAY]
    home = by[0].person.home
    for n, staff in enumerate(_staff(log, home, 3)):
        feedback(log, _entry(log, by[n % 2], days[n], staff, pair, seen[n]))
    why = f"{pair[0]}, {pair[1].lower()}: three colleagues within a week."
    log.world.plant("S1", home, days[-1], first + 13 * DAY, why)


def _workaround(log: Log, by: Champion, workflow: str, day: int, seen: Sequence[str], detail: str) -> None:
    """S4: the agreed workflow is bypassed twice."""
    first = log.world.near(day)
    second = first + 5 * DAY
    home = by.person.home
    for when, staff, happened in zip((first, second), _staff(log, home, 2), seen, strict=True):
        entry = _entry(log, by, when, staff, (workflow, "Recording on time"), happened)
        entry.values.update(workaround_seen=True, workaround_detail=detail)
        feedback(log, entry)
    log.world.plant("S4", home, first, second + 13 * DAY, f"{workflow} bypassed twice.")


def _asked_again(log: Log, by: Champion, pair: Pair, day: int, seen: Sequence[str]) -> None:
    """S6: the same question from the same colleague."""
    first = log.world.near(day)
    second = first + 7 * DAY
    (staff,) = _staff(log, by.person.home, 1)
    for when, happened in zip((first, second), seen, strict=True):
        feedback(log, _entry(log, by, when, staff, pair, happened))
    log.world.plant("S6", by.person.home, second, first + 13 * DAY, f"{staff} asked the same twice in a week.")


def _conflict(log: Log, right: Champion, wrong: Champion) -> None:
    """S2: one champion follows the guidance, another goes by habit."""
    pair = ("Alerts", "Responding to an alert")
    first = log.world.near(50)
    second = first + 4 * DAY
    one, other = _staff(log, "OAK", 2)
    followed = guidance_for(log.world, pair, first)
    for champion, when, staff, page, n in ((right, first, one, followed, 0), (wrong, second, other, None, 1)):
        entry = log.write(
            champion, when, staff, pair, text.CONFLICT[n], coaching_given=text.CONFLICT_COACHING[n],
            guidance_followed=page,
        )  # fmt: skip
        feedback(log, entry)
    log.world.plant("S2", "OAK", second, first + 27 * DAY, "Two champions advised differently on a low-fluids alert.")


def _unsure(log: Log, by: Champion, times: Sequence[tuple[int, str, str]], seen: Sequence[str]) -> None:
    """S3: a colleague stays unsure after support, twice running; at one service a third time brings relief."""
    home = by.person.home
    staff = HOME[home].staff[SHAKY[home]]
    entries = [
        _entry(log, by, log.world.near(day), staff, (workflow, need), happened)
        for (day, workflow, need), happened in zip(times, seen, strict=True)
    ]
    told = [log.score(entry, 1, 2, helped="Unsure", comment=log.world.draw(LOW, home)) for entry in entries[:2]]
    last = log.score(entries[2], 2, 4) - DAY if len(entries) > 2 else None
    log.world.plant("S3", home, told[1], last, f"{staff} still unsure after support, twice running.")


def _not_helped(log: Log, by: Champion) -> None:
    """S9: twice within days support did not help."""
    first = log.world.near(64)
    days = (first, first + 5 * DAY)
    pairs = (("Care plan updates", "Finding the record"), ("Care notes", "Choosing the right form"))
    told = []
    for n, staff in enumerate(_staff(log, by.person.home, 2)):
        entry = _entry(log, by, days[n], staff, pairs[n], text.NOT_HELPED[n])
        told.append(log.score(entry, 3, 3, helped="No", comment=UNHELPFUL[n]))
    log.world.plant(
        "S9", by.person.home, max(told), min(told) + 13 * DAY, "Two colleagues said that support did not help."
    )


def _hidden(log: Log, by: Champion) -> None:
    """S5: the words speak of a workaround that was not ticked."""
    day = log.world.near(88)
    (staff,) = _staff(log, by.person.home, 1)
    feedback(log, _entry(log, by, day, staff, ("Care notes", "Recording on time"), text.HIDDEN))
    log.world.plant("S5", by.person.home, day, day + 27 * DAY, "Fluids jotted down elsewhere, workaround not ticked.")


def _too_soon(log: Log) -> None:
    """P5: a champion supports colleagues before being signed off."""
    early = log.world.champions["Champion Foxtrot"]
    live = log.world.time.at(HOME["RIV"].live)
    pairs = (("Tasks", "Understanding the workflow"), ("Alerts", "Finding the record"))
    for n, staff in enumerate(_staff(log, "RIV", 2)):
        happened, _ = texts_for(log.world, pairs[n], HOME["RIV"])
        entry = _entry(log, early, live + (1 + 2 * n) * DAY, staff, pairs[n], happened)
        feedback(log, entry)
        log.world.mistake("support-before-sign-off", entry, "Supported a colleague before being signed off.")
    last = early.left - DAY if early.left else None
    log.world.plant("P5", early.draft, live + DAY, last, "Supported colleagues in the first days, not yet signed off.")


def _phones(log: Log) -> None:
    """S10: the first weeks of home care are about phones."""
    live = log.world.time.at(HOME[PHONES].live)
    echo, golf = log.world.champions["Champion Echo"], log.world.champions["Champion Golf"]
    issues = {(issue.workflow, issue.need) for issue in ISSUES if issue.by in (echo.person.name, golf.person.name)}
    pairs = [pair for pair in TECHNICAL if pair not in issues]
    for n in range(15):
        day = live + (2 + n * 25 // 15) * DAY
        free = [pair for pair in pairs if len(log.near(PHONES, pair, day)) < 2]
        if not free:
            continue
        pair = log.world.rng.choice(free)
        taken = {e["staff_member"] for e in log.near(PHONES, pair, day)}
        staff = next(s for s in _staff(log, PHONES, 6) if s not in taken)
        happened, _ = texts_for(log.world, pair, HOME[PHONES])
        feedback(log, _entry(log, echo if n % 2 else golf, day, staff, pair, happened))


def _slips(log: Log) -> None:
    """Mistakes of the kind people make."""
    alpha, echo = log.world.champions["Champion Alpha"], log.world.champions["Champion Echo"]
    day = log.world.near(112)
    (staff,) = _staff(log, "OAK", 1)
    twice = [log.write(alpha, day, staff, ("Handover", NONE_SEEN), OBSERVED[0].format(p="resident")) for _ in "ab"]
    twice[1].values["shift"] = twice[0]["shift"]
    log.world.mistake("near-duplicate-entry", twice[1], "The same observation entered twice.")
    (staff,) = _staff(log, "RIV", 1)
    phoned = _entry(log, echo, log.world.near(115), staff, ("Medication records", "Device or connection"), text.PHONED)
    feedback(log, phoned)
    log.world.mistake("identifiable-information", phoned, "A telephone number in the account (an invented one).")


def plant_shares(log: Log) -> None:
    """S7, S10 and S8: what only the whole log shows."""
    for home in HOME:
        entries = [e for e in log.entries if e["service"] == home and e["support_need"] != NONE_SEEN]
        told = _told(log)
        for first, last in log.world.time.stretches(_above(entries, 0.5, 10, lambda e, _: _pair(e) in TECHNICAL)):
            log.world.plant("S10", home, first, last, "Most support was about phones and signing in.")
        bare = functools.partial(_bare, told)
        for first, last in log.world.time.stretches(_above(entries, 0.3, 10, bare)):
            log.world.plant("S7", home, first, last, "Problems solved without coaching or feedback.")
    _plant_quiet(log)


def _pair(entry: Draft) -> Pair:
    return entry["workflow"], entry["support_need"]


def _told(log: Log) -> set[int]:
    return {id(s["support_id"] or s) for s in log.scores}


def _bare(told: set[int], entry: Draft, day: dt.date) -> bool:
    return not entry["coaching_given"] or (id(entry) not in told and day > entry["date"] + 7 * DAY)


def _above(
    entries: list[Draft], share: float, least: int, holds: Callable[[Draft, dt.date], bool]
) -> Callable[[dt.date], bool]:
    def above(day: dt.date) -> bool:
        window = [e for e in entries if day - 27 * DAY <= e["date"] <= day]
        return len(window) >= least and sum(holds(e, day) for e in window) > share * len(window)

    return above


def _plant_quiet(log: Log) -> None:
    """S8: one champion is no longer heard of, until paused."""
    quiet = log.world.champions["Champion Delta"]
    seen = [e["date"] for e in log.entries if e["champion_id"] is quiet.draft]
    weeks = log.world.drafts.of(ProtectedTime)
    seen += [w["week_commencing"] for w in weeks if w["champion_id"] is quiet.draft and w["shifts_observed"]]
    seen += [i["raised_on"] for i in log.world.drafts.of(ImprovementLog) if i["raised_by"] is quiet.draft]
    last = quiet.left - DAY if quiet.left else None
    log.world.plant("S8", "OAK", max(seen) + 21 * DAY, last, "Nothing seen of the night champion for three weeks.")
