"""What a developer would write at first: pandas with openpyxl reads, a pydantic model per register checks each row.

pandas says nothing of formulas and takes error values for blanks, so the workbook is gone through once more for these;
free text is searched for what identifies a person, the names of the programme's people among it; days in the future and
entries that say the same are found. Dates out of order, roles, sign-offs and the rest are left out.
"""

import contextlib
import datetime as dt
import re
import sys
from typing import Annotated, Literal

import openpyxl
import pandas as pd
from pydantic import AfterValidator, BaseModel, Field, ValidationError, create_model

from workbook.blueprint import HEADER_ROW
from workbook.model.declare import Kind
from workbook.model.registers import LISTS, REGISTERS, People, Services

with contextlib.suppress(ImportError):
    import xlwings  # noqa: F401 - what such a program would have at hand to show its findings

TODAY = dt.datetime(2026, 6, 30)  # noqa: DTZ001 - as pandas gives a day


def not_later(day):
    if day > TODAY:
        raise ValueError("in the future")
    return day


PERSONAL = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b",
        r"\b[\w.+-]+@[\w-]+\.[\w.]+\b",
        r"(?:\+44|\b0)[\d ]{9,12}\b",
        r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
        r"\b(?:date of birth|dob|born)\b",
        r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b",
    )
]


def hidden(path):
    """Formulas and error values, which pandas hides."""
    book = openpyxl.load_workbook(path, read_only=True)
    return [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type in ("f", "e")
    ]


def field(column, lists):
    kinds = {
        Kind.DATE: Annotated[dt.datetime, AfterValidator(not_later)] if column.event else dt.datetime,
        Kind.NUMBER: Annotated[float, Field(ge=column.minimum or 0)],
        Kind.WHOLE: Annotated[int, Field(ge=0)],
        Kind.SCORE: Annotated[int, Field(ge=1, le=5)],
        Kind.YES_NO: Literal["Yes", "No"],
        Kind.ID: Annotated[str, Field(pattern=f"^{column.pattern}$")],
    }
    kind = kinds.get(column.kind, str)
    if column.kind is Kind.CHOICE:
        kind = Literal[column.choices]
    if column.kind is Kind.LIST and not column.separated:
        kind = Literal[lists[column.target]]
    return (kind, ...) if column.required else (kind | None, None)


def main(path):
    frames = pd.read_excel(path, sheet_name=None, header=HEADER_ROW - 1, engine="openpyxl")
    lists = {x.table: x.values for x in LISTS}
    ids = {r.table: set() for r in (Services, *REGISTERS)}
    problems = hidden(path)
    names = [str(name) for name in frames[People.sheet][People.person.header].dropna()]
    personal = (
        [*PERSONAL, re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)] if names else PERSONAL
    )
    for register in REGISTERS:
        frame = frames[register.sheet]
        fields = {c.attr: field(c, lists) for c in register.columns}
        model = create_model(register.table, __base__=BaseModel, **fields)
        names = {c.header: c.attr for c in register.columns}
        frame = frame[list(names)].rename(columns=names).astype(object)
        frame = frame.where(frame.notna(), None)
        key = register.key.attr
        texts = [c.attr for c in register.columns if c.free]
        problems += [(register.table, n, "twice") for n in frame.index[frame.drop(columns=key).duplicated()]]
        for n, row in enumerate(frame.to_dict("records")):
            if row[key] in ids[register.table]:
                problems.append((register.table, n, "duplicate"))
            ids[register.table].add(row[key])
            try:
                model(**row)
            except ValidationError as error:
                problems.extend((register.table, n, e["msg"]) for e in error.errors())
            for column in texts:
                if row[column] and any(p.search(row[column]) for p in personal):
                    problems.append((register.table, n, "personal"))
        for column in register.columns:
            if column.kind is Kind.REFERENCE and column.target in ids and not column.separated and ids[column.target]:
                known = frame[column.attr].dropna().isin(ids[column.target])
                problems.extend((register.table, n, "reference") for n in known[~known].index)
    print(len(problems))


main(sys.argv[1])
