"""Looks at people's own templates before a meeting depends on them: what is lost, and whether each can be filled in."""

from __future__ import annotations

import dataclasses
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from addin.output.documents.places import Template, template_dir, template_for
from addin.output.documents.separate_process import render_apart
from workbook.documents.catalogue import DOCUMENTS
from workbook.documents.declare import Document, Material
from workbook.documents.labels import LABELS
from workbook.documents.references import BLOCK, place_of, split_marks
from workbook.model.errors import TemplateMistake
from workbook.model.triggers import PROGRAMME_SCOPE, ScopeKind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HYPHEN = f"{_W}noBreakHyphen"
_DOCUMENT = "word/document.xml"
#: What may stand on a run or a paragraph beside its style.
_NOT_LOOKS = {"pStyle", "rStyle", "vanish", "keepNext", "lang", "noProof", "sectPr", "rPr", "numPr", "outlineLvl"}
_UNKNOWN = re.compile(r"uses the name “([^”]+)”")
#: From so many of 100 on a name is near enough to be meant.
_NEAR = 60
_LONGEST, _MOST = 60, 3
#: Bytes of words, unpacked, of a template that is looked through; ours have a hundredth of it.
_MOST_WORDS = 8 << 20


@dataclasses.dataclass(frozen=True)
class Remark:
    """Something to know about a template, and what to do."""

    what: str
    where: str = ""
    fix: str = ""


def template_names() -> dict[str, Document]:
    """The documents that are made from a Word template, by the template's file name."""
    return {document.template: document for document in DOCUMENTS if document.template}


def nearest(name: str, known: Sequence[str]) -> str:
    """The name that was probably meant; '' where none is near.

    Args:
        name: as somebody wrote it.
        known: the names that there are.
    """
    from rapidfuzz import process

    found = process.extractOne(name, known, score_cutoff=_NEAR)
    return str(found[0]) if found is not None else ""


def check_template(document: Document, folder: Path, programmes: Sequence[Material]) -> list[Remark]:
    """What is to be known of a template in a folder.

    Args:
        document: whose template it is.
        folder: where it lies.
        programmes: what it is filled in from, one after the other.
    """
    own = template_for(document, folder, within="")
    remarks: dict[str, Remark] = {}
    made: bytes | None = None
    for material in programmes:
        context = _context(document, material)
        if context is None:
            continue
        try:
            done = _render(document, context, own)
        except TemplateMistake as mistake:
            remark = _of_mistake(mistake, context)
            remarks.setdefault(remark.what, remark)
            continue
        made = made or done
        if made is done and not own.ours:
            shipped = (template_dir() / document.template).read_bytes()
            ours = _render(document, context, Template(own.path, shipped, ours=True))
            remarks |= {r.what: r for r in (*_lost(ours, done), *_leading_nowhere(done))}
    return [*remarks.values(), *_of_layout(own.content)]


def _context(document: Document, material: Material) -> Any:
    """Its contents for the first scope that it can be made about; None where there is none."""
    if document.scope is ScopeKind.PROGRAMME:
        return document.contents(document, material, PROGRAMME_SCOPE)
    calls = document.call(document, material)
    scope = next((call.scope for call in calls if not document.why_not(material, call.scope)), None)
    return document.contents(document, material, scope) if scope is not None else None


def _render(document: Document, context: Any, template: Template) -> bytes:
    if not template.ours:
        return render_apart(document, context, template).content
    from addin.output.documents.engine import render

    return render(document, context, template)


def _of_mistake(mistake: TemplateMistake, context: Any) -> Remark:
    unknown = _UNKNOWN.search(mistake.what)
    meant = nearest(unknown[1], sorted(set(_names(context)))) if unknown else ""
    fix = f"Did you mean “{meant}”? " if meant else ""
    return Remark(mistake.what, mistake.where, f"{fix}{mistake.next_step}")


