"""What people had filled in when the last run left the workbook, kept beside it to tell what they did since.

One JSON object a line: first whose it is, then a table each. It is written before the workbook is exchanged, under
another name, and takes its own name afterwards; which of the two is of the workbook, its place in the history says.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeGuard

from addin.hosts.file.run_record import FOLDER
from addin.lossless import open_plain, refuse_strange
from addin.lossless.save import make_folder, short, write_whole
from workbook.answers.typed import Contents, Typed, contents, typed
from workbook.model.history_file import LINK_PROPERTY
from workbook.model.snapshot import ID_PROPERTY, Snapshot

_FORMAT = 1


def kept_path(path: Path, *, coming: bool = False) -> Path:
    """Where they lie.

    Args:
        path: the workbook.
        coming: those of a run that has not exchanged the workbook yet.
    """
    return path.parent / FOLDER / f"{short(path.name)}.contents{' of the next run' if coming else ''}.jsonl"


def keep(path: Path, snapshot: Snapshot, when: dt.datetime, *, coming: bool) -> None:
    """Keeps what people have filled in.

    Args:
        path: the workbook.
        snapshot: what it will hold.
        when: the moment of the run.
        coming: whether the workbook is still to be exchanged.

    Raises:
        OSError: that is not possible.
    """
    file = kept_path(path, coming=coming)
    refuse_strange(file.parent, path)
    make_folder(file.parent)
    tables = {name: data.fingerprint for name, data in (*snapshot.tables.items(), *snapshot.list_tables.items())}
    head = {"contents": _FORMAT, **_whose(snapshot), "day": when.strftime("%Y-%m-%d"), "tables": tables}
    lines: list[Mapping[str, Any]] = [head | {"fingerprint": snapshot.fingerprint}]
    lines += [{"table": name, "headers": t.headers, "rows": t.rows} for name, t in contents(snapshot).items()]
    text = "".join(f"{json.dumps(line, ensure_ascii=False, separators=(',', ':'))}\n" for line in lines)
    like = (path if path.exists() else path.parent).stat()
    write_whole(path, file, text.encode("utf-8", "surrogatepass"), like=like)


def promote(path: Path) -> None:
    """Once the workbook is exchanged, what was kept for it takes its place. A failure leaves both, which is no harm.

    Args:
        path: the workbook.
    """
    with contextlib.suppress(OSError):
        kept_path(path, coming=True).replace(kept_path(path))


def with_texts(raw: bytes, before: Snapshot, after: Snapshot, texts: Callable[[str], str]) -> bytes:
    """What is kept, with other texts, so that it tells the same of what people did since.

    Args:
        raw: as it stands in the file.
        before, after: what the workbook holds before and after the texts are replaced.
        texts: gives what takes the place of a text.

    Returns:
        The new bytes; none where it is not as a run left it, which tells nothing.
    """
    marks = [
        {name: data.fingerprint for name, data in (*s.tables.items(), *s.list_tables.items())} for s in (before, after)
    ]
    now, made = contents(after), list[Mapping[str, Any]]()
    lines = [dict(_object(line)) for line in raw.decode("utf-8", "replace").split("\n") if line]
    if not lines or not _is_head(lines[0]) or any(_contents(line) is None for line in lines[1:]):
        return b""
    known = lines[0]["tables"]
    same = {n for n, mark in known.items() if marks[0].get(n) == mark and n in marks[1]}
    for line in lines:
        name = str(line.get("table", ""))
        if "contents" in line:
            line["tables"] = {n: marks[1][n] if n in same else mark for n, mark in known.items()}
            if line.get("fingerprint") == before.fingerprint:
                line["fingerprint"] = after.fingerprint
        elif name in same and name in now:
            line |= {"headers": now[name].headers, "rows": now[name].rows}
        else:
            line["rows"] = [[texts(c) if isinstance(c, str) else c for c in row] for row in line.get("rows", [])]
        made.append(line)
    text = "".join(f"{json.dumps(line, ensure_ascii=False, separators=(',', ':'))}\n" for line in made)
    return text.encode("utf-8", "surrogatepass")


def _whose(snapshot: Snapshot) -> dict[str, str]:
    properties = snapshot.properties
    return {"book": properties.get(ID_PROPERTY, ""), "held": properties.get(LINK_PROPERTY, "")}


class Kept:
    """What is kept of a workbook, if it is of the state that the last run left it in.

    Args:
        path: the workbook.
        snapshot: what it holds now.
    """

    def __init__(self, path: Path, snapshot: Snapshot) -> None:
        self._snapshot, self._file = snapshot, kept_path(path)
        self._head: Mapping[str, Any] = {}
        for coming in (False, True):
            file = kept_path(path, coming=coming)
            head, whose = _object(_text(file, only_first=True)), _whose(snapshot)
            if _is_head(head) and whose["book"] and whose.items() <= head.items():
                self._file, self._head = file, head

    @property
    def day(self) -> str:
        """The day of the last run."""
        return str(self._head.get("day", ""))

    @property
    def differs(self) -> bool:
        """Whether people's entries are others than the last run left."""
        return bool(self._head) and self._head.get("fingerprint") != self._snapshot.fingerprint

    def typed(self) -> list[Typed]:
        """What people did since; nothing where that can't be told."""
        if not self.differs:
            return []
        tables = self._head["tables"]
        found = {**self._snapshot.list_tables, **self._snapshot.tables}
        changed = {n for n, fingerprint in tables.items() if n not in found or found[n].fingerprint != fingerprint}
        before = {}
        for line in map(_object, filter(None, _text(self._file).split("\n")[1:])):
            kept = _contents(line)
            if kept is None:  # not as a run left it: it tells nothing
                return []
            if line["table"] in changed:
                before[line["table"]] = kept
        return typed(before, contents(self._snapshot))


def _text(file: Path, *, only_first: bool = False) -> str:
    try:
        with open_plain(file, linked=False) as lines:
            return (lines.readline() if only_first else lines.read()).decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        return ""


def _is_head(line: Mapping[str, Any]) -> bool:
    """Whether a line is as the first one of a run: whatever else lies there tells nothing."""
    tables = line.get("tables")
    words = (line.get(name) for name in ("book", "held", "day", "fingerprint"))
    return (
        line.get("contents") == _FORMAT
        and all(isinstance(word, str) for word in words)
        and isinstance(tables, dict)
        and all(isinstance(mark, str) for mark in tables.values())
    )


def _contents(line: Mapping[str, Any]) -> Contents | None:
    """What a line says of a table; None where it is not as a run wrote it."""
    headers, rows = line.get("headers"), line.get("rows")
    if not isinstance(line.get("table"), str) or not _are_texts(headers) or not isinstance(rows, list):
        return None
    if not all(_are_texts(row) and len(row) == len(headers) for row in rows):
        return None
    return Contents(tuple(headers), [tuple(row) for row in rows])


def _are_texts(cells: Any) -> TypeGuard[list[str]]:
    return isinstance(cells, list) and all(isinstance(cell, str) for cell in cells)


def _object(text: str) -> Mapping[str, Any]:
    with contextlib.suppress(ValueError, RecursionError):
        found = json.loads(text)
        if isinstance(found, dict):
            return found
    return {}
