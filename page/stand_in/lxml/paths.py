"""The little of XPath that is used: names of children, `//`, `@` and `|`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.element import _Element

_STEP = re.compile(r"(//?)?(@?)(\*|[\w.\-]+(?::[\w.\-]+)?)")


def looked_up(element: _Element, path: str, namespaces: Mapping[str, str]) -> list[Any]:
    """What a path leads to, in the order of the document for each alternative.

    Raises:
        NotImplementedError: it says more than is known here.
    """
    found: list[Any] = []
    for one in path.split("|"):
        found += _followed(element, one.strip(), namespaces)
    return found


def _followed(element: _Element, path: str, namespaces: Mapping[str, str]) -> list[Any]:
    found: list[Any] = [element]
    if path.startswith("//"):
        found = [next((n for n in element.iterancestors() if n.getparent() is None), element)]
        inclusive = True
    else:
        path, inclusive = path.removeprefix("."), False
    at = 0
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            raise NotImplementedError(path)
        name, deep = _named(step[3], namespaces), step[1] == "//"
        found = [hit for node in found for hit in _hits(node, name, deep=deep, attribute=bool(step[2]), own=inclusive)]
        at, inclusive = step.end(), False
    return found


def _named(name: str, namespaces: Mapping[str, str]) -> str:
    prefix, colon, rest = name.partition(":")
    return f"{{{namespaces[prefix]}}}{rest}" if colon else name


def _hits(node: _Element, name: str, *, deep: bool, attribute: bool, own: bool) -> Iterator[Any]:
    within = node.iter() if deep else iter((node,))
    if attribute:
        for one in within:
            if one.get(name) is not None:
                yield one.get(name)
    elif deep:
        yield from (one for one in within if (own or one is not node) and name in ("*", one.tag))
    else:
        yield from (child for child in node if name in ("*", child.tag))
