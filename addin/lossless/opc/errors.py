"""What can stand in the way of writing. After any of these the file is as it was."""

from __future__ import annotations


class LosslessError(Exception):
    """Base of all errors of this package; the message is a sentence for a person.

    Args:
        reason: what is wrong.
        next_step: what to do about it.
    """

    def __init__(self, reason: str, next_step: str = "") -> None:
        self.reason, self.next_step = reason, next_step
        super().__init__(f"{reason} {next_step}".strip())


class Damaged(LosslessError):
    """The file is not a whole .xlsx package, or contradicts itself."""


class Refused(LosslessError):
    """The file is whole, but can't be changed safely."""


class Busy(LosslessError):
    """The file is open in another program, or another run of ours is writing into it."""


class NotWritable(LosslessError):
    """The file, its folder or the disk doesn't let us write."""


class Replaced(LosslessError):
    """Another program changed the file while we worked on it."""


class NotDownloaded(LosslessError):
    """The file's content is not on this computer."""
