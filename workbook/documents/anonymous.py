"""Texts that leave the organisation: nobody's name stands in them, a role stands there instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from workbook.model.folding import signs
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
    pattern = re.compile("|".join(rf"(?<!\w){_loosely(name)}(?!\w)" for name in names))
    return lambda text: _replaced(text, pattern, roles)


def _replaced(text: str, pattern: re.Pattern[str], roles: dict[str, str]) -> str:
    """A text with roles in place of names, however these are typed; what lies between is left as it is."""
    folded = signs(text)
    at = [n for n, (sign, _, _) in enumerate(folded) for _ in sign]
    parts, done = [], 0
    for found in pattern.finditer("".join(sign for sign, _, _ in folded)):
        start, end = folded[at[found.start()]][1], folded[at[found.end() - 1]][2]
        parts += [text[done:start], roles.get(" ".join(found[0].split()), _STAFF)]
        done = end
    return "".join((*parts, text[done:]))


def _roles(view: View) -> dict[str, str]:
    """What stands in place of each name, by the name as it is compared."""
    snapshot = view.snapshot
    helped = [row.staff_member for row in snapshot.rows(SupportLog)]
    helped += [row.staff_member for row in snapshot.rows(ConfidenceTracker)]
    roles = {name: _STAFF for name in helped if name}
    for service in snapshot.rows(Services):
        held = {service.registered_manager: "the registered manager", service.team_leader: "the team leader"}
        roles |= {name: role for name, role in held.items() if name}
    roles |= {champion.name: _CHAMPION for champion in snapshot.rows(WorkforcePlan) if champion.name}
    outside = {_key(row.person) for row in snapshot.rows(People) if row.person and row.role in _OUTSIDE}
    for row in snapshot.rows(People):
        if row.person and row.role not in _OUTSIDE:
            roles[row.person] = f"the {(row.role or 'member of staff').lower()}"
    keyed = {_key(name): role for name, role in roles.items()}
    return {key: role for key, role in keyed.items() if key not in outside and len(key) > 1}


def _loosely(key: str) -> str:
    return r"\s+".join(map(re.escape, key.split()))


def _key(name: str) -> str:
    """A name as it is compared."""
    return " ".join("".join(sign for sign, _, _ in signs(name)).split())
