"""Where templates lie, and where documents go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from addin.output.paths import May, Named, named_in
from workbook.documents.declare import Document
from workbook.model.errors import BookNotWritable, ChampionsError, TemplateMistake
from workbook.model.snapshot import Snapshot

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
    for folder in (here.parent / "templates", here.parents[3] / "templates"):
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


def template_for(document: Document, beside: Path, within: str = OWN_TEMPLATES) -> Template:
    """The template of a document: people's own where there is one, else ours.

    Args:
        document: which one.
        beside: the workbook's folder.
        within: the folder in it in which people's own lie; '' for itself.

    Raises:
        TemplateMistake: people's own is too large, or can't be read.
    """
    shipped = template_dir() / document.template
    own = beside / within / document.template
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


@dataclass(frozen=True)
class Destination:
    """Where documents go.

    Attributes:
        folder: the folder.
        note: why it is not the one that the setting names; '' where it is.
        wanted: the folder that the setting names, where that waits for the person's yes.
    """

    folder: Path
    note: str = ""
    wanted: Path | None = None


def output_folder(snapshot: Snapshot, beside: Path, out: Path | None = None, may: May = lambda _: False) -> Destination:
    """The folder that documents go to: `out`, what the setting names, or Documents beside the workbook.

    Args:
        snapshot: the workbook.
        beside: its folder.
        out: a folder that the person named, whatever the setting says.
        may: says whether a folder outside the workbook's may be written to.

    Raises:
        BookNotWritable: Documents beside the workbook leads elsewhere, and the person did not say yes to that.
    """
    if out is not None:
        return Destination(out)
    setting = (snapshot.programme.documents_folder or "").strip()
    note, wanted = "", None
    if setting:
        named = named_in(setting, beside)
        if named.path is not None and (not named.outside or may(named.path)):
            return Destination(named.path)
        note, wanted = _not_followed(setting, named), named.path
    usual = named_in(OUTPUT, beside)
    if usual.path is None or (usual.outside and not may(usual.path)):
        raise BookNotWritable(
            f"The folder {OUTPUT} beside the workbook leads to another place; no document was written there.",
            where=str(usual.path or beside / OUTPUT),
            next_step=f"Press Make documents in Excel or LibreOffice and say yes, or make another folder {OUTPUT}.",
            in_terminal="choose a folder with --out.",
        )
    return Destination(usual.path, note, wanted)


def _not_followed(setting: str, named: Named) -> str:
    """What to tell where the setting's folder is not used."""
    went = f"Documents went to the folder {OUTPUT} beside the workbook."
    if named.path is None:
        return f"The setting Documents folder ({setting}) is not followed: {named.why}. {went}"
    return f"The setting Documents folder names a place outside the workbook's folder: {named.path}. {went}"
