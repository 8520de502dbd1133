"""champions check."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import Any

from addin.frontends.terminal.session import Session, busy, open_session, tell
from workbook.model.findings import SEVERITY_WORDS, Finding, Severity
from workbook.rules import checks

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: ""}


def run(options: argparse.Namespace) -> int:
    """Looks for entries that are missing, wrong or doubtful. Exit 0 none must be mended, 1 some."""
    session = open_session(options)
    findings = examine(session, no_write=options.no_write)
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out(as_json(session, findings))
    else:
        show(session, findings, everything=options.all)
    if not options.no_write:
        record(session, findings, new_defaults=options.new_defaults)
    return int(any(f.severity is Severity.ERROR for f in findings))


def examine(session: Session, *, no_write: bool = False) -> Sequence[Finding]:
    """The findings of the workbook, with the rows of its entry sheets entered where it will be written."""
    from workbook.answers.entering import entered

    with busy("Checking entries"):
        snapshot = session.snapshot if no_write else entered(session.snapshot).after
        return checks.run(snapshot, session.as_of)


def record(session: Session, findings: Sequence[Finding], *, new_defaults: bool = False) -> None:
    """Writes the findings, enters rows of entry sheets, gives blank ids; new defaults where they were asked for."""
    from workbook.answers.entering import entered, with_entries
    from workbook.answers.recording import looked_through
    from workbook.rules.checks.thresholds import outdated, taken

    answer = taken(session.snapshot) if new_defaults else ()
    entering = entered(session.snapshot)
    with busy("Writing"):
        looked = looked_through(entering.after, findings, session.as_of, answer)
        session.write(lambda _: with_entries(entering, looked))
    for words in entering.said:
        tell(words)
    offered = outdated(session.snapshot)
    if offered:
        names = "; ".join(one.words for one in offered)
        tell(
            f"New defaults taken: {names}." if new_defaults else f"New defaults, to take with --new-defaults: {names}."
        )


def as_json(session: Session, findings: Sequence[Finding]) -> dict[str, Any]:
    """The JSON contract of `check --json` (docs/contract/architecture-rules.md)."""
    counts = Counter(f.severity for f in findings)
    return {
        "workbook": str(session.path),
        "fingerprint": session.snapshot.fingerprint,
        "counts": {severity.value: counts[severity] for severity in Severity},
        "findings": [f.as_json() for f in findings],
    }


def show(session: Session, findings: Sequence[Finding], *, everything: bool = False) -> None:
    """The findings as a table, worst first."""
    from addin.frontends.answer_tables import findings_table
    from addin.frontends.terminal.show import MOST, Shown, console, counted, heading, say, table

    page = console()
    counts = Counter(f.severity for f in findings)
    words = ", ".join(f"{SEVERITY_WORDS[s]}: {counts[s]:,}" for s in Severity)
    heading(page, f"Entries checked: {session.path.name}", words)
    if not findings:
        say(page, "Every entry is sound.")
        return
    shown = findings if everything else findings[:MOST]
    headings, rows = findings_table(session.snapshot, shown)
    columns = [Shown(heading, narrow=n < 2) for n, heading in enumerate(headings)]
    page.print(table(columns, rows, [_STYLES[f.severity] for f in shown]))
    if len(shown) < len(findings):
        say(page, f"… and {counted(len(findings) - len(shown), 'more line')}. Show all with --all.")
