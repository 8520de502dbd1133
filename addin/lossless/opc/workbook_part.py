"""The workbook's own part: its sheets and their tabs, defined names, the date system, recalculation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from addin.lossless.opc.errors import Damaged, Refused
from addin.lossless.opc.markup import (
    RELATIONSHIPS,
    Element,
    escaped,
    plain,
    prefix_of,
    root,
    with_attribute,
    with_child,
)


class Name(NamedTuple):
    """A defined name.

    Attributes:
        attrs: its attributes but for the sheet it belongs to.
        text: what it stands for.
        sheet: the number of the sheet it belongs to, in the order of the tabs from 0; None for the whole workbook's.
    """

    attrs: Mapping[str, str]
    text: str
    sheet: int | None

    @property
    def name(self) -> str:
        """The name with case folded."""
        return self.attrs.get("name", "").casefold()


class BookPart:
    """The workbook part: sheets by name, the date system, recalculation.

    Raises:
        Refused: it is in the strict form.
        Damaged: it has no sheets.
    """

    def __init__(self, xml: bytes) -> None:
        self.xml = plain(xml)
        self.top = root(self.xml)
        self.prefix = prefix_of(self.top)
        holder = self.top.child("sheets")
        if holder is None:
            raise Damaged("The workbook has no worksheets.")
        self._holder = holder
        settings = self.top.child("workbookPr")
        self.date_1904 = settings is not None and settings.attrs.get("date1904", "0") in {"1", "true"}

    def sheets(self) -> list[tuple[str, str]]:
        """Each sheet's name and the id of its relationship, in the order of the tabs."""
        return [(e.attrs.get("name", ""), _relation_id(e.attrs)) for e in self._holder.children]

    def names(self) -> dict[str, str]:
        """What each defined name stands for; of one that sheets have for themselves, all that it does, by commas."""
        found: dict[str, str] = {}
        for e in self._names():
            name = e.attrs.get("name", "")
            found[name] = f"{found[name]},{e.text}" if name in found else e.text
        return found

    def _names(self) -> list[Element]:
        holder = self.top.child("definedNames")
        return holder.named("definedName") if holder else []

    def with_sheet_renamed(self, old: str, new: str) -> bytes:
        """The part with a sheet called otherwise; what refers to it is left to the caller.

        Args:
            old: as it is written in the part.
            new: a name that no other sheet has.
        """
        sheet = next(e for e in self._holder.children if e.attrs.get("name") == old)
        return self.xml[: sheet.start] + with_attribute(sheet.tag, "name", new) + self.xml[sheet.open_end :]

    def with_names(self, change: Callable[[str], str]) -> bytes:
        """The part with what its names stand for rewritten.

        Args:
            change: gives what a name stands for anew, by what it stood for; a formula without the equals sign.
        """
        xml = self.xml
        for e in reversed(self._names()):
            new = change(e.text)
            if new != e.text:
                xml = xml[: e.open_end] + escaped(new) + xml[e.close :]
        return xml

    def state(self, sheet: str) -> str:
        """Whether a sheet's tab is `visible`, `hidden` or `veryHidden`.

        Args:
            sheet: its name, as it is written in the part.
        """
        found = (e for e in self._holder.children if e.attrs.get("name") == sheet)
        return next((e.attrs.get("state", "visible") for e in found), "visible")

    def all_names(self) -> list[Name]:
        """The defined names, those of single sheets too."""
        found = []
        for e in self._names():
            attrs = {k: v for k, v in e.attrs.items() if k != "localSheetId" and ":" not in k}
            number = e.attrs.get("localSheetId", "")
            found.append(Name(attrs, e.text, int(number) if number.isdecimal() else None))
        return found

    def with_new_names(self, names: Iterable[Name], sheet: int) -> bytes:
        """The part with more names; those that belong to a sheet belong to the one with this number.

        Args:
            names: the names.
            sheet: the number, in the order of the tabs from 0, of the sheet that its own names belong to.
        """
        new = b"".join(self._name(name, sheet) for name in names)
        holder = self.top.child("definedNames")
        if holder is not None:
            return with_child(holder, new)
        whole = b"<%bdefinedNames>%b</%bdefinedNames>" % (self.prefix, new, self.prefix) if new else b""
        at = self._after("functionGroups", "externalReferences")
        return self.xml[:at] + whole + self.xml[at:]

    def _name(self, name: Name, sheet: int) -> bytes:
        tag = b"<%bdefinedName>" % self.prefix
        for key, value in name.attrs.items():
            tag = with_attribute(tag, key, value)
        if name.sheet is not None:
            tag = with_attribute(tag, "localSheetId", str(sheet))
        return tag + escaped(name.text) + b"</%bdefinedName>" % self.prefix

    def _after(self, *kinds: str) -> int:
        """The place after the sheets and elements of these kinds."""
        return [e.end for e in self.top.children if e.local in {"sheets", *kinds}][-1]

    def with_sheet(self, name: str, relation: str, state: str = "visible") -> bytes:
        """The part with one more sheet at the end.

        Args:
            name: one that no other sheet has.
            relation: the id of its relationship.
            state: `visible`, `hidden` or `veryHidden`.
        """
        number = max((e.number("sheetId", 0) for e in self._holder.children), default=0) + 1
        shown = b"" if state == "visible" else b' state="%b"' % escaped(state)
        values = (self.prefix, escaped(name), number, shown, RELATIONSHIPS.encode(), relation.encode())
        new = b'<%bsheet name="%b" sheetId="%d"%b xmlns:r="%b" r:id="%b"/>' % values
        return with_child(self._holder, new)

    def without_sheet(self, name: str) -> bytes:
        """The part without a sheet and the names that are its own.

        Args:
            name: as it is written in the part.

        Raises:
            Refused: no other sheet is to be seen.
        """
        sheet, number, front = self._leaving(name)

        def without(n: int) -> int:
            n = front if n == number else n
            return n - (n > number)

        cuts = [(sheet.start, sheet.end, b""), *self._views(without)]
        for e in self._names():
            owner = e.attrs.get("localSheetId", "")
            if owner == str(number):
                cuts.append((e.start, e.end, b""))
            elif owner.isdecimal():
                cuts.append((e.start, e.open_end, with_attribute(e.tag, "localSheetId", str(without(int(owner))))))
        xml = self._cut(cuts)
        return re.sub(rb"<(?:\w+:)?definedNames(?:\s[^<>]*)?>\s*</(?:\w+:)?definedNames\s*>", b"", xml)

    def with_sheet_hidden(self, name: str) -> bytes:
        """The part with a sheet's tab hidden; the one before it comes to the front where it was there.

        Args:
            name: as it is written in the part.

        Raises:
            Refused: no other sheet is to be seen.
        """
        sheet, number, front = self._leaving(name)
        views = self._views(lambda n: front if n == number else n)
        return self._cut([(sheet.start, sheet.open_end, with_attribute(sheet.tag, "state", "hidden")), *views])

    def _leaving(self, name: str) -> tuple[Element, int, int]:
        """A sheet that will not be seen any more, its number, and that of the one seen in its place."""
        sheets = self._holder.children
        number = next(n for n, e in enumerate(sheets) if e.attrs.get("name") == name)
        seen = [n for n, e in enumerate(sheets) if e.attrs.get("state", "visible") == "visible" and n != number]
        if not seen:
            raise Refused("it is the only sheet that is to be seen")
        return sheets[number], number, max((n for n in seen if n < number), default=seen[0])

    def _views(self, moved: Callable[[int], int]) -> list[tuple[int, int, bytes]]:
        """The windows' tags, for the sheets' new numbers."""
        found = []
        views = self.top.child("bookViews")
        for e in views.named("workbookView") if views else ():
            tag = e.tag
            for attr in ("activeTab", "firstSheet"):
                if attr in e.attrs:
                    tag = with_attribute(tag, attr, str(moved(e.number(attr, 0))))
            found.append((e.start, e.open_end, tag))
        return found

    def _cut(self, cuts: Iterable[tuple[int, int, bytes]]) -> bytes:
        xml = self.xml
        for start, end, new in sorted(cuts, reverse=True):
            xml = xml[:start] + new + xml[end:]
        return xml

    def with_sheets_shown(self, wanted: Callable[[str], bool]) -> tuple[bytes, list[str]]:
        """The part with hidden sheets shown, and the names of those that were hidden.

        Args:
            wanted: whether the sheet of a name is to be shown.
        """
        xml, shown = self.xml, list[str]()
        for e in reversed(self._holder.children):
            name = e.attrs.get("name", "")
            if wanted(name) and e.attrs.get("state", "visible") != "visible":
                tag = with_attribute(e.tag, "state", None)
                xml = xml[: e.start] + tag + xml[e.open_end :]
                shown.insert(0, name)
        return xml, shown

    def with_recalculation(self) -> bytes:
        """The part asking for all formulas to be computed when it is opened."""
        known = self.top.child("calcPr")
        if known is not None:
            tag = with_attribute(known.tag, "fullCalcOnLoad", "1")
            return self.xml[: known.start] + tag + self.xml[known.open_end :]
        at = self._after("functionGroups", "externalReferences", "definedNames")
        return self.xml[:at] + b'<%bcalcPr fullCalcOnLoad="1"/>' % self.prefix + self.xml[at:]


def _relation_id(attrs: Mapping[str, str]) -> str:
    return next((v for k, v in attrs.items() if k.endswith(":id")), "")
