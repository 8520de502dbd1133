"""Who is let in at the agent's door and the resident process's: both have the same one."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from contextlib import ExitStack, closing, suppress

import pytest

from addin import pipe as wire

KEY = "a" * 64


class Listening:
    """Somebody who lets in at a door, and gives back what it is told."""

    def __init__(self, address, key=KEY):
        self.door, self.heard = wire.Door(key), []
        self._socket, self.address = wire.listen(address)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                pipe, _ = self._socket.accept()
            except OSError:
                return
            self.door.knock(pipe)
            threading.Thread(target=self._serve, args=(pipe,), daemon=True).start()

    def _serve(self, pipe):
        with pipe, suppress(OSError):
            if self.door.admits(pipe):
                pipe.settimeout(None)
                self.heard.append(wire.receive(pipe))
                wire.send(pipe, self.heard[-1])

    def close(self):
        self._socket.close()


@pytest.fixture(params=["a path", "a port"])
def listening(request, tmp_path):
    with closing(Listening("tcp:0" if request.param == "a port" else str(tmp_path / "door"))) as opened:
        yield opened


def asked(listening, key=KEY, patience=wire.KNOCK):
    with closing(wire.connect(listening.address, patience)) as pipe:
        wire.greet(pipe, key, patience)
        wire.send(pipe, "a request")
        return wire.receive(pipe)


def is_closed(pipe, seconds):
    """Whether the other end ends the connection in time."""
    pipe.settimeout(seconds)
    try:
        return pipe.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def test_what_strangers_may_do():
    assert (wire.GREETING, wire.KNOCK, wire.STRANGERS) == (4096, 3.0, 8)


def test_who_has_the_key_is_let_in(listening):
    assert asked(listening) == "a request"


def test_who_has_another_key_learns_nothing_and_says_nothing(listening):
    with pytest.raises(wire.Stranger):
        asked(listening, "b" * 64)
    assert listening.heard == []


def test_an_answer_can_not_be_had_by_asking_somebody_else_who_has_the_key(listening):
    """What one end proves is not what the other must prove, and no number serves twice."""
    with closing(wire.connect(listening.address, 3)) as one, closing(wire.connect(listening.address, 3)) as other:
        wire.send(one, {"nonce": "1"})
        theirs = wire.receive(one)["nonce"]
        wire.send(other, {"nonce": theirs})
        wire.send(one, {"proof": wire.receive(other)["proof"]})
        with suppress(OSError):
            wire.send(one, "a request")
        assert is_closed(one, 2)
    assert listening.heard == []


@pytest.mark.parametrize(
    "said",
    [
        struct.pack(">I", 4097) + b" " * 4097,
        struct.pack(">I", 1 << 29),
        struct.pack(">I", 4000) + b"[" * 4000,
        struct.pack(">I", 4) + b"\xff\xfe\x00\x00",
        *(
            struct.pack(">I", len(text)) + text
            for text in (json.dumps(m).encode() for m in ({}, [], None, {"nonce": 1}, {"nonce": "é"}, {"token": KEY}))
        ),
        b"GET / HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_greeting_ends_the_connection_at_once(listening, said):
    with closing(wire.connect(listening.address, 3)) as pipe:
        with suppress(OSError):
            pipe.sendall(said)
        assert is_closed(pipe, 2)
    assert asked(listening) == "a request"


def test_a_greeting_of_four_kilobytes_is_taken(listening):
    with closing(wire.connect(listening.address, 3)) as pipe:
        text = json.dumps({"nonce": "1" * (wire.GREETING - 13)}).encode()
        assert len(text) == wire.GREETING
        pipe.sendall(struct.pack(">I", len(text)) + text)
        assert wire.receive(pipe).keys() == {"nonce", "proof"}


@pytest.mark.parametrize("trickling", [False, True])
def test_who_takes_too_long_must_go(listening, trickling, monkeypatch):
    monkeypatch.setattr(wire, "KNOCK", 1.0)
    with closing(wire.connect(listening.address, 3)) as pipe:
        began = time.monotonic()
        while trickling and time.monotonic() - began < wire.KNOCK - 0.3:
            pipe.sendall(b"\x00")
            time.sleep(0.3)
        assert is_closed(pipe, 3 * wire.KNOCK)
        assert time.monotonic() - began < 2 * wire.KNOCK


def test_of_too_many_strangers_the_oldest_go_and_a_friend_comes_in(listening):
    with ExitStack() as stack:
        knocking = (wire.connect(listening.address, 3) for _ in range(wire.STRANGERS + 4))
        strangers = [stack.enter_context(closing(pipe)) for pipe in knocking]
        assert all(is_closed(pipe, 2) for pipe in strangers[:4])
        assert not any(is_closed(pipe, 0.05) for pipe in strangers[4:])
        assert asked(listening) == "a request"


def test_who_has_proved_itself_is_no_stranger_any_more(listening):
    with ExitStack() as stack:
        friends = []
        for _ in range(wire.STRANGERS + 4):
            friends.append(stack.enter_context(closing(wire.connect(listening.address, 3))))
            wire.greet(friends[-1], KEY)
        for pipe in friends:
            wire.send(pipe, "a request")
            assert wire.receive(pipe) == "a request"


def test_whoever_listens_in_the_place_of_another_is_not_believed_and_not_waited_for(tmp_path):
    for answer in ({"nonce": "1", "proof": "0" * 64}, {"result": {}}, None):
        place = str(tmp_path / f"impostor{answer is None}{len(answer or ())}{'proof' in (answer or {})}")
        listening, _ = wire.listen(place)
        heard = []

        def listen(listening=listening, answer=answer, heard=heard):
            pipe, _ = listening.accept()
            with pipe, suppress(OSError):
                wire.receive(pipe)
                if answer is not None:
                    wire.send(pipe, answer)
                heard.append(pipe.recv(1000))

        impostor = threading.Thread(target=listen, daemon=True)
        impostor.start()
        began = time.monotonic()
        with closing(wire.connect(place, 1)) as pipe, pytest.raises(OSError):
            wire.greet(pipe, KEY, 1)
        assert time.monotonic() - began < 3
        impostor.join(3)
        assert heard in ([b""], []), "nothing is said to it"
        listening.close()


def test_a_door_is_a_door_to_sockets_that_are_gone(listening):
    one, other = socket.socketpair()
    listening.door.knock(one)
    one.close()
    other.close()
    for _ in range(wire.STRANGERS):
        assert asked(listening) == "a request"
