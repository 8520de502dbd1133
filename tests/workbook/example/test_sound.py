"""The example is sound but for the mistakes that were made in it on purpose."""

from __future__ import annotations

import datetime as dt

import pytest

from addin.hosts.file.reading import read_workbook
from addin.output.masterbook import write_master
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.findings import Severity
from workbook.model.reading import read_book
from workbook.rules import checks


@pytest.mark.parametrize("seed", [7, 1, 2])
def test_every_mistake_is_found_and_there_is_no_other_error(seed, tmp_path):
    example = simulate(seed=seed)
    path = tmp_path / "example.xlsx"
    write_master(path, plan_book(example.tables))
    findings = checks.run(read_book(read_workbook(path)), dt.date(2026, 6, 30))
    planted = {(m.table, m.id) for m in example.mistakes}
    errors = {(f.table, f.id) for f in findings if f.severity is Severity.ERROR}
    assert errors <= planted
    assert {m.code for m in example.mistakes} <= {f.code for f in findings}
