"""champions undo."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from addin.frontends.buttons.undo import LastPress, own_state, press_folder
from addin.frontends.person import user
from addin.frontends.terminal.session import busy, tell
from addin.hosts.file.undo import Outlook, look, take_back
from addin.hosts.file.versions import said_of_other_names
from workbook.model.cells import show as shown_cell
from workbook.model.changes import Change, ChangeSet, ReplaceTable
from workbook.model.errors import CannotTakeBack
from workbook.model.permitted_changes import REDO

_SHOWN = 20


def run(options: argparse.Namespace) -> int:
    """Takes back what the last run wrote into the workbook."""
    path, presses = Path(options.workbook), press_folder(own_state())
    with busy(f"Reading {path.name}"):
        outlook = look(
            path, (lambda own_id, wrote: LastPress(presses, own_id).read(wrote)) if presses.is_dir() else None
        )
    if outlook.obstacles:
        raise _refusal(path, outlook)
    if options.dry_run:
        _show_plan(path, outlook)
        return 0
    others = said_of_other_names(path)
    with busy("Taking back"):
        take_back(path, outlook, who=user(), when=dt.datetime.now(dt.UTC).astimezone())
    if outlook.pressed:
        LastPress(presses, outlook.run.book).forget()
    _show_done(path, outlook)
    if others:
        tell(others)
    return 0


def _named(outlook: Outlook) -> str:
    return f"{outlook.run.command} of {shown_cell(outlook.run.when.astimezone())}"


def _refusal(path: Path, outlook: Outlook) -> CannotTakeBack:
    listed = "".join(f"\n    {line}" for line in _cut(outlook.obstacles))
    return CannotTakeBack(
        f"The last run ({_named(outlook)}) can't be taken back. Nothing was changed. This stands against it:{listed}",
        where=str(path),
        next_step="put that right by hand and try again; or bring the whole workbook back as it was before that run, "
        f'without what was entered since. To see what is kept: champions restore "{path}" --list',
    )


def _cut(lines: tuple[str, ...]) -> list[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"… and {more:,} more"] if more > 0 else list(lines)


def _show_plan(path: Path, outlook: Outlook) -> None:
    from addin.frontends.terminal.show import console, heading, say

    page = console()
    heading(page, f"The last run: {_named(outlook)}", "Nothing was written.")
    if outlook.exact is not None:
        say(page, f"{path.name} was not changed since. It would be again as it was before that run, to the byte:")
        for line in _cut(tuple(_line(change) for change in outlook.run.changes or ())):
            say(page, f"  {line}")
        return
    if outlook.changes is not None:
        say(page, "Other things were changed since; they would stay. This would be taken back:")
        for line in _cut(tuple(outlook.changes.describe())):
            say(page, f"  {line}")
    _say_what_stays(outlook)


def _line(change: Change) -> str:
    """What comes back of a change; of a computed table the record says only that it was replaced."""
    if isinstance(change, ReplaceTable):
        return f"{change.table}: what it held before that run"
    return ChangeSet("", "", (change,)).describe()[0]


def _show_done(path: Path, outlook: Outlook) -> None:
    from addin.frontends.terminal.show import console, say

    page = console()
    say(page, f"Taken back: {_named(outlook)}.")
    if outlook.exact is not None:
        say(page, f"{path.name} is again as it was before that run, to the byte.")
        if outlook.command.startswith(REDO):
            say(page, f"What {outlook.command.removeprefix(REDO)} had written is there again.")
    else:
        say(page, "What you changed since stays.")
        _say_what_stays(outlook)
    say(page, f'To have it as before this undo: champions undo "{path}"')


def _say_what_stays(outlook: Outlook) -> None:
    from addin.frontends.terminal.show import console, say

    if outlook.stays:
        say(console(), "Of what that run did, this stays: " + "; ".join(outlook.stays) + ".")
