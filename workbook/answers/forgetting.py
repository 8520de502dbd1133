"""A person who leaves is forgotten: what counts as the name, where it is replaced, and by which number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from workbook.model.declare import Column, Kind, gives_ids
from workbook.model.errors import UnknownName
from workbook.model.folding import fold
from workbook.model.late_patterns import late
from workbook.model.light_dataclasses import dataclass, replace
from workbook.model.registers import BY_TABLE, History, People, Services, WorkforcePlan
from workbook.model.registers.entry import BY_NAME, FILLS
from workbook.model.snapshot import Snapshot

_STEM, _WIDTH = "STAFF-", 3
_BLANKS = "[\\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+"
#: What the eye takes for the same in a name.
_SAME = {"'": "['’‘ʼ`´]", "’": "['’‘ʼ`´]", "-": "[-‐‑‒–]"}
_LONGEST_NUMBER = 40
_FORBIDDEN = late(r"[\x00-\x1f\x7f<>&\"'\[\]]|\A[=+\-@]|\A\s|\s\Z")


def holds_people(column: Column[Any]) -> bool:
    """Whether names of staff may stand in a column's cells, those of the entry sheets included."""
    fills = (filled for goals in FILLS.values() for filled in goals.values())
    goals = (to for filled in fills for to, source in filled.items() if source is column)
    return column in BY_NAME or any(map(_holds_names, (column, *goals)))


def _holds_names(column: Column[Any]) -> bool:
    return column in (People.person, WorkforcePlan.name) or column.kind is Kind.PERSON or column.attr == "staff_member"


def known_people(snapshot: Snapshot) -> set[str]:
    """Every name that stands in a column of names."""
    found = set()
    for data in snapshot.tables.values():
        for column in (c for c in data.register.columns if holds_people(c)):
            found |= {text for row in data.rows if isinstance(text := getattr(row, column.attr), str)}
    return found


@dataclass(frozen=True)
class Leaver:
    """A name to be forgotten.

    Attributes:
        name: as it was asked for.
        number: what takes its place.
        longer: known names that hold it and are another person's.
        mails: the e-mail addresses in the person's rows of People.
        ambiguous: whether it may mean something else, so that it counts only as the whole of a cell.
        as_name: whether it counts within other words only with a capital letter: May, not may.
    """

    name: str
    number: str
    longer: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    ambiguous: bool = False
    as_name: bool = False

    def is_all(self, text: str) -> bool:
        """Whether a text is the name and nothing else, or an address of the person."""
        return fold(text) == fold(self.name) or fold(text) in {fold(m) for m in self.mails}

    def found(self, text: str) -> list[tuple[int, int]]:
        """Where the name, or an address of the person, stands in a text: never within a longer name."""
        if len(text) < len(self.name) // 2:
            return []
        spans = [m.span("it") for m in self._pattern.finditer(text) if m["it"] is not None]
        return [s for s in spans if not text[s[0]].islower()] if self.as_name and not self.is_all(text) else spans

    def replaced(self, text: str) -> str:
        """A text with the number in the name's place."""
        for start, end in reversed(self.found(text)):
            text = text[:start] + self.number + text[end:]
        return text

    @property
    def probes(self) -> tuple[str, ...]:
        """Words of which every text holds one in which it stands; none where that can't be said."""
        found = [max(re.findall(r"[a-z0-9]+", text.casefold()) or [""], key=len) for text in (self.name, *self.mails)]
        return tuple(found) if all(found) and self.name.isascii() else ()

    def everywhere(self) -> Leaver:
        """The same, of an ambiguous name also within other words."""
        return replace(self, ambiguous=False, as_name=self.ambiguous or self.as_name)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longer = "|".join(_as_pattern(n) for n in sorted(self.longer, key=len, reverse=True))
        own = "|".join(_as_pattern(n) for n in (*self.mails, self.name))
        edge, end = r"(?<!\w)(?<!\w[-‐‑’'])", r"(?!\w)(?![-‐‑]\w)"
        whole = f"{edge}(?:{longer}){end}|" if longer else ""
        return re.compile(f"{whole}{edge}(?P<it>{own}){end}", re.IGNORECASE)


