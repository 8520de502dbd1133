"""What a developer would write at first: pandas with openpyxl reads, a pydantic model per register checks each row."""

import datetime as dt
import sys
from typing import Annotated, Literal

import pandas as pd
from pydantic import BaseModel, Field, ValidationError, create_model

from workbook.declare import Kind
from workbook.registers import LISTS, REGISTERS, Services


def field(column, lists):
    kinds = {
        Kind.DATE: dt.datetime,
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
    frames = pd.read_excel(path, sheet_name=None, header=3, engine="openpyxl")
    lists = {x.table: x.values for x in LISTS}
    ids = {r.table: set() for r in (Services, *REGISTERS)}
    problems = []
    for register in REGISTERS:
        frame = frames[register.sheet]
        fields = {c.attr: field(c, lists) for c in register.columns}
        model = create_model(register.table, __base__=BaseModel, **fields)
        names = {c.header: c.attr for c in register.columns}
        frame = frame[list(names)].rename(columns=names).astype(object)
        frame = frame.where(frame.notna(), None)
        key = register.key.attr
        for n, row in enumerate(frame.to_dict("records")):
            if row[key] in ids[register.table]:
                problems.append((register.table, n, "duplicate"))
            ids[register.table].add(row[key])
            try:
                model(**row)
            except ValidationError as error:
                problems.extend((register.table, n, e["msg"]) for e in error.errors())
        for column in register.columns:
            if column.kind is Kind.REFERENCE and column.target in ids and not column.separated and ids[column.target]:
                known = frame[column.attr].dropna().isin(ids[column.target])
                problems.extend((register.table, n, "reference") for n in known[~known].index)
    print(len(problems))


main(sys.argv[1])
