"""The page of every Word template: A4, header and footer, and the named styles that a person can restyle."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Header
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

INK, ACCENT, HINT, SHADE, LINE = "1B2A30", "1F4E5F", "595959", "E6EFF2", "B4C2C8"
FONT = "Calibri"


def lay_out(doc: WordDocument) -> None:
    """Gives a new document its page, styles, header and footer.

    Args:
        doc: as python-docx makes one.
    """
    _page(doc)
    _styles(doc)
    section = doc.sections[0]
    section.different_first_page_header_footer = True
    _letterhead(section.first_page_header)
    for header in (section.first_page_header.add_paragraph(), section.header.paragraphs[0]):
        _header(header)
    for footer in (section.first_page_footer, section.footer):
        _footer(footer.paragraphs[0])


def _page(doc: WordDocument) -> None:
    section = doc.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(2.0)
    section.bottom_margin, section.footer_distance, section.header_distance = Cm(2.2), Cm(1.0), Cm(1.0)


def _styles(doc: WordDocument) -> None:
    defaults = doc.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "en-GB")
    _style(doc, "Normal", 11, after=0)
    _style(doc, "Body Text", 11, before=3, after=6, line=1.1)
    _style(doc, "Lead In", 11, before=3, after=6, line=1.1, keep=True)
    _style(doc, "List Bullet", 11, after=4, line=1.1)
    _style(doc, "Title", 24, bold=True, colour=ACCENT, after=2)
    _style(doc, "Subtitle", 12.5, colour=HINT, after=10)
    _style(doc, "Heading 1", 15, bold=True, colour=ACCENT, before=18, after=6, keep=True)
    _style(doc, "Heading 2", 12.5, bold=True, colour=ACCENT, before=14, after=5, keep=True)
    _style(doc, "Heading 3", 11, bold=True, colour=INK, before=10, after=3, keep=True)
    _style(doc, "Header", 9, colour=HINT, after=8)
    _style(doc, "Footer", 9, colour=HINT)
    _style(doc, "Letterhead", 10.5, bold=True, colour=ACCENT, after=4)
    doc.styles["Letterhead"].paragraph_format.tab_stops.add_tab_stop(Cm(17.0), WD_TAB_ALIGNMENT.RIGHT)
    _style(doc, "Table Text", 9.5, before=2, after=2)
    _style(doc, "Table Heading", 9.5, bold=True, colour=ACCENT, before=2, after=2, keep=True)
    _style(doc, "Table Label", 9.5, bold=True, before=2, after=2)
    _style(doc, "toc 1", 10, after=1)
    doc.styles["toc 1"].element.set(qn("w:styleId"), "TOC1")
    _style(doc, "Picture", 11, before=2, after=8)
    _style(doc, "Small Print", 9, colour=HINT, after=4, keep=True)
    _style(doc, "Note", 9.5, colour=HINT, before=3, after=6)
    _title_plain(doc)
    hint = doc.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    hint.font.color.rgb = RGBColor.from_string(HINT)
    hint.font.italic = True
    hint.element.set(qn("w:styleId"), "PlaceholderText")
    link = doc.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(ACCENT)
    link.font.underline = True
    doc.styles.element.append(parse_xml(_TABLE_STYLE))


def _title_plain(doc: WordDocument) -> None:
    """Takes the rule beneath the title and the slanted subtitle of the default template away."""
    borders = doc.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)
    spacing = doc.styles["Subtitle"].element.rPr.find(qn("w:spacing"))
    if spacing is not None:
        spacing.getparent().remove(spacing)


def _style(
    doc: WordDocument,
    name: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    before: float = 0,
    after: float = 0,
    line: float = 1.0,
    keep: bool = False,
) -> None:
    styles = doc.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - for the type checker
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.find(qn("w:rFonts"))
    for attribute in [a for a in fonts.attrib if a.endswith("Theme")]:
        del fonts.attrib[attribute]
    for script in ("cs", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), line
    spacing.keep_with_next, spacing.widow_control = keep, True


def _letterhead(header: _Header) -> None:
    """The logo or the provider's name to the left; the programme and how to reach it to the right."""
    paragraph = header.paragraphs[0]
    paragraph.style = "Letterhead"
    reach = "{{ about.programme }}{% if about.contact %} · {{ about.contact }}{% endif %}"
    paragraph.add_run(f"{{{{ about|logo }}}}\t{reach}")


def _header(paragraph: Paragraph) -> None:
    paragraph.style = "Header"
    paragraph.add_run("{{ about.title }}, {{ about.day }} · {{ about.status }} · {{ about.classification }}")


def _footer(paragraph: Paragraph) -> None:
    paragraph.style = "Footer"
    paragraph.add_run("{{ about.number }}. {{ about.programme }}. As of {{ about.day }}. Page ")
    for field, words in (("PAGE", " of "), ("NUMPAGES", "")):
        for piece in _FIELD:
            paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{piece.format(field)}</w:r>"))  # noqa: SLF001
        if words:
            paragraph.add_run(words)


_FIELD = (
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:instrText xml:space="preserve"> {} </w:instrText>',
    '<w:fldChar w:fldCharType="separate"/>',
    "<w:t>1</w:t>",
    '<w:fldChar w:fldCharType="end"/>',
)
#: Headings of the first level, as links, without page numbers: those only Word itself can know.
CONTENTS_FIELD = (
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:instrText xml:space="preserve"> TOC \\o "1-1" \\n \\h \\z </w:instrText>',
    '<w:fldChar w:fldCharType="separate"/>',
    '<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>Contents</w:t>',
    '<w:fldChar w:fldCharType="end"/>',
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ChampionsTable">
<w:name w:val="Champions Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>
<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
<w:bottom w:w="30" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>
</w:style>"""
