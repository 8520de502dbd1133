"""champions demo."""

from __future__ import annotations

import argparse
from pathlib import Path

from addin.frontends.terminal import check, documents, triggers, week
from addin.frontends.terminal.session import Session, busy

_NAME = "Champion workbook example"


def run(options: argparse.Namespace) -> int:
    """An example workbook, checked, its triggers computed, its documents made; and where to look."""
    from addin.frontends.terminal.show import console, from_here, heading, say
    from addin.output.masterbook import write_master
    from workbook.blueprint import plan_book
    from workbook.example import simulate

    path = _free_name(Path(options.folder))
    with busy("Writing an example programme"):
        write_master(path, plan_book(simulate(until=options.as_of).tables, options.as_of))
    session = Session(path, options.as_of)
    findings = check.examine(session)
    check.show(session, findings)
    check.record(session, findings)
    session = Session(path, options.as_of)
    judged = triggers.judge(session)
    triggers.show(session, judged)
    triggers.record(session, judged)
    session = Session(path, options.as_of)
    week.show(session, week.to_do(session))
    session = Session(path, options.as_of)
    made = documents.make(session)
    documents.show(made)
    page, book = console(), from_here(path)
    heading(page, "Where to look")
    say(page, f"The workbook:   {book}\n                begin with the sheet Start here, then Checks and Triggers")
    for folder in dict.fromkeys(document.path.parent for document in made.written):
        say(page, f"The documents:  {from_here(folder)}")
    say(page, f"Try:            champions explain '{book}' S1\n                champions new my-programme.xlsx")
    return 0


def _free_name(folder: Path) -> Path:
    path = folder / f"{_NAME}.xlsx"
    number = 2
    while path.exists():
        path = folder / f"{_NAME} {number}.xlsx"
        number += 1
    return path
