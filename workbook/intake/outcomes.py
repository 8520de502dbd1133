"""What becomes of each row of a source, and of the source as a whole."""

from __future__ import annotations

from collections import Counter

from workbook.intake.matching import Match
from workbook.intake.source import Source
from workbook.model.light_dataclasses import dataclass, field

ADDED, THERE, ASIDE = "added", "already there", "set aside"
RAGGED, OTHERWISE, SAME_AS_ROW = "ragged-row", "already-otherwise", "same-as-row"


@dataclass(frozen=True)
class Problem:
    """What keeps a row out."""

    code: str
    column: str
    value: str
    message: str
    fix: str

    @property
    def words(self) -> str:
        """As it stands among the import problems."""
        return f"{self.message} {self.fix}".strip()


@dataclass(frozen=True)
class RowOutcome:
    """What became of one entry of a source.

    Attributes:
        row: its row in the source.
        id: of the entry in the workbook; '' where it is not there, or the table has no ids.
    """

    row: int
    outcome: str
    id: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass
class FileReport:
    """What became of one file.

    Attributes:
        dates: the order of day and month that was taken for the list's texts; '' where it did not matter.
        found_map: the mapping file that was found by the headers.
        renamed: how many cells held a name that was forgotten, and was replaced on the way in.
    """

    source: Source
    matches: tuple[Match, ...] = ()
    dates: str = ""
    found_map: str = ""
    renamed: int = 0
    rows: list[RowOutcome] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Rows, and how many of them there are of each outcome."""
        times = Counter(row.outcome for row in self.rows)
        return {"rows": len(self.rows), "added": times[ADDED], "already_there": times[THERE], "set_aside": times[ASIDE]}
