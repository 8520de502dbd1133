"""What Word templates are built of: accessible headings, tables that repeat their header row, content controls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from tools.templates.cleaning import clean
from tools.templates.page_styles import CONTENTS_FIELD, lay_out
from workbook.documents.front import RISKS
from workbook.documents.hints import CHOOSE, PICK, fill_in
from workbook.documents.references import marked

#: The width between the margins of an A4 page, in cm.
WIDTH = 17.0
TWIPS = 567  # to the cm


@dataclass(frozen=True)
class Control:
    """A content control: a place to fill in, found again by its tag.

    It stands alone in its cell. The tag stands at the start of the row's first cell as hidden text too, since
    LibreOffice up to 7.4 drops tags. Words go into a rich-text control: with a plain one and tracked changes it writes
    damaged files.

    Attributes:
        tag: an expression of the template, or a fixed tag.
        label: what the place is for, read out by screen readers.
        value: what stands there at first, usually an expression; '' for a hint.
        choices: makes it a drop-down list; `date` a date picker.
    """

    tag: str
    label: str
    value: str = ""
    choices: Sequence[str] = ()
    date: bool = False


@dataclass(frozen=True)
class Strong:
    """Text that stands out."""

    text: str


@dataclass(frozen=True)
class Hidden:
    """Text that neither screen nor paper shows."""

    text: str


def reference(tag: str) -> Hidden:
    """The reference of a row, as it stands hidden at the start of the row's first cell."""
    return Hidden(marked(tag))


@dataclass(frozen=True)
class Target:
    """Text that links within the document lead to.

    Attributes:
        anchor: its name, usually an expression: at most 40 signs, letters first.
    """

    text: str
    anchor: str


@dataclass(frozen=True)
class Link:
    """Text that leads to a target."""

    text: str
    anchor: str


Piece = str | Control | Strong | Hidden | Target | Link
Content = Piece | Sequence[Piece]


