"""What would take the keyboard from somebody who is typing waits, and is done as soon as nobody types."""

from __future__ import annotations

import pytest

from addin.calc import client as clients
from addin.calc.client import Client
from addin.calc.errors import NotDone


class Typing(Client):
    """A connection to an agent for which somebody types a while: so many requests are refused."""

    def __init__(self, refused, kind="Keyboard"):
        self._gathered, self._told, self.asked = {}, {}, []
        self._refused, self._kind = refused, kind

    def _asked(self, operation, arguments, wait):
        self.asked.append((operation, arguments))
        if len(self.asked) <= self._refused and "even_so" not in arguments:
            raise NotDone("Somebody is typing into a cell.", self._kind)
        return "done"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(clients, "_LOOK", 0.0)


@pytest.mark.parametrize("refused", [0, 1, 5])
def test_it_is_asked_for_again_until_nobody_types(refused):
    client = Typing(refused)
    assert client.do("choose", uid="1", sheet="Checks", area=[0, 0, 0, 0]) == "done"
    assert len(client.asked) == refused + 1
    assert all("even_so" not in arguments for _, arguments in client.asked)


def test_who_types_without_an_end_is_interrupted_at_last(monkeypatch):
    monkeypatch.setattr(clients, "LONGEST_TYPING", 0.0)
    client = Typing(1_000_000)
    assert client.do("say", prompt="Done.") == "done"
    assert client.asked[-1] == ("say", {"prompt": "Done.", "even_so": True})


def test_another_refusal_is_told_at_once():
    client = Typing(1, kind="Typing")
    with pytest.raises(NotDone):
        client.do("together", uid="1", steps=[])
    assert len(client.asked) == 1
