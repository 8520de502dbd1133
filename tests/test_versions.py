"""A declaration that changes takes its version along: what was called by a version stays what it was.

When a test here fails: raise the version that it names, and note the digest that it prints under the new version.
"""

import hashlib
import json

from workbook.blueprint import LAYOUT_VERSION
from workbook.model.catalogue import RULES_VERSION, SHARED, TRIGGERS
from workbook.model.registers import COMPUTED, ENTRY_SHEETS, LISTS, REGISTERS, SETUP, SUMMARIES

#: What the declarations were, by version. Digests of versions that people have are never changed.
LAYOUTS = {"2": "ec21ae071ad470fa"}
RULES = {"2026.1": "767ec9a737a35350", "2026.2": "615317f391c6ec55"}


def digest(declared):
    return hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()[:16]


def layout(registers):
    """Which tables, columns and sheets a workbook has, in their order."""
    tables = [(r.table, r.sheet, list(r.headers())) for r in registers]
    return digest([tables, [(x.table, x.header) for x in LISTS]])


def rules(triggers):
    """What every trigger asks for, of whom, and by which numbers."""
    asked = [
        (t.id, t.scope.name, t.rule, t.warns_only, t.window, [(p.name, p.default, p.unit) for p in t.parameters])
        for t in triggers
    ]
    return digest([asked, {name: [(p.name, p.default) for p in some] for name, some in SHARED.items()}])


TABLES = (*SETUP, *REGISTERS, *ENTRY_SHEETS, *COMPUTED, *SUMMARIES)


def test_a_changed_layout_has_a_version_of_its_own():
    found = layout(TABLES)
    assert LAYOUTS.get(LAYOUT_VERSION) == found, f"LAYOUT_VERSION {LAYOUT_VERSION} has other tables: {found}"
    assert layout(TABLES[1:]) != found


def test_changed_rules_have_a_version_of_their_own():
    found = rules(TRIGGERS)
    assert RULES.get(RULES_VERSION) == found, f"RULES_VERSION {RULES_VERSION} has other rules: {found}"
    assert rules(TRIGGERS[1:]) != found
