"""Cells, as xlwings' ranges: every read and write is one block."""

from __future__ import annotations

from typing import Any, Self

from xlwings import base_classes

from addin.calc.fonts import Font, packed
from addin.calc.owners import Page
from addin.calc.places import COLUMNS, ROWS, Area, link_as_calc, link_as_excel, quoted, write
from addin.calc.unsupported import refuse_unsupported
from addin.calc.values import read_block, write_block

#: Hundredths of a millimetre in a point, and what one digit of the standard font takes.
_POINT, _DIGIT = 2540 / 72, 193
#: LibreOffice keeps heights in twentieths of a point.
_TWIP = _POINT / 20


@refuse_unsupported
class Range(base_classes.Range):
    """A block of cells of a sheet. What has no docstring is as in xlwings; `insert` goes without copy_origin."""

    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet: Page, area: Area) -> None:
        self.sheet, self.area = sheet, area
        self.options: dict[str, Any] = {}
        self.arg1_input = ""

    def do(self, operation: str, **arguments: Any) -> Any:
        """Has the agent do something with these cells.

        Args:
            operation: its name in `addin.calc.agent.operations`.
            arguments: what JSON holds.

        Raises:
            NotDone: it refused, or what was asked for is not there.
        """
        return self.sheet.do(operation, area=self.area, **arguments)

    @property
    def api(self) -> Self:
        """This object: `do` asks for the agent's operations."""
        return self

    def _other(self, area: Area) -> Range:
        return Range(self.sheet, area)

    # -- where ----------------------------------------------------------------------------------------------------

    @property
    def row(self) -> int:
        return self.area.top + 1

    @property
    def column(self) -> int:
        return self.area.left + 1

    @property
    def shape(self) -> tuple[int, int]:
        return self.area.shape

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return self.sheet.name, self.row, self.column, *self.shape

    @property
    def address(self) -> str:
        return write(self.area) if len(self) else ""

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        place = write(self.area, row_absolute=row_absolute, column_absolute=col_absolute)
        if not external:
            return place
        book = self.sheet.book.name
        return f"{quoted(f'[{book}]{self.sheet.name}')}!{place}"

    def __call__(self, arg1: Any, arg2: Any = None) -> Range:
        if arg2 is None:
            columns = self.shape[1]
            row, column = divmod(arg1 - 1, columns)
        else:
            row, column = arg1 - 1, arg2 - 1
        top, left = self.area.top + row, self.area.left + column
        if not (0 <= top < ROWS and 0 <= left < COLUMNS):
            raise IndexError("There is no such cell on a sheet.")
        return self._other(Area(top, left, top, left))

    @property
    def rows(self) -> list[Range]:
        area = self.area
        return [self._other(Area(n, area.left, n, area.right)) for n in range(area.top, area.bottom + 1)]

    @property
    def columns(self) -> list[Range]:
        area = self.area
        return [self._other(Area(area.top, n, area.bottom, n)) for n in range(area.left, area.right + 1)]

    @property
    def current_region(self) -> Range:
        return self._other(Area(*self.do("region")))

    def end(self, direction: str) -> Range:
        row, column = self.sheet.do("edge", row=self.area.top, column=self.area.left, direction=_DIRECTIONS[direction])
        return self._other(Area(row, column, row, column))

    @property
    def merge_area(self) -> Range:
        return self._other(Area(*self.do("merged")))

    @property
    def merge_cells(self) -> bool:
        return self.merge_area.area != Area(self.area.top, self.area.left, self.area.top, self.area.left)

    def merge(self, across: bool) -> None:
        for part in self.rows if across else [self]:
            part.do("merge", together=True)

    def unmerge(self) -> None:
        self.do("merge", together=False)

    def select(self) -> None:
        self.do("choose")

    # -- what is in them ------------------------------------------------------------------------------------------

    def _clipped(self) -> Area:
        """The cells that can hold something, where whole columns or rows were asked for."""
        if self.area.bottom < ROWS - 1 and self.area.right < COLUMNS - 1:
            return self.area
        used = Area(*self.sheet.do("used"))
        bottom, right = min(self.area.bottom, used.bottom), min(self.area.right, used.right)
        return Area(self.area.top, self.area.left, max(bottom, self.area.top), max(right, self.area.left))

    @property
    def raw_value(self) -> Any:
        """A cell's value, or a block's as rows."""
        if not len(self):
            return None
        rows = read_block(self.sheet.do("read", area=self._clipped()), self.sheet.book.null_date)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        null_date = self.sheet.book.null_date
        if not isinstance(value, list | tuple):
            rows, columns = self.shape
            self.do("write", **write_block([[value] * columns] * rows, null_date).as_arguments())
            return
        if not value or not isinstance(value[0], list | tuple):
            value = [value]
        area = self.area
        target = Area(area.top, area.left, area.top + len(value) - 1, area.left + len(value[0]) - 1)
        self.sheet.do("write", area=target, **write_block(value, null_date).as_arguments())

    @property
    def formula(self) -> Any:
        """What was typed into the cells, formulas as Excel writes them."""
        rows = tuple(tuple(row) for row in self.sheet.do("read_formulas", area=self._clipped()))
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        """Types into the cells: what looks like a number becomes one."""
        rows, columns = self.shape
        if not isinstance(value, list | tuple):
            value = [[value] * columns] * rows
        elif not value or not isinstance(value[0], list | tuple):
            value = [value]
        typed = [["" if cell is None else _as_typed(cell) for cell in row] for row in value]
        area = self.area
        target = Area(area.top, area.left, area.top + len(typed) - 1, area.left + len(typed[0]) - 1)
        self.sheet.do("write_formulas", area=target, rows=typed)

    @property
    def formula2(self) -> Any:
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def has_array(self) -> bool:
        return False

    def clear_contents(self) -> None:
        self.do("clear")

    def clear_formats(self) -> None:
        self.do("clear", contents=False, formats=True)

    def clear(self) -> None:
        self.do("clear", formats=True)

    # -- how they look --------------------------------------------------------------------------------------------

    @property
    def number_format(self) -> str | None:
        code = self.do("number_format")
        return None if code is None else str(code)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.do("set_number_format", code=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        told = self.do("look", name="CellBackColor")
        return None if told is None or told < 0 else ((told >> 16) & 255, (told >> 8) & 255, told & 255)

    @color.setter
    def color(self, value: tuple[int, int, int] | int | None) -> None:
        self.do("set_look", name="CellBackColor", value=-1 if value is None else packed(value))

    @property
    def wrap_text(self) -> bool | None:
        told = self.do("look", name="IsTextWrapped")
        return None if told is None else bool(told)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.do("set_look", name="IsTextWrapped", value=bool(value))

    @property
    def font(self) -> Font:
        return Font(self)

    # -- how large they are ---------------------------------------------------------------------------------------

    @property
    def row_height(self) -> float | None:
        """In points; None where the rows differ."""
        told = set(self.sheet.do("extents", area=self._clipped(), axis="rows"))
        return round(told.pop() / _TWIP) / 20 if len(told) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.do("set_extent", axis="rows", extent=round(value * _POINT))

    @property
    def column_width(self) -> float | None:
        """In digits of the standard font; None where the columns differ."""
        told = set(self.sheet.do("extents", area=self._clipped(), axis="columns"))
        return round(told.pop() / _DIGIT, 2) if len(told) == 1 else None

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.do("set_extent", axis="columns", extent=round(value * _DIGIT))

    @property
    def row_hidden(self) -> bool | None:
        return self._hidden("rows")

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.do("set_extent", axis="rows", visible=not value)

    @property
    def column_hidden(self) -> bool | None:
        return self._hidden("columns")

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.do("set_extent", axis="columns", visible=not value)

    def _hidden(self, axis: str) -> bool | None:
        told = {extent == 0 for extent in self.sheet.do("extents", area=self._clipped(), axis=axis)}
        return told.pop() if len(told) == 1 else None

    def autofit(self, axis: str | None = None) -> None:
        for one in ("rows", "columns"):
            if axis in (None, one, one[0]):
                self.do("set_extent", axis=one, optimal=True)

    @property
    def left(self) -> float:
        return float(self.do("size")[0]) / _POINT

    @property
    def top(self) -> float:
        return float(self.do("size")[1]) / _POINT

    @property
    def width(self) -> float:
        return float(self.do("size")[2]) / _POINT

    @property
    def height(self) -> float:
        return float(self.do("size")[3]) / _POINT

    # -- what is done with them -----------------------------------------------------------------------------------

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        self.do("shift", how=self._shift(shift, "down", "right"), insert=True)

    def delete(self, shift: str | None = None) -> None:
        self.do("shift", how=self._shift(shift, "up", "left"), insert=False)

    def _shift(self, asked: str | None, downward: str, sideward: str) -> str:
        if self.area.right - self.area.left == COLUMNS - 1:
            return "rows"
        if self.area.bottom - self.area.top == ROWS - 1:
            return "columns"
        if asked is None:
            rows, columns = self.shape
            asked = sideward if rows > columns else downward
        return "right" if asked.removesuffix("s") in ("right", "left", "to_right", "to_left") else "down"

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        """As xlwings' own: the areas of these cells that are of one kind.

        Args:
            cell_type: `blanks`, `constants`, `formulas` or `visible`.
            value_type: `errors` for error values alone; None for all.

        Raises:
            NotImplementedError: another type of value is asked for.
        """
        if value_type not in (None, "errors"):
            raise NotImplementedError("LibreOffice tells errors alone from other values through this engine.")
        asked = {"area": self._clipped(), "kind": cell_type, "errors": value_type is not None}
        return [self._other(Area(*area)) for area in self.sheet.do("special", **asked)]

    def copy_from(self, source_range: Any, copy_type: str, skip_blanks: bool, transpose: bool) -> None:
        """Takes the formats of cells of the same sheet over.

        Args:
            source_range: cells of the same sheet.
            copy_type: `formats`; no other is offered.
            skip_blanks, transpose: must be False.

        Raises:
            NotImplementedError: something else is asked for.
        """
        source = getattr(source_range, "impl", source_range)
        if copy_type != "formats" or skip_blanks or transpose or source.sheet != self.sheet:
            raise NotImplementedError("LibreOffice copies formats alone, within a sheet, through this engine.")
        self.do("copy_formats", source=source.area)

    @property
    def hyperlink(self) -> str:
        """The address that the first cell's link leads to.

        Raises:
            Exception: it has none.
        """
        told = self.sheet.do("link", row=self.area.top, column=self.area.left)
        if told is None:
            raise Exception("The cell doesn't seem to contain a hyperlink!")  # noqa: TRY002 - as xlwings' engines do
        return link_as_excel(str(told))

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Gives the first cell a link: to an address, or within the workbook by `#Sheet!A1`.

        Args:
            address: a web address, or `#Sheet!A1`.
            text_to_display: what the cell shows; the address where it is None.
            screen_tip: not used; LibreOffice shows the address.
        """
        words = text_to_display if text_to_display is not None else address
        self.do("links", rows=[(0, 0, link_as_calc(address), words)])

    @property
    def table(self) -> Any:
        """The table that the first cell lies in; None if it lies in none."""
        for found in self.sheet.tables:
            area = found.range.area
            if area.top <= self.area.top <= area.bottom and area.left <= self.area.left <= area.right:
                return found
        return None

    @property
    def name(self) -> Any:
        """The name of exactly these cells; None if they have none."""
        for found in self.sheet.book.names:
            if found.refers_to == f"={quoted(self.sheet.name)}!{self.address}":
                return found
        return None

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"={quoted(self.sheet.name)}!{self.address}")


def _as_typed(cell: Any) -> str:
    return repr(cell) if isinstance(cell, float) else str(cell)


_DIRECTIONS = {said: way for way in ("down", "up", "left", "right") for said in (way, way[0])}
