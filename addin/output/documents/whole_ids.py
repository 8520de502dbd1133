"""Keeps an id on one line: its hyphens are ones at which Word breaks no line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

#: SU-0012, BM-20260630-K7QXZ: capitals and digits between hyphens, with a digit behind the first of them.
_ID = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]*-(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*(?![\w-])")
#: A longer word may break: a table's column is no wider than this.
_LONGEST = 24
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def keep_ids_whole(root: Any) -> None:
    """Sets hyphens that don't break within the ids of a part.

    What is hidden, and what stands in a control, is left: programs look for it, and people type there.

    Args:
        root: the part's root element.
    """
    for words in list(root.iter(qn("w:t"))):
        text = words.text or ""
        found = list(_hyphens(text)) if "-" in text else []
        if found and _is_shown(words):
            _split(words, text, found)


def _hyphens(text: str) -> Iterator[int]:
    for found in _ID.finditer(text):
        if len(found[0]) <= _LONGEST:
            yield from (found.start() + n for n, sign in enumerate(found[0]) if sign == "-")


def _is_shown(words: Any) -> bool:
    run = words.getparent()
    if run.tag != qn("w:r") or run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None:
        return False
    return next(words.iterancestors(qn("w:sdtContent")), None) is None


def _split(words: Any, text: str, hyphens: list[int]) -> None:
    run, at = words.getparent(), words
    bounds = [-1, *hyphens, len(text)]
    for n, (before, after) in enumerate(pairwise(bounds)):
        if n:
            hyphen = OxmlElement("w:noBreakHyphen")
            at.addnext(hyphen)
            at = hyphen
        piece = OxmlElement("w:t")
        piece.text = text[before + 1 : after]
        piece.set(_SPACE, "preserve")
        at.addnext(piece)
        at = piece
    run.remove(words)
