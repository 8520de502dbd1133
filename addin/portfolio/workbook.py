"""`portfolio.xlsx`: Excel tables of all workbooks, each row with a link to its own; coloured as the master workbook."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addin.portfolio.portfolio import Book, Portfolio
from workbook.answers.portfolio import WITHHELD, Kind, Line
from workbook.blueprint import palette
from workbook.model.catalogue import RULES_VERSION
from workbook.model.declare import Area
from workbook.model.triggers import STATE_WORDS, State

_LINK = "file"
_STATES = {state.value: words for state, words in STATE_WORDS.items()}
_WIDTHS = {_LINK: 34, "What was measured": 44, "Trigger": 40, "Message": 60, "What to do": 50, "Review": 36}
_MOST_ROWS = 1_000_000
Rows = list[tuple[Any, ...]]


class _Writer:
    def __init__(self, book: Any, out: Path) -> None:
        self.book, self.out = book, out
        self.head = book.add_format(
            {"bold": True, "font_color": palette.PAPER, "bg_color": palette.DARK[Area.RESULTS], "text_wrap": True}
        )
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": palette.INK})
        self.note = book.add_format({"font_color": palette.MUTED})
        self.day = book.add_format({"num_format": "dd mmm yyyy"})
        self.link = book.add_format({"font_color": palette.LINK, "underline": 1})

    def sheet(
        self, name: str, note: str, headers: Sequence[str], rows: Rows, links: Sequence[Path | None] = ()
    ) -> None:
        """A sheet with a title, a note, and one Excel table; the first column leads to each row's workbook."""
        page = self.book.add_worksheet(name)
        page.hide_gridlines(2)
        page.write_string(0, 0, name, self.title)
        page.write_string(1, 0, note, self.note)
        body = rows[:_MOST_ROWS] or [("",) * len(headers)]
        columns = [{"header": h, "header_format": self.head} for h in headers]
        table = {"name": name.replace(" ", ""), "columns": columns, "style": "Table Style Light 1"}
        page.add_table(3, 0, 3 + len(body), len(headers) - 1, table)
        for n, row in enumerate(body, start=4):
            for at, cell in enumerate(row):
                self._cell(page, n, at, cell)
            if links and n - 4 < len(links):
                self._link(page, n, links[n - 4], str(row[0]))
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

    def _link(self, page: Any, row: int, path: Path | None, words: str) -> None:
        goal = relative(path, self.out) if path is not None else None
        if goal is not None and "#" not in goal and len(goal) < 200:
            page.write_url(row, 0, f"external:{goal}", self.link, words)


def relative(path: Path, out: Path) -> str | None:
    """The way from the output's folder to a workbook; None where there is none, as to another drive.

    Args:
        path: the workbook.
        out: the folder of the output.
    """
    try:
        return Path(os.path.relpath(path, out)).as_posix()
    except ValueError:
        return None


def portfolio_xlsx(whole: Portfolio, out: Path) -> bytes:
    """The workbook's bytes.

    Args:
        whole: all workbooks.
        out: the folder that it will lie in, for the links.
    """
    import xlsxwriter

    kept = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(kept, plain) as book:
        day = dt.date.fromisoformat(whole.as_of)
        book.set_properties({"title": "Portfolio", "created": dt.datetime.combine(day, dt.time())})
        writer = _Writer(book, out)
        _overview(writer, whole)
        _services(writer, whole)
        _triggers(writer, whole)
        _late(writer, whole)
        _outcomes(writer, whole)
        fields = ("File", "Code", "Message", "What to do")
        writer.sheet("Problems", "What could not be used, and why.", fields, [tuple(p) for p in whole.problems])
    return _with_plain_links(kept.getvalue())


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


