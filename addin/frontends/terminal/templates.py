"""champions templates."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from addin.frontends.terminal.session import busy
from addin.output.documents.check_template import Remark, check_template, nearest, template_names
from addin.output.documents.places import OWN_TEMPLATES, template_dir
from addin.output.write_file import write_new
from workbook.documents.declare import Material
from workbook.model.errors import ChampionsError, TemplateMistake

#: As long as an example can run: a programme with much of everything.
_FULL_WEEKS = 60


def run(options: argparse.Namespace) -> int:
    """Writes our templates into a folder, or looks at a person's own. Exit 0 all well, 1 something to know."""
    folder = Path(options.folder or OWN_TEMPLATES)
    return _export(folder) if options.action == "export" else _check(folder)


def _export(folder: Path) -> int:
    from addin.frontends.terminal.show import console, counted, say

    page = console()
    names = list(template_names())
    held = [name for name in names if (folder / name).exists()]
    for name in names:
        if name not in held:
            write_new(folder / name, (template_dir() / name).read_bytes())
    say(page, f"{counted(len(names) - len(held), 'template')} written to {folder}.")
    if held:
        say(page, f"Left as they are, since a file of that name is there: {', '.join(held)}.")
    say(
        page,
        "A template that lies in a folder Templates beside the workbook wins over ours. Keep only those you change.",
    )
    return 0


def _check(folder: Path) -> int:
    from addin.frontends.terminal.show import console, heading, say

    if not folder.is_dir():
        raise ChampionsError(
            "There is no such folder.", where=str(folder), next_step="Name the folder that your templates lie in."
        )
    page, known = console(), template_names()
    files = sorted(p for p in folder.glob("*.docx") if p.is_file() and not p.name.startswith("~$"))
    heading(page, f"Templates in {folder}")
    if not any(p.name in known for p in files):
        say(page, "None of ours or of your own lies there.")
    with busy("Filling the templates in"):
        programmes = list(_programmes()) if any(p.name in known for p in files) else []
        found = {p.name: _remarks(p, folder, programmes) for p in files}
    for name, remarks in found.items():
        say(page, f"{'!!' if remarks else 'ok'}  {name}")
        for remark in remarks:
            for words in (remark.what, f"Where: {remark.where}" if remark.where else "", remark.fix):
                if words:
                    say(page, f"    {words}")
    return int(any(found.values()))


def _remarks(path: Path, folder: Path, programmes: list[Material]) -> list[Remark]:
    known = template_names()
    if path.name not in known:
        meant = nearest(path.name, list(known))
        return [Remark("No document has a template of this name.", fix=f"Did you mean {meant}?" if meant else "")]
    try:
        return check_template(known[path.name], folder, programmes)
    except TemplateMistake as mistake:
        return [Remark(mistake.what, mistake.where, mistake.next_step)]


def _programmes() -> Iterator[Material]:
    """An example, an empty programme and a full one."""
    from addin.frontends.terminal.session import Session
    from addin.output.masterbook import write_master
    from workbook.blueprint import plan_book
    from workbook.example import simulate
    from workbook.rules import checks, triggers
    from workbook.rules.reviews import reviews

    example, full = simulate(), simulate(weeks=_FULL_WEEKS)
    plans = (plan_book(example.tables, example.until), plan_book(), plan_book(full.tables, full.until))
    with tempfile.TemporaryDirectory() as folder:
        for number, plan in enumerate(plans):
            path = Path(folder, f"{number}.xlsx")
            write_master(path, plan)
            session = Session(path, example.until)
            view = session.view
            findings = checks.run(session.snapshot, session.as_of)
            yield Material(view, triggers.evaluate(view), findings, reviews(view))
