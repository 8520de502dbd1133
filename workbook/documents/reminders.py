"""Who is reminded of what: actions and reviews that are overdue or due this week, by person. Nothing is sent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP

from workbook.documents.declare import Material
from workbook.documents.log import SETTLED
from workbook.documents.quoting import guarded_cells, is_guarded
from workbook.documents.words import counted, day, service_name, text
from workbook.model.folding import fold
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.registers import Actions, People

#: So many days count as this week, the day itself among them.
WEEK = dt.timedelta(days=7)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")

_LONGEST_ADDRESS = 254
#: How a word begins that mail programs read as another one.
_ENCODED = "=?"


@dataclass(frozen=True)
class Due:
    """Something to do.

    Attributes:
        words: what it is, with its id.
        on: when it is, or was, due.
    """

    words: str
    on: dt.date


@dataclass
class Reminder:
    """What one person is reminded of.

    Attributes:
        address: the person's e-mail address; '' where People holds none that can be used.
    """

    person: str
    address: str
    overdue: list[Due] = field(default_factory=list)
    this_week: list[Due] = field(default_factory=list)


def reminders(material: Material) -> list[Reminder]:
    """A reminder for each person with something overdue or due within seven days, by name."""
    view, found = material.view, dict[str, Reminder]()
    for person, due in _due(material):
        if due.on >= view.as_of + WEEK:
            continue
        reminder = found.setdefault(fold(person), Reminder(person, _address(material, person)))
        (reminder.overdue if due.on < view.as_of else reminder.this_week).append(due)
    for reminder in found.values():
        for some in (reminder.overdue, reminder.this_week):
            some.sort(key=lambda d: d.on)
    return [found[key] for key in sorted(found)]


def _due(material: Material) -> Iterator[tuple[str, Due]]:
    view, guarded = material.view, guarded_cells(material)
    for action in view.rows(Actions):
        if action.status not in SETTLED and action.due_date is not None and action.owner:
            hidden = is_guarded(guarded, action, Actions.action)
            said = "see the sheet Actions" if hidden else text(action.action)
            yield action.owner, Due(f"{action.id or f'Row {action.sheet_row}'}: {said}", action.due_date)
    for review in material.reviews:
        if review.next_due is not None and review.owner_name:
            place = service_name(view, review.service) if review.service else "all services"
            yield review.owner_name, Due(f"{review.name}: {place}", review.next_due)


def _address(material: Material, person: str) -> str:
    rows = material.view.snapshot.rows(People)
    given = (row.email for row in rows if row.email and fold(row.person or "") == fold(person))
    return next((mail.strip() for mail in given if _usable(mail.strip())), "")


def _usable(mail: str) -> bool:
    """Whether mail programs read an address as it is written: an encoded word in it would lead to another one."""
    if len(mail) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(mail) or _ENCODED in mail:
        return False
    try:
        read = SMTP.header_factory("To", mail).addresses
    except (ValueError, LookupError):
        return False
    return [one.addr_spec for one in read] == [mail]


def _in_head(words: str) -> str:
    """Words as they may stand in a mail's head: in one line, and never read as an encoded word that holds others."""
    plain = words.encode("utf-8", "replace").decode("utf-8")
    return " ".join(plain.replace(_ENCODED, "= ?").split())


def draft(reminder: Reminder, programme: str, as_of: dt.date) -> bytes:
    """The reminder as a draft of an e-mail, which a mail program opens to be looked at and sent; the same each time.

    Args:
        reminder: what it says.
        programme: the programme's name.
        as_of: the day it was computed for.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if reminder.address:
        message["To"] = reminder.address
    parts = [
        f"{len(reminder.overdue)} overdue" if reminder.overdue else "",
        f"{len(reminder.this_week)} due this week" if reminder.this_week else "",
    ]
    message["Subject"] = f"{_in_head(programme) or 'Digital champions'}: {', '.join(filter(None, parts))}"
    body = "\n".join(_lines(reminder, as_of)).encode("utf-8", "replace").decode("utf-8")
    message.set_content(f"{body}\n", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def _lines(reminder: Reminder, as_of: dt.date) -> Iterator[str]:
    yield f"Dear {' '.join(reminder.person.split())},"
    yield from _section("Overdue", reminder.overdue, as_of)
    yield from _section("Due this week", reminder.this_week, as_of)
    yield ""
    yield f"As of {day(as_of)}. What is done already: please note it in the programme's workbook, with its evidence."


def _section(head: str, some: Sequence[Due], as_of: dt.date) -> Iterator[str]:
    if some:
        yield ""
        yield f"{head}:"
    for due in some:
        late = f", {counted((as_of - due.on).days, 'day')} ago" if due.on < as_of else ""
        yield f"- {' '.join(due.words.split())} (due {day(due.on)}{late})"
