"""Our end: finds the process that is running, or starts one, and hands it a request."""

from __future__ import annotations

import hashlib
import json
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from addin.isolated import ISOLATED, as_module
from addin.pipe import connect, greet, send

from .rendezvous import ANOTHER, NOTE, READY, is_own, receive_object

#: Seconds that a connection and each word of the greeting may take.
_KNOCK = 3.0
#: Not to be seen, and not interrupted with the program that started it (Windows).
_UNSEEN = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
#: The variables that a press reads: with another home or another screen it is another process's.
_READ_BY_A_PRESS = (
    *("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "USER", "LOGNAME", "USERNAME", "TEMP", "TMPDIR"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME"),
    *("DISPLAY", "WAYLAND_DISPLAY", "LANG", "LANGUAGE", "LC_ALL", "TZ"),
)
#: Those that were started from here: looked after at the next press, so that the system can let an ended one go.
_started: list[subprocess.Popen[str]] = []


class NotTaken(Exception):
    """No process took the request: nothing was begun, and it can be done in another way."""


class Lost(Exception):
    """The process took the request and came to its end before it answered: how far it got is not known."""


class Resident(NamedTuple):
    """Where a resident process is, and of what program.

    Attributes:
        folder: the folder of the user's own that it is found by.
        interpreter: the Python that has the program.
        version: of the program.
        variables: what it is started with.
        program: what that Python runs: words after those of every start of ours.
    """

    folder: Path
    interpreter: str
    version: str
    variables: Mapping[str, str]
    program: Sequence[str] = as_module("addin.frontends.resident")

    @property
    def belongs(self) -> str:
        """What its process has in common with the presses that it may answer, as one line."""
        known = [[name, self.variables.get(name)] for name in _READ_BY_A_PRESS]
        said = json.dumps([self.interpreter, self.version, known])
        return hashlib.sha256(said.encode("ascii")).hexdigest()


def ask(resident: Resident, request: dict[str, Any], patience: float | None = None) -> dict[str, Any]:
    """Has the resident process do something; one is started where none is running, or one of another program.

    Args:
        resident: where it is.
        request: what JSON holds.
        patience: seconds to wait for the answer, once it is at work; None for as long as it takes.

    Raises:
        NotTaken: it can't be done in this way; nothing was begun.
        Lost: it was begun, and the process did not come to its answer, or not in time.
    """
    _started[:] = [process for process in _started if process.poll() is None]
    answer = _asked(resident, request, patience)
    if answer is None:
        _start(resident)
        answer = _asked(resident, request, patience)
    if answer is None:
        raise NotTaken("No process of this program could be started.")
    return answer


def _asked(resident: Resident, request: dict[str, Any], patience: float | None) -> dict[str, Any] | None:
    """The answer of the process that is running; None where there is none, or not one that may be asked."""
    try:
        pipe = _greeted(resident, request)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # nobody is there, or somebody who does not have the key
    with pipe:
        try:
            said = receive_object(pipe)
        except OSError:
            return None
        if said.get("busy"):
            raise NotTaken("The process is doing something else.")
        if not said.get("taken"):
            return None  # it is of another program, and ends
        try:
            pipe.settimeout(patience)
            return receive_object(pipe)
        except OSError as error:
            raise Lost(str(error)) from error


def _greeted(resident: Resident, request: dict[str, Any]) -> socket.socket:
    """A pipe on which each end has shown that it has the key, and the request was handed over."""
    note = resident.folder / NOTE
    if not (is_own(resident.folder) and is_own(note)):
        raise PermissionError(str(note))
    known = json.loads(note.read_text(encoding="utf-8"))
    pipe = connect(known["address"], _KNOCK)
    try:
        greet(pipe, known["key"], _KNOCK)
        send(pipe, {"belongs": resident.belongs, "request": request})
    except BaseException:
        pipe.close()
        raise
    return pipe


def _start(resident: Resident) -> None:
    """Starts a process, and returns when it listens, or when it is known that another one does.

    Raises:
        NotTaken: it did not come up, or the folder is not the user's own.
    """
    try:
        resident.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_own(resident.folder):
            raise NotTaken("Others may look into {}.".format(resident.folder))
        process = subprocess.Popen(  # noqa: S603 - the program that this person's own settings name
            [
                resident.interpreter,
                *ISOLATED,
                *resident.program,
                str(resident.folder),
                resident.version,
                resident.belongs,
            ],
            cwd=str(resident.folder),
            env=dict(resident.variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            universal_newlines=True,
            start_new_session=True,
            creationflags=_UNSEEN,
        )
    except OSError as error:
        raise NotTaken(str(error)) from error
    _started.append(process)
    if process.stdout is None:
        raise NotTaken("It has no output.")
    with process.stdout as said:
        word = said.readline().strip()
    if word not in (READY, ANOTHER):
        raise NotTaken("The process did not come up.")
