"""The same with pandas, openpyxl and a pandera schema per register."""

import sys

import pandas as pd
import pandera.pandas as pa

from workbook.blueprint import HEADER_ROW
from workbook.model.declare import Kind
from workbook.model.registers import LISTS, REGISTERS


def rule(column, lists):
    checks = []
    if column.kind is Kind.CHOICE:
        checks.append(pa.Check.isin(column.choices))
    if column.kind is Kind.YES_NO:
        checks.append(pa.Check.isin(["Yes", "No"]))
    if column.kind is Kind.LIST and not column.separated:
        checks.append(pa.Check.isin(lists[column.target]))
    if column.kind is Kind.ID:
        checks.append(pa.Check.str_matches(f"^{column.pattern}$"))
    if column.kind is Kind.SCORE:
        checks.append(pa.Check.in_range(1, 5))
    return pa.Column(None, checks, nullable=not column.required, unique=column.kind is Kind.ID)


def main(path):
    frames = pd.read_excel(path, sheet_name=None, header=HEADER_ROW - 1, engine="openpyxl")
    lists = {x.table: x.values for x in LISTS}
    found = 0
    for register in REGISTERS:
        schema = pa.DataFrameSchema({c.header: rule(c, lists) for c in register.columns})
        try:
            schema.validate(frames[register.sheet], lazy=True)
        except pa.errors.SchemaErrors as error:
            found += len(error.failure_cases)
    print(found)


main(sys.argv[1])
