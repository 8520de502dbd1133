"""What the page shows, as JSON: tables, and what is offered before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from addin.frontends.answer_tables import AnswerTable
from workbook.model.changes import ChangeSet

#: Lines of a table that are shown; all of them stand in the workbook once it is written.
MOST_LINES = 500


def shown_table(table: AnswerTable, *, first: str = "", most: int = MOST_LINES) -> dict[str, Any]:
    """A table for the page.

    Args:
        table: the table.
        first: the heading of a first column that has none, for who hears it read.
        most: so many rows are shown; of the others the number.
    """
    headings = (first or table.headings[0], *table.headings[1:])
    return {"headings": headings, "rows": table.rows[:most], "more": max(len(table.rows) - most, 0)}


@dataclass(frozen=True)
class Paper:
    """A document that was made.

    Attributes:
        title: what it is called; `scope` a Service code, a champion's id or "programme".
        name: the file's.
        content: the whole file.
    """

    title: str
    scope: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Making:
    """Documents, and their entries in the workbook.

    Attributes:
        changes: that enter them.
        papers: the documents.
        lines: why others were not made, and what is to be known.
        who, when: who pressed and the moment, by which a workbook without an id gets the one that the papers carry.
    """

    changes: ChangeSet
    papers: Sequence[Paper]
    lines: Sequence[str]
    who: str
    when: str


@dataclass(frozen=True)
class Offer:
    """What would be written, shown, and waiting for the person's yes.

    Attributes:
        title: of what is shown.
        lines: what is said of it.
        agreed: what comes of a yes, by the numbers of the ticks that are left: what is written, documents, or the next
            question.
        confirm: the words of the button that writes it; '' where there is nothing to write.
        ticks: what can be chosen, and whether it is ticked at first.
        parts: tables beneath, each with its title and caption.
    """

    title: str
    lines: Sequence[str]
    agreed: Callable[[Sequence[int]], ChangeSet | Making | Offer]
    confirm: str = ""
    ticks: Sequence[tuple[str, bool]] = ()
    parts: Sequence[Mapping[str, Any]] = ()

    def as_json(self) -> dict[str, Any]:
        """As the page is told of it."""
        ticks = [{"words": words, "ticked": ticked} for words, ticked in self.ticks]
        words = {"title": self.title, "lines": list(self.lines), "confirm": self.confirm}
        return {**words, "ticks": ticks, "parts": list(self.parts)}
