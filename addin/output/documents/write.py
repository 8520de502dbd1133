"""Writes a document under a name of its own: read back first, put in place in one step, never over another file."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path

import docx

from workbook.documents.declare import Document
from workbook.model.errors import BookNotWritable
from workbook.model.triggers import Scope

#: What Windows allows in no file name.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_SCOPE = 40


@dataclass(frozen=True)
class Written:
    """A document on disk."""

    document: Document
    scope: Scope
    path: Path
    file_hash: str


def file_stem(iso: str, document: Document, scope: Scope) -> str:
    """`<date> <id> <scope>`, as every file system allows it.

    Args:
        iso: the day, as 2026-06-30.
        document: which one it is.
        scope: what it is about.
    """
    return f"{iso} {document.id} {safe_name(scope.id)}"


def safe_name(words: str) -> str:
    """Words as a part of a file's name, as every file system allows it.

    Args:
        words: any text; what is too long is cut off.
    """
    return _FORBIDDEN.sub("-", words).strip(" .")[:_LONGEST_SCOPE] or "scope"


def ending_of(document: Document) -> str:
    """How the names of a document's files end.

    Args:
        document: which one it is.
    """
    return ".docx" if document.template else ".html"


def write_document(made: bytes, folder: Path, stem: str, ending: str = ".docx") -> tuple[Path, str]:
    """Writes a document, or a draft, and gives where it is, and its SHA-256.

    Args:
        made: the document.
        folder: where to; it is made where it is not there.
        stem: the name without its ending; a number is added where a file of the name is there.
        ending: of the name.

    Raises:
        BookNotWritable: the folder can't be made or written to. Nothing is left behind.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".making-", suffix=".tmp")
    except OSError as problem:
        raise _not_writable(folder, f"{stem}{ending}") from problem
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(made)
            stream.flush()
            os.fsync(stream.fileno())
        back = temporary.read_bytes()
        if ending == ".docx":
            docx.Document(BytesIO(back))
        with suppress(OSError):  # some disks know no permissions
            temporary.chmod(0o644)
        path = _put(temporary, folder, stem, ending)
    except OSError as problem:
        raise _not_writable(folder, f"{stem}{ending}") from problem
    finally:
        temporary.unlink(missing_ok=True)
    return path, hashlib.sha256(back).hexdigest()


def _put(temporary: Path, folder: Path, stem: str, ending: str) -> Path:
    """Gives the file its name in one step; the next number where somebody has taken it."""
    for target in _names(folder, stem, ending):
        try:
            target.hardlink_to(temporary)
        except FileExistsError:
            continue
        except (OSError, NotImplementedError):  # a disk, or a browser's Python, that knows no such links
            if target.exists():
                continue
            return temporary.rename(target)
        return target
    raise AssertionError("names never end")


def _names(folder: Path, stem: str, ending: str) -> Iterator[Path]:
    yield folder / f"{stem}{ending}"
    yield from (folder / f"{stem} ({number}){ending}" for number in count(2))


def _not_writable(folder: Path, name: str) -> BookNotWritable:
    return BookNotWritable(
        f"The folder can't be written to; {name} was not written.",
        where=str(folder),
        next_step="See that you may write there.",
        in_terminal="Name another with --out.",
    )
