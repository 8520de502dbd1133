"""Another text in a name's place: over runs and entities, in formulas' texts alone, and nothing that programs go by."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from addin.lossless.edit import Span, cells_of_strings, replace_text
from addin.lossless.opc import Package


def found(text):
    return [Span(*m.span(), "N-1") for m in re.finditer(r"(?i)\bann o'hara\b", text)]


def package(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(f"xl/{name}.xml", content)
    return Package(out.getvalue())


def changed(content, name="worksheets"):
    """A part afterwards; None where it stays."""
    made = replace_text(package(**{name: content}), found)
    new = made.parts.get(f"xl/{name}.xml")
    return new.decode() if new is not None else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<si><t>Ask Ann O'Hara.</t></si>", "<si><t>Ask N-1.</t></si>"),
        ("<si><t>ANN O&apos;HARA &amp; I</t></si>", "<si><t>N-1 &amp; I</t></si>"),
        (
            "<si><r><t>An</t></r><r><b/><t>n O'Ha</t></r><r><t>ra!</t></r></si>",
            "<si><r><t>N-1</t></r><r><b/><t></t></r><r><t>!</t></r></si>",
        ),
        (
            "<a:p><a:r><a:t>Ann </a:t></a:r><a:r><a:t>O'Hara</a:t></a:r></a:p>",
            "<a:p><a:r><a:t>N-1</a:t></a:r><a:r><a:t></a:t></a:r></a:p>",
        ),
        (
            "<f>IF(A1=\"Ann O'Hara\",'Ann O''Hara'!B2,T[Ann O'Hara])</f>",
            "<f>IF(A1=\"N-1\",'Ann O''Hara'!B2,T[N-1])</f>",
        ),
        ("<x v=\"Ann O&apos;Hara\" y='1'/>", "<x v=\"N-1\" y='1'/>"),
        ("<oddHeader>&amp;L&amp;14Ann O'Hara &amp;P</oddHeader>", "<oddHeader>&amp;L&amp;14N-1 &amp;P</oddHeader>"),
        ("<firstFooter>&amp;CAnn O'Hara</firstFooter>", "<firstFooter>&amp;CN-1</firstFooter>"),
        ("<t><![CDATA[Ann O'Hara]]></t>", "<t><![CDATA[N-1]]></t>"),
    ],
)
def test_it_is_replaced_as_people_see_it_and_the_rest_stays(before, after):
    assert changed(f"<a>{before}</a>") == f"<a>{after}</a>"


@pytest.mark.parametrize(
    "kept",
    [
        "<si><t>Ann O'Haras and Joann O'Hara</t></si>",
        "<si><t>Ann</t></si><si><t> O'Hara</t></si>",
        "<!-- Ann O'Hara -->",
        '<sheet name="Ann O&apos;Hara"/>',
        "<definedName name=\"x\">'Ann O'Hara'!A1</definedName>",
        '<Relationship Target="Ann O\'Hara.xlsx"/>',
    ],
)
def test_what_is_no_such_text_stays_to_the_byte(kept):
    assert changed(f"<a>{kept}</a>") is None


def test_names_that_programs_go_by_are_told():
    made = replace_text(package(workbook='<a><sheet name="Ann O&apos;Hara"/></a>'), found)
    assert [one.text for one in made.left] == ["Ann O'Hara"]


def test_a_text_may_be_kept_by_its_place_and_parts_without_it_are_passed_over():
    content = "<a><si><t>Ann O'Hara</t></si><si><t>Ann O'Hara</t></si></a>"
    made = replace_text(package(sharedStrings=content), found, keep=lambda _part, place: place == "0", probes=("hara",))
    assert made.parts["xl/sharedStrings.xml"].decode().count("N-1") == 1
    assert not replace_text(package(sharedStrings=content), found, probes=("nobody",)).parts


def test_the_cells_of_shared_texts():
    sheet = b'<c r="B2" s="1" t="s"><v>7</v></c><c r="C2" t="str"><v>7</v></c><c t="s" r="D2"><f>A1</f><v>8</v></c>'
    assert list(cells_of_strings(sheet)) == [("B2", 7), ("D2", 8)]
