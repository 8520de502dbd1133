"""What both ends know: where the process is found, how each proves to the other who it is, and how they talk."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import socket
import struct
from pathlib import Path
from typing import Any

#: Within the folder: where the process listens, with the key; and the file that it holds locked while it lives.
NOTE, HELD = "resident.json", "resident.lock"
#: What the process prints once it listens, or once it knows that another one holds the folder.
READY, ANOTHER = "ready", "another"
#: An address is a path, or this and a port of this computer where there are no such paths.
LOOPBACK = "tcp:"
ASKS, ANSWERS = "asks", "answers"
_LENGTH = struct.Struct(">I")
_MOST = 1 << 24


class Broken(ConnectionError):
    """The other end closed the pipe, or sent what is no message."""


def connect(address: str, patience: float) -> socket.socket:
    """A socket connected to the process.

    Raises:
        OSError: nobody listens there.
    """
    if address.startswith(LOOPBACK):
        return socket.create_connection(("127.0.0.1", int(address[len(LOOPBACK) :])), patience)
    joined = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    joined.settimeout(patience)
    try:
        joined.connect(address)
    except OSError:
        joined.close()
        raise
    return joined


def send(pipe: socket.socket, message: dict[str, Any]) -> None:
    """Sends what JSON holds."""
    data = json.dumps(message).encode("ascii")
    pipe.sendall(_LENGTH.pack(len(data)) + data)


def receive(pipe: socket.socket) -> dict[str, Any]:
    """The next message.

    Raises:
        Broken: there is none, or it is no message.
    """
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    if length > _MOST:
        raise Broken("a message of %d bytes" % length)
    try:
        message = json.loads(_exactly(pipe, length).decode("ascii"))
    except ValueError as error:
        raise Broken(str(error)) from error
    if not isinstance(message, dict):
        raise Broken("no message")
    return message


def _exactly(pipe: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = pipe.recv(min(count, 1 << 20))
        if not part:
            raise Broken("the other end closed the pipe")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


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
