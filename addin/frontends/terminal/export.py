"""champions export."""

from __future__ import annotations

import argparse
from pathlib import Path

from addin.frontends.terminal.session import busy, open_session
from workbook.answers.extract import extract
from workbook.model.errors import BookNotWritable


def run(options: argparse.Namespace) -> int:
    """Writes every register, the findings, the triggers' results and the reviews as files for analysis."""
    from addin.analysis.files import files_of
    from addin.frontends.terminal.show import console, counted, say
    from addin.output.write_file import write_new

    options.no_write = True
    session, out = open_session(options), Path(options.out)
    with busy("Exporting"):
        tables = extract(session.snapshot, session.as_of, until=session.by_hand)
        made = files_of(tables, options.format, session.path.name, session.as_of)
        _refuse_taken(out, made)
        for name, content in made.items():
            write_new(out / name, content)
    rows = counted(sum(len(table.rows) for table in tables), "row")
    page = console()
    say(page, f"{counted(len(tables), 'table')} with {rows} written to {out} ({counted(len(made), 'file')}).")
    say(page, "They hold what people typed, names included: keep them as safe as the workbook.")
    return 0


def _refuse_taken(out: Path, made: dict[str, bytes]) -> None:
    """Before the first file is written, so that no folder holds some of one export and some of another."""
    if out.exists() and not out.is_dir():
        raise BookNotWritable("This is a file, not a folder.", where=str(out), next_step="Give another --out.")
    taken = [name for name in made if (out / name).exists()]
    if taken:
        raise BookNotWritable(
            f"The folder holds an export already ({taken[0]}). Nothing was written.",
            where=str(out),
            next_step="Give another --out, or move the former export away.",
        )
