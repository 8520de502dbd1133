"""A pipe between two processes of one user: length-prefixed JSON, and each end proves that it has the key.

LibreOffice's agent and the resident process both listen in this way. It is copied into LibreOffice's extension, so it
runs in any Python from 3.7 on with the standard library alone.

    listening, address = listen("/run/user/1000/orders.sock")   # one end; it hands callers to a `Door`
    pipe = connect(address, timeout=10.0)                        # the other end
    greet(pipe, key)
    send(pipe, {"do": "books"})
    answer = receive(pipe)
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import select
import socket
import struct
import threading
import time
from typing import Any

_LENGTH = struct.Struct(">I")
_MOST = 1 << 30
#: What somebody may send before it has proved itself, in bytes a message; how long that may take, in seconds; and how
#: many there may be at a time.
GREETING, KNOCK, STRANGERS = 4096, 3.0, 8
#: How many may wait until it is looked who they are.
_WAITING = 64
_ASKS, _ANSWERS = "asks", "answers"
#: An address is a path, or this and a port of this computer where there are no such paths.
LOOPBACK = "tcp:"


class Broken(ConnectionError):
    """The other end closed the pipe, or sent what is no message."""


class Stranger(Broken):
    """The other end does not have the key."""


def listen(address: str) -> tuple[socket.socket, str]:
    """A listening socket: a path (mode 0600), or `tcp:0` for a port of this computer where there are no such paths.

    Args:
        address: a path of at most about 100 bytes, where nothing is yet, or `tcp:0`.

    Returns:
        The socket, and the address by which it is reached.

    Raises:
        OSError: it can't listen there.
    """
    if address.startswith(LOOPBACK):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.bind(("127.0.0.1", int(address[len(LOOPBACK) :])))
        listening.listen(_WAITING)
        return listening, LOOPBACK + str(listening.getsockname()[1])
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listening.bind(address)
    finally:
        os.umask(before)
    listening.listen(_WAITING)
    return listening, address


def connect(address: str, timeout: float) -> socket.socket:
    """A socket connected to `address`.

    Args:
        address: as `listen` gave it.
        timeout: seconds.

    Raises:
        OSError: nobody listens there.
    """
    if address.startswith(LOOPBACK):
        return socket.create_connection(("127.0.0.1", int(address[len(LOOPBACK) :])), timeout)
    joined = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    joined.settimeout(timeout)
    until = time.monotonic() + timeout
    while True:
        try:
            joined.connect(address)
            return joined
        except BlockingIOError:  # others are waiting to be let in
            if time.monotonic() > until:
                joined.close()
                raise
            time.sleep(0.01)
        except OSError:
            joined.close()
            raise


def send(pipe: socket.socket, message: Any) -> None:
    """Sends one message, anything that JSON holds.

    Args:
        pipe: the socket.
        message: what JSON holds.

    Raises:
        OSError: the other end has gone.
    """
    send_bytes(pipe, as_bytes(message))


def send_bytes(pipe: socket.socket, data: bytes) -> None:
    """Sends one message, made by `as_bytes`.

    Args:
        pipe: the socket.
        data: at most 4 GB.

    Raises:
        OSError: the other end has gone.
    """
    pipe.sendall(_LENGTH.pack(len(data)) + data)


def as_bytes(message: Any) -> bytes:
    """A message as it goes over the pipe.

    >>> as_bytes({"do": "books"})
    b'{"do":"books"}'

    Args:
        message: what JSON holds.

    Raises:
        TypeError, ValueError: JSON does not hold it.
    """
    return json.dumps(message, separators=(",", ":")).encode("ascii")


def receive(pipe: socket.socket, most: int = _MOST, until: float | None = None) -> Any:
    """The next message.

    Args:
        pipe: the socket.
        most: the longest that is taken, in bytes.
        until: the moment, as `time.monotonic` tells it, by which all of it must be there; None for the socket's own
            patience with each part.

    Raises:
        Broken: there is none, or it is no message.
        OSError: it did not come in time.
    """
    return as_message(receive_bytes(pipe, most, until))


def receive_bytes(pipe: socket.socket, most: int = _MOST, until: float | None = None) -> bytes:
    """The next message as it came; see `receive`.

    Args:
        pipe: the socket.
        most: the longest that is taken, in bytes.
        until: as `receive` takes it.
    """
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size, until))
    if length > most:
        raise Broken("a message of %d bytes" % length)
    return _exactly(pipe, length, until)


def as_message(data: bytes) -> Any:
    """What came over the pipe as a message.

    >>> as_message(b'{"do":"books"}')
    {'do': 'books'}

    Args:
        data: as `receive_bytes` gave it.

    Raises:
        Broken: it is none.
    """
    try:
        return json.loads(data.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise Broken(str(error)) from error


def has_ended(pipe: socket.socket) -> bool:
    """Whether the other end of a pipe, of which nothing is expected now, has closed it.

    Args:
        pipe: the socket.
    """
    try:
        readable, _, _ = select.select([pipe], [], [], 0)
        return bool(readable) and not pipe.recv(1, socket.MSG_PEEK)
    except (OSError, ValueError):
        return True


def _exactly(pipe: socket.socket, count: int, until: float | None) -> bytes:
    parts = []
    while count:
        if until is not None:
            pipe.settimeout(_left(until))
        part = pipe.recv(min(count, 1 << 20))
        if not part:
            raise Broken("the other end closed the pipe")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise socket.timeout("the other end took too long")
    return left


def greet(pipe: socket.socket, key: str, patience: float = KNOCK) -> None:
    """Makes sure that whoever listens has the key, and shows that we have it: the key itself never goes over the wire.

    Args:
        pipe: just connected.
        key: what both ends have.
        patience: seconds for all of it.

    Raises:
        Stranger: it has not.
        OSError: it is no such end, or did not answer in time.
    """
    until, own = time.monotonic() + patience, _nonce()
    pipe.settimeout(patience)
    send(pipe, {"nonce": own})
    said = receive(pipe, GREETING, until)
    theirs = _text(said, "nonce")
    if not hmac.compare_digest(_text(said, "proof").encode(), _proof(key, _ANSWERS, own, theirs)):
        raise Stranger("somebody else listens there")
    send(pipe, {"proof": _proof(key, _ASKS, theirs, own).decode()})
    pipe.settimeout(patience)


class Door:
    """Lets in who has the key. Of those who have not proved it the oldest must go where they are too many.

    Args:
        key: what both ends must have.
    """

    def __init__(self, key: str) -> None:
        self._key = key
        self._strangers: list[socket.socket] = []
        self._changing = threading.Lock()

    def knock(self, pipe: socket.socket) -> None:
        """Takes a caller in as a stranger, at once when it has come.

        Args:
            pipe: just accepted.
        """
        with self._changing:
            self._strangers.append(pipe)
            gone = self._strangers[:-STRANGERS]
            del self._strangers[:-STRANGERS]
        for other in gone:
            with contextlib.suppress(OSError):  # it has left already
                other.shutdown(socket.SHUT_RDWR)

    def admits(self, pipe: socket.socket) -> bool:
        """Whether the caller proves itself; what it sends next is a request.

        Args:
            pipe: one that has knocked.

        Raises:
            OSError: it left, sent what is no greeting, or took too long.
        """
        until = time.monotonic() + KNOCK
        try:
            theirs, own = _text(receive(pipe, GREETING, until), "nonce"), _nonce()
            pipe.settimeout(_left(until))
            send(pipe, {"nonce": own, "proof": _proof(self._key, _ANSWERS, theirs, own).decode()})
            said = _text(receive(pipe, GREETING, until), "proof")
            return hmac.compare_digest(said.encode(), _proof(self._key, _ASKS, own, theirs))
        finally:
            with self._changing:
                self._strangers = [other for other in self._strangers if other is not pipe]


def _text(message: Any, name: str) -> str:
    """A text of a message.

    Raises:
        Broken: there is none.
    """
    text = message.get(name) if isinstance(message, dict) else None
    if not isinstance(text, str) or not text.isascii():
        raise Broken("no %s" % name)
    return text


def _nonce() -> str:
    """A number that was never used before."""
    return secrets.token_hex(16)


def _proof(key: str, side: str, theirs: str, own: str) -> bytes:
    """What only somebody who has the key can say."""
    said = "{}:{}:{}".format(side, theirs, own)
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest().encode()
