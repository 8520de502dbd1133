"""Every kind of change is told in words, kept as JSON, known to the record of a run, and carried out by every host."""

from pathlib import Path
from typing import get_args

import pytest

from addin.hosts.change_json import change_as_json, change_from_json
from workbook.model.changes import (
    AddColumn,
    AddSheet,
    AddTable,
    AppendRows,
    Change,
    ChangeSet,
    RemoveColumn,
    RemoveRows,
    RemoveSheet,
    RemoveTable,
    RenameSheet,
    ReplaceTable,
    RowRef,
    SetCell,
    ShowSheets,
)
from workbook.model.permitted_changes import undeclared
from workbook.model.registers import Checks, SupportLog

ROW = RowRef(SupportLog.table, "SU-0001", 0)
#: One of each kind.
SAMPLES = (
    SetCell(ROW, SupportLog.outcome.header, "Resolved", "Escalated"),
    AppendRows(SupportLog.table, ({SupportLog.outcome.header: "Resolved"},)),
    ReplaceTable(Checks.table, ("Code",), (("one",),)),
    AddColumn(SupportLog.table, "Check"),
    AddTable(Checks.table, Checks.sheet, ("Code",)),
    RemoveRows(SupportLog.table, 2),
    RemoveColumn(SupportLog.table, "Check"),
    RemoveTable(Checks.table, Checks.sheet, ("Code",), "digest"),
    AddSheet("Champion card", shown=True),
    RemoveSheet("Champion card", "digest"),
    ShowSheets(("Checks",), hide=True),
    RenameSheet("History", "Change history"),
)
SUITE = (Path(__file__).resolve().parents[2] / "conformance" / "test_hosts.py").read_text(encoding="utf-8")
KINDS = get_args(Change)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_it_is_known_everywhere(kind):
    samples = [sample for sample in SAMPLES if isinstance(sample, kind)]
    assert samples, f"there is no {kind.__name__} among the samples here"
    for sample in samples:
        assert len(ChangeSet("check", "", (sample,)).describe()) == 1
        assert change_from_json(change_as_json(sample)) == sample
        assert undeclared("a command that there is not", [sample]) in (sample, None)
    if not kind.__name__.startswith("Remove"):  # what takes another back is made by the hosts themselves
        assert f"{kind.__name__}(" in SUITE, f"tests/conformance/test_hosts.py makes no {kind.__name__}"
