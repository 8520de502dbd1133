"""Tables, as xlwings' tables: LibreOffice's database ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from addin.calc.owners import Page
from addin.calc.places import Area
from addin.calc.unsupported import refuse_unsupported


@refuse_unsupported
class Tables(base_classes.Tables, base_classes.Collection):
    """The tables of a sheet.

    Args:
        sheet: the sheet.
        known: their names, where they were just asked for; None to ask when they are wanted.
    """

    def __init__(self, sheet: Page, known: tuple[str, ...] | None = None) -> None:
        self.sheet, self._just_told = sheet, known

    @property
    def parent(self) -> Page:
        return self.sheet

    @property
    def api(self) -> Page:
        return self.sheet

    def _known(self) -> list[str]:
        if self._just_told is not None:
            return list(self._just_told)
        return [t["name"] for t in self.sheet.book.do("tables") if t["sheet"] == self.sheet.name]

    def __call__(self, key: str | int) -> Table:
        """As xlwings' own: one table.

        Args:
            key: its name, in which case does not count, or its place from 1.

        Raises:
            KeyError: there is none of this name.
            IndexError: there are not as many.
        """
        known = self._known()
        if isinstance(key, int):
            return Table(self.sheet, known[key - 1])
        for name in known:
            if name.casefold() == key.casefold():
                return Table(self.sheet, name)
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._known())

    def __iter__(self) -> Iterator[Table]:
        return iter([Table(self.sheet, name) for name in self._known()])

    def __contains__(self, key: str) -> bool:
        return any(name.casefold() == key.casefold() for name in self._known())

    def add(self, source_type: Any = None, source: Any = None, *_: Any, name: str | None = None, **__: Any) -> Table:
        """Makes a table of a range.

        Args:
            source_type: not used; xlwings hands it over.
            source: the cells, header included.
            name: the table's; a free one where it is None.

        Raises:
            NotDone: there is a table of this name.
        """
        area = getattr(source, "impl", source).area
        taken = {t["name"].casefold() for t in self.sheet.book.do("tables")} if name is None else set()
        number = 1
        while name is None:
            name = f"Table{number}" if f"table{number}" not in taken else None
            number += 1
        self.sheet.do("add_table", name=name, area=area)
        self._just_told = None
        return Table(self.sheet, name)


@refuse_unsupported
class Table(base_classes.Table):
    """One table.

    Args:
        sheet: the sheet that it stands on.
        name: its name.
    """

    def __init__(self, sheet: Page, name: str) -> None:
        self.sheet, self._name = sheet, name

    @property
    def api(self) -> Page:
        return self.sheet

    @property
    def parent(self) -> Page:
        return self.sheet

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.do("rename_table", name=self._name, to=value)
        self._name = value

    @property
    def display_name(self) -> str:
        return self._name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    def _told(self) -> dict[str, Any]:
        return dict(self.sheet.book.do("table", name=self._name))

    def _rows(self, first: int, last: int) -> Any:
        area = Area(*self._told()["area"])
        top, bottom = area.top + first, area.bottom + last
        return self.sheet.range(Area(top, area.left, bottom, area.right)) if top <= bottom else None

    @property
    def range(self) -> Any:
        return self.sheet.range(Area(*self._told()["area"]))

    @property
    def header_row_range(self) -> Any:
        area = Area(*self._told()["area"])
        return self.sheet.range(Area(area.top, area.left, area.top, area.right))

    @property
    def data_body_range(self) -> Any:
        return self._rows(1, -1 if self.show_totals else 0)

    @property
    def totals_row_range(self) -> Any:
        area = Area(*self._told()["area"])
        return self.sheet.range(Area(area.bottom, area.left, area.bottom, area.right)) if self.show_totals else None

    @property
    def insert_row_range(self) -> Any:
        return None

    @property
    def show_totals(self) -> bool:
        return bool(self._told()["totals"])

    @property
    def show_headers(self) -> bool:
        return True

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings' name
        """Gives the table another area.

        Args:
            range: the new cells, header included.

        Raises:
            ValueError: its header would be in another row.
        """
        area = getattr(range, "impl", range).area
        if area.top != self._told()["area"][0]:
            raise ValueError("A table's header stays in its row when the table is resized.")
        self.sheet.book.do("resize_table", name=self._name, area=area)

    def delete(self) -> None:
        """Makes it plain cells again."""
        self.sheet.book.do("remove_table", name=self._name)
