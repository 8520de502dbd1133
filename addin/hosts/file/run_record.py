"""The record of the last run, kept beside the workbook so that a later process can take it back.

It says what the file was before and after, where the former file is kept, and the changes that take the run back. The
bodies of computed tables are not in it: they stand in the former file. No more is written down than what the run itself
wrote or replaced, and of the last two runs alone: it is written before the workbook is replaced, so the newest may be
of a run that was killed and never came about.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from addin.hosts.change_json import NO_RECORD, change_as_json, change_from_json, ref_as_json, ref_from_json
from addin.lossless import digest_of, read_plain, refuse_strange
from addin.lossless.save import make_folder, short, write_whole
from workbook.model.changes import AddTable, Change, ReplaceTable, RowRef
from workbook.model.light_dataclasses import dataclass, replace

#: Where all that is ours is kept, beside the workbook.
FOLDER = ".champions"
_FORMAT = 1
_RUNS = 2
#: A run of more changes can be taken back as a whole only.
_MOST_CHANGES = 20_000
#: The same of a run whose record would be longer, in characters.
_LONGEST_TEXT = 4 << 20
#: A longer file is none that we wrote; in bytes, of which a character may take four.
_LONGEST_RECORD = (_RUNS * 4 + 1) * _LONGEST_TEXT


@dataclass(frozen=True)
class Run:
    """One run that wrote into the workbook.

    Attributes:
        former: the digest of the file before.
        after: that of the file afterwards.
        backup: the name of the file in the backups that keeps the former one.
        book: the workbook's own id.
        changes: what takes the run back; of a computed table the headers alone. None where only the whole former file
            can bring it back.
        added: the rows that the run added.
    """

    command: str
    when: dt.datetime
    former: str = ""
    after: str = ""
    backup: str = ""
    book: str = ""
    changes: tuple[Change, ...] | None = None
    added: tuple[RowRef, ...] = ()


def record_path(path: Path) -> Path:
    """Where the record of a workbook lies.

    Args:
        path: the workbook.
    """
    return path.parent / FOLDER / "last run" / f"{short(path.name)}.json"


def write_run(path: Path, run: Run) -> None:
    """Puts a run before the one that was the last.

    Args:
        path: the workbook.
        run: it with `former`, `after` and `backup` filled in.

    Raises:
        OSError: it can't be written.
    """
    place = record_path(path)
    refuse_strange(place.parent, path)
    make_folder(place.parent)
    runs = ", ".join(_bounded_text(r) for r in (run, *read_runs(path)[: _RUNS - 1]))
    text = f'{{"format": {_FORMAT}, "digest": "{_digest(runs)}", "runs": [{runs}]}}'
    like = (path if path.exists() else path.parent).stat()
    write_whole(path, place, text.encode("utf-8", "surrogatepass"), like=like)


def _bounded_text(run: Run) -> str:
    text = json.dumps(_as_json(run), ensure_ascii=False)
    if len(text) <= _LONGEST_TEXT:
        return text
    return json.dumps(_as_json(replace(run, changes=None, added=())), ensure_ascii=False)


def _digest(runs: str) -> str:
    return digest_of(runs.encode("utf-8", "surrogatepass"))


def read_runs(path: Path) -> list[Run]:
    """The last runs, newest first; none where the record is not there or can't be read.

    Args:
        path: the workbook.
    """
    with contextlib.suppress(OSError, *NO_RECORD):
        raw = read_plain(record_path(path), linked=False, most=_LONGEST_RECORD)
        data = json.loads(raw.decode("utf-8", "surrogatepass"))
        text = json.dumps(data["runs"], ensure_ascii=False)[1:-1]
        if data["format"] == _FORMAT and data["digest"] == _digest(text):
            return [_from_json(r) for r in data["runs"]]
    return []


def last_run(path: Path, digest: str) -> Run | None:
    """The last run that came about.

    Args:
        path: the workbook.
        digest: of the file as it is.
    """
    runs = [run for run in read_runs(path) if run.former != run.after]  # one that changed nothing is none
    if len(runs) > 1 and digest == runs[0].former and digest != runs[0].after:
        runs = runs[1:]  # killed before it replaced the workbook
    return runs[0] if runs and digest != runs[0].former else None


def record_with(raw: bytes, texts: Callable[[str], str], digests: Mapping[str, str]) -> bytes | None:
    """A record with other texts, and with other digests of the files that it names; None where it is none of ours.

    Args:
        raw: as it stands in the file.
        texts: gives what takes the place of a text.
        digests: what takes the place of a digest.
    """
    with contextlib.suppress(*NO_RECORD):
        data = json.loads(raw.decode("utf-8", "surrogatepass"))
        runs = [_with_texts(run, texts) for run in data["runs"]]
        for run in runs:
            run |= {name: digests.get(run[name], run[name]) for name in ("former", "after")}
        text = json.dumps(runs, ensure_ascii=False)[1:-1]
        made = f'{{"format": {_FORMAT}, "digest": "{_digest(text)}", "runs": [{text}]}}'
        return made.encode("utf-8", "surrogatepass")
    return None


def _with_texts(value: Any, texts: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return texts(value)
    if isinstance(value, list):
        return [_with_texts(v, texts) for v in value]
    if isinstance(value, dict):
        return {k: _with_texts(v, texts) for k, v in value.items()}
    return value


def bounded(changes: Sequence[Change]) -> tuple[Change, ...] | None:
    """Changes without the bodies of tables, if they are not too many to be kept.

    Args:
        changes: what takes a run back.

    Returns:
        None where they are more than 20,000.
    """
    kept = tuple(map(_without_body, changes))
    return kept if len(kept) <= _MOST_CHANGES else None


def _without_body(change: Change) -> Change:
    if isinstance(change, ReplaceTable):
        return replace(change, rows=(), links=None)
    return replace(change, rows=()) if isinstance(change, AddTable) else change


# -- as JSON --------------------------------------------------------------------------------------------------------


def _as_json(run: Run) -> dict[str, Any]:
    plain = {name: getattr(run, name) for name in ("command", "former", "after", "backup", "book")}
    return {
        **plain,
        "when": run.when.isoformat(),
        "changes": None if run.changes is None else [change_as_json(c) for c in run.changes],
        "added": [ref_as_json(ref) for ref in run.added],
    }


def _from_json(data: Mapping[str, Any]) -> Run:
    changes = data["changes"]
    return Run(
        command=str(data["command"]),
        when=dt.datetime.fromisoformat(data["when"]),
        former=str(data["former"]),
        after=str(data["after"]),
        backup=str(data["backup"]),
        book=str(data["book"]),
        changes=None if changes is None else tuple(change_from_json(c) for c in changes),
        added=tuple(ref_from_json(r) for r in data["added"]),
    )
