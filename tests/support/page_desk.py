"""Asks the page's desk as its worker does, and does with what it gives what a person does."""

import io
import json
import zipfile

import docx
from docx.oxml.ns import qn

GIVEN = {
    "name": "example.xlsx",
    "day": "2026-06-30",
    "today": "2026-06-30",
    "who": "Tester",
    "when": "2026-06-30T09:14:00+01:00",
}


def ask(desk, do, data=None, **more):
    """What the desk answers to one request."""
    return json.loads(desk.ask(json.dumps({**GIVEN, "do": do, **more}), data))


def papers_of(desk):
    """The documents that were made, by name, out of the ZIP archive of all."""
    ask(desk, "document", number=-1)
    return parts(desk.given)


def parts(content):
    """The parts of a package or archive, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def filled_in(minutes, *, decision="Ask for a fix.", action="Supplier engagement"):
    """Minutes with a decision and an action typed into the first block, as a person does in Word."""
    page = docx.Document(io.BytesIO(minutes))
    for start, words in (("champions:decision", decision), ("champions:action", action)):
        tag = next(t for t in page.element.body.iter(qn("w:tag")) if t.get(qn("w:val")).startswith(start))
        first, *others = tag.getparent().getparent().iter(qn("w:t"))
        first.text = words
        for other in others:
            other.text = ""
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()
