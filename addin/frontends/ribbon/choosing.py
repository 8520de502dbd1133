"""A window with lines of which a person chooses one, or ticks as many as they like, where Excel shows no such thing.

It belongs to a process of its own, as that of `addin.frontends.progress_window` does. What it shows and what was chosen
go through its pipes as JSON, and never stand on its line.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from addin.isolated import leave_folder, start_line

_TICKED, _UNTICKED = "☑ ", "☐ "
_MOST_LINES, _WIDTH = 16, 110


class NoWindow(Exception):
    """The window can't be shown here."""


@dataclass(frozen=True)
class Choice:
    """What is to be chosen.

    Attributes:
        words: said above the lines.
        lines: what can be chosen, in their order; at least one.
        confirm: what the button says that confirms.
        several: whether each line has a tick that can be set and taken away.
        unticked: the numbers of the lines, from 0, that have no tick at first.
    """

    words: str
    lines: Sequence[str]
    confirm: str = "OK"
    several: bool = False
    unticked: Sequence[int] = ()


def choose(choice: Choice, *, window: Sequence[str] | None = None) -> list[int] | None:
    """Has a person choose.

    Args:
        window: the command that shows it.

    Returns:
        The numbers of the chosen lines, from 0; None where the window was closed.

    Raises:
        NoWindow: it can't be shown here.
    """
    asked = json.dumps(asdict(choice) | {"lines": list(choice.lines)})
    try:
        done = subprocess.run(  # noqa: S603 - this very module, or a test's window
            list(window) if window is not None else start_line(sys.executable, __name__),
            input=asked,
            capture_output=True,
            text=True,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
        chosen = json.loads(done.stdout) if done.returncode == 0 else False
    except (OSError, ValueError) as error:
        raise NoWindow(str(error)) from error
    if chosen is None:
        return None
    if not isinstance(chosen, list) or not all(n in range(len(choice.lines)) for n in chosen):
        raise NoWindow(done.stderr)
    return chosen


class _Ticks:
    """The lines, and which of them are ticked."""

    def __init__(self, choice: Choice, box: Any) -> None:
        self._choice, self._box = choice, box
        self._on = [n not in choice.unticked for n in range(len(choice.lines))]
        for at in range(len(choice.lines)):
            box.insert("end", self._line(at))
        self._look(0)

    def chosen(self) -> list[int]:
        if self._choice.several:
            return [n for n, on in enumerate(self._on) if on]
        return [int(n) for n in self._box.curselection()]

    def turn(self, _event: object = None) -> None:
        for at in self._box.curselection() if self._choice.several else ():
            self._on[at] = not self._on[at]
            self._box.delete(at)
            self._box.insert(at, self._line(at))
            self._look(at)

    def _line(self, at: int) -> str:
        mark = (_TICKED if self._on[at] else _UNTICKED) if self._choice.several else ""
        return mark + self._choice.lines[at]

    def _look(self, at: int) -> None:
        self._box.selection_set(at)
        self._box.activate(at)
        self._box.see(at)


def main() -> None:
    """Shows what stands in its input, and writes what was chosen."""
    import tkinter as tk
    from tkinter import ttk

    choice, answer = Choice(**json.loads(sys.stdin.read())), list[list[int]]()
    root = tk.Tk()
    root.title("Champions")
    root.attributes("-topmost", True)
    frame = ttk.Frame(root, padding=16)
    frame.grid()
    ttk.Label(frame, text=choice.words, wraplength=760, justify="left").grid(columnspan=2, sticky="w")
    height = min(max(len(choice.lines), 3), _MOST_LINES)
    box = tk.Listbox(frame, width=_WIDTH, height=height, activestyle="dotbox", exportselection=False)
    box.grid(row=1, column=0, pady=10, sticky="nsew")
    bar = ttk.Scrollbar(frame, command=box.yview)
    bar.grid(row=1, column=1, sticky="ns", pady=10)
    box.configure(yscrollcommand=bar.set)
    ticks = _Ticks(choice, box)

    def confirm(_event: object = None) -> None:
        answer.append(ticks.chosen())
        root.destroy()

    buttons = ttk.Frame(frame)
    buttons.grid(row=2, column=0, columnspan=2, sticky="e")
    ttk.Button(buttons, text=choice.confirm, command=confirm).grid(row=0, column=0, padx=8)
    ttk.Button(buttons, text="Cancel", command=root.destroy).grid(row=0, column=1)
    for key in ("<space>", "<Double-Button-1>") if choice.several else ():
        box.bind(key, ticks.turn)
    for key in ("<Return>",) if choice.several else ("<Return>", "<Double-Button-1>"):
        box.bind(key, confirm)
    root.bind("<Escape>", lambda _: root.destroy())
    box.focus_force()
    root.mainloop()
    sys.stdout.write(json.dumps(answer[0] if answer else None))


if __name__ == "__main__":
    leave_folder()
    main()
