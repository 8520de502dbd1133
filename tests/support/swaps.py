"""Workbooks whose pieces have changed places: `swapped`, the same for the same random numbers.

Programs that write a package wrongly mostly leave each piece sound, and mix the pieces up: a part under another's name,
a relationship to another's part, a table's area beside another's columns. Pieces change places within a workbook or
come from another one. Each kind of swap is a function in `SWAPS`.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from posixpath import dirname, join, normpath

from tests.support.mutating import Member, packed

Parts = dict[str, bytes]
Rng = random.Random
Swap = Callable[[Parts, Parts, Rng], None]
SWAPS: dict[str, Swap] = {}
TYPES, BOOK, BOOK_RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHEET, _TABLE = r"xl/worksheets/sheet\d+\.xml", r"xl/tables/table\d+\.xml"
_RELATION = rb"<Relationship\s[^<>]*/>"


class Unfit(Exception):
    """A workbook has nothing to swap in this way."""


def swapped(data: bytes, other: bytes, kind: str, rng: Rng) -> bytes:
    """A workbook with some of its pieces in others' places.

    Args:
        data: a sound workbook.
        other: another one, from which pieces may come.
        kind: one of `SWAPS`.
        rng: random numbers.

    Raises:
        Unfit: the workbooks have nothing to swap in this way.
    """
    parts, others = parts_of(data), parts_of(other)
    before = dict(parts)
    SWAPS[kind](parts, others, rng)
    if parts == before:
        raise Unfit
    return packed([Member(name.encode(), content) for name, content in parts.items()])


def parts_of(data: bytes) -> Parts:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def swap(kind: str) -> Callable[[Swap], Swap]:
    """Declares a kind of swap."""

    def declare(function: Swap) -> Swap:
        SWAPS[kind] = function
        return function

    return declare


def _called(parts: Parts, pattern: str) -> list[str]:
    return [name for name in parts if re.fullmatch(pattern, name)]


def _two(rng: Rng, of: Sequence[str]) -> list[str]:
    if len(of) < 2:
        raise Unfit
    return rng.sample(of, 2)


def _one(rng: Rng, of: Sequence[str]) -> str:
    if not of:
        raise Unfit
    return rng.choice(of)


def _exchanged(xml: bytes, pattern: bytes, rng: Rng) -> bytes:
    """The text with what the first group of two matches holds in each other's place."""
    found = list(re.finditer(pattern, xml, re.DOTALL))
    if len(found) < 2:
        raise Unfit
    one, other = sorted(rng.sample(found, 2), key=lambda m: m.start(1))
    pieces = (xml[: one.start(1)], other[1], xml[one.end(1) : other.start(1)], one[1], xml[other.end(1) :])
    return b"".join(pieces)


def _within(part: str, pattern: bytes) -> Swap:
    """Two pieces of one part, of those whose names match."""

    def change(parts: Parts, _: Parts, rng: Rng) -> None:
        name = _one(rng, _called(parts, part))
        parts[name] = _exchanged(parts[name], pattern, rng)

    return change


def _between(part: str, pattern: bytes) -> Swap:
    """The same piece of two parts."""

    def change(parts: Parts, _: Parts, rng: Rng) -> None:
        having = [n for n in _called(parts, part) if re.search(pattern, parts[n], re.DOTALL)]
        one, other = _two(rng, having)
        parts[one], parts[other] = _crossed(parts[one], parts[other], pattern)

    return change


def _crossed(one: bytes, other: bytes, pattern: bytes) -> tuple[bytes, bytes]:
    a, b = re.search(pattern, one, re.DOTALL), re.search(pattern, other, re.DOTALL)
    if a is None or b is None:
        raise Unfit
    return (
        one[: a.start(1)] + b[1] + one[a.end(1) :],
        other[: b.start(1)] + a[1] + other[b.end(1) :],
    )


