"""A mistake in a template, said so that the person who made it finds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from addin.output.documents.limits import LIMITS, TimeUsedUp
from workbook.model.errors import TemplateMistake

_TAGS = re.compile(r"<[^>]+>")
_LONGEST = 160
_TAKE_OUT = (
    "Take out what repeats or widens something very often, or remove the template: then the one that comes with us "
    "serves. No document was written."
)


@dataclass(frozen=True)
class Place:
    """A part of a template, one line a paragraph, as the template engine counts them."""

    path: Path
    part: str
    lines: list[str]

    def words(self, number: int) -> str:
        """Where a line is: the document's part and the paragraph's text.

        Args:
            number: of the line, counted from 1; 0 where it is not known.
        """
        part = next((w for w in ("footer", "header", "footnotes") if w in self.part), "")
        where = f"{self.path.name}, {part}" if part else self.path.name
        if not 0 < number <= len(self.lines):
            return where
        text = " ".join(_TAGS.sub(" ", self.lines[number - 1]).split())
        return f"{where}, in “{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}”"


def mistake(place: Place, problem: BaseException) -> TemplateMistake:
    """The error for a problem that rendering met.

    Args:
        place: the part of the template that was being rendered.
        problem: what was raised.
    """
    number = problem.lineno if isinstance(problem, TemplateSyntaxError) else _line(problem.__traceback__)
    if isinstance(problem, TimeUsedUp):
        return too_much_time(place.path.name, place.words(number))
    if isinstance(problem, MemoryError):
        return too_much_memory(place.path.name, place.words(number))
    what, next_step = _said(place.path.name, problem)
    return TemplateMistake(what, where=place.words(number), next_step=next_step)


def unreadable(path: Path) -> TemplateMistake:
    """The error for a template that is no Word file.

    Args:
        path: the template.
    """
    return TemplateMistake(
        f"The template {path.name} can't be read as a Word file.",
        where=str(path),
        next_step="Save it again from Word as .docx, or remove it: then the template that comes with us serves.",
    )


def too_much_time(name: str, where: str) -> TemplateMistake:
    """The error for a template that took longer than it may.

    Args:
        name: the template's file name.
        where: the place in it, in words.
    """
    return TemplateMistake(
        f"The template {name} takes more than {LIMITS.seconds} seconds to be filled in, so it was stopped.",
        where=where,
        next_step=_TAKE_OUT,
    )


def too_much_memory(name: str, where: str) -> TemplateMistake:
    """The error for a template that asked for more memory than it may have, or makes too large a document.

    Args:
        name: the template's file name.
        where: the place in it, in words.
    """
    return TemplateMistake(
        f"The template {name} makes more than fits into {LIMITS.memory >> 20} MB of memory, so it was stopped.",
        where=where,
        next_step=_TAKE_OUT,
    )


def broken_off(name: str, where: str) -> TemplateMistake:
    """The error for a template on which Python itself came to an end.

    Args:
        name: the template's file name.
        where: the place in it, in words.
    """
    return TemplateMistake(
        f"The template {name} could not be filled in: it takes more than there is, so it was stopped.",
        where=where,
        next_step=_TAKE_OUT,
    )


def _said(name: str, problem: BaseException) -> tuple[str, str]:
    """What is wrong, and what to do next."""
    said = str(problem)
    if isinstance(problem, SecurityError):
        return f"The template {name} tries something that templates may not: {said}", "Take it out."
    if isinstance(problem, UndefinedError):
        missing = re.search(r"no (?:attribute|element) '?([^']+)'?", said) or re.search(r"'([^']+)' is undefined", said)
        unknown = missing[1] if missing else said
        return f"The template {name} uses the name “{unknown}”, which this document does not have.", (
            "Correct the name, or take a fresh copy of the template. No document was written."
        )
    if isinstance(problem, TemplateSyntaxError):
        return f"The template {name} has a mistake in a {{{{ }}}} or {{% %}}: {said}.", (
            "Compare it with the template that comes with us. No document was written."
        )
    return f"The template {name} asks for something that can't be worked out: {said}.", (
        "Correct the expression. No document was written."
    )


def _line(trace: TracebackType | None) -> int:
    """The template line that a running template was at; 0 where it is unknown."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            at = trace.tb_lineno or _line_before(trace)  # where Jinja was not asked, of the code that it made
            made = trace.tb_frame.f_globals.get("__jinja_template__")
            line = made.get_corresponding_lineno(at) if made is not None else at
        trace = trace.tb_next
    return line


def _line_before(trace: TracebackType) -> int:
    """The last line of the code before where it was; some of its steps, as the turn of a loop, belong to none."""
    lines = [line for start, _, line in trace.tb_frame.f_code.co_lines() if line and start <= trace.tb_lasti]
    return lines[-1] if lines else 0
