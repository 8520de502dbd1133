"""Content controls of a rendered document: each with a number of its own, blank ones with a hint."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from workbook.documents.hints import CHOOSE, PICK, fill_in

_FIRST_NUMBER = 1001
_HINT_STYLE = "PlaceholderText"


def settle_controls(body: Any) -> None:
    """Numbers every control (a loop repeats what the template says) and gives the blank ones words to click on.

    Args:
        body: the document's body element, which is changed.
    """
    for number, control in enumerate(body.iter(qn("w:sdt")), start=_FIRST_NUMBER):
        properties = control.find(qn("w:sdtPr"))
        content = control.find(qn("w:sdtContent"))
        _number(properties, number)
        if content is not None and not _text(content).strip():
            _hint(properties, content)


def _number(properties: Any, number: int) -> None:
    known = properties.find(qn("w:id"))
    if known is None:
        known = OxmlElement("w:id")
        before = properties.find(qn("w:tag"))
        before.addnext(known) if before is not None else properties.insert(0, known)
    known.set(qn("w:val"), str(number))


def _text(content: Any) -> str:
    return "".join(t.text or "" for t in content.iter(qn("w:t")))


def _hint(properties: Any, content: Any) -> None:
    runs = list(content.iter(qn("w:r")))
    if not runs:
        return
    for spare in runs[1:]:
        spare.getparent().remove(spare)
    run = runs[0]
    for child in list(run):
        run.remove(child)
    style = OxmlElement("w:rStyle")
    style.set(qn("w:val"), _HINT_STYLE)
    run_properties = OxmlElement("w:rPr")
    run_properties.append(style)
    words = OxmlElement("w:t")
    words.text = _words(properties)
    run.append(run_properties)
    run.append(words)
    if properties.find(qn("w:showingPlcHdr")) is None:
        properties.find(qn("w:id")).addnext(OxmlElement("w:showingPlcHdr"))


def _words(properties: Any) -> str:
    if next(properties.iter(qn("w:listItem")), None) is not None:
        return CHOOSE
    if properties.find(qn("w:date")) is not None:
        return PICK
    alias = properties.find(qn("w:alias"))
    return fill_in(alias.get(qn("w:val")) if alias is not None else "entry")