def _lent(part: str, pattern: bytes) -> Swap:
    """A piece of a part, as it is in another part of the same workbook: two have it now."""

    def change(parts: Parts, _: Parts, rng: Rng) -> None:
        having = [n for n in _called(parts, part) if re.search(pattern, parts[n], re.DOTALL)]
        one, other = _two(rng, having)
        parts[one], _unused = _crossed(parts[one], parts[other], pattern)

    return change


def _from_the_other(part: str, pattern: bytes) -> Swap:
    """A piece of a part, as it is in another workbook."""

    def change(parts: Parts, others: Parts, rng: Rng) -> None:
        having = [n for n in _called(parts, part) if re.search(pattern, parts[n], re.DOTALL)]
        lending = [n for n in _called(others, part) if re.search(pattern, others[n], re.DOTALL)]
        one = _one(rng, having)
        parts[one], _unused = _crossed(parts[one], others[_one(rng, lending)], pattern)

    return change


def _contents(part: str) -> Swap:
    """The contents of two parts."""

    def change(parts: Parts, _: Parts, rng: Rng) -> None:
        one, other = _two(rng, _called(parts, part))
        parts[one], parts[other] = parts[other], parts[one]

    return change


def _content_of_the_other(part: str) -> Swap:
    """The content of a part, as it is in another workbook."""

    def change(parts: Parts, others: Parts, rng: Rng) -> None:
        parts[_one(rng, _called(parts, part))] = others[_one(rng, _called(others, part))]

    return change


SWAPS |= {
    "two sheets": _contents(_SHEET),
    "two tables": _contents(_TABLE),
    "any two parts": _contents(r".*"),
    "two parts' relations": _contents(r".*\.rels"),
    "another workbook's sheet": _content_of_the_other(_SHEET),
    "another workbook's table": _content_of_the_other(_TABLE),
    "another workbook's texts": _content_of_the_other(r"xl/sharedStrings\.xml"),
    "another workbook's styles": _content_of_the_other(r"xl/styles\.xml"),
    "another workbook's head": _content_of_the_other(r"xl/workbook\.xml"),
    "another workbook's relations": _content_of_the_other(r".*\.rels"),
    "another workbook's content types": _content_of_the_other(r"\[Content_Types\]\.xml"),
    "where two relations lead": _within(r".*\.rels", rb'\sTarget="([^"]*)"'),
    "kinds of two relations": _within(r".*\.rels", rb'\sType="([^"]*)"'),
    "ids of two relations": _within(r".*\.rels", rb'\sId="([^"]*)"'),
    "content types of two parts": _within(r"\[Content_Types\]\.xml", rb'ContentType="([^"]*)"'),
    "parts of two content types": _within(r"\[Content_Types\]\.xml", rb'PartName="([^"]*)"'),
    "names of two tables": _between(_TABLE, rb'displayName="([^"]*)"'),
    "one name for two tables": _lent(_TABLE, rb'displayName="([^"]*)"'),
    "one id for two tables": _lent(_TABLE, rb'<table\s[^>]*?\bid="([^"]*)"'),
    "areas of two tables": _between(_TABLE, rb'<table\s[^>]*?ref="([^"]*)"'),
    "one area for two tables": _lent(_TABLE, rb'<table\s[^>]*?ref="([^"]*)"'),
    "columns of two tables": _between(_TABLE, rb"(<tableColumns.*</tableColumns>)"),
    "two columns of a table": _within(_TABLE, rb'<tableColumn\s[^>]*?name="([^"]*)"'),
    "ids of two columns": _within(_TABLE, rb'<tableColumn\s[^>]*?\bid="([^"]*)"'),
    "styles of two cells": _within(_SHEET, rb'<c\s[^>]*?\ss="([^"]*)"'),
    "two cell formats": _within(r"xl/styles\.xml", rb"(<xf\s[^>]*/>)"),
    "two number formats": _within(r"xl/styles\.xml", rb'numFmtId="([^"]*)"'),
    "another workbook's cell formats": _from_the_other(r"xl/styles\.xml", rb"(<cellXfs.*</cellXfs>)"),
    "another workbook's conditional styles": _from_the_other(r"xl/styles\.xml", rb"(<dxfs.*(?:</dxfs>|/>))"),
    "names of two sheets": _within(r"xl/workbook\.xml", rb'<sheet\s[^>]*?name="([^"]*)"'),
    "relations of two sheets": _within(r"xl/workbook\.xml", rb'<sheet\s[^>]*?r:id="([^"]*)"'),
    "ids of two sheets": _within(r"xl/workbook\.xml", rb'<sheet\s[^>]*?sheetId="([^"]*)"'),
    "another workbook's list of sheets": _from_the_other(r"xl/workbook\.xml", rb"(<sheets>.*</sheets>)"),
    "another workbook's names": _from_the_other(r"xl/workbook\.xml", rb"(<definedNames>.*</definedNames>)"),
    "what two names stand for": _within(r"xl/workbook\.xml", rb"<definedName\s[^>]*>([^<]*)<"),
    "two defined names": _within(r"xl/workbook\.xml", rb'<definedName\s[^>]*?name="([^"]*)"'),
    "places of two cells": _within(_SHEET, rb'<c\s[^>]*?r="([^"]*)"'),
    "places of two rows": _within(_SHEET, rb'<row\s[^>]*?r="([^"]*)"'),
    "two rows": _within(_SHEET, rb"(<row\s[^>]*>.*?</row>)"),
    "types of two cells": _within(_SHEET, rb'<c\s[^>]*?\st="([^"]*)"'),
    "values of two cells": _within(_SHEET, rb"<v>([^<]*)</v>"),
    "two formulas": _within(_SHEET, rb"(<f[ >].*?</f>)"),
    "cells of two sheets": _between(_SHEET, rb"(<sheetData.*</sheetData>)"),
    "what follows the cells of two sheets": _between(_SHEET, rb"</sheetData>(.*)</worksheet>"),
    "what follows another workbook's cells": _from_the_other(_SHEET, rb"</sheetData>(.*)</worksheet>"),
    "what two tables belong to": _within(_SHEET, rb'<tablePart\s[^>]*?r:id="([^"]*)"'),
}


