"""A large sound workbook: N support entries, three logs of N/10, ten small tables.

python bench/make_big.py N OUT.xlsx [--champions N] [--services N] [--own-formulas N]
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import xlsxwriter

from workbook.model.catalogue import THRESHOLDS
from workbook.model.declare import CHECK_HEADER, Column, Kind
from workbook.model.registers import BY_TABLE, LISTS, Programme

SERVICES = ("OAK", "ELM", "ASH")
OWN_SHEETS = 4
WEEKS = 26
END = dt.date(2026, 6, 30)
BIG = {"ConfidenceTracker": 0.1, "ImprovementLog": 0.1, "OutcomeReadings": 0.1, "SupportLog": 1}
UNUSED = ("advice_given", "workaround_detail", "resolution", "note")
OPENINGS = ("Could not find", "Was unsure about", "Asked twice for", "Needed help with", "Wanted to check")
THINGS = ("the fluid chart", "the new alert", "last week's note", "the falls form", "the body map", "the handover page")
PLACES = ("after tea", "on the first floor", "before handover", "during the round", "at the start of the shift")
REMEDIES = ("showed the search", "went through it together", "opened the guide", "practised on a closed record")
ROLES = {"Registered manager": "Manager", "Team leader": "Leader"}


class Provider(NamedTuple):
    """Who runs the programme: the codes of its services, and how many champions they have."""

    services: tuple[str, ...] = SERVICES
    champions: int = 30


USUAL = Provider()


def sentence(rng: random.Random, n: int) -> str:
    """A sentence that is seldom the same twice."""
    return (
        f"{rng.choice(OPENINGS)} {rng.choice(THINGS)} {rng.choice(PLACES)}; "
        f"{rng.choice(REMEDIES)}, entry {n} took {rng.randint(2, 25)} minutes."
    )


def cell(column: Column, rng: random.Random, n: int, day: dt.date, provider: Provider) -> object:  # noqa: C901
    """A sound cell of row `n`."""
    lists = {x.table: x.values for x in LISTS}
    if column.kind is Kind.ID:
        return id_of(column, n)
    if column.kind is Kind.DATE:
        return day if column.event else None
    if column.kind is Kind.CHOICE:
        return rng.choice(column.choices) if column.required or column.attr == "category" else None
    if column.kind is Kind.YES_NO:
        return "No"
    if column.kind is Kind.SCORE:
        return rng.randint(2, 5)
    if column.kind in (Kind.NUMBER, Kind.WHOLE):
        return rng.randint(1, 50) if column.required else None
    if column.kind is Kind.LIST:
        return rng.choice(lists[column.target][:5])
    if column.kind is Kind.REFERENCE:
        return reference(column, rng, n, provider)
    if column.kind is Kind.PERSON:
        return "Project Lead One"
    if column.kind is Kind.LONG_TEXT:
        return None if column.target or column.attr in UNUSED else sentence(rng, n)
    return {"staff_member": f"Carer {rng.randint(1, 200)}", "measure": f"Measure {n + 1}"}.get(column.attr)


def id_of(column: Column, n: int) -> str:
    prefix = column.pattern.partition("-")[0]
    width = int(column.pattern.partition("{")[2].partition(",")[0])
    return f"{prefix}-{n + 1:0{width}d}"


def reference(column: Column, rng: random.Random, n: int, provider: Provider) -> object:
    if column.target == "Services":
        return rng.choice(provider.services)
    if column.target == "WorkforcePlan":
        return f"DC-{rng.randint(1, provider.champions):03d}"
    if column.target == "SupportLog":
        return f"SU-{n + 1:04d}"
    if column.target == "OutcomeMeasures":
        return f"OM-{rng.randint(1, 5):02d}"
    return None


def log_rows(table: str, count: int, rng: random.Random, provider: Provider):
    register = BY_TABLE[table]
    for n in range(count):
        day = END - dt.timedelta(days=(count - 1 - n) * WEEKS * 7 // count)
        row = {c.attr: cell(c, rng, n, day, provider) for c in register.columns}
        if "status" in row:
            row["status"] = "Open"
        if row.get("support_need") == "None seen":
            row["support_need"] = "Logging in"
        for attr in ("confidence_before", "confidence_after", "support_helped", "numerator", "denominator"):
            if table in ("SupportLog", "OutcomeReadings") and attr in row and n % 3:
                row[attr] = None
        yield list(row.values())


def small_rows(provider: Provider) -> dict[str, list[list[object]]]:
    codes, count = provider.services, provider.champions
    settings = {
        "provider_name": "Example Care",
        "programme_name": "Digital champions",
        "care_system": "Example ECM",
        "care_system_supplier": "Example Systems",
        "board_name": "Digital Programme Board",
    }
    services = [
        [s, f"{s.title()} House", "Nursing home", f"Manager {s}", f"Leader {s}", dt.date(2026, 1, 5), None, "Yes"]
        for s in codes
    ]
    people = [["Project Lead One", "Project lead"], ["Quality Lead One", "Quality lead"]]
    people += [[f"{word} {s}", role, s, None] for s in codes for role, word in ROLES.items()]
    first = dt.date(2025, 11, 3)
    champions = [
        [
            f"DC-{n + 1:03d}",
            f"Champion {n + 1}",
            "Nurse",
            codes[n % len(codes)],
            "Early",
            None,
            *("Asks good questions.", 4, 4, f"Manager {codes[n % len(codes)]}", first, "Preparing", None),
        ]
        for n in range(count)
    ]
    signed = [
        [f"SO-{n + 1:03d}", f"DC-{n + 1:03d}", "Project Lead One", first, *("Yes",) * 5, "Signed off", None]
        for n in range(count)
    ]
    measures = [
        [f"OM-{n + 1:02d}", f"Measure {n + 1}", "Live support", "Percent", "Higher", 60, first, 90, "Other"]
        for n in range(5)
    ]
    return {
        "Programme": [[c.header, settings.get(c.attr, c.default)] for c in Programme.columns],
        "Services": services,
        "People": people,
        "Thresholds": [[t, p.name, p.default, p.unit, p.default, p.meaning] for t, p in THRESHOLDS],
        "WorkforcePlan": champions,
        "StartSignOff": signed,
        "OutcomeMeasures": measures,
    }


class Writer:
    """Writes tables side by side on their sheets. (XlsxWriter adds no table in its constant-memory mode.)"""

    def __init__(self, path: str) -> None:
        self.book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})

    def sheet(self, name: str, tables: list[tuple[str, tuple[str, ...], object, int]]) -> None:
        sheet = self.book.add_worksheet(name)
        sheet.write_row(0, 0, [name])
        starts, at = [], 0
        for _, headers, _, _ in tables:
            starts.append(at)
            at += len(headers) + 1
        for start, (_, headers, _, _) in zip(starts, tables, strict=True):
            sheet.write_row(4, start, headers)
        for n in range(max(count for *_, count in tables)):
            for start, (_, _, rows, count) in zip(starts, tables, strict=True):
                if n < count:
                    for i, value in enumerate(next(rows)):
                        if value is not None:
                            sheet.write(5 + n, start + i, value)
        for start, (name_of, headers, _, count) in zip(starts, tables, strict=True):
            columns = [{"header": h} for h in headers]
            last = 4 + max(1, count)
            options = {"name": name_of, "columns": columns, "header_row": True}
            sheet.add_table(4, start, last, start + len(headers) - 1, options)


def own_sheets(book: xlsxwriter.Workbook, formulas: int) -> None:
    """A person's own sheets, with formulas of four kinds: by cell, over whole columns, by row, on their own cells."""
    for number in range(OWN_SHEETS):
        sheet = book.add_worksheet(f"Own {number + 1}")
        for n in range(formulas // OWN_SHEETS // 4):
            row = n + 1
            sheet.write_formula(n, 0, f"='Support log'!A{row + 5}", None, "x")
            sheet.write_formula(n, 1, f"=COUNTIF(SupportLog[Champion ID],A{row})", None, 1)
            sheet.write_formula(n, 2, f"=SUM('Support log'!B{row + 5}:B{row + 9})+B{row}", None, 2)
            sheet.write_formula(n, 3, f"=B{row}*2+C{row}", None, 3)


def make(count: int, path: str, provider: Provider = USUAL, formulas: int = 0) -> None:
    """Writes the workbook. The same numbers give the same entries."""
    rng = random.Random(count)
    small = small_rows(provider)
    writer = Writer(path)
    by_sheet: dict[str, list[tuple[str, tuple[str, ...], object, int]]] = {}
    for table, register in BY_TABLE.items():
        headers = ("Setting", "Value") if table == "Programme" else register.headers()
        if register.checked:
            headers = (*headers, CHECK_HEADER)
        rows = int(BIG[table] * count) if table in BIG else len(small.get(table, ()))
        source = log_rows(table, rows, rng, provider) if table in BIG else iter(small.get(table, ()))
        by_sheet.setdefault(register.sheet, []).append((table, headers, source, rows))
    by_sheet["Lists"] = [(x.table, (x.header,), iter([[v] for v in x.values]), len(x.values)) for x in LISTS]
    for sheet, tables in by_sheet.items():
        writer.sheet(sheet, tables)
    if formulas:
        own_sheets(writer.book, formulas)
    writer.book.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("entries", type=int)
    options.add_argument("path")
    options.add_argument("--champions", type=int, default=USUAL.champions)
    options.add_argument("--services", type=int, default=0, help="how many; the usual three where it is left out")
    options.add_argument("--own-formulas", type=int, default=0)
    chosen = options.parse_args()
    codes = tuple(f"S{n + 1:03d}" for n in range(chosen.services)) or USUAL.services
    make(chosen.entries, chosen.path, Provider(codes, chosen.champions), chosen.own_formulas)


if __name__ == "__main__":
    main()
