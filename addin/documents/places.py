"""Where templates lie, and where documents go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from workbook.documents.declare import Document
from workbook.errors import BookNotWritable, ChampionsError, TemplateMistake
from workbook.snapshot import Snapshot

#: The folder beside the workbook in which people's own templates win over ours.
OWN_TEMPLATES = "Templates"
OUTPUT = "Documents"
_LARGEST = 20 << 20  # bytes of a template


def template_dir() -> Path:
    """The folder of our own templates: in an installed package beside this module, in a checkout at its root.

    Raises:
        ChampionsError: neither is there; the installation is incomplete.
    """
    here = Path(__file__).resolve()
    for folder in (here.parent / "templates", here.parents[2] / "templates"):
        if folder.is_dir():
            return folder
    raise ChampionsError(
        "The document templates are missing from this installation.",
        where=str(here.parent),
        next_step="Install champion-workbook again.",
    )


@dataclass(frozen=True)
class Template:
    """A Word template.

    Attributes:
        path: the file.
        content: its bytes.
        ours: whether it is, to the byte, one that comes with the program.
    """

    path: Path
    content: bytes
    ours: bool


def template_for(document: Document, beside: Path) -> Template:
    """The template of a document: people's own where there is one, else ours.

    Args:
        document: which one.
        beside: the workbook's folder.

    Raises:
        TemplateMistake: people's own is too large, or can't be read.
    """
    shipped = template_dir() / document.template
    own = beside / OWN_TEMPLATES / document.template
    if not own.is_file():
        return Template(shipped, shipped.read_bytes(), ours=True)
    try:
        size = own.stat().st_size
        content = own.read_bytes() if size <= _LARGEST else b""
    except OSError as problem:
        raise _template_refused(f"can't be read: {problem.strerror}", own, "Ask for the right to read it.") from problem
    if size > _LARGEST:
        raise _template_refused(f"is larger than {_LARGEST >> 20} MB", own, "Make its pictures smaller.")
    return Template(own, content, ours=_digest(content) == _digest(shipped.read_bytes()))


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _template_refused(what: str, path: Path, todo: str) -> TemplateMistake:
    return TemplateMistake(
        f"The template {path.name} {what}.", where=str(path), next_step=f"{todo} No document was written."
    )


def output_folder(snapshot: Snapshot, beside: Path, out: Path | None = None) -> Path:
    """The folder that documents go to: `out`, the setting Documents folder, or Documents beside the workbook.

    Raises:
        BookNotWritable: the setting names a web address.
    """
    if out is not None:
        return out
    setting = (snapshot.programme.documents_folder or "").strip()
    if "://" in setting:
        raise BookNotWritable(
            f"The setting Documents folder is a web address ({setting}).",
            where="sheet Setup",
            next_step="Type a folder on this computer, or leave it blank for the folder Documents beside the workbook.",
        )
    return beside / setting.replace("\\", "/") if setting else beside / OUTPUT
