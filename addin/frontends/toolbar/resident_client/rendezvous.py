"""What both ends know of where they meet: the files in the folder, the words that the process prints."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

from addin.pipe import Broken, receive

#: Within the folder: where the process listens, with the key; and the file that it holds locked while it lives.
NOTE, HELD = "resident.json", "resident.lock"
#: What the process prints once it listens, or once it knows that another one holds the folder.
READY, ANOTHER = "ready", "another"


def receive_object(pipe: socket.socket) -> dict[str, Any]:
    """The next message, which must be an object of JSON.

    Args:
        pipe: on which both ends have proved themselves.

    Raises:
        Broken: there is none, or it is none of ours.
    """
    message = receive(pipe)
    if not isinstance(message, dict):
        raise Broken("no message")
    return message


def is_own(place: Path) -> bool:
    """Whether a folder or file is this user's, and nobody else may look into it; Windows itself sees to that."""
    if os.name == "nt":
        return place.exists()
    try:
        found = place.lstat()
    except OSError:
        return False
    return found.st_uid == os.getuid() and not found.st_mode & 0o077
