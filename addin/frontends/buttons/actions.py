"""What each button does: reads the workbook, has the pure part decide, applies it, and says in short what came of it.

An action knows a host and nothing of windows, so that every host carries it out alike. Where the result is to be seen
in the workbook, the outcome names the cell to go to; what has no place there is said in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from addin.frontends.buttons.situation import Outcome, Place, Question, Situation
from addin.frontends.buttons.words import counted, lines, said_of_explanation
from addin.hosts.office.cache import findings_of
from workbook.model.cells import fold, show
from workbook.model.changes import Change, ChangeSet, SetCell, ShowSheets
from workbook.model.errors import UnknownName
from workbook.model.findings import SEVERITY_WORDS, Finding, Severity
from workbook.model.light_dataclasses import replace
from workbook.model.registers import BY_TABLE, Checks, ReviewsDue, Services, Triggers, WorkforcePlan
from workbook.model.snapshot import Snapshot
from workbook.ribbon import ITEM_MARK

#: How many things a message lists before it says how many more there are.
MOST = 10


def act(pressed: str, at: Situation) -> Outcome:
    """Does what was pressed: a command's name, or `command:item`.

    Raises:
        UnknownName: nothing is called that.
        ChampionsError: whatever else keeps the command from being done.
    """
    command, _, item = pressed.partition(ITEM_MARK)
    action = ACTIONS.get(command)
    if action is None:
        raise UnknownName(f"There is no button “{command}”.", next_step="Install the program again.")
    outcome = action(at, item)
    shown = _appeared(outcome)
    if not shown:
        return outcome
    if outcome.message:
        return replace(outcome, message=f"{outcome.message}\n\n{shown}")
    return replace(outcome, brief=f"{outcome.brief} {shown}".strip())


def _appeared(outcome: Outcome) -> str:
    """Which tabs a press showed, in words; '' for none."""
    undone = outcome.inverse.changes if outcome.inverse is not None else ()
    tabs = sorted({sheet for c in undone if isinstance(c, ShowSheets) and c.hide for sheet in c.sheets})
    if not tabs:
        return ""
    named = ", ".join(tabs[:-1]) + (" and " if len(tabs) > 1 else "") + tabs[-1]
    return f"{'Sheets that appeared' if len(tabs) > 1 else 'A sheet that appeared'}: {named}."


def check(at: Situation, service: str = "") -> Outcome:
    """Looks through the entries; with a service, leads to the first finding of that one."""
    from workbook.answers.entering import entered, with_entries
    from workbook.answers.recording import looked_through
    from workbook.rules.checks import listed

    snapshot = at.read()
    at.step("Checking entries")
    entering = entered(snapshot)
    findings = findings_of(entering.after, at.as_of)
    told = asked = listed(findings)
    if service:
        _know_service(snapshot, service)
        asked = [f for f in told if _service_of(snapshot, f) == fold(service)]
    looked = looked_through(entering.after, findings, at.as_of, _answer_on_defaults(at, snapshot))
    inverse = at.write(with_entries(entering, looked))
    counts = Counter(f.severity for f in asked)
    parts = ", ".join(f"{counts[s]} {SEVERITY_WORDS[s].lower()}" for s in Severity if counts[s])
    about = f"{service}: " if service else ""
    said = [about + (f"{parts}." if parts else "every entry is sound.") + _ids_given(inverse), *entering.said]
    brief = " ".join(said)
    first = told.index(asked[0]) if asked else 0
    return Outcome(brief, go=_result(at, snapshot, Checks.table, first), inverse=inverse)


def _answer_on_defaults(at: Situation, snapshot: Snapshot) -> Sequence[Change]:
    """What the person says of thresholds that stand at a former default: nothing is changed by itself."""
    from workbook.rules.checks.thresholds import kept, outdated, taken

    offered = outdated(snapshot)
    if not offered:
        return ()
    at.step("Waiting for your choice")
    named = "\n".join(one.words for one in offered)
    question = Question(f"{_NEW_DEFAULTS}\n\n{named}", ("Take the new numbers", "Keep what is there"))
    chosen = at.choose(question)
    if not chosen:
        return ()
    return kept(snapshot) if chosen[0] else taken(snapshot)


def _ids_given(inverse: ChangeSet | None) -> str:
    """How many ids a check filled in, in a sentence; '' for none."""
    keys = {(r.table, r.key.header) for r in BY_TABLE.values() if r.key is not None}
    changes = inverse.changes if inverse is not None else ()
    given = sum(isinstance(c, SetCell) and (c.row.table, c.column) in keys for c in changes)
    return f" {given} ID{'s were' if given > 1 else ' was'} filled in." if given else ""


def fix(at: Situation, _item: str = "") -> Outcome:
    """Lists what can be put right, what is certain with a tick; makes what is left ticked, in one step."""
    from workbook.answers.corrections import fixed, proposed

    snapshot = at.read()
    at.step("Looking for mistakes")
    found = sorted(proposed(snapshot, at.as_of), key=lambda c: not c.certain)
    if not found:
        return Outcome("Nothing that could be put right for you.")
    at.step("Waiting for your choice")
    unsure = tuple(n for n, c in enumerate(found) if not c.certain)
    told = tuple(c.line if c.certain else f"{c.line}? {c.reason}" for c in found)
    chosen = at.choose(Question(_WHAT_TO_FIX + (_UNSURE if unsure else ""), told, "Fix", several=True, unticked=unsure))
    if not chosen:
        return Outcome("Nothing was changed.")
    changes, left = fixed(snapshot, [found[n] for n in sorted(chosen)], at.as_of)
    inverse = at.write(changes)
    mend = sum(f.severity is Severity.ERROR for f in left)
    brief = f"{counted(len(chosen), 'entry was', 'entries were')} put right; {counted(mend, 'entry', 'entries')} left"
    return Outcome(f"{brief} that must be mended.", go=_result(at, snapshot, Checks.table), inverse=inverse)


def triggers(at: Situation, _item: str = "") -> Outcome:
    """Computes where the framework asks for action, and writes it."""
    from workbook.answers.recording import record
    from workbook.model.triggers import State
    from workbook.model.view import View
    from workbook.rules import triggers as rules
    from workbook.rules.reviews import reviews

    view = View(at.read(), at.as_of)
    at.step("Computing triggers")
    results, due = rules.evaluate(view), reviews(view)
    held = _held_back(view.snapshot, at)
    inverse = None if held else at.write(record(view, results, due))
    states = Counter(r.state for r in results)
    late = sum(bool(r.days_late) for r in due)
    raised = counted(states[State.RAISED], "trigger asks", "triggers ask")
    brief = f"{raised} for action, {counted(states[State.WATCH], 'early warning')}, {counted(late, 'review')} late."
    if held:
        return Outcome(message=f"{brief}\n\n{held}", go=_top(view.snapshot, Triggers.table))
    return Outcome(brief, go=_result(at, view.snapshot, Triggers.table), inverse=inverse)


def _held_back(snapshot: Snapshot, at: Situation) -> str:
    """Why nothing may be written of the triggers on this day, in words; '' where it may."""
    from workbook.answers.clock import said_of_far_ahead, said_of_looking_back

    back = said_of_looking_back(snapshot, at.as_of)
    ahead = said_of_far_ahead(snapshot, at.as_of)
    if back or not ahead or at.ask(f"{ahead}\n\nIs this day right, and should the triggers be written as of it?"):
        return back
    return f"{ahead} Nothing was written, and what is remembered of triggers was left as it is. Set the clock."


def week(at: Situation, _item: str = "") -> Outcome:
    """Names at most seven things to do this week."""
    from workbook.answers.week import LIMIT, waiting
    from workbook.model.view import View
    from workbook.rules import triggers as rules
    from workbook.rules.reviews import reviews

    snapshot = at.read()
    at.step("Looking at the week")
    view = View(snapshot, at.as_of)
    todo = waiting(view, findings_of(snapshot, at.as_of), rules.evaluate(view), reviews(view))
    told = [
        f"{n}. {t.what}\n     {t.where(snapshot)}" + "".join(f", {x}" for x in (t.who, show(t.due)) if x)
        for n, t in enumerate(todo[:LIMIT], start=1)
    ]
    return Outcome(message=lines(told, len(todo) - LIMIT) or "Nothing is waiting for you this week.")


def explain(at: Situation, _item: str = "") -> Outcome:
    """Explains the trigger whose row is chosen on the sheet of the triggers."""
    from workbook.answers.explain import explain as explained

    snapshot = at.read()
    key = _chosen_trigger(snapshot, at.chosen)
    if key is None:
        return Outcome(
            message=f"Choose a row on the sheet {Triggers.sheet}, then press again: you see its rule and the entries "
            "that it rests on.",
            go=_top(snapshot, Triggers.table),
        )
    trigger, _, scope = key.partition(":")
    return Outcome(message=said_of_explanation(explained(snapshot, trigger, scope or None, at.as_of), MOST))


def reviews(at: Situation, _item: str = "") -> Outcome:
    """Names the reviews that are due or late, the most urgent first."""
    from workbook.model.view import View
    from workbook.rules.reviews import by_urgency
    from workbook.rules.reviews import reviews as due_in

    snapshot = at.read()
    due = by_urgency(due_in(View(snapshot, at.as_of)))
    told = [
        f"{r.name}, {r.service or 'all services'}: "
        + (f"{counted(r.days_late, 'day')} late" if r.days_late else f"due {show(r.next_due) or 'when it starts'}")
        + f" ({r.owner_name or r.owner})"
        for r in due[:MOST]
    ]
    message = lines(told, len(due) - MOST) or "No review is due."
    return Outcome(message=message, go=_top(snapshot, ReviewsDue.table))


def documents(at: Situation, only: str = "") -> Outcome:
    """Writes the documents that are called for, or one, beside the workbook, and enters them."""
    from addin.frontends.buttons.making import make

    return make(at, only)


def read_minutes(at: Situation, _item: str = "") -> Outcome:
    """Reads filled-in minutes: shown first, written on a yes."""
    from addin.frontends.buttons.minutes import read

    return read(at)


def bring_in(at: Situation, _item: str = "") -> Outcome:
    """Brings entries of other lists in: shown first, written on a yes."""
    from addin.frontends.buttons.bringing_in import bring

    return bring(at)


def new(at: Situation, _item: str = "") -> Outcome:
    """Writes an empty workbook into the person's documents, and has it opened."""
    from addin.frontends.start_menu import new_workbook

    at.step("Writing the workbook")
    path = new_workbook(at.documents_folder)
    return Outcome(f"Written: {path}", opens=path)


