r"""The vocabulary in which the master workbook is declared.

A register is declared once, as a class whose attributes are its columns, in the order of the contract
(docs/contract/registers.md). Everything else is derived from that: how a cell is read and checked, the row objects that
rules work on, the sheets of a new workbook, its validations, and the reference pages.

    class Meetings(Register, sheet="Meetings", area=Area.IMPROVE, purpose="..."):
        meeting_id = ID(r"MT-\d{3,}").required("Meeting ID")
        held_on = DATE.required("Held on", event=True)

`Meetings.held_on` is the `Column`; `row.held_on`, on a row of the register, is the value. A column that is required
is typed as never missing, because rules read it through `View.usable`, which leaves out the rows where it is.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, overload

from workbook.model.light_dataclasses import dataclass, field

T = TypeVar("T")

#: Units whose numbers people also type in another form: 75% and 3:00.
PERCENT, HOURS = "percent", "hours"
#: Rows carry these before the values of their columns.
_ROW_FIELDS = ("sheet_row", "ordinal", "bad")


class Area(enum.StrEnum):
    """The groups of sheets, in the order of the work."""

    SETUP = "Setup"
    PREPARE = "Prepare"
    SUPPORT = "Support"
    IMPROVE = "Improve"
    EVIDENCE = "Evidence"
    RESULTS = "Results"


class Kind(enum.StrEnum):
    """What a cell of a column holds (docs/contract/registers.md, Conventions)."""

    ID = "id"
    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes/no"
    SCORE = "score"
    NUMBER = "number"
    WHOLE = "whole"
    REFERENCE = "reference"
    PERSON = "person"
    LIST = "list"


@dataclass(frozen=True, eq=False)
class Column(Generic[T]):
    """One column of a register, or one setting.

    Attributes:
        header: the header as written in the workbook.
        also: other headers that the contract's words allow for it; read where `header` itself is not there.
        choices: the allowed values, for `Kind.CHOICE`.
        target: the table that a reference or list points to.
        pattern: the regular expression of an id.
        minimum, maximum: inclusive bounds of a number.
        event: the date on which the row happened, or a reference to the row that dates it. A row whose event date is
            later than `as of` does not exist.
        later: something that may happen to the row after its event. While later than `as of` it has not happened.
        pending: what the row's other columns say until then, as (attribute, value).
        future: a date that may lie in the future.
        monday: the date must be a Monday.
        roles: the roles one of which the person should hold; advice only.
        start: the date should not be before this column's date, in the same row.
        free: free text that people write, searched for what identifies a person.
        separated: a text that holds several values, separated by commas.
        person_owned: in a computed table, a column that a person fills in; a program never overwrites it.
        newer: workbooks of earlier versions do not have it, and miss nothing.
        default: what serves where the setting is blank.
        unit: of a number, `PERCENT` or `HOURS` where it is one of these.
        unit_in: the column that says the unit of each row's number; after a reference, a column of the row it names.
        note: one sentence for the person who fills it in.
        asks: the question that a form asks for it, where the header does not ask it well.
        synonyms: other words by which lists of other programs call it; `import` takes them for it.
        label: the one name by which people also call the row, where a reference may say it in place of the id.
    """

    header: str
    kind: Kind
    required: bool = False
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    target: str = ""
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    event: bool = False
    later: bool = False
    pending: tuple[tuple[str, Any], ...] = ()
    future: bool = False
    monday: bool = False
    roles: tuple[str, ...] = ()
    start: str = ""
    separated: bool = False
    person_owned: bool = False
    newer: bool = False
    default: str | int | None = None
    unit: str = ""
    unit_in: tuple[str, ...] = ()
    note: str = ""
    asks: str = ""
    synonyms: tuple[str, ...] = ()
    label: bool = False
    attr: str = field(default="", init=False)
    table: str = field(default="", init=False)

    @property
    def free(self) -> bool:
        """Whether people write sentences here."""
        return self.kind is Kind.LONG_TEXT

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "attr", name)
        object.__setattr__(self, "table", owner.__name__)

    def __repr__(self) -> str:
        return f"{self.table}[{self.header}]"

    if TYPE_CHECKING:

        @overload
        def __get__(self, row: None, owner: type) -> Column[T]: ...
        @overload
        def __get__(self, row: object, owner: type) -> T: ...
        def __get__(self, row: object | None, owner: type) -> Any: ...


def gives_ids(column: Column[Any]) -> bool:
    """Whether the program gives the next free id, such as DC-001; service codes are made up by people."""
    return column.kind is Kind.ID and r"\d" in column.pattern


class ColumnKind(Generic[T]):
    """A kind of column, made into columns by `required` and `optional`."""

    def __init__(self, kind: Kind, **fixed: Any) -> None:
        self._kind = kind
        self._fixed = fixed

    def required(self, header: str, **more: Any) -> Column[T]:
        """A column that every row fills in."""
        return Column(header, self._kind, required=True, **{**self._fixed, **more})

    def optional(self, header: str, **more: Any) -> Column[T | None]:
        """A column that may stay blank."""
        return Column(header, self._kind, **{**self._fixed, **more})


def ID(pattern: str) -> ColumnKind[str]:  # noqa: N802 - the declarations read as the contract does
    """An id that is unique within its table and matches `pattern` as a whole."""
    return ColumnKind(Kind.ID, pattern=pattern)


def CHOICE(*choices: str) -> ColumnKind[str]:  # noqa: N802
    """One of a fixed set of words."""
    return ColumnKind(Kind.CHOICE, choices=choices)


def REF(table: str) -> ColumnKind[str]:  # noqa: N802
    """The id of a row in `table`."""
    return ColumnKind(Kind.REFERENCE, target=table)


def LIST(table: str) -> ColumnKind[str]:  # noqa: N802
    """A value of a list that people may extend."""
    return ColumnKind(Kind.LIST, target=table)


TEXT: ColumnKind[str] = ColumnKind(Kind.TEXT)
LONG_TEXT: ColumnKind[str] = ColumnKind(Kind.LONG_TEXT)
DATE: ColumnKind[dt.date] = ColumnKind(Kind.DATE)
YES_NO: ColumnKind[bool] = ColumnKind(Kind.YES_NO)
SCORE: ColumnKind[int] = ColumnKind(Kind.SCORE, minimum=1, maximum=5)
NUMBER: ColumnKind[float] = ColumnKind(Kind.NUMBER)
WHOLE: ColumnKind[int] = ColumnKind(Kind.WHOLE, minimum=0)
PERSON: ColumnKind[str] = ColumnKind(Kind.PERSON)


class RowTuple(tuple[Any, ...]):
    """What the rows of every register share at run time: a tuple whose values are reached by name."""

    __slots__ = ()
    register: ClassVar[type[Register]]
    positions: ClassVar[Mapping[str, int]]

    def having(self, **values: Any) -> RowTuple:
        """The same row with other values."""
        items = list(self)
        for name, value in values.items():
            items[self.positions[name]] = value
        return type(self)(items)

    @property
    def id(self) -> str:
        """The row's id, or '' where the register has none or it is blank."""
        key = self.register.key
        return (self[self.positions[key.attr]] or "") if key is not None else ""

    def __repr__(self) -> str:
        return f"<{self.register.table} {self.id or '?'} at row {self[0]}>"


