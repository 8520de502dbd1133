"""Files given as minutes: each is opened, and refused in words where it is none of this workbook's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from addin.output.documents.returned.opening import MinutesUnusable
from addin.output.documents.returned.rows import read_minutes
from workbook.documents.returned.declare import ReturnedDocument
from workbook.documents.returned.whose import Whose, known_references, other_document, whose
from workbook.model.snapshot import Snapshot

_DAMAGED = "The file is damaged. It was read as far as that goes: compare what follows with the page."


@dataclass(frozen=True)
class File:
    """What became of one file.

    Attributes:
        document: None for one that is refused.
        message: why it is refused, or what is to be known of it.
    """

    path: Path
    document: ReturnedDocument | None
    message: str = ""

    @property
    def state(self) -> str:
        """read, recovered or refused."""
        if self.document is None:
            return "refused"
        return "recovered" if self.document.recovered else "read"


def opened(snapshot: Snapshot, path: Path, unknown: Callable[[str], str]) -> File:
    """One file, refused where it can't be read, is no minutes, or another workbook's.

    Args:
        snapshot: the workbook that they are to be read into.
        path: the file.
        unknown: asked where a file no longer says whose it is, with what is known of that in words; gives why it is
            refused, '' where it is taken for this workbook's.
    """
    try:
        document = read_minutes(path)
    except MinutesUnusable as problem:
        return File(path, None, f"{problem.what} {problem.next_step}")
    other = other_document(document)
    if other is not None:
        return File(path, None, f"{path.name} is no minutes but another document: {other.title}. Choose the minutes.")
    owner = whose(snapshot, document)
    if owner is Whose.ANOTHERS:
        return File(path, None, f"{path.name} was made from another workbook. Read it into that one.")
    if owner is Whose.UNKNOWN:
        known, about = known_references(snapshot, document)
        seen = f" {known} of the {about} issues and decisions in it are in this workbook." if about else ""
        refused = unknown(f"{path.name} no longer says which workbook it was made from.{seen}")
        if refused:
            return File(path, None, refused)
    return File(path, document, _DAMAGED if document.recovered else "")
