"""A workbook being changed, as all operations know it: its sheets, tables, names and styles, and what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from addin.lossless.edit.pages import Pages
from addin.lossless.edit.pending import Concerned
from addin.lossless.formula.reference_shift import Growth
from addin.lossless.opc import parts
from addin.lossless.opc.bounds import MOST_SHEETS, MOST_TYPED_PARTS, refuse_many
from addin.lossless.opc.cells import Area, Value
from addin.lossless.opc.errors import Damaged, Refused
from addin.lossless.opc.part_names import part_key
from addin.lossless.opc.workbook_part import BookPart, Name
from addin.lossless.worksheet import layout, tables
from addin.lossless.worksheet.tables import Region

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET_TYPE, _TABLE_TYPE = f"{_SPREADSHEET}.worksheet+xml", f"{_SPREADSHEET}.table+xml"
STYLES_TYPE = f"{_SPREADSHEET}.styles+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


class State(Pages):
    """A workbook's sheets, tables, names and styles, with the changes that wait until it is written.

    Args:
        data: the whole file.

    Raises:
        Damaged: it is not a whole workbook.
        Refused: it is one that can't be changed safely: encrypted, signed, shared or strict.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._part = self._workbook_part()
        self._refuse_unsafe()
        self.relations = {r.id: r for r in self.relations_of(self._part)}
        self.head = BookPart(self.read(self._part))
        refuse_many(len(self.head.sheets()), MOST_SHEETS, "sheets")
        self._refuse_sheets_alike()
        refuse_many(self.read(parts.TYPES_PART).count(b"<"), MOST_TYPED_PARTS, "parts with a type")
        self.date_1904 = self.head.date_1904
        known = [(name, self.relations[rel]) for name, rel in self.head.sheets() if rel in self.relations]
        self.sheets: dict[str, str] = {name: r.target for name, r in known if r.kind == "worksheet"}
        self._tables: dict[str, Region] | None = None
        #: The worksheets taken over from another workbook, with the tables and names that came with each.
        self.grafted: dict[str, frozenset[str]] = {}
        self.new_formulas = False
        self.growths: list[Growth] = []
        #: The formulas that were found concerned when this was last asked.
        self.concerned: Concerned | None = None

    def _workbook_part(self) -> str:
        if parts.ROOT_RELATIONS not in self.package or parts.TYPES_PART not in self.package:
            raise Damaged("The file is not an Excel workbook.")
        for relation in self.relations_of(""):
            if relation.kind == "officeDocument" and relation.target in self.package:
                return relation.target
        raise Damaged("The file is not an Excel workbook.")

    def _refuse_unsafe(self) -> None:
        for name in map(part_key, self.package.entries):
            if name.startswith("_xmlsignatures/"):
                raise Refused(
                    "The workbook is digitally signed; writing into it would break the signature.",
                    "Take the signature away, or work on a copy without it.",
                )
            if "/revisions/" in f"/{name}":
                raise Refused(
                    "The workbook is in Excel's old “shared workbook” mode.", "Switch that off, then try again."
                )
        head = self.read(self._part)
        kind = b"spreadsheetml"
        if kind not in head:
            raise Damaged("The file is a document of another program, not an Excel workbook.")

    def _refuse_sheets_alike(self) -> None:
        """Refuses two sheets of one name: which of them a formula, a link or we mean can't be known."""
        seen = set[str]()
        for name, _ in self.head.sheets():
            if name.casefold() in seen:
                raise Refused(
                    f"Two sheets of the workbook are called “{name}”.",
                    "Open it in Excel, which gives one of them another name, save it, and try again.",
                )
            seen.add(name.casefold())

    # -- what is there --------------------------------------------------------------------------------------------

    def names(self) -> dict[str, str]:
        """What each defined name stands for."""
        return self.head.names()

    def rename_names(self, change: Callable[[str], str]) -> None:
        """Rewrites what defined names stand for.

        Args:
            change: gives what a name stands for anew, by what it stood for; without the equals sign.
        """
        xml = self.head.with_names(change)
        if xml != self.head.xml:
            self._set_head(xml)

    def _set_head(self, xml: bytes) -> None:
        self.head = BookPart(xml)
        self.changed[self._part] = xml

    def tables(self) -> dict[str, Region]:
        """All tables, by name with case folded."""
        if self._tables is None:
            self._tables = {t.name.casefold(): t for t in self._find_tables()}
        return self._tables

    def _find_tables(self) -> Iterator[Region]:
        for sheet, part in self.sheets.items():
            for relation in self.relations_of(part):
                if relation.kind == "table" and self.has(relation.target):
                    yield tables.read_table(self.read(relation.target), sheet, relation.target)

    def table(self, name: str) -> Region:
        """A table by its name.

        Args:
            name: in whatever case.

        Raises:
            Refused: there is none.
        """
        found = self.tables().get(name.casefold())
        if found is None:
            raise Refused(f"The workbook has no table “{name}”.")
        return found

    def value(self, sheet: str, row: int, column: int) -> Value:
        """What a cell holds in the file; changes that wait may not be seen yet.

        Args:
            sheet: the worksheet's name.
            row, column: of the cell, counted from 1.
        """
        return self.sheet(sheet).value(row, column)

    def properties(self) -> dict[str, str]:
        """The custom document properties, as text."""
        part = self._custom_part()
        return parts.read_properties(self.read(part)) if part else {}

    def _custom_part(self) -> str:
        found = self.relations_of("")
        return next((r.target for r in found if r.kind == "custom-properties"), "")

    # -- changes --------------------------------------------------------------------------------------------------

    def add_table_column(self, region: Region, header: str) -> None:
        """Names one more column in a table's own part.

        Args:
            region: the table.
            header: a name that no other column of it has.
        """
        if region.part:
            self.changed[region.part] = tables.with_column(self.read(region.part), header)
            region.headers = (*region.headers, header)

    def set_properties(self, values: Mapping[str, str]) -> None:
        """Sets custom document properties, as text.

        Args:
            values: by name; the case of names does not count.
        """
        part = self._custom_part()
        if part:
            self.changed[part] = parts.with_properties(self.read(part), values)
            return
        part = self.free_name("docProps/custom{}.xml")
        self.add_part(part, parts.with_properties(None, values), _CUSTOM_TYPE)
        self.relate("", "custom-properties", part)

    def add_sheet(self, name: str) -> None:
        """Adds an empty worksheet at the end.

        Args:
            name: at most 31 characters, none of which Excel forbids: that is for the caller to see to.

        Raises:
            Refused: there is a sheet of this name, be it one that holds no cells.
        """
        if name.casefold() in {known.casefold() for known, _ in self.head.sheets()}:
            raise Refused(f"The workbook has a sheet “{name}” already.", "Give that another name, then try again.")
        part = self.free_name("xl/worksheets/sheet{}.xml", first=1)
        self.add_part(part, parts.new_sheet(), SHEET_TYPE)
        self.place_sheet(name, part)

    def place_sheet(self, name: str, part: str, state: str = "visible", names: Iterable[Name] = ()) -> None:
        """Enters a worksheet whose part is there already, with names that are its own or the workbook's.

        Args:
            name: one that no other sheet has.
            part: the worksheet's part.
            state: `visible`, `hidden` or `veryHidden`.
            names: the defined names that come with it.
        """
        relation = self.relate(self._part, "worksheet", part)
        self._set_head(self.head.with_sheet(name, relation, state))
        self._set_head(self.head.with_new_names(names, len(self.head.sheets()) - 1))
        self.sheets[name] = part

    def displace_sheet(self, name: str) -> None:
        """Takes a worksheet's entry in the workbook away: its tab, its relationship and its own names.

        Args:
            name: the worksheet's, as it is written in the workbook.
        """
        relation = dict(self.head.sheets())[name]
        where = self.relations_part(self._part)
        self.changed[where] = parts.without_relation(self.read(where), relation)
        self._set_head(self.head.without_sheet(name))
        page = self._open.pop(self.sheets.pop(name), None)
        self.new_formulas = self.new_formulas or page is None or page.has_formulas
        self._outdated.discard(name)
        self.grafted.pop(name, None)

    def call_sheet(self, old: str, new: str) -> None:
        """Has a worksheet's tab show another name; what refers to the sheet is left to the caller.

        Args:
            old: as it is written in the workbook.
            new: one that no other sheet has.
        """
        self._set_head(self.head.with_sheet_renamed(old, new))
        self.sheets = {new if name == old else name: part for name, part in self.sheets.items()}
        for table in self.tables().values():
            table.sheet = new if table.sheet == old else table.sheet
        self._outdated = {new if name == old else name for name in self._outdated}
        self.grafted = {new if name == old else name: known for name, known in self.grafted.items()}

    def show_sheets(self, names: Iterable[str]) -> list[str]:
        """Shows the tabs of worksheets; gives the names of those that were hidden.

        Args:
            names: in whatever case; those that are not there are passed over.
        """
        wanted = {name.casefold() for name in names}
        xml, shown = self.head.with_sheets_shown(lambda name: name.casefold() in wanted)
        if shown:
            self._set_head(xml)
        return shown

    def hide_sheet(self, name: str) -> None:
        """Hides the tab of a worksheet.

        Args:
            name: as it is written in the workbook.

        Raises:
            Refused: no other sheet is to be seen, or what the sheet holds can't be read.
        """
        if self.head.state(name) != "visible":
            return
        page = self.sheet(name)
        self._set_head(self.head.with_sheet_hidden(name))
        page.deselect()

    def add_table_part(self, name: str, sheet: str, area: Area, headers: tuple[str, ...]) -> Region:
        """Makes a table of cells that are already put.

        Args:
            name: the table's.
            sheet: the worksheet's.
            area: its cells, header included.
            headers: the columns' names.
        """
        part = self.free_name("xl/tables/table{}.xml", first=1)
        number, called = self.next_table_id(), self.free_table_name(name)
        self.add_part(part, tables.new_table(number, name, area, headers, called), _TABLE_TYPE)
        page = self.sheet(sheet)
        relation = self.relate(self.sheets[sheet], "table", part)
        page.tail = layout.with_table_part(page.tail, page.prefix, relation)
        region = tables.read_table(self.read(part), sheet, part)
        self.tables()[name.casefold()] = region
        return region

    def next_table_id(self) -> int:
        """A number that no table has."""
        return tables.next_id(self._table_parts())

    def free_table_name(self, name: str) -> str:
        """What a new table is called by programs: its name, with a number where another table is called so.

        Args:
            name: the one that people see.
        """
        taken = set[str]().union(*map(tables.names_in, self._table_parts()))
        names = (f"{name}_{n}" if n else name for n in range(len(taken) + 1))
        return next(n for n in names if n.casefold() not in taken)

    def _table_parts(self) -> Iterator[bytes]:
        """The parts that hold tables, by their content type or by a sheet's relationship: programs go by either."""
        found = [part for part, kind in self.types().items() if kind == _TABLE_TYPE]
        found += [r.target for part in self.sheets.values() for r in self.relations_of(part) if r.kind == "table"]
        return (self.read(part) for part in dict.fromkeys(found) if self.has(part))
