"""What can go wrong between xlwings and LibreOffice."""

from __future__ import annotations


class CalcError(Exception):
    """LibreOffice could not do what was asked."""


class Gone(CalcError):
    """The office program has ended, or never listened."""


class NoAnswer(CalcError):
    """It did not answer in time: a dialog may be open in it."""


class NotDone(CalcError):
    """It refused, or what was asked for is not there.

    Args:
        words: what and why, for people.
        kind: what the agent calls the error, such as `Missing`.

    Attributes:
        kind: as it was given.
    """

    def __init__(self, words: str, kind: str = "") -> None:
        super().__init__(words)
        self.kind = kind
