"""What the adoption support review of a service holds (support-review): what was needed, what helped, decisions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from workbook.documents.confidence import confidence_in
from workbook.documents.declare import About, Document, Material
from workbook.documents.highlight import more_of
from workbook.documents.period import Period, since_review
from workbook.documents.quoting import Quotes
from workbook.documents.raised import TriggerLine, state_counts, trigger_lines
from workbook.documents.references import tag
from workbook.documents.words import about, counted, day, listed, service_name, text
from workbook.model.cells import fold
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Guidance, Services, SupportLog, WorkforcePlan
from workbook.model.triggers import LIVE, Result, Scope, State
from workbook.model.view import View, group_by, needs_seen

#: So many lines of a table are shown; what is beyond is counted.
SHOWN = 12
FIELDS = (
    "leader-decision",
    "leader-also",
    "leader-detail",
    "leader-owner",
    "leader-due",
    "leader-signed",
    "leader-on",
    "manager-system",
    "manager-records",
    "manager-source",
    "manager-finding",
    "manager-decision",
    "manager-signed",
    "manager-on",
)


@dataclass(frozen=True)
class SupportLine:
    """Support of one kind: how often, for how many staff, how it ended."""

    what: str
    count: int
    staff: int
    open: int
    workarounds: int


@dataclass(frozen=True)
class Repeat:
    """The same need in the same workflow, more than once."""

    what: str
    times: int
    staff: int
    days: int
    again: str


@dataclass(frozen=True)
class Quoted:
    """An entry of the log: when, who, about what, and what it says."""

    day: str
    who: str
    what: str
    words: str
    row: str


@dataclass(frozen=True)
class SupportReview:
    """The context of the template support-review.

    Attributes:
        field: the tags of the places to fill in, by name.
    """

    about: About
    service: str
    period: str
    brief: Sequence[str]
    workflows: Sequence[SupportLine]
    needs: Sequence[SupportLine]
    shifts: Sequence[SupportLine]
    champions: Sequence[SupportLine]
    repeats: Sequence[Repeat]
    repeats_more: str
    conflict: str
    conflicts: Sequence[Quoted]
    confidence: str
    workarounds: Sequence[Quoted]
    workarounds_more: str
    triggers: Sequence[TriggerLine]
    trigger_counts: str
    rules: Sequence[TriggerLine]
    field: dict[str, str]


def support_review(document: Document, material: Material, scope: Scope) -> SupportReview:
    """The review of one service over the time since its last one."""
    view, code = material.view, scope.id
    period = since_review(view, code)
    entries = [e for e in view.rows(SupportLog) if e.service == code and period.holds(e.date)]
    needs = needs_seen(entries)
    quotes = Quotes(document, material)
    results = [r for r in material.results if r.scope == scope and r.escalation == LIVE.escalation]
    around = [e for e in entries if e.workaround_seen]
    repeats = _repeats(needs)
    asking = [r for r in results if r.state in (State.RAISED, State.WATCH)]
    return SupportReview(
        about=about(document, material, service_name(view, code), code),
        service=service_name(view, code),
        period=period.words,
        brief=_brief(view, entries, asking, period, code),
        workflows=_lines(needs, lambda e: e.workflow),
        needs=_lines(needs, lambda e: e.support_need),
        shifts=_lines(entries, lambda e: e.shift),
        champions=_lines(entries, lambda e: e.champion_id, lambda who: _champion(view, str(who))),
        repeats=repeats[:SHOWN],
        repeats_more=more_of(len(repeats), repeats[:SHOWN], "need that came again", "Support log"),
        conflict=next((r.summary for r in results if r.trigger == "S2"), "S2 was not evaluated."),
        conflicts=_conflicts(view, quotes, results)[:SHOWN],
        confidence=confidence_in(view, period.first, period.last, code).words,
        workarounds=[_quoted(view, e, quotes.cell(e, SupportLog.workaround_detail)) for e in around[-SHOWN:]],
        workarounds_more=more_of(len(around), around[-SHOWN:], "workaround", "Support log"),
        triggers=trigger_lines(view, results),
        trigger_counts=state_counts(results),
        rules=trigger_lines(view, asking),
        field={name.replace("-", "_"): tag(name, code) for name in FIELDS},
    )


def _brief(view: View, entries: Sequence[SupportLog], asking: Sequence[Result], period: Period, code: str) -> list[str]:
    needs = needs_seen(entries)
    staff = len({fold(e.staff_member) for e in entries if e.staff_member})
    unsettled = sum(e.outcome in ("Escalated", "Unresolved") for e in entries)
    raised = [r.trigger for r in asking if r.state is State.RAISED]
    warned = [r.trigger for r in asking if r.state is State.WATCH]
    helped = f"{len(needs)} with a need, for {counted(staff, 'member')} of staff"
    scores = confidence_in(view, period.first, period.last, code)
    return [
        f"{counted(len(entries), 'support entry', 'support entries')}, {helped}; {unsettled} escalated or unresolved.",
        f"Ask for action: {listed(raised)}." if raised else "No trigger on live support asks for action.",
        *([f"Early warnings: {listed(warned)}."] if warned else []),
        f"Confidence: {scores.up} up, {scores.same} the same, {scores.down} down."
        if scores.count
        else "No confidence before and after is recorded.",
    ]


def _lines(
    entries: Sequence[SupportLog],
    key: Callable[[SupportLog], Hashable],
    name: Callable[[object], str] = lambda value: text(str(value) if value else None),
) -> list[SupportLine]:
    """A line for each value, the most frequent first."""
    groups = group_by(entries, key)
    lines = [
        SupportLine(
            what=name(value) if value else "Not recorded",
            count=len(rows),
            staff=len({fold(r.staff_member) for r in rows if r.staff_member}),
            open=sum(r.outcome in ("Escalated", "Unresolved") for r in rows),
            workarounds=sum(r.workaround_seen is True for r in rows),
        )
        for value, rows in groups.items()
    ]
    return sorted(lines, key=lambda line: -line.count)[:SHOWN]


def _champion(view: View, champion_id: str) -> str:
    row = view.find(WorkforcePlan, champion_id)
    return f"{champion_id} {row.name}" if row is not None and row.name else champion_id


def _repeats(needs: Sequence[SupportLog]) -> list[Repeat]:
    """Needs that came more than once, the most frequent first, and whether the same person asked again."""
    found = []
    for (workflow, need), rows in group_by(needs, lambda e: (e.workflow, e.support_need)).items():
        if workflow and need and len(rows) > 1:
            people = group_by((r for r in rows if r.staff_member), lambda r: fold(r.staff_member))
            again = sum(len(asked) > 1 for asked in people.values())
            found.append(
                Repeat(
                    what=f"{workflow}: {need[:1].lower()}{need[1:]}",
                    times=len(rows),
                    staff=len(people),
                    days=len({r.date for r in rows}),
                    again=f"{counted(again, 'person', 'people')} asked again" if again else "Nobody asked twice",
                )
            )
    return sorted(found, key=lambda r: -r.times)


def _conflicts(view: View, quotes: Quotes, results: Sequence[Result]) -> list[Quoted]:
    """The entries that S2 rests on, with the guidance that each followed."""
    rows = [
        view.find(SupportLog, row_id)
        for result in results
        if result.trigger == "S2" and result.state in (State.RAISED, State.WATCH)
        for table, row_id in result.evidence
        if table == SupportLog.table
    ]
    return [_quoted(view, e, f"{followed(view, e)} {advice(quotes, e)}".strip()) for e in rows if e is not None]


def followed(view: View, entry: SupportLog) -> str:
    """Which guidance an entry followed, in a sentence."""
    if not entry.guidance_followed:
        return "No guidance is named."
    guidance = view.find(Guidance, entry.guidance_followed)
    title = f" “{guidance.title}”" if guidance is not None and guidance.title else ""
    return f"Followed {entry.guidance_followed}{title}."


def advice(quotes: Quotes, entry: SupportLog) -> str:
    """The advice that was given, in the words of the log; '' where none is."""
    return f"Advice: {quotes.cell(entry, SupportLog.advice_given)}" if entry.advice_given else ""


def _quoted(view: View, entry: SupportLog, words: str) -> Quoted:
    what = f"{text(entry.workflow)}: {text(entry.support_need).lower()}"
    return Quoted(day(entry.date), _champion(view, entry.champion_id or ""), what, words, entry.id or "")


def has_support(view: View, code: str) -> bool:
    """Whether the log holds anything about a service."""
    return any(e.service == code for e in view.rows(SupportLog)) and view.find(Services, code) is not None
