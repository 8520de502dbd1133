"""The reviews that are due, as an iCalendar text (docs/contract/checks-and-triggers.md, Reviews)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from workbook.model.cells import fold, show
from workbook.rules.reviews import Review


def calendar(found: Iterable[Review], name: str, as_of: dt.date) -> str:
    """The reviews that have a due date as an iCalendar text (RFC 5545), one whole-day event each.

    An event keeps its identity when its date moves, so that a calendar that reads a newer file moves it too.

    Args:
        found: what `reviews` gave.
        name: the programme's name, shown as the calendar's.
        as_of: the day it was computed for; it stands as the time stamp, so that the same workbook gives the same text.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Champion Workbook//Reviews//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escaped(name or 'Reviews')}")
    for review in found:
        if review.next_due is not None:
            lines += _event(review, review.next_due, name, as_of)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines)


def _event(review: Review, due: dt.date, name: str, as_of: dt.date) -> list[str]:
    place = review.service or "all services"
    identity = "\x1f".join((fold(name), review.name, review.service))
    owner = f"{review.owner_name} ({review.owner})" if review.owner_name else review.owner
    last = f"Last done on {show(review.last_done)}." if review.last_done else "Not done yet."
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.blake2b(identity.encode(), digest_size=12).hexdigest()}@champion-workbook",
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
