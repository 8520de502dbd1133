"""Takes out of a template what python-docx's own one brings along: unused styles, a Mac's name, an old Word's ways."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_DROPPED = ("/thumbnail", "/stylesWithEffects", "/customXml")
#: What Word wants to be there, and what our engine gives to places that nobody has filled in.
_ALWAYS = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "PlaceholderText"}
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Champion Workbook</Application></Properties>"
)
_COMPATIBLE = (
    f"<w:compat {nsdecls('w')}>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat>"
)


def clean(doc: WordDocument) -> None:
    """Leaves only what the template uses, in British English, as a current Word writes it."""
    for source in (doc.part.package, doc.part):
        for key, relation in list(source.rels.items()):
            if relation.reltype.endswith(_DROPPED):
                del source.rels[key]
    for part in doc.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = _APPLICATION  # noqa: SLF001 - python-docx has no setter for it
    _drop_unused_styles(doc)
    settings = doc.settings.element
    known = settings.find(qn("w:compat"))
    if known is not None:
        settings.replace(known, parse_xml(_COMPATIBLE))
    language = settings.find(qn("w:themeFontLang"))
    if language is not None:
        for name in list(language.attrib):
            del language.attrib[name]
        language.set(qn("w:val"), "en-GB")


def _drop_unused_styles(doc: WordDocument) -> None:
    styles = {s.get(qn("w:styleId")): s for s in doc.styles.element.findall(qn("w:style"))}
    ends = [end for s in doc.sections for end in (s.header, s.footer, s.first_page_header, s.first_page_footer)]
    parts = [doc.element, *(end._element for end in ends)]  # noqa: SLF001
    names = (qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    wanted = _ALWAYS | {e.get(qn("w:val")) for part in parts for e in part.iter(*names)}
    waiting = list(wanted)
    while waiting:
        for needed in _needed_by(styles.get(waiting.pop())):
            if needed not in wanted:
                wanted.add(needed)
                waiting.append(needed)
    for name, style in styles.items():
        if name not in wanted:
            style.getparent().remove(style)


def _needed_by(style: Any) -> list[str]:
    if style is None:
        return []
    found = (style.find(qn(f"w:{kind}")) for kind in ("basedOn", "next", "link"))
    return [e.get(qn("w:val")) for e in found if e is not None]
