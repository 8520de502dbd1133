"""Which documents are called for, and why; and why the others are not (docs/contract/documents.md, column "when")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbook.documents.catalogue import BY_ID, DOCUMENTS
from workbook.documents.declare import Call, Material
from workbook.model.errors import UnknownName


def called_for(material: Material) -> list[Call]:
    """A call for every document and scope, called or not, in the order of the catalogue."""
    return [call for document in DOCUMENTS for call in document.call(document, material)]


def chosen(material: Material, only: Iterable[str] = ()) -> list[Call]:
    """The calls with the documents of `only` called for whatever the rules say, and no others; all without `only`.

    Raises:
        UnknownName: `only` names a document that there is none of.
    """
    wanted = [name.strip().casefold() for name in only]
    for name in wanted:
        if name not in BY_ID:
            raise UnknownName(
                f"There is no document “{name}”.", next_step=f"Documents: {', '.join(d.id for d in DOCUMENTS)}."
            )
    calls = called_for(material)
    if not wanted:
        return calls
    return [
        Call(
            c.document, c.scope, c.document.id in wanted, "Asked for." if c.document.id in wanted else "Not asked for."
        )
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
