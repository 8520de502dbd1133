"""The process that stays: lets its own user in, does one request after another, and ends when it is of no use."""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import json
import os
import secrets
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from addin.frontends.toolbar.resident_client.rendezvous import HELD, NOTE, receive_object
from addin.pipe import LOOPBACK, Door, connect, listen, send

Handler = Callable[[dict[str, Any]], dict[str, Any]]

#: Seconds without a request after which it ends.
IDLE = 15 * 60.0
#: Seconds between two looks at whether it is still of use.
_LOOK = 2.0
#: Seconds that a greeting may take, and that one waits for a process that is ending to let go of the folder.
_KNOCK, _PARTING = 3.0, 5.0
#: Seconds that a request waits for the one before it; whoever asked does it in another way then.
_TURN = 0.3
#: The longest path at which every system lets one listen.
_LONGEST = 100
_PACKAGES = ("addin", "workbook")


class Server:
    """Listens in a folder of the user's own.

    Args:
        folder: the folder; nobody else may look into it.
        belongs: what whoever asks must have in common with it.
        handler: does a request, and gives the answer; what it raises ends the request alone.
        fault: told what a request raised.
        idle: seconds without a request after which it ends.

    Raises:
        Another: the folder is another process's.
        OSError: it can't listen there.
    """

    def __init__(
        self,
        folder: Path,
        belongs: str,
        handler: Handler,
        *,
        fault: Callable[[Exception], object],
        idle: float = IDLE,
    ) -> None:
        self._folder, self._belongs = folder, belongs
        self._handler, self._fault, self._idle = handler, fault, idle
        self._code = code_state()
        self._one_at_a_time, self._ending = threading.Lock(), threading.Event()
        self._last = time.monotonic()
        self._held = _hold(folder / HELD)
        self._listening, self._address = _listen(folder)
        key = secrets.token_hex(32)
        self._door = Door(key)
        self._note = json.dumps({"address": self._address, "key": key, "pid": os.getpid()})
        _write_own(folder / NOTE, self._note)

    def run(self) -> None:
        """Serves until it is idle, or the program that it was started from is no longer there as it was."""
        self._listening.settimeout(min(_LOOK, self._idle / 4))
        try:
            while not self._ending.is_set():
                try:
                    pipe, _ = self._listening.accept()
                except TimeoutError:
                    if self._is_idle() or not (self._is_found() and self._is_current()):
                        break
                    continue
                except ConnectionError:
                    continue  # it left before it was let in
                self._door.knock(pipe)
                threading.Thread(target=self._serve, args=(pipe,), daemon=True).start()
        finally:
            self._close()

    def _close(self) -> None:
        """Lets go of the folder first, so that the next one need not wait, and ends when the last request is done."""
        self._ending.set()
        self._leave_no_note()
        self._listening.close()
        if not self._address.startswith(LOOPBACK):
            _remove(Path(self._address), self._folder)
        self._held.close()
        self._one_at_a_time.acquire()  # and keeps it: what comes now is not taken

    def _leave_no_note(self) -> None:
        with contextlib.suppress(OSError):
            (self._folder / NOTE).unlink()

    def _is_idle(self) -> bool:
        return not self._one_at_a_time.locked() and time.monotonic() - self._last > self._idle

    def _is_found(self) -> bool:
        """Whether whoever asks still finds it: what it left to be found by may have been swept away."""
        try:
            return (self._folder / NOTE).read_text(encoding="utf-8") == self._note
        except OSError:
            return False

    def _is_current(self) -> bool:
        return code_state() == self._code

    def _serve(self, pipe: socket.socket) -> None:
        with pipe, contextlib.suppress(OSError, KeyError, TypeError, AttributeError):
            request = self._let_in(pipe)
            if request is not None:
                self._take(pipe, request)

    def _let_in(self, pipe: socket.socket) -> dict[str, Any] | None:
        """The request of somebody who has the key; None where it is not for this process."""
        if not self._door.admits(pipe):
            return None
        pipe.settimeout(_KNOCK)
        said = receive_object(pipe)
        if said.get("belongs") != self._belongs or not self._is_current():
            self._end()
            send(pipe, {"of another program": True})
            return None
        request: dict[str, Any] = said["request"]
        return request

    def _take(self, pipe: socket.socket, request: dict[str, Any]) -> None:
        if self._ending.is_set() or not self._one_at_a_time.acquire(timeout=_TURN):
            send(pipe, {"busy": True})
            return
        try:
            send(pipe, {"taken": True})
            send(pipe, self._done(request))
        finally:
            self._last = time.monotonic()
            gc.collect()
            self._one_at_a_time.release()

    def _done(self, request: dict[str, Any]) -> dict[str, Any]:
        if hasattr(time, "tzset"):
            time.tzset()  # the computer may have been taken to another country meanwhile
        try:
            return self._handler(request)
        except Exception as error:  # noqa: BLE001 - an error of one request never ends the process
            self._fault(error)
            return {"error": type(error).__name__}

    def _end(self) -> None:
        """Lets `run` come to its end at once, by knocking where it listens; whoever starts one now waits for that."""
        self._ending.set()
        self._leave_no_note()
        with contextlib.suppress(OSError):
            connect(self._address, _KNOCK).close()


class Another(Exception):
    """Another process holds the folder."""


def code_state() -> tuple[tuple[str, int, int], ...]:
    """What tells one state of the program on disk from another: its files, their sizes and moments in nanoseconds."""
    found = []
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec is not None else ():
            found += _files(place)
    return tuple(sorted(found))


def _files(folder: str) -> list[tuple[str, int, int]]:
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    found += _files(entry.path) if entry.name != "__pycache__" else []
                elif entry.name.endswith(".py"):
                    known = entry.stat()
                    found.append((entry.path, known.st_size, known.st_mtime_ns))
    except OSError:
        pass  # what is gone is not in the list, and so makes another state
    return found


def _hold(place: Path) -> IO[str]:
    """The file, locked for as long as it is open; the system lets go of it when the process dies.

    Raises:
        Another: another process holds it, and goes on holding it.
    """
    file = os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    until = time.monotonic() + _PARTING
    while not _locked(file):
        if (place.parent / NOTE).exists() or time.monotonic() > until:
            file.close()
            raise Another(str(place))
        time.sleep(0.02)
    return file


def _locked(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _listen(folder: Path) -> tuple[socket.socket, str]:
    """A socket that its user alone can reach, and its address."""
    if sys.platform == "win32":
        return listen(f"{LOOPBACK}0")
    place = folder / "resident.socket"
    if len(os.fsencode(place)) > _LONGEST:
        place = Path(tempfile.mkdtemp(prefix="champions")) / place.name
    place.unlink(missing_ok=True)  # of one that was killed: the folder is held by this one now
    return listen(str(place))


def _remove(place: Path, folder: Path) -> None:
    with contextlib.suppress(OSError):
        place.unlink()
        if place.parent != folder:
            place.parent.rmdir()


def _write_own(place: Path, text: str) -> None:
    """Writes a file that nobody else may read, whole or not at all."""
    new = place.with_name(f"{place.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    new.replace(place)
