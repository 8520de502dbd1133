"""The references by which filled-in minutes find their way back into the workbook.

Each row to fill in carries its reference three times, since no carrier outlives every program: as the tag of its
content control, as hidden text with marks of its own at the start of its label, and as a bookmark around the label.
Rows are matched by these and never by position (docs/contract/documents.md, "Minutes come back").

A decision block's reference names what the decision answers, in parts that stay readable:
`F1,F4:programme:IM-003` (triggers, their scope, the issue or decision), `P3:DC-001` (a trigger), `IM-007` (an issue).
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, unquote

from workbook.model.light_dataclasses import dataclass

#: Word refuses longer tags.
LONGEST_TAG = 64
PREFIX = "champions"
BLOCK = "block"
ROW = "row"
ATTENDANCE_FIELD = "attendance"
NEW_ACTION = "new-action"
#: How the references of blocks begin that nobody had foreseen.
SPARE = "spare-"
#: The places of a decision block that are left to fill in, in their order.
BLOCK_FIELDS = ("decision", "rationale", "against", "action", "owner", "due", "services")
#: What stands around a reference that is hidden text.
OPENS, CLOSES = "⟦", "⟧"
_MARKED = re.compile(f"{OPENS}([^{OPENS}{CLOSES}]*){CLOSES}")
_BARE = re.compile(r"champions:[a-z-]+(?::[^\s{}]+)?")
#: Letters and digits that nobody mistakes for one another on paper.
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ2346789"
_CODE_LENGTH = 5
_BY_CODE = "~"
_SAFE = ":,.+~-"
_BOOKMARK = re.compile(r"cw_([a-z_]+?)(?:_([A-Z0-9]{5}))?(?:_Copy_\d+)*\Z")


@dataclass(frozen=True)
class Reference:
    """What a decision answers.

    Attributes:
        triggers: the ids of the triggers, in the order of the framework; may be none.
        scope: what they are about, as in a trigger's key; '' without triggers.
        subject: the id of the issue or decision in question; '' where there is none.
    """

    triggers: tuple[str, ...] = ()
    scope: str = ""
    subject: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the triggers, as on the Triggers sheet: F1:programme."""
        return tuple(f"{t}:{self.scope}" for t in self.triggers)

    def __str__(self) -> str:
        parts = [",".join(self.triggers), self.scope] if self.triggers else []
        return ":".join([*parts, *([self.subject] if self.subject else [])])


def parse_reference(words: str) -> Reference:
    """A reference from its words; the inverse of `str`.

    Example:
        >>> parse_reference("F1,F4:programme:IM-003").keys
        ('F1:programme', 'F4:programme')
    """
    parts = words.split(":", 2)
    if len(parts) == 1:
        return Reference(subject=parts[0])
    return Reference(tuple(parts[0].split(",")), parts[1], parts[2] if len(parts) > 2 else "")


@dataclass(frozen=True)
class Place:
    """A row to fill in.

    Attributes:
        field: `block` for the block itself, one of `BLOCK_FIELDS`, or the name of a place outside the blocks.
        reference: what the block is about, or which row, or ''.
    """

    field: str
    reference: str = ""


def tag(field: str, reference: str = "") -> str:
    """The reference of a row to fill in, spelled out, without a bare blank.

    Args:
        field: see `Place`.
        reference: see `Place`.
    """
    return ":".join(quote(part, safe=_SAFE) for part in (PREFIX, field, reference) if part)


def place_of(words: str) -> Place | None:
    """The place that `tag` spelled out; None for anything else."""
    prefix, _, rest = unquote(words.strip()).partition(":")
    field, _, reference = rest.partition(":")
    return Place(field, reference) if prefix == PREFIX and field else None


def code_of(reference: str) -> str:
    """Five signs that stand for a reference in small print, in bookmarks and in tags that would be too long."""
    number = int.from_bytes(hashlib.blake2b(reference.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    return "".join(_SIGNS[number // len(_SIGNS) ** n % len(_SIGNS)] for n in range(_CODE_LENGTH))


def seen_reference(reference: Reference) -> str:
    """A reference in small print: what it is about, and its code.

    Example:
        >>> seen_reference(Reference(("F1",), "programme", "IM-012")).split(" · ")[0]
        'IM-012'
    """
    about = reference.subject or ", ".join(reference.keys)
    return f"{about} · {code_of(str(reference))}"


def short_tag(whole: str) -> str:
    """A tag as Word takes it: its reference gives way to its code where it would be longer than 64 signs.

    So does one that begins as a code does, which would be taken for one.
    """
    place = place_of(whole)
    if place is None or (len(whole) <= LONGEST_TAG and not place.reference.startswith(_BY_CODE)):
        return whole
    return f"{PREFIX}:{place.field}:{_BY_CODE}{code_of(place.reference)}"


def bookmark(place: Place) -> str:
    """The name of the bookmark around a row's label: at most 33 signs, since Writer adds to a copy's."""
    code = f"_{code_of(place.reference)}" if place.reference else ""
    return f"cw_{place.field.replace('-', '_')}{code}"


def place_of_tag(words: str, by_code: dict[str, str]) -> Place | None:
    """The place that a control's tag names.

    Args:
        words: the tag.
        by_code: the references of the document by their codes.
    """
    place = place_of(words)
    if place is None or not place.reference.startswith(_BY_CODE):
        return place
    known = by_code.get(place.reference.removeprefix(_BY_CODE))
    return Place(place.field, known) if known is not None else None


def place_of_bookmark(name: str, by_code: dict[str, str]) -> Place | None:
    """The place that a bookmark names, a copy's too; None for one that isn't ours or whose code is not known."""
    found = _BOOKMARK.match(name)
    if found is None:
        return None
    field = found[1].replace("_", "-")
    if not found[2]:
        return Place(field)
    known = by_code.get(found[2])
    return Place(field, known) if known is not None else None


def marked(whole: str) -> str:
    """A reference as hidden text."""
    return f"{OPENS}{whole}{CLOSES}"


def split_marks(text: str) -> tuple[list[str], str]:
    """The references that a hidden text spells out, and what else it says.

    The marks that an earlier version wrote, without signs around them, are known too.
    """
    found = _MARKED.findall(text)
    rest = _MARKED.sub("", text)
    if not found:
        found = _BARE.findall(rest)
        rest = _BARE.sub("", rest)
    return found, rest.strip(f"{OPENS}{CLOSES} \n\t")
