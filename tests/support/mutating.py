"""Workbooks made wrong on purpose, the same for the same random numbers: `mutated`.

A package is taken apart; one or a few of its parts are changed in ways that programs, disks and people change them;
it is put together again in one of the forms that packages come in; and sometimes what holds the parts together is
changed too.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

_TAG = re.compile(rb"<[^<>]+>")
_ATTRIBUTE = re.compile(rb"""\s[\w:]+="[^"<]*\"""")
_VALUE = re.compile(rb'="([^"<]*)"')
_TEXT = re.compile(rb">([^<>]+)<")
#: What stands in no sound workbook, in the place of a value.
_ODD = (
    b"",
    b" ",
    b"0",
    b"-1",
    b"00",
    b"1.5",
    b"1e999",
    b"-1e-400",
    b"nan",
    b"99999999999999999999",
    b"4294967295",
    b"2147483648",
    b"1048577",
    b"16385",
    b"true",
    b"A0",
    b"A1048577",
    b"XFE1",
    b"ZZZZ9",
    b"A1:",
    b"B9:A1",
    b"$A$1:$XFD$1048576",
    b"A1:XFD1048576",
    b"#REF!",
    b"\xc2\xb2",
    b"\xd9\xa3",
    b"&#0;",
    b"&#x110000;",
    b"&nothing;",
    b"&amp",
    b"_x0000_",
    b"_xD800_",
    b"\x00",
    b"\xff\xfe",
    b"../../../etc/x",
    b"/",
    b"#",
    b"x" * 40_000,
    b"&lt;" * 9,
    b"\xf0\x9f\x8d\x8a",
)
_DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "hahaha"><!ENTITY c "&b;&b;&b;&b;">]>'
Rng = random.Random


def mutated(data: bytes, rng: Rng) -> bytes:
    """A workbook made wrong in a random way."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = [Member(i.filename.encode(), package.read(i)) for i in package.infolist()]
    how = rng.random()
    if how < 0.75:
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            _change_a_part(members, rng)
    if how > 0.65:
        for _ in range(rng.choice((1, 1, 2))):
            rng.choice(_OF_THE_PACKAGE)(members, rng)
    elif rng.random() < 0.2:
        for member in members:
            member.descriptor, member.large = rng.random() < 0.5, rng.random() < 0.5
    made = packed(members)
    return rng.choice(_OF_THE_BYTES)(made, rng) if how > 0.9 else made


# -- parts ------------------------------------------------------------------------------------------------------------


def _change_a_part(members: list[Member], rng: Rng) -> None:
    """Changes one part; those whose content we read come more often."""
    read = (b"sheet", b"table", b"workbook", b"styles", b".rels", b"sharedStrings", b"Content_Types", b"custom.xml")
    weights = [6 if any(word in m.name for word in read) else 1 for m in members]
    member = rng.choices(members, weights)[0]
    member.content = rng.choice(_OF_XML)(member.content, rng)


def _spot(pattern: re.Pattern[bytes], xml: bytes, rng: Rng) -> re.Match[bytes] | None:
    """A random match: parts are long, so it is looked for from a random place on, half of the time near the top."""
    start = rng.randrange(len(xml) + 1) if rng.random() < 0.5 else rng.randrange(min(len(xml), 1500) + 1)
    return pattern.search(xml, start) or pattern.search(xml)


def _tag_dropped(xml: bytes, rng: Rng) -> bytes:
    found = _spot(_TAG, xml, rng)
    return xml[: found.start()] + xml[found.end() :] if found else xml


def _tag_doubled(xml: bytes, rng: Rng) -> bytes:
    found = _spot(_TAG, xml, rng)
    return xml[: found.end()] + found[0] * rng.choice((1, 1, 2, 500)) + xml[found.end() :] if found else xml


def _tag_elsewhere(xml: bytes, rng: Rng) -> bytes:
    one, other = _spot(_TAG, xml, rng), _spot(_TAG, xml, rng)
    return xml[: other.start()] + one[0] + xml[other.start() :] if one and other else xml


def _tag_renamed(xml: bytes, rng: Rng) -> bytes:
    found = _spot(re.compile(rb"</?([\w:]+)"), xml, rng)
    other = _spot(re.compile(rb"</?([\w:]+)"), xml, rng)
    return xml[: found.start(1)] + other[1] + xml[found.end(1) :] if found and other else xml


def _element_dropped(xml: bytes, rng: Rng) -> bytes:
    found = _spot(re.compile(rb"<([\w:]+)(?:\s[^<>]*)?>(?:(?!<\1[\s>]).){0,3000}?</\1>", re.DOTALL), xml, rng)
    return xml[: found.start()] + xml[found.end() :] if found else xml


def _element_doubled(xml: bytes, rng: Rng) -> bytes:
    found = _spot(re.compile(rb"<([\w:]+)(?:\s[^<>]*)?>(?:(?!<\1[\s>]).){0,3000}?</\1>", re.DOTALL), xml, rng)
    return xml[: found.end()] + found[0] + xml[found.end() :] if found else xml


