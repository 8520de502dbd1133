"""Texts that leave the organisation: nobody's name stands in them, a role stands there instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from workbook.model.registers import ConfidenceTracker, People, Services, SupportLog, WorkforcePlan
from workbook.model.view import View

#: People of other organisations, whose names may stand in what goes to them.
_OUTSIDE = {"Supplier contact", "Commissioner contact"}
_CHAMPION, _STAFF = "a digital champion", "a member of staff"


def without_names(view: View) -> Callable[[str], str]:
    """Gives what puts a role in place of each name that the workbook knows.

    Args:
        view: the workbook; names in People, Services, Workforce plan, and of staff who were helped.
    """
    roles = _roles(view)
    if not roles:
        return lambda text: text
    names = sorted(roles, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){_loosely(name)}(?!\w)" for name in names), re.IGNORECASE)
    by_key = {_key(name): role for name, role in roles.items()}
    return lambda text: pattern.sub(lambda found: by_key[_key(found[0])], text)


def _roles(view: View) -> dict[str, str]:
    snapshot = view.snapshot
    helped = [row.staff_member for row in snapshot.rows(SupportLog)]
    helped += [row.staff_member for row in snapshot.rows(ConfidenceTracker)]
    roles = {name: _STAFF for name in helped if name}
    for service in snapshot.rows(Services):
        held = {service.registered_manager: "the registered manager", service.team_leader: "the team leader"}
        roles |= {name: role for name, role in held.items() if name}
    roles |= {champion.name: _CHAMPION for champion in snapshot.rows(WorkforcePlan) if champion.name}
    outside = {row.person for row in snapshot.rows(People) if row.role in _OUTSIDE}
    for row in snapshot.rows(People):
        if row.person and row.role not in _OUTSIDE:
            roles[row.person] = f"the {(row.role or 'member of staff').lower()}"
    return {name: role for name, role in roles.items() if name not in outside and len(name.strip()) > 1}


def _loosely(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