class Register:
    """A table of the workbook. Subclasses are declarations and, to a type checker, the type of their rows.

    Rows are tuples made by `row_type()`; besides the columns they have `sheet_row` (the worksheet row), `ordinal`
    (0 for the first row below the header) and `bad` (attributes whose cell could not be read). `former_sheet` is what
    the sheet was called in older workbooks, '' where it always had its name.
    """

    table: ClassVar[str]
    sheet: ClassVar[str]
    former_sheet: ClassVar[str]
    area: ClassVar[Area]
    purpose: ClassVar[str]
    source: ClassVar[str]
    columns: ClassVar[tuple[Column[Any], ...]]
    key: ClassVar[Column[Any] | None]
    checked: ClassVar[bool]
    computed: ClassVar[bool]
    _headers: ClassVar[tuple[str, ...]]
    _row_type: ClassVar[type[RowTuple] | None]
    _event: ClassVar[Column[Any] | None]

    if TYPE_CHECKING:
        sheet_row: int
        ordinal: int
        bad: frozenset[str]

        @property
        def id(self) -> str: ...
        @property
        def register(self) -> type[Register]: ...
        def having(self, **values: Any) -> Any: ...

    def __init_subclass__(
        cls,
        *,
        sheet: str,
        former_sheet: str = "",
        area: Area,
        purpose: str,
        source: str = "",
        checked: bool = True,
        computed: bool = False,
    ) -> None:
        cls.table = cls.__name__
        cls.sheet, cls.former_sheet, cls.area, cls.purpose, cls.source = sheet, former_sheet, area, purpose, source
        cls.checked, cls.computed = checked, computed
        cls.columns = tuple(v for v in vars(cls).values() if isinstance(v, Column))
        cls.key = next((c for c in cls.columns if c.kind is Kind.ID), None)
        cls._headers = tuple(c.header for c in cls.columns)
        cls._row_type = None
        cls._event = next((c for c in cls.columns if c.event), None)

    @classmethod
    def row_type(cls) -> type[RowTuple]:
        """The tuple type of this register's rows, made on first use."""
        if cls._row_type is None:
            names = (*_ROW_FIELDS, *(c.attr for c in cls.columns))
            space: dict[str, Any] = {n: property(itemgetter(i)) for i, n in enumerate(names)}
            space |= {"__slots__": (), "register": cls, "positions": {n: i for i, n in enumerate(names)}}
            cls._row_type = type(f"{cls.table}Row", (RowTuple,), space)
        return cls._row_type

    @classmethod
    def column(cls, header: str) -> Column[Any]:
        """The column with this header.

        Raises:
            KeyError: there is none.
        """
        for column in cls.columns:
            if column.header == header:
                return column
        raise KeyError(f"{cls.table} has no column {header!r}")

    @classmethod
    def headers(cls) -> tuple[str, ...]:
        """The headers of the columns, in order, without the computed `Check`."""
        return cls._headers

    @classmethod
    def event(cls) -> Column[Any] | None:
        """The column that dates the row, if the register has one."""
        return cls._event


#: The computed column that ends every register.
CHECK_HEADER = "Check"


@dataclass(frozen=True)
class ListTable:
    """A one-column table of values that people may extend (docs/contract/registers.md, Lists)."""

    table: str
    header: str
    values: tuple[str, ...]
    purpose: str


def rows_of(register: type[Register], rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Rows of `register` from mappings of attribute to value, for tests and documents' examples."""
    make = register.row_type()
    attrs = [c.attr for c in register.columns]
    return [make((n + 2, n, frozenset(), *(row.get(a) for a in attrs))) for n, row in enumerate(rows)]
