"""The provider's logo: a picture beside the workbook, for the head of each document's first page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE

from addin.lossless import read_plain
from addin.output.documents.legal import legal
from workbook.documents.declare import About

#: What the picture is called, in any case; the first of them counts.
NAMES = ("logo.png", "logo.jpg", "logo.jpeg")
_LARGEST = 2 << 20  # bytes
_MOST_PIXELS = 10_000  # along a side
#: It fits into so much of a page's head, in EMU.
_EMU = 360_000
_WIDE, _HIGH = 6.0 * _EMU, 1.4 * _EMU
_FORMATS = ("image/png", "image/jpeg")
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NUMBER = 900  # beyond those of a document's charts


@dataclass(frozen=True)
class Logo:
    """A provider's logo.

    Attributes:
        content: the picture, as PNG or JPEG.
        wide, high: in EMU, as it stands on the page.
    """

    content: bytes
    wide: int
    high: int


@dataclass(frozen=True)
class Found:
    """The logo beside a workbook; None where there is none, with a note where it can't be used."""

    logo: Logo | None = None
    notes: Sequence[str] = ()


def logo_beside(folder: Path) -> Found:
    """The picture Logo.png or Logo.jpg in a folder.

    Args:
        folder: the workbook's.
    """
    path = _named(folder)
    if path is None:
        return Found()
    try:
        content = read_plain(path, most=_LARGEST + 1)
    except OSError:
        return _unused(path, "can't be read")
    if len(content) > _LARGEST:
        return _unused(path, f"is larger than {_LARGEST >> 20} MB")
    logo = logo_of(content)
    return Found(logo) if logo is not None else _unused(path, "is no picture of the kind PNG or JPEG")


def logo_of(content: bytes) -> Logo | None:
    """A picture as a logo; None where it is none that Word shows.

    Args:
        content: the whole file.
    """
    from docx.image.image import Image

    try:
        image = Image.from_blob(content)
        kind, wide, high = image.content_type, image.px_width, image.px_height
    except Exception:  # noqa: BLE001 - what a damaged picture raises has no end
        return None
    if kind not in _FORMATS or not (0 < wide <= _MOST_PIXELS and 0 < high <= _MOST_PIXELS):
        return None
    scale = min(_WIDE / wide, _HIGH / high)
    return Logo(content, max(round(wide * scale), 1), max(round(high * scale), 1))


def _named(folder: Path) -> Path | None:
    try:
        there = {entry.name.lower(): Path(entry.path) for entry in os.scandir(folder)}
    except OSError:
        return None
    return next((there[name] for name in NAMES if name in there), None)


def _unused(path: Path, why: str) -> Found:
    return Found(notes=(f"The logo {path.name} beside the workbook {why}; the provider's name stands in its place.",))


class LogoPicture:
    """The logo as it is put into a paragraph, with its alternative text.

    Args:
        template: the template that is being rendered.
        logo: the picture.
        about: says whose it is.
    """

    def __init__(self, template: Any, logo: Logo, about: About) -> None:
        self.template, self.logo, self.about = template, logo, about

    def __html__(self) -> str:
        owner = self.template.current_rendering_part
        part = owner.package.get_or_add_image_part(BytesIO(self.logo.content))
        relation = owner.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        size = f'cx="{self.logo.wide}" cy="{self.logo.high}"'
        named = f'id="{_NUMBER}" name="Logo" descr={quoteattr(legal(f"Logo of {self.about.provider}"))}'
        inline = (
            f'<wp:inline xmlns:wp="{_DRAWING}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr {named}/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PICTURE}">'
            f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="0" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip xmlns:r="{_RELATIONS}" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline>"
        )
        return f'</w:t></w:r><w:r><w:drawing>{inline}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
