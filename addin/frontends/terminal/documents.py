"""champions documents."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from addin.frontends.terminal.session import Session, busy, open_session
from addin.output.documents.make import Made, make_documents, naming
from addin.output.documents.places import output_folder
from addin.output.paths import Approved, approvals_file
from workbook.answers import trigger_memory
from workbook.documents.calling import called_for, chosen, held_back, known_documents, of_services, told_calls
from workbook.documents.declare import Material
from workbook.documents.quoting import known_to_identify, let_through
from workbook.documents.register import entered
from workbook.documents.verifying import Registered, registered, said_of
from workbook.model.cells import show as show_cell
from workbook.model.errors import BookNotWritable, ChampionsError, UnknownName
from workbook.model.registers import Services
from workbook.model.snapshot import own_id
from workbook.rules import checks, triggers
from workbook.rules.reviews import reviews


def run(options: argparse.Namespace) -> int:
    """Writes the governance documents that are called for, and enters them in the workbook."""
    if options.verify:
        return verify(options)
    session = open_session(options)
    _know_services(session, options.service or ())
    out = Path(options.out) if options.out else None
    made = make(
        session,
        options.only,
        out,
        record=not options.no_write,
        services=options.service or (),
        names=options.names,
        confirm=options.confirm or (),
    )
    show(made)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Says which documents of the register don't stand as they were made. Exit 0 for none, 1 for some."""
    from addin.output.documents.verify import Looking

    options.no_write = True
    session = open_session(options)
    entries = registered(session.snapshot, known_documents(options.only or ()))
    beside = session.path.resolve().parent
    may = _approved(session.path).has
    folders = _folders(session, Path(options.out) if options.out else None)
    looking = Looking(beside, folders, may, registered(session.snapshot))
    with busy("Looking at the documents"):
        said = [(entry, said_of(entry, looking.at(entry))) for entry in entries]
    show_verified(len(entries), [(entry, words) for entry, words in said if words])
    return int(any(words for _, words in said))


def _folders(session: Session, out: Path | None) -> list[Path]:
    """Where documents may lie: the folder they go to, where that may be looked into, and the one that was named."""
    found = [out] if out is not None else []
    with suppress(BookNotWritable):
        beside, may = session.path.resolve().parent, _approved(session.path).has
        found.append(output_folder(session.snapshot, beside, may=may).folder)
    return found


def show_verified(number: int, told: Sequence[tuple[Registered, str]]) -> None:
    """The documents of which something is to be known; where there is nothing, that it is so."""
    from addin.frontends.terminal.show import Shown, console, heading, say, table
    from addin.output.documents.verify import OUTSIDE

    page = console()
    heading(page, "Documents", "Nothing was written.")
    if not number:
        say(page, "The register of documents holds none.")
        return
    well = number - len(told)
    say(page, f"As they were made, or filled in and read back: {well} of {number}.")
    if told:
        rows = [(e.title, e.scope, show_cell(e.as_of), words, e.file) for e, words in told]
        columns = [Shown("Document"), Shown("Scope"), Shown("As of"), Shown("To know"), Shown("File")]
        page.print(table(columns, rows))
        if any(OUTSIDE in words for _, words in told):
            say(page, "To have another folder looked into: --out FOLDER")


def make(
    session: Session,
    only: Sequence[str] | None = None,
    out: Path | None = None,
    *,
    record: bool = True,
    services: Sequence[str] = (),
    names: bool = False,
    confirm: Sequence[str] = (),
) -> Made:
    """Makes documents: those named, else those called for.

    Args:
        session: the workbook at hand.
        only: their ids.
        out: the folder to write to, instead of the setting's.
        record: whether they are entered in the workbook.
        services: those to make a service's documents for; all by default.
        names: whether names of staff may stand in what leaves the organisation.
        confirm: the ids of rows whose texts may stand in documents, though they may identify a person.

    Raises:
        ChampionsError: a text would be let through, and no history would keep it.
    """
    if confirm:
        _must_be_kept(session, record=record)
    view = session.view
    findings = checks.run(session.snapshot, session.as_of)
    lapsed = trigger_memory.lapsed(session.snapshot)
    own = own_id(session.snapshot, session.who, session.when) if record else ""
    let = known_to_identify(findings, confirm)
    results, due = triggers.evaluate(view), reviews(view)
    material = Material(view, results, findings, due, lapsed, workbook_id=own, names=names, confirmed=let)
    calls = of_services(chosen(material, only) if only else called_for(material), services)
    with busy("Making documents"):
        today = dt.datetime.now(dt.UTC).astimezone().date()
        made = make_documents(material, calls, session.path, made_on=today, out=out, may=_approved(session.path).has)
    if record and made.entries:
        with naming(made.written):
            session.write(lambda snapshot: entered(snapshot, made.entries, let_through(material)))
    return made


def _must_be_kept(session: Session, *, record: bool) -> None:
    """Refuses to let a text through where that can't be entered in the change history."""
    if not record:
        raise ChampionsError(
            "Change history keeps which texts were let through, and with --no-write nothing is kept. "
            "No document was made.",
            next_step="Leave out --no-write, or --confirm.",
        )
    session.must_be_writable()


def _approved(book: Path) -> Approved:
    import platformdirs

    return Approved(approvals_file(Path(platformdirs.user_state_dir("champions", appauthor=False))), book)


def show(made: Made) -> None:
    """What was made, what was not, and why."""
    from addin.frontends.terminal.show import console, from_here, heading, say

    page = console()
    heading(page, "Documents")
    for line in told_calls(made.calls):
        say(page, line)
    for written in made.written:
        say(page, f"  {from_here(written.path)}")
    ids = list(dict.fromkeys(cell.id for cell in held_back(made.calls)))
    if ids:
        say(page, f"To let a text through that you have looked at, this once: --confirm {' '.join(ids)}")
    for note in made.notes:
        say(page, note)
    if made.wanted is not None:
        say(page, f'To have them there: say yes in Excel or LibreOffice, or give --out "{made.wanted}"')


def _know_services(session: Session, codes: Sequence[str]) -> None:
    known = [row.service_code for row in session.snapshot.rows(Services) if row.service_code]
    for code in codes:
        if session.snapshot.find(Services, code) is None:
            raise UnknownName(f"There is no service {code}.", next_step=f"Known: {', '.join(known)}.")
