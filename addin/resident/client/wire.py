"""What both ends know: where the process is found, and how each proves to the other who it is on the agent's pipe."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import socket
from pathlib import Path
from typing import Any

from addin.calc.agent.wire import LOOPBACK, Broken, connect, listen, send
from addin.calc.agent.wire import receive as received

__all__ = [
    "ANOTHER",
    "ANSWERS",
    "ASKS",
    "HELD",
    "LOOPBACK",
    "NOTE",
    "READY",
    "Broken",
    "connect",
    "is_own",
    "is_proof",
    "listen",
    "nonce",
    "proof",
    "receive",
    "send",
]
#: Within the folder: where the process listens, with the key; and the file that it holds locked while it lives.
NOTE, HELD = "resident.json", "resident.lock"
#: What the process prints once it listens, or once it knows that another one holds the folder.
READY, ANOTHER = "ready", "another"
ASKS, ANSWERS = "asks", "answers"


def receive(pipe: socket.socket) -> dict[str, Any]:
    """The next message.

    Raises:
        Broken: there is none, or it is none of ours.
    """
    message = received(pipe)
    if not isinstance(message, dict):
        raise Broken("no message")
    return message


def nonce() -> str:
    """A number that was never used before."""
    return secrets.token_hex(16)


def proof(key: str, side: str, theirs: str, own: str) -> str:
    """What only somebody who has the key can say: the key itself never goes over the wire."""
    said = "{}:{}:{}".format(side, theirs, own)
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest()


def is_proof(said: object, key: str, side: str, theirs: str, own: str) -> bool:
    """Whether the other end has the key."""
    return isinstance(said, str) and hmac.compare_digest(said.encode(), proof(key, side, theirs, own).encode())


def is_own(place: Path) -> bool:
    """Whether a folder or file is this user's, and nobody else may look into it; Windows itself sees to that."""
    if os.name == "nt":
        return place.exists()
    try:
        found = place.lstat()
    except OSError:
        return False
    return found.st_uid == os.getuid() and not found.st_mode & 0o077
