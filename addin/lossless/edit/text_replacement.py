"""Another text in the place of a name, wherever a workbook's parts hold it: nothing else changes by a byte.

Text is looked for as people see it: over the runs of a rich text, behind entities, in whatever attribute shows it. What
programs go by stays: names of sheets, tables and defined names, references, relationships. In formulas it is replaced
within texts and headings of columns alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from addin.lossless.opc.markup import escaped
from addin.lossless.opc.package import Package
from addin.lossless.opc.part_text import unescaped, utf8


@dataclass(frozen=True)
class Span:
    """A piece of a text, and what takes its place."""

    start: int
    end: int
    new: str


#: Says what is to be replaced in a text as people see it.
Finder = Callable[[str], Sequence[Span]]


#: A piece of a text: where it stands in its part, and what people see of it.
_Piece = tuple[int, int, str]


@dataclass(frozen=True)
class Found:
    """A place where a text was replaced, or where it stands and was left.

    Attributes:
        part: of the package.
        kind: "text", "formula", "header", "attribute" or "name"; a name is never replaced.
        text: as it stood.
        place: of a shared text its number, of another cell its address; '' elsewhere.
    """

    part: str
    kind: str
    text: str
    place: str = ""


@dataclass
class Replaced:
    """The parts that change, and where.

    Attributes:
        parts: the new contents by part.
        done: what was replaced.
        left: names that programs go by, and parts that can't be read as text.
    """

    parts: dict[str, bytes] = field(default_factory=dict)
    done: list[Found] = field(default_factory=list)
    left: list[Found] = field(default_factory=list)


_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[(?P<data>.*?)\]\]>|<\?.*?\?>|"
    rb"<(?P<close>/?)(?:[\w.-]+:)?(?P<name>[\w.-]+)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|(?P<text>[^<]+)",
    re.DOTALL,
)
_TAG = re.compile("<[^<>]*>")
_ATTRIBUTE = re.compile(rb"([\w.:-]+)(\s*=\s*)(\"[^\"]*\"|'[^']*')")
#: Elements whose pieces of text are one text: a shared or inline string, a note, a paragraph of a shape, a header.
_WHOLE = frozenset((b"si", b"is", b"text", b"p"))
#: What breaks a line within a paragraph of a shape.
_BREAK = b"br"
#: What stands between the pieces and is read by nobody as part of the text.
_APART = frozenset((b"rPh",))
_FORMULAS = frozenset(
    (
        *(b"f", b"formula", b"formula1", b"formula2", b"definedName", b"calculatedColumnFormula"),
        *(b"totalsRowFormula", b"oldFormula"),
    )
)
_HEADERS = frozenset(place + what for place in (b"odd", b"even", b"first") for what in (b"Header", b"Footer"))
#: A code of a header: & and a letter, a font in quotation marks, a size, a colour.
_CODES = re.compile(r"&(?:K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|[A-JL-Za-z&]|\"[^\"]*\"|\d+ ?)")
#: Attributes that are formulas, and those by which programs find things.
_FORMULA_ATTRIBUTES = frozenset((b"location",))
_FIXED = frozenset((b"ref", b"sqref", b"r", b"spans", b"PartName", b"ContentType", b"Extension", b"Type", b"sheetName"))
_NAMED = {b"sheet": {b"name"}, b"definedName": {b"name"}, b"table": {b"name", b"displayName"}, b"sheetName": {b"val"}}
_PIECES = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'!?|\[[^\[\]]*\]")
#: Parts that hold pictures and the like.
_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?|svg)\Z", re.IGNORECASE)


#: Says whether a text stays as it is, by its part and its place there; of a table's column that is @ and its name, of a
#: heading within a formula, or above a cell's prompt, the heading in its brackets.
Keeps = Callable[[str, str], bool]


def _nothing(_part: str, _place: str) -> bool:
    return False


def replace_text(package: Package, finder: Finder, *, keep: Keeps = _nothing, probes: Collection[str] = ()) -> Replaced:
    """Replaces a text in all parts of a package.

    Args:
        package: the workbook.
        finder: says what is to be replaced in a text.
        keep: says which texts stay as they are, by part and place.
        probes: words in small letters of which a text that is found holds one; parts that hold none are passed over.
    """
    found = Replaced()
    for name in package.entries:
        if _PICTURES.search(name):
            continue
        raw = package.read(name)
        if name.endswith((".xml", ".rels", ".vml")):
            data = utf8(raw)
            if probes and not _may_hold(data, probes):
                continue
            new = _Part(name, data, finder, found, keep).replaced()
            if new != data:
                found.parts[name] = new
        elif any(finder(raw.decode(code, "ignore")) for code in ("latin-1", "utf-16-le")):
            found.left.append(Found(name, "name", ""))
    return found


def _may_hold(data: bytes, probes: Collection[str]) -> bool:
    """Whether a part may hold a text, be it over several runs, or spelt in numbers."""
    if b"&#" in data:
        return True
    low = data.decode("utf-8", "replace").casefold()
    return any(p in low for p in probes) or any(p in _TAG.sub("", low) for p in probes)


class _Part:
    """One part on its way."""

    def __init__(self, name: str, data: bytes, finder: Finder, found: Replaced, keep: Keeps) -> None:
        self.name, self.data, self.finder, self.found, self.keep = name, data, finder, found, keep
        self._edits: list[tuple[int, int, bytes]] = []
        self._open: list[bytes] = []
        self._cell, self._strings = "", -1
        self._moves: Sequence[tuple[int, int]] = ()

    def replaced(self) -> bytes:
        """The part with its texts replaced."""
        pieces: list[_Piece] = []
        whole = 0
        for token in _TOKEN.finditer(self.data):
            if token["name"] is not None:
                name, ends = token["name"], bool(token["close"])
                if name == _BREAK and whole and not ends:
                    pieces.append((token.start(), token.start(), "\n"))
                if name in _WHOLE and not token["rest"].endswith(b"/"):
                    if ends and whole == 1:
                        self._text(pieces)
                        pieces = []
                    whole += -1 if ends else 1
                self._tag(token)
            elif token["text"] is not None or token["data"] is not None:
                self._words(token, pieces if whole else None)
        return self._made()

    def _words(self, token: re.Match[bytes], pieces: list[_Piece] | None) -> None:
        """Words between tags: a piece of a text that is looked at as a whole, or all of it."""
        in_data = token["text"] is None
        start, end = token.span("data" if in_data else "text")
        inside = self._open[-1] if self._open else b""
        if inside in _FORMULAS:
            self._formula((start, end), in_data=in_data)
        elif inside in _HEADERS:
            self._header((start, end))
        elif pieces is None or not _APART & set(self._open):
            piece = (start, end, unescaped(self.data[start:end]))
            if pieces is None:
                self._text([piece] if piece[2].strip() else ())
            else:
                pieces.append(piece)

    def _tag(self, token: re.Match[bytes]) -> None:
        name, rest = token["name"], token["rest"]
        if token["close"]:
            if self._open:
                self._open.pop()
            return
        if name == b"si":
            self._strings += 1
        if name in (b"c", b"comment", b"threadedComment"):
            at = re.search(rb"\b(?:r|ref)\s*=\s*[\"']([A-Z]{1,3}\d+)", rest)
            self._cell = at[1].decode() if at else ""
            self._moves = ()
        start = token.start("rest")
        if name == b"mention":
            self._mention(rest, start)
        for attribute in _ATTRIBUTE.finditer(rest):
            self._attribute(name, attribute, start)
        if not rest.endswith(b"/"):
            self._open.append(name)

    def _attribute(self, element: bytes, attribute: re.Match[bytes], start: int) -> None:
        key, value = attribute[1], unescaped(attribute[3][1:-1])
        if key == b"Target" and not self.finder(value) and self.finder(unquote(value)):
            self.found.left.append(Found(self.name, "name", unquote(value)))
        if key in _FIXED or key.startswith(b"xmlns") or not self.finder(value):
            return
        if key in _NAMED.get(element, ()) or (key == b"Target" and not value.casefold().startswith("mailto:")):
            self.found.left.append(Found(self.name, "name", value))
            return
        place = {(b"tableColumn", b"name"): f"@{value}", (b"dataValidation", b"promptTitle"): f"[{value}]"}
        if (element, key) in place and self.keep(self.name, place[element, key]):
            return
        within = key in _FORMULA_ATTRIBUTES
        new = self._in_formula(value) if within else self._in_text(value)
        if new != value:
            at = start + attribute.start(3) + 1
            self._edits.append((at, start + attribute.end(3) - 1, escaped(new)))
            self._tell("formula" if within else "attribute", value)

    def _formula(self, span: tuple[int, int], *, in_data: bool) -> None:
        value = _seen(self.data[slice(*span)], in_data=in_data)
        if not self.finder(value):
            return
        new = self._in_formula(value)
        if new != value:
            self._edits.append((*span, new.encode() if in_data else _between_tags(new)))
            self._tell("formula", value)

    def _header(self, span: tuple[int, int]) -> None:
        """The text of a page's header or footer: between its codes, of which one may stand right before a name."""
        value, at, made = unescaped(self.data[slice(*span)]), 0, list[str]()
        for code in _CODES.finditer(value):
            made += [self._in_text(value[at : code.start()]), code[0]]
            at = code.end()
        new = "".join([*made, self._in_text(value[at:])])
        if new != value:
            self._edits.append((*span, _between_tags(new)))
            self._tell("header", value)

    def _in_formula(self, formula: str) -> str:
        """A formula with its texts and headings of columns replaced; quoted names of sheets stay."""
        return _PIECES.sub(lambda m: m[0] if self._stays(m[0]) else self._in_text(m[0]), formula)

    def _stays(self, piece: str) -> bool:
        return piece.startswith("'") or (piece.startswith("[") and self.keep(self.name, piece))

    def _in_text(self, text: str) -> str:
        for span in reversed(self.finder(text)):
            text = text[: span.start] + span.new + text[span.end :]
        return text

    def _text(self, pieces: Sequence[_Piece]) -> None:
        """A text that may stand in several pieces: what is new stands in the first that held of the old."""
        whole = "".join(text for _, _, text in pieces)
        spans = self.finder(whole)
        if not spans or self.keep(self.name, self._place):
            return
        self._moves = [(_signs(whole[: s.end]), _signs(s.new) - _signs(whole[s.start : s.end])) for s in spans]
        at = 0
        for start, end, text in pieces:
            changed = text
            for span in reversed(spans):
                first, last = max(span.start, at), min(span.end, at + len(text))
                if first < last:
                    new = span.new if at <= span.start else ""
                    changed = changed[: first - at] + new + changed[last - at :]
            if changed != text and start < end:
                self._edits.append((start, end, _between_tags(changed)))
            at += len(text)
        self._tell("text", whole)

    def _mention(self, rest: bytes, start: int) -> None:
        """Where somebody is named within a comment, which counts its signs as UTF-16 does."""
        held = {a[1]: a for a in _ATTRIBUTE.finditer(rest)}
        at, length = held.get(b"startIndex"), held.get(b"length")
        if at is None or length is None or not self._moves:
            return
        first, last = int(at[3][1:-1]), int(at[3][1:-1]) + int(length[3][1:-1])
        begins = first + sum(more for end, more in self._moves if end <= first)
        ends = last + sum(more for end, more in self._moves if end <= last)
        for attribute, value in ((at, begins), (length, ends - begins)):
            self._edits.append((start + attribute.start(3) + 1, start + attribute.end(3) - 1, str(value).encode()))

    def _tell(self, kind: str, text: str) -> None:
        self.found.done.append(Found(self.name, kind, text, self._place))

    @property
    def _place(self) -> str:
        return str(self._strings) if self._strings >= 0 else self._cell

    def _made(self) -> bytes:
        if not self._edits:
            return self.data
        made, at = [], 0
        for start, end, new in sorted(self._edits):
            made += [self.data[at:start], new]
            at = end
        return b"".join([*made, self.data[at:]])


def _between_tags(text: str) -> bytes:
    return escaped(text).replace(b"&quot;", b'"').replace(b"&#10;", b"\n").replace(b"&#9;", b"\t")


def _signs(text: str) -> int:
    """How many signs UTF-16 counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _seen(raw: bytes, *, in_data: bool) -> str:
    return raw.decode("utf-8", "replace") if in_data else unescaped(raw)


_STRING_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*?\bt=\"s\")[^>]*?\br=\"([A-Z]{1,3}\d+)\"[^>]*>\s*(?:<(?:\w+:)?f\b.*?</(?:\w+:)?f>)?"
    rb"<(?:\w+:)?v>(\d+)</"
)


def cells_of_strings(sheet: bytes) -> Iterator[tuple[str, int]]:
    """The cells of a worksheet that hold a shared text: address, and the text's number.

    Args:
        sheet: the part.
    """
    for cell in _STRING_CELL.finditer(utf8(sheet)):
        yield cell[1].decode(), int(cell[2])
