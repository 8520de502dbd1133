"""A mistake in a template, said so that the person who made it finds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from workbook.errors import TemplateMistake

_TAGS = re.compile(r"<[^>]+>")
_LONGEST = 160


@dataclass(frozen=True)
class Place:
    """A part of a template, one line a paragraph, as the template engine counts them."""

    path: Path
    part: str
    lines: list[str]

    def words(self, number: int) -> str:
        """Where a line is: the document's part and the paragraph's text."""
        part = next((w for w in ("footer", "header", "footnotes") if w in self.part), "")
        where = f"{self.path.name}, {part}" if part else self.path.name
        if not 0 < number <= len(self.lines):
            return where
        text = " ".join(_TAGS.sub(" ", self.lines[number - 1]).split())
        return f"{where}, in “{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}”"


def mistake(place: Place, problem: Exception) -> TemplateMistake:
    """The error for a problem that rendering met."""
    number = problem.lineno if isinstance(problem, TemplateSyntaxError) else _line(problem.__traceback__)
    what, next_step = _said(place.path.name, problem)
    return TemplateMistake(what, where=place.words(number), next_step=next_step)


def unreadable(path: Path) -> TemplateMistake:
    """The error for a template that is no Word file."""
    return TemplateMistake(
        f"The template {path.name} can't be read as a Word file.",
        where=str(path),
        next_step="Save it again from Word as .docx, or remove it: then the template that comes with us serves.",
    )


def _said(name: str, problem: Exception) -> tuple[str, str]:
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
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
