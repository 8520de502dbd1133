"""A document's contents as JSON and back: how they reach the process in which somebody's own template is worked out.

Only dataclasses of the pure part, days, and what JSON knows are handed over; nothing that is read back runs anything.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

_OURS = "workbook."
_KIND, _DAY, _MOMENT, _TUPLE, _MAPPING, _CHOICE = "kind", "day", "moment", "tuple", "mapping", "choice"


def as_json(value: Any) -> Any:
    """A value in JSON's terms.

    Args:
        value: the contents of a document, or a part of them.

    Raises:
        TypeError: it is of a kind that contents don't have.
    """
    if isinstance(value, Enum):
        return {_CHOICE: [_name(type(value)), value.value]}
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, dt.datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, dt.date):
        return {_DAY: value.isoformat()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: as_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {_KIND: [_name(type(value)), fields]}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    if isinstance(value, tuple):
        return {_TUPLE: [as_json(one) for one in value]}
    if isinstance(value, Mapping):
        return {_MAPPING: [[as_json(key), as_json(one)] for key, one in value.items()]}
    raise TypeError(f"contents hold a {type(value).__name__}")


def from_json(value: Any) -> Any:
    """What `as_json` was given.

    Args:
        value: as `as_json` gave it.

    Raises:
        KeyError, TypeError, ValueError: it is nothing that `as_json` gives.
    """
    if isinstance(value, list):
        return [from_json(one) for one in value]
    if not isinstance(value, dict):
        return value
    ((kind, held),) = value.items()
    return _READ[kind](held)


def _dataclass(held: Any) -> Any:
    return _class(held[0])(**{name: from_json(one) for name, one in held[1].items()})


def _choice(held: Any) -> Any:
    return _class(held[0], Enum)(held[1])


_READ: dict[str, Callable[[Any], Any]] = {
    _KIND: _dataclass,
    _CHOICE: _choice,
    _DAY: dt.date.fromisoformat,
    _MOMENT: dt.datetime.fromisoformat,
    _TUPLE: lambda held: tuple(from_json(one) for one in held),
    _MAPPING: lambda held: {from_json(key): from_json(one) for key, one in held},
}


def _name(kind: type) -> str:
    if not kind.__module__.startswith(_OURS) or "." in kind.__qualname__:
        raise TypeError(f"contents hold a {kind.__module__}.{kind.__qualname__}")
    return f"{kind.__module__}:{kind.__qualname__}"


def _class(name: str, base: type | None = None) -> Any:
    module, _, kind = name.partition(":")
    found = getattr(importlib.import_module(module), kind, None) if module.startswith(_OURS) else None
    if not (issubclass(found, base) if base and isinstance(found, type) else dataclasses.is_dataclass(found)):
        raise ValueError(name)
    return found
