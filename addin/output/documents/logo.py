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
from addin.output.documents.picture_size import MOST_IN_ALL, MOST_POINTS, size_of, with_jfif
from addin.output.paths import named_in
from workbook.documents.declare import About

#: What the picture is called, in any case; the first of them counts.
NAMES = ("logo.png", "logo.jpg", "logo.jpeg")
_LARGEST = 2 << 20  # bytes
#: Endings of pictures that some programs can't show.
_OTHERS = frozenset(
    ("svg", "gif", "webp", "bmp", "tif", "tiff", "heic", "avif", "jpe", "jfif", "pdf", "eps", "emf", "wmf")
)
#: It fits into so much of a page's head, in EMU.
_EMU = 360_000
_WIDE, _HIGH = 6.0 * _EMU, 1.4 * _EMU
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


def provider_logo(folder: Path, setting: str = "") -> Found:
    """The picture that the setting Logo names within the workbook's folder, else Logo.png or Logo.jpg there.

    Args:
        folder: the workbook's.
        setting: what the cell holds; '' for none.
    """
    if not setting.strip():
        return logo_beside(folder)
    named = named_in(setting, folder)
    why = named.why or ("it lies outside the workbook's folder" if named.outside else "")
    if named.path is not None and not why and not named.path.exists():
        why = "there is no such file"
    if named.path is None or why:
        instead = logo_beside(folder)
        stands = "" if instead.logo is not None else " The provider's name stands in its place."
        return Found(instead.logo, (f"The setting Logo ({setting}) is not followed: {why}.{stands}",))
    return _read(named.path)


def logo_beside(folder: Path) -> Found:
    """The picture Logo.png or Logo.jpg in a folder.

    Args:
        folder: the workbook's.
    """
    try:
        there = {entry.name.lower(): entry.name for entry in sorted(os.scandir(folder), key=lambda e: e.name)}
    except OSError:
        return Found()
    name = next((there[name] for name in NAMES if name in there), None)
    if name is None:
        other = next((n for low, n in there.items() if low.startswith("logo.") and low[5:] in _OTHERS), None)
        return _unused(other, "is of a kind that Word does not show everywhere: save it as PNG") if other else Found()
    named = named_in(name, folder)
    if named.path is None or named.outside:
        return _unused(name, "is a link that leads elsewhere")
    return _read(named.path, name)


def _read(path: Path, name: str = "") -> Found:
    name = name or path.name
    try:
        content = read_plain(path, linked=False, most=_LARGEST + 1)
    except OSError:
        return _unused(name, "can't be read")
    if len(content) > _LARGEST:
        return _unused(name, f"is larger than {_LARGEST >> 20} MB")
    size = size_of(content)
    if size is None:
        return _unused(name, "is no picture of the kind PNG or JPEG, or is damaged")
    if max(size) > MOST_POINTS or size[0] * size[1] > MOST_IN_ALL:
        return _unused(name, f"has {size[0]:,} by {size[1]:,} points, more than a page can show: make it smaller")
    return Found(_fitted(content, *size))


def logo_of(content: bytes) -> Logo | None:
    """A picture as a logo; None where it is none that Word shows.

    Args:
        content: the whole file.
    """
    size = size_of(content)
    if size is None or max(size) > MOST_POINTS or size[0] * size[1] > MOST_IN_ALL:
        return None
    return _fitted(content, *size)


def _fitted(content: bytes, wide: int, high: int) -> Logo:
    scale = min(_WIDE / wide, _HIGH / high)
    return Logo(with_jfif(content), max(round(wide * scale), 1), max(round(high * scale), 1))


def _unused(name: str, why: str) -> Found:
    return Found(notes=(f"The logo {name} beside the workbook {why}; the provider's name stands in its place.",))


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
