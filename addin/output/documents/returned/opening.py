"""Opens a Word file that comes from anywhere, within limits: nothing in it is run, fetched or followed."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from workbook.model.errors import ChampionsError

_MOST_BYTES, _MOST_PARTS, _MOST_UNPACKED = 64 << 20, 5000, 256 << 20
_SWOLLEN, _SWOLLEN_FROM = 200, 8 << 20
_DOCUMENT = "word/document.xml"
_OLD = b"\xd0\xcf\x11\xe0"


class MinutesUnusable(ChampionsError):
    """A file can't be read as minutes."""


@dataclass(frozen=True)
class Opened:
    """The parts that are read.

    Attributes:
        document, comments: their elements; `comments` None where there are none.
        custom, core: the properties, as they are written; b'' where there are none.
        recovered: whether the document is damaged, and was read as far as that goes.
    """

    document: Any
    comments: Any
    custom: bytes
    core: bytes
    recovered: bool


def open_minutes(path: Path) -> Opened:
    """The parts of a .docx.

    Args:
        path: the file.

    Raises:
        MinutesUnusable: it is none, is too large, or holds what no minutes hold.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _refused(
                path, f"is larger than {_MOST_BYTES >> 20} MB", "Make its pictures smaller and save it again."
            )
        content = path.read_bytes()
    except OSError as problem:
        raise _refused(
            path, f"can't be read: {problem.strerror}", "See that it is there and not open elsewhere."
        ) from None
    try:
        package = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _no_docx(path, content) from None
    with package:
        _refuse_bombs(path, package)
        if _DOCUMENT not in package.namelist():
            raise _no_docx(path, content)
        document, recovered = _parsed(path, _part(path, package, _DOCUMENT))
        comments = _part(path, package, "word/comments.xml")
        return Opened(
            document,
            _parsed(path, comments)[0] if comments else None,
            _part(path, package, "docProps/custom.xml"),
            _part(path, package, "docProps/core.xml"),
            recovered,
        )


def _no_docx(path: Path, content: bytes) -> MinutesUnusable:
    next_step = "Open it in Word or LibreOffice, save it as a Word document (.docx), and read that."
    if content.startswith(_OLD):
        return _refused(path, "is of an older Word, or is protected by a password", next_step)
    if b"opendocument" in content[:200]:
        return _refused(path, "is an OpenDocument text", next_step)
    return _refused(path, "is no Word document", next_step)


def _refuse_bombs(path: Path, package: zipfile.ZipFile) -> None:
    found = package.infolist()
    swollen = any(i.file_size > _SWOLLEN_FROM and i.file_size > _SWOLLEN * max(1, i.compress_size) for i in found)
    if len(found) > _MOST_PARTS or sum(i.file_size for i in found) > _MOST_UNPACKED or swollen:
        raise _refused(path, "unpacks to more than any minutes hold", "If you don't know who made it, don't use it.")


def _part(path: Path, package: zipfile.ZipFile, name: str) -> bytes:
    if name not in package.namelist():
        return b""
    try:
        with package.open(name) as stream:
            content = stream.read(_MOST_UNPACKED + 1)
    except Exception as problem:  # whatever zipfile makes of a broken part
        raise _refused(
            path, f"is damaged in its part {name}", "Ask for it again, or fill in another copy."
        ) from problem
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise _refused(path, "holds what no Word file holds (entities)", "If you don't know who made it, don't use it.")
    return content


def _parsed(path: Path, xml: bytes) -> tuple[Any, bool]:
    """A part's element, and whether it is damaged and was recovered."""
    try:
        return etree.fromstring(xml, _parser(recover=False)), False
    except etree.XMLSyntaxError:
        root = etree.fromstring(xml, _parser(recover=True)) if xml.strip() else None
    if root is None:
        raise _refused(path, "is damaged", "Ask for it again, or fill in another copy.")
    return root, True


def _parser(*, recover: bool) -> Any:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=recover
    )


def _refused(path: Path, what: str, next_step: str) -> MinutesUnusable:
    return MinutesUnusable(f"{path.name} {what}.", where=str(path), next_step=next_step)
