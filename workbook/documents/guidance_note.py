"""What a standardised guidance note holds (guidance-note): one agreed way, drafted from what was told and advised."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook.documents.declare import About, Document, Material
from workbook.documents.quoting import Quotes
from workbook.documents.references import tag
from workbook.documents.support_review import advice, followed
from workbook.documents.words import about, counted, listed, service_name
from workbook.model.cells import show
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Guidance, SupportLog
from workbook.model.triggers import Result, Scope, State
from workbook.model.view import View, group_by
from workbook.rules.in_force import in_force

ASKING = ("S1", "S2")
#: So many workflows and needs stand in one note, so many ways and coachings of each are quoted.
SHOWN, WAYS = 4, 6
_COUNTS = (
    "This is the draft of one answer for all. It counts once it is approved below and entered on the sheet "
    "Approved guidance."
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True)
class Way:
    """One side: who gave this advice, which guidance it followed, and how often."""

    who: str
    followed: str
    said: str
    times: str


@dataclass(frozen=True)
class Note:
    """One workflow and need: why there is a note, the draft of the agreed steps, and what it is drafted from.

    Attributes:
        field: the tags of the places to fill in, by name.
    """

    number: int
    title: str
    why: str
    guidance: Sequence[str]
    steps: Sequence[str]
    drafted: str
    ways: Sequence[Way]
    version: str
    origin: str
    field: dict[str, str]


@dataclass(frozen=True)
class GuidanceNote:
    """The context of the template guidance-note."""

    about: About
    service: str
    intro: str
    notes: Sequence[Note]
    more: str


def results_asking(material: Material, service: str) -> list[Result]:
    """S1 and S2 of a service where they ask for action or warn."""
    return [r for r in material.in_state(State.RAISED, State.WATCH) if r.trigger in ASKING and r.scope.id == service]


def guidance_note(document: Document, material: Material, scope: Scope) -> GuidanceNote:
    """The note of one service, a block for each workflow and need that S1 or S2 rest on."""
    view, code = material.view, scope.id
    quotes = Quotes(document, material)
    themes = _themes(view, results_asking(material, code))
    notes = [_note(view, quotes, n, key, *found) for n, (key, found) in enumerate(themes.items(), start=1)]
    number = counted(len(notes), "workflow and need", "workflows and needs")
    return GuidanceNote(
        about=about(document, material, service_name(view, code), code),
        service=service_name(view, code),
        intro=f"Staff asked about {number} again and again, or got different answers. {_COUNTS}"
        if notes
        else "No need came again and no advice conflicts.",
        notes=notes[:SHOWN],
        more=f"{counted(len(notes) - SHOWN, 'more workflow and need', 'more workflows and needs')} wait for a note."
        if len(notes) > SHOWN
        else "",
    )


_Key = tuple[str, str]


def _themes(view: View, results: Sequence[Result]) -> dict[_Key, tuple[list[Result], list[SupportLog]]]:
    """The entries behind the results, by workflow and need, with the results that rest on them."""
    found: dict[_Key, tuple[list[Result], list[SupportLog]]] = {}
    for result in sorted(results, key=lambda r: r.trigger, reverse=True):
        entries = [view.find(SupportLog, row_id) for table, row_id in result.evidence if table == SupportLog.table]
        known = [e for e in entries if e is not None and e.workflow and e.support_need]
        for key, rows in group_by(known, lambda e: (e.workflow, e.support_need)).items():
            why, all_rows = found.setdefault(key, ([], []))
            why.append(result)
            all_rows += [r for r in rows if r.ordinal not in {a.ordinal for a in all_rows}]
    return found


def _note(
    view: View, quotes: Quotes, number: int, key: _Key, results: Sequence[Result], entries: Sequence[SupportLog]
) -> Note:
    workflow, need = key
    standing = _in_force(view, workflow, need)
    steps, drafted = _steps(quotes, standing, entries)
    version = max((g.version or 0 for g in standing), default=0) + 1
    keys = [r.key for r in results]
    return Note(
        number=number,
        title=f"{workflow}: {need[:1].lower()}{need[1:]}",
        why=f"{counted(len(entries), 'entry', 'entries')}. {listed(f'{r.trigger} {r.title}' for r in results)}.",
        guidance=[
            f"{g.id} “{quotes.cell(g, Guidance.title)}”, version {show(g.version)}: "
            f"{quotes.cell(g, Guidance.summary, '')}"
            for g in standing
        ],
        steps=steps,
        drafted=drafted,
        ways=_ways(view, quotes, entries)[:WAYS],
        version=f"{version}" if version > 1 else "1, the first",
        origin=listed(keys),
        field={
            name: tag(name.replace("_", "-"), f"{keys[0]}:{number}") for name in ("approved", "approved_on", "review")
        },
    )


def _in_force(view: View, workflow: str, need: str) -> list[Guidance]:
    """The guidance in force for a workflow and need on the day, that for the need itself first."""
    usable = view.usable(Guidance, Guidance.workflow, Guidance.support_need, Guidance.withdrawn_on).rows
    found = [
        one.guidance
        for one in in_force(usable).values()
        if one.on(view.as_of) and one.guidance.workflow == workflow and one.guidance.support_need in (None, need)
    ]
    return sorted(found, key=lambda g: (g.support_need is None, g.id))


def _steps(quotes: Quotes, standing: Sequence[Guidance], entries: Sequence[SupportLog]) -> tuple[list[str], str]:
    """The steps to agree on, and what they are drafted from."""
    if standing:
        words = [s for g in standing for s in _SENTENCE.split(quotes.cell(g, Guidance.summary))]
        ids = listed(g.id for g in standing)
        return [_step(s) for s in dict.fromkeys(words) if s], f"Drafted from the guidance in force, {ids}."
    coached = [
        quotes.cell(e, SupportLog.coaching_given) for e in entries if e.coaching_given and e.outcome == "Resolved"
    ]
    if coached:
        words = [s for c in list(dict.fromkeys(coached))[:WAYS] for s in _SENTENCE.split(c)]
        return [
            _step(s) for s in dict.fromkeys(words) if s
        ], "Drafted from coaching that resolved the need; none is in force."
    return [
        "To be written by the team leader and the champions."
    ], "No guidance is in force and no coaching is recorded."


def _step(words: str) -> str:
    plain = words.strip().rstrip(";")
    return f"{plain[:1].upper()}{plain[1:]}"


def _ways(view: View, quotes: Quotes, entries: Sequence[SupportLog]) -> list[Way]:
    """Each side of it: what champions told, by the guidance that they followed."""
    groups = group_by(entries, lambda e: (e.champion_id, e.guidance_followed))
    ways = [
        Way(
            who=quotes.champion(rows[0].champion_id),
            followed=followed(view, rows[0]),
            said=next((words for e in reversed(rows) if (words := advice(quotes, e))), "No advice is recorded."),
            times=counted(len(rows), "time"),
        )
        for rows in groups.values()
    ]
    return sorted(ways, key=lambda w: w.followed)
