import docx
import pytest
from docx.oxml.ns import qn

from addin.output.documents.whole_ids import keep_ids_whole
from tests.addin.output.documents.test_engine import made, read
from workbook.documents.catalogue import BY_ID


def whole(*texts):
    paragraph = docx.Document().add_paragraph()
    for text in texts:
        paragraph.add_run(text)
    keep_ids_whole(paragraph._p)
    return paragraph


@pytest.mark.parametrize(
    ("text", "hyphens"),
    [
        ("SU-0012", 1),
        ("Support log SU-0001, SU-0002; and more", 2),
        ("BM-20260630-K7QXZ. Northern Programme", 2),
        ("(IM-003)", 1),
        ("STAFF-001’s entry", 1),
        ("well-known", 0),
        ("follow-up on 2-3 days", 0),
        ("NON-URGENT", 0),
        ("2026-06-30", 0),
        ("pre-SU-0001", 0),
        ("A-1-" + "2" * 30, 0),
    ],
)
def test_the_hyphens_of_ids_alone_never_break(text, hyphens):
    paragraph = whole(text)
    assert len(list(paragraph._p.iter(qn("w:noBreakHyphen")))) == hyphens
    assert paragraph.text == text


def test_what_stands_around_an_id_keeps_its_blanks():
    assert whole(" see ", "  IM-003  and IM-004 ").text == " see   IM-003  and IM-004 "


@pytest.mark.parametrize("document", ["board-minutes", "board-paper", "governance-review"])
def test_no_id_on_a_page_breaks_at_its_hyphen_and_hidden_references_stay(document):
    body = read(made(BY_ID[document])).element.body
    shown = [t for t in body.iter(qn("w:t")) if t.getparent().find(f"{qn('w:rPr')}/{qn('w:vanish')}") is None]
    assert not [t.text for t in shown if "IM-0" in (t.text or "")]
    assert list(body.iter(qn("w:noBreakHyphen")))
    hidden = [t.text for t in body.iter(qn("w:t")) if t not in shown and "⟦" in t.text]
    assert all(text.endswith("⟧") for text in hidden)


def test_the_documents_number_in_the_footer_stays_whole():
    footer = read(made(BY_ID["board-paper"])).sections[0].footer
    assert list(footer._element.iter(qn("w:noBreakHyphen")))
    assert footer.paragraphs[0].text.startswith("BP-2026")
