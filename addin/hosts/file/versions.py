"""Whole states of a workbook: the former ones that are kept beside it, and putting one in its place."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from addin.hosts.file.run_record import FOLDER, Run, write_run
from addin.lossless import Backups, FileState, Kept, Saved, digest_of, kept, locked, read_plain, save_bytes
from addin.lossless.save import Held, Ready
from workbook.model.errors import ChampionsError
from workbook.model.history import Entry, as_moment
from workbook.model.light_dataclasses import replace
from workbook.model.snapshot import Snapshot


def backups_folder(path: Path) -> Path:
    """Where the former states of a workbook are kept.

    Args:
        path: the workbook; where it is a link, what it leads to counts.
    """
    return path.resolve().parent / FOLDER / "backups"


def backups(path: Path, when: dt.datetime, command: str) -> Backups:
    """Keeps a former state as that before a command.

    Args:
        path: the workbook.
        when: the moment of the run that replaces it.
        command: of that run.
    """
    return Backups(backups_folder(path), when, command)


def kept_states(path: Path) -> list[Kept]:
    """The former states that are kept, newest first.

    >>> [state.note for state in kept_states(Path("programme.xlsx"))]
    ['an example']

    Args:
        path: the workbook, which need not be there any more.
    """
    return kept(path.resolve(), backups_folder(path))


def noting(path: Path, run: Run, held: Held, first: Callable[[], None]) -> Ready:
    """To be done just before a workbook is replaced: the run is noted, and that nobody came between is confirmed.

    Args:
        path: the workbook.
        run: without what is known only when the file is written.
        held: the lock.
        first: what is done before that: the history beside the workbook is added to.

    Returns:
        What `save_book` takes as `ready`.
    """

    def ready(saved: Saved) -> None:
        backup = saved.backup.name if saved.backup else ""
        first()
        write_run(path.resolve(), replace(run, former=saved.former, after=saved.digest, backup=backup))
        held.confirm()

    return ready


def put_state(path: Path, data: bytes, run: Run, *, who: str, instead_of: str) -> None:
    """Puts a whole state in a workbook's place; the one that stood there is kept.

    Args:
        path: the workbook.
        data: the state.
        run: what is noted of it.
        who: the person at work.
        instead_of: the digest of the file that it replaces, '' where there is none.

    Raises:
        LosslessError: that file is another now, is open elsewhere, or can't be written.
    """
    from addin.hosts.file.kept_contents import promote
    from addin.lossless import Replaced

    with locked(path, holder=who or "Another run", now=time.time()) as held:
        expected = FileState.of(path)[0] if path.exists() else None
        if (expected.digest if expected else "") != instead_of:
            raise Replaced(f"{path.name} was changed by another program meanwhile. Nothing was written.")
        keeping = backups(path, run.when, run.command)
        note = partial(_note_state, path, data, run, who)
        save_bytes(path, data, expected=expected, backups=keeping, ready=noting(path, run, held, note))
        promote(path.resolve())


def _note_state(path: Path, data: bytes, run: Run, who: str) -> None:
    """Notes in the history beside a workbook that a whole state takes its place."""
    from addin.hosts.file.history import note_state
    from addin.hosts.file.kept_contents import keep

    now = None
    with contextlib.suppress(ChampionsError):
        now = read_through(path, FileState.of(path)[1]) if path.exists() else None
    words = "The whole workbook, as it was before that run." if run.book else "The whole workbook, as it was kept."
    entry = Entry(as_moment(run.when), who, run.command, "", "", "", "", words)
    restored = read_through(path, data)
    note_state(path.resolve(), now, restored, entry)
    keep(path.resolve(), restored, run.when, coming=True)


def read_through(path: Path, data: bytes) -> Snapshot:
    """Reads a whole state as a workbook.

    Args:
        path: the file, for the words.
        data: its content.

    Raises:
        ChampionsError: it is none of ours, or can't be read.
    """
    from addin.hosts.file.reading import read_workbook
    from workbook.model.reading import read_book

    return read_book(read_workbook(path, data))


def said_of_other_names(path: Path) -> str:
    """What to know, before a workbook is written, of a file that has several names on its disk; '' for any other.

    The new workbook takes the place of one name; the others go on naming the old one.

    Args:
        path: the workbook.
    """
    try:
        names = path.stat().st_nlink
    except OSError:
        return ""
    if names < 2:
        return ""
    return (
        f"{path.name} had {'another name' if names == 2 else f'{names - 1} other names'} on this disk (a hard link). "
        "What was written stands under this name alone; there the workbook is as it was before. Use one of them only."
    )


def former_file(path: Path, run: Run) -> Path | None:
    """The kept file that holds a workbook as it was before a run; None if it is not kept any more.

    Only what is kept as this workbook's is looked at, and nothing whose digest was another when it was kept.

    Args:
        path: the workbook.
        run: one of its runs.
    """
    states = sorted(kept_states(path), key=lambda state: state.path.name != run.backup)
    for state in states:
        if not state.may_be(run.former):
            continue
        try:
            data = read_plain(state.path, linked=False)
        except OSError:
            continue
        if digest_of(data) == run.former:
            return state.path
    return None
