"""A process of our own that reads workbooks one after another: one that dies or hangs costs that workbook at most."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any, NamedTuple

from addin.isolated import start_line
from addin.portfolio.problems import Problem, killer, of_error, too_long

_WORKER = "addin.portfolio.worker"
#: How often a workbook is read by a new process after the one that read it died.
RETRIES = 2

#: What became of a workbook: what it gave, or its problem.
Outcome = dict[str, Any] | Problem


@dataclass(frozen=True)
class Limits:
    """What one workbook may take: seconds by the clock, and bytes of memory for the process that reads it."""

    seconds: float = 120.0
    memory: int = 2 << 30


class Asked(NamedTuple):
    """A workbook to be read: where it lies, what it is called, and its content where it was sent along."""

    path: str
    name: str
    data: bytes | None = None


@dataclass(frozen=True)
class Manner:
    """How all are read: the day in ISO 8601, whether names of who acts come along, and what one workbook may take."""

    as_of: str
    names: bool = False
    limits: Limits = Limits()


class ReadingProcess:
    """Starts the process when it is needed, and another one after it died.

    Args:
        manner: how all are read.
    """

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self._process: subprocess.Popen[str] | None = None
        self._ended = False

    def read(self, asked: Asked) -> Outcome:
        """What became of a workbook; raises nothing.

        Args:
            asked: the workbook.
        """
        try:
            return self._read(asked)
        except Exception as error:  # noqa: BLE001 - each becomes a line; the rest goes on
            return of_error(asked.name, error)

    def end(self) -> None:
        """Ends the process for good."""
        self._ended = True
        self._kill()

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _read(self, asked: Asked) -> Outcome:
        for _ in range(1 + RETRIES):
            line, late = self._ask(asked)
            if late:
                return too_long(asked.name, self.manner.limits.seconds)
            try:
                answer = json.loads(line)
                return Problem(*answer["problem"]) if "problem" in answer else dict(answer["read"])
            except (ValueError, KeyError, TypeError):
                self._kill()  # it died, perhaps in the middle of a word
            if self._ended:
                break
        return killer(asked.name, 1 + RETRIES)

    def _ask(self, asked: Asked) -> tuple[str, bool]:
        """The answer, '' from a process that died; and whether its time was over."""
        process = self._process = self._process or self._new_process()
        late = threading.Event()

        def over() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(self.manner.limits.seconds, over)
        watch.daemon = True
        watch.start()
        try:
            if process.stdin is None or process.stdout is None:
                return "", False
            process.stdin.write(json.dumps(self._job(asked)) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except (OSError, ValueError):
            line = ""
        finally:
            watch.cancel()
        if late.is_set():
            self._kill()
        return line, late.is_set()

    def _job(self, asked: Asked) -> dict[str, Any]:
        sent = None if asked.data is None else base64.b64encode(asked.data).decode()
        told = {"path": asked.path, "name": asked.name, "data": sent}
        return {**told, "as_of": self.manner.as_of, "names": self.manner.names}

    def _new_process(self) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            start_line(sys.executable, _WORKER, str(self.manner.limits.memory)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=sys.prefix,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
