"""Results kept beside the output, so that a second run does only what changed.

A result is kept by the digest of the bytes it was read from, the day, the version of the rules and of this program, and
whether names came along; it is never used for other bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from addin.output.write_file import write_new
from addin.portfolio.reading import digest_of
from workbook.model.catalogue import RULES_VERSION

FOLDER = ".kept"
LAST = "last-run.json"
#: Where files go that stood under the names of our own; no portfolio looks in there for workbooks.
FORMER = ".champions"


class Kept:
    """The results kept in a folder.

    Args:
        out: the folder of the output.
        as_of: the day, in ISO 8601.
        names: whether names of who acts come along.
    """

    def __init__(self, out: Path, as_of: str, *, names: bool) -> None:
        self._folder = out / FOLDER
        self._key = f"{as_of} {RULES_VERSION} {version('champion-workbook')} {names}"

    def find(self, path: Path) -> dict[str, Any] | None:
        """What was kept of just these bytes; None where there is nothing, or it can't be read.

        Args:
            path: the workbook.
        """
        with suppress(OSError, ValueError):
            digest = digest_of(path.read_bytes())
            told = json.loads(self._place(digest).read_text(encoding="utf-8"))
            if isinstance(told, dict) and told.get("digest") == digest:
                return told
        return None

    def keep(self, told: dict[str, Any]) -> None:
        """Keeps a result.

        Args:
            told: what a workbook gave, as `addin.portfolio.reading.read` gives it.

        Raises:
            BookNotWritable: it can't be written.
        """
        write_new(self._place(str(told["digest"])), json.dumps(told).encode(), replace=True)

    def _place(self, digest: str) -> Path:
        name = hashlib.sha256(f"{digest} {self._key}".encode()).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.json"


def last_day(out: Path) -> str | None:
    """The day of the last run into a folder; None where there was none.

    Args:
        out: the folder of the output.

    Returns:
        The day in ISO 8601.
    """
    with suppress(OSError, ValueError, KeyError):
        return str(json.loads((out / FOLDER / LAST).read_text(encoding="utf-8"))["as_of"])
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


def keep_former(out: Path, made: Mapping[str, bytes], now: dt.datetime) -> str:
    """Keeps what stands in the folder under the names of files to come, where it differs from them.

    Args:
        out: the folder.
        made: the files to come.
        now: the moment that the kept folder is called by.

    Returns:
        Where they are kept, as seen from the folder; '' where there was nothing to keep.

    Raises:
        BookNotWritable: they could not be kept. Nothing was changed.
    """
    stamp = now.strftime("%Y-%m-%d %H.%M.%SZ")
    kept = ""
    for name, content in made.items():
        try:
            there = (out / name).read_bytes()
        except FileNotFoundError:
            continue
        if there != content:
            write_new(out / FORMER / stamp / name, there)
            kept = f"{FORMER}/{stamp}"
    return kept