def restore(at: Situation, _item: str = "") -> Outcome:
    """Lists the earlier states in words, and opens the chosen one as a document of its own."""
    from addin.frontends.buttons.earlier_versions import copy_of, listed, said_of_none, states_of

    states = states_of(at.path, at.keeper)
    if not states:
        return Outcome(message=said_of_none())
    at.step("Waiting for your choice")
    chosen = at.choose(Question(_WHICH_STATE, tuple(listed(states, at.when)), confirm="Open"))
    if not chosen:
        return Outcome()
    return Outcome(opens=copy_of(states[chosen[0]], at.path, at.documents_folder))


def sheets(at: Situation, _item: str = "") -> Outcome:
    """Shows every hidden sheet of ours."""
    from workbook.model.shown_sheets import all_shown

    inverse = at.write(all_shown(at.read()))
    return Outcome("" if inverse is not None else "Every sheet of the programme is shown already.", inverse=inverse)


def doctor(_at: Situation, _item: str = "") -> Outcome:
    """Says what is wrong with the program and how to fix it."""
    from addin.frontends.doctor import examine

    wrong = [f"{p.words} {p.mend}".strip() for part in examine(None) for p in part.points if not p.well]
    return Outcome(message="\n".join(wrong) or "All is well: the program is whole, and so is what it needs.")


