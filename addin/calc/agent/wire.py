"""The pipe's two ends: length-prefixed JSON over a socket of the user's own."""

from __future__ import annotations

import json
import os
import socket
import struct
from typing import Any

#: Both ends must speak the same; raised when a request's or an answer's meaning changes.
PROTOCOL = 1
_LENGTH = struct.Struct(">I")
_MOST = 1 << 30
#: An address is a path, or this and a port of this computer where there are no such paths.
LOOPBACK = "tcp:"


class Broken(ConnectionError):
    """The other end closed the pipe, or sent what is no message."""


def listen(address: str) -> tuple[socket.socket, str]:
    """A listening socket: a path (mode 0600), or `tcp:0` for a port of this computer where there are no such paths.

    Returns:
        The socket, and the address by which it is reached.
    """
    if address.startswith(LOOPBACK):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.bind(("127.0.0.1", int(address[len(LOOPBACK) :])))
        listening.listen(8)
        return listening, LOOPBACK + str(listening.getsockname()[1])
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listening.bind(address)
    finally:
        os.umask(before)
    listening.listen(8)
    return listening, address


def connect(address: str, timeout: float) -> socket.socket:
    """A socket connected to `address`.

    Raises:
        OSError: nobody listens there.
    """
    if address.startswith(LOOPBACK):
        return socket.create_connection(("127.0.0.1", int(address[len(LOOPBACK) :])), timeout)
    joined = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    joined.settimeout(timeout)
    try:
        joined.connect(address)
    except OSError:
        joined.close()
        raise
    return joined


def send(pipe: socket.socket, message: Any) -> None:
    """Sends one message, anything that JSON holds."""
    data = json.dumps(message, separators=(",", ":")).encode("ascii")
    pipe.sendall(_LENGTH.pack(len(data)) + data)


def receive(pipe: socket.socket) -> Any:
    """The next message.

    Raises:
        Broken: there is none, or it is no message.
    """
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    if length > _MOST:
        raise Broken("a message of %d bytes" % length)
    try:
        return json.loads(_exactly(pipe, length).decode("ascii"))
    except ValueError as error:
        raise Broken(str(error))


def _exactly(pipe: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = pipe.recv(min(count, 1 << 20))
        if not part:
            raise Broken("the other end closed the pipe")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
