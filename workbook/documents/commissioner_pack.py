"""What the commissioner's evidence pack holds (commissioner-pack): figures, each with its number, days and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from workbook.documents.activity_figures import activity_figures
from workbook.documents.confidence import confidence_in
from workbook.documents.declare import About, Document, Material
from workbook.documents.figures import Figure, Outcome, figures, outcome_series, outcomes_of_kinds
from workbook.documents.issues import CLOSED
from workbook.documents.quoting import Quotes
from workbook.documents.words import about, counted, day, listed, service_name, text
from workbook.model.cells import fold, show
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    BoardDecisions,
    ImprovementLog,
    ManagerReviews,
    OutcomeReadings,
    ProtectedTime,
    ReadinessLog,
    StartSignOff,
    SupportLog,
    TrainingMatrix,
    UpdatesShared,
)
from workbook.model.triggers import PROGRAMME_SCOPE, Scope
from workbook.model.view import View, median, needs_seen

#: The days that the pack looks back on.
DAYS = 91
CONTINUITY = ("Continuity", "Access to support")
RELIABILITY = ("Reliability", "Record completion", "Repeated errors", "System use", "Days to fix a barrier")
COMPETENCE = ("Staff confidence", "Staff satisfaction", "Role clarity")
#: So many charts and findings are shown.
SHOWN = 6
_FINDINGS = 8
_NOBODY = (
    "The registers hold nothing that people who draw on care said or that was measured with them. "
    "Bring surveys, compliments and complaints beside this pack."
)


@dataclass(frozen=True)
class Fact:
    """One figure: what it is, how much, over which days and from how many, and where it stands."""

    what: str
    figure: str
    basis: str
    source: str


@dataclass(frozen=True)
class Section:
    """What a commissioner asks about, with its figures and the outcomes measured; `gap` where there are none."""

    title: str
    facts: Sequence[Fact]
    outcomes: Sequence[Outcome]
    gap: str


@dataclass(frozen=True)
class Change:
    """What was recorded about care itself: when, where, what, and its row."""

    day: str
    where: str
    what: str
    row: str


@dataclass(frozen=True)
class CommissionerPack:
    """The context of the template commissioner-pack."""

    about: About
    period: str
    brief: Sequence[str]
    sections: Sequence[Section]
    changes: Sequence[Change]
    no_changes: str
    figures: Sequence[Figure]


def commissioner_pack(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> CommissionerPack:
    """The pack on the day, over the last quarter."""
    view = material.view
    series = outcome_series(view)
    sections = [
        _section(view, "Continuity", _continuity(view), CONTINUITY),
        _section(view, "Reliability", _reliability(view), RELIABILITY),
        _section(view, "Staff competence", _competence(view), COMPETENCE),
        _section(view, "How staff were supported", _support(view), ()),
        _section(view, "How issues were found, and what became of them", _issues(view), ()),
    ]
    changes = _changes(view, Quotes(document, material))
    first, last = view.window(DAYS)
    return CommissionerPack(
        about=about(document, material),
        period=f"{day(first)} to {day(last)}",
        brief=_brief(view, sections),
        sections=sections,
        changes=changes,
        no_changes="" if changes else _NOBODY,
        figures=[*activity_figures(view), *figures(series, view)][:SHOWN],
    )


def _section(view: View, title: str, facts: Iterator[Fact], kinds: Sequence[str]) -> Section:
    found, measured = list(facts), outcomes_of_kinds(view, kinds)
    gap = "" if found or measured else f"Nothing is recorded on {title[:1].lower()}{title[1:]}."
    return Section(title, found, measured, gap)


def _basis(view: View, number: int, one: str, many: str = "") -> str:
    first, last = view.window(DAYS)
    return f"{counted(number, one, many)}, {day(first)} to {day(last)}"


def _continuity(view: View) -> Iterator[Fact]:
    services = view.services_in_use()
    if services:
        held = sum(bool(view.acting_champions(s.service_code)) for s in services)
        words = f"{held} of {counted(len(services), 'service')}"
        yield Fact("Services with a digital champion acting", words, f"On {day(view.as_of)}", "Workforce plan")
    first, last = view.window(DAYS)
    weeks = {e.date.isocalendar()[:2] for e in view.rows(SupportLog) if first <= e.date <= last}
    if weeks:
        entries = sum(first <= e.date <= last for e in view.rows(SupportLog))
        words = f"{len(weeks)} of {DAYS // 7 + (first.weekday() != 0)} weeks"
        yield Fact("Weeks in which champions supported staff", words, _basis(view, entries, "entry", "entries"), _LOG)


_LOG = "Support log"


def _reliability(view: View) -> Iterator[Fact]:
    issues = view.rows(ImprovementLog)
    still = [m for m in issues if m.status != CLOSED]
    if issues:
        unsafe = sum(m.safe_recording_affected == "Yes" for m in still)
        words = f"{unsafe} of {counted(len(still), 'open issue')}"
        yield Fact("Open issues that affect safe recording", words, f"On {day(view.as_of)}", "Improvement log")
    first, last = view.window(DAYS)
    needs = [e for e in needs_seen(view.rows(SupportLog)) if first <= e.date <= last]
    if needs:
        around = sum(e.workaround_seen is True for e in needs)
        words = f"{around} of {len(needs)}"
        yield Fact("Support in which a workaround was seen", words, _basis(view, len(needs), "need"), _LOG)


def _competence(view: View) -> Iterator[Fact]:
    acting = view.acting_champions()
    if acting:
        signed = sum(view.signed_off(c.champion_id, view.as_of) for c in acting)
        number = len(view.rows(StartSignOff))
        words = f"{signed} of {counted(len(acting), 'champion')}"
        yield Fact("Acting champions with a start sign-off", words, counted(number, "sign-off"), "Start sign-off")
    training = [t for t in view.rows(TrainingMatrix) if t.required]
    if training:
        passed = sum(t.result == "Passed" for t in training)
        words = f"{passed} of {len(training)}"
        yield Fact("Required training passed", words, counted(len(training), "module"), "Training matrix")
    checks = view.rows(ReadinessLog)
    if checks:
        ready = sum(c.outcome == "Ready" for c in checks)
        yield Fact(
            "Readiness checks passed", f"{ready} of {len(checks)}", counted(len(checks), "check"), "Readiness log"
        )
    first, last = view.window(DAYS)
    scores = confidence_in(view, first, last)
    if scores.count:
        words = f"{show(scores.before)} to {show(scores.after)}; {scores.up} up, {scores.same} same, {scores.down} down"
        basis = _basis(view, scores.count, "pair of scores", "pairs of scores")
        yield Fact("Confidence of staff before and after support, median", words, basis, "Confidence tracker")


def _support(view: View) -> Iterator[Fact]:
    first, last = view.window(DAYS)
    entries = [e for e in view.rows(SupportLog) if first <= e.date <= last]
    needs = needs_seen(entries)
    if entries:
        staff = len({fold(e.staff_member) for e in entries if e.staff_member})
        basis = _basis(view, len(entries), "entry", "entries")
        yield Fact("Members of staff supported", str(staff), basis, _LOG)
    if needs:
        solved = sum(e.outcome == "Resolved" for e in needs)
        yield Fact("Needs resolved at once", f"{solved} of {len(needs)}", _basis(view, len(needs), "need"), _LOG)
    given = [p for p in view.rows(ProtectedTime) if first <= p.week_commencing <= last and p.hours_given is not None]
    if given:
        hours = show(sum(p.hours_given or 0 for p in given))
        yield Fact("Hours of protected time given", hours, _basis(view, len(given), "week"), "Protected time")


def _issues(view: View) -> Iterator[Fact]:
    first, last = view.window(DAYS)
    raised = [m for m in view.rows(ImprovementLog) if first <= m.raised_on <= last]
    if raised:
        kinds = Counter(m.kind or "Not said" for m in raised)
        words = f"{len(raised)}: {listed(f'{number} {kind.lower()}' for kind, number in kinds.items())}"
        yield Fact("Issues raised by champions", words, _basis(view, len(raised), "issue"), "Improvement log")
    closed = [m for m in view.rows(ImprovementLog) if m.closed_on is not None and first <= m.closed_on <= last]
    if closed:
        days = median([(m.closed_on - m.raised_on).days for m in closed if m.closed_on is not None])
        words = f"{len(closed)}, after a median of {show(days)} days"
        yield Fact("Issues closed", words, _basis(view, len(closed), "issue"), "Improvement log")
    decisions = view.rows(BoardDecisions)
    if decisions:
        told = {fold(u.decision_id or "") for u in view.rows(UpdatesShared)}
        shared = sum(fold(d.id) in told for d in decisions)
        words = f"{len(decisions)}, {shared} of them told to staff"
        yield Fact(
            "Decisions of the board", words, counted(len(decisions), "decision"), "Board decisions, Updates shared"
        )
    judged = [u for u in view.rows(UpdatesShared) if u.result not in (None, "Too early")]
    if judged:
        helped = sum(u.result in ("Less confusion", "Better system use") for u in judged)
        words = f"{helped} of {len(judged)} helped"
        yield Fact("Effect of what staff were told", words, counted(len(judged), "result"), "Updates shared")


def _changes(view: View, quotes: Quotes) -> list[Change]:
    """What registered managers found in care records, and notes of readings taken from them; nothing is inferred."""
    first, last = view.window(DAYS)
    found = [
        (
            r.reviewed_on,
            Change(day(r.reviewed_on), service_name(view, r.service), quotes.cell(r, ManagerReviews.finding), r.id),
        )
        for r in view.rows(ManagerReviews)
        if r.evidence_source == "Care records" and first <= r.reviewed_on <= last
    ]
    found += [
        (r.date, Change(day(r.date), service_name(view, r.service), quotes.cell(r, OutcomeReadings.note), r.id))
        for r in view.rows(OutcomeReadings)
        if r.evidence_source == "Care records" and r.note and first <= r.date <= last
    ]
    return [change for _, change in sorted(found, key=lambda f: f[0], reverse=True)][:_FINDINGS]


def _brief(view: View, sections: Sequence[Section]) -> list[str]:
    """At most five sentences: the first figure of each section, in words."""
    said = [f"{s.facts[0].what}: {s.facts[0].figure}." for s in sections if s.facts]
    missing = [s.title.lower() for s in sections if s.gap]
    return [*said, *([f"Nothing is recorded on {listed(missing)}."] if missing else [])][:5] or [
        f"{text(view.snapshot.programme.programme_name, 'The programme')} has recorded nothing yet."
    ]
