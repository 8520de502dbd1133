"""How documents put days, counts, rows and rules into words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from workbook.documents.declare import INTERNAL, About, Document, Material
from workbook.documents.references import code_of
from workbook.model.catalogue import BY_ID
from workbook.model.cells import Cell, show
from workbook.model.registers import BY_TABLE, People, Services, WorkforcePlan
from workbook.model.snapshot import ID_PROPERTY
from workbook.model.triggers import PROGRAMME_SCOPE, Evidence, Result, ScopeKind
from workbook.model.view import View

NOT_RECORDED = "Not recorded"
#: So many rows are named one by one; more stand on the Triggers sheet.
ROWS_NAMED = 5


def day(value: dt.date | None, missing: str = NOT_RECORDED) -> str:
    """A day in words, such as 30 Jun 2026."""
    return show(value) if value is not None else missing


def text(value: Cell, missing: str = NOT_RECORDED) -> str:
    """A cell in words, `missing` where it is blank."""
    return show(value).strip() or missing


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: “1 issue”, “3 issues”, “3 entries”."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(items: Iterable[str]) -> str:
    """Items as in a sentence: “A, B and C”."""
    parts = list(items)
    return " and ".join(([", ".join(parts[:-1])] if parts[:-1] else []) + parts[-1:])


def rows_in_words(evidence: Sequence[Evidence]) -> str:
    """The rows that something rests on, by sheet: “Improvement log IM-001, IM-002; Meetings MT-003”."""
    sheets: dict[str, list[str]] = {}
    for table, row_id in evidence[:ROWS_NAMED]:
        sheets.setdefault(BY_TABLE[table].sheet if table in BY_TABLE else table, []).append(row_id)
    words = "; ".join(f"{sheet} {', '.join(ids)}" for sheet, ids in sheets.items())
    more = len(evidence) - ROWS_NAMED
    return f"{words}; and {more} more, sheet Triggers" if more > 0 else words or "No rows"


def rule_in_words(view: View, trigger: str) -> str:
    """What the rule asks, with the thresholds in force; the trigger's title where it has no sentence."""
    declared = BY_ID[trigger]
    known = {p.name: show(view.threshold(trigger, p.name)) for p in declared.parameters}
    rule = re.sub(r"\{([^{}]+)\}", lambda m: known.get(m[1], m[0]), declared.rule) or declared.title
    return re.sub(r"`([^`]*)`", r"“\1”", rule)


def scope_in_words(view: View, result: Result) -> str:
    """What a result is about: a service's name, a champion's id and name, or the whole programme."""
    if result.scope.kind is ScopeKind.PROGRAMME:
        return "Whole programme"
    if result.scope.kind is ScopeKind.SERVICE:
        return service_name(view, result.scope.id)
    champion = view.find(WorkforcePlan, result.scope.id)
    return f"{result.scope.id} {champion.name}" if champion is not None and champion.name else result.scope.id


def service_name(view: View, code: str | None) -> str:
    """A service's name; its code where it has none; “All services” for no code."""
    if not code:
        return "All services"
    row = view.find(Services, code)
    return row.name if row is not None and row.name else code


def owner_in_words(result: Result) -> str:
    """Who should act: the name and the role."""
    return f"{result.owner_name} ({result.owner.lower()})" if result.owner_name else result.owner


def roles_of(view: View) -> dict[str, list[str]]:
    """The people of the programme and the roles each holds, both in the order of the workbook."""
    roles: dict[str, list[str]] = {}
    for row in view.snapshot.rows(People):
        if row.person and row.role and row.role not in roles.setdefault(row.person, []):
            roles[row.person].append(row.role)
    return roles


def document_number(document: str, scope: str, as_of: dt.date, fingerprint: str) -> str:
    """A document's own number, such as BM-20260630-K7QXZ: the same for the same workbook and day.

    Args:
        document: the document's id.
        scope: a Service code, a Champion ID or "programme".
        as_of: the day it is as of.
        fingerprint: of the workbook it was made from.
    """
    code = code_of(f"{document} {scope} {as_of.isoformat()} {fingerprint}")
    return f"{number_begins(document)}{as_of:%Y%m%d}-{code}"


def number_begins(document: str) -> str:
    """How the numbers of a document begin, by its id: BM- of board-minutes."""
    return "".join(word[:1] for word in document.split("-")).upper() + "-"


def about(
    document: Document, material: Material, scope: str = "Whole programme", scope_id: str = PROGRAMME_SCOPE.id
) -> About:
    """The head and the footer of a document.

    Args:
        document: which one.
        material: what it is made from.
        scope: what it is about, in words.
        scope_id: the same as in the register of documents.
    """
    view, settings = material.view, material.view.snapshot.programme
    snapshot = view.snapshot
    made_from = f"Made from {snapshot.name}, fingerprint {snapshot.fingerprint}, as of {day(view.as_of)}"
    return About(
        title=document.title,
        provider=text(settings.provider_name, "Provider not named"),
        programme=text(settings.programme_name, "Programme not named"),
        board=text(settings.board_name, "Project board"),
        care_system=text(settings.care_system, "the care system"),
        supplier=text(settings.care_system_supplier, "the supplier"),
        day=day(view.as_of),
        iso=view.as_of.isoformat(),
        scope=scope,
        made_from=made_from,
        contact=text(settings.contact_email, ""),
        number=document_number(document.id, scope_id, view.as_of, snapshot.fingerprint),
        workbook_id=material.workbook_id or snapshot.properties.get(ID_PROPERTY, ""),
        classification=_classification(document, settings.classification, names=material.names),
    )


def _classification(document: Document, setting: str | None, *, names: bool) -> str:
    """Who may read it, and what stands in it: the setting's words where it stays in the organisation."""
    if not document.recipient:
        return " ".join((setting or "").split()) or INTERNAL
    holds = "names staff" if names else "no personal data of staff or of people who draw on care"
    return f"Prepared for {document.recipient}: {holds}"
