"""The provider's logo and letterhead at the head of a document's first page."""

import struct
import zlib

import pytest
from docx.oxml.ns import qn

from addin.output.documents.engine import render
from addin.output.documents.logo import logo_beside, logo_of, provider_logo
from addin.output.documents.make import make_documents
from addin.output.documents.places import Template, template_dir
from addin.output.documents.separate_process import render_apart
from tests.addin.output.documents.test_engine import read, read_template
from tests.support.documents_programme import busy_book, contents_of, material
from workbook.documents.calling import chosen
from workbook.documents.catalogue import BY_ID, WORD_DOCUMENTS

UPDATE = BY_ID["staff-update"]


def png(wide=600, high=200):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x40" * wide for _ in range(high)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(wide=300, high=100, *, kind=0xC0, colours=3, mark=b"JFIF\0\1\1\0\0\1\0\1\0\0", app=0xE0):
    """The parts of a JPEG picture that say what it is."""

    def segment(number, data):
        return bytes((0xFF, number)) + struct.pack(">H", len(data) + 2) + data

    frame = struct.pack(">BHHB", 8, high, wide, colours) + b"\1\x11\0" * colours
    return b"\xff\xd8" + segment(app, mark) + segment(kind, frame) + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\0\xff\xd9"


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
        (png(20_000, 1), "has 20,000 by 1 points"),
        (png(8_000, 8_000), "has 8,000 by 8,000 points"),
        (png()[:-20], "is no picture"),
        (png()[:60] + b"??" + png()[62:], "is no picture"),
        (jpeg()[:-2], "is no picture"),
        (jpeg(kind=0xC3), "is no picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is no picture"),
        (b"\xff\xd8\xff\xe0 no more", "is no picture"),
        (png() + b"\0" * (2 << 20), "is larger than 2 MB"),
        (None, "can't be read"),
    ],
    ids=[
        *(
            "empty",
            "gif",
            "cut off",
            "too wide",
            "too many points",
            "cut off at the end",
            "damaged",
            "no end of a jpeg",
        ),
        *("lossless jpeg", "svg called png", "cut off jpeg", "large", "folder"),
    ],
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


@pytest.mark.parametrize("colours", [3, 4], ids=["rgb", "cmyk"])
def test_a_jpeg_of_a_picture_editor_is_taken_whatever_its_first_mark(tmp_path, colours):
    (tmp_path / "logo.jpg").write_bytes(jpeg(colours=colours, mark=b"Adobe\0\x64\0\0\0\0\2", app=0xEE))
    made = make(tmp_path)
    assert made.notes == []
    (size,) = first_header(made.written[0].path.read_bytes())._element.iter(qn("wp:extent"))
    assert int(size.get("cx")) == 3 * int(size.get("cy"))


def test_a_kind_of_picture_that_word_does_not_show_is_told(tmp_path):
    (tmp_path / "Logo.svg").write_bytes(b"<svg/>")
    (note,) = make(tmp_path).notes
    assert note.startswith("The logo Logo.svg beside the workbook is of a kind")


def test_a_link_that_leads_elsewhere_is_not_followed(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "secret.png").write_bytes(png())
    (home / "logo.png").symlink_to(tmp_path / "secret.png")
    found = logo_beside(home)
    assert found.logo is None
    assert "leads elsewhere" in found.notes[0]


def test_of_two_names_that_differ_in_capitals_the_same_is_always_taken(tmp_path):
    for name, wide in (("logo.png", 600), ("LOGO.PNG", 300)):
        (tmp_path / name).write_bytes(png(wide))
    assert logo_beside(tmp_path).logo.wide == logo_of(png(600)).wide


@pytest.mark.parametrize(
    ("setting", "taken", "told"),
    [
        ("Pictures/ours.png", "wide", ""),
        ("", "beside", ""),
        ("../ours.png", "beside", "outside the workbook's folder"),
        ("https://example.org/logo.png", "beside", "web address"),
        ("Pictures/gone.png", "beside", "no such file"),
        (".champions/ours.png", "beside", "program's own"),
    ],
)
def test_the_setting_names_a_picture_within_the_workbooks_folder(tmp_path, setting, taken, told):
    (tmp_path / "Pictures").mkdir()
    (tmp_path / "Pictures" / "ours.png").write_bytes(png(600, 100))
    (tmp_path / "logo.png").write_bytes(png(100, 100))
    found = provider_logo(tmp_path, setting)
    assert found.logo == logo_of({"wide": png(600, 100), "beside": png(100, 100)}[taken])
    assert [told in note for note in found.notes] == [True] * bool(told)


def test_the_settings_stand_in_the_documents(tmp_path):
    (tmp_path / "ours.png").write_bytes(png())
    words = {"Logo": "ours.png", "Classification line": "Confidential:  the board alone"}
    settings = material(busy_book(settings=words))
    made = make_documents(
        settings,
        chosen(settings, ["staff-update", "commissioner-pack"]),
        tmp_path / "b.xlsx",
        made_on=settings.view.as_of,
    )
    heads = {one.document.id: first_header(one.path.read_bytes()) for one in made.written}
    assert heads["staff-update"].paragraphs[1].text.endswith("Confidential: the board alone")
    assert "Prepared for" in heads["commissioner-pack"].paragraphs[1].text, "what leaves keeps its own line"
    assert all(list(head._element.iter(qn("wp:docPr"))) for head in heads.values())
