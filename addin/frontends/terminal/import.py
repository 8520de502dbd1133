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
from addin.intake.looking import Looking, likeness
from addin.intake.maps import NO_MAP, UsedMap, begun_map, find_map, read_map
from addin.intake.opening import read_source
from workbook.intake.matching import Asking, Match, SourceMap
from workbook.intake.mending import take_mended
from workbook.intake.outcomes import ADDED, ASIDE, FileReport
from workbook.intake.problem_rows import needs_register
from workbook.intake.proposing import bring_in
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
    _refuse_itself(Path(options.workbook), paths)
    session = open_session(options)
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
    return int(any(row.outcome == ASIDE for report in reports for row in report.rows))


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


def _refuse_itself(book: Path, paths: Sequence[Path]) -> None:
    for path in paths:
        if path.exists() and book.exists() and path.samefile(book):
            raise SourceUnusable(
                "This is the workbook itself; its entries are in it.",
                where=path.name,
                next_step="Name the file whose entries are to come in.",
            )


def _computed(
    session: Session, options: argparse.Namespace, register: type[Register] | None, paths: Sequence[Path]
) -> tuple[list[FileReport], ChangeSet]:
    salt = secrets.token_hex(8)
    if register is None:
        return take_mended(session.view, Wish(SupportLog, salt))
    sources = [_source(session, options, register, path) for path in paths]
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


def _source(
    session: Session, options: argparse.Namespace, register: type[Register], path: Path
) -> tuple[Source, SourceMap]:
    """A list, and its mapping file: the one that is named, else one that was kept for these headers."""
    used = read_map(Path(options.map), register) if options.map else NO_MAP
    source = read_source(path, _looking(register, used, options.sheet))
    if not options.map and (kept := find_map(session.path, register, source)) is not None:
        used, source = kept, read_source(path, _looking(register, kept, options.sheet))
    return source, used.mapping


def _looking(register: type[Register], used: UsedMap, sheet: str | None) -> Looking:
    return Looking(register, used.mapping, sheet or used.sheet, used.header_row, used.encoding, used.separator)


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
        heading(page, report.source.file, _what(report))
        _say_columns(page, report)
        counts = report.counts()
        done = "would come in" if dry_run else "came in"
        say(
            page,
            f"Rows: {counts['rows']:,}. Of these {counts['added']:,} {done}, {counts['already_there']:,} were there "
            f"already, {counts['set_aside']:,} {'would be' if dry_run else 'are'} set aside.",
        )
        _say_aside(page, report)
    if any(row.outcome == ASIDE for report in reports for row in report.rows) and not dry_run:
        say(
            page,
            "What is set aside stands on the sheet Import problems. Put it right there, and run: import --problems.",
        )
    if not any(row.outcome == ADDED for report in reports for row in report.rows) and not changes:
        say(page, "Nothing new: the workbook was not touched.")
    elif dry_run:
        say(page, "Nothing was written.")


def _what(report: FileReport) -> str:
    source = report.source
    where = f"sheet {source.sheet}" if source.sheet else source.encoding
    words = [source.kind, where, f"headings in row {source.header_row}" if source.headers else ""]
    if report.dates:
        words.append({"dmy": "day first", "mdy": "month first", "ymd": "year first"}[report.dates])
    if report.found_map:
        words.append(f"by the mapping file {report.found_map}")
    return ", ".join(w for w in words if w)


def _say_columns(page: Any, report: FileReport) -> None:
    from addin.frontends.terminal.show import say

    for remark in report.source.remarks:
        say(page, remark)
    for match in report.matches:
        if match.column is not None and match.how in ("similar", "proposed", "synonym", "time of the form"):
            say(page, f"{match.header} was taken for {match.column.header} ({match.how}).")
        elif match.near is not None:
            say(page, f"{match.header} looks like {match.near.header}, and was not taken.")
    left = [
        m.header for m in report.matches if m.column is None and m.near is None and m.how == "left over" and m.header
    ]
    if left:
        say(page, f"Columns that go nowhere: {', '.join(left)}.")


def _say_aside(page: Any, report: FileReport) -> None:
    from addin.frontends.terminal.show import MOST, Shown, say, table

    rows = [(str(row.row), "\n".join(p.words for p in row.problems)) for row in report.rows if row.outcome == ASIDE]
    if rows:
        page.print(table([Shown("Row", narrow=True), Shown("Why it is set aside, and what to do")], rows[:MOST]))
        if len(rows) > MOST:
            say(page, f"And {len(rows) - MOST:,} more.")