@swap("names of two parts")
def _names(parts: Parts, _: Parts, rng: Rng) -> None:
    one, other = _two(rng, list(parts))
    renamed = {one: other, other: one}
    whole = {renamed.get(name, name): content for name, content in parts.items()}
    parts.clear()
    parts.update(whole)


@swap("a part in another case")
def _in_another_case(parts: Parts, _: Parts, rng: Rng) -> None:
    name = _one(rng, list(parts))
    parts[rng.choice((name.upper(), name.lower(), name.title()))] = parts.pop(name)


@swap("another's content under a name in another case")
def _twice_by_case(parts: Parts, _: Parts, rng: Rng) -> None:
    one, other = _two(rng, list(parts))
    parts[one.upper()] = parts[other]


def _absolute(relations: bytes, folder: str) -> bytes:
    """Relationships that say where they lead from the package's beginning, not from their part's folder."""

    def written(match: re.Match[bytes]) -> bytes:
        inside = b"External" not in match[0]
        target = normpath(join("/", folder, match[2].decode())).encode() if inside else match[2]
        return match[1] + target + match[3]

    return re.sub(rb'(<Relationship\s[^<>]*?Target=")([^"]*)("[^<>]*>)', written, relations)


@swap("a part in another folder")
def _moved(parts: Parts, _: Parts, rng: Rng) -> None:
    """With all that leads to it and from it: such a workbook is sound."""
    old = _one(rng, _called(parts, r"xl/(worksheets|tables)/\w+\.xml"))
    new = rng.choice(("xl/else where/", "", "xl/")) + rng.choice(("a.xml", "Sheet1.xml", "table1.xml", "blad é.xml"))
    if new in parts:
        raise Unfit
    for name in _called(parts, r".*\.rels"):
        parts[name] = _absolute(parts[name], dirname(dirname(name))).replace(
            f'Target="/{old}"'.encode(), f'Target="/{new}"'.encode()
        )
    own = f"{dirname(old)}/_rels/{old.rpartition('/')[2]}.rels"
    if own in parts:
        folder = f"{dirname(new)}/" if dirname(new) else ""
        parts[f"{folder}_rels/{new.rpartition('/')[2]}.rels"] = parts.pop(own)
    parts[new] = parts.pop(old)
    parts[TYPES] = parts[TYPES].replace(f'"/{old}"'.encode(), f'"/{new}"'.encode())


