import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from addin.output.documents.engine import render
from addin.output.documents.package import parts, repacked
from addin.output.documents.places import Template, template_dir, template_for
from tests.support.builders import book, day
from tests.support.documents_programme import busy_book, contents_of, material
from tools.templates.all import TEMPLATES, built
from workbook.documents.catalogue import BY_ID, WORD_DOCUMENTS
from workbook.documents.labels import ATTENDANCES, STATUSES
from workbook.documents.references import BLOCK_FIELDS, bookmark, place_of, short_tag, split_marks
from workbook.model.errors import TemplateMistake
from workbook.model.registers.improve import ACTION_TYPES
from workbook.model.triggers import ScopeKind

MINUTES = BY_ID["board-minutes"]


def made(document=MINUTES, found=None):
    found = found or material()
    return render(document, contents_of(document, found), read_template(template_dir() / document.template))


def read_template(path):
    return Template(path, path.read_bytes(), ours=False)


def read(data):
    return docx.Document(BytesIO(data))


def words(data):
    """All text of the body, controls included."""
    body = read(data).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def tags(data):
    return [t.get(qn("w:val")) for t in read(data).element.body.iter(qn("w:tag"))]


def template(tmp_path, *paragraphs, footer=""):
    page = docx.Document()
    for text in paragraphs:
        page.add_paragraph(text)
    page.sections[0].footer.paragraphs[0].text = footer
    path = tmp_path / "own.docx"
    page.save(path)
    return path


def render_own(path):
    return render(MINUTES, MINUTES.contents(MINUTES, material()), read_template(path))


@pytest.mark.parametrize("expression", ["{{ ''.__class__.__mro__ }}", "{{ about.__init__.__globals__ }}"])
def test_a_template_that_reaches_for_pythons_insides_is_refused(tmp_path, expression):
    with pytest.raises(TemplateMistake, match="may not"):
        render_own(template(tmp_path, expression))


def test_a_missing_name_is_named_with_the_template_and_the_paragraph(tmp_path):
    with pytest.raises(TemplateMistake) as caught:
        render_own(template(tmp_path, "Fine.", "Chaired by {{ chairman }} today"))
    assert "own.docx" in caught.value.what
    assert "“chairman”" in caught.value.what
    assert "Chaired by" in caught.value.where


def test_a_missing_field_of_something_known_is_named(tmp_path):
    with pytest.raises(TemplateMistake, match="“colour”"):
        render_own(template(tmp_path, "{{ about.colour }}"))


def test_a_mistake_in_the_footer_says_so(tmp_path):
    with pytest.raises(TemplateMistake) as caught:
        render_own(template(tmp_path, "Fine.", footer="{{ nothing_like_it }}"))
    assert "footer" in caught.value.where


@pytest.mark.parametrize("text", ["{% for m in matters %}", "{{ about. }}", "{{ 1 / 0 }}", "{{ chair + 1 }}"])
def test_other_mistakes_are_said_too(tmp_path, text):
    with pytest.raises(TemplateMistake):
        render_own(template(tmp_path, text))


def test_a_template_that_is_no_word_file_is_said(tmp_path):
    path = tmp_path / "board-minutes.docx"
    path.write_bytes(b"not a document")
    with pytest.raises(TemplateMistake, match="can't be read as a Word file"):
        render_own(path)


def test_peoples_own_template_wins(tmp_path):
    own = tmp_path / "Templates"
    own.mkdir()
    assert template_for(MINUTES, tmp_path).path == template_dir() / "board-minutes.docx"
    template(own, "Ours: {{ about.board }}").rename(own / "board-minutes.docx")
    found = template_for(MINUTES, tmp_path)
    assert (found.path, found.ours) == (own / "board-minutes.docx", False)
    assert "Ours: Digital Programme Board" in words(render(MINUTES, MINUTES.contents(MINUTES, material()), found))


@pytest.mark.parametrize("document", WORD_DOCUMENTS, ids=lambda d: d.id)
def test_the_same_input_gives_the_same_bytes(document):
    found = material()
    assert made(document, found) == made(document, found)


