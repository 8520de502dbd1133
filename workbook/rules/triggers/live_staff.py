"""Rules on whether support reaches staff: S3 low confidence, S8 quiet champions, S9 support that does not help.

Source: docs/contract/checks-and-triggers.md, "Live support"; article, operational example 2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from workbook.model.cells import show
from workbook.model.folding import eye
from workbook.model.late_patterns import late
from workbook.model.registers import ImprovementLog, ManagerReviews, ProtectedTime, SupportLog, WorkforcePlan
from workbook.model.triggers import Judgement, State
from workbook.model.view import Usable, View, median
from workbook.rules.chances import (
    UNHELPED_PERCENT,
    chance_of_low_scores,
    chance_of_unhelped,
    how_often,
    period_of,
)
from workbook.rules.feedback import Feedback, after_scores, helped_answers, newest_first
from workbook.rules.triggers.live_entries import entries_in, has_entries, service_name, too_few, window_words
from workbook.rules.triggers.preparing_common import counted, listed

# -- S3 ---------------------------------------------------------------------------------------------------------------


def low_confidence(view: View, service: str) -> Judgement:
    """S3: a staff member's last scores, or the service's median, stay low after support."""
    found = after_scores(view, service)
    named = [f for f in found.rows if f.staff_key]
    left_out = len(found.left_out) + len(found.rows) - len(named)
    running, at_most = view.days("S3", "Scores running"), view.threshold("S3", "Score at most")
    last = _last_scores(named, running)
    oldest, _ = view.window(view.days("S3", "Scores within days"))
    low = [scores for scores in last if all(_after(f) <= at_most and f.date >= oldest for f in scores)]
    days, limit = view.days("S3", "Window days"), view.threshold("S3", "Median at most")
    first, until = view.window(days)
    recent = [f for f in named if first <= f.date <= until]
    enough = len(recent) >= view.threshold("S3", "Minimum scores") and bool(recent)
    middle = median([_after(f) for f in recent]) if enough else None
    if not last and not enough:
        return too_few(view, service, "staff with enough scores to judge by", left_out, limit)
    of_service = recent if middle is not None and middle <= limit else []
    return Judgement(
        State.RAISED if low or of_service else State.CLEAR,
        _confidence_words(view, service, low, middle, recent),
        value=middle if of_service or not low else max(_after(f) for f in low[0]),
        threshold=limit if of_service or not low else at_most,
        rows=[f.row for scores in (*low, of_service) for f in scores],
        left_out=left_out,
        remarks=_low_by_chance(len(last), at_most, running) if low else (),
    )


def _low_by_chance(people: int, at_most: float, running: int) -> tuple[str, ...]:
    chance = chance_of_low_scores(people, at_most, running)
    if chance is None:
        return ()
    scores = "score is" if running == 1 else f"{running} scores are"
    who = f"Among {counted(people, 'person', 'people')} somebody's last {scores} {show(at_most)} or less"
    return (f"{who} by chance {how_often(chance, 'week')}.",)


def _after(feedback: Feedback) -> int:
    return feedback.after or 0


def _last_scores(scores: Iterable[Feedback], running: int) -> list[list[Feedback]]:
    """The newest scores of each member of staff who has as many as are needed, newest first."""
    by_staff: dict[str, list[Feedback]] = {}
    for score in scores:
        by_staff.setdefault(score.staff_key, []).append(score)
    needed = max(running, 1)
    return [newest_first(group, needed) for group in by_staff.values() if len(group) >= needed]


def _confidence_words(
    view: View, service: str, low: Sequence[Sequence[Feedback]], middle: float | None, recent: Sequence[Feedback]
) -> str:
    where, days = service_name(view, service), view.days("S3", "Window days")
    parts = []
    if low:
        people = listed([_scores_words(scores) for scores in low], at_most=3)
        parts.append(f"confidence after support stays low for {people}")
    if middle is not None:
        of = counted(len(recent), "score")
        parts.append(f"the median of {of} {window_words(days)} in {where} is {show(middle)}")
    else:
        parts.append(f"{counted(len(recent), 'score')} {window_words(days)} in {where}, too few for a median")
    words = "; ".join(parts if low else [*parts, "nobody's last scores are all low"])
    return words[0].upper() + words[1:] + "."


def _scores_words(scores: Sequence[Feedback]) -> str:
    return f"{scores[0].staff} (last scores {listed([str(_after(f)) for f in scores])})"


# -- S8 ---------------------------------------------------------------------------------------------------------------


class _Activity(NamedTuple):
    """The last day on which each champion did something, and the rows in the window that can't be read."""

    last: dict[str, dt.date]
    left_out: int


