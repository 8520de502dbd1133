import pytest
from docx.oxml.ns import qn

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


def test_minutes_have_no_contents():
    assert not [p for p in read(made()).paragraphs if p.style.name == "toc 1"]
