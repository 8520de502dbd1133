"""Why a list can't be brought in as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.intake.headers import headers_in_words
from workbook.intake.matching import LEFT, PROPOSED, Matched
from workbook.intake.source import Source
from workbook.model.declare import Column, Register
from workbook.model.errors import SourceUnusable


class ColumnsMissing(SourceUnusable):
    """A column that every entry must fill in has none in the list.

    Attributes:
        source: the list.
        matched: what its columns were taken for.
        missing: the columns of ours that have none.
    """

    def __init__(
        self, source: Source, matched: Matched, missing: Sequence[Column[Any]], words: tuple[str, str, str]
    ) -> None:
        super().__init__(words[0], where=source.file, next_step=words[1], in_terminal=words[2])
        self.source, self.matched, self.missing = source, matched, tuple(missing)


def missing_columns(
    register: type[Register], source: Source, matched: Matched, missing: Sequence[Column[Any]]
) -> ColumnsMissing:
    """The error for a list without columns that every entry must fill in; it names what was near."""
    names = ", ".join(c.header for c in missing)
    what = f"No column for {names} was found, which every entry of {register.sheet} must fill in. Nothing was written."
    near = [
        f"{headers_in_words([m.header])} may be {m.near.header}"
        for m in matched.matches
        if m.how == PROPOSED and m.near in missing and m.near
    ]
    left = [m.header for m in matched.matches if m.how in (LEFT, PROPOSED) and m.header and m.column is None]
    if not matched.columns():
        what = f"None of its headings is one of {register.sheet}. Nothing was written."
    said = f"{'; '.join(near)}. " if near else ""
    rest = f"Headings that go nowhere yet: {headers_in_words(left)}. " if left else ""
    step = f"{said}{rest}Give the columns that are meant our headings, and import again."
    by_map = "Or say which is which in a mapping file: add --save-map FILE to begin one, and --map FILE to use it."
    return ColumnsMissing(source, matched, missing, (what, step, by_map))


def twice_there(source: Source, headers: Sequence[str]) -> SourceUnusable:
    """The error for a header that stands twice and goes into a column of ours."""
    return SourceUnusable(
        f"The heading {headers_in_words(headers)} stands twice; which of the columns is meant can't be known. "
        "Nothing was written.",
        where=source.file,
        next_step="Give one of them another heading, or take it out, and import again.",
    )
