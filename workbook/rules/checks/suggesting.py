"""What a person most likely meant by an entry that names nothing that is there; nothing where that is not certain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbook.model.cells import fold
from workbook.model.declare import Column
from workbook.model.registers import BY_TABLE, Guidance, Services, WorkforcePlan
from workbook.rules.checks.context import Context
from workbook.rules.checks.ids import id_meant
from workbook.rules.checks.spelling import variants

#: By what people call an entry that others name by its id.
_NAMES: dict[str, Column[Any]] = {
    WorkforcePlan.table: WorkforcePlan.name,
    Services.table: Services.name,
    Guidance.table: Guidance.title,
}


def meant_reference(context: Context, target: str, text: str) -> str:
    """What to type in place of a text that names no entry of a table; '' where nobody can tell.

    Args:
        context: the workbook.
        target: the table that should be named.
        text: what stands there.
    """
    register = BY_TABLE.get(target)
    key = register.key if register is not None else None
    if register is None or key is None:
        return ""
    named = _named(context, target, text, key)
    if named:
        return named
    known = [i for i in context.values(key) if i]
    asked = id_meant(key, text)
    near = [i for i in known if fold(i) == fold(asked)] if asked else _near(text, known)
    return f"Did you mean {near[0]}? Then type {near[0]}." if len(near) == 1 else ""


def _named(context: Context, target: str, text: str, key: Column[Any]) -> str:
    column = _NAMES.get(target)
    if column is None:
        return ""
    pairs = zip(context.values(column), context.values(key), strict=True)
    ids = [i for name, i in pairs if name and i and fold(name) == fold(text)]
    if len(ids) == 1:
        return f"{text} is {ids[0]}: type {ids[0]}."
    if len(ids) > 1:
        return f"{len(ids)} are called {text}: type the ID of the one who is meant, {' or '.join(ids)}."
    return ""


def meant_choice(text: str, choices: Iterable[str]) -> str:
    """The one choice that a text may be a misspelling of; '' where there is none, or several.

    Example:
        >>> meant_choice("Resovled", ("Resolved", "Open")), meant_choice("Opn", ("Open", "Own"))
        ('Resolved', '')
    """
    near = _near(text, choices)
    return near[0] if len(near) == 1 else ""


def _near(text: str, known: Iterable[str]) -> list[str]:
    """Those that a text may be a misspelling of."""
    folded = {fold(word): word for word in known}
    return [folded[word] for word in variants([fold(text)], list(folded)).get(fold(text), ())]