def _elements_swapped(xml: bytes, rng: Rng) -> bytes:
    found = _spot(
        re.compile(rb"(<(\w+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\2>))(<(\w+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\4>))"), xml, rng
    )
    return xml[: found.start()] + found[3] + found[1] + xml[found.end() :] if found else xml


def _attribute_dropped(xml: bytes, rng: Rng) -> bytes:
    found = _spot(_ATTRIBUTE, xml, rng)
    return xml[: found.start()] + xml[found.end() :] if found else xml


def _attribute_doubled(xml: bytes, rng: Rng) -> bytes:
    found = _spot(_ATTRIBUTE, xml, rng)
    return xml[: found.end()] + found[0] + xml[found.end() :] if found else xml


def _value_odd(xml: bytes, rng: Rng) -> bytes:
    found = _spot(_VALUE, xml, rng)
    return xml[: found.start(1)] + rng.choice(_ODD) + xml[found.end(1) :] if found else xml


def _values_swapped(xml: bytes, rng: Rng) -> bytes:
    found, other = _spot(_VALUE, xml, rng), _spot(_VALUE, xml, rng)
    return xml[: found.start(1)] + other[1] + xml[found.end(1) :] if found and other else xml


def _text_odd(xml: bytes, rng: Rng) -> bytes:
    found = _spot(_TEXT, xml, rng)
    return xml[: found.start(1)] + rng.choice(_ODD) + xml[found.end(1) :] if found else xml


def _quoted_otherwise(xml: bytes, rng: Rng) -> bytes:
    found = _spot(_TAG, xml, rng)
    if not found:
        return xml
    made = rng.choice((found[0].replace(b'"', b"'"), found[0].replace(b"=", b" = "), found[0].replace(b" ", b"\n\t ")))
    return xml[: found.start()] + made + xml[found.end() :]


def _nested(xml: bytes, rng: Rng) -> bytes:
    found = _spot(_TAG, xml, rng)
    at, depth = found.end() if found else 0, rng.choice((3, 1000, 200_000))
    return xml[:at] + b"<a>" * depth + b"</a>" * depth + xml[at:]


def _something_within(xml: bytes, rng: Rng) -> bytes:
    found = _spot(_TAG, xml, rng)
    at = found.end() if found else 0
    what = (
        b"<!-- -- -->",
        b"<!-- <row/> -->",
        b"<![CDATA[<c r='A1'>]]>",
        b"<?pi <x> ?>",
        b"<![CDATA[",
        b"<!--",
        b"<",
        b"&",
    )
    odd = (b"<x:y/>", b"<c/>", b'<row r="3"/>', b"<f>1+</f>", b"<mc:AlternateContent/>", b"\x00", b"\xc3", b"]]>")
    return xml[:at] + rng.choice((*what, *odd)) + xml[at:]


def _in_another_encoding(xml: bytes, rng: Rng) -> bytes:
    text = xml.decode("utf-8", "replace")
    made = rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-8-sig", "utf-7"))
    said = rng.choice((made, "UTF-8", "UTF-16", "base64", "rot13", "idna", "zlib", "none", "utf_8_sig", "undefined"))
    text = re.sub(r'encoding="[^"]*"', f'encoding="{said}"', text, count=1)
    return text.encode(made, "replace")


def _with_entities(xml: bytes, rng: Rng) -> bytes:
    at = xml.find(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    made = xml[:at] + _DOCTYPE + xml[at:]
    found = _spot(_TEXT, made, rng)
    return made[: found.start(1)] + b"&c;" + made[found.end(1) :] if found else made


def _prefixed(xml: bytes, rng: Rng) -> bytes:
    made = re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1m:\2", xml).replace(b" xmlns=", b" xmlns:m=", 1)
    return made if rng.random() < 0.7 else made.replace(b"xmlns:m=", b"xmlns:n=", 1)


def _strict(xml: bytes, rng: Rng) -> bytes:
    new = rng.choice((b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"urn:none", b""))
    return xml.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", new)


def _cut(xml: bytes, rng: Rng) -> bytes:
    at = rng.randrange(len(xml) + 1)
    return rng.choice((xml[:at], xml[at:], b""))


def _bytes_changed(xml: bytes, rng: Rng) -> bytes:
    made = bytearray(xml)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(made) + 1)
        made[at : at + rng.randint(0, 20)] = rng.randbytes(rng.randint(0, 8))
    return bytes(made)


_OF_XML: tuple[Callable[[bytes, Rng], bytes], ...] = (
    *(_tag_dropped, _tag_doubled, _tag_elsewhere, _tag_renamed, _element_dropped, _element_doubled, _elements_swapped),
    *(_attribute_dropped, _attribute_doubled, _value_odd, _value_odd, _value_odd, _values_swapped, _values_swapped),
    *(_text_odd, _text_odd, _quoted_otherwise, _nested, _something_within, _something_within, _in_another_encoding),
    *(_with_entities, _prefixed, _strict, _cut, _bytes_changed),
)


# -- the package ------------------------------------------------------------------------------------------------------


@dataclass
class Member:
    """A part and how it is packed; what is None is as it must be."""

    name: bytes
    content: bytes
    descriptor: bool = False
    large: bool = False
    method: int | None = None
    crc: int | None = None
    size: int | None = None
    compressed: int | None = None
    offset: int | None = None
    flags: int = 0