def quiet_champion(view: View, service: str) -> Judgement:
    """S8: an acting champion of whom nothing was heard: no support, no shift observed, no issue."""
    days = view.days("S8", "Days")
    team = view.acting_champions(service)
    activity = _activity(view, service, days)
    if not _has_activity(view, service):
        return too_few(view, service, "support, observation or issue on record", activity.left_out, days)
    quiet = [c for c in team if activity.last.get(c.champion_id, dt.date.min) < _since(view, c.champion_id, days)]
    heard = [activity.last.get(c.champion_id) for c in team]
    longest = max(((view.as_of - day).days for day in heard if day), default=None)
    names = listed([f"{c.name or c.champion_id} ({c.champion_id})" for c in quiet], at_most=4) if quiet else ""
    nothing = f"no support entry, shift observed or issue {window_words(days)}"
    clear = f"Each active champion in {service_name(view, service)} was heard of {window_words(days)}."
    return Judgement(
        State.WATCH if quiet else State.CLEAR,
        f"{nothing.capitalize()} from {names}." if quiet else clear if team else "No active champion to hear of.",
        value=None if None in heard else longest,
        threshold=days,
        rows=quiet,
        left_out=activity.left_out,
    )


def _since(view: View, champion_id: str, days: int) -> dt.date:
    """The first of the last `days` days, weeks in which the champion was away not counted."""
    away = view.once(_weeks_away).get(champion_id, frozenset())
    day, left = view.as_of, max(days, 1)
    oldest = view.as_of - dt.timedelta(days=days + 7 * len(away))
    while day > oldest:
        left -= day - dt.timedelta(days=day.weekday()) not in away
        if left <= 0:
            break
        day -= dt.timedelta(days=1)
    return day


def _weeks_away(view: View) -> dict[str, frozenset[dt.date]]:
    """The Mondays of the weeks for which a champion's entry says that they were away."""
    words = [eye(word).casefold().split() for word in view.snapshot.lists["AwayReasons"]]
    weeks: dict[str, set[dt.date]] = {}
    for week in view.usable(ProtectedTime, ProtectedTime.champion_id).rows:
        said = _WORDS.findall(eye(week.reason_if_short or "").casefold())
        if any(_run_in(word, said) for word in words if word):
            weeks.setdefault(week.champion_id, set()).add(week.week_commencing)
    return {champion: frozenset(mondays) for champion, mondays in weeks.items()}


_WORDS = late(r"\w+")


def _run_in(wanted: Sequence[str], said: Sequence[str]) -> bool:
    """Whether words stand one after the other in what was said."""
    length = len(wanted)
    return any(list(said[n : n + length]) == list(wanted) for n in range(len(said) - length + 1))


def _has_activity(view: View, service: str) -> bool:
    return has_entries(view, service) or service in view.once(_services_heard_of)


def _services_heard_of(view: View) -> set[str | None]:
    """The services with an issue, or whose champions have protected time on record."""
    placed = {p.champion_id for p in view.rows(ProtectedTime)}
    return {
        *(i.service for i in view.rows(ImprovementLog)),
        *(c.service for c in view.champions() if c.champion_id in placed),
    }


