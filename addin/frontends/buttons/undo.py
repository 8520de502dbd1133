"""What takes the last press back, kept between presses: each is a process of its own, and a macro empties Excel's list.

One file for each workbook, in the person's own state folder: it holds what the press wrote and replaced, so nobody else
may read it. It goes when it is used, and with the first press a week later. A second file is written right before a
press writes into the workbook: should its process die meanwhile, the workbook itself tells whether it was the last one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from addin.hosts.change_json import NO_RECORD, change_as_json, change_from_json, ref_as_json, ref_from_json
from addin.lossless import read_plain
from workbook.model.changes import ChangeSet, RowRef
from workbook.model.errors import CannotTakeBack
from workbook.model.permitted_changes import undeclared

_WEEK = 7 * 24 * 3600.0
#: Of a record, in characters; and in bytes, of which a character may take four.
_LONGEST = 32 << 20
_LONGEST_READ = 4 * _LONGEST


class Kept(NamedTuple):
    """What takes a press back.

    Attributes:
        changes: the inverse of what it wrote.
        added: the rows that it added.
        when: its moment.
        saved: the digest of the saved file before it; '' where there was none.
        bodies: by computed table, the digest of the rows that it wrote; see `addin.hosts.apply.written`.
    """

    changes: ChangeSet
    added: tuple[RowRef, ...] = ()
    when: dt.datetime = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    saved: str = ""
    bodies: Mapping[str, str] = MappingProxyType({})


class LastPress:
    """What takes the last press on one workbook back.

    Args:
        folder: where such files are kept.
        names: what names the workbook, best first: its own id, which it keeps under every name, and its full name.
    """

    def __init__(self, folder: Path, *names: str) -> None:
        self._places = [folder / f"{_short(name)}.json" for name in names if name]

    def begin(self, press: Kept) -> None:
        """Notes a press that is about to write; the one before it stays until this one is kept."""
        _put(_begun(self._places[0]), press)

    def keep(self, press: Kept) -> None:
        """Keeps a press; an earlier one goes. Where nothing can be kept there is nothing to take back."""
        kept = _put(self._places[0], press)
        for place in self._places:
            _remove(_begun(place))
        for place in self._places[1 if kept else 0 :]:
            _remove(place)

    def read(self, was_written: Callable[[Kept], bool] = lambda _: False) -> Kept | None:
        """The last press that was kept; None where there is none, or none that can be read.

        Args:
            was_written: says of a press that began to write, and never told of its end, whether it wrote.

        Raises:
            CannotTakeBack: the record names what the command of the press never does.
        """
        begun = _newest(map(_begun, self._places))
        found = begun if begun is not None and was_written(begun[0]) else _newest(self._places)
        if found is None:
            return None
        press, place = found
        if undeclared(press.changes.command, press.changes.changes, press.added, bodies=True) is not None:
            raise CannotTakeBack(
                f"The record of the last press names what “{press.changes.command}” never does. Somebody may have "
                "changed it. Nothing was written.",
                where=str(place),
                next_step="Delete that file; then what was written before can be taken back.",
            )
        return press

    def forget(self) -> None:
        """There is nothing to take back any more."""
        for place in self._places:
            _remove(_begun(place))
            _remove(place)


def _begun(place: Path) -> Path:
    return place.with_suffix(".begun.json")


def _remove(place: Path) -> None:
    with suppress(OSError):
        place.unlink()


def _put(place: Path, press: Kept) -> bool:
    """Writes a press in one step; whether that could be done."""
    text = json.dumps(_as_json(press), ensure_ascii=False)
    if len(text) > _LONGEST:
        return False
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(place.parent)
        new = place.with_name(f"{place.name}.{os.getpid()}")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(text)
        new.replace(place)
        return True
    return False


def _newest(places: Iterable[Path]) -> tuple[Kept, Path] | None:
    """The newest press that can be read, and where it lies."""
    found = []
    for place in places:
        with suppress(OSError, *NO_RECORD):
            raw = read_plain(place, linked=False, most=_LONGEST_READ)
            found.append((_from_json(json.loads(raw.decode("utf-8", "surrogatepass"))), place))
    return max(found, key=lambda one: one[0].when, default=None)


def own_state() -> Path:
    """The person's folder for what we keep between runs."""
    import platformdirs

    return Path(platformdirs.user_state_dir("champions", appauthor=False))


def press_folder(state: Path) -> Path:
    """Where presses are kept, within the person's state folder of ours."""
    return state / "last press"


def _short(name: str) -> str:
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _sweep(folder: Path) -> None:
    for place in folder.glob("*.json*"):
        if time.time() - place.stat().st_mtime > _WEEK:
            place.unlink(missing_ok=True)


def _as_json(press: Kept) -> dict[str, Any]:
    return {
        "command": press.changes.command,
        "fingerprint": press.changes.fingerprint,
        "changes": [change_as_json(c) for c in press.changes.changes],
        "added": [ref_as_json(ref) for ref in press.added],
        "when": press.when.isoformat(),
        "saved": press.saved,
        "bodies": dict(press.bodies),
    }


def _from_json(data: Mapping[str, Any]) -> Kept:
    changes = tuple(change_from_json(c) for c in data["changes"])
    inverse = ChangeSet(str(data["command"]), str(data["fingerprint"]), changes)
    when = dt.datetime.fromisoformat(data["when"]).astimezone(dt.UTC)
    added = tuple(ref_from_json(r) for r in data["added"])
    bodies = {str(table): str(digest) for table, digest in dict(data.get("bodies", {})).items()}
    return Kept(inverse, added, when, str(data["saved"]), bodies)
