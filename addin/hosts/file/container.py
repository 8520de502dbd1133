"""The file as a container of parts: opened with bounds, so that no file can hurt the machine that looks at it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self
from xml.parsers import expat

from addin.lossless.opc import (
    Damaged,
    Entry,
    LosslessError,
    NotPlain,
    PartStream,
    open_plain,
    refuse_crowds,
    relations_part,
    target_of,
    utf8,
)
from addin.lossless.opc import Package as Container
from workbook.model.errors import BookUnusable

MEBIBYTE = 1 << 20
#: A sound workbook of a million formatted rows stays far below these.
_MAX_TOTAL = 3072 * MEBIBYTE
_MAX_RATIO = 200
#: Programs' own sheets and texts pack to a tenth, blank rows with a height to a sixteenth.
_MAX_WHOLE_RATIO = 25
_RATIO_COUNTS_FROM = 64 * MEBIBYTE
_MAX_PARTS = 20_000
#: Parts that are read as a whole.
_MAX_PART = 512 * MEBIBYTE

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Open it in Excel, choose Save as, Excel workbook (.xlsx), and use that file."
_RESTORE = "Use an earlier copy, or open it in Excel, let Excel repair it, save it and try again."


class Relation(NamedTuple):
    """A relationship of a part: its id, the last word of its type, and the part it points to."""

    id: str
    kind: str
    target: str


class Element(NamedTuple):
    """An XML element without its namespace: local name, attributes by local name, and its own text."""

    name: str
    attributes: dict[str, str]
    text: str


def damaged(path: Path, detail: str = "", next_step: str = "") -> BookUnusable:
    """The error for a file that was a workbook once.

    Args:
        path: the file, for the words.
        detail: what is wrong, as half a sentence; "" where nothing more is known.
        next_step: what to do; to use an earlier copy where it is "".
    """
    what = "This workbook is damaged and can't be read" + (f": {detail[0].lower()}{detail[1:]}." if detail else ".")
    return BookUnusable(what, where=path.name, next_step=next_step or _RESTORE)


def unreadable(path: Path, error: OSError) -> BookUnusable:
    """The error for a file that the disk does not give.

    Args:
        path: the file, for the words.
        error: what the system said.
    """
    return BookUnusable(
        f"The workbook can't be read from its disk or folder ({error.strerror or error}).",
        where=path.name,
        next_step="See that the disk or the network folder can be reached, then try again. Nothing was changed.",
    )


@contextmanager
def speaking_of(path: Path) -> Iterator[None]:
    """Turns what is said of a damaged file into words about `path`. A fault of our own passes as what it is.

    Args:
        path: the file, for the words.

    Raises:
        BookUnusable: in place of what the reading of the container and of XML says.
    """
    try:
        yield
    except OSError as error:
        raise unreadable(path, error) from error
    except expat.ExpatError as error:
        raise damaged(path) from error
    except Damaged as error:
        raise damaged(path, error.reason.rstrip("."), error.next_step) from error
    except LosslessError as error:
        raise BookUnusable(error.reason, where=path.name, next_step=error.next_step or _SAVE_AS) from error


class XlsxReader:
    """An Office Open XML file, opened for reading; its parts are found as the writer finds them.

    Args:
        path: the file.
        data: its content, where that is known already; the path is then but its name.

    Raises:
        BookUnusable: it is missing, a folder, not readable, protected by a password, no zip file, ambiguous, or too
            large once unpacked.
    """

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        self.path = path
        with _open(path) if data is None else io.BytesIO(data) as file:
            data = _read_whole(path, file)
        with speaking_of(path):
            self._container = Container(data)
        _refuse_bombs(path, len(data), list(self._container.entries.values()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """The file itself was read as a whole and is closed already."""

    def __contains__(self, part: str) -> bool:
        return part in self._container

    def size(self, part: str) -> int:
        """How many bytes a part that is there has once unpacked.

        Args:
            part: its name.
        """
        return self._container.entries[self._container.name_of(part)].size

    def open(self, part: str) -> PartStream:
        """A part as a stream, which ends at its declared size whatever the data says.

        Args:
            part: its name, in whatever case.

        Raises:
            BookUnusable: there is no such part.
        """
        if part not in self._container:
            raise damaged(self.path, f"its part {part} is missing")
        self._container.refuse_swollen(part)
        return self._container.stream(part)

    def read(self, part: str, limit: int = _MAX_PART) -> bytes:
        """A whole part as UTF-8.

        Args:
            part: its name, in whatever case.
            limit: bytes, unpacked.

        Raises:
            BookUnusable: it is missing, or larger than `limit` bytes.
        """
        with self.open(part) as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise BookUnusable("This workbook is too large to be read.", where=self.path.name, next_step=_SAVE_AS)
        return utf8(data)

    def elements(self, part: str) -> list[Element]:
        """The elements of a small XML part, in the order in which they begin.

        Args:
            part: its name; at most 32 MB are read.

        Raises:
            BookUnusable: it is missing or too large.
        """
        return parse(self.read(part, 32 * MEBIBYTE))

    def relations(self, part: str) -> list[Relation]:
        """The relationships of a part ('' for the package), those to the outside left out.

        Args:
            part: the part that they belong to; "" for the package itself.
        """
        where = relations_part(part)
        if where not in self:
            return []
        found = []
        for element in self.elements(where):
            there = element.attributes
            if element.name == "Relationship" and there.get("TargetMode") != "External":
                kind = there.get("Type", "").rsplit("/", 1)[-1]
                found.append(Relation(there.get("Id", ""), kind, target_of(part, there.get("Target", ""))))
        return found


def parse(data: bytes) -> list[Element]:
    """The elements of an XML document in the order in which they begin. A document type is refused, unread.

    >>> parse(b'<a:list xmlns:a="x"><a:item a:n="1">one</a:item></a:list>')[1]
    Element(name='item', attributes={'n': '1'}, text='one')

    Args:
        data: a whole part in UTF-8.

    Raises:
        expat.ExpatError: it is not well-formed.
        Damaged: it declares a document type, as none of Excel's parts does.
        Refused: it holds more than a part of a workbook does.
    """
    found: list[tuple[str, dict[str, str], list[str]]] = []
    stack: list[list[str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        text: list[str] = []
        stack.append(text)
        if ":" in name or ":" in "".join(attributes):
            name, attributes = _local(name), {_local(k): v for k, v in attributes.items()}
        found.append((name, attributes, text))

    def characters(text: str) -> None:
        stack[-1].append(text)

    refuse_crowds(data)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(data, True)
    return [Element(name, attributes, "".join(text)) for name, attributes, text in found]


def refuse_doctype(*_: object) -> None:
    """Refuses a document type declaration: entities could multiply without end.

    Args:
        _: what the parser tells of the declaration; none of it counts.

    Raises:
        Damaged: always.
    """
    raise Damaged("A part has a document type, which workbooks never have.")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _open(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise BookUnusable(
                "This is a folder, not a workbook.", where=str(path), next_step="Name the workbook inside it."
            )
        return open_plain(path)
    except NotPlain as error:
        message = f"This is not a workbook: {error.strerror}."
        raise BookUnusable(message, where=str(path), next_step="Check the name and the folder.") from error
    except FileNotFoundError as error:
        message = "There is no such workbook."
        raise BookUnusable(message, where=str(path), next_step="Check the name and the folder.") from error
    except PermissionError as error:
        message = "You may not read this workbook."
        advice = "Ask whoever looks after the folder to let you read it, or copy it to your own folder."
        raise BookUnusable(message, where=str(path), next_step=advice) from error
    except (OSError, ValueError) as error:
        message = "This workbook can't be opened."
        raise BookUnusable(message, where=str(path), next_step="Check the name and the folder.") from error


def protected(path: Path) -> BookUnusable:
    """The error for a workbook that a password protects.

    Args:
        path: the file, for the words.
    """
    advice = (
        "Open it in Excel, choose File, Info, Protect workbook, Encrypt with password, clear the password and save."
    )
    return BookUnusable("This workbook is protected by a password.", where=path.name, next_step=advice)


def _read_whole(path: Path, file: BinaryIO) -> bytes:
    """The file's bytes, if they are those of a package."""
    try:
        head = file.read(8)
        if head == _OLE:
            raise _ole_error(path, head + file.read(64 * MEBIBYTE))
        if head[:2] == b"PK":
            return head + file.read()
    except OSError as error:
        raise unreadable(path, error) from error
    if not head:
        raise BookUnusable(
            "This file is empty.", where=path.name, next_step="Use an earlier copy, or make a new workbook."
        )
    raise BookUnusable("This file is not an Excel workbook.", where=path.name, next_step=_SAVE_AS)


