"""What a Word template may not bring into a document: whatever fetches, runs or holds something of another program.

It is looked at as python-docx has read and written it, so that nothing stands there that was not seen; and once more
when it has been filled in, since a template can make such things only then. What is allowed is listed; the rest is
refused by name and place. Links that a reader clicks stay.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from addin.output.documents.fields import forbidden_fields
from workbook.model.errors import TemplateMistake

_RELATIONSHIPS, _TYPES, _SETTINGS = ".rels", "[Content_Types].xml", ".settings+xml"
_ATTACHED = "attachedTemplate"
#: The kinds of relation between the parts of a document that hold words, looks, pictures and charts.
_KIND_NAMES = (
    "officeDocument core-properties extended-properties custom-properties thumbnail styles stylesWithEffects settings "
    "webSettings fontTable theme themeOverride numbering footnotes endnotes comments commentsExtended commentsIds "
    "commentsExtensible people header footer image hyperlink customXml customXmlProps glossaryDocument font chart "
    "chartStyle chartColorStyle chartUserShapes diagramData diagramLayout diagramQuickStyle diagramColors "
    "diagramDrawing printerSettings documenttasks classificationlabels intelligence2"
)
_KINDS = frozenset(_KIND_NAMES.split())
_CONTENT = re.compile(
    r"image/(png|jpe?g|gif|bmp|tiff|x-emf|x-wmf|svg\+xml|webp|vnd\.ms-photo)|application/xml|text/xml"
    r"|application/x-fontdata|application/x-font-ttf"
    r"|application/vnd\.openxmlformats-(officedocument\.(wordprocessingml|theme|themeOverride|drawingml|extended"
    r"|custom|customXml|obfuscatedFont|vmlDrawing)[A-Za-z.+-]*|package\.(core-properties|relationships)\+xml"
    r"|officedocument\.(custom-properties|extended-properties)\+xml|officedocument\.wordprocessingml\.printerSettings)"
    r"|application/vnd\.ms-(word\.(stylesWithEffects|comments\w*|people)\+xml"
    r"|office\.(drawingml\.\w+|chart\w+|classificationlabels|documenttasks)\+xml|office\.\w+\+xml)"
)
_NOT_CONTENT = re.compile("macro|vba|activex|oleobject|webextension|keymap|toolbar", re.IGNORECASE)
_NAMES = {
    "oleObject": "an object of another program",
    "package": "a file of another program",
    "aFChunk": "a file of another kind that Word would take in (altChunk)",
    "control": "a control",
    "activeXControlBinary": "a control",
    "vbaProject": "macros",
    "wordVbaData": "macros",
    "keyMapCustomizations": "keys or buttons that run macros",
    "attachedToolbars": "keys or buttons that run macros",
    "extensibility": "a ribbon of its own",
    "webextensiontaskpanes": "an add-in from the web",
    "webextension": "an add-in from the web",
    "mailMergeSource": "a source of data",
    "origin": "a digital signature, which would no longer hold",
}
#: Elements by their plain name, since they have two namespaces each.
_ELEMENTS = {
    "OLEObject": "an object of another program",
    "object": "an object of another program",
    "control": "a control",
    "ocx": "a control",
    "altChunk": "a file of another kind that Word would take in (altChunk)",
    "subDoc": "another document",
    "mailMerge": "a source of data",
    "saveThroughXslt": "a file that Word would fetch when it saves",
    "sourceFileName": "a frame that shows another file",
    "movie": "a film",
    "entryMacro": "macros",
    "exitMacro": "macros",
    "webVideoPr": "a film from the web",
    "videoFile": "a film",
    "audioFile": "a sound",
    "wavAudioFile": "a sound",
    "quickTimeFile": "a film",
    "externalData": "a workbook behind a chart",
    "script": "a script",
    "foreignObject": "a piece of a web page",
}
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_ONLY_IN_WORD = frozenset({"object", "control", "movie"})  # elsewhere these names mean harmless things
_REFERENCES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_CLICKED = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
_VML, _OFFICE = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
_XLINK_HREF, _SVG = "{http://www.w3.org/1999/xlink}href", "http://www.w3.org/2000/svg"
_ELSEWHERE = re.compile(r"^\s*([A-Za-z][A-Za-z0-9+.-]*:|//|\\)")
_LONGEST = 80


def without_attached(data: bytes) -> tuple[bytes, bool]:
    """A template as python-docx writes it, without the template that it was itself made from.

    Args:
        data: the file.

    Returns:
        The file, and whether it pointed to another template.
    """
    document = docx.Document(BytesIO(data))
    found, package = False, document.part.package
    for part in (package, *package.iter_parts()):
        for key in [k for k, r in part.rels.items() if _kind(r.reltype) == _ATTACHED]:
            found = True
            part.rels.pop(key)
        if part is not package and part.content_type.endswith(_SETTINGS):
            for element in part.element.findall(qn(f"w:{_ATTACHED}")):
                part.element.remove(element)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue(), found


def examine(name: str, data: bytes) -> None:
    """Looks whether a template, or what was made with it, holds something that it may not.

    Args:
        name: of the template, for people.
        data: the file as python-docx wrote it.

    Raises:
        TemplateMistake: it does; the first thing found is named with its place.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        types = _read(package, _TYPES)
        for part in sorted(package.namelist(), key=lambda p: not p.endswith(_RELATIONSHIPS)):
            if part.endswith(_RELATIONSHIPS):
                _examine_relations(name, part, _read(package, part))
            elif part != _TYPES and _type_of(part, types).endswith("xml"):
                _examine_part(name, part, _read(package, part), _external(package, part))
        _examine_contents(name, types)


