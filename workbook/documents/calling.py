"""Which documents are called for, and why; and why the others are not (docs/contract/documents.md, column "when")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbook.documents.catalogue import BY_ID, DOCUMENTS
from workbook.documents.declare import Call, Document, Material, Withheld
from workbook.model.cells import fold
from workbook.model.errors import UnknownName
from workbook.model.light_dataclasses import replace
from workbook.model.triggers import PROGRAMME_SCOPE, ScopeKind

NOT_ASKED = "Not asked for."
#: So many texts are named for which a document is not made.
_MOST_NAMED = 5
_NOBODY = {
    ScopeKind.CHAMPION: "No champion on the workforce plan is preparing or acting.",
    ScopeKind.SERVICE: "No service is in use.",
    ScopeKind.PROGRAMME: "There is nothing to make it about.",
}


def called_for(material: Material) -> list[Call]:
    """A call for every document and scope, called or not, in the order of the catalogue."""
    return [call for document in DOCUMENTS for call in _calls(document, material)]


def _calls(document: Document, material: Material) -> list[Call]:
    """A document's calls, with those that can't be made told so; one that has nobody to be about is told too."""
    calls = list(document.call(document, material))
    if not calls:
        return [Call(document, PROGRAMME_SCOPE, called=False, reason=_NOBODY[document.scope], possible=False)]
    found = []
    for call in calls:
        why_not = document.why_not(material, call.scope)
        withheld = () if why_not else tuple(document.withholds(document, material))
        if why_not:
            found.append(replace(call, called=False, reason=why_not, possible=False))
        elif withheld:
            reason = _told_withheld(withheld) if call.called else call.reason
            found.append(replace(call, called=False, reason=reason, possible=False, withheld=withheld))
        else:
            found.append(call)
    return found


def _told_withheld(withheld: Sequence[Withheld]) -> str:
    named = "; ".join(map(str, withheld[:_MOST_NAMED]))
    more = f"; and {len(withheld) - _MOST_NAMED} more" if len(withheld) > _MOST_NAMED else ""
    return f"A text in it may identify a person: {named}{more}. Take that out, or look at it and let it through."


def chosen(material: Material, only: Iterable[str] = ()) -> list[Call]:
    """The calls with the documents of `only` called for whatever the rules say, and no others; all without `only`.

    Raises:
        UnknownName: `only` names a document that there is none of.
    """
    wanted = known_documents(only)
    calls = called_for(material)
    if not wanted:
        return calls
    return [_asked(call, asked=call.document.id in wanted) for call in calls]


def known_documents(names: Iterable[str]) -> list[str]:
    """The ids of documents that people name.

    Raises:
        UnknownName: there is none of such a name.
    """
    wanted = [name.strip().casefold() for name in names]
    for name in wanted:
        if name not in BY_ID:
            raise UnknownName(
                f"There is no document “{name}”.", next_step=f"Documents: {', '.join(d.id for d in DOCUMENTS)}."
            )
    return wanted


def _asked(call: Call, *, asked: bool) -> Call:
    """The call where people say what they want: called for if they name it and it can be made."""
    if not asked:
        return replace(call, called=False, reason=NOT_ASKED)
    if call.withheld:
        return replace(call, reason=_told_withheld(call.withheld))
    return replace(call, called=True, reason="Asked for.") if call.possible else call


def of_services(calls: Sequence[Call], codes: Iterable[str]) -> list[Call]:
    """The calls, with documents made for each service called for only for these; for all without any code."""
    wanted = {fold(code) for code in codes}
    return [
        replace(c, called=False, reason=NOT_ASKED)
        if wanted and c.scope.kind is ScopeKind.SERVICE and fold(c.scope.id) not in wanted
        else c
        for c in calls
    ]


def told_calls(calls: Sequence[Call], *, made: bool = True) -> list[str]:
    """What is made and what not, in a line for each document and reason.

    Args:
        calls: of every document and scope.
        made: whether those that are called for are told too.
    """
    groups: dict[tuple[str, bool, str], int] = {}
    for call in calls:
        key = (call.document.title, call.called, call.reason)
        groups[key] = groups.get(key, 0) + 1
    lines = []
    for (title, called, reason), number in groups.items():
        if made or not called:
            times = f", {number} times" if called and number > 1 else ""
            lines.append(f"{title}: {'made' if called else 'not made'}{times}. {reason}")
    return lines


def only_called(calls: Sequence[Call]) -> list[Call]:
    """Those that are called for."""
    return [c for c in calls if c.called]


def held_back(calls: Sequence[Call]) -> list[Withheld]:
    """The texts for whose sake documents that are wanted are not made, each once."""
    return list(dict.fromkeys(cell for call in calls if call.reason != NOT_ASKED for cell in call.withheld))
