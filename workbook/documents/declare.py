"""The vocabulary in which governance documents are declared, and the material they are made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from workbook.model.findings import Finding
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Triggers, WorkforcePlan
from workbook.model.triggers import PROGRAMME_SCOPE, Result, Scope, ScopeKind, State
from workbook.model.view import View
from workbook.rules.reviews import Review


@dataclass(frozen=True)
class Document:
    """A governance document (docs/contract/documents.md).

    Attributes:
        id: as in the table of the spec; it stands in the file's name.
        made_for, when: for people, as in the table.
        scope: what one file of it is about.
        template: the file's name in the folder of templates; '' for the one that is a page of a browser.
        contents: gives the context of its template: a frozen dataclass whose fields are the template's names.
        call: says for each scope whether it is called for, and why or why not.
        shared: whether it goes to all staff, so that texts which may identify a person don't stand in it.
        comes_back: whether what people fill in returns to the workbook.
        recipient: who gets it where it leaves the organisation: then nobody's name stands in it. '' where it stays.
        why_not: why it can't be made for a scope even where somebody asks for it; '' where it can.
        withholds: the texts that may identify a person, that nobody has let through, and without which it says
            nothing: where there are any, it is not made.
    """

    id: str
    title: str
    made_for: str
    when: str
    scope: ScopeKind
    template: str
    contents: Contents
    call: Callable[[Document, Material], Sequence[Call]]
    recipient: str = ""
    shared: bool = False
    comes_back: bool = False
    why_not: Callable[[Material, Scope], str] = lambda _material, _scope: ""
    withholds: Callable[[Document, Material], Sequence[Withheld]] = lambda _document, _material: ()

    @property
    def guarded(self) -> bool:
        """Whether texts that may identify a person stay out of it, unless somebody let them through."""
        return bool(self.recipient) or self.shared


class Contents(Protocol):
    """What a document of one scope holds."""

    def __call__(self, document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE, /) -> Any:
        """The context of its template."""


@dataclass(frozen=True)
class Withheld:
    """A cell whose text may identify a person."""

    sheet: str
    id: str
    column: str

    def __str__(self) -> str:
        return f"{self.id}, {self.column} (sheet {self.sheet})"


@dataclass(frozen=True)
class Call:
    """A document of one scope: whether it is called for, and the reason in a sentence.

    Attributes:
        possible: whether it can be made where somebody asks for it.
        withheld: the texts for which it is not made, until they are put right or let through.
    """

    document: Document
    scope: Scope
    called: bool
    reason: str
    possible: bool = True
    withheld: Sequence[Withheld] = ()


@dataclass(frozen=True)
class Material:
    """All that documents are made from; computed once, by the rules, for every document of a run.

    Attributes:
        view: the workbook on the day.
        results: one per trigger and scope.
        findings: what the checks found.
        reviews: the review calendar.
        lapsed: the rows of the Triggers sheet that stopped being raised without an answer.
        workbook_id: the id that the workbook gets in the run which makes them; '' where it has one, or gets none.
        names: whether the names of staff may stand in what leaves the organisation.
        confirmed: the ids of rows whose texts somebody looked at and let through, though they may identify a person.
    """

    view: View
    results: Sequence[Result] = ()
    findings: Sequence[Finding] = ()
    reviews: Sequence[Review] = ()
    lapsed: Sequence[Triggers] = ()
    workbook_id: str = ""
    names: bool = False
    confirmed: frozenset[str] = frozenset()

    def in_state(self, *states: State) -> list[Result]:
        """The results in one of these states, in the order of the framework."""
        return [r for r in self.results if r.state in states]


def programme_call(document: Document, called: bool, reason: str) -> list[Call]:  # noqa: FBT001 - it is what is said
    """The one call of a document about the whole programme."""
    return [Call(document, PROGRAMME_SCOPE, called, reason)]


#: Who may read what is made for the organisation itself.
INTERNAL = "Internal: may hold personal data"


def champion_calls(
    document: Document, material: Material, reason: Callable[[WorkforcePlan], str], why_not: str
) -> list[Call]:
    """A call of a document about each champion who is judged.

    Args:
        document: which one.
        material: what it is made from.
        reason: why it is called for for a champion; '' where it isn't.
        why_not: what is said of the others.
    """
    calls = []
    for champion in material.view.judged_champions():
        why = reason(champion)
        calls.append(Call(document, Scope(ScopeKind.CHAMPION, champion.champion_id), bool(why), why or why_not))
    return calls


def service_calls(document: Document, material: Material, reason: Callable[[str], str], why_not: str) -> list[Call]:
    """A call of a document about each service in use.

    Args:
        document: which one.
        material: what it is made from.
        reason: why it is called for for a Service code; '' where it isn't.
        why_not: what is said of the others.
    """
    calls = []
    for service in material.view.services_in_use():
        why = reason(service.service_code)
        calls.append(Call(document, Scope(ScopeKind.SERVICE, service.service_code), bool(why), why or why_not))
    return calls


@dataclass(frozen=True)
class About:
    """What stands at the head, in the footer and in the properties of every document.

    Attributes:
        made_from: a sentence for the properties: workbook, fingerprint and day.
        day: the day the document is as of, in words; `iso` the same as YYYY-MM-DD.
        number: the document's own number, the same for the same workbook and day.
        workbook_id: the id of the workbook that it was made from; '' where that has none yet.
        classification: who may read it.
        status: what it is until somebody confirms it.
    """

    title: str
    provider: str
    programme: str
    board: str
    care_system: str
    supplier: str
    day: str
    iso: str
    scope: str
    made_from: str
    contact: str
    number: str = ""
    workbook_id: str = ""
    classification: str = INTERNAL
    status: str = "DRAFT"
