"""Read minutes: chosen among the documents beside the workbook, shown, and written once the person says yes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.frontends.buttons.situation import Outcome, Place, Question, Situation
from addin.frontends.buttons.words import counted, lines
from addin.output.documents.places import output_folder
from addin.output.documents.returned.files import File, opened
from workbook.documents.catalogue import BY_ID
from workbook.documents.returned.declare import CHANGED, CONFLICT, NEW, NOT_READ, PENDING, ReadEntry
from workbook.documents.returned.ledger import Reading
from workbook.documents.returned.proposing import read_into
from workbook.model.errors import HostCannot
from workbook.model.registers import BoardDecisions
from workbook.model.view import View

#: So many files are offered, and so many entries of a kind are named.
MOST_FILES, MOST = 12, 6
_WHICH = "Which minutes do you want to read? They lie in {folder}; the newest come first."
_NONE = (
    "No filled-in minutes were found. Make documents writes the minutes before the meeting; fill them in, save them in "
    "Word or LibreOffice as .docx into this folder, and press again:\n{folder}"
)
_UNKNOWN = "{words}\n\nAre these the minutes of this workbook?"
_NOT_TAKEN = "Nothing was written: the minutes were not taken for this workbook's."
_HEADS = {
    NEW: "New",
    CHANGED: "Changed",
    PENDING: "Waits for a tracked change to be accepted or rejected in the minutes",
    CONFLICT: "In conflict with the workbook, not written",
    NOT_READ: "Not read",
}


def read(at: Situation, _item: str = "") -> Outcome:
    """Shows what the chosen minutes would bring, and writes it on a yes.

    Raises:
        HostCannot: the workbook lies in no folder of this computer.
    """
    if at.path is None:
        raise HostCannot(
            "Minutes are looked for beside the workbook, and this one lies in no folder of this computer.",
            next_step="Save it on this computer, then press again.",
        )
    snapshot = at.read()
    folder = output_folder(snapshot, at.path.parent, may=at.may).folder
    found = _candidates(folder)
    if not found:
        return Outcome(message=_NONE.format(folder=folder))
    at.step("Waiting for your choice")
    chosen = at.choose(Question(_WHICH.format(folder=folder), tuple(p.name for p in found), confirm="Read"))
    if not chosen:
        return Outcome()
    at.step("Reading the minutes")
    file = opened(snapshot, found[chosen[0]], lambda words: "" if at.ask(_UNKNOWN.format(words=words)) else _NOT_TAKEN)
    if file.document is None:
        return Outcome(message=file.message)
    (reading,), changes = read_into(View(snapshot, at.as_of), [file.document])
    told = _told(file, reading)
    if not changes:
        return Outcome(message=f"{told}\n\nThere is nothing new to write." if told else "Nothing was filled in.")
    if not at.ask(f"{told}\n\nWrite this into the workbook? Take back brings it out again."):
        return Outcome("Nothing was written.")
    inverse = at.write(changes)
    number = sum(e.state in (NEW, CHANGED) for e in reading.entries)
    data = snapshot.tables.get(BoardDecisions.table)
    go = Place(data.sheet, data.header_row + 1 + data.body_rows, data.first_column) if data is not None else None
    return Outcome(f"{counted(number, 'entry', 'entries')} of the minutes written.", go=go, inverse=inverse)


def _candidates(folder: Path) -> list[Path]:
    """The Word files of a folder, minutes first, the newest of each first; links are not followed."""
    begins = BY_ID["board-minutes"].id
    files = [p for p in folder.glob("*.docx") if p.is_file() and not p.is_symlink() and not p.name.startswith("~$")]
    files.sort(key=lambda p: (begins in p.name, p.stat().st_mtime), reverse=True)
    return files[:MOST_FILES]


def _told(file: File, reading: Reading) -> str:
    """What was read, by what becomes of it; the first few of each."""
    parts = [file.message] if file.message else []
    for state, head in _HEADS.items():
        entries = [e for e in reading.entries if e.state == state]
        if entries:
            named = [_line(e) for e in entries[:MOST]]
            parts.append(lines([f"{head}: {len(entries)}", *named], len(entries) - MOST))
    comments: Sequence[str] = reading.document.comments
    if comments:
        parts.append(f"{counted(len(comments), 'comment')} at the margin: not read as entries.")
    return "\n\n".join(parts)


def _line(entry: ReadEntry) -> str:
    where = f"{entry.id} {entry.column}".strip() or entry.place
    words = entry.value or entry.text
    short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    return f"  {where}: {short}" + (f" ({entry.message})" if entry.message else "")


_LONGEST = 90