class Paper:
    """A template while it is built.

    Args:
        title: of the document, as an expression or fixed.
    """

    def __init__(self, title: str) -> None:
        self.doc: WordDocument = Document()
        lay_out(self.doc)
        # all styles are there now: python-docx looks through them for each paragraph
        vars(self.doc.part)["get_style_id"] = cache(self.doc.part.get_style_id)
        self.doc.core_properties.title = title
        self._captions = 0

    def title(self, text: str, subtitle: str) -> None:
        """The document's title, and the line beneath it."""
        self.doc.add_paragraph(text, style="Title")
        self.doc.add_paragraph(subtitle, style="Subtitle")

    def heading(self, content: Content, level: int = 1) -> None:
        """A real heading."""
        _fill(self.doc.add_paragraph(style=f"Heading {level}"), content)

    def text(self, content: Content, style: str = "Body Text") -> None:
        """A paragraph."""
        _fill(self.doc.add_paragraph(style=style), content)

    def bullets(self, loop: str, content: Content) -> None:
        """A bullet for each item of a loop."""
        self.tag(f"for {loop}")
        _fill(self.doc.add_paragraph(style="List Bullet"), content)
        self.tag("endfor")

    def tag(self, words: str) -> None:
        """A paragraph that only steers: `if …`, `for …`, `endif`."""
        self.doc.add_paragraph(f"{{%p {words} %}}", style="Body Text")

    def table(self, caption: str, columns: Sequence[tuple[str, float]], loop: str, cells: Sequence[Content]) -> None:
        """A table with a header row and one row for each item of a loop.

        Args:
            caption: its alternative text.
            columns: header and width in cm of each; the widths add up to `WIDTH`.
            loop: such as `a in actions`.
            cells: what stands in each column.
        """
        table = self._new_table(caption, columns)
        for words in (f"for {loop}", None, "endfor"):
            row = table.add_row()
            contents = cells if words is None else [f"{{%tr {words} %}}", *[""] * (len(columns) - 1)]
            _fill_row(row, contents, columns, "Table Text")

    def listed(
        self, caption: str, columns: Sequence[tuple[str, float]], loop: str, cells: Sequence[Content], empty: str
    ) -> None:
        """A table, or a sentence where there is nothing to show; see `table`."""
        self.tag(f"if {loop.split(' in ')[1]}")
        self.table(caption, columns, loop, cells)
        self.tag("else")
        self.text(empty)
        self.tag("endif")

    def sentence(self, name: str) -> None:
        """A paragraph that is there only where it says something."""
        self.tag(f"if {name}")
        self.text(f"{{{{ {name} }}}}", "Note")
        self.tag("endif")

    def form(self, caption: str, fields: Sequence[tuple[Content, Content]], *, together: bool = False) -> None:
        """Labels and what belongs to them, side by side; a header row says what the columns are.

        Args:
            caption: its alternative text.
            fields: label and content of each row.
            together: keep it on one page where it fits.
        """
        columns = (("Item", 4.0), ("Entry", WIDTH - 4.0))
        table = self._new_table(caption, columns, labels=True)
        for label, content in fields:
            row = table.add_row()
            named = [reference(content.tag), label] if isinstance(content, Control) else label
            _fill_row(row, [named, content], columns, "Table Text")
            _paragraph(row.cells[0]).style = "Table Label"
        if together:
            for cell in (cell for row in table.rows[:-1] for cell in row.cells):
                _paragraph(cell).paragraph_format.keep_with_next = True

    def front(self) -> None:
        """What a member of a board looks for first: what it is for, by whom, and what it says in brief."""
        self.form(
            "What this paper is for, by whom, for which meeting, and what it was made from",
            [
                ("Purpose", "{{ front.purpose }}"),
                ("Author", "{{ front.author }}"),
                ("Presented by", "{{ front.presenter }}"),
                ("Meeting", "{{ front.meeting }}"),
                ("Date", "{{ front.date }}"),
                ("Made from", "{{ front.made_from }}"),
                ("Considered before", "{{ front.considered }}"),
                ("Risks", Link("{{ front.risks }}", RISKS)),
            ],
        )
        self.heading("In brief")
        self.bullets("s in front.brief", Link("{{ s.text }}", "{{ s.anchor }}"))

    def risks(self, level: int) -> None:
        """The risks that the registers show; `level` is the heading's."""
        self.heading(Target("Key issues and risks", RISKS), level)
        self.listed(
            "Key issues and risks",
            (("Risk", 6.4), ("Where", 2.6), ("Since", 2.1), ("Rows", 3.3), ("Goes to", 2.6)),
            "r in risks",
            ["{{ r.risk }}", "{{ r.where }}", "{{ r.since }}", "{{ r.rows }}", "{{ r.goes_to }}"],
            "The registers show no risk that needs the board.",
        )
        self.sentence("risks_more")

    def contents(self) -> None:
        """A contents field; the program writes its entries in."""
        self.text([Strong("Contents")], "Lead In")
        paragraph = self.doc.add_paragraph(style="toc 1")
        for piece in CONTENTS_FIELD:
            paragraph._p.append(_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>"))  # noqa: SLF001

    def rules(self) -> None:
        """The annex that says the rules of `rules`."""
        self.tag("if rules")
        self.heading("Annex: the rules of the triggers above")
        self.table(
            "The rules of the triggers above",
            (("Trigger", 4.4), ("The rule", 12.6)),
            "r in rules",
            [[Strong("{{ r.trigger }}"), " {{ r.title }}"], "{{ r.rule }}"],
        )
        self.tag("endif")

    def build(self) -> bytes:
        """The template as a .docx, as python-docx writes it."""
        clean(self.doc)
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            for number, mark in enumerate(self.doc.element.body.iter(qn(kind)), start=1):
                mark.set(qn("w:id"), str(number))
        properties = self.doc.core_properties
        properties.author, properties.comments, properties.language = "Champion Workbook", "", "en-GB"
        properties.last_modified_by, properties.revision = "Champion Workbook", 1
        properties.created = properties.modified = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - python-docx wants it so
        stream = BytesIO()
        self.doc.save(stream)
        return stream.getvalue()

    def _new_table(self, caption: str, columns: Sequence[tuple[str, float]], *, labels: bool = False) -> Table:
        table = self.doc.add_table(rows=1, cols=len(columns))
        table.style = "Champions Table"
        table.autofit = False
        properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no setter for these
        width = properties.find(qn("w:tblW"))
        width.set(qn("w:type"), "dxa")
        width.set(qn("w:w"), str(round(sum(w for _, w in columns) * TWIPS)))
        look = properties.find(qn("w:tblLook"))
        for name, on in (("firstRow", True), ("firstColumn", labels), ("noHBand", True), ("noVBand", True)):
            look.set(qn(f"w:{name}"), "1" if on else "0")
        for element in ("tblCaption", "tblDescription"):
            properties.append(_xml(f"<w:{element} {nsdecls('w')} w:val={quoteattr(caption)}/>"))
        for grid, (_, cm) in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), columns, strict=True):  # noqa: SLF001
            grid.set(qn("w:w"), str(round(cm * TWIPS)))
        _fill_row(table.rows[0], [h for h, _ in columns], columns, "Table Heading")
        table.rows[0]._tr.get_or_add_trPr().append(_xml(f"<w:tblHeader {nsdecls('w')}/>"))  # noqa: SLF001
        return table


