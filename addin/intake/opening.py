"""Opens a list, whatever its name says: what it is shows in what it holds."""

from __future__ import annotations

import re
from pathlib import Path

from addin.intake.looking import Looking
from addin.lossless import read_plain
from workbook.intake.source import Source
from workbook.model.errors import SourceUnusable

#: No list kept by hand is larger.
MOST_BYTES = 256 << 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_LIST = "Open it in the program it comes from, save it as .xlsx or as CSV UTF-8, and import that."
_OTHERS = (
    (re.compile(rb"%PDF-"), "a PDF file"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF....WEBP", re.DOTALL), "a picture"),
    (re.compile(rb"\{\\rtf"), "a text with formats (RTF)"),
    (re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!"), "a packed folder"),
)
_WEB_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta|div|style)", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml")


def read_source(path: Path, looking: Looking) -> Source:
    """A list as it stands in a file.

    Raises:
        SourceUnusable: it can't be read, or is no list.
    """
    data = _content(path)
    if not data.strip(b"\0 \r\n\t"):
        raise SourceUnusable("The file is empty.", where=path.name, next_step="Export the list again.")
    if data.startswith((_ZIP, _OLE)):
        from addin.intake.workbooks import read_book_source

        return read_book_source(path, data, looking)
    _refuse_others(path, data)
    from addin.intake.delimited import read_text_source

    return read_text_source(path, data, looking)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise SourceUnusable(
            "This is a folder, not a list.", where=path.name, next_step="Name the files in it that hold entries."
        )
    try:
        data = read_plain(path, most=MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise SourceUnusable(
            "There is no such file.", where=str(path), next_step="Check its name and folder."
        ) from error
    except OSError as error:
        raise SourceUnusable(
            f"The file can't be read ({error.strerror or error}).",
            where=str(path),
            next_step="Close it where it is open, see that its folder can be reached, and try again.",
        ) from error
    if len(data) > MOST_BYTES:
        raise SourceUnusable(
            "The file is larger than any list of entries.", where=path.name, next_step="Import it in parts."
        )
    return data


def _refuse_others(path: Path, data: bytes) -> None:
    """Refuses what is no list, and says what it is."""
    what = next((words for pattern, words in _OTHERS if pattern.match(data)), "")
    if _WEB_PAGE.match(data):
        what = "a web page, whatever its name says"
    elif _MARKUP.match(data):
        what = "a workbook as XML of 2003" if b"office:spreadsheet" in data[:4096] else "an XML file"
    if what:
        raise SourceUnusable(f"This is {what}, not a list that can be read.", where=path.name, next_step=_AS_LIST)
