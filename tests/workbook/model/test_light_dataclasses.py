"""Light dataclasses do what the standard library's do, which are the oracle here."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any, ClassVar

import pytest

import workbook.model.light_dataclasses as light
from workbook.model.changes import RowRef
from workbook.model.findings import Finding, Severity


def _made_by(by: Any) -> dict[str, type]:
    """The same classes, declared with the light or with the standard dataclasses."""

    @by.dataclass(frozen=True)
    class Plain:
        name: str
        count: int = 3
        kind: ClassVar[str] = "plain"

    @by.dataclass(frozen=True, slots=True)
    class Slotted:
        name: str
        notes: tuple[str, ...] = ()

    @by.dataclass
    class Open:
        name: str
        items: list[str] = by.field(default_factory=list)
        seen: int = by.field(default=0, init=False, repr=False, compare=False)

        def __post_init__(self) -> None:
            self.seen = len(self.name)

    @by.dataclass(frozen=True, eq=False)
    class Same:
        name: str = "x"

    @by.dataclass(frozen=True)
    class More(Plain):
        extra: str = "e"

        def __repr__(self) -> str:
            return "More"

    @by.dataclass(slots=True)
    class OpenSlots:
        name: str = "n"
        where: dict[str, int] = by.field(default_factory=dict)

    @by.dataclass(frozen=True)
    class Empty:
        pass

    return {c.__name__: c for c in (Plain, Slotted, Open, Same, More, OpenSlots, Empty)}


LIGHT, STANDARD = _made_by(light), _made_by(dataclasses)
CALLS = [
    ("Plain", ("a",), {}),
    ("Plain", ("a",), {"count": 4}),
    ("Plain", (), {}),
    ("Plain", ("a", 1, 2), {}),
    ("Slotted", ("a", ("b",)), {}),
    ("Open", ("abc",), {}),
    ("Open", ("abc", ["d"]), {}),
    ("Open", ("abc",), {"seen": 1}),
    ("Same", (), {}),
    ("More", ("a",), {"extra": "f"}),
    ("OpenSlots", (), {}),
    ("OpenSlots", ("m", {"k": 1}), {}),
    ("Empty", (), {}),
]


def _told(declared: type, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """What an object of a class says of itself, or that it can't be made."""
    try:
        one, other = declared(*args, **named), declared(*args, **named)
    except TypeError:
        return "can't be made"
    told = [repr(one).replace("light", ""), one == other, one != other, one == "x", declared.__match_args__]
    told += [(f.name, f.init, f.repr, f.compare, f.type) for f in dataclasses.fields(one)]
    told.append({f.name: getattr(one, f.name) for f in dataclasses.fields(one)})
    told.append(dataclasses.asdict(one))
    told.append(None if declared.__hash__ is None else declared.__hash__ is object.__hash__ or hash(one) == hash(other))
    for change in (lambda: setattr(one, "name", "new"), lambda: delattr(one, "name"), lambda: setattr(one, "no", 1)):
        try:
            told.append((change(), getattr(one, "name", "gone")))
        except AttributeError as error:
            told.append(type(error).__name__)
        except TypeError:  # slots and super() in the standard library of old
            told.append("FrozenInstanceError")
    return told


@pytest.mark.parametrize(("name", "args", "named"), CALLS)
def test_objects_are_as_the_standard_librarys(name, args, named):
    assert _told(LIGHT[name], args, named) == _told(STANDARD[name], args, named)


def test_a_copy_with_changes_and_what_stays_out_of_it():
    one = LIGHT["Open"]("abc", ["d"])
    assert light.replace(one, name="z").items == ["d"]
    assert light.replace(one, name="z").seen == 1
    with pytest.raises(ValueError, match="seen"):
        light.replace(one, seen=4)
    assert light.replace(STANDARD["Plain"]("a"), count=9).count == 9
    assert dataclasses.replace(LIGHT["Plain"]("a"), count=9) == LIGHT["Plain"]("a", 9)


def test_defaults_made_anew_are_not_shared():
    first, second = LIGHT["Open"]("a"), LIGHT["Open"]("b")
    first.items.append("x")
    assert second.items == []


def test_ours_survive_copying_and_another_process():
    ref = RowRef("SupportLog", "SU-0001", 1)
    finding = Finding("date", Severity.ERROR, "SupportLog", "SU-0001", 6, "Date", "x", "m", "f")
    for one in (ref, finding):
        assert pickle.loads(pickle.dumps(one)) == one
        assert copy.deepcopy(one) == one
        assert {one: 1}[copy.copy(one)] == 1
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.table = "Actions"


def test_objects_of_two_classes_are_never_equal():
    assert LIGHT["Plain"]("a", 3) != LIGHT["More"]("a", 3)
