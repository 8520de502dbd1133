"""Makes the documents that are called for: contents, template, file, entry in the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from addin.output.documents.logo import Logo, provider_logo
from addin.output.documents.places import output_folder, template_for
from addin.output.documents.separate_process import Rendered, render_apart
from addin.output.documents.write import Written, ending_of, file_stem, write_document
from addin.output.paths import May
from workbook.documents.calling import only_called
from workbook.documents.declare import Call, Material
from workbook.documents.register import Entry
from workbook.model.errors import BookNotWritable, ChampionsError


@dataclass(frozen=True)
class Made:
    """What a run made.

    Attributes:
        written: the documents, in the order of the calls.
        calls: every document and scope with the reason why it was called for or not.
        entries: for the register of documents.
        notes: what the person should know about how they were made, and where they went.
        wanted: the folder that the setting names, where that waits for the person's yes.
    """

    written: Sequence[Written]
    calls: Sequence[Call]
    entries: Sequence[Entry]
    notes: Sequence[str] = ()
    wanted: Path | None = None


@contextmanager
def naming(written: Sequence[Written]) -> Iterator[None]:
    """Has the message name documents that are written already, where what comes after them fails.

    Args:
        written: the documents that are written already.

    Raises:
        ChampionsError: what was raised within, with that said too.
    """
    try:
        yield
    except ChampionsError as error:
        if not written:
            raise
        names = ", ".join(one.path.name for one in written)
        raise type(error)(
            f"{error.what} Already written, and not entered in the register: {names}, in {written[0].path.parent}.",
            where=error.where,
            next_step=error.next_step,
            in_terminal=error.in_terminal,
        ) from error


def make_documents(
    material: Material,
    calls: Sequence[Call],
    workbook_path: Path,
    *,
    made_on: dt.date,
    out: Path | None = None,
    may: May = lambda _: False,
    told: Callable[[int, int], None] = lambda _number, _of: None,
) -> Made:
    """Renders every document that is called for, then writes them: a mistake in one template leaves none half done.

    Args:
        material: what they are made from.
        calls: as `workbook.documents.calling` gives them.
        workbook_path: the workbook's file; templates and the output folder are looked for beside it.
        made_on: today.
        out: the folder to write to, instead of the setting's.
        may: says whether a folder outside the workbook's, which the setting names, may be written to.
        told: told before each document which one it is of how many.

    Raises:
        TemplateMistake: a template has a mistake. Nothing was written.
        BookNotWritable: the folder can't be written to.
    """
    beside = workbook_path.resolve().parent
    goes = output_folder(material.view.snapshot, beside, out, may)
    wanted = only_called(calls)
    found = provider_logo(beside, material.view.snapshot.programme.logo or "")
    rendered = []
    for number, call in enumerate(wanted, 1):
        told(number, len(wanted))
        rendered.append(_rendered(call, material, beside, found.logo))
    written: list[Written] = []
    for call, made in zip(wanted, rendered, strict=True):
        stem = file_stem(material.view.as_of.isoformat(), call.document, call.scope)
        with naming(written):
            try:
                path, file_hash = write_document(made.content, goes.folder, stem, ending_of(call.document))
            except BookNotWritable as error:
                if out is not None:
                    raise
                raise _by_setting(error) from error
        written.append(Written(call.document, call.scope, path, file_hash))
    entries = [_entry(material, one, beside, made_on) for one in written]
    notes = [*(note for made in rendered for note in made.notes), *(found.notes if written else ())]
    notes += [goes.note] if goes.note and written else []
    return Made(written, calls, entries, notes, goes.wanted)


def _by_setting(error: BookNotWritable) -> BookNotWritable:
    """What to do where the folder that can't be written to is the setting's."""
    step = "Change the setting Documents folder on the sheet Setup."
    return BookNotWritable(error.what, where=error.where, next_step=step, in_terminal=error.in_terminal)


def _rendered(call: Call, material: Material, beside: Path, logo: Logo | None) -> Rendered:
    """A document from its template: one of ours here and now, another in a process of its own."""
    document, context = call.document, call.document.contents(call.document, material, call.scope)
    if not document.template:
        from addin.output.documents.page import page

        return Rendered(page(context))
    template = template_for(document, beside)
    if not template.ours:
        return render_apart(document, context, template, logo=logo)
    from addin.output.documents.engine import render

    return Rendered(render(document, context, template, logo))


def _entry(material: Material, written: Written, beside: Path, made_on: dt.date) -> Entry:
    path = written.path.resolve()
    file = path.relative_to(beside).as_posix() if path.is_relative_to(beside) else str(path)
    return Entry(written.document.id, written.scope.id, material.view.as_of, made_on, file, written.file_hash)
