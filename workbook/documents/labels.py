"""The labels of the places to fill in. They are fixed: rows that lost every reference are known by them."""

from __future__ import annotations

import enum

from workbook.documents.hints import CHOOSE, PICK, fill_in
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers.improve import ACTION_TYPES

ATTENDANCES = ("Present", "Apologies", "Absent")
STATUSES = ("Draft", "Confirmed")
YES_NO = ("Yes", "No")
AGREED = ("Agreed", "Agreed with corrections")
ATTENDANCE = "Attendance"
#: How new actions' and further matters' tables are headed.
ACTION, OWNER, DUE, DECISION = "Action", "Owner", "Due date", "Decision"


class Takes(enum.Enum):
    """What a place takes."""

    WORDS = "words"
    CHOICE = "choice"
    DAY = "day"


@dataclass(frozen=True)
class FieldLabel:
    """A place to fill in.

    Attributes:
        label: what stands beside it.
        asks: the words of its hint, where they are not the label.
        former: what earlier versions' hints said.
    """

    label: str
    asks: str = ""
    choices: tuple[str, ...] = ()
    day: bool = False
    former: tuple[str, ...] = ()

    @property
    def hints(self) -> tuple[str, ...]:
        """All that may stand there while nobody has filled it in, the longest first."""
        words = {fill_in(w) for w in (self.label, self.asks, *self.former) if w}
        if self.choices:
            words |= {CHOOSE, f"{CHOOSE}: {', '.join(self.choices)}"}
        if self.day:
            words.add(PICK)
        return tuple(sorted(words, key=len, reverse=True))


BLOCK_LABELS: dict[str, FieldLabel] = {
    "decision": FieldLabel(DECISION),
    "rationale": FieldLabel("Rationale"),
    "against": FieldLabel("Views against", "Views against, or none"),
    "action": FieldLabel("Action type", choices=ACTION_TYPES),
    "owner": FieldLabel(OWNER),
    "due": FieldLabel(DUE, day=True),
    "services": FieldLabel("Services affected", "Services affected, or all"),
}
MEETING_LABELS: dict[str, FieldLabel] = {
    "date": FieldLabel("Date", "Date of the meeting", day=True),
    "place": FieldLabel("Place"),
    "status": FieldLabel("Status of these minutes", "Draft or confirmed", choices=STATUSES),
    "chair": FieldLabel("Chair"),
    "minute-taker": FieldLabel("Minute taker"),
    "apologies": FieldLabel("Other apologies"),
    "quorate": FieldLabel("Quorate", choices=YES_NO),
    "declarations": FieldLabel("Declarations of interest", "Declarations of interest, or none"),
    "previous": FieldLabel("Agreed as a correct record", "Agreed, or with corrections", choices=AGREED),
    "arising": FieldLabel("Noted", "What was noted"),
    "risks": FieldLabel("Also raised", "Further risks and escalations, or none"),
    "telling": FieldLabel("From this meeting", "What champions tell staff, and by when"),
    "checking": FieldLabel("How less confusion will be checked", "What is counted again, and when"),
    "other-business": FieldLabel("Any other business", "Any other business, or none"),
    "next-meeting": FieldLabel("Date of the next meeting", day=True),
    "signed-by": FieldLabel("Signed by the chair", "Name and signature"),
    "signed-on": FieldLabel("Signed on", "Date of signature", day=True),
}
ATTENDANCE_LABEL = FieldLabel(ATTENDANCE, choices=ATTENDANCES)
LABELS: dict[str, FieldLabel] = BLOCK_LABELS | MEETING_LABELS | {"attendance": ATTENDANCE_LABEL}
_BLOCK_FIELDS = {fold(found.label): name for name, found in BLOCK_LABELS.items()}
_MEETING_FIELDS = {fold(found.label): name for name, found in MEETING_LABELS.items()}


def block_field(label: str) -> str:
    """The place of a decision block that is labelled so; '' for none."""
    return _BLOCK_FIELDS.get(fold(label).rstrip(":"), "")


def meeting_field(label: str) -> str:
    """The place outside the blocks that is labelled so; '' for none."""
    return _MEETING_FIELDS.get(fold(label).rstrip(":"), "")


def hints_of(field: str) -> tuple[str, ...]:
    """The hints of a place; none for one that has no name of its own."""
    found = LABELS.get(field)
    return found.hints if found is not None else ()
