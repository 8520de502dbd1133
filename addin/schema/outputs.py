"""What the commands print with `--json` (docs/contract/architecture-rules.md, JSON)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from addin.schema.base import Day, Strict
from workbook.answers.corrections import Sort
from workbook.model.findings import Severity
from workbook.model.triggers import ScopeKind, State

Count = Annotated[int, Field(ge=0)]
Fingerprint = Annotated[str, Field(description="Of all that people filled in: equal entries, equal fingerprint.")]
Book = Annotated[str, Field(description="The workbook's path, as it was given.")]


class Counts(Strict):
    """How many findings of each severity."""

    error: Count
    warning: Count
    advice: Count


class FindingOutput(Strict):
    """What a check says of an entry."""

    code: Annotated[str, Field(pattern="^[a-z-]+$")]
    severity: Annotated[Severity, Field(strict=False)]
    table: str
    id: Annotated[str | None, Field(description="The entry's id; null where it has none.")]
    row: Annotated[int | None, Field(description="The worksheet row, from 1; null where it concerns a whole table.")]
    column: str | None
    value: str
    message: Annotated[str, Field(description="What is wrong, for people.")]
    fix: Annotated[str, Field(description="What to do about it, for people.")]


class CheckOutput(Strict):
    """`champions check --json`."""

    workbook: Book
    fingerprint: Fingerprint
    counts: Counts
    findings: list[FindingOutput]


class CorrectionCounts(Strict):
    """How many corrections are certain, only proposed, and made."""

    certain: Count
    proposed: Count
    made: Count


class CorrectionOutput(Strict):
    """A cell, and what belongs there."""

    sort: Annotated[Sort, Field(strict=False)]
    certain: Annotated[bool, Field(description="Whether it can mean nothing else; else it is only proposed.")]
    made: Annotated[bool, Field(description="Whether it was made; with --dry-run, whether it would be.")]
    table: str
    id: Annotated[str | None, Field(description="The entry's id; null where it has none.")]
    row: Annotated[int, Field(description="The worksheet row, from 1.")]
    column: str
    before: str
    after: Annotated[str, Field(description="What belongs there; '' for a blank.")]
    reason: Annotated[str, Field(description="Why, for people.")]


class FixOutput(Strict):
    """`champions fix --json`."""

    workbook: Book
    fingerprint: Annotated[str, Field(description="Of what people had filled in before.")]
    as_of: Day
    dry_run: bool
    counts: CorrectionCounts
    corrections: list[CorrectionOutput]


class ScopeOutput(Strict):
    """What a trigger is about: a Champion ID, a Service code, or "programme"."""

    kind: Annotated[ScopeKind, Field(strict=False)]
    id: str


class EvidenceOutput(Strict):
    """A row that a result rests on."""

    table: str
    id: str


class ResultOutput(Strict):
    """What a trigger says of one scope."""

    trigger: Annotated[str, Field(pattern="^[PSF][0-9]+$")]
    title: str
    state: Annotated[State, Field(strict=False)]
    scope: ScopeOutput
    value: float | None
    threshold: float | None
    window_days: int | None
    evidence: list[EvidenceOutput]
    summary: str
    escalation: str
    owner: str
    due: Day | None


class ReviewOutput(Strict):
    """A review: when it was last done and is due next."""

    review: str
    service: Annotated[str | None, Field(description="The service's code; null for the whole programme.")]
    last_done: Day | None
    next_due: Day | None
    days_late: Count


class TriggersOutput(Strict):
    """`champions triggers --json`."""

    workbook: Book
    fingerprint: Fingerprint
    as_of: Day
    rules: Annotated[str, Field(description="The version of the rules.")]
    results: list[ResultOutput]
    reviews: list[ReviewOutput]


class MinutesFile(Strict):
    """One file of minutes, and whether it could be used."""

    file: str
    document: Annotated[str, Field(description="The document's own number; '' where it no longer says it.")]
    state: Literal["read", "recovered", "refused"]
    message: str


class MinutesCounts(Strict):
    """How many entries are in each state, and how many comments stand at the margin."""

    new: Count
    changed: Count
    same: Count
    pending: Count
    conflict: Count
    not_read: Count
    comments: Count


class MinutesEntry(Strict):
    """One thing that somebody wrote into minutes, and what becomes of it."""

    file: str
    place: str
    reference: str
    field: str
    state: Literal["new", "changed", "same", "pending", "conflict", "not_read"]
    text: str
    before: Annotated[str, Field(description="What stands in the workbook.")]
    table: Annotated[str, Field(description="Where it goes; '' where it goes nowhere.")]
    id: str
    column: str
    value: str
    message: str
    fix: str


class MinutesOutput(Strict):
    """`champions read-minutes --json`."""

    workbook: Book
    fingerprint: Fingerprint
    dry_run: bool
    files: list[MinutesFile]
    counts: MinutesCounts
    entries: list[MinutesEntry]


class ImportCounts(Strict):
    """What became of the rows: rows = added + already there + set aside."""

    rows: Count
    added: Count
    already_there: Count
    set_aside: Count


class ImportSource(Strict):
    """What a file was taken for."""

    kind: str
    encoding: str
    separator: str
    sheet: str
    header_row: Annotated[int, Field(ge=1)]
    dates: Annotated[Literal["", "dmy", "mdy", "ymd"], Field(description="The order of days that read two ways.")]


class ImportColumn(Strict):
    """What a column was taken for, and how it was found."""

    header: str
    column: Annotated[str | None, Field(description="null: it goes nowhere.")]
    how: str
    score: float | None


class ImportProblem(Strict):
    """What keeps a row out."""

    code: Annotated[str, Field(pattern="^[a-z-]+$")]
    column: str | None
    value: str
    message: str
    fix: str


class ImportRow(Strict):
    """What became of one row."""

    row: Annotated[int, Field(description="In the source, from 1, the header's row counted.")]
    outcome: Literal["added", "already there", "set aside"]
    id: str | None
    problems: list[ImportProblem]


class ImportFile(Strict):
    """What became of one file."""

    file: str
    source: ImportSource
    columns: list[ImportColumn]
    counts: ImportCounts
    rows: list[ImportRow]


class ImportOutput(Strict):
    """`champions import --json`."""

    workbook: Book
    into: Annotated[str | None, Field(description="The register; null where import problems are gone through.")]
    dry_run: bool
    counts: ImportCounts
    files: list[ImportFile]


class QuestionOutput(Strict):
    """One question of a form."""

    column: Annotated[str, Field(description="The column that its answer goes to.")]
    question: str
    kind: Literal["choice", "text", "long text", "date", "number", "rating", "yes/no"]
    required: bool
    choices: list[str]


class FormOutput(Strict):
    """`champions form --json`."""

    into: str
    questions: list[QuestionOutput]


class ToDoOutput(Strict):
    """One thing to do this week."""

    table: str
    id: str | None
    who: str
    due: Day | None
    what: str


class WeekOutput(Strict):
    """`champions week --json`."""

    workbook: Book
    as_of: Day
    todo: list[ToDoOutput]


class ReviewsOutput(Strict):
    """`champions reviews --json`."""

    workbook: Book
    as_of: Day
    reviews: list[ReviewOutput]


class PortfolioCounts(Strict):
    """How many workbooks were found, read, a problem (folders too), and kept from an earlier run."""

    found: Count
    read: Count
    problems: Count
    kept: Count


class PortfolioFile(Strict):
    """A workbook that was read, or what could not be used and why."""

    file: Annotated[str, Field(description="From where it was looked for; never a whole path.")]
    state: Literal["read", "problem"]
    code: str | None
    message: str | None


class PortfolioOutput(Strict):
    """What `champions portfolio --json` prints."""

    as_of: Day
    counts: PortfolioCounts
    files: list[PortfolioFile]


class ExportColumn(Strict):
    """A column of an exported table. A blank, and what could not be read, is null."""

    name: str
    kind: Annotated[str, Field(description="What it holds: date, whole, number, yes/no; all others are texts.")]
    choices: Annotated[list[str], Field(description="The words that it may hold, in their order; [] where any.")]
    ordered: Annotated[bool, Field(description="Whether the order of the choices means something.")]


class ExportTable(Strict):
    """An exported table: each row has a cell a column, in their order."""

    name: str
    columns: list[ExportColumn]
    rows: list[list[bool | int | float | str | None]]


class ExportFile(Strict):
    """`export.json`, which `champions export --format json` writes."""

    version: Literal[1]
    workbook: str
    as_of: Day
    tables: list[ExportTable]
