"""Copies of elements, with the namespaces that they use declared on them, as in lxml."""

from __future__ import annotations

from lxml.element import XML, _Element, bare, split


def copied(element: _Element) -> _Element:
    """An element and all within it, its tail too, standing in nothing."""
    made = _alone(element)
    for node in made.iter():
        tags = [(node.tag, node.prefix), *((name, None) for name in node.attrib)]
        for href, prefix in ((split(tag)[0], prefix) for tag, prefix in tags):
            if href and href != XML and not node.known_prefix(href):
                known = element.known_prefix(href)
                made.declared[known[0] if known else prefix] = href
    return made


def _alone(element: _Element) -> _Element:
    made = bare(type(element), element.tag, element.node_lookup)
    made.node_text, made.tail, made.prefix = element.node_text, element.tail, element.prefix
    made.declared = dict(element.declared)
    dict.update(made.attrib, element.attrib)
    last: _Element | None = None
    for child in element:
        new = _alone(child)
        new.node_up, new.node_before = made, last
        if last is None:
            made.node_first = new
        else:
            last.node_next = new
        made.node_last = last = new
    return made
