"""The properties of a generated document: title, author, subject, language, and fixed times."""

from __future__ import annotations

import datetime as dt
from typing import Any

from workbook.documents.declare import About, Document

_LONGEST = 255  # of a property, in Word


def set_properties(made: Any, document: Document, about: About) -> None:
    """Sets the core properties of a python-docx document.

    Args:
        made: the document.
        document: which one it is.
        about: its head; the day that it is as of serves as its time.
    """
    moment = dt.datetime.combine(dt.date.fromisoformat(about.iso), dt.time())
    properties = made.core_properties
    author = f"{about.programme}, {about.provider}"
    properties.title = f"{about.title}, {about.day}"[:_LONGEST]
    properties.author = properties.last_modified_by = _legal(author)[:_LONGEST]
    properties.subject = _legal(f"{about.programme}: {about.scope}")[:_LONGEST]
    properties.keywords = document.id
    properties.comments = _legal(about.made_from)[:_LONGEST]
    properties.category = "Governance document"
    properties.identifier = " ".join(part for part in (document.id, about.iso, about.number, about.workbook_id) if part)
    properties.language = "en-GB"
    properties.created = properties.modified = moment
    properties.revision = 1
    properties.version = ""


def _legal(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
