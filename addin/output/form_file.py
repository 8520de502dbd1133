"""The questions of a form as a Word file, to build the form from."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from workbook.intake.questions import Answer, Question

_KINDS = {
    Answer.CHOICE: "Choice",
    Answer.TEXT: "Text",
    Answer.LONG_TEXT: "Text, long answer",
    Answer.DATE: "Date",
    Answer.NUMBER: "Text, restricted to numbers",
    Answer.RATING: "Rating or choice, 1 to 5",
    Answer.YES_NO: "Choice",
}
NOTE = (
    "Ask what is written here, word for word: the export of the form then comes in by itself. Don't ask for names, "
    "initials, dates of birth or addresses of people who receive care, and say so above the first question; where a "
    "person matters, the reference of the care system is enough. Don't ask for an ID: the program gives it. Leave "
    "“Record name” as your data protection officer wishes: who filled the form in is never taken for the staff member."
)


def form_file(title: str, questions: Sequence[Question]) -> bytes:
    """A Word file of questions; the same bytes for the same questions.

    Args:
        title: what the form is for.
        questions: in their order.
    """
    from docx import Document

    from addin.output.documents.package import repacked

    page = Document()
    properties = page.core_properties
    properties.title, properties.author, properties.language = f"Form: {title}", "Champion Workbook", "en-GB"
    properties.created = properties.modified = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - Word's own form
    page.add_heading(f"Form: {title}", level=1)
    page.add_paragraph(NOTE)
    for n, question in enumerate(questions, start=1):
        page.add_heading(f"{n}. {question.question}{' *' if question.required else ''}", level=2)
        several = ", several answers" if question.several else ""
        needed = ", must be answered" if question.required else ""
        page.add_paragraph(f"{_KINDS[question.kind]}{several}{needed}. Goes to: {question.column}.")
        if question.note:
            page.add_paragraph(question.note)
        for choice in question.choices:
            page.add_paragraph(_legal(choice), style="List Bullet")
    out = io.BytesIO()
    page.save(out)
    return repacked(out.getvalue())


def _legal(text: str) -> str:
    """A text without the signs that Word's files can't hold."""
    return "".join(c if c.isprintable() else " " for c in text)
