import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from addin.output.documents.contents_field import settle_contents
from tests.addin.output.documents.test_engine import made, read
from workbook.documents.catalogue import BY_ID

LONG = ("board-paper", "governance-review", "inspection-pack", "start-pack")


def text_of(element):
    """Its words; what the document is stands hidden behind those of its last paragraph."""
    return "".join(t.text or "" for t in element.iter(qn("w:t"))).partition("⟦")[0]


@pytest.mark.parametrize("document", LONG)
def test_a_long_document_lists_its_headings_each_leading_to_its_place(document):
    page = read(made(BY_ID[document]))
    body = page.element.body
    headings = [p for p in page.paragraphs if p.style.name == "Heading 1"]
    entries = [p for p in page.paragraphs if p.style.name == "toc 1"]
    assert [text_of(p._p) for p in entries] == [text_of(p._p) for p in headings] != []
    places = {m.get(qn("w:name")): text_of(m.getparent()) for m in body.iter(qn("w:bookmarkStart"))}
    for entry in entries:
        (link,) = entry._p.iter(qn("w:hyperlink"))
        assert places[link.get(qn("w:anchor"))] == text_of(entry._p)


@pytest.mark.parametrize("document", LONG)
def test_word_asks_nothing_on_opening_and_can_renew_the_field(document):
    page = read(made(BY_ID[document]))
    assert page.settings.element.find(qn("w:updateFields")) is None
    first, *_, last = (p for p in page.paragraphs if p.style.name == "toc 1")
    kinds = [[e.get(qn("w:fldCharType")) for e in p._p.iter(qn("w:fldChar"))] for p in (first, last)]
    assert kinds == [["begin", "separate"], ["end"]]


def test_a_field_whose_end_stands_within_its_last_link_is_filled_too():
    """As in a template of somebody's own that Word saved."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> TOC \\h </w:instrText></w:r>'
    old = f'<w:hyperlink w:anchor="_Toc1"><w:r><w:t>Old entry</w:t></w:r>{char.format("end")}</w:hyperlink>'
    field = f"<w:p>{char.format('begin')}{code}{char.format('separate')}{old}</w:p>"
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>New entry</w:t></w:r></w:p>'
    body = parse_xml(f"<w:body {nsdecls('w')}>{field}{heading}</w:body>")
    settle_contents(body)
    assert text_of(body[0]) == "New entry"
    kinds = [e.get(qn("w:fldCharType")) for e in body[0].iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_minutes_have_no_contents():
    assert not [p for p in read(made()).paragraphs if p.style.name == "toc 1"]
