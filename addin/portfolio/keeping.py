"""Results kept beside the output, so that a second run does only what changed.

A result is kept by the digest of the bytes it was read from, the day, the version of the rules and of this program, and
whether names came along; it is never used for other bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from addin.lossless import open_plain, read_plain
from addin.output.write_file import NewFile, write_new
from workbook.model.catalogue import RULES_VERSION

FOLDER = ".kept"
LAST = "last-run.json"
#: Where files go that stood under the names of our own; no portfolio looks in there for workbooks.
FORMER = ".champions"
#: How many former results are kept, and how many kept results that the last run did not use.
MOST_FORMER, MOST_UNUSED = 20, 1000
#: The form of a kept result: another form is another key.
_FORM = 2
_CHUNK = 1 << 20


class Kept:
    """The results kept in a folder.

    Args:
        out: the folder of the output.
        as_of: the day, in ISO 8601.
        names: whether names of who acts come along.
    """

    def __init__(self, out: Path, as_of: str, *, names: bool) -> None:
        self._folder = out / FOLDER
        self._key = f"{_FORM} {as_of} {RULES_VERSION} {version('champion-workbook')} {names}"
        self._used: set[bytes] = set()

    def find(self, path: Path, name: str) -> dict[str, Any] | None:
        """What was kept of just these bytes under this name; None where there is nothing, or it can't be read.

        Args:
            path: the workbook.
            name: what it is called, which may name somebody of whom the workbook tells.
        """
        with suppress(OSError, ValueError):
            digest = _digest(path)
            told = json.loads(read_plain(self._place(digest, name)))
            if isinstance(told, dict) and told.get("digest") == digest:
                return told
        return None

    def keep(self, told: dict[str, Any], name: str) -> None:
        """Keeps a result.

        Args:
            told: what a workbook gave, as `addin.portfolio.reading.read` gives it.
            name: what it is called.

        Raises:
            BookNotWritable: it can't be written.
        """
        content = json.dumps(told, separators=(",", ":")).encode()
        write_new(self._place(str(told["digest"]), name), content, replace=True)

    def tidy(self) -> None:
        """Takes away what no workbook of this run used, but for the newest `MOST_UNUSED`.

        What can't be taken away stays for the next run.
        """
        unused = []
        for path in self._folder.glob("??/*.json"):
            with suppress(OSError, ValueError):  # another name is not ours
                if bytes.fromhex(path.parent.name + path.stem) not in self._used:
                    unused.append((path.stat().st_mtime, path))
        unused.sort(reverse=True)
        for _, path in unused[MOST_UNUSED:]:
            with suppress(OSError):
                path.unlink()

    def _place(self, digest: str, name: str) -> Path:
        key = hashlib.sha256(f"{digest} {self._key} {name}".encode("utf-8", "surrogatepass"))
        self._used.add(key.digest())
        return self._folder / key.hexdigest()[:2] / f"{key.hexdigest()[2:]}.json"


def _digest(path: Path) -> str:
    """The digest of a file, as `addin.portfolio.reading.digest_of` has it of its bytes, however large it is."""
    with open_plain(path) as file:
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def last_day(out: Path) -> str | None:
    """The day of the last run into a folder; None where there was none.

    Args:
        out: the folder of the output.

    Returns:
        The day in ISO 8601.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads(read_plain(out / FOLDER / LAST, most=_CHUNK))["as_of"]
        return dt.date.fromisoformat(said).isoformat()
    return None


def note_day(out: Path, as_of: str) -> None:
    """Notes the day of a run, for whoever goes on with it.

    Args:
        out: the folder of the output.
        as_of: the day, in ISO 8601.

    Raises:
        BookNotWritable: it can't be written.
    """
    write_new(out / FOLDER / LAST, json.dumps({"as_of": as_of}).encode(), replace=True)


def keep_former(made: Iterable[NewFile], out: Path, now: dt.datetime) -> str:
    """Keeps what stands in the folder under the names of files to come, where it differs from them.

    Args:
        made: the files to come.
        out: the folder.
        now: the moment that the kept folder is called by.

    Returns:
        Where they are kept, as seen from the folder; '' where there was nothing to keep.

    Raises:
        BookNotWritable: they could not be kept. Nothing was changed.
    """
    stamp = now.strftime("%Y-%m-%d %H.%M.%SZ")
    kept = ""
    for new in made:
        if not new.path.exists() or new.same():
            continue
        with NewFile(out / FORMER / stamp / new.path.name) as former:
            with former.noticing(), open_plain(new.path) as there:
                shutil.copyfileobj(there, former, _CHUNK)
            former.put()
        kept = f"{FORMER}/{stamp}"
    if kept:
        _fewer_former(out / FORMER)
    return kept


def _fewer_former(folder: Path) -> None:
    """Leaves the newest `MOST_FORMER` folders of former results; what has another name is not ours."""
    with suppress(OSError):
        ours = sorted(path.name for path in folder.iterdir() if _is_stamp(path.name))
        for name in ours[:-MOST_FORMER]:
            shutil.rmtree(folder / name, ignore_errors=True)


def _is_stamp(name: str) -> bool:
    with suppress(ValueError):
        return bool(dt.datetime.strptime(name, "%Y-%m-%d %H.%M.%SZ"))  # noqa: DTZ007 - Z is in it
    return False
