"""champions import."""
# ruff: noqa: N999 - each command's module is called like the command, and is found by that name

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addin.frontends.terminal.session import Session, busy, open_session, tell
from addin.intake.gathering import gathered, refuse_itself
from addin.intake.looking import likeness
from addin.intake.maps import begun_map
from workbook.intake.matching import Asking, Match
from workbook.intake.mending import take_mended
from workbook.intake.outcomes import ADDED, ASIDE, FileReport
from workbook.intake.problem_rows import needs_register
from workbook.intake.proposing import bring_in
from workbook.intake.said import aside_of, said_of_columns, said_of_counts, said_of_source
from workbook.intake.source import Source
from workbook.intake.unusable import ColumnsMissing
from workbook.intake.wishes import Wish
from workbook.model.changes import ChangeSet
from workbook.model.declare import Register
from workbook.model.errors import SourceUnusable
from workbook.model.registers import SupportLog


def run(options: argparse.Namespace) -> int:
    """Brings entries in. Exit 0 all are in, 1 some are set aside, 2 nothing could be used and nothing is written."""
    options.no_write = options.dry_run
    register = _register(options)
    paths = [Path(name) for name in options.files or ()]
    for path in paths:
        refuse_itself(Path(options.workbook), path)
    session = open_session(options)
    if not options.dry_run:
        session.must_be_writable()
    if register is not None and register.table not in session.snapshot.tables:
        raise SourceUnusable(
            f"The workbook has no table {register.table}.",
            where=session.path.name,
            next_step="Check entries says what is missing in it.",
        )
    with busy("Reading the lists"):
        reports, changes = _computed(session, options, register, paths)
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out(as_json(session, register, reports, dry_run=options.dry_run))
    else:
        show(reports, changes, dry_run=options.dry_run)
    if not options.dry_run:
        session.write(lambda _: changes)
    return int(bool(aside_of(reports)))


def _register(options: argparse.Namespace) -> type[Register] | None:
    """Where the entries go; None where the import problems are gone through."""
    if options.problems:
        if options.files:
            raise SourceUnusable(
                "--problems goes through what was set aside, and takes no files.", next_step="Leave the files out."
            )
        return None
    if not options.files:
        raise SourceUnusable("No file is named.", next_step="Name the files that hold the entries, or add --problems.")
    return needs_register(options.into)


def _computed(
    session: Session, options: argparse.Namespace, register: type[Register] | None, paths: Sequence[Path]
) -> tuple[list[FileReport], ChangeSet]:
    salt = secrets.token_hex(8)
    if register is None:
        return take_mended(session.view, Wish(SupportLog, salt))
    sources = [
        gathered(session.path, register, path, named=options.map or "", sheet=options.sheet or "") for path in paths
    ]
    wish = Wish(register, salt, options.dates or "", asking=Asking(likeness))
    if sys.stdin.isatty() and sys.stderr.isatty() and not options.json:
        wish.asking.take, wish.order = _take, _order
    try:
        reports, changes = bring_in(session.view, wish, sources)
    except ColumnsMissing as error:
        _save_map(options, register, error.source, error.matched.matches, "")
        raise
    _save_map(options, register, reports[0].source, reports[0].matches, reports[0].dates)
    return reports, changes


def _save_map(
    options: argparse.Namespace, register: type[Register], source: Source, matches: Sequence[Match], dates: str
) -> None:
    if options.save_map:
        from addin.output.write_file import write_new

        write_new(Path(options.save_map), begun_map(register, source, matches, dates))
        tell(f"The mapping file {options.save_map} was written.")


def _take(match: Match) -> bool:
    """Asks whether a heading is meant as one of ours."""
    return _asked(f"Does {match.header} go into {match.near.header if match.near else ''}? (yes or no) ") in (
        "y",
        "yes",
    )


def _order(column: str, text: str) -> str:
    """Asks how a day is meant that reads two ways."""
    answer = _asked(
        f"{column} holds {text}. Does the day or the month come first? (day or month; else it is set aside) "
    )
    return "dmy" if answer.startswith("d") else "mdy" if answer.startswith("m") else ""


def _asked(words: str) -> str:
    from addin.frontends.safe_output import in_one_line

    sys.stderr.write(f"\r{in_one_line(words)} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold()


def as_json(
    session: Session, register: type[Register] | None, reports: Sequence[FileReport], *, dry_run: bool
) -> dict[str, Any]:
    """The JSON contract of `import --json`."""
    counts = [report.counts() for report in reports]
    names = ("rows", "added", "already_there", "set_aside")
    return {
        "workbook": str(session.path),
        "into": register.table if register is not None else None,
        "dry_run": dry_run,
        "counts": {name: sum(c[name] for c in counts) for name in names},
        "files": [_file_json(report) for report in reports],
    }


def _file_json(report: FileReport) -> dict[str, Any]:
    source = report.source
    return {
        "file": source.file,
        "source": {
            "kind": source.kind,
            "encoding": source.encoding,
            "separator": source.separator,
            "sheet": source.sheet,
            "header_row": source.header_row,
            "dates": report.dates,
        },
        "columns": [
            {"header": m.header, "column": m.column.header if m.column else None, "how": m.how, "score": m.score}
            for m in report.matches
        ],
        "counts": report.counts(),
        "rows": [
            {
                "row": row.row,
                "outcome": row.outcome,
                "id": row.id or None,
                "problems": [
                    {"code": p.code, "column": p.column or None, "value": p.value, "message": p.message, "fix": p.fix}
                    for p in row.problems
                ],
            }
            for row in report.rows
        ],
    }


def show(reports: Sequence[FileReport], changes: ChangeSet, *, dry_run: bool) -> None:
    """What became of each file, in words."""
    from addin.frontends.terminal.show import console, heading, say

    page = console()
    for report in reports:
        heading(page, report.source.file, said_of_source(report))
        for words in said_of_columns(report):
            say(page, words)
        say(page, said_of_counts(report, done=not dry_run))
        _say_aside(page, report)
    if aside_of(reports) and not dry_run:
        say(
            page,
            "What is set aside stands on the sheet Import problems. Put it right there, and run: import --problems.",
        )
    if not any(row.outcome == ADDED for report in reports for row in report.rows) and not changes:
        say(page, "Nothing new: the workbook was not touched.")
    elif dry_run:
        say(page, "Nothing was written.")


def _say_aside(page: Any, report: FileReport) -> None:
    from addin.frontends.terminal.show import MOST, Shown, say, table

    rows = [(str(row.row), "\n".join(p.words for p in row.problems)) for row in report.rows if row.outcome == ASIDE]
    if rows:
        page.print(table([Shown("Row", narrow=True), Shown("Why it is set aside, and what to do")], rows[:MOST]))
        if len(rows) > MOST:
            say(page, f"And {len(rows) - MOST:,} more.")
