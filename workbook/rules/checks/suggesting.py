"""What a person most likely meant by an entry that names nothing that is there; nothing where that is not certain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from workbook.model.cells import fold
from workbook.model.declare import Column
from workbook.model.folding import eye
from workbook.model.late_patterns import late
from workbook.model.registers import BY_TABLE, Guidance, Services, WorkforcePlan
from workbook.rules.checks.context import Context
from workbook.rules.checks.ids import id_meant, prefix_and_width
from workbook.rules.checks.spelling import Spellings

#: By what people call an entry that others name by its id.
NAMES: dict[str, Column[Any]] = {
    WorkforcePlan.table: WorkforcePlan.name,
    Services.table: Services.name,
    Guidance.table: Guidance.title,
}

_ID_IN_TEXT = late(r"[A-Za-z]{2}-\d{2,9}")


class MeantId(NamedTuple):
    """An id that a text stands for, and whether it can stand for no other."""

    id: str
    certain: bool


def id_of(context: Context, target: str, text: str) -> MeantId | None:
    """The one entry of a table that a text names by its name, or by its id in another form; None for none or several.

    Args:
        context: the workbook.
        target: the table that should be named.
        text: what stands there.
    """
    register = BY_TABLE.get(target)
    key = register.key if register is not None else None
    if key is None:
        return None
    known = context.once(("spelt", target), lambda: {fold(i): i for i in context.values(key) if i})
    called = _called(context, target, text, key)
    if called:
        return MeantId(called[0], True) if len(set(called)) == 1 else None
    both = _id_beside_name(context, target, text)
    if both:
        return MeantId(known[fold(both)], True)
    asked = id_meant(key, text)
    if asked:
        found = known.get(fold(asked))
        return MeantId(found, _is_short(key, text)) if found else None
    near = _ids_near(context, key, text)
    return MeantId(near[0], False) if len(near) == 1 else None


def _is_short(key: Column[Any], text: str) -> bool:
    """Whether a text has no more digits than the ids of its table: DC-0012 may be DC-001 or DC-012."""
    form = prefix_and_width(key)
    return form is not None and sum(map(str.isdigit, text)) <= form[1]


def _id_beside_name(context: Context, target: str, text: str) -> str:
    """The id in a text that holds it together with the name of its entry: DC-001, Champion Alpha."""
    column, ids = NAMES.get(target), _ID_IN_TEXT.findall(eye(text))
    if column is None or len(ids) != 1:
        return ""
    name = {fold(i): n for i, n in context.by_id(column).items()}.get(fold(ids[0]))
    rest = fold(re.sub(r"[^\w'-]+", " ", eye(text).replace(ids[0], " "), flags=re.UNICODE))
    return ids[0] if name and rest.strip(" -") == fold(re.sub(r"[^\w'-]+", " ", eye(name))) else ""


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
    asked = id_meant(key, text)
    if asked:
        near = context.once(("ids", target), lambda: _grouped((i, i) for i in context.values(key) if i)).get(
            fold(asked), []
        )
    else:
        near = _ids_near(context, key, text)
    return f"Did you mean {near[0]}? Then type {near[0]}." if len(near) == 1 else ""


def _named(context: Context, target: str, text: str, key: Column[Any]) -> str:
    ids = _called(context, target, text, key)
    if len(ids) == 1:
        return f"{text} is {ids[0]}: type {ids[0]}."
    if len(ids) > 1:
        return f"{len(ids)} are called {text}: type the ID of the one who is meant, {' or '.join(ids)}."
    return ""


def _called(context: Context, target: str, text: str, key: Column[Any]) -> list[str]:
    """The ids of the entries of a table with this name."""
    column = NAMES.get(target)
    if column is None:
        return []
    pairs = zip(context.values(column), context.values(key), strict=True)
    called = context.once(("called", target), lambda: _grouped((name, i) for name, i in pairs if name and i))
    return called.get(fold(text), [])


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The second of each pair by the first, folded."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(fold(name), []).append(value)
    return found


def _ids_near(context: Context, key: Column[Any], text: str) -> list[str]:
    """The ids of a table that a text may be a misspelling of."""
    return context.once(("near", key), lambda: _Near(i for i in context.values(key) if i)).of(text)


def meant_choice(text: str, choices: Iterable[str]) -> str:
    """The one choice that a text may be a misspelling of; '' where there is none, or several.

    Example:
        >>> meant_choice("Resovled", ("Resolved", "Open")), meant_choice("Opn", ("Open", "Own"))
        ('Resolved', '')
    """
    near = _near_of(tuple(choices)).of(text)
    return near[0] if len(near) == 1 else ""


class _Near:
    """Words, to be asked of many texts which of them each may be a misspelling of."""

    def __init__(self, known: Iterable[str]) -> None:
        self._folded = {fold(word): word for word in known}
        self._spellings = Spellings(self._folded)

    def of(self, text: str) -> list[str]:
        return [self._folded[word] for word in self._spellings.near(fold(text))]


@lru_cache(maxsize=64)
def _near_of(choices: tuple[str, ...]) -> _Near:
    return _Near(choices)
