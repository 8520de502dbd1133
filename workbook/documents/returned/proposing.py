"""What is written of filled-in minutes: a meeting, decisions and actions, in one change set that undo takes back."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.returned.decision_rows import DecisionRows
from workbook.documents.returned.declare import ReturnedDocument
from workbook.documents.returned.ledger import COMMAND, Ids, Reading, Run
from workbook.documents.returned.meeting_row import MeetingRow
from workbook.documents.returned.understand import Filled, understand
from workbook.model.changes import AppendRows, Change, ChangeSet
from workbook.model.registers import Actions, BoardDecisions, Meetings
from workbook.model.sheet_names import with_sheets_renamed
from workbook.model.shown_sheets import with_filled_shown
from workbook.model.view import View

#: What we put there ourselves is a value, and no sign that somebody filled the minutes in.
_PREFILLED = {"date", "chair", "status"}
_NO_DAY = "It waits until the date of the meeting can be read."


def read_into(
    view: View, documents: Sequence[ReturnedDocument], *, accept_pending: bool = False
) -> tuple[list[Reading], ChangeSet]:
    """What filled-in minutes say, and the changes that bring it into the workbook.

    Args:
        view: the workbook on the day of reading.
        documents: as they were read.
        accept_pending: takes tracked changes as if they were accepted.
    """
    run = Run(Ids(view))
    readings: list[Reading] = []
    for document in documents:
        reading = _Proposer(view, document, run).read(understand(document, accept_pending=accept_pending))
        readings.append(reading)
        for table, rows in reading.rows.items():
            run.rows.setdefault(table, []).extend(rows)
    changes: list[Change] = [cell for reading in readings for cell in reading.cells]
    for register in (Meetings, BoardDecisions, Actions):
        added = [(row, reading.origin) for reading in readings for row in reading.rows.get(register.table, ())]
        if added:
            changes.append(
                AppendRows(register.table, tuple(row for row, _ in added), tuple(origin for _, origin in added))
            )
    made = ChangeSet(COMMAND, view.snapshot.fingerprint, tuple(changes))
    if not made:
        return readings, made
    return readings, with_sheets_renamed(view.snapshot, with_filled_shown(view.snapshot, made))


class _Proposer(MeetingRow, DecisionRows):
    """Turns the words of one document into rows and cells."""

    def read(self, filled: Filled) -> Reading:
        self.reading.entries += filled.told
        if not _is_filled_in(filled):
            return self.reading
        self.day = self.meeting_day(filled)
        if self.day is None:
            for place, words in filled.places.items():
                if place.field not in _PREFILLED:
                    self.tell(
                        words,
                        place.field,
                        _NO_DAY,
                        reference=place.reference,
                    )
            for action in filled.actions:
                self.tell(action.action, "action", _NO_DAY)
            return self.reading
        self.enter_meeting(filled)
        for reference in filled.blocks():
            self.enter_block(filled, reference)
        for action in filled.actions:
            self.enter_action(action)
        self.tell_what_stays(filled)
        return self.reading


def _is_filled_in(filled: Filled) -> bool:
    places = any(place.field not in _PREFILLED and not words.prefilled for place, words in filled.places.items())
    return places or bool(filled.actions) or any(not words.prefilled for words in filled.attendance.values())
