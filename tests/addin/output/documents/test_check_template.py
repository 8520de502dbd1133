"""People's own templates are looked at before a meeting depends on them."""

import shutil
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from addin.frontends.terminal.main import main
from addin.output.documents.check_template import check_template, template_names
from addin.output.documents.places import template_dir
from tests.support.documents_programme import material
from workbook.documents.catalogue import BY_ID

MINUTES, UPDATE = BY_ID["board-minutes"], BY_ID["staff-update"]


def own(folder, document, change):
    """A template of somebody's own: ours with a change."""
    page = docx.Document(BytesIO((template_dir() / document.template).read_bytes()))
    change(page)
    page.save(folder / document.template)
    return check_template(document, folder, [material()])


def texts(page):
    return page.element.body.iter(qn("w:t"))


def misspelt(page):
    found = next(t for t in texts(page) if "about.title" in (t.text or ""))
    found.text = found.text.replace("about.title", "about.titel")


def test_an_unknown_name_comes_with_what_was_meant(tmp_path):
    (remark,) = own(tmp_path, UPDATE, misspelt)
    assert "“titel”" in remark.what
    assert "Did you mean “title”?" in remark.fix


def without_controls(page):
    for control in list(page.element.body.iter(qn("w:sdt"))):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is not None and "owner" in tag.get(qn("w:val")):
            paragraph = control.getparent()
            paragraph.remove(control)


def test_a_place_to_fill_in_that_was_lost_is_named(tmp_path):
    remarks = own(tmp_path, MINUTES, without_controls)
    assert any("the control of Owner" in r.what for r in remarks), remarks


def formatted(page):
    next(r for p in page.paragraphs for r in p.runs if r.text.strip()).bold = True


def without_header_row(page):
    for mark in list(page.tables[0]._tbl.iter(qn("w:tblHeader"))):
        mark.getparent().remove(mark)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (formatted, "Formatting beside the styles in 1 paragraphs"),
        (without_header_row, "A table has no header row that repeats"),
    ],
)
def test_what_a_style_or_a_repeated_row_should_do_is_told(tmp_path, change, words):
    assert [words in r.what for r in own(tmp_path, MINUTES, change)] == [True]


def without_bookmarks(*starting):
    def change(page):
        for mark in list(page.element.body.iter(qn("w:bookmarkStart"))):
            if mark.get(qn("w:name")).startswith(starting):
                mark.getparent().remove(mark)

    return change


@pytest.mark.parametrize(
    ("starting", "words"),
    [(["place_risks"], "A link leads nowhere"), (["place_risks", "{{ w.anchor"], "links lead nowhere")],
)
def test_links_whose_place_was_lost_are_told_and_what_they_say(tmp_path, starting, words):
    (told,) = own(tmp_path, BY_ID["board-paper"], without_bookmarks(*starting))
    assert words in told.what
    assert "Safe recording is affected: IM-001" in told.where


def test_a_link_that_was_deleted_with_its_place_is_no_loss(tmp_path):
    def change(page):
        without_bookmarks("place_risks")(page)
        for link in list(page.element.body.iter(qn("w:hyperlink"))):
            if link.get(qn("w:anchor")) == "place_risks":
                link.getparent().remove(link)

    assert own(tmp_path, BY_ID["board-paper"], change) == []


def test_a_template_that_was_only_restyled_is_well(tmp_path):
    def restyled(page):
        page.styles["Title"].font.bold = True

    assert own(tmp_path, UPDATE, restyled) == []


def test_ours_are_written_out_and_nothing_there_is_replaced(tmp_path, capsys):
    (tmp_path / "role-brief.docx").write_bytes(b"mine")
    assert main(["templates", "export", str(tmp_path)]) == 0
    assert {p.name for p in tmp_path.iterdir()} == set(template_names())
    assert (tmp_path / "role-brief.docx").read_bytes() == b"mine"
    assert "role-brief.docx" in capsys.readouterr().out


def test_a_name_that_no_document_has_is_told_and_an_empty_folder_too(tmp_path, capsys):
    assert main(["templates", "check", str(tmp_path / "none")]) == 2
    assert main(["templates", "check", str(tmp_path)]) == 0
    (tmp_path / "board-minuts.docx").write_bytes(b"x")
    assert main(["templates", "check", str(tmp_path)]) == 1
    assert "Did you mean board-minutes.docx?" in capsys.readouterr().out


def locked(data):
    """As if one of the parts were encrypted."""
    raw = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(sign)
        while start >= 0:
            raw[start + at] |= 1
            start = raw.find(sign, start + 4)
    return bytes(raw)


def spoilt(data):
    """A part that can't be unpacked any more."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        part = package.getinfo("word/document.xml")
    raw = bytearray(data)
    start = part.header_offset + 60
    raw[start : start + 200] = b"\xff" * 200
    return bytes(raw)


def swollen(data):
    """A part that unpacks to more than any template has."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            end = part.rfind(b"</w:body>")
            more = b"<w:p/>" * 2_000_000 if name == "word/document.xml" else b""
            new.writestr(name, part[:end] + more + part[end:] if more else part)
    return out.getvalue()


@pytest.mark.parametrize("made_wrong", [locked, spoilt, swollen])
def test_a_template_that_is_damaged_is_told_and_the_others_are_looked_at(made_wrong, tmp_path, capsys):
    (tmp_path / UPDATE.template).write_bytes(made_wrong((template_dir() / UPDATE.template).read_bytes()))
    shutil.copy(template_dir() / BY_ID["role-brief"].template, tmp_path)
    (tmp_path / BY_ID["start-pack"].template).mkdir()
    assert main(["templates", "check", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert f"!!  {UPDATE.template}" in told.out
    assert f"ok  {BY_ID['role-brief'].template}" in told.out
    assert BY_ID["start-pack"].template not in told.out
    assert told.err == ""
