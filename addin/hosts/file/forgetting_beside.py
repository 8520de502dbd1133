"""What lies beside a workbook, without a name that is forgotten: its history, its mapping files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from addin.lossless import read_plain
from workbook.answers.forgetting import Leaver
from workbook.model.history_file import Line

_MOST_BESIDE = 1 << 28


def read_beside(place: Path) -> bytes | None:
    """A file beside the workbook; None where there is none that can be read.

    Args:
        place: the file; a link is not followed, and no more than its first 256 MB are read.
    """
    try:
        return read_plain(place, linked=False, most=_MOST_BESIDE)
    except OSError:
        return None


def json_lines(data: bytes) -> Iterator[tuple[str, Any]]:
    """The lines of a file, each with what it holds as JSON, None where it is none; one of all that is JSON as a whole.

    Args:
        data: the file.
    """
    whole = data.decode("utf-8-sig", "replace")
    if (held := _json(whole)) is not None:
        yield whole, held
        return
    for text in whole.split("\n"):
        yield text, _json(text)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def history_without(data: bytes, one: Leaver) -> tuple[bytes, int]:
    """The history's file with the name erased: values and salt of a line go, its link stays.

    Args:
        data: the file.
        one: whose name is erased.

    Returns:
        The new file, and how many lines were erased.
    """
    made, count = [], 0
    for raw in data.decode("utf-8", "surrogatepass").splitlines(keepends=True):
        line = Line.of(raw)
        if line is None:
            made.append(raw)
            continue
        entry = line.entry
        values = {n: getattr(entry, n) for n in ("who", "id", "before", "after", "source")}
        new = {n: text_without(v, one) for n, v in values.items()}
        if new == values:
            made.append(raw)
            continue
        count += 1
        made.append(line.erased(**new).text() + raw[len(raw.rstrip("\r\n")) :])
    return "".join(made).encode("utf-8", "surrogatepass"), count


def text_without(text: str, one: Leaver) -> str:
    """A text without the name; of an ambiguous one only where it is the whole of it.

    Args:
        text: what may hold the name.
        one: whose name it is.
    """
    return one.replaced(text) if not one.ambiguous or one.is_all(text) else text


def json_without(data: bytes, texts: Callable[[str], str]) -> bytes | None:
    """A mapping file with other texts; None where none changes, or it is none.

    Args:
        data: the file.
        texts: gives the new text for each text and each key.
    """
    try:
        held = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    new = _mapped(held, texts)
    return None if new == held else (json.dumps(new, ensure_ascii=False, indent=2) + "\n").encode()


def _mapped(value: Any, texts: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return texts(value)
    if isinstance(value, list):
        return [_mapped(v, texts) for v in value]
    if isinstance(value, dict):
        return {_mapped(k, texts): _mapped(v, texts) for k, v in value.items()}
    return value
