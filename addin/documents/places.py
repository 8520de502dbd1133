"""Where templates lie, and where documents go."""

from __future__ import annotations

from pathlib import Path

from workbook.documents.declare import Document
from workbook.errors import BookNotWritable, ChampionsError
from workbook.snapshot import Snapshot

#: The folder beside the workbook in which people's own templates win over ours.
OWN_TEMPLATES = "Templates"
OUTPUT = "Documents"


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


def template_for(document: Document, beside: Path) -> Path:
    """The template of a document: people's own where there is one, else ours.

    Args:
        document: which one.
        beside: the workbook's folder.
    """
    own = beside / OWN_TEMPLATES / document.template
    return own if own.is_file() else template_dir() / document.template


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
