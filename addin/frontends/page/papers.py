"""Documents that the page makes, and minutes that it reads back, as the terminal's commands do."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from addin.frontends.answer_tables import AnswerTable, minutes_tables
from addin.frontends.page.shown import Making, Offer, Paper, shown_table
from addin.hosts.apply.newer_layout import refuse_newer
from addin.output.documents.make import make_documents
from addin.output.documents.places import OUTPUT
from addin.output.documents.returned.files import opened
from addin.output.documents.returned.opening import MinutesUnusable
from workbook.answers import trigger_memory
from workbook.commands import COMMANDS_BY_NAME
from workbook.documents.calling import NOT_ASKED, chosen, held_back, told_calls
from workbook.documents.declare import Material
from workbook.documents.quoting import TO_LET_THROUGH, let_through
from workbook.documents.register import entered
from workbook.documents.returned.ledger import Reading
from workbook.documents.returned.proposing import read_into
from workbook.model.snapshot import own_id
from workbook.model.view import View
from workbook.rules import checks, triggers
from workbook.rules.reviews import reviews

_WHOSE = "Are these the minutes of this workbook?"
_NOTHING_FILLED_IN = "Nothing was filled in."
_NOTHING_NEW = "There is nothing new to write."


def make(view: View, given: Mapping[str, Any], progress: Callable[[str], None]) -> Making | Offer:
    """The documents that are called for, or one; first asks about texts that may identify a person.

    Args:
        view: the workbook on the day.
        given: `only`, the ids of those that are asked for, none for those called for; `who` and `when`.
        progress: told in words what goes on.

    Raises:
        UnknownName: there is no such document.
    """
    snapshot, when = view.snapshot, dt.datetime.fromisoformat(given["when"])
    material = Material(
        view,
        triggers.evaluate(view),
        checks.run(snapshot, view.as_of),
        reviews(view),
        trigger_memory.lapsed(snapshot),
        workbook_id=own_id(snapshot, given["who"], when),
    )
    only = given["only"]
    cells = held_back(chosen(material, only))
    if not cells:
        return _made(material, given, progress)

    def go_on(ticked: Sequence[int]) -> Making:
        if ticked:
            refuse_newer(snapshot)  # no history would keep what was let through
        let = frozenset(cells[n].id for n in ticked)
        return _made(replace(material, confirmed=let), given, progress)

    title = COMMANDS_BY_NAME["documents"].label
    return Offer(title, [TO_LET_THROUGH], go_on, "Go on", [(str(cell), False) for cell in cells])


def _made(material: Material, given: Mapping[str, Any], progress: Callable[[str], None]) -> Making:
    def told(number: int, of: int) -> None:
        progress(f"Making documents: {number} of {of}")

    calls = chosen(material, given["only"])
    made_on = dt.datetime.fromisoformat(given["when"]).date()
    snapshot = material.view.snapshot
    with tempfile.TemporaryDirectory() as folder:
        book, out = Path(folder, "workbook"), Path(folder, OUTPUT)
        made = make_documents(material, calls, book, made_on=made_on, out=out, told=told)
        papers = [Paper(one.document.title, one.scope.id, one.path.name, one.path.read_bytes()) for one in made.written]
    changes = entered(snapshot, made.entries, let_through(material))
    said = told_calls([call for call in made.calls if call.reason != NOT_ASKED], made=False)
    return Making(changes, papers, [*made.notes, *said], given["who"], given["when"])


def together(papers: Sequence[Paper], when: dt.datetime) -> bytes:
    """All documents as one ZIP archive.

    Args:
        papers: the documents.
        when: the moment that it says they are of.
    """
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            archive.writestr(zipfile.ZipInfo(paper.name, when.timetuple()[:6]), paper.content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read_back(view: View, name: str, data: bytes, *, ours: bool = False) -> Offer:
    """What filled-in minutes would bring into the workbook.

    Args:
        view: the workbook on the day.
        name: the file's name.
        data: the file.
        ours: whether the person said that they are this workbook's.

    Raises:
        MinutesUnusable: they can't be read, or are not this workbook's.
    """
    asked: list[str] = []

    def unknown(words: str) -> str:
        asked.extend(() if ours else (words,))
        return "" if ours else words

    title = COMMANDS_BY_NAME["read-minutes"].label
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(name).name)
        path.write_bytes(data)
        file = opened(view.snapshot, path, unknown)
    if asked:
        return Offer(title, [*asked, _WHOSE], lambda _: read_back(view, name, data, ours=True), "They are: read them")
    if file.document is None:
        raise MinutesUnusable(file.message, where=path.name)
    (reading,), changes = read_into(view, [file.document])
    lines = [*([file.message] if file.message else []), *_said(reading, new=bool(changes))]
    return Offer(title, lines, lambda _: changes, "Write it" * bool(changes), parts=_told(reading))


def _said(reading: Reading, *, new: bool) -> list[str]:
    if not reading.entries:
        return [_NOTHING_FILLED_IN]
    comments = [f"Comment at the margin, not read as an entry: {words}" for words in reading.document.comments]
    return comments if new else [*comments, _NOTHING_NEW]


def _told(reading: Reading) -> list[dict[str, Any]]:
    """The entries, by what becomes of them."""
    return [
        {"title": words, "caption": words, "lines": [], **shown_table(table)}
        for words, table in minutes_tables(reading.entries)
    ]


def papers_table(papers: Sequence[Paper]) -> dict[str, Any]:
    """The documents as the page lists them; all of them, since each is saved from there."""
    rows = [(paper.title, paper.scope, paper.name) for paper in papers]
    return shown_table(AnswerTable(("Document", "About", "File"), rows), most=len(rows))
