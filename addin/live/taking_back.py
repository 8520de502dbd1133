"""What takes the last press back, kept between presses: each is a process of its own, and a macro empties Excel's list.

One file for each workbook, in the person's own state folder: it holds what the press wrote and replaced, so nobody else
may read it. It goes when it is used, and with the first press a week later.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from addin.recorded import change_as_json, change_from_json, ref_as_json, ref_from_json
from workbook.changes import ChangeSet, RowRef

_WEEK = 7 * 24 * 3600.0
_LONGEST = 32 << 20


class Kept(NamedTuple):
    """What takes a press back, and the rows that it added."""

    changes: ChangeSet
    added: tuple[RowRef, ...]


class LastPress:
    """What takes the last press on one workbook back.

    Args:
        folder: where such files are kept.
        book: what names the workbook, the same at each press.
    """

    def __init__(self, folder: Path, book: str) -> None:
        self._place = folder / f"{hashlib.blake2b(book.encode('utf-8', 'replace'), digest_size=12).hexdigest()}.json"

    def keep(self, inverse: ChangeSet, added: Iterable[RowRef] = ()) -> None:
        """Keeps changes; those of an earlier press go. Where nothing can be kept there is nothing to take back."""
        self.forget()
        text = json.dumps(_as_json(inverse, added), ensure_ascii=False)
        if len(text) > _LONGEST:
            return
        with suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _sweep(self._place.parent)
            handle = os.open(self._place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text)

    def read(self) -> Kept | None:
        """What was kept; None where there is nothing, or nothing that can be read."""
        with suppress(OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
            return _from_json(json.loads(self._place.read_text(encoding="utf-8", errors="surrogatepass")))
        return None

    def forget(self) -> None:
        """There is nothing to take back any more."""
        with suppress(OSError):
            self._place.unlink()


def _sweep(folder: Path) -> None:
    for place in folder.glob("*.json"):
        if time.time() - place.stat().st_mtime > _WEEK:
            place.unlink(missing_ok=True)


def _as_json(changes: ChangeSet, added: Iterable[RowRef]) -> dict[str, Any]:
    return {
        "command": changes.command,
        "fingerprint": changes.fingerprint,
        "changes": [change_as_json(c) for c in changes.changes],
        "added": [ref_as_json(ref) for ref in added],
    }


def _from_json(data: Mapping[str, Any]) -> Kept:
    changes = tuple(change_from_json(c) for c in data["changes"])
    inverse = ChangeSet(str(data["command"]), str(data["fingerprint"]), changes)
    return Kept(inverse, tuple(ref_from_json(r) for r in data["added"]))
