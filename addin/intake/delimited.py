"""Text files: CSV as Excel and others write it, in whichever encoding and with whichever separator."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from addin.intake.looking import Looking, best_row, matches_of
from workbook.answers.extract import SHEET_ROW, without_mark
from workbook.intake.headers import LONGEST, form_columns
from workbook.intake.source import CSV, Source, SourceRow
from workbook.model.errors import SourceUnusable
from workbook.model.folding import is_blank

SEPARATORS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_NAMES = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_SEP_LINE = re.compile(r"\s*\"?sep=([^\"\r\n])\"?\s*?(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_BEYOND_ASCII = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAVE = "Open it in Excel, save it as CSV UTF-8, and import that."
_LONGEST_CELL = 1 << 28
_SAMPLE = 200


class _Parsed(NamedTuple):
    """A text file's rows, the place of its header row among them, and its separator."""

    rows: list[list[str]]
    header: int
    separator: str


def read_text_source(path: Path, data: bytes, looking: Looking) -> Source:
    """A list in a text file.

    Raises:
        SourceUnusable: its letters can't be read, or a quotation mark is never closed.
    """
    text, encoding, remarks = _decoded(path, data, looking.encoding)
    if "\0" in text:
        raise SourceUnusable(
            "The file holds signs that no text has (NUL); it is damaged, or no list.",
            where=path.name,
            next_step="Export the list again.",
        )
    said = _SEP_LINE.match(text)
    if said:
        text = text[said.end() :]
    parsed = _parsed(path, text, looking, said[1] if said else "")
    headers = _headers(parsed.rows[parsed.header])
    body = parsed.rows[parsed.header + 1 :]
    if headers == (SHEET_ROW, *looking.register.headers()):  # our own export: its marks are no part of a text
        body = [[without_mark(cell) for cell in cells] for cells in body]
    rows = [_row(n, cells, len(headers)) for n, cells in enumerate(body, start=parsed.header + 2) if _holds(cells)]
    kind, technical = form_columns(headers, [row.cells for row in rows[:_SAMPLE]])
    return Source(
        file=path.name,
        kind=kind or CSV,
        headers=headers,
        rows=rows,
        encoding=encoding,
        separator=parsed.separator,
        header_row=parsed.header + 1,
        technical=technical,
        remarks=remarks,
    )


def _decoded(path: Path, data: bytes, wanted: str) -> tuple[str, str, tuple[str, ...]]:
    """The text, the encoding as people call it, and what is to be said of it."""
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _decode(path, data.removeprefix(mark), codec), name, ()
    if wanted:
        return _decode(path, data, wanted), _NAMES.get(wanted, wanted), ()
    start = data[:400]
    if start[1::2].count(0) * 3 > len(start) or start[::2].count(0) * 3 > len(start):
        codec = "utf-16-le" if start[1::2].count(0) else "utf-16-be"
        return _decode(path, data, codec), "UTF-16", ()
    try:
        return data.decode("utf-8"), "UTF-8", ()
    except UnicodeDecodeError:
        if _BEYOND_ASCII.search(data):
            raise SourceUnusable(
                "Part of it is UTF-8 and part of it is not, or it is cut off within a letter.",
                where=path.name,
                next_step="Export the list again, as CSV UTF-8.",
            ) from None
    text = _decode(path, data, "cp1252")
    return text, "Windows-1252", ("Its letters were read as Windows-1252, as Excel writes CSV without UTF-8.",)


def _decode(path: Path, data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError) as error:
        line = data[: getattr(error, "start", 0)].count(b"\n") + 1
        raise SourceUnusable(
            f"Its letters can't be read as {_NAMES.get(codec, codec)} from line {line} on.",
            where=path.name,
            next_step=_SAVE,
        ) from None


def _parsed(path: Path, text: str, looking: Looking, said: str) -> _Parsed:
    """The rows, by the separator under which the header row matches most columns and rows keep its width."""
    named = looking.separator or said
    best: tuple[tuple[int, float, int], str, int] | None = None
    for separator in (named,) if named else SEPARATORS:
        sample = _split(path, text, separator, _SAMPLE)
        at, matched = _header(sample, looking)
        width = len(sample[at]) if sample else 0
        widths = Counter(min(len(r), width + 1) for r in sample[at + 1 :] if _holds(r))
        steady = widths[width] / max(1, sum(widths.values()))
        score = (matched, steady, width)
        if best is None or score > best[0]:
            best = (score, separator, at)
    if best is None:
        raise SourceUnusable("The file is empty.", where=path.name, next_step="Export the list again.")
    rows = _split(path, text, best[1], None)
    while not rows[best[2] :]:
        rows.append([])
    return _Parsed(rows, best[2], best[1])


def _split(path: Path, text: str, separator: str, most: int | None) -> list[list[str]]:
    """The rows of a text; Excel's own reading of quotation marks."""
    if csv.field_size_limit() < _LONGEST_CELL:
        csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for cells in reader:
        rows.append(cells)
        if most is not None and len(rows) >= most:
            return rows
    _refuse_open_quote(path, text, separator)
    return rows


def _refuse_open_quote(path: Path, text: str, separator: str) -> None:
    """A quotation mark that is never closed would have swallowed the rest of the list."""
    if text.count('"') % 2 == 0:
        return
    strict = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    count = 0
    try:
        for _ in strict:
            count += 1
    except csv.Error as error:
        if "unexpected end" not in str(error):
            return
        raise SourceUnusable(
            f"A quotation mark opens in row {count + 1} and is never closed; what follows can't be told apart.",
            where=path.name,
            next_step="The file may be cut off: export the list again. Else close the quotation mark in that row.",
        ) from None


def _header(rows: Sequence[Sequence[str]], looking: Looking) -> tuple[int, int]:
    """The place of the header row, and how many of its cells are a column's of the register."""
    if looking.header_row:
        at = min(looking.header_row - 1, len(rows) - 1) if rows else 0
        return at, matches_of(rows[at], looking) if rows else 0
    return best_row(rows, looking)


def _headers(cells: Sequence[str]) -> tuple[str, ...]:
    headers = [cell[:LONGEST].strip() for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    return tuple(headers)


def _holds(cells: Sequence[str]) -> bool:
    return any(cell and not is_blank(cell) for cell in cells)


def _row(number: int, cells: Sequence[str], width: int) -> SourceRow:
    there = tuple(c or None for c in cells[:width])
    beyond = tuple(c for c in cells[width:] if not is_blank(c))
    return SourceRow(number, there + (None,) * (width - len(there)), beyond)
