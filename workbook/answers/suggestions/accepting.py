"""What is written of suggestions that a person accepts, in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workbook.answers.corrections import Correction, Sort, fixed
from workbook.answers.suggestions.propose import Suggestion
from workbook.intake.problem_rows import ProblemRows
from workbook.intake.remembered import remembered
from workbook.model.changes import ChangeSet
from workbook.model.registers import BY_TABLE
from workbook.model.sheet_names import with_sheets_renamed
from workbook.model.snapshot import Snapshot

#: As the change set of accepted suggestions is called, in History too.
COMMAND = "suggest"


def accepted(snapshot: Snapshot, taken: Sequence[Suggestion], as_of: dt.date) -> ChangeSet:
    """The changes that enter suggestions and bring the findings up to date; none where none is taken.

    Args:
        snapshot: the workbook that the suggestions were made for.
        taken: those that a person accepts.
        as_of: the day.
    """
    made = [_correction(snapshot, s) for s in taken if s.row is not None]
    changes = fixed(snapshot, [c for c in made if c is not None], as_of)[0].changes
    problems = ProblemRows(snapshot, remembered(snapshot, ""))
    for one in taken:
        if one.place >= 0:
            problems.fill_in(one.place, one.column, one.value)
    return with_sheets_renamed(snapshot, ChangeSet(COMMAND, snapshot.fingerprint, (*changes, *problems.changes())))


def _correction(snapshot: Snapshot, one: Suggestion) -> Correction | None:
    if one.row is None:
        return None
    sheet = snapshot.tables[BY_TABLE[one.table].table].sheet
    return Correction(
        *(Sort.CHOICES, one.row, sheet, one.sheet_row, one.column, one.before, one.value, one.value, one.reason, False)
    )
