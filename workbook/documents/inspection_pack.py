"""What the inspection evidence pack holds (inspection-pack): evidence by category and statement, and the gaps."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.declare import About, Document, Material
from workbook.documents.evidence import SOURCES, Source, span_of
from workbook.documents.frameworks import ALL, CATEGORIES, EXPERIENCE, PARTNER_FEEDBACK, QUALITY_STATEMENTS, Framework
from workbook.documents.quoting import Quotes
from workbook.documents.words import about, counted, day, listed, service_name, text
from workbook.model.declare import Register
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import (
    ConfidenceTracker,
    Meetings,
    QualityReviews,
    SupportLog,
    TrainingMatrix,
)
from workbook.model.triggers import PROGRAMME_SCOPE, Scope
from workbook.model.view import View

#: So many of the newest rows are quoted in each annex.
SHOWN = 10
_GAPS = {
    EXPERIENCE: "The registers hold no words of people who draw on care: bring surveys, compliments, complaints.",
    PARTNER_FEEDBACK: "The registers hold no feedback of partners: bring what professionals and families wrote.",
}


@dataclass(frozen=True)
class Entry:
    """One kind of evidence: its number in the index, what it shows, when, which rows, and where the original lies."""

    number: str
    statements: str
    shows: str
    dates: str
    rows: str
    original: str


@dataclass(frozen=True)
class Category:
    """A category of evidence with what the registers hold of it; `gap` says so where they hold nothing."""

    name: str
    entries: Sequence[Entry]
    gap: str


@dataclass(frozen=True)
class StatementLine:
    """A statement of the framework and the numbers of its evidence."""

    question: str
    statement: str
    evidence: str


@dataclass(frozen=True)
class LogLine:
    """A row quoted from a register: when, where, who by role, and what."""

    day: str
    where: str
    who: str
    what: str
    row: str


@dataclass(frozen=True)
class TrainingStanding:
    """A champion's training: how much is passed, and what expires next."""

    who: str
    where: str
    passed: str
    next_refresher: str


@dataclass(frozen=True)
class InspectionPack:
    """The context of the template inspection-pack."""

    about: About
    framework: str
    dated: str
    brief: Sequence[str]
    statements: Sequence[StatementLine]
    without: str
    categories: Sequence[Category]
    logs: Sequence[LogLine]
    feedback: Sequence[LogLine]
    training: Sequence[TrainingStanding]
    training_more: str
    audits: Sequence[LogLine]
    minutes: Sequence[LogLine]


