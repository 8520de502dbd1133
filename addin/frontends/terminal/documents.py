"""champions documents."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from addin.frontends.terminal.session import Session, busy, open_session
from addin.output.documents.make import Made, make_documents, naming
from addin.output.paths import Approved, approvals_file
from workbook.answers import trigger_memory
from workbook.documents.calling import called_for, chosen, of_services, told_calls
from workbook.documents.declare import Material
from workbook.documents.register import entered
from workbook.model.errors import UnknownName
from workbook.model.registers import Services
from workbook.model.snapshot import own_id
from workbook.rules import checks, triggers
from workbook.rules.reviews import reviews


def run(options: argparse.Namespace) -> int:
    """Writes the governance documents that are called for, and enters them in the workbook."""
    session = open_session(options)
    _know_services(session, options.service or ())
    out = Path(options.out) if options.out else None
    made = make(
        session, options.only, out, record=not options.no_write, services=options.service or (), names=options.names
    )
    show(made)
    return 0


def make(
    session: Session,
    only: Sequence[str] | None = None,
    out: Path | None = None,
    *,
    record: bool = True,
    services: Sequence[str] = (),
    names: bool = False,
) -> Made:
    """Makes documents: those named, else those called for.

    Args:
        session: the workbook at hand.
        only: their ids.
        out: the folder to write to, instead of the setting's.
        record: whether they are entered in the workbook.
        services: those to make a service's documents for; all by default.
        names: whether names of staff may stand in what leaves the organisation.
    """
    view = session.view
    findings = checks.run(session.snapshot, session.as_of)
    lapsed = trigger_memory.lapsed(session.snapshot)
    own = own_id(session.snapshot, session.who, session.when) if record else ""
    material = Material(view, triggers.evaluate(view), findings, reviews(view), lapsed, workbook_id=own, names=names)
    calls = of_services(chosen(material, only) if only else called_for(material), services)
    with busy("Making documents"):
        today = dt.datetime.now(dt.UTC).astimezone().date()
        made = make_documents(material, calls, session.path, made_on=today, out=out, may=_approved(session.path).has)
    if record and made.entries:
        with naming(made.written):
            session.write(lambda snapshot: entered(snapshot, made.entries))
    return made


def _approved(book: Path) -> Approved:
    import platformdirs

    return Approved(approvals_file(Path(platformdirs.user_state_dir("champions", appauthor=False))), book)


def show(made: Made) -> None:
    """What was made, what was not, and why."""
    from addin.frontends.terminal.show import console, heading, say

    page = console()
    heading(page, "Documents")
    for line in told_calls(made.calls):
        say(page, line)
    for written in made.written:
        say(page, f"  {written.path}")
    for note in made.notes:
        say(page, note)
    if made.wanted is not None:
        say(page, f'To have them there: say yes in Excel or LibreOffice, or give --out "{made.wanted}"')


def _know_services(session: Session, codes: Sequence[str]) -> None:
    known = [row.service_code for row in session.snapshot.rows(Services) if row.service_code]
    for code in codes:
        if session.snapshot.find(Services, code) is None:
            raise UnknownName(f"There is no service {code}.", next_step=f"Known: {', '.join(known)}.")
