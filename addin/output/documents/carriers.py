"""What a document carries so that it can be read back: bookmarks, short tags, and what it is, in its properties.

No carrier outlives every program: Writer drops tags, people delete hidden text. So each is there three times.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from workbook.documents.declare import About
from workbook.documents.references import Place, bookmark, code_of, marked, place_of, short_tag, split_marks, tag
from workbook.documents.returned.declare import DIGEST, digest_of

#: The version of how references are carried.
FORMAT = "2"
WORKBOOK, NUMBER, VERSION = "Champions workbook id", "Champions document", "Champions format"
REFERENCE, WORDS = "Champions reference ", "Champions words "
_FIRST_BOOKMARK, _FIRST_TARGET = 5001, 1
_PROPERTIES = "/docProps/custom.xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_OWN = re.compile(r'<property\b[^>]*?\bname="([^"]*)"[^>]*>.*?</property>', re.DOTALL)
#: Word takes no property that is longer than 255 signs.
_LONGEST = 240


def settle_targets(body: Any) -> None:
    """Gives each bookmark of the template a number of its own, since a loop repeats it; of one name the first stays.

    Args:
        body: the document's body element, which is changed.
    """
    numbers: dict[str, str | None] = {}
    names: set[str] = set()
    for element in list(body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        known = element.get(qn("w:id")) or ""
        if element.tag == qn("w:bookmarkStart"):
            name = (element.get(qn("w:name")) or "").casefold()
            numbers[known] = None if name in names else str(_FIRST_TARGET + len(names))
            names.add(name)
        number = numbers.get(known)
        if number is None:
            element.getparent().remove(element)
        else:
            element.set(qn("w:id"), number)


def settle_references(body: Any) -> dict[str, str]:
    """Shortens tags that Word would refuse, sets a bookmark around each label that holds a reference.

    Args:
        body: the document's body element, which is changed.

    Returns:
        The references of the document by their codes.
    """
    for element in body.iter(qn("w:tag")):
        element.set(qn("w:val"), short_tag(element.get(qn("w:val")) or ""))
    by_code: dict[str, str] = {}
    seen: set[str] = set()
    for paragraph, place in _marked_labels(body):
        if place.reference:
            by_code[code_of(place.reference)] = place.reference
        name = bookmark(place)
        if name not in seen:
            _bookmarked(paragraph, _FIRST_BOOKMARK + len(seen), name)
            seen.add(name)
    return by_code


def _marked_labels(body: Any) -> Iterator[tuple[Any, Place]]:
    """Each paragraph of a table's row that holds a reference as hidden text."""
    for row in body.iter(qn("w:tr")):
        for paragraph in row.iter(qn("w:p")):
            hidden = "".join(_words(run) for run in paragraph.iter(qn("w:r")) if _is_hidden(run))
            marks, _ = split_marks(hidden)
            place = place_of(marks[0]) if marks else None
            if place is not None:
                yield paragraph, place
                break


def _is_hidden(run: Any) -> bool:
    return run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None


def _words(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def _bookmarked(paragraph: Any, number: int, name: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)


def add_identity(made: Any, about: About) -> None:
    """Adds what the document is as a hidden paragraph at its end, beside the last paragraph's text.

    Args:
        made: a python-docx document, rendered.
        about: its head.
    """
    body = made.element.body
    last = next((p for p in reversed(body.findall(qn("w:p")))), None)
    if last is None:
        return
    run, properties, words = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:t")
    properties.append(OxmlElement("w:vanish"))
    words.text = marked(tag("document", ":".join((about.number, about.workbook_id, FORMAT))))
    run.append(properties)
    run.append(words)
    last.append(run)


def set_carried(made: Any, about: About, by_code: dict[str, str]) -> None:
    """Writes into the custom properties what the document is, its references, and digests of its own words.

    Args:
        made: a python-docx document, rendered.
        about: its head.
        by_code: its references by their codes.
    """
    ours = {VERSION: FORMAT, NUMBER: about.number, WORKBOOK: about.workbook_id}
    ours |= {f"{REFERENCE}{code}": reference for code, reference in by_code.items() if len(reference) <= _LONGEST}
    digests = own_words(_words(p) for p in made.element.body.iter(qn("w:p")))
    packed = base64.b64encode(b"".join(sorted(digests))).decode("ascii")
    pieces = [packed[n : n + _LONGEST] for n in range(0, len(packed), _LONGEST)]
    ours |= {f"{WORDS}{n}": piece for n, piece in enumerate(pieces, start=1)}
    package = made.part.package
    known = next((p for p in package.iter_parts() if str(p.partname) == _PROPERTIES), None)
    theirs = _theirs(known.blob.decode("utf-8", "replace")) if known is not None else []
    if known is not None:
        known._blob = _properties(theirs, ours)  # noqa: SLF001 - python-docx has no setter for it
        return
    part = Part(PackURI(_PROPERTIES), _PROPERTIES_TYPE, _properties(theirs, ours), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def own_words(paragraphs: Iterator[str]) -> set[bytes]:
    """A digest of each paragraph's words, by which they are known as ours when the document comes back.

    Args:
        paragraphs: the words of each; blank ones are passed over.
    """
    return {digest_of(text) for text in paragraphs if text.strip()}


def digests_in(properties: dict[str, str]) -> frozenset[bytes]:
    """The digests that a document's custom properties hold; none where they are damaged or gone.

    Args:
        properties: their texts by name.
    """
    pieces: list[str] = []
    while (piece := properties.get(f"{WORDS}{len(pieces) + 1}")) is not None:
        pieces.append(piece)
    try:
        packed = base64.b64decode("".join(pieces), validate=True)
    except ValueError:
        return frozenset()
    return frozenset(packed[n : n + DIGEST] for n in range(0, len(packed), DIGEST))


def _theirs(xml: str) -> list[str]:
    """The properties of somebody's own template, as they are written there."""
    return [m[0] for m in _OWN.finditer(xml) if not m[1].startswith("Champions ")]


def _properties(theirs: list[str], ours: dict[str, str]) -> bytes:
    kept = [re.sub(r'\bpid="\d+"', f'pid="{n}"', text) for n, text in enumerate(theirs, start=2)]
    added = [
        f'<property fmtid="{_FMTID}" pid="{n}" name={quoteattr(name)}><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for n, (name, value) in enumerate(ours.items(), start=2 + len(theirs))
    ]
    head = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    )
    return f"{head}{''.join((*kept, *added))}</Properties>".encode()
