"""Formulas that stand beside cells: between tags, as those of validations, and in attributes, as a text box's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from addin.lossless.opc.markup import ATTRIBUTES, attributes, escaped, with_attribute
from addin.lossless.opc.part_text import unescaped

#: A formula between the tags of a sheet's part, a table's or a chart's.
_BETWEEN = re.compile(
    rb"(<((?:\w+:)?(?:f|formula|formula1|formula2|calculatedColumnFormula|totalsRowFormula)|c15:sqref)(?:\s[^<>]*)?>)"
    rb"([^<]+)(?=</\2\s*>)"
)
_LINK = "hyperlink"
_ATTRIBUTES = {
    _LINK: ("location",),
    "cfvo": ("val",),
    "sp": ("textlink",),
    "cameraTool": ("cellRange",),
    "formControlPr": ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"),
    "controlPr": ("linkedCell", "listFillRange"),
}
_WITH_ATTRIBUTES = re.compile(rb"<(?:\w+:)?(%b)" % "|".join(_ATTRIBUTES).encode() + rb"(?=\s)%b\s*/?>" % ATTRIBUTES)


def with_formulas(xml: bytes, change: Callable[[str], str]) -> bytes:
    """A part with the formulas beside cells, and the places that links lead to, as `change` gives them.

    Args:
        xml: a sheet's part, a table's, a chart's or a drawing's, or a piece of one, in plain form.
        change: gives a formula or a link's goal anew, by the one that stands there.
    """

    def between(m: re.Match[bytes]) -> bytes:
        text = unescaped(m[3])
        new = change(text)
        return m[0] if new == text else m[1] + escaped(new)

    def in_attributes(m: re.Match[bytes]) -> bytes:
        tag = m[0]
        for name, text in _of_tag(m):
            new = change(text)
            tag = tag if new == text else with_attribute(tag, name, new)
        return tag

    return _WITH_ATTRIBUTES.sub(in_attributes, _BETWEEN.sub(between, xml))


def formulas_in(xml: bytes) -> Iterator[str]:
    """The formulas beside cells; where links lead is none.

    Args:
        xml: as `with_formulas` takes it.
    """
    yield from (unescaped(m[3]) for m in _BETWEEN.finditer(xml))
    for m in _WITH_ATTRIBUTES.finditer(xml):
        if m[1] != _LINK.encode():
            yield from (text for _, text in _of_tag(m))


def _of_tag(m: re.Match[bytes]) -> list[tuple[str, str]]:
    """The attributes of a tag that hold formulas, with these; none of a link into another file."""
    attrs = attributes(m[0])
    if m[1] == _LINK.encode() and any(name.endswith(":id") for name in attrs):
        return []
    return [(name, attrs[name]) for name in _ATTRIBUTES[m[1].decode()] if attrs.get(name)]
