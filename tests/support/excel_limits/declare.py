"""How a rule is declared, and all of them run over a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from tests.support.excel_limits.model import Package, Workbook


class Problem(NamedTuple):
    """Something that Excel would not take.

    Attributes:
        rule: its rule's name.
        where: the part, sheet or cell.
        what: what is wrong, in words.
    """

    rule: str
    where: str
    what: str


class Applies(Enum):
    """To what files a rule applies."""

    PACKAGE = "any Office file"
    WORKBOOK = "workbooks and add-ins"
    DOCUMENT = "Word documents"


@dataclass(frozen=True)
class Rule:
    """A limit.

    Attributes:
        name: its function's, with hyphens.
        source: where the limit is documented.
        applies: to which files.
        broken: gives what breaks it.
    """

    name: str
    source: str
    applies: Applies
    broken: Callable[[Any], Iterator[tuple[str, str]]]


RULES: dict[str, Rule] = {}


def rule(source: str, applies: Applies = Applies.WORKBOOK) -> Callable[[Any], Any]:
    """Declares a rule."""

    def declare(function: Any) -> Any:
        name = function.__name__.strip("_").replace("_", "-")
        RULES[name] = Rule(name, source, applies, function)
        return function

    return declare


def problems(data: bytes) -> list[Problem]:
    """All that breaks a rule in a workbook, an add-in or a document.

    Args:
        data: the whole file.
    """
    package = Package(data)
    found = [Problem("readable", part, why) for part, why in package.unreadable]
    if found:
        return found
    kinds = {Applies.PACKAGE, Applies.WORKBOOK if package.main.startswith("xl/") else Applies.DOCUMENT}
    book = Workbook(package) if Applies.WORKBOOK in kinds else package
    given = {Applies.PACKAGE: package, Applies.WORKBOOK: book, Applies.DOCUMENT: package}
    for known in RULES.values():
        if known.applies in kinds:
            found += _broken(known, given[known.applies])
    return found


def _broken(known: Rule, given: Any) -> list[Problem]:
    try:
        return [Problem(known.name, where, what) for where, what in known.broken(given)]
    except (ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        # what the rule is about is not even what its attributes should be, such as a number that is none
        return [Problem(known.name, "the file", f"can't be told: {error}")]
