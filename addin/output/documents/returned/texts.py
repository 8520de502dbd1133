"""The words of a piece of a Word file: hidden or seen, with tracked changes accepted and rejected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSERTED = {f"{W}ins", f"{W}moveTo"}
_DELETED = {f"{W}del", f"{W}moveFrom"}
_AROUND = {
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "hyperlink", "smartTag", "fldSimple", "customXml", "tc", "body", "bdo", "dir")
}
_SIGNS = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": "\t",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}
_TEXTS = {f"{W}t", f"{W}delText"}
#: Deeper than any person's document.
_DEEPEST = 200


class Piece(NamedTuple):
    """Some words and how they stand there."""

    text: str
    hidden: bool
    inserted: bool
    deleted: bool


class _State(NamedTuple):
    inserted: bool = False
    deleted: bool = False
    depth: int = 0


def pieces(element: Any) -> Iterator[Piece]:
    """The words of an element in their order; those of tables within it left out.

    Args:
        element: a paragraph, a cell, or whatever else holds words.
    """
    return _pieces(element, _State())


def _pieces(element: Any, state: _State) -> Iterator[Piece]:
    if state.depth > _DEEPEST:
        return
    deeper = state._replace(depth=state.depth + 1)
    for child in element:
        name = child.tag
        if name in _INSERTED:
            yield from _pieces(child, deeper._replace(inserted=True))
        elif name in _DELETED:
            yield from _pieces(child, deeper._replace(deleted=True))
        elif name == f"{W}r":
            yield from _run(child, deeper)
        elif name == f"{W}p":
            yield from _pieces(child, deeper)
            yield Piece("\n", hidden=False, inserted=state.inserted, deleted=state.deleted)
        elif name in _AROUND:
            yield from _pieces(child, deeper)


def _run(run: Any, state: _State) -> Iterator[Piece]:
    hidden = _is_hidden(run)
    for child in run:
        name = child.tag
        if name in _TEXTS:
            gone = state.deleted or name == f"{W}delText"
            yield Piece(child.text or "", hidden, state.inserted, gone)
        elif name in _SIGNS:
            yield Piece(_SIGNS[name], hidden, state.inserted, state.deleted)
        elif name in _INSERTED or name in _DELETED or name in _AROUND or name == f"{W}r":
            yield from _pieces(run[run.index(child) :], state)  # what recovery leaves of a damaged file
            return


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in {"0", "false", "off"}


def seen(found: Iterable[Piece], *, accepted: bool) -> str:
    """The visible words, with all tracked changes accepted or rejected.

    Args:
        found: as `pieces` gives them.
        accepted: whether tracked changes are accepted; else they are rejected.
    """
    return "".join(p.text for p in found if not p.hidden and not (p.deleted if accepted else p.inserted)).strip()


def unseen(found: Iterable[Piece], *, deleted: bool = False) -> str:
    """The hidden words; with `deleted` those too that a tracked change takes away.

    Args:
        found: as `pieces` gives them.
        deleted: whether words that a tracked change takes away are among them.
    """
    return "".join(p.text for p in found if p.hidden and (deleted or not p.deleted))