@swap("a relation to another's part")
def _led_elsewhere(parts: Parts, _: Parts, rng: Rng) -> None:
    name = _one(rng, _called(parts, r".*\.rels"))
    target = b"/" + _one(rng, list(parts)).encode()
    found = list(re.finditer(rb'\sTarget="([^"]*)"', parts[name]))
    if not found:
        raise Unfit
    at = rng.choice(found)
    parts[name] = parts[name][: at.start(1)] + target + parts[name][at.end(1) :]


@swap("a relation outside")
def _outside(parts: Parts, _: Parts, rng: Rng) -> None:
    name = _one(rng, _called(parts, r".*\.rels"))
    found = list(re.finditer(rb'\sTarget="[^"]*"', parts[name]))
    if not found:
        raise Unfit
    at = rng.choice(found)
    where = rng.choice((at[0], b' Target="file:///etc/hostname"', b' Target="https://example.com/a.xml"'))
    parts[name] = parts[name][: at.start()] + where + b' TargetMode="External"' + parts[name][at.end() :]


@swap("a relation of another part too")
def _relation_lent(parts: Parts, _: Parts, rng: Rng) -> None:
    one, other = _two(rng, _called(parts, r"xl/.*\.rels"))
    lent = _one(rng, [m.decode("latin-1") for m in re.findall(_RELATION, parts[other])]).encode("latin-1")
    lent = re.sub(rb'\sId="[^"]*"', rng.choice((b' Id="rIdLent"', rb"\g<0>")), lent)
    absolute = _absolute(lent, dirname(dirname(other)))
    parts[one] = parts[one].replace(b"</Relationships>", absolute + b"</Relationships>")


@swap("a content type by its ending alone")
def _type_gone(parts: Parts, _: Parts, rng: Rng) -> None:
    found = list(re.finditer(rb"<Override\s[^<>]*/>", parts[TYPES]))
    if not found:
        raise Unfit
    at = rng.choice(found)
    parts[TYPES] = parts[TYPES][: at.start()] + parts[TYPES][at.end() :]


@swap("a content type's part in another case")
def _type_in_another_case(parts: Parts, _: Parts, rng: Rng) -> None:
    found = list(re.finditer(rb'PartName="([^"]*)"', parts[TYPES]))
    if not found:
        raise Unfit
    at = rng.choice(found)
    parts[TYPES] = parts[TYPES][: at.start(1)] + at[1].upper() + parts[TYPES][at.end(1) :]


@swap("one name for two sheets")
def _sheets_alike(parts: Parts, _: Parts, rng: Rng) -> None:
    xml = parts[BOOK]
    found = list(re.finditer(rb'<sheet\s[^>]*?name="([^"]*)"', xml))
    if len(found) < 2:
        raise Unfit
    one, other = rng.sample(found, 2)
    name = rng.choice((other[1], other[1].upper(), b" " + other[1]))
    parts[BOOK] = xml[: one.start(1)] + name + xml[one.end(1) :]


@swap("a sheet that shows another's part")
def _sheets_of_one_part(parts: Parts, _: Parts, rng: Rng) -> None:
    xml = parts[BOOK]
    found = list(re.finditer(rb'<sheet\s[^>]*?r:id="([^"]*)"', xml))
    if len(found) < 2:
        raise Unfit
    one, other = rng.sample(found, 2)
    parts[BOOK] = xml[: one.start(1)] + other[1] + xml[one.end(1) :]
