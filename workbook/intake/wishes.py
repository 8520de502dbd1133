"""What a person asks for, and what a run knows and gathers while it brings lists in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbook.intake.forgotten import ForgottenNames, forgotten_names
from workbook.intake.matching import Asking
from workbook.intake.numbering import Numbers
from workbook.intake.problem_rows import ProblemRows
from workbook.intake.remembered import Remembered, remembered
from workbook.model.cells import Cell
from workbook.model.declare import Column, Register
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.view import View


@dataclass
class Wish:
    """What a person asks for.

    Attributes:
        register: where the entries go.
        salt: for a workbook that remembers nothing yet, 16 signs that nobody can guess.
        dates: dmy, mdy or ymd; '' where it is not said.
        asking: who is asked about columns that are only similar.
        order: asked for the order of day and month where a list does not tell it, with a column and one of its texts;
            answers dmy, mdy or ''.
    """

    register: type[Register]
    salt: str
    dates: str = ""
    asking: Asking = field(default_factory=Asking)
    order: Callable[[str, str], str] | None = None


@dataclass
class Intake:
    """What all files of a run are brought into.

    Attributes:
        known: what the workbook remembers, and what the run adds to it.
        forgotten: the names that the workbook has forgotten, which no list brings back.
        rows: the entries to add, each with where it comes from.
    """

    view: View
    wish: Wish
    known: Remembered
    numbers: Numbers
    problems: ProblemRows
    forgotten: ForgottenNames = field(default_factory=ForgottenNames)
    rows: list[tuple[Mapping[str, Cell], str]] = field(default_factory=list)
    equal: dict[tuple[Column[Any], ...], dict[tuple[Any, ...], str]] = field(default_factory=dict)


def start(view: View, wish: Wish) -> Intake:
    """The state of a workbook before anything is brought in."""
    known = remembered(view.snapshot, wish.salt)
    forgotten = forgotten_names(view.snapshot.properties)
    problems = ProblemRows(view.snapshot, known)
    return Intake(view, wish, known, Numbers(view.snapshot, wish.register), problems, forgotten)
