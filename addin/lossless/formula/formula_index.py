"""Which of many formulas what has changed concerns: those of a kind are looked at together, others not at all."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from addin.lossless.formula.changed_cells import Changes, Common, names_too_little
from addin.lossless.formula.shapes import shapes_of

_EVERY_SHEET = "*"


class Computed(NamedTuple):
    """A formula in a cell.

    Attributes:
        row, column: of its cell, counted from 1.
        text: the formula, without the equals sign.
        has_result: whether its last result is written down.
        filled: row and column of the cells that it fills besides.
    """

    row: int
    column: int
    text: str
    has_result: bool = False
    filled: tuple[tuple[int, int], ...] = ()


class _Alike(NamedTuple):
    """Formulas of one worksheet that differ in the rows of the cells that they name, and in what no use depends on.

    Attributes:
        shape: what they share.
        text: of one of them.
        folded: the same with case folded.
        formulas: all of them.
    """

    shape: Hashable
    text: str
    folded: str
    formulas: list[Computed]


def _alike(formulas: Sequence[Computed]) -> list[_Alike]:
    """Formulas put together by their shapes, in the order in which the first of each stands there."""
    groups: dict[Hashable, list[Computed]] = {}
    for shape, formula in zip(shapes_of([formula.text for formula in formulas]), formulas, strict=True):
        groups.setdefault(shape, []).append(formula)
    return [_Alike(shape, some[0].text, some[0].text.casefold(), some) for shape, some in groups.items()]


class _Kind:
    """The formulas of one worksheet that differ in the rows of the cells that they name, and in what no use depends on.

    Attributes:
        sheet: the worksheet that they stand on.
        text: of one of them.
        common: what all of them use.
        waiting: those that nothing has concerned so far.
    """

    def __init__(self, sheet: str, text: str, common: Common) -> None:
        self.sheet, self.text, self.common = sheet, text, common
        self.waiting: list[Computed] = []


class FormulaIndex:
    """Formulas by what they use, so that only those are looked at that may be concerned.

    A formula is read when something has changed that its text may name; its kind is looked at again when something
    more has changed on a sheet that it uses.

    Args:
        changes: what has changed; it is told of what follows from it.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._touched: set[str] = set()
        self._asked: set[str] = set()
        self._new: dict[str, Sequence[_Alike]] = {}
        self._unread: dict[str, Sequence[_Alike]] = {}
        self._kinds: dict[tuple[str, Hashable], _Kind] = {}
        self._readers: dict[str, list[_Kind]] = {}

    def add(self, sheet: str, formulas: Sequence[Computed]) -> None:
        """Has further formulas looked at.

        Args:
            sheet: the worksheet that they stand on, of which there are none so far.
            formulas: all that are to be looked at there.
        """
        self._new[sheet] = _alike(formulas)

    def concerned(self) -> Iterator[tuple[str, Computed]]:
        """The formulas that may give another result now, each once, with their worksheets; in no order.

        What follows from them is among them. It can be asked again when more has changed.
        """
        while (fresh := self._changes.fresh_sheets()) or self._new:
            for kind in self._to_look_at(fresh):
                yield from self._concerned_of(kind)

    def _to_look_at(self, fresh: set[str]) -> list[_Kind]:
        """The kinds that use sheets on which something more has changed, and those read for the first time."""
        found = {id(kind): kind for name in (*fresh, _EVERY_SHEET) for kind in self._readers.get(name, ())}
        self._touched |= fresh
        words = [word for word in self._changes.words_of(fresh) if word not in self._asked]
        self._asked.update(words)
        for sheet, groups in self._unread.items():
            all_of_them = sheet.casefold() in fresh
            if groups and (words or all_of_them):
                self._unread[sheet] = self._read_some(sheet, groups, words, found, all_of_them=all_of_them)
        new, self._new = self._new, {}
        words = self._changes.words_of(self._touched) if new else []
        self._asked.update(words)
        for sheet, groups in new.items():
            all_of_them = sheet.casefold() in self._touched or self._changes.came(sheet.casefold())
            unclear = [] if all_of_them else [g for g in groups if names_too_little(g.text)]
            found.update((id(kind), kind) for kind in [self._read(sheet, g) for g in unclear])
            rest = [g for g in groups if not names_too_little(g.text)] if unclear else groups
            self._unread[sheet] = self._read_some(sheet, rest, words, found, all_of_them=all_of_them)
        return [kind for kind in found.values() if kind.waiting]

    def _read_some(
        self,
        sheet: str,
        groups: Sequence[_Alike],
        words: Sequence[str],
        found: dict[int, _Kind],
        *,
        all_of_them: bool,
    ) -> Sequence[_Alike]:
        """Reads the formulas that hold one of some words, and gives the others; their kinds go to `found`."""
        rest: list[_Alike] = []
        any_word = re.compile("|".join(map(re.escape, words)) if words else r"\Z(?!\Z)").search
        for group in groups:
            if all_of_them or any_word(group.folded):
                kind = self._read(sheet, group)
                found[id(kind)] = kind
            else:
                rest.append(group)
        return rest

    def _read(self, sheet: str, group: _Alike) -> _Kind:
        """The kind that some formulas are of; they wait there."""
        name = sheet, group.shape
        kind = self._kinds.get(name)
        if kind is None:
            kind = self._kinds[name] = _Kind(sheet, group.text, self._changes.common_uses(group.text))
            for used in self._changes.sheets_used(group.text, sheet.casefold()):
                self._readers.setdefault(used, []).append(kind)
        kind.waiting += group.formulas
        return kind

    def _concerned_of(self, kind: _Kind) -> Iterator[tuple[str, Computed]]:
        changes, waiting = self._changes, kind.waiting
        common = kind.common
        all_of_them = changes.concern_all(common, kind.text, kind.sheet)
        if not (all_of_them or changes.may_concern_some(common, kind.sheet)):
            return
        kind.waiting = []
        for formula in waiting:
            if all_of_them or changes.concern_here(common, formula.text, kind.sheet, formula.row):
                for place in ((formula.row, formula.column), *formula.filled):
                    changes.spread(kind.sheet, *place)
                yield kind.sheet, formula
            else:
                kind.waiting.append(formula)
        kind.waiting.reverse()  # what follows from each other does so downwards or upwards
