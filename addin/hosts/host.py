"""What every way of reaching a workbook can do: a closed file, live Excel, live LibreOffice.

How to add a host
1. Write a class with the members of `Host`. `read` hands the tables over as a `workbook.model.raw.RawBook` and returns
   `workbook.model.reading.read_book` of it, so that values have one canonical form whatever they came from.
   `addin.hosts.table_discovery` and `addin.hosts.table_assembly` tell where tables stand and end.
2. Write a surface with the members of `addin.hosts.apply.surface.Surface`: how cells and tables are changed there.
3. `apply` compares the change set's fingerprint with the tables as they are, lets `Applying` of
   `addin.hosts.apply.apply_changes` carry the changes out on the surface, and writes what it gathered, all or none.
   Each `SetCell.expected` is compared with its cell; what differs raises `StaleChanges`, and nothing is written. It
   returns the inverse change set.
4. Say in `capabilities` what it can do. What it can't raises `HostCannot`, naming a host that can.
5. Map the host's own errors to those of `workbook.model.errors`.
6. Name it in `tests/conformance/hosts.py`: the suite there holds every host to the same.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from workbook.model.changes import Change, ChangeSet, RowRef
from workbook.model.snapshot import Snapshot

STALE = "The workbook changed after the results were computed. Nothing was written."
AGAIN = "Run the command again."
#: Told right before something is written: what takes it back, the rows that it adds, and by computed table the digest
#: of the rows that it gets.
Begins = Callable[[ChangeSet, tuple[RowRef, ...], Mapping[str, str]], None]


class Capability(enum.StrEnum):
    """What a host may be able to do."""

    READ = "read"
    SET_CELLS = "set cells"
    APPEND_ROWS = "append rows"
    REPLACE_TABLE = "replace a table"
    ADD_COLUMN = "add a column"
    ADD_TABLE = "add a table"
    SHOW_SHEETS = "show hidden sheets"
    SHOW = "show a message"
    SELECT = "select a cell"


class Host(Protocol):
    """A workbook as reached one way.

    >>> host: Host = ClosedHost(Path("programme.xlsx"))
    >>> [can.value for can in Capability if can not in host.capabilities]
    ['show a message', 'select a cell']
    >>> host.read().tables["Actions"].rows
    [<Actions AC-0001 at row 2>, <Actions AC-0002 at row 3>]
    """

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this host can do."""

    def read(self) -> Snapshot:
        """The workbook as it is now.

        Raises:
            BookUnusable: it can't be read as a workbook, or holds none of our tables.
        """

    def apply(self, changes: ChangeSet, *, who: str, when: dt.datetime) -> ChangeSet:
        """Writes changes: all or none.

        Args:
            changes: computed from this workbook.
            who: the person at work, for History and the lock.
            when: the moment, for History and the backup's name.

        Returns:
            The changes that take these back, as far as that can be done.

        Raises:
            StaleChanges: the workbook changed since they were computed.
            BookBusy: it is open elsewhere.
            BookNotWritable: it can't be written to, or not safely.
        """

    @property
    def added(self) -> tuple[RowRef, ...]:
        """The rows that the last `apply` added, as they are known afterwards."""

    @property
    def own_id(self) -> str:
        """The workbook's own id as it was last read or given, which it keeps under every name; '' where it has none."""

    @property
    def stays(self) -> tuple[str, ...]:
        """What the last `apply` should have taken away and left, in words with the reason."""

    def obstacles(self, changes: Iterable[Change], added: Iterable[RowRef]) -> tuple[str, ...]:
        """What people have entered since that stands against taking a run back, in words; none where nothing does.

        Args:
            changes: the run's inverse.
            added: the rows that it added.

        Raises:
            BookUnusable: it can't be read as a workbook, or holds none of our tables.
        """

    def show(self, message: str) -> None:
        """Shows a message beside the workbook.

        Args:
            message: what is shown; it may have several lines.

        Raises:
            HostCannot: there is no window to show it in.
        """

    def select(self, sheet: str, row: int, column: int) -> None:
        """Brings a cell into view.

        Args:
            sheet: the worksheet's name; a hidden one is shown.
            row, column: counted from 1.

        Raises:
            HostCannot: there is no window to show it in.
        """
