"""Brings an earlier state of a workbook back; the one that stands there is kept first.

>>> path = Path("programme.xlsx")
>>> choose(path, kept_states(path), "2026-11-05").note
'an example'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from addin.hosts.file.host import writer_errors_in_words
from addin.hosts.file.run_record import Run
from addin.hosts.file.versions import backups_folder, put_state, read_through
from addin.lossless import Damaged, FileState, Kept, content_of, digest_of, files_kept
from workbook.model.cells import show
from workbook.model.days import days_in_text
from workbook.model.errors import BookUnusable, UnknownName

_MOST_NAMES = 5


def local_day(state: Kept) -> dt.date:
    """The day on which a state was replaced, by the clock on the wall.

    >>> [local_day(state).isoformat() for state in kept_states(Path("programme.xlsx"))][-1]
    '2026-11-05'

    Args:
        state: one that is kept.
    """
    return state.moment.astimezone().date()


def choose(path: Path, states: Sequence[Kept], wanted: str | None) -> Kept:
    """The state that a person means.

    Args:
        path: the workbook.
        states: those that are kept, newest first.
        wanted: a number of the list, counted from 1, or a day; None for the newest that is whole and another than
            the workbook as it is.

    Raises:
        UnknownName: there is no such state, or several of that day.
        BookUnusable: the workbook as it is can't be read.
    """
    if not states:
        raise _nothing_kept(path)
    if wanted is None:
        return _newest_other(path, states)
    see = f'champions restore "{path}" --list'
    if wanted.isdecimal() and len(wanted) < 4:
        if not 1 <= int(wanted) <= len(states):
            raise UnknownName(f"There is no state {wanted}; {len(states)} are kept.", where=str(path), in_terminal=see)
        return states[int(wanted) - 1]
    days = days_in_text(wanted)
    if len(days) != 1:
        raise UnknownName(
            f"“{wanted}” is neither a number of the list nor a day written as 2026-06-30.", in_terminal=see
        )
    found = [(n, s) for n, s in enumerate(states, start=1) if local_day(s) == days[0]]
    if len(found) == 1:
        return found[0][1]
    if found:
        numbers = ", ".join(str(n) for n, _ in found)
        raise UnknownName(
            f"{len(found)} states of {show(days[0])} are kept: {numbers}.",
            next_step="Give one of these numbers.",
            in_terminal=see,
        )
    raise UnknownName(f"No state of {show(days[0])} is kept.", where=str(path), in_terminal=see)


def _nothing_kept(path: Path) -> UnknownName:
    others = files_kept(backups_folder(path))
    if others:
        listed = ", ".join(others[:_MOST_NAMES]) + (" and others" if len(others) > _MOST_NAMES else "")
        step = f"In this folder earlier states are kept of {listed}. If it had such a name, give it that name again."
    else:
        step = (
            "Earlier states are kept in the folder .champions beside the workbook, from the first time that this "
            "program writes into it. If the workbook was moved, look in the folder where it was."
        )
    return UnknownName("No earlier state of this workbook is kept.", where=str(path), next_step=step)


def _newest_other(path: Path, states: Sequence[Kept]) -> Kept:
    now = digest_now(path)
    for state in states:
        with writer_errors_in_words(path):
            try:
                data = content_of(state)
                if digest_of(data) != now:
                    read_through(state.path, data)
                    return state
            except (Damaged, BookUnusable):
                continue
    raise UnknownName(
        "Every state that is kept is the same as the workbook as it is, or damaged. Nothing was changed.",
        where=str(path),
    )


def digest_now(path: Path) -> str:
    """The digest of the workbook as it is; '' where there is none.

    Args:
        path: the workbook.

    Raises:
        BookUnusable: it can't be read.
    """
    with writer_errors_in_words(path):
        return FileState.of(path)[0].digest if path.exists() else ""


def _refuse_unreadable(state: Kept, data: bytes) -> None:
    try:
        read_through(state.path, data)
    except BookUnusable as error:
        raise BookUnusable(
            f"The kept file can't be brought back. {error.what}",
            where=error.where,
            next_step="Choose another. Nothing was changed.",
        ) from error


def bring_back(path: Path, state: Kept, *, who: str, when: dt.datetime) -> bool:
    """Puts a kept state in the workbook's place.

    >>> path = Path("programme.xlsx")
    >>> state = choose(path, kept_states(path), None)
    >>> bring_back(path, state, who="Lead Beta", when=dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC))
    True

    Args:
        path: the workbook, which need not be there any more.
        state: one that is kept of it.
        who: the person at work, for the lock.
        when: the moment, for the name of what stands there now.

    Returns:
        False where the workbook is in that state already.

    Raises:
        BookUnusable: the kept file is damaged.
        BookBusy: the workbook is open elsewhere.
        BookNotWritable: it can't be written to.
    """
    now = digest_now(path)
    with writer_errors_in_words(path):
        data = content_of(state)
        if digest_of(data) == now:
            return False
        _refuse_unreadable(state, data)
        put_state(path, data, Run("restore", when), who=who, instead_of=now)
    return True
