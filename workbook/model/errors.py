"""The one small tree of errors. Each says what is wrong, where, and what to do next.

    ChampionsError            what a person can put right
    ├── BookUnusable          ◄── lossless: Damaged, Elsewhere
    ├── SourceUnusable
    ├── BookBusy              ◄── lossless: Busy
    ├── BookNotWritable       ◄── lossless: NotWritable, Refused
    ├── StaleChanges          ◄── lossless: Replaced
    ├── CannotTakeBack
    ├── DayAhead
    ├── HostCannot            ◄── calc: Gone, NoAnswer
    ├── UnknownName
    ├── TemplateMistake
    └── ToolMissing

`addin.lossless` and `addin.calc` know nothing of champions and have small trees of their own, `LosslessError` and
`CalcError`; `writer_errors_in_words` (`addin/hosts/file/host.py`) and `addin/hosts/office/commit.py` turn each into one
of these, so that no other reaches a person.
"""

from __future__ import annotations


class ChampionsError(Exception):
    """Something a person can fix.

    Args:
        what: what is wrong, in words a manager understands.
        where: the file, sheet or cell.
        next_step: what to do about it, for whoever presses buttons too.
        in_terminal: the same by a command; a terminal alone says it.
    """

    def __init__(self, what: str, *, where: str = "", next_step: str = "", in_terminal: str = "") -> None:
        self.what, self.where, self.next_step, self.in_terminal = what, where, next_step, in_terminal
        parts = (what, f"({where})" if where else "", next_step, in_terminal)
        super().__init__(" ".join(part for part in parts if part))


class BookUnusable(ChampionsError):
    """The file can't be read as a workbook, or holds none of our tables."""


class SourceUnusable(ChampionsError):
    """A list that should be brought in can't be read, or not be understood as a whole. Nothing was written."""


class BookBusy(ChampionsError):
    """The workbook is open elsewhere, or another run of ours holds it."""


class BookNotWritable(ChampionsError):
    """The workbook or its folder can't be written to. Nothing was changed."""


class StaleChanges(ChampionsError):
    """The workbook changed after the results were computed. Nothing was written."""


class CannotTakeBack(ChampionsError):
    """There is nothing to take back, or it was changed since. Nothing was written."""


class DayAhead(ChampionsError):
    """A run should write as of a day that has not come yet. Nothing was written."""


class HostCannot(ChampionsError):
    """This way of reaching the workbook can't do that; the message names one that can."""


class UnknownName(ChampionsError):
    """A trigger, scope, document or service that does not exist was asked for."""


class TemplateMistake(ChampionsError):
    """A document template has a mistake; no document was written."""


class ToolMissing(ChampionsError):
    """Another program or library that is needed for this is not there, or is of another version."""