def _type_of(part: str, types: Any) -> str:
    """The kind of content that a part holds, in small letters."""
    own = next((t for t in types if t.get("PartName") == f"/{part}"), None)
    ending = part.rpartition(".")[2].lower()
    shared = next((t for t in types if (t.get("Extension") or "").lower() == ending), None)
    told = own if own is not None else shared
    return (told.get("ContentType") or "").lower() if told is not None else "xml"


def _read(package: zipfile.ZipFile, part: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(package.read(part), parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError(f"{part} declares entities")
    return root


def _examine_contents(name: str, root: Any) -> None:
    for entry in root:
        kind = entry.get("ContentType") or ""
        if _NOT_CONTENT.search(kind) or not _CONTENT.fullmatch(kind):
            where = (entry.get("PartName") or f".{entry.get('Extension')}").strip("/")
            raise refused(name, f"something of a kind that a document does not need ({kind[-_LONGEST:]})", where)


def _examine_relations(name: str, part: str, root: Any) -> None:
    for relation in root:
        kind, target = _kind(relation.get("Type") or ""), relation.get("Target") or ""
        outside = relation.get("TargetMode", "Internal") != "Internal" or _ELSEWHERE.match(target)
        if outside and kind != "hyperlink":
            what = _NAMES.get(kind, f"something of the kind “{kind[:_LONGEST]}”")
            raise refused(name, f"{what} that lies elsewhere ({target[:_LONGEST]})", _owner(part))
        if not outside and kind not in _KINDS:
            raise refused(name, _NAMES.get(kind, f"something of the kind “{kind[:_LONGEST]}”"), _owner(part))


def _external(package: zipfile.ZipFile, part: str) -> frozenset[str]:
    """The numbers of a part's relations that lead elsewhere."""
    folder, _, file = part.rpartition("/")
    own = f"{folder}/_rels/{file}{_RELATIONSHIPS}".lstrip("/")
    if own not in package.namelist():
        return frozenset()
    return frozenset(r.get("Id") or "" for r in _read(package, own) if r.get("TargetMode") == "External")


def _examine_part(name: str, part: str, root: Any, external: frozenset[str]) -> None:
    for element in root.iter(etree.Element):
        tag = etree.QName(element)
        what = _forbidden(element, tag, external)
        if what:
            raise refused(name, what, part, element)
    for element, code in forbidden_fields(root):
        raise refused(
            name, f"a field that fetches or runs something, or that we don't know ({code[:_LONGEST]})", part, element
        )


def _forbidden(element: Any, tag: Any, external: frozenset[str]) -> str:
    """What is wrong with an element, '' for nothing."""
    local = tag.localname
    if local in _ELEMENTS and (local not in _ONLY_IN_WORD or tag.namespace in _WORD):
        return _ELEMENTS[local]
    for key, value in element.attrib.items():
        attribute = etree.QName(key)
        if attribute.namespace in _REFERENCES and value in external and local not in _CLICKED:
            return f"something that lies elsewhere, in a “{local}”"
        if tag.namespace == _VML and attribute.localname in {"src", "althref"} and value.strip():
            return f"a picture that lies elsewhere ({value[:_LONGEST]})"
        if (
            tag.namespace == _VML
            and attribute.namespace == _OFFICE
            and attribute.localname == "href"
            and local != "shape"
        ):
            return f"a picture that lies elsewhere ({value[:_LONGEST]})"
        if tag.namespace == _SVG and attribute.localname == "href" and not value.startswith(("#", "data:image/")):
            return f"a picture that lies elsewhere ({value[:_LONGEST]})"
        if attribute.localname in {"manifestLocation", "schemaLocation"} and "schemaLibrary" in (tag.namespace or ""):
            return "a description of its contents that lies elsewhere"
    return ""


def refused(name: str, what: str, part: str, element: Any = None) -> TemplateMistake:
    """The error for something that a template may not hold.

    Args:
        name: of the template.
        what: it is.
        part: of the package.
        element: where in it.
    """
    return TemplateMistake(
        f"The template {name} holds {what}. A document for the board may hold nothing that fetches or runs anything.",
        where=f"{name}, {_place(part)}{_near(element)}",
        next_step="Take it out in Word, save the template, and try again. No document was written.",
    )


def _place(part: str) -> str:
    words = {
        "header": "in a header",
        "footer": "in a footer",
        "footnotes": "in the footnotes",
        "endnotes": "in the endnotes",
        "comments": "in the comments",
        "glossary": "in its building blocks",
        "settings": "in its settings",
        "word/document": "in its text",
    }
    return next((said for word, said in words.items() if word in part), f"in its part {part}")


def _owner(part: str) -> str:
    return part.replace("_rels/", "").removesuffix(_RELATIONSHIPS) or "of the file as a whole"


def _near(element: Any) -> str:
    """The words around an element."""
    for around in _upwards(element):
        text = " ".join("".join(t.text or "" for t in around.iter() if str(t.tag).endswith("}t")).split())
        if text:
            return f", near “{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}”"
    return ""


def _upwards(element: Any) -> Iterator[Any]:
    while element is not None and not str(element.tag).endswith("}body"):
        if str(element.tag).endswith("}p"):
            yield element
        element = element.getparent()


def _kind(relation_type: str) -> str:
    return relation_type.rstrip("/").rpartition("/")[2]
