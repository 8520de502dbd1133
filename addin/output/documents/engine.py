"""Turns a template and a context into a Word file.

Templates are people's files: they are rendered in Jinja2's sandbox, every name must be known, what people typed is
escaped, and a mistake gives its place in words. Either a whole document comes out, or none. One that isn't ours is
worked out in a process of its own (`apart.py`), within limits of time and memory that the system holds.
"""

from __future__ import annotations

import dataclasses
import re
import zipfile
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from addin.output.documents.carriers import add_identity, set_carried, settle_references, settle_targets
from addin.output.documents.charts import Picture
from addin.output.documents.contents_field import settle_contents
from addin.output.documents.controls import settle_controls
from addin.output.documents.legal import legal
from addin.output.documents.limits import MOST_WORDS, TimeUsedUp
from addin.output.documents.logo import Logo, LogoPicture
from addin.output.documents.mistakes import Place, mistake, too_much_memory, unreadable
from addin.output.documents.package import repacked
from addin.output.documents.places import Template
from addin.output.documents.properties import set_properties
from addin.output.documents.whole_ids import keep_ids_whole
from workbook.documents.declare import About, Document

#: As wide as a page of Word's can be.
_WIDEST_CM = 55.0
#: What a template's expressions can raise besides the template engine's own errors.
_EXPRESSION_ERRORS = (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)


def render(document: Document, context: Any, template: Template, logo: Logo | None = None) -> bytes:
    """The document as a .docx, the same bytes for the same input.

    Args:
        document: which one it is.
        context: a dataclass; its fields are the names that the template may use, `about` among them.
        template: the template.
        logo: the provider's; None where the name stands in its place.

    Raises:
        TemplateMistake: the template can't be read, uses a name that is not there, or does what it may not.
    """
    try:
        page = _Template(template, logo)
        page.init_docx()
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as problem:
        raise unreadable(template.path) from problem
    except MemoryError as problem:
        raise too_much_memory(template.path.name, template.path.name) from problem
    names = {f.name: getattr(context, f.name) for f in dataclasses.fields(context)}
    page.render(names, _environment(page))
    settle_controls(page.docx.element.body)
    settle_contents(page.docx.element.body)
    settle_targets(page.docx.element.body)
    by_code = settle_references(page.docx.element.body)
    if by_code:
        add_identity(page.docx, context.about)
    set_carried(page.docx, context.about, by_code)
    set_properties(page.docx, document, context.about)
    for root in _shown_parts(page.docx):
        keep_ids_whole(root)
    stream = BytesIO()
    page.docx.save(stream)
    made = repacked(stream.getvalue())
    docx.Document(BytesIO(made))
    return made


def _shown_parts(made: Any) -> list[Any]:
    """The roots of the parts that stand on a page: the body, headers and footers."""
    ends = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    beside = [r.target_part for r in made.part.rels.values() if not r.is_external and r.reltype in ends]
    return [made.element.body, *(part.element for part in beside)]


def _environment(template: _Template) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_legal)
    environment.filters["picture"] = template.picture
    environment.filters["logo"] = template.logo_or_name
    return environment


def _legal(value: object) -> object:
    """A value as a document can hold it: nothing for None, line ends of one kind, no control characters."""
    if value is None:
        return ""
    if type(value) is str:
        plain = value.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
        return legal(plain)
    return value


class _Template(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """docxtpl, with mistakes named by their place, and what people typed left exactly as it is."""

    def __init__(self, template: Template, logo: Logo | None) -> None:
        super().__init__(BytesIO(template.content))
        self.path, self.logo = template.path, logo

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """Renders one part of the package.

        Raises:
            TemplateMistake: with the paragraph in which it is.
        """
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        self.current_rendering_part = part
        place = Place(self.path, str(part.partname), source.split("\n"))
        try:
            rendered = jinja_env.from_string(source).render(context)
        except (TemplateError, TimeUsedUp, *_EXPRESSION_ERRORS) as problem:
            raise mistake(place, problem) from problem
        if len(rendered) > MOST_WORDS:
            raise mistake(place, MemoryError())
        whole = str(self.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", rendered)))
        try:
            parse_xml(whole.encode("utf-8"))
        except SyntaxError as problem:
            raise mistake(place, TemplateSyntaxError("a loop or condition ends in another place", 0)) from problem
        return whole

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Left out: the engine sets the properties itself."""

    def picture(self, figure: Any, width_cm: float = 17.0) -> Any:
        """The filter `picture`: a figure's chart with its alternative text.

        Raises:
            ValueError: no page is that wide.
        """
        if not 0 < width_cm <= _WIDEST_CM:
            raise ValueError(f"a picture is {width_cm} cm wide; it can be up to {_WIDEST_CM:.0f} cm")
        return Picture(self, figure, width_cm)

    def logo_or_name(self, about: About) -> LogoPicture | str:
        """The filter `logo`: the provider's logo with its alternative text; the name where there is none."""
        return LogoPicture(self, self.logo, about) if self.logo is not None else about.provider
