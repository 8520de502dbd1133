"""Which documents are called for, and why; and why the others are not (spec 3-documents, column "when")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from workbook.documents.catalogue import BY_ID, DOCUMENTS
from workbook.documents.declare import Call, Material
from workbook.documents.words import day
from workbook.errors import UnknownName
from workbook.reviews import GOVERNANCE

#: A paper is made this long before the day it is for.
AHEAD = dt.timedelta(days=7)


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


def governance_due(material: Material, owner: str) -> str:
    """Why the governance round is due, '' where it isn't. A role that falls back counts for whom it fell back from."""
    role = material.view.holder(owner)[0]
    reviews = [r for r in material.reviews if r.review == GOVERNANCE and r.next_due and r.owner in (owner, role)]
    soon = [r.next_due for r in reviews if r.next_due is not None and r.next_due <= material.view.as_of + AHEAD]
    if not soon:
        return ""
    first = min(soon)
    late = first < material.view.as_of
    return f"Governance review {'was' if late else 'is'} due on {day(first)}."


def only_called(calls: Sequence[Call]) -> list[Call]:
    """Those that are called for."""
    return [c for c in calls if c.called]
