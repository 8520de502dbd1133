"""The meeting that minutes are of: its row in the register of meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from workbook.documents.board_minutes import BOARD_MEETING, member_names
from workbook.documents.labels import YES_NO
from workbook.documents.returned.declare import NOT_READ, SAME, ReadEntry
from workbook.documents.returned.due_days import day_in_words
from workbook.documents.returned.ledger import Ledger, Value
from workbook.documents.returned.understand import Filled, Words
from workbook.documents.returned.values import choice_in_words
from workbook.model.cells import Cell, show
from workbook.model.folding import fold
from workbook.model.registers import Meetings


class MeetingRow(Ledger):
    """Reads what the minutes say of the meeting itself."""

    def meeting_day(self, filled: Filled) -> dt.date | None:
        words = filled.words("date")
        if words is None:
            self.reading.entries.append(
                ReadEntry(
                    "the meeting",
                    "",
                    "date",
                    NOT_READ,
                    "",
                    message="The minutes give no date of the meeting.",
                    fix="Type it in the row Date and read them again.",
                )
            )
            return None
        day, why = day_in_words(words.text, self.view.as_of, words.picked)
        if day is not None and day > self.view.as_of:
            day, why = None, f"The meeting lies ahead: {show(day)}."
        if day is None:
            self.tell(words, "date", why)
        return day

    def enter_meeting(self, filled: Filled) -> None:
        values = [
            Value(Meetings.held_on, self.day, filled.places_or_blank("date"), "date"),
            *self._meeting_values(filled),
        ]
        held = [m for m in self.view.snapshot.rows(Meetings) if m.kind == BOARD_MEETING and m.held_on == self.day]
        waiting = [r for r in self.known.get(Meetings.table, ()) if r[Meetings.held_on.header] == self.day]
        if held and held[0].id:
            self.meeting = held[0].id
            for value in values:
                if value.column is not Meetings.minutes_reference or not held[0].minutes_reference:
                    self.fill_blank(Meetings, held[0], value)
            return
        if waiting:
            self.meeting = show(waiting[0][Meetings.meeting_id.header])
            saved_twice = [v for v in values if v.column is not Meetings.minutes_reference]
            self.agree(Meetings, self.meeting, waiting[0], saved_twice, "")
            return
        self.meeting = self.ids.next(Meetings)
        row: dict[str, Cell] = {Meetings.meeting_id.header: self.meeting, Meetings.kind.header: BOARD_MEETING}
        self.add(Meetings, self.meeting, row, values, "")

    def _meeting_values(self, filled: Filled) -> Iterator[Value]:
        chair = filled.words("chair")
        if chair is not None:
            yield from self.named(Meetings.chair, chair, "chair", "")
        yield from self._attendance(filled)
        explicit = filled.words("quorate")
        if explicit is not None:
            choice, why = choice_in_words(explicit.text, YES_NO)
            if choice is None:
                self.tell(explicit, "quorate", why)
            else:
                yield Value(Meetings.quorate, choice, explicit, "quorate")
        following = filled.words("next-meeting")
        if following is not None and self.day is not None:
            day, why = day_in_words(following.text, self.day, following.picked)
            if day is None or day <= self.day:
                self.tell(following, "next-meeting", why or "It is not after this meeting.")
            else:
                yield Value(Meetings.next_meeting, day, following, "next-meeting")
        if self.reading.document.numbers:
            number = self.reading.document.numbers[0]
            yield Value(Meetings.minutes_reference, number, Words(number, "the document"), "number")

    def _attendance(self, filled: Filled) -> Iterator[Value]:
        came = [name for name, words in filled.attendance.items() if fold(words.text) == "present"]
        sorry = [name for name, words in filled.attendance.items() if fold(words.text) == "apologies"]
        other = filled.words("apologies")
        ours = all(words.prefilled for words in filled.attendance.values())
        if came:
            present = ", ".join(came)
            yield Value(Meetings.present, present, Words(present, "attendance", prefilled=ours), "present")
        if sorry or other is not None:
            text = ", ".join([*sorry, *([other.text] if other is not None else [])])
            yield Value(Meetings.apologies, text, other or Words(text, "attendance", prefilled=ours), "apologies")
        if filled.attendance and filled.words("quorate") is None:
            members = {fold(name) for name in member_names(self.view)}
            chair = filled.words("chair")
            there = {fold(name) for name in came} | ({fold(chair.text)} if chair is not None and came else set())
            quorate = len(there & members) >= self.view.snapshot.programme.board_quorum
            words = Words("Yes" if quorate else "No", "attendance", prefilled=ours)
            yield Value(Meetings.quorate, words.text, words, "quorate")

    def tell_what_stays(self, filled: Filled) -> None:
        """What is noted in the minutes and has no column: told, so that nobody takes it for read."""
        taken = {"date", "chair", "status", "apologies", "quorate", "next-meeting"}
        for place, words in filled.places.items():
            if not place.reference and place.field not in taken and not words.prefilled:
                self.reading.entries.append(
                    ReadEntry(
                        words.where,
                        "",
                        place.field,
                        SAME,
                        words.text,
                        message="It stays in the minutes: no register holds it.",
                    )
                )
