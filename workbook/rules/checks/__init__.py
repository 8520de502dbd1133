"""Checks: is an entry sound? `run` looks, `changes` says what to write of it.

Source: docs/contract/checks-and-triggers.md, Checks.
"""

from __future__ import annotations

import datetime as dt

from workbook.model.findings import Finding, Severity
from workbook.model.registers import COMPUTED, LISTS, REGISTERS, SETUP, SUMMARIES
from workbook.model.snapshot import Snapshot
from workbook.rules.checks import (
    consistency,
    dates,
    ids,
    names,
    people,
    privacy,
    reading,
    strays,
    structure,
    thresholds,
)
from workbook.rules.checks.context import Context
from workbook.rules.checks.declare import Check
from workbook.rules.checks.writing import changes, listed, written

_PARTS = (structure, thresholds, strays, reading, ids, dates, consistency, people, names, privacy)
#: Every check, by area.
CHECKS: tuple[Check, ...] = tuple(check for part in _PARTS for check in part.CHECKS)
_SEVERITIES = {severity: n for n, severity in enumerate(Severity)}
_OURS = (*COMPUTED, *SUMMARIES)
_ORDER = (*(r.table for r in (*SETUP, *REGISTERS)), *(x.table for x in LISTS), *(r.table for r in _OURS))
_TABLES = {name: n for n, name in enumerate(_ORDER)}
_COLUMNS = {(r.table, c.header): n for r in (*SETUP, *REGISTERS, *_OURS) for n, c in enumerate(r.columns)}


def run(snapshot: Snapshot, as_of: dt.date) -> list[Finding]:
    """All findings: errors first, then by table and row, then by column in the contract's order, and code.

    Args:
        snapshot: the workbook.
        as_of: the day; a date after it is in the future.
    """
    context = Context(snapshot, as_of)
    found = [finding for part in _PARTS for rule in part.RULES for finding in rule(context)]
    return sorted(found, key=_order)


def _order(finding: Finding) -> tuple[int, int, int, int, str, str]:
    place = _TABLES.get(finding.table, len(_TABLES))
    column = _COLUMNS.get((finding.table, finding.column), -1)
    return _SEVERITIES[finding.severity], place, finding.row or 0, column, finding.column, finding.code


__all__ = ["CHECKS", "Check", "changes", "listed", "run", "written"]
