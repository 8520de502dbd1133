"""The reviews that are due, as an iCalendar text (docs/contract/checks-and-triggers.md, Reviews)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from workbook.model.cells import fold, show
from workbook.model.light_dataclasses import dataclass
from workbook.model.snapshot import ID_PROPERTY, Snapshot
from workbook.rules.reviews import Review

_BEGIN, _PRODID = "BEGIN:VCALENDAR", "PRODID:-//Champion Workbook//Reviews//EN"
_WORKBOOK, _HIGHEST = "X-CHAMPIONS-WORKBOOK", "X-CHAMPIONS-CANCELLED-SEQUENCE"


@dataclass(frozen=True)
class _Former:
    """An event of the calendar as it was written before.

    Attributes:
        lines: what it still says once it is cancelled.
        cancelled: whether it was said to be cancelled already.
    """

    day: str
    sequence: int
    lines: tuple[str, ...]
    cancelled: bool


def marks_of(snapshot: Snapshot) -> tuple[str, ...]:
    """What tells a workbook's calendars from another's: the first is written, any is known again.

    It follows from the workbook's id, and from its names, which are all there is before a run gives it an id.
    """
    names = f"{snapshot.name}\x1f{fold(snapshot.programme.programme_name or '')}"
    return tuple(_digest(text) for text in (snapshot.properties.get(ID_PROPERTY), names) if text)


def is_ours(text: str) -> bool:
    """Whether a text is a calendar of reviews that this program wrote."""
    if not text.startswith(_BEGIN):
        return False
    head = _head(text)
    return head[0] == _BEGIN and _PRODID in head


def is_of(text: str, marks: Sequence[str]) -> bool:
    """Whether a text is the calendar of a workbook.

    Args:
        text: the calendar.
        marks: of the workbook, as `marks_of` gives them.
    """
    return is_ours(text) and _said_in(_head(text), _WORKBOOK) in (marks or ("",))


def calendar(found: Iterable[Review], name: str, as_of: dt.date, before: str = "", marks: Sequence[str] = ()) -> str:
    """The reviews that have a due date as an iCalendar text (RFC 5545), one whole-day event each.

    An event keeps its identity when its date moves, and its sequence number rises, so that a calendar that reads a
    newer file moves it too. What fell away since the calendar that was there before is cancelled (STATUS:CANCELLED),
    and rises above that when it comes back.

    Args:
        found: what `reviews` gave.
        name: the programme's name, shown as the calendar's.
        as_of: the day it was computed for; it stands as the time stamp, so that the same workbook gives the same text.
        before: the calendar that this one takes the place of; '' where there is none, and another's is passed over.
        marks: of the workbook, as `marks_of` gives them.
    """
    former, highest = _former(before) if is_of(before, marks) else ({}, None)
    body: list[str] = []
    for review in found:
        if review.next_due is not None:
            event = _event(review, review.next_due, _identity(review, name, marks, former), as_of)
            gone = former.pop(event[1], None)
            body += [*event[:3], f"SEQUENCE:{_sequence(as_of, gone, event[3], highest)}", *event[3:]]
    for uid, old in former.items():
        if old.cancelled:
            highest = max(highest or 0, old.sequence)
        else:
            body += _cancelled(uid, old, as_of)
    lines = [_BEGIN, "VERSION:2.0", _PRODID, "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_escaped(name or 'Reviews')}"]
    lines += [f"{_WORKBOOK}:{mark}" for mark in marks[:1]]
    lines += [f"{_HIGHEST}:{highest}"] if highest is not None else []
    return "".join(_folded(line) for line in (*lines, *body, "END:VCALENDAR"))


def _cancelled(uid: str, old: _Former, as_of: dt.date) -> list[str]:
    return [
        "BEGIN:VEVENT",
        uid,
        f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
        f"SEQUENCE:{max(_sequence(as_of), old.sequence + 1)}",
        "STATUS:CANCELLED",
        *old.lines,
        "END:VEVENT",
    ]


def _sequence(as_of: dt.date, former: _Former | None = None, day: str = "", highest: int | None = None) -> int:
    """An event's sequence number: it stays while its date does, and is higher for any later change.

    Args:
        as_of: the day.
        former: the event as it was.
        day: its date now.
        highest: of the cancelled events that are no longer named: this may be one of them.
    """
    fresh = max((as_of - _FIRST).days, 0)
    if former is None:
        return fresh if highest is None else max(fresh, highest + 1)
    return former.sequence if former.day == day and not former.cancelled else max(fresh, former.sequence + 1)


def _former(before: str) -> tuple[dict[str, _Former], int | None]:
    """The events of a calendar of ours by their line UID; the highest number of the cancelled ones not named there."""
    found: dict[str, _Former] = {}
    for part in _unfolded(before).split("BEGIN:VEVENT\n")[1:]:
        lines = part.split("\nEND:VEVENT")[0].split("\n")
        by_name = {line.partition(":")[0].partition(";")[0]: line for line in reversed(lines)}
        uid, day = by_name.get("UID", ""), by_name.get("DTSTART", "")
        if not uid.endswith(_OURS) or not day:
            continue
        kept = tuple(by_name[name] for name in _KEPT if name in by_name)
        number = _number(by_name.get("SEQUENCE", "").partition(":")[2])
        found[uid] = _Former(day, number or 0, kept, "STATUS" in by_name)
    return found, _number(_said_in(_head(before), _HIGHEST))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else None


def _head(text: str) -> list[str]:
    """The lines before the first event."""
    return _unfolded(text).split("\nBEGIN:", 1)[0].split("\n")


def _unfolded(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n ", "")


def _said_in(head: Sequence[str], name: str) -> str:
    """What a property says; '' where it is not there."""
    return next((line.partition(":")[2] for line in head if line.partition(":")[0] == name), "")


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


_OURS = "@champion-workbook"
#: Where sequence numbers begin: one a day.
_FIRST = dt.date(2020, 1, 1)
_DIGITS = 9
#: What a cancelled event still says.
_KEPT = ("DTSTART", "DTEND", "SUMMARY")


def _identity(review: Review, name: str, marks: Sequence[str], former: Mapping[str, _Former]) -> str:
    """The line UID of a review's event: its workbook's own, so that two programmes never share one.

    One that began before the workbook had an id goes on as it was. A programme's name alone, by which earlier versions
    told events apart, is no workbook's own: such an event is cancelled, and the review's own one begins.
    """
    owners = marks or (fold(name),)
    own = [_digest("\x1f".join((owner, review.name, review.service))) for owner in owners]
    lines = [f"UID:{digest}{_OURS}" for digest in own]
    return next((line for line in lines if line in former), lines[0])


def _event(review: Review, due: dt.date, uid: str, as_of: dt.date) -> list[str]:
    place = review.service or "all services"
    owner = f"{review.owner_name} ({review.owner})" if review.owner_name else review.owner
    last = f"Last done on {show(review.last_done)}." if review.last_done else "Not done yet."
    return [
        "BEGIN:VEVENT",
        uid,
        f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{review.name}: {place}')}",
        f"DESCRIPTION:{_escaped(f'By {owner}. {last} What proves it: {review.proof}.')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(c for c in plain.replace("\r\n", "\n").replace("\n", "\\n") if c >= " ")


def _folded(line: str) -> str:
    """A content line of at most 75 octets; what is longer goes on after a line break and a space."""
    parts, room, used, start = [], 75, 0, 0
    for n, char in enumerate(line):
        size = len(char.encode("utf-8", "surrogatepass"))
        if used + size > room:
            parts.append(line[start:n])
            start, used, room = n, 0, 74
        used += size
    parts.append(line[start:])
    return "\r\n ".join(parts) + "\r\n"
