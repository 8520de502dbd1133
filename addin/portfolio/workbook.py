"""`portfolio.xlsx`: Excel tables of all workbooks, each row with a link to its own; coloured as the master workbook."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from addin.portfolio.finding import Found, legible
from addin.portfolio.portfolio import Portfolio, Reading
from addin.portfolio.ranking import Top
from workbook.answers.portfolio import WITHHELD, Kind, Line
from workbook.blueprint import palette
from workbook.model.catalogue import RULES_VERSION
from workbook.model.declare import Area
from workbook.model.triggers import STATE_WORDS, State
from workbook.rules.funnel import BEYOND_2, BEYOND_3

_LONGEST_LINK = 200
_LINK = "file"
_STATES = {state.value: words for state, words in STATE_WORDS.items()}
_WIDTHS = {_LINK: 34, "What was measured": 44, "Trigger": 40, "Message": 60, "What to do": 50, "Review": 36}
#: So many rows a sheet shows at most, those that matter most; Excel itself takes no more than 65,530 links a sheet.
MOST_ROWS = 10_000
_RANK = {BEYOND_3: 0, BEYOND_2: 1}


class Row(NamedTuple):
    """A row of a sheet: the workbook that it leads to, and its cells."""

    found: Found | None
    cells: tuple[Any, ...]


class _Writer:
    def __init__(self, book: Any, out: Path) -> None:
        self.book, self.out = book, out
        self.ways: dict[Found, str | None] = {}
        self.head = book.add_format(
            {"bold": True, "font_color": palette.PAPER, "bg_color": palette.DARK[Area.RESULTS], "text_wrap": True}
        )
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": palette.INK})
        self.note = book.add_format({"font_color": palette.MUTED})
        self.day = book.add_format({"num_format": "dd mmm yyyy"})
        self.link = book.add_format({"font_color": palette.LINK, "underline": 1})

    def sheet(self, name: str, note: str, headers: Sequence[str], rows: Sequence[Row], count: int) -> None:
        """A sheet with a title, a note, and one Excel table; the first column leads to each row's workbook."""
        if count > len(rows):
            note += f" These are {len(rows):,} of {count:,} rows; results.csv holds all figures."
        page = self.book.add_worksheet(name)
        page.hide_gridlines(2)
        page.write_string(0, 0, name, self.title)
        page.write_string(1, 0, note, self.note)
        body = rows or [Row(None, ("",) * len(headers))]
        columns = [{"header": h, "header_format": self.head} for h in headers]
        table = {"name": name.replace(" ", ""), "columns": columns, "style": "Table Style Light 1"}
        page.add_table(3, 0, 3 + len(body), len(headers) - 1, table)
        for n, row in enumerate(body, start=4):
            for at, cell in enumerate(row.cells):
                self._cell(page, n, at, cell)
            if row.found is not None:
                self._link(page, n, row.found)
        for at, header in enumerate(headers):
            page.set_column(at, at, _WIDTHS.get(_LINK if at == 0 else header, 16))
        page.freeze_panes(4, 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)

    def _cell(self, page: Any, row: int, column: int, cell: Any) -> None:
        if cell is None or cell == "":
            page.write_blank(row, column, None)
        elif isinstance(cell, dt.date):
            page.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), self.day)
        elif isinstance(cell, int | float):
            page.write_number(row, column, cell)
        else:
            page.write_string(row, column, str(cell))

    def _link(self, page: Any, row: int, found: Found) -> None:
        if found not in self.ways:
            self.ways[found] = relative(found, self.out)
        goal = self.ways[found]
        if goal is not None and "#" not in goal and len(goal) < _LONGEST_LINK:
            page.write_url(row, 0, f"external:{goal}", self.link, found.name)


def relative(found: Found, out: Path) -> str | None:
    """The way from the output's folder to a workbook; None where there is none, or where it would tell more folders.

    The way may lead through the folders that were looked through, and through the one that was named if the output lies
    beside it. Any other would tell where they lie, such as a person's own folder.

    Args:
        found: the workbook.
        out: the folder of the output.
    """
    if found.discreet:
        return None
    try:
        way = Path(os.path.relpath(found.path, out)).parts
    except ValueError:  # on another drive
        return None
    if legible("/".join(way)) != "/".join(way):
        return None
    down = [part for part in way if part != ".."]
    told = 1 + found.name.count("/")
    beside = len(down) == told + 1 and len(way) == len(down) + 1
    return "/".join(way) if len(down) <= told or beside else None


