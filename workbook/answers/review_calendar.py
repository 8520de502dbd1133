"""The reviews that are due, as an iCalendar text (docs/contract/checks-and-triggers.md, Reviews)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from workbook.model.cells import fold, show
from workbook.rules.reviews import Review


@dataclass(frozen=True)
class _Former:
    """An event of the calendar as it was written before.

    Attributes:
        lines: what it still says once it is cancelled.
    """

    day: str
    sequence: int
    lines: tuple[str, ...]


def calendar(found: Iterable[Review], name: str, as_of: dt.date, before: str = "") -> str:
    """The reviews that have a due date as an iCalendar text (RFC 5545), one whole-day event each.

    An event keeps its identity when its date moves, and its sequence number rises, so that a calendar that reads a
    newer file moves it too. What fell away since the calendar that was there before is cancelled (STATUS:CANCELLED).

    Args:
        found: what `reviews` gave.
        name: the programme's name, shown as the calendar's.
        as_of: the day it was computed for; it stands as the time stamp, so that the same workbook gives the same text.
        before: the calendar that this one takes the place of; '' where there is none.
    """
    former = _former(before)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Champion Workbook//Reviews//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escaped(name or 'Reviews')}")
    for review in found:
        if review.next_due is not None:
            event = _event(review, review.next_due, name, as_of)
            gone = former.pop(event[1], None)
            lines += [*event[:3], f"SEQUENCE:{_sequence(as_of, gone, event[3])}", *event[3:]]
    for uid, old in former.items():
        lines += [
            "BEGIN:VEVENT",
            uid,
            f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
            f"SEQUENCE:{max(_sequence(as_of), old.sequence + 1)}",
            "STATUS:CANCELLED",
        ]
        lines += [*old.lines, "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines)


def _sequence(as_of: dt.date, former: _Former | None = None, day: str = "") -> int:
    """An event's sequence number: it stays while its date does, and is higher for any later change."""
    fresh = max((as_of - _FIRST).days, 0)
    if former is None:
        return fresh
    return former.sequence if former.day == day else max(fresh, former.sequence + 1)


def _former(before: str) -> dict[str, _Former]:
    """The events of a calendar of ours that were not cancelled, by their line UID."""
    found: dict[str, _Former] = {}
    unfolded = before.replace("\r\n", "\n").replace("\n ", "")
    for part in unfolded.split("BEGIN:VEVENT\n")[1:]:
        lines = part.split("\nEND:VEVENT")[0].split("\n")
        by_name = {line.partition(":")[0].partition(";")[0]: line for line in reversed(lines)}
        uid, day = by_name.get("UID", ""), by_name.get("DTSTART", "")
        if not uid.endswith(_OURS) or not day or "STATUS" in by_name:
            continue
        number = by_name.get("SEQUENCE", "").partition(":")[2]
        kept = tuple(by_name[name] for name in _KEPT if name in by_name)
        sequence = int(number) if number.isascii() and number.isdecimal() and len(number) < _DIGITS else 0
        found[uid] = _Former(day, sequence, kept)
    return found


_OURS = "@champion-workbook"
#: Where sequence numbers begin: one a day.
_FIRST = dt.date(2020, 1, 1)
_DIGITS = 9
#: What a cancelled event still says.
_KEPT = ("DTSTART", "DTEND", "SUMMARY")


def _event(review: Review, due: dt.date, name: str, as_of: dt.date) -> list[str]:
    place = review.service or "all services"
    identity = "\x1f".join((fold(name), review.name, review.service))
    owner = f"{review.owner_name} ({review.owner})" if review.owner_name else review.owner
    last = f"Last done on {show(review.last_done)}." if review.last_done else "Not done yet."
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.blake2b(identity.encode(), digest_size=12).hexdigest()}{_OURS}",
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
