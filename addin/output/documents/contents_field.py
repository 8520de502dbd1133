"""The contents field of a document, with its entries written in, so that Word asks nothing on opening."""

from __future__ import annotations

import copy
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

#: The style of the headings that are listed.
_LISTED = "Heading1"
_BOOKMARK, _FIRST = "_Toc", 7001


def settle_contents(body: Any) -> None:
    """Writes the headings into each contents field that stands in a paragraph of its own, each leading to its place.

    Args:
        body: the document's body element, which is changed.
    """
    fields = [p for p in body.findall(qn("w:p")) if _is_contents(p)]
    if not fields:
        return
    headings = [p for p in body.findall(qn("w:p")) if _style_of(p) == _LISTED]
    entries = [(_marked(p, _FIRST + n), _words(p)) for n, p in enumerate(headings)]
    for field in fields if entries else ():
        _write(field, entries)


def _is_contents(paragraph: Any) -> bool:
    code = "".join(e.text or "" for e in paragraph.iter(qn("w:instrText"))).split()
    kinds = [e.get(qn("w:fldCharType")) for e in paragraph.iter(qn("w:fldChar"))]
    return code[:1] == ["TOC"] and kinds == ["begin", "separate", "end"]


def _style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style.get(qn("w:val")) if style is not None else ""


def _words(paragraph: Any) -> str:
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t")))


def _marked(heading: Any, number: int) -> str:
    """Sets a bookmark around a heading; its name."""
    name = f"{_BOOKMARK}{number:09d}"
    mark = f'{nsdecls("w")} w:id="{number}"'
    properties = heading.find(qn("w:pPr"))
    heading.insert(0 if properties is None else 1, parse_xml(f'<w:bookmarkStart {mark} w:name="{name}"/>'))
    heading.append(parse_xml(f"<w:bookmarkEnd {mark}/>"))
    return name


def _write(field: Any, entries: list[tuple[str, str]]) -> None:
    runs = list(field.iter(qn("w:r")))
    kinds = [next((e.get(qn("w:fldCharType")) for e in r.iter(qn("w:fldChar"))), "") for r in runs]
    separate, end = kinds.index("separate"), kinds.index("end")
    for spare in runs[separate + 1 : end]:
        spare.getparent().remove(spare)
    last = runs[end]
    last.getparent().remove(last)  # Word puts it into the last entry's link, or a tracked change, at times
    properties, at = field.find(qn("w:pPr")), field
    for n, (anchor, words) in enumerate(entries):
        if n:
            line = parse_xml(f"<w:p {nsdecls('w')}/>")
            if properties is not None:
                line.append(copy.deepcopy(properties))
            at.addnext(line)
            at = line
        at.append(parse_xml(_entry(anchor, words)))
    at.append(last)


def _entry(anchor: str, words: str) -> str:
    shown = f'<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t>'
    return f'<w:hyperlink {nsdecls("w")} w:anchor="{anchor}" w:history="1"><w:r>{shown}</w:r></w:hyperlink>'
