"""Where the agent listens: a folder of the person's own, in which what a killed LibreOffice left is swept away."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import tempfile
from pathlib import Path
from typing import Any

#: Each agent holds a file locked while it lives, beside the socket at which it listens; the same name but for these.
_HELD, _SOCKET = ".lock", ".socket"
#: Held locked by whoever sweeps and takes a place, so that none takes away what another one is about to hold.
_GATE = "gate"
#: The longest path at which every system lets one listen.
_LONGEST = 100
_ON_WINDOWS = "tcp:0"


class Place:
    """Where one agent listens.

    Args:
        folder: the person's own folder for it.

    Attributes:
        address: as `addin.pipe.listen` takes it.

    Raises:
        OSError: there is no folder that is the person's own.
    """

    def __init__(self, folder: Path) -> None:
        self.address, self._held = _ON_WINDOWS, None  # type: str, Any
        if os.name == "nt":
            return  # a port of this computer, which leaves nothing behind
        folder = _own(folder)
        with _hold(folder / _GATE, wait=True):
            sweep(folder)
            self._socket = folder / (secrets.token_hex(4) + _SOCKET)
            self._held = _hold(self._socket.with_suffix(_HELD))
        self.address = str(self._socket)

    def leave(self) -> None:
        """Leaves nothing behind."""
        if self._held is not None:
            _remove(self._socket)
            _remove(self._socket.with_suffix(_HELD))
            self._held.close()
            self._held = None


def sweep(folder: Path) -> None:
    """Removes what agents left that were killed: nobody holds their files locked any more."""
    for held in folder.glob("*" + _HELD):
        try:
            file = _hold(held)
        except OSError:
            continue  # it lives
        _remove(held.with_suffix(_SOCKET))
        _remove(held)
        file.close()
    for socket in folder.glob("*" + _SOCKET):
        if not socket.with_suffix(_HELD).exists():
            _remove(socket)


def _own(folder: Path) -> Path:
    """The folder, or where its path is too long to listen at one of the person's own among the temporary ones."""
    if len(os.fsencode(folder / ("0" * 8 + _SOCKET))) > _LONGEST:
        folder = Path(tempfile.gettempdir()) / f"champions-{os.getuid()}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = folder.lstat()
    if not stat.S_ISDIR(known.st_mode) or known.st_uid != os.getuid():
        raise PermissionError(str(folder))
    if known.st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def _hold(place: Path, *, wait: bool = False) -> Any:
    """The file, locked for as long as it is open; the system lets go of it when its process dies.

    Args:
        wait: whether to wait for another one that holds it.

    Raises:
        OSError: another one holds it.
    """
    import fcntl

    file = os.fdopen(os.open(str(place), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        file.close()
        raise
    return file


def _remove(place: Path) -> None:
    with contextlib.suppress(OSError):  # it is gone already
        place.unlink()
