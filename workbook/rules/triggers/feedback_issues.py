"""Rules on the improvement log: F1, F4, F6, F8 and F10."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from workbook.model.cells import fold, show
from workbook.model.registers import BoardDecisions, ImprovementLog, Meetings, QualityReviews
from workbook.model.triggers import Judgement, State
from workbook.model.view import View, group_by
from workbook.rules.reopenings import CLOSED, Reopening, reopenings
from workbook.rules.triggers.feedback_common import Case, count_rows, counted, ids, joined, judged, no_data

_NO_ISSUES = "The improvement log has no entry yet"


def recurring_unresolved_issues(view: View, _scope: str) -> Judgement:
    """F1: an issue open too long that was reported again, or one that came back or was reopened soon after closing."""
    issues = view.usable(ImprovementLog, ImprovementLog.repeat_of, ImprovementLog.status, ImprovementLog.closed_on)
    left_out = count_rows(issues.left_out)
    if not view.has_rows(ImprovementLog):
        return no_data(_NO_ISSUES, left_out)
    days, again = view.days("F1", "Open days"), view.days("F1", "Reopen days")
    cases = []
    for original, repeats in _originals(issues.rows):
        if original.status != CLOSED:
            cases += _lasting(view, original, repeats, days)
        cases += _reopened(original, repeats, again)
    told = view.once(reopenings)
    for issue in issues.rows if told else ():
        cases += _opened_again(issue, told.get(fold(issue.id or ""), ()), again)
    clear = (
        f"No issue has been open for more than {counted(days, 'day')} and reported again, and none came back "
        f"within {counted(again, 'day')} of being closed"
    )
    return judged(State.RAISED, cases, clear=clear, left_out=left_out)


def _originals(
    issues: Sequence[ImprovementLog],
) -> Sequence[tuple[ImprovementLog, Sequence[ImprovementLog]]]:
    """Each issue that others repeat, with those. An issue is no repeat of itself."""
    by_id = _by_id(issues)
    repeats = group_by([i for i in issues if i.repeat_of], lambda i: fold(i.repeat_of or ""))
    pairs = [(by_id[key], [r for r in rows if r is not by_id[key]]) for key, rows in repeats.items() if key in by_id]
    return [(original, rows) for original, rows in pairs if rows]


def _by_id(issues: Sequence[ImprovementLog]) -> Mapping[str, ImprovementLog]:
    return {fold(issue.id): issue for issue in reversed(issues) if issue.id}


def _lasting(view: View, original: ImprovementLog, repeats: Sequence[ImprovementLog], days: int) -> list[Case]:
    age = (view.as_of - original.raised_on).days
    if age <= days or len(repeats) < view.threshold("F1", "Repeats"):
        return []
    words = f"{original.id} has been open for {counted(age, 'day')} and was reported again as {ids(repeats)}"
    return [Case(words, [original, *repeats])]


def _reopened(original: ImprovementLog, repeats: Sequence[ImprovementLog], within: int) -> list[Case]:
    """A repeat raised on or after the day its original was closed; one raised before is no reopening."""
    closed = original.closed_on
    if closed is None:
        return []
    soon = [r for r in repeats if 0 <= (r.raised_on - closed).days <= within]
    words = f"{original.id}, closed on {show(closed)}, came back as {ids(soon)}" if soon else ""
    return [Case(words, [original, *soon])] if soon else []


def _opened_again(issue: ImprovementLog, told: Sequence[Reopening], within: int) -> list[Case]:
    """The newest reopening that the history shows soon enough after the closing."""
    for found in reversed(told):
        stands = issue.closed_on if issue.closed_on is not None and issue.closed_on <= found.day else None
        closed = found.said or stands or found.entered
        if closed is not None and 0 <= (found.day - closed).days <= within:
            return [Case(f"{issue.id}, closed on {show(closed)}, was open again on {show(found.day)}", [issue])]
    return []


def unsafe_configuration(view: View, _scope: str) -> Judgement:
    """F4: a configuration issue that affects safe recording and is not closed."""
    issues = view.usable(
        ImprovementLog, ImprovementLog.category, ImprovementLog.safe_recording_affected, ImprovementLog.status
    )
    left_out = count_rows(issues.left_out)
    if not view.has_rows(ImprovementLog):
        return no_data(_NO_ISSUES, left_out)
    found = [
        i
        for i in issues.rows
        if i.category == "Configuration" and i.safe_recording_affected == "Yes" and i.status != CLOSED
    ]
    clear = "No configuration issue that affects safe recording is waiting to be closed"
    cases = [Case(f"the system's configuration affects safe recording: {_where(view, found)}", found)] if found else []
    return judged(State.RAISED, cases, clear=clear, left_out=left_out, figures=(len(found), 1))


def _where(view: View, issues: Sequence[ImprovementLog]) -> str:
    services = [view.service_name(code) for code in dict.fromkeys(i.service for i in issues if i.service)]
    place = f", at {joined(services)}" if services else ""
    return f"{ids(issues)} not closed{place}"


def reported_without_change(view: View, _scope: str) -> Judgement:
    """F6: an issue reported again, though the board has met since without a decision on it."""
    issues = view.usable(ImprovementLog, ImprovementLog.repeat_of)
    meetings = view.usable(Meetings, Meetings.kind).where(Meetings.kind, "Project board")
    decisions = view.usable(BoardDecisions, BoardDecisions.issue_id)
    left_out = count_rows(issues.left_out, meetings.left_out, decisions.left_out)
    if not view.has_rows(ImprovementLog):
        return no_data(_NO_ISSUES, left_out)
    decided = {fold(d.issue_id) for d in decisions.rows if d.issue_id}
    needed = view.threshold("F6", "Meetings")
    cases, most = [], 0
    for original, repeats in _originals(issues.rows):
        ignored = [r for r in repeats if not decided & {fold(original.id), fold(r.id)}]
        since = [m for m in meetings.rows if m.held_on > original.raised_on]
        most = max(most, len(since)) if ignored else most
        if ignored and len(since) >= needed:
            words = (
                f"{original.id} was reported again as {ids(ignored)}, and "
                f"{counted(len(since), 'board meeting')} since it was raised took no decision on either"
            )
            cases.append(Case(words, [original, *ignored, *since]))
    clear = "No repeated issue has gone without a decision through the board meetings since it was raised"
    return judged(State.WATCH, cases, clear=clear, left_out=left_out, figures=(most, needed))


def not_categorised_or_checked(view: View, _scope: str) -> Judgement:
    """F8: issues that wait too long to be categorised or quality-checked. Doing it late cures."""
    issues = view.usable(ImprovementLog, ImprovementLog.category, ImprovementLog.categorised_on)
    reviews = view.usable(QualityReviews, QualityReviews.issue_id)
    left_out = count_rows(issues.left_out, reviews.left_out)
    if not view.has_rows(ImprovementLog):
        return no_data(_NO_ISSUES, left_out)
    days = view.days("F8", "Within days")
    checked = {fold(review.issue_id) for review in reviews.rows}
    old = [i for i in issues.rows if (view.as_of - i.raised_on).days > days]
    without = {
        "not categorised": [i for i in old if i.category is None],
        "not quality-checked": [i for i in old if fold(i.id) not in checked],
    }
    late = f"more than {counted(days, 'day')} after being raised"
    cases = [Case(f"{ids(rows)} {what} {late}", rows) for what, rows in without.items() if rows]
    clear = f"No issue is waiting to be categorised or quality-checked {late}"
    waiting = count_rows(*without.values())
    return judged(State.WATCH, cases, clear=clear, left_out=left_out, figures=(waiting, 1))


def supplier_reply_overdue(view: View, _scope: str) -> Judgement:
    """F10: a reply due before the day that has not come, on an issue that is not closed."""
    issues = view.usable(ImprovementLog, ImprovementLog.reply_due, ImprovementLog.replied_on, ImprovementLog.status)
    left_out = count_rows(issues.left_out)
    if not view.has_rows(ImprovementLog):
        return no_data(_NO_ISSUES, left_out)
    late = [i for i in issues.rows if i.status != CLOSED and i.replied_on is None and i.reply_due is not None]
    cases = [
        Case(f"the reply on {i.id} was due on {show(i.reply_due)} and has not come", [i])
        for i in late
        if i.reply_due is not None and i.reply_due < view.as_of
    ]
    return judged(State.WATCH, cases, clear="No supplier reply is overdue", left_out=left_out)


ISSUE_RULES: dict[str, Callable[[View, str], Judgement]] = {
    "F1": recurring_unresolved_issues,
    "F4": unsafe_configuration,
    "F6": reported_without_change,
    "F8": not_categorised_or_checked,
    "F10": supplier_reply_overdue,
}