def _activity(view: View, service: str, days: int) -> _Activity:
    first, until = view.window(days)
    issues = view.usable(ImprovementLog, ImprovementLog.raised_by).left_out
    weeks = view.usable(ProtectedTime, ProtectedTime.champion_id, ProtectedTime.shifts_observed).left_out
    unread = entries_in(view, service, SupportLog.champion_id, first=first, last=until).left_out
    team = {c.champion_id for c in view.champions_of(service)}
    unread_issues = [
        i
        for i in Usable[ImprovementLog]((), issues).between(ImprovementLog.raised_on, first, until).left_out
        if i.service in (None, service)
    ]
    unread_weeks = [
        w
        for w in Usable[ProtectedTime]((), weeks).between(ProtectedTime.week_commencing, first, until).left_out
        if w.champion_id is None or w.champion_id in team
    ]
    unplaced = [c for who in (None, service) for c in view.champions_of(who) if c.bad & _PLACE]
    return _Activity(view.once(_last_heard), sum(map(len, (unread, unread_issues, unread_weeks, unplaced))))


_PLACE = frozenset({WorkforcePlan.service.attr, WorkforcePlan.status.attr})


def _last_heard(view: View) -> dict[str, dt.date]:
    """The last day on which each champion gave support, observed a shift or raised an issue."""
    issues = view.usable(ImprovementLog, ImprovementLog.raised_by).rows
    weeks = view.usable(ProtectedTime, ProtectedTime.champion_id, ProtectedTime.shifts_observed).rows
    last: dict[str, dt.date] = {}
    for champion, day in (
        *((e.champion_id, e.date) for e in view.rows(SupportLog)),
        *((i.raised_by, i.raised_on) for i in issues),
        *((w.champion_id, w.week_commencing) for w in weeks if w.shifts_observed),
    ):
        last[champion] = max(day, last.get(champion, day))
    return last


# -- S9 ---------------------------------------------------------------------------------------------------------------


def support_not_helping(view: View, service: str) -> Judgement:
    """S9: staff say that the support did not help, or the manager sees no improvement twice running."""
    count, days = view.threshold("S9", "Count"), view.days("S9", "Window days")
    answers = helped_answers(view, service)
    reviews = view.usable_by(
        ManagerReviews.service,
        ManagerReviews,
        ManagerReviews.system_use_improving,
        ManagerReviews.record_quality_improving,
    )(service)
    first, until = view.window(days)
    left_out = len(reviews.left_out) + sum(1 for r in answers.left_out if r.date is None or first <= r.date <= until)
    recent = [f for f in answers.rows if first <= f.date <= until]
    unhelped = [f.row for f in recent if f.helped == "No"]
    if not (has_entries(view, service) or answers.rows or reviews.rows):
        return too_few(view, service, "support entries or manager reviews", left_out, count)
    doubtful = _doubtful_reviews(reviews.rows, view.days("S9", "Reviews running"))
    share = view.threshold("S9", "Share percent")
    many = bool(unhelped) and len(unhelped) >= count and 100 * len(unhelped) >= share * len(recent)
    said = (
        f"staff said {counted(len(unhelped), 'time')} of {len(recent)} {window_words(days)} that support did not help"
    )
    parts = [said] if many or not doubtful else []
    if doubtful:
        parts.append(f"the newest {len(doubtful)} manager reviews see no improvement")
    words = "; ".join(parts)
    period = period_of(days)
    chance = how_often(chance_of_unhelped(len(recent), len(unhelped)), period)
    by_chance = (
        f"Where {UNHELPED_PERCENT} of 100 answers say so, {counted(len(unhelped), 'answer')} of {len(recent)} in a "
        f"{period} come by chance {chance}."
    )
    return Judgement(
        State.WATCH if many or doubtful else State.CLEAR,
        words[0].upper() + words[1:] + ".",
        value=len(unhelped) if many or not doubtful else len(doubtful),
        threshold=count,
        rows=[*(unhelped if many else ()), *doubtful],
        left_out=left_out,
        remarks=(by_chance,) if many else (),
    )


def _doubtful_reviews(reviews: Sequence[ManagerReviews], running: int) -> list[ManagerReviews]:
    """The newest manager reviews, if there are as many as are needed and each says No to either question."""
    newest = sorted(reviews, key=lambda r: (r.reviewed_on, r.ordinal), reverse=True)[: max(running, 1)]
    says_no = [r for r in newest if "No" in (r.system_use_improving, r.record_quality_improving)]
    return says_no if len(says_no) >= max(running, 1) else []
