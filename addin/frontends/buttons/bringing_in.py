"""Import: lists chosen beside the workbook or among the downloads, shown, and written once the person says yes."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from addin.frontends.buttons.situation import Outcome, Place, Question, Situation
from addin.frontends.buttons.words import counted, lines
from addin.intake.gathering import by_fit, gathered
from addin.intake.looking import SheetsFit, likeness
from workbook.intake.matching import Asking, Match, SourceMap
from workbook.intake.mending import take_mended
from workbook.intake.outcomes import ADDED, FileReport
from workbook.intake.problem_rows import TAKEN, called
from workbook.intake.proposing import bring_in
from workbook.intake.said import aside_of, said_of_columns, said_of_counts, said_of_source
from workbook.intake.source import Source
from workbook.intake.wishes import Wish
from workbook.model.cells import show
from workbook.model.changes import ChangeSet
from workbook.model.declare import Register
from workbook.model.errors import HostCannot
from workbook.model.registers import ImportProblems, SupportLog
from workbook.model.snapshot import Snapshot
from workbook.model.view import View

#: So many files are offered, and so many rows that are set aside are told.
MOST_FILES, MOST = 20, 6
_ENDINGS = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
_FROM_FILES, _FROM_PROBLEMS = "Lists: files that lie beside the workbook or in Downloads", "What was put right there"
_WHENCE = "On the sheet Import problems {stand} still. What do you want to bring in?"
_WHICH = (
    "Which lists do you want to bring in? Tick them: space bar, or a double click. The newest come first. Only files "
    "beside the workbook and in Downloads are shown."
)
_NONE = (
    "No list was found. Save the export or the log as CSV or as an Excel workbook, into the folder of this workbook or "
    "into Downloads, and press again:\n{folders}"
)
_WHERE = "Where do these entries go? What fits best comes first."
_ORDER = "{column} holds {text}. Which comes first?"
_ORDERS = ("The day", "The month", "I don't know: set these entries aside")


def bring(at: Situation) -> Outcome:
    """Shows what would come in, and writes it on a yes.

    Raises:
        HostCannot: the workbook lies in no folder of this computer.
        SourceUnusable: a list can't be used; nothing is written.
    """
    if at.path is None:
        raise HostCannot(
            "Lists are looked for beside the workbook, and this one lies in no folder of this computer.",
            next_step="Save it on this computer, then press again.",
        )
    snapshot = at.read()
    waiting = len(snapshot.rows(ImportProblems))
    if waiting:
        words = _WHENCE.format(stand=counted(waiting, "entry stands", "entries stand"))
        chosen = _chosen(at, Question(words, (_FROM_FILES, _FROM_PROBLEMS), confirm="Next"))
        if not chosen:
            return Outcome()
        if chosen == [1]:
            found = take_mended(View(snapshot, at.as_of), Wish(SupportLog, secrets.token_hex(8)))
            return _offered(at, snapshot, ImportProblems, *found)
    return _of_files(at, snapshot, at.path)


def _of_files(at: Situation, snapshot: Snapshot, book: Path) -> Outcome:
    folders = list(dict.fromkeys((book.parent, *([at.downloads] if at.downloads is not None else []))))
    files = _candidates(book, folders)
    if not files:
        return Outcome(message=_NONE.format(folders="\n".join(map(str, folders))))
    told = tuple(_line(file, book) for file in files)
    chosen = _chosen(at, Question(_WHICH, told, "Next", several=True, unticked=tuple(range(len(files)))))
    if not chosen:
        return Outcome("No list was chosen." if chosen == [] else "")
    paths = [files[n] for n in sorted(chosen)]
    registers = by_fit([r for r in TAKEN if r.table in snapshot.tables], paths[0])
    into = _chosen(at, Question(_WHERE, tuple(map(called, registers)), confirm="Show"))
    if not into:
        return Outcome()
    register = registers[into[0]]
    at.step("Reading the lists")
    sources = [_source(at, book, register, path) for path in paths]
    asking = Asking(likeness, lambda match: _take(at, match))
    wish = Wish(register, secrets.token_hex(8), asking=asking, order=lambda column, text: _order(at, column, text))
    return _offered(at, snapshot, register, *bring_in(View(snapshot, at.as_of), wish, sources))


def _chosen(at: Situation, question: Question) -> list[int] | None:
    at.step("Waiting for your choice")
    return at.choose(question)


def _candidates(book: Path, folders: Sequence[Path]) -> list[Path]:
    """The lists of the folders, the newest first; links are not followed, and the workbook itself is none."""
    found = []
    for folder in folders:
        with suppress(OSError):  # one that may not be looked into offers nothing
            found += [(-p.stat().st_mtime, p.name, p) for p in folder.iterdir() if _may_be_a_list(p, book)]
    return [path for *_, path in sorted(found)[:MOST_FILES]]


def _may_be_a_list(path: Path, book: Path) -> bool:
    named = path.suffix.casefold() in _ENDINGS and not path.name.startswith(("~$", ".~", "."))
    return named and not path.is_symlink() and path.is_file() and not path.samefile(book)


def _line(path: Path, book: Path) -> str:
    when = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).astimezone()
    where = "beside the workbook" if path.parent == book.parent else f"in {path.parent.name}"
    return f"{path.name}, {where}, of {show(when.date())}"


def _source(at: Situation, book: Path, register: type[Register], path: Path) -> tuple[Source, SourceMap]:
    """A list; where two of its sheets fit equally, the person says which is meant."""
    try:
        return gathered(book, register, path)
    except SheetsFit as error:
        words = f"{error.what} Which sheet of {path.name} holds the entries?"
        chosen = _chosen(at, Question(words, error.sheets, confirm="Next"))
        if not chosen:
            raise
        return gathered(book, register, path, sheet=error.sheets[chosen[0]])


def _take(at: Situation, match: Match) -> bool:
    near = match.near.header if match.near else ""
    return at.ask(f"The list has a column {match.header}. Does it go into {near}?")


def _order(at: Situation, column: str, text: str) -> str:
    chosen = _chosen(at, Question(_ORDER.format(column=column, text=text), _ORDERS, confirm="Next"))
    return ("dmy", "mdy", "")[chosen[0]] if chosen else ""


def _offered(
    at: Situation, snapshot: Snapshot, register: type[Register], reports: Sequence[FileReport], changes: ChangeSet
) -> Outcome:
    """What would come in, asked, and written on a yes."""
    told = "\n\n".join(map(_told, reports))
    if not changes:
        return Outcome(message=f"{told}\n\nThere is nothing new to write.".strip())
    if not at.ask(f"{told}\n\nWrite this into the workbook? Take back brings it out again."):
        return Outcome("Nothing was written.")
    inverse = at.write(changes)
    added = sum(row.outcome == ADDED for report in reports for row in report.rows)
    aside = len(aside_of(reports))
    brief = f"{counted(added, 'entry', 'entries')} came in."
    if aside:
        brief += f" {counted(aside, 'is', 'are')} set aside on the sheet Import problems: put right there, press again."
    data = snapshot.tables.get(register.table)
    at_end = data is not None and added and register is not ImportProblems
    go = Place(data.sheet, data.header_row + 1 + data.body_rows, data.first_column) if at_end and data else None
    return Outcome(brief, go=go, inverse=inverse)


def _told(report: FileReport) -> str:
    """What would become of one list: how it is read, its counts, and the first few that are set aside."""
    head = f"{report.source.file}: {said_of_source(report)}" if report.matches else report.source.file
    rows = aside_of([report])
    said = [f"  Row {row.row}: {' '.join(p.words for p in row.problems)}" for row in rows[:MOST]]
    return lines([head, *said_of_columns(report), said_of_counts(report, done=False), *said], len(rows) - MOST)
