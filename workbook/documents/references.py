"""The hidden references by which filled-in minutes find their way back into the workbook.

Each place to fill in is a content control whose tag says what it is for. A tag survives moving, editing and saving,
in Word and in LibreOffice, so that minutes are matched by it and never by position (docs/contract/documents.md).

A decision block's reference names what the decision answers, in parts that stay readable:
`F1,F4:programme:IM-003` (triggers, their scope, the issue or decision), `P3:DC-001` (a trigger), `IM-007` (an issue).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

#: Word refuses longer tags.
LONGEST_TAG = 64
PREFIX = "champions"
BLOCK = "block"
#: The places of a decision block that are left to fill in, in their order.
BLOCK_FIELDS = ("decision", "rationale", "against", "action", "owner", "due", "services")


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


def tag(field: str, reference: str = "") -> str:
    """The tag of a place to fill in; where it would be longer than Word allows, its end gives way to a digest.

    Args:
        field: `block` for the block itself, one of `BLOCK_FIELDS`, or the name of a place outside the blocks.
        reference: what the block is about, or which row, or ''.
    """
    whole = ":".join(part for part in (PREFIX, field, reference) if part)
    if len(whole) <= LONGEST_TAG:
        return whole
    digest = hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return f"{whole[: LONGEST_TAG - len(digest) - 1]}~{digest}"
