"""What the words in a place mean: names, services, choices."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from workbook.model.cells import means_nothing, split_values
from workbook.model.folding import fold
from workbook.model.registers import People, Services, WorkforcePlan
from workbook.model.view import View

_ALL = {"all", "all services", "every service", "whole programme", "all of them"}
_AND = re.compile(r"\s+(?:and|&)\s+")


def known_names(view: View) -> list[str]:
    """Everybody whom the workbook names, by its spelling."""
    names = [row.person for row in view.snapshot.rows(People)]
    for service in view.snapshot.rows(Services):
        names += [name for name in (service.registered_manager, service.team_leader) if name]
    names += [row.name for row in view.snapshot.rows(WorkforcePlan) if row.name]
    return list({fold(name): name for name in reversed(names) if name}.values())[::-1]


def name_in_words(view: View, text: str) -> tuple[str | None, str]:
    """The person named, by the workbook's spelling; else None and whom it may be."""
    names = known_names(view)
    exact = [name for name in names if fold(name) == fold(text)]
    if exact:
        return exact[0], ""
    if means_nothing(text):
        return None, ""
    near = difflib.get_close_matches(fold(text), list(map(fold, names)), n=1, cutoff=0.6)
    meant = next((name for name in names if near and fold(name) == near[0]), "")
    return None, f"The workbook names nobody so. The nearest is {meant}." if meant else "The workbook names nobody so."


def choice_in_words(text: str, choices: Sequence[str]) -> tuple[str | None, str]:
    """The choice named; else None and what it may be."""
    for choice in choices:
        if fold(choice) == fold(text).rstrip("."):
            return choice, ""
    return None, f"It is one of {', '.join(choices)}."


def services_in_words(view: View, text: str) -> tuple[str | None, str]:
    """The codes of the services named, by code or name, separated by commas; else None and which is not known."""
    if fold(text).rstrip(".") in _ALL:
        return ", ".join(s.service_code for s in view.services_in_use()), ""
    if means_nothing(text):
        return None, ""
    rows = [s for s in view.snapshot.rows(Services) if s.service_code]
    by_word = {fold(word): s.service_code for s in reversed(rows) for word in (s.name, s.service_code) if word}
    codes, unknown = _looked_up(by_word, split_values(text))
    if unknown:
        return None, f"There is no service {unknown[0]}."
    return ", ".join(dict.fromkeys(codes)), ""


def _looked_up(by_word: dict[str, str], words: Iterable[str]) -> tuple[list[str], list[str]]:
    codes: list[str] = []
    unknown: list[str] = []
    for word in words:
        if fold(word).rstrip(".") in by_word:
            codes.append(by_word[fold(word).rstrip(".")])
            continue
        parts = _AND.split(word)
        if len(parts) > 1:
            more, strange = _looked_up(by_word, parts)
            codes += more
            unknown += strange
        else:
            unknown.append(word)
    return codes, unknown