def _overview(writer: _Writer, whole: Portfolio) -> None:
    named = "Names of who acts are in it." if whole.names else ""
    note = f"As of {whole.as_of}, by rules version {RULES_VERSION}. {named}"
    headers = ("Workbook", "Services", "Action needed", "Early warnings", "Reviews late", "Entries to mend")
    rows = [
        (
            b.found.name,
            len({line.service for line in b.lines if line.service}),
            sum(t["state"] == State.RAISED.value for t in b.told["triggers"]),
            sum(t["state"] == State.WATCH.value for t in b.told["triggers"]),
            len(b.told["late"]),
            b.told["findings"]["error"],
        )
        for b in whole.books
    ]
    writer.sheet("Overview", note.strip(), headers, rows, [b.found.path for b in whole.books])


def _services(writer: _Writer, whole: Portfolio) -> None:
    note = (
        "Shares and rates of the last 28 days beside what chance lets expect of so many (funnel limits, 2σ). "
        f"Counts of 1 to 4 people are “{WITHHELD}”."
    )
    headers = (
        "Workbook", "Service", "Phase", "What was measured", "Value", "Numerator", "Denominator", "Lower", "Upper",
        "Beside the others", "Over-dispersion",
    )  # fmt: skip
    lines = [(b, x) for b, x in _lines(whole) if x.kind in (Kind.SHARE, Kind.RATE, Kind.COUNT) and x.service]
    rows = [
        (
            *_place(b, line),
            WITHHELD if line.withheld else line.value,
            line.numerator,
            line.denominator,
            line.lower,
            line.upper,
            line.state,
            whole.funnels[line.measure].dispersion if line.measure in whole.funnels else None,
        )
        for b, line in lines
    ]
    writer.sheet("Services", note, headers, rows, [b.found.path for b, _ in lines])


def _place(book: Book, line: Line) -> tuple[str, str, str, str]:
    return book.found.name, line.service, line.phase, line.measure


def _lines(whole: Portfolio) -> list[tuple[Book, Line]]:
    return [(book, line) for book in whole.books for line in book.lines]


def _triggers(writer: _Writer, whole: Portfolio) -> None:
    more = ("Who",) if whole.names else ()
    headers = ("Workbook", "Service", "Trigger", "State", "Role", "Due", *more)
    told = [(b, t) for b in whole.books for t in b.told["triggers"]]
    told.sort(key=lambda one: (one[1]["state"] != State.RAISED.value, one[1]["due"] or "9999"))
    rows = [
        (
            b.found.name,
            t["service"],
            t["trigger"],
            _STATES[t["state"]],
            t["role"],
            _day(t["due"]),
            *((t.get("who", ""),) if more else ()),
        )
        for b, t in told
    ]
    writer.sheet(
        "Triggers", "What asks for action, then early warnings.", headers, rows, [b.found.path for b, _ in told]
    )


def _late(writer: _Writer, whole: Portfolio) -> None:
    more = ("Who",) if whole.names else ()
    headers = ("Workbook", "Service", "Review", "Role", "Was due", "Days late", *more)
    told = [(b, r) for b in whole.books for r in b.told["late"]]
    told.sort(key=lambda one: -one[1]["days_late"])
    rows = [
        (
            b.found.name,
            r["service"],
            r["review"],
            r["role"],
            _day(r["next_due"]),
            r["days_late"],
            *((r.get("who", ""),) if more else ()),
        )
        for b, r in told
    ]
    writer.sheet("Reviews late", "The latest first.", headers, rows, [b.found.path for b, _ in told])


def _outcomes(writer: _Writer, whole: Portfolio) -> None:
    headers = (
        "Workbook",
        "Service",
        "Phase",
        "What was measured",
        "Newest",
        "Lower limit",
        "Upper limit",
        "Run chart says",
    )
    lines = [(b, line) for b, line in _lines(whole) if line.kind is Kind.READING]
    rows = [(*_place(b, x), x.value, x.lower, x.upper, x.state) for b, x in lines]
    note = "The newest reading of each measure, by the rules of its own run chart."
    writer.sheet("Outcomes", note, headers, rows, [b.found.path for b, _ in lines])


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
