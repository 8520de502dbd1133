"""What the commands about a workbook's past print with `--json`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from addin.schema.base import Strict


class HistoryEntry(Strict):
    """One thing that was done to the workbook."""

    when: Annotated[str, Field(description="Its moment, as it is written.")]
    who: Annotated[str | None, Field(description="The person at work; null where nobody can be named.")]
    command: str
    table: str
    id: Annotated[str | None, Field(description="The entry's id; null where it has none.")]
    column: Annotated[str | None, Field(description="null where a whole row was added or taken away.")]
    before: str
    after: str


class UpgradeStep(Strict):
    """One thing that is added, or left to a person (renamed)."""

    kind: Literal["table", "column", "setting", "threshold", "sheet", "layout", "renamed"]
    table: str | None
    column: Annotated[str | None, Field(description="A column, a setting, or a threshold.")]
    words: Annotated[str, Field(description="The same, for people.")]


class UpgradeOutput(Strict):
    """`champions upgrade --json`."""

    was: Annotated[str | None, Field(alias="from", description="The layout before; null where it said none.")]
    to: Annotated[str, Field(description="The layout of the program.")]
    dry_run: bool
    changes: list[UpgradeStep]


class HistoryOutput(Strict):
    """`champions history --json`."""

    whole: Annotated[bool, Field(description="Whether nothing of the history is missing or was changed.")]
    broken_at: Annotated[int | None, Field(description="The number of the first entry that is not as it was written.")]
    entries: Annotated[list[HistoryEntry], Field(description="In the order in which they were made.")]


class SuggestionEntry(Strict):
    """One value that is suggested."""

    table: str
    id: Annotated[str, Field(description="The entry's id; of an import problem its file and row.")]
    column: str
    value: str
    score: Annotated[float, Field(ge=0, le=1, description="How sure it is; 1 where the same words were confirmed.")]
    reason: str
    from_: Annotated[list[str], Field(alias="from", description="The ids of the entries that it rests on.")]


class SuggestOutput(Strict):
    """`champions suggest --json`."""

    suggestions: list[SuggestionEntry]


class ForgetCounts(Strict):
    """How often a name was replaced, or would be."""

    cells: int
    notes: Annotated[int, Field(description="Notes, comments and their authors.")]
    names: Annotated[int, Field(description="Formulas, headers, shapes, charts, validations and defined names.")]
    properties: int
    history: Annotated[int, Field(description="Cells of the sheet Change history, and lines of the file beside.")]
    backups: Annotated[int, Field(description="Earlier states that are kept and hold it.")]


class ForgetOutput(Strict):
    """`champions forget --json`."""

    number: Annotated[str, Field(description="The staff number that takes the name's place.")]
    counts: ForgetCounts
    places: list[str]
    left: Annotated[list[str], Field(description="Where a person must look.")]
