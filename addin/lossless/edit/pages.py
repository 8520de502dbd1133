"""The worksheets of a workbook that is changed: opened when they are first asked for, or looked at."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from addin.lossless.edit.pending import WaitingParts
from addin.lossless.opc.errors import Refused
from addin.lossless.opc.markup import plain
from addin.lossless.opc.package import Content
from addin.lossless.worksheet.cell_marks import may_have_formulas
from addin.lossless.worksheet.sheet import Sheet
from addin.lossless.worksheet.strings import SharedStrings
from addin.lossless.worksheet.styles import Styles, minimal

#: Worksheets up to this many bytes are kept when they were looked at: the same is asked of them several times.
_SMALL = 16 << 20


class Pages(WaitingParts):
    """A package with the worksheets of its workbook, their styles and texts.

    Args:
        data: the whole file.

    Attributes:
        sheets: the worksheets' parts, by name in the order of the tabs.
        date_1904: whether days count from 1904.
    """

    sheets: dict[str, str]
    date_1904: bool
    _part: str

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._open: dict[str, Sheet] = {}
        self._styles: Styles | None = None
        self._outdated: set[str] = set()
        self._without_formulas: set[str] = set()
        self._seen: dict[str, tuple[Content | None, Sheet]] = {}

    def sheet(self, name: str) -> Sheet:
        """A worksheet, opened when it is first asked for.

        Args:
            name: as it is written in the workbook.

        Raises:
            Refused: there is none of this name.
        """
        if name not in self.sheets:
            raise Refused(f"The workbook has no worksheet “{name}”.")
        part = self.sheets[name]
        if part not in self._open:
            self._open[part] = self._known(part) or self._page(self.read(part))
        return self._open[part]

    def shared_text(self, number: int) -> str:
        """A text that cells share, by its number counted from 0."""
        return self.strings.text(number)

    @property
    def styles(self) -> Styles:
        """The cell styles."""
        if self._styles is None:
            found = self._related("styles")
            self._styles = Styles(self.read(found)) if found else Styles(minimal())
        return self._styles

    def opened(self) -> list[tuple[str, Sheet]]:
        """The worksheets that have been opened so far, by name."""
        return [(name, self._open[part]) for name, part in self.sheets.items() if part in self._open]

    def glance(self, name: str) -> Sheet | None:
        """A worksheet to look at, None where it has no formulas; it is not kept.

        Args:
            name: the worksheet's, as it is written in the workbook.
        """
        part = self.sheets[name]
        page = self._open.get(part)
        if page is None:
            if part in self._without_formulas:
                return None
            page = self._glanced(part)
            if page is None:
                self._without_formulas.add(part)
                return None
            if name in self._outdated:
                self._open[part] = page
        return page if page.has_formulas or page.new_formulas else None

    def _glanced(self, part: str) -> Sheet | None:
        """A worksheet with formulas as it was read before, unless its part is another one now."""
        page = self._known(part)
        if page is None:
            xml = plain(self.read(part))
            if not may_have_formulas(xml):
                return None
            page = self._page(xml)
            if len(xml) <= _SMALL:
                self._seen[part] = self.changed.get(part), page
        return page

    def _known(self, part: str) -> Sheet | None:
        """A worksheet that was looked at and is as it was then."""
        written, page = self._seen.get(part, (None, None))
        return page if self.changed.get(part) is written else None

    def _page(self, xml: bytes) -> Sheet:
        return Sheet(xml, self.styles, self.shared_text, date_1904=self.date_1904)

    def around(self, name: str) -> bytes:
        """The part of a worksheet that isn't opened, in plain form, to be searched around its cells.

        Args:
            name: the worksheet's, as it is written in the workbook.
        """
        page = self._known(self.sheets[name])
        return page.xml if page is not None else plain(self.read(self.sheets[name]))

    def look(self, name: str) -> Sheet:
        """A worksheet to look at; it is not kept.

        Args:
            name: the worksheet's, as it is written in the workbook.
        """
        part = self.sheets[name]
        return self._open.get(part) or self._page(self.read(part))

    def outdate(self, sheets: Iterable[str]) -> None:
        """Lets worksheets show no result that may no longer hold, as on those that are changed themselves.

        Args:
            sheets: their names; those that are not there are passed over.
        """
        self._outdated.update(s for s in sheets if s in self.sheets)

    def may_be_outdated(self) -> list[tuple[str, Sheet]]:
        """The worksheets whose last results are looked through: the changed ones, and those that `outdate` named."""
        also = [(name, page) for name in sorted(self._outdated) if (page := self.glance(name)) is not None]
        changed = ((n, p) for n, p in self.opened() if (p.edits or p.rewritten) and n not in self._outdated)
        return [*changed, *also]

    @cached_property
    def strings(self) -> SharedStrings:
        """The texts that cells share."""
        part = self._related("sharedStrings")
        return SharedStrings(self.read(part) if part else b"")

    def _related(self, kind: str) -> str:
        found = self.relations_of(self._part)
        return next((r.target for r in found if r.kind == kind and self.has(r.target)), "")
