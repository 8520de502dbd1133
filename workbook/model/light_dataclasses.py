"""Dataclasses that cost next to nothing to declare: `dataclass`, `field`, `replace` as in the standard library.

The standard library compiles five methods for each class when its module is imported, which took a third of the time of
a click, and imports `inspect` for it. Here a class compiles its one `__init__` when the first object is made; the other
methods are closures. To type checkers these are the standard library's own, and what asks for the standard library's
fields (`dataclasses.fields`, `asdict`) finds them.

Annotations must be strings (`from __future__ import annotations`). What no class of ours uses is not there: order,
keyword-only fields, InitVar.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field", "replace"]

_MISSING: Any = object()
_FIELDS = "_light_fields"
_STANDARD = ("__dataclass_fields__", "__dataclass_params__")


class _Field:
    """What is declared of one field."""

    __slots__ = ("compare", "default", "factory", "init", "repr")

    def __init__(self, default: Any, factory: Any, *, init: bool, repr: bool, compare: bool) -> None:  # noqa: A002 - as the standard library calls it
        self.default, self.factory, self.init, self.repr, self.compare = default, factory, init, repr, compare


def _field(
    *,
    default: Any = _MISSING,
    default_factory: Any = _MISSING,
    init: bool = True,
    repr: bool = True,  # noqa: A002 - as the standard library calls it
    compare: bool = True,
) -> Any:
    return _Field(default, default_factory, init=init, repr=repr, compare=compare)


def _dataclass(
    cls: type | None = None, /, *, frozen: bool = False, eq: bool = True, slots: bool = False
) -> type | Callable[[type], type]:
    if cls is None:
        return lambda declared: _declared(declared, frozen=frozen, eq=eq, slots=slots)
    return _declared(cls, frozen=frozen, eq=eq, slots=slots)


def _declared(cls: type, *, frozen: bool, eq: bool, slots: bool) -> type:
    own: dict[str, _Field] = {}
    for name, kind in cls.__annotations__.items():
        if not kind.startswith("ClassVar"):
            given = cls.__dict__.get(name, _MISSING)
            own[name] = given if isinstance(given, _Field) else _field(default=given)
    fields: dict[str, _Field] = {}
    for base in reversed(cls.__mro__[1:]):
        fields |= base.__dict__.get(_FIELDS, {})
    for name, one in own.items():
        if one.default is not _MISSING and not slots:
            setattr(cls, name, one.default)
        elif name in cls.__dict__:
            delattr(cls, name)
    if slots:
        taken = {slot for base in cls.__mro__[1:] for slot in base.__dict__.get("__slots__", ())}
        cls = _with_slots(cls, tuple(name for name in own if name not in taken))
    _equip(cls, fields | own, frozen=frozen, eq=eq, slots=slots)
    return cls


def _with_slots(cls: type, names: tuple[str, ...]) -> type:
    """The same class over again: slots can't be given to a class that is there."""
    body = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
    made = type(cls)(cls.__name__, cls.__bases__, {**body, "__slots__": names})
    made.__qualname__ = cls.__qualname__
    return made


def _equip(cls: type, fields: dict[str, _Field], *, frozen: bool, eq: bool, slots: bool) -> None:
    """Gives a class what it does not define itself."""
    written = set(cls.__dict__)
    methods: dict[str, Any] = {
        "__init__": _late_init(cls, fields, frozen=frozen, slots=slots),
        "__repr__": _repr_of([name for name, one in fields.items() if one.repr]),
        "__match_args__": tuple(name for name, one in fields.items() if one.init),
    }
    compared = _values_of([name for name, one in fields.items() if one.compare])
    if eq:
        methods["__eq__"] = _eq_by(compared)
        if "__hash__" in written and cls.__dict__["__hash__"] is None and "__eq__" in written:
            written.discard("__hash__")  # Python's own, since the class says what equals it
        methods["__hash__"] = (lambda self: hash(compared(self))) if frozen else None
    if frozen:
        methods |= {name: _refuse(cls, name, frozenset(fields)) for name in ("__setattr__", "__delattr__")}
        if slots:
            every = tuple(fields)
            methods |= {"__getstate__": lambda self: [getattr(self, n) for n in every], "__setstate__": _restore(every)}
    for name, method in methods.items():
        if name not in written:
            setattr(cls, name, method)
    type.__setattr__(cls, _FIELDS, fields)
    for name in _STANDARD:
        type.__setattr__(cls, name, _Standard(name, cls, fields, {"frozen": frozen, "eq": eq}))


