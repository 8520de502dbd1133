"""A small window while a click takes long: what is being done, and a button that stops it.

Excel waits for a click's Python and can't be pressed meanwhile, so the window belongs to a process of its own, which is
started only when a click has taken a few seconds. Stopping is asked for, never forced: the click calls `Waiting.check`
between its steps, and never while it writes. Where the window can't be shown, or dies, the click goes on without it.

    with Waiting("Check entries") as waiting:
        waiting.say("Reading the workbook")
        …
        waiting.check()      # before anything is written
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import IO, Self

from addin.isolated import leave_folder, start_line
from workbook.model.errors import ChampionsError

#: Seconds that pass before the window appears.
PATIENCE = 3.0
#: Seconds that a click waits for its window to close.
_PARTING = 2.0
_STOP = "stop"
_APART = "apart"


class Stopped(ChampionsError):
    """The person pressed Stop, and nothing was written."""


class Waiting:
    """The window of one click.

    Args:
        title: what was pressed, as its button says it.
        patience: seconds before the window appears.
        window: the command that shows it; it reads lines to show, and writes a line when Stop is pressed.
        apart: whether the person may go on typing elsewhere meanwhile, so that the window must not take the keyboard.
    """

    def __init__(
        self, title: str, *, patience: float = PATIENCE, window: Sequence[str] | None = None, apart: bool = False
    ) -> None:
        self._title, self._words = title, ""
        shown = start_line(sys.executable, __name__, title, *([_APART] if apart else []))
        self._window = list(window) if window is not None else shown
        self._stopped = threading.Event()
        self._patience = patience
        self._timer = self._new_timer()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._over = False

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Out of the way while the person is asked something: it would cover the question."""
        self._end()
        try:
            yield
        finally:
            self._over, self._timer = False, self._new_timer()
            self._start()

    def _new_timer(self) -> threading.Timer:
        timer = threading.Timer(self._patience, self._show)
        timer.daemon = True
        return timer

    def _start(self) -> None:
        with suppress(RuntimeError):  # no more threads are to be had
            self._timer.start()

    def _end(self) -> None:
        self._timer.cancel()
        with self._lock:
            process, self._process, self._over = self._process, None, True
        if process is not None and process.stdin is not None:
            _tell(process.stdin, None)
            with suppress(RuntimeError):  # it could not be started
                self._timer.join(_PARTING)

    def say(self, words: str) -> None:
        """Says what is being done now; seen once the window is there."""
        with self._lock:
            self._words = words
            if self._process is not None and self._process.stdin is not None:
                _tell(self._process.stdin, words)

    def check(self) -> None:
        """Goes on, unless the person asked to stop. Call it between steps, and last before anything is written.

        Raises:
            Stopped: Stop was pressed.
        """
        if self._stopped.is_set():
            raise Stopped(
                f"{self._title} was stopped. Nothing was changed.", next_step="Press the button again when you like."
            )

    def _show(self) -> None:
        with suppress(Exception):  # whatever becomes of its window, a click goes on
            self._listen()

    def _listen(self) -> None:
        """Starts the window, and listens to it until it is gone."""
        process = subprocess.Popen(  # noqa: S603 - this very module, or a test's window
            self._window,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        with self._lock:
            self._process = process
            if self._over and process.stdin is not None:
                _tell(process.stdin, None)
            elif self._words and process.stdin is not None:
                _tell(process.stdin, self._words)
        # Goes on until the window is gone, which it is when its input ends.
        with process:
            for line in process.stdout or ():
                if _STOP in line:
                    self._stopped.set()


def _tell(pipe: IO[str], words: str | None) -> None:
    """Writes a line to the window, or with None ends it; one that is gone already is no fault."""
    try:
        if words is None:
            pipe.close()
        else:
            pipe.write(words.replace("\n", " ") + "\n")
            pipe.flush()
    except (OSError, ValueError):  # the latter where the pipe was closed with the window
        pass


def main(title: str, *, apart: bool = False) -> None:
    """Shows the window until its input ends; `apart` without taking the keyboard from whoever types elsewhere."""
    import tkinter as tk
    from tkinter import ttk

    root = tk.Tk()
    root.title("Champions")
    root.attributes("-topmost", True)
    root.overrideredirect(apart)  # no system gives such a window the keyboard
    root.resizable(width=False, height=False)
    words = tk.StringVar(root, "Working …")
    frame = ttk.Frame(root, padding=16)
    frame.grid()
    ttk.Label(frame, text=title, font=("", 11, "bold")).grid(sticky="w")
    ttk.Label(frame, textvariable=words, width=46).grid(sticky="w", pady=8)
    bar = ttk.Progressbar(frame, mode="indeterminate", length=320)
    bar.grid()
    bar.start(15)
    button = ttk.Button(frame, text="Stop", command=lambda: _ask_to_stop(button, words))
    button.grid(sticky="e", pady=(10, 0))
    if not apart:
        button.focus_set()
        for key in ("<Return>", "<Escape>"):
            root.bind(key, lambda _: button.invoke())
    root.protocol("WM_DELETE_WINDOW", button.invoke)
    threading.Thread(target=_follow, args=(root, words), daemon=True).start()
    root.mainloop()


def _ask_to_stop(button: object, words: object) -> None:
    """Writes the line that the click looks for; what it writes already, it writes to the end."""
    button.state(["disabled"])  # type: ignore[attr-defined]
    words.set("Stopping at the next step …")  # type: ignore[attr-defined]
    sys.stdout.write(f"{_STOP}\n")
    sys.stdout.flush()


def _follow(root: object, words: object) -> None:
    for line in sys.stdin:
        root.after(0, words.set, line.strip())  # type: ignore[attr-defined]
    root.after(0, root.destroy)  # type: ignore[attr-defined]


if __name__ == "__main__":
    leave_folder()
    main(sys.argv[1] if len(sys.argv) > 1 else "Champions", apart=_APART in sys.argv[2:])
