"""What one workbook gives to a portfolio: read, checked and judged by the product's own functions."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

from addin.hosts.file.reading import read_workbook
from workbook.answers.portfolio import as_json, figures
from workbook.model.findings import Severity
from workbook.model.reading import read_book
from workbook.model.registers import Services
from workbook.model.snapshot import ID_PROPERTY
from workbook.model.triggers import Result, ScopeKind, State
from workbook.model.view import View
from workbook.rules import checks, triggers
from workbook.rules.reviews import Review, reviews

_ID = re.compile(r"[0-9A-Fa-f-]{8,64}")


def digest_of(data: bytes) -> str:
    """What tells one file's bytes from another's.

    Args:
        data: the whole file.

    Returns:
        The SHA-256, as 64 hexadecimal digits.
    """
    return hashlib.sha256(data).hexdigest()


def read(path: Path, as_of: dt.date, data: bytes | None = None, *, names: bool = False) -> dict[str, Any]:
    """All that a workbook gives, as plain JSON, with the digest of the very bytes it was read from.

    Args:
        path: the workbook.
        as_of: the day to look from.
        data: its content, where that was sent along.
        names: whether who acts comes along.

    Raises:
        ChampionsError: it can't be used.
        OSError: it can't be read.
    """
    data = path.read_bytes() if data is None else data
    snapshot = read_book(read_workbook(path, data))
    view = View(snapshot, as_of)
    results, due = triggers.evaluate(view), list(reviews(view))
    counts = Counter(f.severity for f in checks.run(snapshot, as_of))
    own_id = snapshot.properties.get(ID_PROPERTY, "")
    return {
        "digest": digest_of(data),
        "workbook_id": own_id if _ID.fullmatch(own_id) else "",
        "findings": {severity.value: counts[severity] for severity in Severity},
        "lines": [as_json(line) for line in figures(view, results, due)],
        "triggers": [_asking(view, r, names=names) for r in results if r.state in (State.RAISED, State.WATCH)],
        "late": [_late(r, names=names) for r in due if r.days_late > 0],
    }


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