def packed(members: list[Member]) -> bytes:
    """The package, each part in the form it asks for: with a data descriptor behind it, or with zip64's sizes."""
    out, central = io.BytesIO(), []
    for m in members:
        method = 8 if m.method is None else m.method
        pack = zlib.compressobj(1, zlib.DEFLATED, -15)
        body = m.content if method == 0 else pack.compress(m.content) + pack.flush()
        crc = zlib.crc32(m.content) if m.crc is None else m.crc
        size = len(m.content) if m.size is None else m.size
        short = len(body) if m.compressed is None else m.compressed
        at = out.tell() if m.offset is None else m.offset
        flags = m.flags | (8 if m.descriptor else 0)
        seen = (0, 0, 0) if m.descriptor else (crc, short, size)
        extra = b""
        if m.large:
            extra = struct.pack("<2H3Q", 1, 24, size, short, at)
            seen = (seen[0], 0xFFFFFFFF, 0xFFFFFFFF)
        local = struct.pack("<2H2Q", 1, 16, size, short) if m.large else b""
        head = (45 if m.large else 20, flags, method, 0, 0x21)
        out.write(struct.pack("<4s5H3L2H", b"PK\3\4", *head, *seen, len(m.name), len(local)) + m.name + local + body)
        if m.descriptor:
            out.write(b"PK\7\x08" + struct.pack("<L2Q" if m.large else "<3L", crc, short, size))
        sizes = (crc, 0xFFFFFFFF, 0xFFFFFFFF) if m.large else (crc, short, size)
        place = 0xFFFFFFFF if m.large else at
        names = (len(m.name), len(extra), 0, 0, 0, 0, place)
        central.append(struct.pack("<4s6H3L5H2L", b"PK\1\2", 45, *head, *sizes, *names) + m.name + extra)
    start, directory = out.tell(), b"".join(central)
    out.write(directory)
    count = (len(central), len(central))
    if any(m.large for m in members):
        end = out.tell()
        out.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, *count, len(directory), start))
        out.write(struct.pack("<4sLQL", b"PK\6\7", 0, end, 1))
    out.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *count, len(directory), start, 0))
    return out.getvalue()


def _names_swapped(members: list[Member], rng: Rng) -> None:
    one, other = rng.choice(members), rng.choice(members)
    one.name, other.name = other.name, one.name


def _name_odd(members: list[Member], rng: Rng) -> None:
    one = rng.choice(members)
    upper = one.name.upper()
    odd = (upper, one.name.replace(b"/", b"\\"), b"/" + one.name, b"../" + one.name, b"\xff\xfe", b"", one.name + b"/")
    one.name = rng.choice(odd)
    one.flags = rng.choice((0, 0x800))


def _left_out(members: list[Member], rng: Rng) -> None:
    members.remove(rng.choice(members))


def _twice(members: list[Member], rng: Rng) -> None:
    one = rng.choice(members)
    members.append(Member(one.name, rng.choice((one.content, b"<a/>"))))


def _number_wrong(members: list[Member], rng: Rng) -> None:
    one = rng.choice(members)
    which = rng.choice(("crc", "size", "compressed", "offset"))
    odd = (0, 1, 20, len(one.content) + 1, len(one.content) // 2, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
    setattr(one, which, rng.choice(odd))


def _method_odd(members: list[Member], rng: Rng) -> None:
    rng.choice(members).method = rng.choice((0, 1, 9, 12, 14, 93, 99))


def _flag_odd(members: list[Member], rng: Rng) -> None:
    rng.choice(members).flags = 1 << rng.randrange(16)


def _bomb(members: list[Member], rng: Rng) -> None:
    one = rng.choice(members)
    one.content += b" " * rng.choice((1_000_000, 40_000_000))
    one.size = rng.choice((None, 100))


_OF_THE_PACKAGE: tuple[Callable[[list[Member], Rng], None], ...] = (
    *(_names_swapped, _name_odd, _left_out, _twice, _number_wrong, _number_wrong, _method_odd, _flag_odd, _bomb),
)


# -- the bytes --------------------------------------------------------------------------------------------------------


def _cut_short(data: bytes, rng: Rng) -> bytes:
    return data[: rng.randrange(len(data))]


def _piece_gone(data: bytes, rng: Rng) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.randint(1, 5000) :]


def _something_before(data: bytes, rng: Rng) -> bytes:
    return rng.randbytes(rng.randint(1, 100)) + data


def _something_behind(data: bytes, rng: Rng) -> bytes:
    return data + rng.choice((b"\0" * 70_000, b"\0", b"PK\5\6", data[-22:], data))


def _end_changed(data: bytes, rng: Rng) -> bytes:
    end = bytearray(data)
    at = len(end) - rng.randint(1, 120)
    end[at : at + 2] = rng.choice((b"\0\0", b"\xff\xff", b"\1\0", rng.randbytes(2)))
    return bytes(end)


_OF_THE_BYTES = (_cut_short, _piece_gone, _something_before, _something_behind, _end_changed, _bytes_changed)
