"""The parts of a package with changes that wait: what is new, rewritten or gone, and how the parts hang together."""

from __future__ import annotations

from typing import NamedTuple

from addin.lossless.formula.formula_index import Computed
from addin.lossless.opc import parts
from addin.lossless.opc.markup import RELATIONSHIPS
from addin.lossless.opc.package import Content, Package
from addin.lossless.opc.part_names import part_key, relations_part


class Concerned(NamedTuple):
    """The formulas that may give another result after the changes so far.

    Attributes:
        sheets: the worksheets that were looked through.
        counts: all that tells which these are.
        found: with their worksheets; None for all of one that has very many.
    """

    sheets: tuple[str, ...]
    counts: tuple[object, ...]
    found: tuple[tuple[str, Computed | None], ...]


class WaitingParts:
    """A package whose changes wait until it is written.

    Args:
        data: the whole file.

    Attributes:
        package: the file as it is.
        changed: the new content of each part that changes; None for one that goes.

    Raises:
        Damaged: it is not a whole package.
    """

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self.changed: dict[str, Content | None] = {}

    def read(self, part: str) -> bytes:
        """A part as it will be written.

        Args:
            part: its name, in whatever case.

        Raises:
            Damaged: there is no such part, or it can't be unpacked.
            Refused: it would take far more room unpacked than a workbook's part does.
        """
        part = self.package.name_of(part)
        content = self.changed.get(part)
        if content is None:
            self.package.refuse_swollen(part)
            return self.package.read(part)
        return content if isinstance(content, bytes) else b"".join(content)

    def has(self, part: str) -> bool:
        """Whether there is a part of this name, as it will be written.

        Args:
            part: its name, in whatever case.
        """
        part = self.package.name_of(part)
        return self.changed[part] is not None if part in self.changed else part in self.package

    def relations_of(self, part: str) -> list[parts.Relation]:
        """The relationships of a part, as they will be written.

        Args:
            part: its name; "" for the package itself.
        """
        where = self.relations_part(part)
        found = parts.relations(self.read(where), part) if self.has(where) else []
        return [r._replace(target=self.package.name_of(r.target)) for r in found]

    def relations_part(self, part: str) -> str:
        """The name of the part that holds another's relationships, as it is written where it is there.

        Args:
            part: the other's name; "" for the package itself.
        """
        return self.package.name_of(relations_part(part))

    @property
    def types_part(self) -> str:
        """The name of the part that holds the content types."""
        return self.package.name_of(parts.TYPES_PART)

    def types(self) -> dict[str, str]:
        """The content type of each part that has one of its own, as they will be written."""
        found = parts.types(self.read(parts.TYPES_PART)).items()
        return {self.package.name_of(part): kind for part, kind in found}

    def free_name(self, pattern: str, *, first: int = 0) -> str:
        """The name of a part that is not there yet.

        Args:
            pattern: holds {} where its number goes.
            first: the first number that is tried; 0 is not written. Some programs find tables by their numbers alone.
        """
        taken = {part_key(n) for n in (*self.package.entries, *self.changed)}
        names = (pattern.format(n or "") for n in range(first, len(taken) + first + 2))
        return next(n for n in names if part_key(n) not in taken)

    def add_part(self, part: str, content: bytes, kind: str) -> None:
        """Adds a part of a content type.

        Args:
            part: a name that is not there yet, as `free_name` gives it.
            content: the part.
            kind: its whole content type.
        """
        self.changed[part] = content
        self.changed[self.types_part] = parts.with_type(self.read(parts.TYPES_PART), part, kind)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Adds a relationship to a part, and gives its id.

        Args:
            part: the part that leads there; "" for the package itself.
            kind: the last word of the relationship's type, as `table`.
            target: the name of the part that is led to.
        """
        where = self.relations_part(part)
        known = self.read(where) if self.has(where) else None
        # an id that the part names, though nothing has it, would lead to the new target by mistake
        named = parts.ids_named(self.read(part)) if self.has(part) else set()
        goal = parts.relative(target, part)
        self.changed[where], new_id = parts.with_relation(known, f"{RELATIONSHIPS}/{kind}", goal, named)
        return new_id

    def remove_part(self, part: str) -> None:
        """Takes a part away, with its content type and relationships.

        Args:
            part: its name, as it is written in the package.
        """
        self.changed[self.types_part] = parts.without_type(self.read(parts.TYPES_PART), part)
        for gone in (part, self.relations_part(part)):
            if gone in self.package:
                self.changed[gone] = None
            else:
                self.changed.pop(gone, None)

    def unrelate(self, part: str, target: str) -> str:
        """Takes a part's relationship to another away, and gives the id that it had.

        Args:
            part: the part that leads there.
            target: the name of the part that is led to.

        Raises:
            StopIteration: no relationship of the part leads there.
        """
        relation = next(r for r in self.relations_of(part) if r.target == target)
        where = self.relations_part(part)
        self.changed[where] = parts.without_relation(self.read(where), relation.id)
        return relation.id