def _names(value: Any) -> Iterator[str]:
    """The names that a template may use: the fields of the contents, and of what they hold."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield field.name
            yield from _names(getattr(value, field.name))
    elif isinstance(value, list | tuple) and value:
        yield from _names(value[0])


def _lost(ours: bytes, theirs: bytes) -> Iterator[Remark]:
    """The places to fill in that ours has and theirs lost: as a control, or as hidden reference."""
    told = "Copy that row from the template that comes with us: the export writes it."
    for kind, mine, own in zip(("control", "hidden reference"), _places(ours), _places(theirs), strict=True):
        gone = sorted(_label(field) for field in mine - own - {BLOCK})
        if gone:
            lost = f"the {kind}{'s' if len(gone) > 1 else ''} of {', '.join(gone)}"
            yield Remark(f"It lost {lost}: what is written there may not come back.", fix=told)


def _leading_nowhere(made: bytes) -> Iterator[Remark]:
    """The links of a document whose place in it, a bookmark, was lost."""
    body = _body(made)
    if body is None:
        return
    known = {(mark.get(f"{_W}name") or "").casefold() for mark in body.iter(f"{_W}bookmarkStart")}
    links = [link for link in body.iter(f"{_W}hyperlink") if link.get(f"{_W}anchor")]
    lost = list(dict.fromkeys(_said(e) for e in links if e.get(f"{_W}anchor").casefold() not in known))
    if lost:
        named = ", ".join(f"“{words}”" for words in lost[:_MOST])
        more = f" and {len(lost) - _MOST} more" if len(lost) > _MOST else ""
        yield Remark(
            f"{len(lost)} links lead nowhere: the bookmarks that they lead to were lost."
            if len(lost) > 1
            else "A link leads nowhere: the bookmark that it leads to was lost.",
            f"{named}{more}",
            "Copy the heading or row it led to from the template that comes with us: the export writes it.",
        )


def _label(field: str) -> str:
    label = LABELS.get(field)
    return label.label if label is not None else field.replace("-", " ")


def _places(made: bytes) -> tuple[set[str], set[str]]:
    """The fields that its controls and its hidden references name."""
    body = _body(made)
    if body is None:
        return set(), set()
    tags = [tag.get(f"{_W}val", "") for tag in body.iter(f"{_W}tag")]
    marks = split_marks("".join(text.text or "" for text in body.iter(f"{_W}t")))[0]
    return _fields(tags), _fields(marks)


def _fields(words: Sequence[str]) -> set[str]:
    return {place.field for text in words if (place := place_of(text)) is not None}


def _of_layout(content: bytes) -> Iterator[Remark]:
    """Formatting beside the styles, and tables whose header row does not repeat."""
    try:
        body = _body(content)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError, etree.XMLSyntaxError):
        return  # that it can't be read was said already
    if body is None:
        return
    formatted = [p for p in body.iter(f"{_W}p") if _is_formatted(p)]
    if formatted:
        named = ", ".join(f"“{_said(p)}”" for p in formatted[:_MOST])
        more = f" and {len(formatted) - _MOST} more" if len(formatted) > _MOST else ""
        yield Remark(
            f"Formatting beside the styles in {len(formatted)} paragraphs.", f"{named}{more}", "Use a style instead."
        )
    bare = [t for t in body.iter(f"{_W}tbl") if t.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is None]
    for table in bare[:_MOST]:
        yield Remark(
            "A table has no header row that repeats.",
            f"“{_said(table)}”",
            "In Word: Table Layout, Repeat Header Rows, on its first row.",
        )


def _is_formatted(paragraph: Any) -> bool:
    own = paragraph.find(f"{_W}pPr")
    looks = [
        *(own if own is not None else ()),
        *(e for r in paragraph.iter(f"{_W}r") for e in r.iterfind(f"{_W}rPr/*")),
    ]
    return any(etree.QName(e).localname not in _NOT_LOOKS for e in looks)


def _said(element: Any) -> str:
    words = " ".join(
        "".join("-" if t.tag == _HYPHEN else t.text or "" for t in element.iter(f"{_W}t", _HYPHEN)).split()
    )
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _body(content: bytes) -> Any:
    """The document's words; None where they are more than any template's."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        if package.getinfo(_DOCUMENT).file_size > _MOST_WORDS:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(package.read(_DOCUMENT), parser)