#: Every button but the one that takes back: that is of the host, which knows what was written.
ACTIONS: Mapping[str, Callable[[Situation, str], Outcome]] = {
    "check": check,
    "fix": fix,
    "triggers": triggers,
    "week": week,
    "explain": explain,
    "reviews": reviews,
    "documents": documents,
    "read-minutes": read_minutes,
    "import": bring_in,
    "new": new,
    "restore": restore,
    "sheets": sheets,
    "doctor": doctor,
}
#: Those that may be done anew where the workbook changed meanwhile: they make nothing but what they write into it.
REPEATABLE = frozenset({"check", "triggers"})
_WHAT_TO_FIX = "These entries can be put right. Take the tick away from what should stay: space bar, or a double click."
_UNSURE = " What may be right as it is has no tick, and stands last."
_NEW_DEFAULTS = (
    "The triggers have new numbers on the sheet Thresholds, where nobody has changed the old ones. Take them? Whatever "
    "you choose, you are not asked again."
)
_WHICH_STATE = (
    "Which earlier state of this workbook do you want to see? It opens as a workbook of its own; this one stays as it "
    "is."
)


def _know_service(snapshot: Snapshot, code: str) -> None:
    if snapshot.find(Services, code) is None:
        known = ", ".join(row.service_code for row in snapshot.rows(Services) if row.service_code)
        raise UnknownName(f"There is no service {code}.", next_step=f"Known: {known}.")


def _service_of(snapshot: Snapshot, finding: Finding) -> str:
    """The folded code of the service that a finding concerns: its row's own, or its champion's; '' for neither."""
    register = BY_TABLE.get(finding.table)
    if register is None:
        return ""
    row = snapshot.find(register, finding.id)
    if row is None and finding.row is not None:
        row = next((r for r in snapshot.rows(register) if r.sheet_row == finding.row), None)
    if row is None or register is Services:
        return fold(row.id or "") if row is not None else ""
    for column in register.columns:
        value = getattr(row, column.attr)
        if column.target == Services.table and isinstance(value, str):
            return fold(value)
        if column.target == WorkforcePlan.table and isinstance(value, str):
            champion = snapshot.find(WorkforcePlan, value)
            if champion is not None:
                return fold(champion.service or "")
    return ""


def _top(snapshot: Snapshot, table: str, ordinal: int = 0) -> Place | None:
    """The first cell of a table's row, counted from 0; None where the workbook has no such table."""
    data = snapshot.tables.get(table)
    return Place(data.sheet, data.header_row + 1 + ordinal, data.first_column) if data is not None else None


def _result(at: Situation, before: Snapshot, table: str, ordinal: int = 0) -> Place | None:
    """The first cell of a row of a computed table after a run: it is read again only where the run added the table."""
    return _top(before if table in before.tables else at.host.read(), table, ordinal)


def _chosen_trigger(snapshot: Snapshot, chosen: Place | None) -> str | None:
    data = snapshot.tables.get(Triggers.table)
    if data is None or chosen is None or chosen.sheet != data.sheet:
        return None
    return next((row.result_key for row in snapshot.rows(Triggers) if row.sheet_row == chosen.row), None)
