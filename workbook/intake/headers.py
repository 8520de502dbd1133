"""Headers of other lists: folded as people mean them, and what services that make forms put there themselves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from workbook.intake.source import SHEET_FORM, WEB_FORM
from workbook.model.cells import Cell
from workbook.model.folding import fold

#: No heading is longer; what is goes for one by its beginning.
LONGEST = 1000
_SHOWN, _MANY = 60, 12
_NUMBER = re.compile(r"\d{1,3}[.)]\s*")
_END = re.compile(r"[\s*:?]+\Z")
_STAMPS = frozenset(
    (
        *("timestamp", "zeitstempel", "horodateur", "marca temporal", "tijdstempel", "carimbo de data/hora"),
        *("informazioni cronologiche", "tidsstämpel", "tidsstempel", "sygnatura czasowa"),
    )
)
_MAIL = ("email address", "e-mail-adresse", "adresse e-mail", "username", "direccion de correo electronico", "score")
_OWN = ("total points", "quiz feedback", "last modified time", "gesamtpunktzahl", "quizfeedback", "sprache", "language")
_OWN_STARTS = re.compile(r"(?:points|feedback|punkte|grade posted time) [-:] ")
_MOMENT = re.compile(r"\d.*\d:\d\d")
#: ID, Start time, Completion time, Email, Name, in whatever language.
_FORM_COLUMNS = 5
_LOOKED_AT = 20


def fold_header(header: str) -> str:
    r"""A header as compared: case, blanks of every kind, a number before it and signs after it do not matter.

    Example:
        >>> fold_header("3) Staff\u00a0member *"), fold_header("What happened?")
        ('staff member', 'what happened')
    """
    return _END.sub("", _NUMBER.sub("", fold(header[:LONGEST]), count=1))


def headers_in_words(headers: Sequence[str]) -> str:
    """Headers for people: long ones cut, and the first dozen of many.

    Args:
        headers: as they stand in the list.
    """
    shown = [h if len(h) <= _SHOWN else f"{h[: _SHOWN - 1]}…" for h in headers[:_MANY]]
    more = len(headers) - _MANY
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def form_columns(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[str, frozenset[int]]:
    """Which service's form a list comes from, '' for none, and the columns that the service fills in itself.

    Args:
        headers: of the list.
        rows: its first rows.
    """
    folded = [fold_header(h) for h in headers]
    if folded and folded[0] in _STAMPS:
        mail = {1} if len(folded) > 1 and folded[1] in _MAIL else set()
        return SHEET_FORM, frozenset({0} | mail)
    if _is_web_form(folded, rows):
        more = {n for n, h in enumerate(folded) if h in _OWN or _OWN_STARTS.match(h)}
        return WEB_FORM, frozenset(range(_FORM_COLUMNS)) | more
    return "", frozenset()


def _is_web_form(folded: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bool:
    if len(folded) <= _FORM_COLUMNS or folded[0] != "id":
        return False
    if folded[1:3] == ["start time", "completion time"]:
        return True
    some = [row for row in rows[:_LOOKED_AT] if len(row) > 2]
    return bool(some) and all(_is_moment(row[1]) and _is_moment(row[2]) for row in some)


def _is_moment(cell: Cell) -> bool:
    return isinstance(cell, dt.datetime) or (isinstance(cell, str) and bool(_MOMENT.search(cell)))
