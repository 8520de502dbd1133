"""Rules on how the work is done: S4 workarounds seen, S5 hidden workarounds, S7 problems solved without evidence.

Source: docs/contract/checks-and-triggers.md, "Live support"; article, operational example 2.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import NamedTuple

from workbook.model.cells import fold, split_values
from workbook.model.folding import eye
from workbook.model.registers import ConfidenceTracker, ImprovementLog, SupportLog
from workbook.model.triggers import Judgement, State
from workbook.model.view import View, group_by
from workbook.rules.feedback import gave_quick_feedback, tracked_entries
from workbook.rules.triggers.live_entries import (
    entries_in,
    has_entries,
    needs_in,
    observation_words,
    service_name,
    too_few,
    window_words,
)
from workbook.rules.triggers.preparing_common import counted, listed
from workbook.rules.triggers.standing import standing

_ENTRIES = "entries in the support log"

# -- S4 ---------------------------------------------------------------------------------------------------------------


def bypassed_workflows(view: View, service: str) -> Judgement:
    """S4: a workaround was seen."""
    count, days = view.threshold("S4", "Count"), view.days("S4", "Window days")
    first, last = view.window(days)
    found = entries_in(view, service, SupportLog.workaround_seen, first=first, last=last)
    if not has_entries(view, service):
        return too_few(view, service, _ENTRIES, len(found.left_out), count)
    seen = [e for e in found.rows if e.workaround_seen]
    raised = bool(seen) and len(seen) >= count
    words = f"{counted(len(seen), 'workaround')} seen in {service_name(view, service)} {window_words(days)}"
    return Judgement(
        State.RAISED if raised else State.CLEAR,
        f"{words}{_repeated_words(seen, view.threshold('S4', 'Repeat count'))}." if seen else f"No {words[2:]}.",
        value=len(seen),
        threshold=count,
        rows=seen if raised else (),
        left_out=len(found.left_out),
        remarks=standing(view.as_of, [_seen_since(view, service, count, days)]) if raised else (),
    )


def _seen_since(view: View, service: str, count: float, days: int) -> dt.date:
    """The first day from which on so many workarounds stood in the window without a break."""
    seen = entries_in(view, service, SupportLog.workaround_seen, last=view.as_of).rows
    dates = sorted(e.date for e in seen if e.workaround_seen)
    needed, window = max(math.ceil(count), 1), dt.timedelta(days=days)
    since = view.as_of
    for n in range(len(dates) - needed, -1, -1):
        # From the last of these on there were enough, until the first of them left the window.
        if dates[n] + window < since:
            break
        since = min(since, dates[n + needed - 1])
    return since


def _repeated_words(seen: Sequence[SupportLog], repeat: float) -> str:
    groups = group_by([e for e in seen if e.workflow], lambda e: e.workflow)
    repeated = [
        f"{workflow} ({counted(len(rows), 'time')})" for workflow, rows in groups.items() if len(rows) >= repeat
    ]
    if repeated:
        return f", repeated in {listed(repeated)}"
    return f", in {listed(list(groups))}" if groups else ""


# -- S5 ---------------------------------------------------------------------------------------------------------------

_TEXTS = (
    SupportLog.what_happened,
    SupportLog.coaching_given,
    SupportLog.advice_given,
    SupportLog.workaround_detail,
)
#: Characters that people type alike.
_SAME = {"\n": " ", "\r": " ", "\t": " ", "-": " "}
_BREAK = "\x00"


class _Hit(NamedTuple):
    entry: SupportLog
    phrase: str


def hidden_workarounds(view: View, service: str) -> Judgement:
    """S5: the words of an entry speak of a workaround while `Workaround seen` is No."""
    days = view.days("S5", "Window days")
    first, last = view.window(days)
    found = entries_in(view, service, SupportLog.workaround_seen, first=first, last=last)
    unread = [e for e in found.rows if e.bad and e.bad & {c.attr for c in _TEXTS}]
    left_out = len(found.left_out) + len(unread)
    if not has_entries(view, service):
        return too_few(view, service, _ENTRIES, left_out)
    unseen = [e for e in found.rows if not e.workaround_seen and not (e.bad and e in unread)]
    hits = sorted(_hits(unseen, view.snapshot.lists["HiddenWorkaroundPhrases"]), key=lambda h: h.entry.date)
    hits = list({h.entry.ordinal: h for h in reversed(hits)}.values())[::-1]
    summary = (
        f"No entry {window_words(days)} in {service_name(view, service)} speaks of a workaround not marked as one."
    )
    if hits:
        phrases = [f"“{p}”" for p in dict.fromkeys(h.phrase for h in reversed(hits))]
        speaks = "entry speaks" if len(hits) == 1 else "entries speak"
        summary = f"{len(hits)} {speaks} of a workaround ({listed(phrases, at_most=3)}) "
        summary += f"{window_words(days)} while Workaround seen is No."
    return Judgement(
        State.WATCH if hits else State.CLEAR,
        summary,
        value=len(hits),
        rows=[h.entry for h in hits],
        left_out=left_out,
    )


def _hits(entries: Sequence[SupportLog], phrases: Sequence[str]) -> list[_Hit]:
    """The entries in which a phrase stands as whole words. All texts are searched as one: that is far quicker."""
    text = _plain(_BREAK.join("\x01".join([getattr(e, c.attr) or "" for c in _TEXTS]) for e in entries))
    found: list[_Hit] = []
    for phrase in phrases:
        wanted = _plain(phrase).strip()
        at = text.find(wanted) if wanted else -1
        row, counted_to = 0, 0
        while at >= 0:
            if _whole_words(text, at, at + len(wanted)):
                row, counted_to = row + text.count(_BREAK, counted_to, at), at
                found.append(_Hit(entries[row], phrase))
            at = text.find(wanted, at + len(wanted))
    return found


def _plain(text: str) -> str:
    text = eye(text).casefold()
    for char, same in _SAME.items():
        text = text.replace(char, same)
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _whole_words(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


# -- S7 ---------------------------------------------------------------------------------------------------------------

_NOT_RESOLVED = ("Escalated", "Unresolved")
_READ = (
    SupportLog.support_id,
    SupportLog.coaching_given,
    SupportLog.confidence_before,
    SupportLog.confidence_after,
    SupportLog.support_helped,
)


def without_evidence(view: View, service: str) -> Judgement:
    """S7: too much support without coaching recorded or feedback, or a problem passed on that no issue tells of."""
    limit, days = view.threshold("S7", "Share percent"), view.days("S7", "Window days")
    recent = needs_in(view, service, days, *_READ)
    loose, loose_left_out, issues_left_out = _unlinked(view, service)
    left_out = len({e.ordinal for e in (*recent.left_out, *loose_left_out)})
    left_out += issues_left_out + _unread_feedback(view, recent.rows)
    if not has_entries(view, service):
        return too_few(view, service, _ENTRIES, left_out, limit)
    bare = [e for e in recent.rows if _is_bare(view, e)]
    total = len(recent.rows)
    share = 100 * len(bare) / total if total else None
    least = view.threshold("S7", "Minimum entries")
    too_many = share is not None and share > limit and total >= least
    return Judgement(
        State.WATCH if too_many or loose else State.CLEAR,
        _evidence_words(len(bare), total, loose, days, least),
        value=share,
        threshold=limit,
        rows=[*(bare if too_many else ()), *loose],
        left_out=left_out,
    )


def _is_bare(view: View, entry: SupportLog) -> bool:
    """No coaching recorded, or the days for feedback have passed without any."""
    if not entry.coaching_given:
        return True
    last = entry.date + dt.timedelta(days=view.days("S7", "Feedback within days"))
    if view.as_of <= last or gave_quick_feedback(entry):
        return False
    return not any(f.date <= last for f in tracked_entries(view).get(entry.support_id, ()))


def _unlinked(view: View, service: str) -> tuple[list[SupportLog], Sequence[SupportLog], int]:
    """Entries not resolved that no issue links in time; entries and how many issues could not be read."""
    none_seen = observation_words(view)
    first, _ = view.window(view.days("S7", "Unlinked within days"))
    old = entries_in(
        view,
        service,
        SupportLog.support_id,
        SupportLog.support_need,
        SupportLog.outcome,
        first=first,
        last=view.as_of - dt.timedelta(days=view.days("S7", "Link within days") + 1),
        wanted=lambda e: (e.outcome is None or e.outcome in _NOT_RESOLVED) and e.support_need not in none_seen,
    )
    linked = view.once(_linked)
    issues = view.usable(ImprovementLog, ImprovementLog.linked_support)
    unread = sum(1 for issue in issues.left_out if issue.service in (None, service))
    return [e for e in old.rows if fold(e.support_id) not in linked], old.left_out, unread


def _linked(view: View) -> set[str]:
    """The support entries that an issue links, by their ids, folded."""
    issues = view.usable(ImprovementLog, ImprovementLog.linked_support)
    return {fold(part) for issue in issues.rows for part in split_values(issue.linked_support)}


def _unread_feedback(view: View, entries: Sequence[SupportLog]) -> int:
    """How many rows of the tracker may be feedback on these entries, but can't be read."""
    spoilt = view.usable(ConfidenceTracker, ConfidenceTracker.support_id).left_out
    ids = {fold(e.support_id) for e in entries} if spoilt else set()
    return sum(1 for row in spoilt if not row.support_id or fold(row.support_id) in ids)


def _evidence_words(bare: int, total: int, loose: Sequence[SupportLog], days: int, least: float) -> str:
    words = f"{bare} of {counted(total, 'entry', 'entries')} {window_words(days)} "
    words += "has" if bare == 1 else "have"
    words += " no coaching recorded or no feedback"
    words += f" ({100 * bare / total:.0f}%)" if total else ""
    words += f", judged from {counted(int(least), 'entry', 'entries')} on" if total < least else ""
    if loose:
        words += f"; no issue links {counted(len(loose), 'entry', 'entries')} that stayed unresolved or was escalated"
    return words + "."