# -- pieces -------------------------------------------------------------------------------------------------------


def _fill(paragraph: Paragraph, content: Content) -> None:
    pieces = [content] if isinstance(content, Piece) else content
    for piece in pieces:
        match piece:
            case Control():
                paragraph._p.append(_xml(_control(piece)))  # noqa: SLF001
            case Strong(text):
                paragraph.add_run(text, style="Strong")
            case Hidden(text):
                paragraph.add_run(text).font.hidden = True
            case Target(text, anchor):
                mark = f'{nsdecls("w")} w:id="1"'
                paragraph._p.append(_xml(f"<w:bookmarkStart {mark} w:name={quoteattr(anchor)}/>"))  # noqa: SLF001
                paragraph.add_run(text)
                paragraph._p.append(_xml(f"<w:bookmarkEnd {mark}/>"))  # noqa: SLF001
            case Link(text, anchor):
                paragraph._p.append(_xml(_link(text, anchor)))  # noqa: SLF001
            case _:
                paragraph.add_run(piece)


def _link(text: str, anchor: str) -> str:
    return (
        f'<w:hyperlink {nsdecls("w")} w:anchor={quoteattr(anchor)} w:history="1">'
        f'<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        "</w:hyperlink>"
    )


def _control(control: Control) -> str:
    inner = _control_kind(control)
    hint = "" if control.value else "<w:showingPlcHdr/>"
    words = control.value or hint_for(control)
    style = "" if control.value else '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
    return (
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val={quoteattr(control.label)}/>"
        f"<w:tag w:val={quoteattr(control.tag)}/>{hint}{inner}</w:sdtPr>"
        f'<w:sdtContent><w:r>{style}<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def hint_for(control: Control) -> str:
    """The words of a place that is still to be filled in."""
    if control.choices:
        return CHOOSE
    return PICK if control.date else fill_in(control.label)


def _control_kind(control: Control) -> str:
    if control.choices:
        items = "".join(f"<w:listItem w:displayText={quoteattr(c)} w:value={quoteattr(c)}/>" for c in control.choices)
        return f"<w:dropDownList>{items}</w:dropDownList>"
    if control.date:
        return '<w:date><w:dateFormat w:val="d MMM yyyy"/><w:lid w:val="en-GB"/></w:date>'
    return "<w:richText/>"


def _fill_row(row: _Row, cells: Sequence[Content], columns: Sequence[tuple[str, float]], style: str) -> None:
    row._tr.get_or_add_trPr().append(_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001
    for cell, content, (_, cm) in zip(row.cells, cells, columns, strict=True):
        cell.width = Cm(cm)
        paragraph = _paragraph(cell)
        paragraph.style = style
        _fill(paragraph, content)


def _paragraph(cell: _Cell) -> Paragraph:
    return cell.paragraphs[0]


def _xml(text: str):  # noqa: ANN202 - lxml's element
    return parse_xml(text)