@pytest.mark.parametrize("document", WORD_DOCUMENTS, ids=lambda d: d.id)
def test_a_programme_without_any_entry_still_gives_a_document(document):
    empty = book(
        **dict.fromkeys(("Services", "People", "WorkforcePlan", "RoleBriefs", "TrainingMatrix", "ReadinessLog"), ()),
        ImplementationPlan=(),
        StartSignOff=(),
        settings=dict.fromkeys(("Provider name", "Programme name", "Project board name")),
    )
    text = words(made(document, material(empty)))
    assert document.title in text
    assert "None" not in text.replace("None recorded", "").replace("None set", "").replace("None of", "").split("\n")[0]
    assert "{{" not in text
    assert "{%" not in text


@pytest.mark.parametrize(
    "typed",
    [
        'Notes & alerts <now> "quoted" \' </w:t> {{ about.title }} {_{ {% if %}',
        "ملاحظات الرعاية שלום",
        "👩🏽‍⚕️ e\u0301 cafe\u0301",
        "long " * 6500,
        "first line\nsecond\tcolumn",
    ],
)
def test_what_people_typed_stands_in_the_document_as_it_is(typed):
    snapshot = busy_book(ImprovementLog=[{"Raised on": day(-60), "Description": typed.strip()}])
    for document in WORD_DOCUMENTS:
        data = made(document, material(snapshot))
        read(data)
    text = words(made(MINUTES, material(snapshot)))
    for piece in typed.strip().replace("\n", "\t").split("\t"):
        assert piece in text


def test_control_characters_are_left_out():
    snapshot = busy_book(ImprovementLog=[{"Raised on": day(-60), "Description": "one\x00two\x07three\x0bfour\ud800."}])
    text = words(made(MINUTES, material(snapshot)))
    assert "onetwothree" in text


def test_names_with_special_characters_are_escaped():
    assert "Elm & Ash <Home Care>" in words(made())


def hidden_words(data):
    return [
        "".join(t.text or "" for t in run.iter(qn("w:t")))
        for run in read(data).element.body.iter(qn("w:r"))
        if run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None
    ]