def inspection_pack(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> InspectionPack:
    """The pack on the day, by the framework that the setting names."""
    view, quotes = material.view, Quotes(document, material)
    framework = ALL.get(view.snapshot.programme.framework or "", QUALITY_STATEMENTS)
    found = [(s, s.rows(view)) for s in SOURCES]
    numbered = {id(s): f"E{n}" for n, (s, _) in enumerate([f for f in found if f[1]], start=1)}
    categories = [_category(view, framework, name, found, numbered) for name in CATEGORIES]
    statements = _statements(framework, [s for s, rows in found if rows], numbered)
    empty = [line.statement for line in statements if line.evidence == _NONE]
    training = _training(view, quotes)
    return InspectionPack(
        about=about(document, material),
        framework=framework.name,
        dated=framework.dated,
        brief=_brief(view, categories, len(statements), len(empty)),
        statements=[line for line in statements if line.evidence != _NONE],
        without=f"No evidence of this programme speaks to: {listed(empty)}." if empty else "",
        categories=categories,
        logs=_logs(view, quotes),
        feedback=_feedback(view, quotes),
        training=training[:_CHAMPIONS],
        training_more=f"{counted(len(training) - _CHAMPIONS, 'more champion')}, sheet Training matrix."
        if len(training) > _CHAMPIONS
        else "",
        audits=_audits(view, quotes),
        minutes=_minutes(view, quotes),
    )


_NONE = "None"
_CHAMPIONS = 30
#: So many rows are named by their ids in a line.
_NAMED = 4


def _category(
    view: View, framework: Framework, name: str, found: Sequence[tuple[Source, list[Register]]], numbers: dict[int, str]
) -> Category:
    entries = [
        Entry(
            number=numbers[id(source)],
            statements=listed(source.statements[framework.name]),
            shows=source.shows(len(rows)),
            dates=_dates(view, rows),
            rows=_rows(rows),
            original=source.original,
        )
        for source, rows in found
        if source.category == name and rows
    ]
    gap = "" if entries else _GAPS.get(name, f"No {name[:1].lower()}{name[1:]} is recorded.")
    return Category(name, entries, gap)


def _dates(view: View, rows: Sequence[Register]) -> str:
    span = span_of(view, rows)
    if span is None:
        return "Not dated"
    return day(span[0]) if span[0] == span[1] else f"{day(span[0])} to {day(span[1])}"


def _rows(rows: Sequence[Register]) -> str:
    """The newest rows by their ids, and how many more there are; the sheet stands beside."""
    ids = [row.id or f"row {row.sheet_row}" for row in reversed(rows)]
    more = len(ids) - _NAMED
    return f"{', '.join(ids[:_NAMED])} and {more} more" if more > 0 else listed(ids)


def _statements(framework: Framework, sources: Sequence[Source], numbers: dict[int, str]) -> list[StatementLine]:
    lines = []
    for question, statements in framework.questions:
        for statement in statements:
            hits = [numbers[id(s)] for s in sources if statement in s.statements[framework.name]]
            lines.append(StatementLine(question, statement, ", ".join(hits) or _NONE))
    return lines


def _brief(view: View, categories: Sequence[Category], statements: int, empty: int) -> list[str]:
    champions = len(view.acting_champions())
    missing = [c.name[:1].lower() + c.name[1:] for c in categories if not c.entries]
    held = sum(len(c.entries) for c in categories)
    acting = f"{counted(champions, 'digital champion')} {'acts' if champions == 1 else 'act'}"
    return [
        f"{acting} in {counted(len(view.services_in_use()), 'service')}.",
        f"The registers hold {counted(held, 'kind')} of evidence for {statements - empty} of {statements} statements.",
        f"They hold none of: {listed(missing)}." if missing else "They hold evidence of every category.",
    ]


def _logs(view: View, quotes: Quotes) -> list[LogLine]:
    rows = sorted(view.rows(SupportLog), key=lambda e: e.date)[-SHOWN:]
    return [
        LogLine(
            day=day(e.date),
            where=service_name(view, e.service),
            who=quotes.champion(e.champion_id),
            what=f"{text(e.workflow)}, {text(e.support_need).lower()}: {quotes.cell(e, SupportLog.what_happened)} "
            f"{text(e.outcome)}.",
            row=e.id,
        )
        for e in reversed(rows)
    ]


def _feedback(view: View, quotes: Quotes) -> list[LogLine]:
    rows = sorted((f for f in view.rows(ConfidenceTracker) if f.comment), key=lambda f: f.date)[-SHOWN:]
    lines = []
    for row in reversed(rows):
        entry = view.find(SupportLog, row.support_id)
        scores = f"Confidence {text(row.confidence_before)} before, {text(row.confidence_after)} after."
        lines.append(
            LogLine(
                day=day(row.date),
                where=service_name(view, entry.service) if entry is not None else "",
                who=quotes.plain(text(row.staff_member)) if quotes.named else "Member of staff",
                what=f"“{quotes.cell(row, ConfidenceTracker.comment)}” {scores}",
                row=row.id,
            )
        )
    return lines


def _training(view: View, quotes: Quotes) -> list[TrainingStanding]:
    lines = []
    for champion in view.judged_champions():
        rows = view.usable_by(TrainingMatrix.champion_id, TrainingMatrix)(champion.champion_id).rows
        required = {r.module for r in rows if r.required and r.module}
        passed = {r.module for r in rows if r.result == "Passed"}
        due = min((r.refresher_due for r in rows if r.refresher_due is not None), default=None)
        lines.append(
            TrainingStanding(
                who=quotes.champion(champion.champion_id),
                where=service_name(view, champion.service),
                passed=f"{len(required & passed)} of {len(required)} required modules" if required else "None required",
                next_refresher=day(due, "None set"),
            )
        )
    return lines


def _audits(view: View, quotes: Quotes) -> list[LogLine]:
    rows = sorted(view.rows(QualityReviews), key=lambda q: q.reviewed_on)[-SHOWN:]
    return [
        LogLine(
            day=day(q.reviewed_on),
            where=text(q.issue_id),
            who=quotes.plain(text(q.reviewed_by)) if quotes.named else "Quality lead",
            what=f"{text(q.severity)} severity. {quotes.cell(q, QualityReviews.finding)}",
            row=q.id,
        )
        for q in reversed(rows)
    ]


def _minutes(view: View, quotes: Quotes) -> list[LogLine]:
    rows = sorted(view.rows(Meetings), key=lambda m: m.held_on)[-SHOWN:]
    return [
        LogLine(
            day=day(m.held_on),
            where=text(m.kind),
            who=(quotes.plain(text(m.chair)) if quotes.named else "Chair of the meeting")
            if m.chair
            else "Not recorded",
            what=f"{quotes.cell(m, Meetings.matters, 'No matters are noted.')} "
            f"Minutes: {quotes.cell(m, Meetings.minutes_reference, 'not referenced')}.",
            row=m.id,
        )
        for m in reversed(rows)
    ]