#: How a file says that a label or rights management, not a password, encrypts it.
_LABELLED = ("DRMEncrypted", "DRMContent", "LabelInfo")


def _labelled(path: Path) -> BookUnusable:
    advice = (
        "Open it in Excel and choose, under Sensitivity, a label that does not encrypt (or File, Info, Protect "
        "Workbook, Restrict Access, Unrestricted Access), save, and try again. If your organisation doesn't allow "
        "that, ask whoever looks after its labels; the buttons in Excel work while the workbook is open there."
    )
    return BookUnusable(
        "This workbook is encrypted by a sensitivity label or by rights management.", where=path.name, next_step=advice
    )


def _ole_error(path: Path, data: bytes) -> BookUnusable:
    if any(name.encode("utf-16-le") in data for name in _LABELLED):
        return _labelled(path)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return protected(path)
    if "WordDocument".encode("utf-16-le") in data:
        return BookUnusable("This is a Word document, not an Excel workbook.", where=path.name, next_step=_SAVE_AS)
    return BookUnusable(
        "This is a workbook of an old Excel (.xls), or another old document.", where=path.name, next_step=_SAVE_AS
    )


def _refuse_bombs(path: Path, size: int, entries: list[Entry]) -> None:
    total = sum(e.size for e in entries)
    packed = max(1, min(sum(e.compressed for e in entries), size))
    swollen = [e for e in entries if e.size > max(1, e.compressed) * _MAX_RATIO]
    if (
        len(entries) > _MAX_PARTS
        or total > _MAX_TOTAL
        or total > _RATIO_COUNTS_FROM + packed * _MAX_WHOLE_RATIO
        or any(e.size > _RATIO_COUNTS_FROM for e in swollen)
    ):
        raise BookUnusable(
            "This file would take up far more room once unpacked than a workbook does; it was not opened.",
            where=path.name,
            next_step="Don't use it unless you know who made it. " + _SAVE_AS,
        )