def test_every_matter_has_a_block_whose_rows_carry_their_reference_three_times():
    found = material()
    matters = MINUTES.contents(MINUTES, found).matters
    data = made(MINUTES, found)
    marks = {m[0] for words in hidden_words(data) if (m := split_marks(words)[0])}
    names = [b.get(qn("w:name")) for b in read(data).element.body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert len(matters) > 3
    for matter in matters:
        for name in BLOCK_FIELDS:
            tag = getattr(matter.tags, name)
            assert tags(data).count(short_tag(tag)) == 1
            assert tag in marks
            assert bookmark(place_of(tag)) in names
    assert max(map(len, tags(data))) <= 64


def test_an_entry_cell_holds_nothing_but_its_place_and_none_takes_plain_text():
    body = read(made()).element.body
    assert not list(body.iter(qn("w:text")))
    for control in body.iter(qn("w:sdt")):
        (cell,) = [a for a in control.iterancestors() if a.tag == qn("w:tc")]
        assert list(cell.iter(qn("w:t"))) == list(control.iter(qn("w:t")))


def test_no_reference_names_a_person():
    assert not [words for words in hidden_words(made()) if "Manager" in words or "Champion " in words]


def test_a_very_full_programme_gives_twenty_blocks_and_lines_for_the_rest():
    issues = [{"Raised on": day(-60), "Description": f"Alerts come late, number {n}."} for n in range(150)]
    found = material(busy_book(ImprovementLog=issues, QualityReviews=(), BoardDecisions=(), UpdatesShared=()))
    contents = MINUTES.contents(MINUTES, found)
    assert (len(contents.matters), len(contents.further)) == (20, 100)
    total = int(contents.matter_counts.split()[0])
    assert contents.beyond.startswith(f"{total - 120} more matters wait:")
    assert "Further matters" in words(made(MINUTES, found))


def test_controls_are_numbered_each_with_its_own():
    numbers = [
        e.get(qn("w:val")) for e in read(made()).element.body.iter(qn("w:id")) if e.getparent().tag == qn("w:sdtPr")
    ]
    assert len(numbers) == len(set(numbers)) > 50


@pytest.mark.parametrize("document", WORD_DOCUMENTS, ids=lambda d: d.id)
def test_words_accessibility_checker_would_be_content(document):
    page = read(made(document))
    assert page.core_properties.title.startswith(document.title)
    assert page.core_properties.language == "en-GB"
    assert any(p.style.name == "Heading 1" for p in page.paragraphs)
    for table in page.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    for picture in page.element.body.iter(qn("wp:docPr")):
        assert len(picture.get("descr")) > 20
    empty = [
        p
        for p in page.paragraphs
        if not "".join(t.text or "" for t in p._p.iter(qn("w:t"))) and not p._p.xpath(".//w:drawing")
    ]
    assert not empty


@pytest.mark.parametrize("document", WORD_DOCUMENTS, ids=lambda d: d.id)
@pytest.mark.parametrize("snapshot", [None, book(Services=[])], ids=["busy", "empty"])
def test_every_link_within_a_document_leads_to_a_place_in_it(document, snapshot):
    found = material(snapshot) if snapshot is not None else material()
    if document.scope is not ScopeKind.PROGRAMME and snapshot is not None:
        return
    body = read(made(document, found)).element.body
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert anchors <= names
    assert anchors or document.id not in {"board-paper", "governance-review"}


def test_the_governance_review_draws_its_charts():
    page = read(made(BY_ID["governance-review"]))
    assert len(page.inline_shapes) == 5
    assert page.core_properties.author == "Digital champions, Example Care"


def test_the_page_says_what_it_is_and_the_properties_what_it_was_made_from():
    found = material()
    page = read(made(MINUTES, found))
    number = MINUTES.contents(MINUTES, found).about.number
    footer, header = (part.paragraphs[0].text for part in (page.sections[0].footer, page.sections[0].header))
    assert number in footer
    assert "30 Jun 2026" in footer
    assert "DRAFT" in header
    assert "Internal: may hold personal data" in header
    assert found.view.snapshot.fingerprint not in footer + header
    assert found.view.snapshot.fingerprint in page.core_properties.comments
    assert number in page.core_properties.identifier


def test_counts_in_the_minutes_are_those_of_the_workbook():
    found = material()
    page = read(made(MINUTES, found))
    tables = {t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")): t for t in page.tables}
    raised = [r for r in found.results if r.state == "raised"]
    assert len(tables["Raised triggers with what was found and the rows"].rows) == 1 + len(raised)
    log = tables["Action log: id, action, owner, due date, status and evidence"]
    assert [r.cells[0].text for r in log.rows[1:]] == ["AC-001", "AC-004", "AC-002", "AC-003"]
    assert "4 actions: 2 overdue, 1 done without evidence." in words(made(MINUTES, found))


def test_the_drop_down_lists_offer_what_the_workbook_knows():
    body = read(made()).element.body
    lists = {tuple(i.get(qn("w:value")) for i in d.iter(qn("w:listItem"))) for d in body.iter(qn("w:dropDownList"))}
    assert {ACTION_TYPES, STATUSES, ATTENDANCES} <= lists


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_the_templates_are_what_their_builders_give(name):
    committed = parts((template_dir() / name).read_bytes())
    assert committed == parts(built(name))


def test_packing_again_changes_nothing():
    data = made()
    assert repacked(data) == data
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ["Fees $5 and $x_{", "_Hidden House", "Дом 🏠 שלום"])
def test_any_service_name_can_stand_in_a_chart(name):
    snapshot = busy_book(Services=[{"Service name": name}])
    page = read(made(BY_ID["governance-review"], material(snapshot)))
    assert any(name in picture.get("descr") for picture in page.element.body.iter(qn("wp:docPr")))


def test_every_link_within_a_document_leads_to_a_place_of_its_own():
    body = read(made(BY_ID["board-paper"])).element.body
    names = [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]
    links = [h.get(qn("w:anchor")) for h in body.iter(qn("w:hyperlink"))]
    assert len(names) == len(set(names))
    assert len(links) > 2
    assert set(links) <= set(names)
    starts = [b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkStart"))]
    assert sorted(starts) == sorted(b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkEnd")))
    assert len(starts) == len(set(starts))
