"""champions restore."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from addin.frontends.person import user
from addin.frontends.terminal.session import busy, tell
from addin.hosts.file.restore import bring_back, choose
from addin.hosts.file.versions import backups_folder, kept_states, said_of_other_names
from addin.lossless import Kept
from workbook.model.cells import show as shown_cell


def run(options: argparse.Namespace) -> int:
    """Brings an earlier state of the workbook back, or shows which are kept."""
    path = Path(options.workbook)
    states = kept_states(path)
    if options.list and states:
        _show(path, states)
        return 0
    state = choose(path, states, options.state)
    there, others = path.exists(), said_of_other_names(path)
    with busy("Bringing back"):
        changed = bring_back(path, state, who=user(), when=dt.datetime.now(dt.UTC).astimezone())
    _show_done(path, state, changed=changed, there=there)
    if changed and others:
        tell(others)
    return 0


def _when(moment: dt.datetime) -> str:
    return shown_cell(moment.astimezone())


def _size(state: Kept) -> str:
    return f"{state.size / (1 << 20):,.1f} MB" if state.size >= 1 << 20 else f"{max(state.size >> 10, 1)} KB"


def _show(path: Path, states: Sequence[Kept]) -> None:
    from addin.frontends.terminal.show import Shown, console, counted, heading, say, table

    page = console()
    heading(page, f"{path.name}: {counted(len(states), 'earlier state')} kept, the newest first")
    names = ("", "Kept on", "As it was before", "Last saved on", "Size")
    rows = [(str(n), _when(s.moment), s.note, _when(s.saved), _size(s)) for n, s in enumerate(states, start=1)]
    page.print(table([Shown(name, narrow=True) for name in names], rows))
    say(page, f'To bring one back, give its number: champions restore "{path}" 1')
    say(page, f"They are ordinary workbooks, in {backups_folder(path)}")


def _show_done(path: Path, state: Kept, *, changed: bool, there: bool) -> None:
    from addin.frontends.terminal.show import console, say

    page = console()
    before = f", before {state.note}" if state.note else ""
    if not changed:
        say(page, f"{path.name} is as it was on {_when(state.moment)}{before} already. Nothing was changed.")
        return
    say(page, f"Brought back: {path.name} as it was on {_when(state.moment)}{before}.")
    if not state.digest:
        say(
            page,
            "This state was kept by an earlier version of the program, which noted no mark to know it by: it was read "
            "through and is a whole workbook, but whether anybody changed it since can't be told.",
        )
    if there:
        say(page, f'The workbook as it was until now is kept too. To have it again: champions undo "{path}"')
