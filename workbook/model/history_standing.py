"""How a history that is kept beside a workbook stands to it: whether it is its own, and what the workbook lacks of it.

Source: docs/contract/history.md. A workbook that was brought back to an earlier state holds an earlier place than the
history's end; so does one whose last run ended before it wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbook.model.cells import LONGEST_TEXT
from workbook.model.history import Entry
from workbook.model.history_file import Head, Line, Place
from workbook.model.light_dataclasses import replace

#: What is added to the command of entries that the workbook does not hold.
TAKEN_BACK, NOT_DONE = ", taken back", ", not done"
#: The command of a line that says so of the entries before it.
INTERRUPTED = "interrupted"
Key = tuple[str, ...]


def is_own(head: Head, lines: Sequence[Line | None], held: str, book_id: str) -> bool:
    """Whether a history is that of a workbook, and goes on from where the workbook is.

    Args:
        head: the history's first line.
        lines: its others; None for one that can't be read.
        held: the workbook's property `Champions history`; '' where it has none.
        book_id: the workbook's own id; '' where it has none.
    """
    place = Place.of(held)
    if place is not None and place.chain == head.chain:
        return True
    if book_id and book_id != head.book:
        return False
    return any(line is not None and line.state == held for line in lines) or (not held and bool(book_id))


def beyond(head: Head, lines: Sequence[Line | None], held: str) -> list[Line]:
    """The whole lines after the place that a workbook holds; all where it holds none in this history.

    Args:
        head, lines, held: as for `is_own`.
    """
    place = Place.of(held)
    start = place.number if place is not None and place.chain == head.chain else 0
    found = []
    for line in lines[start:]:
        if line is None:
            break
        found.append(line)
    return found


def unfinished(after: Sequence[Line], held: str) -> Sequence[Line]:
    """Those lines beyond a workbook's place that no line explains: of a run that ended before it wrote.

    Args:
        after: the lines beyond its place.
        held: the workbook's property.
    """
    last = max((n for n, line in enumerate(after) if line.state == held), default=-1)
    return after[last + 1 :]


def mark(when: str, lines: Sequence[Line]) -> Entry:
    """What is noted of entries that a run left without writing them.

    Args:
        when: the moment, as it is written.
        lines: the entries.
    """
    which = f"Entry {lines[0].number} is" if len(lines) == 1 else f"Entries {lines[0].number} to {lines[-1].number} are"
    why = "the run that noted this ended before it wrote, or an earlier state was put back by hand"
    return Entry(when, "", INTERRUPTED, "", "", "", "", f"{which} not in the workbook: {why}.")


def told(head: Head, lines: Sequence[Line | None], held: str) -> list[tuple[int, Entry]]:
    """All entries by number, as they are told: those that the workbook does not hold say so after their command.

    Args:
        head, lines, held: as for `is_own`.
    """
    place = Place.of(held)
    there = _held(head, lines, place.number if place is not None and place.chain == head.chain else 0)
    after = beyond(head, lines, held)
    open_ones = {line.number for line in unfinished(after, held)}
    found: list[tuple[int, Entry]] = []
    ending = NOT_DONE
    for line in reversed([line for line in lines if line is not None]):
        entry = line.entry
        if line.state is not None:
            ending = NOT_DONE if entry.command == INTERRUPTED else TAKEN_BACK
        elif line.number not in there:
            how = NOT_DONE if line.number in open_ones else ending
            entry = replace(entry, command=entry.command + how, source="")
        found.append((line.number, entry))
    return found[::-1]


def _held(head: Head, lines: Sequence[Line | None], number: int) -> set[int]:
    """The numbers of the entries that stand in a workbook, from its place backwards."""
    there = set()
    while 0 < number <= len(lines):
        line = lines[number - 1]
        there.add(number)
        number -= 1
        if line is not None and line.state is not None:
            place = Place.of(line.state)
            if place is None:
                return there
            if place.chain == head.chain:
                number = min(number, place.number)
    return there


def key(entry: Entry) -> Key:
    """By what an entry is known again in the sheet: its words as far as a cell holds them."""
    texts = (
        entry.when,
        entry.who,
        entry.command,
        entry.table,
        entry.id,
        entry.column,
        entry.before,
        entry.after,
    )
    return tuple(_as_in_a_cell(text) for text in texts)


def _as_in_a_cell(text: str) -> str:
    cut = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    return " ".join(cut.split())


def only_in_the_sheet(sheet: Iterable[Entry], head: Head, lines: Sequence[Line | None], held: str) -> list[Entry]:
    """What the sheet tells and the file does not: what was done where no file can lie beside.

    Args:
        sheet: the entries of the table History.
        head, lines, held: as for `is_own`.
    """
    known = {key(line.entry) for line in lines if line is not None}
    known |= {key(entry) for _, entry in told(head, lines, held)}
    return [entry for entry in sheet if key(entry) not in known and key(_plain(entry)) not in known]


def lacked(sheet: Iterable[Entry], head: Head, lines: Sequence[Line | None], held: str) -> list[Entry]:
    """What the file tells after the workbook's place and the sheet does not.

    Args:
        sheet: the entries of the table History.
        head, lines, held: as for `is_own`.
    """
    known = {key(_plain(entry)) for entry in sheet}
    after = {line.number for line in beyond(head, lines, held)}
    return [entry for number, entry in told(head, lines, held) if number in after and key(_plain(entry)) not in known]


def _plain(entry: Entry) -> Entry:
    """An entry without what was added to its command."""
    for ending in (TAKEN_BACK, NOT_DONE):
        if entry.command.endswith(ending):
            return replace(entry, command=entry.command.removesuffix(ending))
    return entry
