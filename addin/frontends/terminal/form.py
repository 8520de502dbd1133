"""champions form."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addin.frontends.terminal.session import busy, open_session
from workbook.intake.problem_rows import needs_register
from workbook.intake.questions import Question, questions


def run(options: argparse.Namespace) -> int:
    """Gives the questions of a form for a register, as a list, as JSON or as a Word file."""
    register = needs_register(options.into)
    options.no_write = True
    session = open_session(options)
    found = questions(session.snapshot, register)
    if options.out:
        from addin.output.form_file import form_file
        from addin.output.write_file import write_new

        with busy("Writing the questions"):
            write_new(Path(options.out), form_file(register.sheet, found))
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out({"into": register.table, "questions": [as_json(question) for question in found]})
    else:
        show(register.sheet, found, options.out)
    return 0


def as_json(question: Question) -> dict[str, Any]:
    """One question of `form --json`."""
    return {
        "column": question.column,
        "question": question.question,
        "kind": question.kind.value,
        "required": question.required,
        "choices": list(question.choices),
    }


def show(title: str, found: Sequence[Question], out: str | None) -> None:
    """The questions in a terminal, or where they were written to."""
    from addin.frontends.terminal.show import Shown, console, heading, say, table

    page = console()
    if out:
        say(page, f"The questions for {title} were written to {out}.")
        return
    heading(page, f"Form: {title}", "Ask what is written here, word for word; * must be answered.")
    rows = [(f"{q.question}{' *' if q.required else ''}", q.kind.value, ", ".join(q.choices)) for q in found]
    page.print(table([Shown("Question"), Shown("Kind", narrow=True), Shown("Choices")], rows))