def _late_init(cls: type, fields: dict[str, _Field], *, frozen: bool, slots: bool) -> Callable[..., None]:
    """An `__init__` that compiles the real one when the first object is made."""

    def __init__(self: Any, /, *values: Any, **named: Any) -> None:  # noqa: N807 - it is the method of that name
        real = _compiled_init(cls, fields, frozen=frozen, slots=slots)
        if cls.__dict__["__init__"] is __init__:
            type.__setattr__(cls, "__init__", real)
        real(self, *values, **named)

    return __init__


def _compiled_init(cls: type, fields: dict[str, _Field], *, frozen: bool, slots: bool) -> Callable[..., None]:
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": _MISSING}
    takes, body = ["self"], []
    for name, one in fields.items():
        value = name
        if one.factory is not _MISSING:
            known[f"_make_{name}"] = one.factory
            value = f"_make_{name}() if {name} is _missing else {name}" if one.init else f"_make_{name}()"
            takes += [f"{name}=_missing"] if one.init else []
        elif one.init:
            known[f"_default_{name}"] = one.default
            takes.append(name if one.default is _MISSING else f"{name}=_default_{name}")
        elif slots and one.default is not _MISSING:
            known[f"_default_{name}"] = one.default
            value = f"_default_{name}"
        else:
            continue
        body.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    lines = "\n ".join(body or ["pass"])
    exec(f"def __init__({', '.join(takes)}):\n {lines}", known)  # noqa: S102 - names of our own classes' fields alone
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda _: ()
    get = attrgetter(names[0])
    return lambda one: (get(one),)


def _eq_by(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any, object], bool]:
    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return __eq__


def _repr_of(names: list[str]) -> Callable[[Any], str]:
    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: N807
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({said})"

    return __repr__


def _refuse(cls: type, method: str, fields: frozenset[str]) -> Callable[..., None]:
    """What stands against setting and deleting fields; a class made of this one may have more attributes."""

    def refuse(self: Any, name: str, *value: Any) -> None:
        if type(self) is not cls and name not in fields:
            getattr(super(cls, self), method)(name, *value)
            return
        if name == "__orig_class__":
            raise AttributeError(name)  # typing's, of Usable[Any](…): it goes without
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"{cls.__qualname__} can't be changed: {name}")

    return refuse


def _restore(names: tuple[str, ...]) -> Callable[[Any, list[Any]], None]:
    def __setstate__(self: Any, state: list[Any]) -> None:  # noqa: N807
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return __setstate__


class _Standard:
    """The standard library's account of a class, made when somebody asks for it."""

    def __init__(self, attribute: str, cls: type, fields: dict[str, _Field], how: dict[str, bool]) -> None:
        self._attribute, self._cls, self._fields, self._how = attribute, cls, fields, how

    def __get__(self, _: object, owner: type) -> Any:
        import dataclasses

        kinds = {name: kind for base in reversed(self._cls.__mro__) for name, kind in _annotations(base).items()}
        body: dict[str, Any] = {"__annotations__": {name: kinds[name] for name in self._fields}}
        for name, one in self._fields.items():
            given = {"default": one.default, "default_factory": one.factory}
            given = {key: value for key, value in given.items() if value is not _MISSING}
            body[name] = dataclasses.field(**given, init=one.init, repr=one.repr, compare=one.compare)
        twin: Any = dataclasses.dataclass(**self._how)(type(self._cls.__name__, (), body))
        for attribute in _STANDARD:
            type.__setattr__(self._cls, attribute, getattr(twin, attribute))
        return getattr(twin, self._attribute)


def _annotations(cls: type) -> dict[str, Any]:
    return cls.__annotations__ if _FIELDS in cls.__dict__ else {}


def _replace(one: Any, /, **changes: Any) -> Any:
    fields = getattr(type(one), _FIELDS, None)
    if fields is None:
        import dataclasses

        return dataclasses.replace(one, **changes)
    for name, each in fields.items():
        if each.init:
            changes.setdefault(name, getattr(one, name))
        elif name in changes:
            raise ValueError(f"{name} is not given when a {type(one).__name__} is made")
    return type(one)(**changes)


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    dataclass, field, replace = _dataclass, _field, _replace
