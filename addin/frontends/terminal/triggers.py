"""champions triggers."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import Any

from addin.frontends.terminal.session import Session, busy, open_session, tell
from workbook.model.catalogue import RULES_VERSION
from workbook.model.cells import show as shown_cell
from workbook.model.light_dataclasses import dataclass
from workbook.model.triggers import STATE_WORDS, Result, State
from workbook.model.view import View
from workbook.rules import triggers
from workbook.rules.reviews import Review, reviews

_STYLES = {State.RAISED: "red", State.WATCH: "yellow"}


@dataclass(frozen=True)
class Judged:
    """All that is said of a workbook on a day."""

    view: View
    results: Sequence[Result]
    due: Sequence[Review]


def run(options: argparse.Namespace) -> int:
    """Says where the framework asks for action. Exit 0 nothing raised, 1 something."""
    session = open_session(options)
    judged = judge(session)
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out(as_json(session, judged))
    else:
        show(session, judged, everything=options.all)
    if not options.no_write:
        record(session, judged)
    return int(any(r.state is State.RAISED for r in judged.results))


def judge(session: Session) -> Judged:
    """The results and the reviews of the workbook as it stands."""
    with busy("Computing triggers"):
        view = session.view
        return Judged(view, triggers.evaluate(view), reviews(view))


def record(session: Session, judged: Judged) -> None:
    """Writes the results, proposed actions, this week's list and the run chart into the workbook."""
    from workbook.answers.clock import said_of_far_ahead, said_of_looking_back
    from workbook.answers.recording import record as changes_of

    held = said_of_looking_back(session.snapshot, session.as_of)
    ahead = "" if session.by_hand else said_of_far_ahead(session.snapshot, session.as_of)
    if ahead:
        held = (
            f"{ahead} What is remembered of triggers was left as it is: nothing was written. If the day is right, add "
        )
        held += f"--as-of {session.as_of.isoformat()}; if not, set the clock."
    if held:
        tell(held)
        return
    with busy("Writing"):
        session.write(lambda _: changes_of(judged.view, judged.results, judged.due))


def as_json(session: Session, judged: Judged) -> dict[str, Any]:
    """The JSON contract of `triggers --json` (docs/contract/architecture-rules.md)."""
    return {
        "workbook": str(session.path),
        "fingerprint": session.snapshot.fingerprint,
        "as_of": session.as_of.isoformat(),
        "rules": RULES_VERSION,
        "results": [r.as_json() for r in judged.results],
        "reviews": [r.as_json() for r in judged.due],
    }


def show(session: Session, judged: Judged, *, everything: bool = False) -> None:
    """What asks for action, then the early warnings, then what is late; all results if asked."""
    from addin.frontends.answer_tables import triggers_table
    from addin.frontends.terminal.show import Shown, console, heading, say, table

    page = console()
    counts = Counter(r.state for r in judged.results)
    words = ", ".join(f"{STATE_WORDS[s]}: {counts[s]:,}" for s in State)
    heading(page, f"Triggers on {shown_cell(session.as_of)}: {session.path.name}", words)
    states = list(State) if everything else [State.RAISED, State.WATCH]
    listed = [r for s in states for r in judged.results if r.state is s]
    headings, rows = triggers_table(listed)
    columns = [Shown(words, narrow=n < 2) for n, words in enumerate(headings)]
    if rows:
        page.print(table(columns, rows, [_STYLES.get(r.state, "") for r in listed]))
    else:
        say(page, "Nothing asks for action.")
    late = [r for r in judged.due if r.days_late]
    heading(page, "Reviews that are late", "" if late else "None.")
    if late:
        page.print(review_table(late))


def review_table(due: Sequence[Review]) -> Any:
    """Reviews as a table."""
    from addin.frontends.answer_tables import reviews_table
    from addin.frontends.terminal.show import Shown, table

    headings, rows = reviews_table(due)
    return table(list(map(Shown, headings)), rows, ["red" if r.days_late else "" for r in due])
