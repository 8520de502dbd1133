"""What lies beside a workbook, without a name that is forgotten: its history, its mapping files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from addin.lossless import read_plain
from workbook.answers.forgetting import Leaver
from workbook.model.history_file import Line

_MOST_BESIDE = 1 << 28


def read_beside(place: Path) -> bytes | None:
    """A file beside the workbook; None where there is none that can be read."""
    try:
        return read_plain(place, linked=False, most=_MOST_BESIDE)
    except OSError:
        return None


def history_without(data: bytes, one: Leaver) -> tuple[bytes, int]:
    """The history's file with the name erased: values and salt of a line go, its link stays."""
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
    """A text without the name; of an ambiguous one only where it is the whole of it."""
    return one.replaced(text) if not one.ambiguous or one.is_all(text) else text


def json_without(data: bytes, one: Leaver) -> bytes | None:
    """A mapping file without the name; None where it does not hold it, or is none."""
    try:
        held = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    new = _mapped(held, one)
    return None if new == held else (json.dumps(new, ensure_ascii=False, indent=2) + "\n").encode()


def _mapped(value: Any, one: Leaver) -> Any:
    if isinstance(value, str):
        return text_without(value, one)
    if isinstance(value, list):
        return [_mapped(v, one) for v in value]
    if isinstance(value, dict):
        return {_mapped(k, one): _mapped(v, one) for k, v in value.items()}
    return value