class Sheets:
    """`portfolio.xlsx`, as workbooks come.

    Args:
        whole: all workbooks.
        out: the folder that it will lie in, for the links.
    """

    def __init__(self, whole: Portfolio, out: Path) -> None:
        self._whole, self._out = whole, out
        self._overview, self._services, self._triggers, self._late, self._outcomes = (Top(MOST_ROWS) for _ in range(5))

    def take(self, reading: Reading) -> None:
        """Takes what a workbook gave."""
        found, told = reading.found, reading.told
        states = [t["state"] for t in told["triggers"]]
        raised, watch = states.count(State.RAISED.value), states.count(State.WATCH.value)
        services = len({line.service for line in reading.lines if line.service})
        figures = services, raised, watch, len(told["late"]), told["findings"]["error"]
        self._overview.add((-raised, -watch), Row(found, (found.name, *figures)))
        for line in reading.lines:
            if line.kind is Kind.READING:
                self._outcomes.add(line.state != "worsening", Row(found, _outcome(found, line)))
            elif line.service and line.kind is not Kind.STATE:
                self._services.add(_RANK.get(line.state, 2), Row(found, self._service(found, line)))
        for t in told["triggers"]:
            key = (t["state"] != State.RAISED.value, t["due"] or "9999")
            row = found.name, t["service"], t["trigger"], _STATES[t["state"]], t["role"], _day(t["due"])
            self._triggers.add(key, Row(found, (*row, *self._who(t))))
        for r in told["late"]:
            row = found.name, r["service"], r["review"], r["role"], _day(r["next_due"]), r["days_late"]
            self._late.add(-r["days_late"], Row(found, (*row, *self._who(r))))

    def finish(self) -> bytes:
        """The workbook's bytes."""
        import xlsxwriter

        whole, kept = self._whole, io.BytesIO()
        plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(kept, plain) as book:
            day = dt.date.fromisoformat(whole.as_of)
            book.set_properties({"title": "Portfolio", "created": dt.datetime.combine(day, dt.time())})
            self._sheets(_Writer(book, self._out))
        return _with_plain_links(kept.getvalue())

    def _sheets(self, writer: _Writer) -> None:
        whole, more = self._whole, ("Who",) if self._whole.names else ()
        named = " Names of who acts are in it." if whole.names else ""
        note = f"As of {whole.as_of}, by rules version {RULES_VERSION}.{named}"
        writer.sheet("Overview", note, _OVERVIEW, self._overview.as_they_came(), self._overview.count)
        writer.sheet("Services", _COMPARED, _SERVICES, self._services.as_they_came(), self._services.count)
        note, headers = "What asks for action, then early warnings.", (*_TRIGGERS, *more)
        writer.sheet("Triggers", note, headers, self._triggers.ranked(), self._triggers.count)
        headers = (*_LATE, *more)
        writer.sheet("Reviews late", "The latest first.", headers, self._late.ranked(), self._late.count)
        note = "The newest reading of each measure, by the rules of its own run chart."
        writer.sheet("Outcomes", note, _OUTCOMES, self._outcomes.as_they_came(), self._outcomes.count)
        problems = [Row(None, tuple(p)) for p in whole.problems]
        fields = ("File", "Code", "Message", "What to do")
        writer.sheet("Problems", "What could not be used, and why.", fields, problems[:MOST_ROWS], len(problems))

    def _service(self, found: Found, line: Line) -> tuple[Any, ...]:
        spread = self._whole.funnels[line.measure].dispersion if line.measure in self._whole.funnels else None
        figures = line.numerator, line.denominator, line.lower, line.upper, line.state, spread
        return found.name, line.service, line.phase, line.measure, WITHHELD if line.withheld else line.value, *figures

    def _who(self, told: dict[str, Any]) -> tuple[str, ...]:
        return (told.get("who", ""),) if self._whole.names else ()


_OVERVIEW = ("Workbook", "Services", "Action needed", "Early warnings", "Reviews late", "Entries to mend")
_COMPARED = (
    "Shares and rates of the last 28 days beside what chance lets expect of so many (funnel limits, 2σ). "
    f"Counts of 1 to 4 people are “{WITHHELD}”."
)
_SERVICES = (
    "Workbook", "Service", "Phase", "What was measured", "Value", "Numerator", "Denominator", "Lower", "Upper",
    "Beside the others", "Over-dispersion",
)  # fmt: skip
_TRIGGERS = ("Workbook", "Service", "Trigger", "State", "Role", "Due")
_LATE = ("Workbook", "Service", "Review", "Role", "Was due", "Days late")
_OUTCOMES = (
    "Workbook", "Service", "Phase", "What was measured", "Newest", "Lower limit", "Upper limit", "Run chart says",
)  # fmt: skip


def _outcome(found: Found, line: Line) -> tuple[Any, ...]:
    newest = WITHHELD if line.withheld else line.value
    return found.name, line.service, line.phase, line.measure, newest, line.lower, line.upper, line.state


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _with_plain_links(data: bytes) -> bytes:
    """The workbook with `/` in its links: XlsxWriter writes them for Windows alone."""
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item)
            if item.filename.startswith("xl/worksheets/_rels/"):
                part = part.replace(b"\\", b"/")
            new.writestr(item, part, zipfile.ZIP_DEFLATED)
    return plain.getvalue()