def _as_pattern(name: str) -> str:
    forms = dict.fromkeys(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    return "|".join(
        _BLANKS.join("".join(_SAME.get(sign, re.escape(sign)) for sign in word) for word in form.split())
        for form in forms
    )


def leaver(snapshot: Snapshot, name: str, number: str) -> Leaver:
    """What is to be forgotten.

    Args:
        snapshot: the workbook.
        name: as a person writes it.
        number: what takes its place.
    """
    plain = Leaver(name, number)
    longer = tuple(n for n in known_people(snapshot) if not plain.is_all(n) and plain.found(n))
    mails = {r.email for r in snapshot.rows(People) if r.person and plain.is_all(r.person) and r.email}
    ambiguous = len(name.split()) < 2 or fold(name) in _other_words(snapshot)
    return Leaver(name, number, longer, tuple(sorted(mails)), ambiguous)


def _other_words(snapshot: Snapshot) -> set[str]:
    """What a name may mean else: services and the values of lists."""
    services = (w for row in snapshot.rows(Services) for w in (row.service_code, row.name) if w)
    return {fold(w) for w in (*services, *(v for values in snapshot.lists.values() for v in values))}


def first_alone(snapshot: Snapshot, one: Leaver) -> Leaver | None:
    """The first name alone, to be looked for and never replaced; None where others bear it, or it says nothing."""
    words = one.name.split()
    if len(words) < 2 or len(words[0]) < 3:
        return None
    others = [n for n in known_people(snapshot) if not one.is_all(n) and fold(n).split()[:1] == [fold(words[0])]]
    return None if others else Leaver(words[0], "", longer=(one.name, *one.longer))


def next_number(texts: Iterable[str]) -> str:
    """The next staff number that stands nowhere.

    Args:
        texts: all in which one may stand.
    """
    found = (int(m[1]) for text in texts for m in re.finditer(rf"{_STEM}(\d{{1,6}})", text, re.IGNORECASE))
    return f"{_STEM}{max(found, default=0) + 1:0{_WIDTH}d}"


def checked_number(snapshot: Snapshot, number: str, taken: Iterable[str] = ()) -> str:
    """A number that a person chose.

    Args:
        snapshot: the workbook.
        number: as it was given.
        taken: the numbers of those who were forgotten before.

    Raises:
        UnknownName: it can't stand in a workbook, somebody else bears it, or it is an ID there.
    """
    if not number.strip() or len(number) > _LONGEST_NUMBER or _FORBIDDEN.search(number):
        raise UnknownName(
            "This can't be a staff number. Nothing was changed.",
            next_step="Give one of at most 40 letters, digits and hyphens, such as STAFF-007.",
        )
    if fold(number) in {fold(n) for n in (*known_people(snapshot), *taken)}:
        raise UnknownName(
            f"{number} stands for somebody already. Nothing was changed.", next_step="Give another number."
        )
    if fold(number) in _ids(snapshot) or any(re.fullmatch(p, number, re.IGNORECASE) for p in _id_patterns()):
        raise UnknownName(
            f"{number} is an ID in this workbook, or may become one. Nothing was changed.",
            next_step="Give another number.",
        )
    return number


def _ids(snapshot: Snapshot) -> set[str]:
    keyed = [(data, data.register.key) for data in snapshot.tables.values()]
    found = {i for data, _ in keyed for i in data.spare_ids}
    found |= {str(i) for data, key in keyed if key is not None for row in data.rows if (i := getattr(row, key.attr))}
    return {fold(i) for i in found}


def _id_patterns() -> list[str]:
    return [r.key.pattern for r in BY_TABLE.values() if r.key is not None and gives_ids(r.key)]


def kept_headings(snapshot: Snapshot, *, every: bool) -> dict[tuple[str, int, int], str]:
    """The headings that are never changed, by sheet, row and column: programs go by them.

    Args:
        snapshot: the workbook.
        every: those of people's own columns in our tables too, as of an ambiguous name.
    """
    found = dict[tuple[str, int, int], str]()
    for data in (*snapshot.tables.values(), *snapshot.list_tables.values()):
        ours = range(len(data.headers)) if every or not data.positions else data.positions.values()
        found |= {(data.sheet, data.header_row, data.first_column + at): data.headers[at] for at in ours}
    return found


def may_change(snapshot: Snapshot, sheet: str, row: int, column: int) -> bool:
    """Whether a cell that is an ambiguous name and nothing else means the person.

    Not in a heading, nor in a column of ours that holds something else than names of
    staff: it is a service or a list's value there.

    Args:
        snapshot: the workbook.
        sheet: the worksheet.
        row, column: of the cell, counted from 1.
    """
    held = [(BY_TABLE[name], data) for name, data in snapshot.tables.items() if data.sheet == sheet]
    for register, data in held:
        at = column - data.first_column
        if row == data.header_row and 0 <= at < len(data.headers):
            return False
        within = data.header_row < row <= data.header_row + data.body_rows and 0 <= at < len(data.headers)
        if within and register is not History:
            declared = next((c for c in register.columns if data.positions.get(c.attr) == at), None)
            return declared is None or holds_people(declared)
    lists = (d for d in snapshot.list_tables.values() if d.sheet == sheet)
    return not any(d.header_row <= row <= d.header_row + d.body_rows and column == d.first_column for d in lists)


def in_words(places: Sequence[str], most: int = 8) -> str:
    """The first few places, and how many more there are."""
    more = len(places) - most
    return "; ".join(places[:most]) + (f" and {more} more" if more > 0 else "")
