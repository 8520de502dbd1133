"""The provider's logo and letterhead at the head of a document's first page."""

import struct
import zlib

import pytest
from docx.oxml.ns import qn

from addin.output.documents.engine import render
from addin.output.documents.logo import logo_beside, logo_of
from addin.output.documents.make import make_documents
from addin.output.documents.places import Template, template_dir
from addin.output.documents.separate_process import render_apart
from tests.addin.output.documents.test_engine import read, read_template
from tests.support.documents_programme import contents_of, material
from workbook.documents.calling import chosen
from workbook.documents.catalogue import BY_ID, WORD_DOCUMENTS

UPDATE = BY_ID["staff-update"]


def png(wide=600, high=200):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x40" * wide for _ in range(high)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def made_with(logo, document=UPDATE):
    path = template_dir() / document.template
    return render(document, contents_of(document, material()), read_template(path), logo)


def first_header(data):
    return read(data).sections[0].first_page_header


@pytest.mark.parametrize("document", WORD_DOCUMENTS, ids=lambda d: d.id)
def test_without_a_logo_the_name_stands_at_the_head_with_status_and_who_may_read_it(document):
    top = first_header(made_with(None, document))
    assert top.paragraphs[0].text.startswith("Example Care\tDigital champions")
    assert "DRAFT" in top.paragraphs[1].text
    assert not list(top._element.iter(qn("wp:docPr")))


def test_a_logo_has_words_for_those_who_do_not_see_it_and_its_own_proportions():
    data = made_with(logo_of(png()))
    top = first_header(data)
    (picture,) = top._element.iter(qn("wp:docPr"))
    (size,) = top._element.iter(qn("wp:extent"))
    assert picture.get("descr") == "Logo of Example Care"
    assert int(size.get("cx")) == 3 * int(size.get("cy")) == 3 * 504_000
    (blip,) = top._element.iter(qn("a:blip"))
    assert top.part.related_parts[blip.get(qn("r:embed"))].blob == png()
    assert data == made_with(logo_of(png())), "the same bytes for the same logo"


def test_somebodys_own_template_gets_the_logo_too():
    path = template_dir() / UPDATE.template
    own = Template(path, path.read_bytes(), ours=False)
    made = render_apart(UPDATE, contents_of(UPDATE, material()), own, logo=logo_of(png())).content
    assert [p.get("descr") for p in first_header(made)._element.iter(qn("wp:docPr"))] == ["Logo of Example Care"]


def make(folder):
    return make_documents(
        material(), chosen(material(), ["staff-update"]), folder / "book.xlsx", made_on=material().view.as_of
    )


@pytest.mark.parametrize("name", ["logo.png", "Logo.PNG"])
def test_a_picture_beside_the_workbook_is_taken(tmp_path, name):
    (tmp_path / name).write_bytes(png())
    made = make(tmp_path)
    assert list(first_header(made.written[0].path.read_bytes())._element.iter(qn("wp:docPr")))
    assert made.notes == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is no picture"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "is no picture"),
        (png()[:20], "is no picture"),
        (png(20_000, 1), "is no picture"),
        (b"\xff\xd8\xff\xe0 no more", "is no picture"),
        (png() + b"\0" * (2 << 20), "is larger than 2 MB"),
        (None, "can't be read"),
    ],
    ids=["empty", "gif", "cut off", "too wide", "cut off jpeg", "large", "folder"],
)
def test_what_can_not_be_a_logo_is_told_and_the_name_stands_there(tmp_path, content, why):
    if content is None:
        (tmp_path / "logo.png").mkdir()
    else:
        (tmp_path / "logo.png").write_bytes(content)
    made = make(tmp_path)
    (note,) = made.notes
    assert note.startswith(f"The logo logo.png beside the workbook {why}")
    assert first_header(made.written[0].path.read_bytes()).paragraphs[0].text.startswith("Example Care\t")


def test_another_picture_is_no_logo(tmp_path):
    (tmp_path / "team.png").write_bytes(png())
    assert logo_beside(tmp_path).logo is None
