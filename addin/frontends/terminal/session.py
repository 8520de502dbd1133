"""What the commands share: the workbook named on the command line, the day, and who is at work."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from addin.frontends.person import user
from addin.hosts.file.host import ClosedHost
from workbook.blueprint.layout import LAYOUT_VERSION
from workbook.model.cells import show
from workbook.model.changes import ChangeSet
from workbook.model.errors import DayAhead
from workbook.model.light_dataclasses import dataclass
from workbook.model.snapshot import LAYOUT_PROPERTY, Snapshot, is_newer
from workbook.model.view import View


@dataclass
class Session:
    """A workbook opened for one command.

    Args:
        path: the workbook's file.
        as_of: the day to look from.
        by_hand: whether a person named the day, and not the computer's clock.
    """

    path: Path
    as_of: dt.date
    by_hand: bool = True

    def __post_init__(self) -> None:
        self.host = ClosedHost(self.path)
        #: The moment: what is made and what is written say the same.
        self.when = dt.datetime.now(dt.UTC).astimezone()
        self.snapshot: Snapshot = self.host.read()

    @cached_property
    def who(self) -> str:
        """Who is at work."""
        return user()

    def must_be_writable(self) -> None:
        """Refuses a workbook of a later layout than this program knows, before anything is computed for it.

        Raises:
            BookNotWritable: it is of a later one.
        """
        from addin.hosts.apply.newer_layout import refuse_newer

        refuse_newer(self.snapshot)

    @property
    def view(self) -> View:
        """The workbook as of the day."""
        return View(self.snapshot, self.as_of)

    def write(self, make: Callable[[Snapshot], ChangeSet]) -> ChangeSet | None:
        """Applies what `make` computes from the workbook; gives the inverse, or None if nothing was to change.

        What people typed since the last run is entered in the change history, though nothing else is to change.
        """
        if is_newer(self.snapshot, LAYOUT_VERSION):
            tell(
                f"Nothing was written: this workbook is of layout {self.snapshot.properties[LAYOUT_PROPERTY]}, later "
                f"than this program knows ({LAYOUT_VERSION}). Install the newest version of the program."
            )
            return None
        changes = make(self.snapshot)
        if not changes and not self.host.has_typed():
            return None
        from addin.hosts.file.versions import said_of_other_names

        others = said_of_other_names(self.path)
        inverse = self.host.apply(changes, who=self.who, when=self.when)
        if others:
            tell(others)
        if self.host.dependants:
            _say_who_depends(self.host.dependants)
        return inverse


def _say_who_depends(sheets: Sequence[str]) -> None:
    """Names people's own sheets that use what was written; not on standard output, which may be read by a program."""
    import sys

    sys.stderr.write(
        f"Your own sheets that use what was written: {', '.join(sheets)}. Excel computes them anew when it opens the "
        "workbook; in LibreOffice press Ctrl+Shift+F9.\n"
    )


def tell(words: str) -> None:
    """A sentence beside the result; not on standard output, which may be read by a program."""
    import sys

    sys.stderr.write(f"{words}\n")


def open_session(options: argparse.Namespace) -> Session:
    """The session of a command that takes a workbook and perhaps a day."""
    with busy(f"Reading {Path(options.workbook).name}"):
        today = dt.datetime.now(dt.UTC).astimezone().date()
        as_of: dt.date | None = getattr(options, "as_of", None)
        if as_of and not getattr(options, "no_write", True):
            _refuse_ahead(as_of, today)
        return Session(Path(options.workbook), as_of or today, by_hand=as_of is not None)


def _refuse_ahead(as_of: dt.date, today: dt.date) -> None:
    """Refuses to write as of a day that has not come; tomorrow has, elsewhere on earth."""
    if (as_of - today).days > 1:
        raise DayAhead(
            f"{show(as_of)} has not come yet: today is {show(today)}. Nothing was written.",
            next_step="Give a day that has come, or only look: add --no-write. If today is not right, set the clock.",
        )


@contextmanager
def busy(words: str) -> Iterator[None]:
    """Shows that something long is going on, on a terminal alone and never on standard output."""
    import sys

    if not sys.stderr.isatty():
        yield
        return
    from addin.frontends.safe_output import behind, in_one_line

    sys.stderr.write(f"{in_one_line(words)} …")
    sys.stderr.flush()
    try:
        yield
    finally:
        behind(sys.stderr).write("\r\x1b[K")
        sys.stderr.flush()
