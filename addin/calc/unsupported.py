"""What xlwings offers and this engine does not: each says so by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

C = TypeVar("C", bound=type)


class _Refusal:
    """Refuses to be read; an attribute that an instance was given of that name comes before it."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __get__(self, instance: Any, _owner: type) -> Any:
        if instance is None:
            return self
        raise NotImplementedError(self.words)


class _FirmRefusal(_Refusal):
    """Refuses to be set, too."""

    def __set__(self, _instance: Any, _value: Any) -> NoReturn:
        raise NotImplementedError(self.words)


def refuse_unsupported(cls: C) -> C:
    """Replaces what a class inherits from xlwings' interface, and doesn't offer, by an error that names it.

    Args:
        cls: a class of the engine.
    """
    for base in cls.__mro__[1:]:
        if not base.__module__.startswith("xlwings"):
            continue
        for name, inherited in vars(base).items():
            own = getattr(cls, name, None)
            settable = isinstance(inherited, property) and inherited.fset is not None
            if not name.startswith("__") and own is inherited and _is_open(inherited):
                refusal = _FirmRefusal if settable else _Refusal
                setattr(cls, name, refusal(f"xlwings' {cls.__name__}.{name} can't be used with LibreOffice."))
            elif settable and isinstance(own, property) and own.fset is None:
                setattr(cls, name, own.setter(_refused(f"xlwings' {cls.__name__}.{name} can't be set in LibreOffice.")))
    return cls


def _refused(words: str) -> Callable[[Any, Any], NoReturn]:
    def refuse(_instance: Any, _value: Any) -> NoReturn:
        raise NotImplementedError(words)

    return refuse


def _is_open(inherited: Any) -> bool:
    """Whether xlwings leaves it to engines."""
    function = inherited.fget if isinstance(inherited, property) else inherited
    code = getattr(function, "__code__", None)
    return code is not None and NotImplementedError.__name__ in code.co_names
