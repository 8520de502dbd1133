"""The fields of a Word file: codes that Word works out, some of which fetch files or run programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

#: Fields that show what the document itself holds, or ask its reader (ECMA-376 part 1, 17.16.5). Any other is refused:
#: INCLUDETEXT, INCLUDEPICTURE, INCLUDE, LINK, EMBED, DDE, DDEAUTO, IMPORT, DATABASE, RD, MACROBUTTON, CONTROL, PRINT …
_ALLOWED_CODES = (
    "= ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT AUTOTEXT AUTOTEXTLIST BARCODE BIBLIOGRAPHY CITATION COMMENTS "
    "COMPARE CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FILLIN FORMCHECKBOX "
    "FORMDROPDOWN FORMTEXT GOTOBUTTON HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEBARCODE MERGEFIELD "
    "NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE PRIVATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES "
    "SEQ SET SHAPE STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME "
    "XE"
)
_ALLOWED = frozenset(_ALLOWED_CODES.split())
#: Stands in a code for a field within it, whose result is not known.
_WITHIN = "\0"
#: Of two versions of a piece only one is shown, and of a change either may be: a code must not be put together of them.
_BRANCHES = frozenset({"Choice", "Fallback", "del", "ins", "moveFrom", "moveTo"})


@dataclass
class _Field:
    begin: Any
    code: str = ""
    in_code: bool = True
    in_pieces: bool = False


def forbidden_fields(root: Any) -> Iterator[tuple[Any, str]]:
    """The fields of a part that are not allowed: where they begin, and their code.

    Args:
        root: the part's root element.
    """
    opened: list[_Field] = []
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name == "fldSimple":
            yield from _judged(_Field(element, _attribute(element, "instr")))
        elif name == "fldChar":
            yield from _turn(opened, element)
        elif name in {"instrText", "delInstrText"} and opened and opened[-1].in_code:
            field = opened[-1]
            field.code += element.text or ""
            field.in_pieces |= name == "delInstrText" or _branch(element) is not _branch(field.begin)
    for field in opened:
        yield from _judged(field)


def _turn(opened: list[_Field], element: Any) -> Iterator[tuple[Any, str]]:
    kind = _attribute(element, "fldCharType")
    if kind == "begin":
        opened.append(_Field(element))
    elif opened and kind == "separate":
        opened[-1].in_code = False
    elif opened and kind == "end":
        done = opened.pop()
        if opened and opened[-1].in_code:
            opened[-1].code += _WITHIN
        yield from _judged(done)


def _judged(field: _Field) -> Iterator[tuple[Any, str]]:
    words = field.code.replace(_WITHIN, f" {_WITHIN} ").split(None, 1)
    first = words[0].upper() if words else ""
    if first.startswith("="):
        first = "="
    if field.in_pieces or (first and re.split(r'[\\"]', first, maxsplit=1)[0] not in _ALLOWED):
        yield field.begin, " ".join(field.code.replace(_WITHIN, "{…}").split())


def _branch(element: Any) -> Any:
    """The version of a piece, or the change, that an element belongs to; None where it belongs to none."""
    return next((a for a in element.iterancestors() if etree.QName(a).localname in _BRANCHES), None)


def _attribute(element: Any, name: str) -> str:
    return next((v for k, v in element.attrib.items() if etree.QName(k).localname == name), "")
