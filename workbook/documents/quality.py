"""The data-quality statement: how far the figures of a document can be trusted."""

from __future__ import annotations

from collections import Counter

from workbook.documents.declare import Material
from workbook.documents.words import counted, listed
from workbook.model.findings import SEVERITY_WORDS, Severity
from workbook.model.registers import BY_TABLE, REGISTERS
from workbook.model.triggers import State

_IDENTIFIABLE = "identifiable-information"


def data_quality(material: Material) -> list[str]:
    """The statement, one sentence a paragraph; counts are those of the workbook."""
    view, findings = material.view, material.findings
    entries = sum(len(view.snapshot.rows(r)) for r in REGISTERS)
    counts = Counter(f.severity for f in findings)
    words = ", ".join(f"{counts[s]} “{SEVERITY_WORDS[s].lower()}”" for s in Severity)
    said = [f"The checks looked at {counted(entries, 'entry', 'entries')} and gave {words}."]
    errors = Counter(f.table for f in findings if f.severity is Severity.ERROR)
    if errors:
        where = (f"{BY_TABLE[t].sheet if t in BY_TABLE else t} ({n})" for t, n in errors.most_common())
        said.append(
            f"To be mended before relying on single figures: {listed(where)}. The rows stand on the sheet Checks."
        )
    left_out = sum(r.left_out > 0 for r in material.results)
    if left_out:
        said.append(
            f"{counted(left_out, 'result')} left out entries with a field that could not be read; each says so."
        )
    unsure = sum(r.state is State.NOT_ENOUGH_DATA for r in material.results)
    if unsure:
        said.append(f"{counted(unsure, 'result')} had too few entries to say; that is no sign that all is well.")
    personal = sum(f.code == _IDENTIFIABLE for f in findings)
    if personal:
        said.append(f"{counted(personal, 'entry', 'entries')} may name or identify a person: look before sharing this.")
    return said
