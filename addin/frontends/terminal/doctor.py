"""champions doctor."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from addin.frontends.person import user
from addin.frontends.terminal.session import busy


def run(options: argparse.Namespace) -> int:
    """Says what is installed and wrong, and how to fix it; writes a support file if asked."""
    from addin.frontends.doctor import examine
    from addin.frontends.terminal.show import console, heading, points, say

    book = Path(options.workbook) if options.workbook else None
    with busy("Looking"):
        parts = examine(book)
    page = console()
    for part in parts:
        heading(page, part.title)
        points(page, part.points)
    if options.support_file:
        path = Path(options.support_file)
        _write_support(path, book)
        say(page, "")
        say(page, f"Support file written: {path}. It holds no entry of yours; read it before you send it.")
    return int(not all(part.well for part in parts))


def _write_support(path: Path, book: Path | None) -> None:
    from addin.frontends.doctor import examine, libraries, structure_of, support_text
    from addin.frontends.doctor.support import private_texts
    from addin.output.write_file import write_new
    from workbook.model.errors import ChampionsError

    structure, unread = None, ""
    if book is not None:
        try:
            structure = structure_of(book)
        except ChampionsError as error:
            unread = type(error).__name__
    text = support_text(
        examine(None),
        libraries(),
        structure=structure,
        unread=unread,
        private=private_texts(Path.home(), user()),
        now=dt.datetime.now(dt.UTC),
    )
    write_new(path, text.encode(), replace=False)
