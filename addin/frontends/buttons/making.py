"""Make documents: those that are called for, or one, written, entered, and shown."""

from __future__ import annotations

from collections.abc import Sequence

from addin.frontends.buttons.situation import Outcome, Question, Situation
from addin.hosts.apply.newer_layout import refuse_newer
from addin.hosts.office.cache import findings_of
from addin.output.documents.make import make_documents, naming
from workbook.answers import trigger_memory
from workbook.documents.calling import NOT_ASKED, called_for, chosen, held_back, told_calls
from workbook.documents.declare import Call, Material
from workbook.documents.quoting import TO_LET_THROUGH, let_through
from workbook.documents.register import entered
from workbook.model.errors import HostCannot
from workbook.model.light_dataclasses import replace
from workbook.model.snapshot import own_id
from workbook.model.view import View
from workbook.rules import triggers as rules
from workbook.rules.reviews import reviews as due_in

_NONE_DUE = (
    "No document is due now. To have one all the same, choose it in the menu beside Make documents. This is why none "
    "is due:\n"
)


def make(at: Situation, only: str) -> Outcome:
    """Writes the documents that are called for, or one, beside the workbook, and enters them."""
    if at.path is None:
        raise HostCannot(
            "Documents go beside the workbook, and this one lies in no folder of this computer.",
            next_step="Save it on this computer, then press again.",
        )
    snapshot = at.read()
    view = View(snapshot, at.as_of)
    findings = findings_of(snapshot, at.as_of)
    lapsed, own = trigger_memory.lapsed(snapshot), own_id(snapshot, at.who, at.when)
    material = Material(view, rules.evaluate(view), findings, due_in(view), lapsed, workbook_id=own)
    calls = chosen(material, (only,)) if only else called_for(material)
    let = _let_through(at, calls)
    if let is None:
        return Outcome("No document was made.")
    if let:
        refuse_newer(snapshot)  # no history would keep what was let through
        material = replace(material, confirmed=let)
        calls = chosen(material, (only,)) if only else called_for(material)
    at.step("Making documents")
    made = make_documents(material, calls, at.path, made_on=at.when.date(), may=at.may)
    with naming(made.written):
        inverse = at.write(entered(snapshot, made.entries, let_through(material))) if made.entries else None
    told = [f"{w.document.title}: {w.path.name}" for w in made.written]
    paths = [w.path for w in made.written]
    if paths:
        told.append(f"\n{'They lie' if len(paths) > 1 else 'It lies'} in {paths[0].parent}")
    elif not only:
        told.append(_NONE_DUE)
    told += made.notes
    told += told_calls([call for call in made.calls if call.reason != NOT_ASKED], made=False)
    shows = paths[0].parent if len(paths) > 1 else next(iter(paths), None)
    return Outcome(message="\n".join(told), inverse=inverse, shows=shows)


def _let_through(at: Situation, calls: Sequence[Call]) -> frozenset[str] | None:
    """Asks which texts may stand in documents that are not made for their sake; None where the person stops."""
    cells = held_back(calls)
    if not cells:
        return frozenset()
    at.step("Waiting for your choice")
    lines = tuple(map(str, cells))
    ticked = at.choose(Question(TO_LET_THROUGH, lines, "Go on", several=True, unticked=tuple(range(len(lines)))))
    return None if ticked is None else frozenset(cells[n].id for n in ticked)
