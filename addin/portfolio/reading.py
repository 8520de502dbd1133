"""What one workbook gives to a portfolio: read, checked and judged by the product's own functions."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

from addin.hosts.file.reading import read_workbook
from addin.lossless import read_plain
from workbook.answers.portfolio import as_json, figures
from workbook.model.cells import fold
from workbook.model.declare import Kind
from workbook.model.findings import Severity
from workbook.model.reading import read_book
from workbook.model.registers import ConfidenceTracker, People, Services, SupportLog, WorkforcePlan
from workbook.model.snapshot import ID_PROPERTY, Snapshot
from workbook.model.triggers import Result, ScopeKind, State
from workbook.model.view import View
from workbook.rules import checks, triggers
from workbook.rules.reviews import Review, reviews

#: Where people's names stand besides the columns of persons.
_NAMES = frozenset({People.person, WorkforcePlan.name, SupportLog.staff_member, ConfidenceTracker.staff_member})
_WORD = re.compile(r"[^\W\d_]{2,}")
_ID = re.compile(r"[0-9A-Fa-f-]{8,64}")


def digest_of(data: bytes) -> str:
    """What tells one file's bytes from another's.

    Args:
        data: the whole file.

    Returns:
        The SHA-256, as 64 hexadecimal digits.
    """
    return hashlib.sha256(data).hexdigest()


def read(
    path: Path, as_of: dt.date, data: bytes | None = None, *, names: bool = False, called: str = ""
) -> dict[str, Any]:
    """All that a workbook gives, as plain JSON, with the digest of the very bytes it was read from.

    Args:
        path: the workbook.
        as_of: the day to look from.
        data: its content, where that was sent along.
        names: whether who acts comes along.
        called: what the workbook is called in every output.

    Raises:
        ChampionsError: it can't be used.
        OSError: it can't be read.
    """
    data = read_plain(path) if data is None else data
    snapshot = read_book(read_workbook(path, data))
    view = View(snapshot, as_of)
    results, due = triggers.evaluate(view), list(reviews(view))
    counts = Counter(f.severity for f in checks.run(snapshot, as_of))
    own_id = snapshot.properties.get(ID_PROPERTY, "")
    return {
        "digest": digest_of(data),
        "workbook_id": own_id if _ID.fullmatch(own_id) else "",
        "names_somebody": not names and names_somebody(snapshot, called),
        "findings": {severity.value: counts[severity] for severity in Severity},
        "lines": [as_json(line) for line in figures(view, results, due)],
        "triggers": [_asking(view, r, names=names) for r in results if r.state in (State.RAISED, State.WATCH)],
        "late": [_late(r, names=names) for r in due if r.days_late > 0],
    }


def names_somebody(snapshot: Snapshot, called: str) -> bool:
    """Whether what a workbook is called holds the name of a person that stands in it.

    Args:
        snapshot: the workbook.
        called: its path from where it was looked for.
    """
    words = _words(called)
    return any(
        len(name) > 1 and name <= words
        for data in snapshot.tables.values()
        for column in data.register.columns
        if column.kind is Kind.PERSON or column in _NAMES
        for text in {getattr(row, column.attr) for row in data.rows}
        for name in [_words(str(text or ""))]
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


def _asking(view: View, result: Result, *, names: bool) -> dict[str, Any]:
    told = {
        "trigger": f"{result.trigger} {result.title}",
        "state": result.state.value,
        "service": _code(_service_of(view, result)),
        "role": result.owner,
        "due": result.due.isoformat() if result.due else None,
    }
    return {**told, "who": result.owner_name} if names else told


def _service_of(view: View, result: Result) -> str:
    if result.scope.kind is ScopeKind.SERVICE:
        return result.scope.id
    champion = view.champion(result.scope.id) if result.scope.kind is ScopeKind.CHAMPION else None
    return (champion.service or "") if champion is not None else ""


def _late(review: Review, *, names: bool) -> dict[str, Any]:
    told = {
        "review": review.name,
        "service": _code(review.service),
        "role": review.owner,
        "next_due": review.next_due.isoformat() if review.next_due else None,
        "days_late": review.days_late,
    }
    return {**told, "who": review.owner_name} if names else told


def _code(service: str) -> str:
    return service if re.fullmatch(Services.service_code.pattern or "", service) else ""
