"""A trigger's rule is found by its id: it stands first in what its function says of itself, and in the contract."""

import re
from pathlib import Path

import pytest

from workbook.model.catalogue import TRIGGERS
from workbook.rules.triggers.rules import RULES

CONTRACT = Path(__file__).resolve().parents[4] / "docs" / "contract" / "checks-and-triggers.md"
TEXT = CONTRACT.read_text(encoding="utf-8")


@pytest.mark.parametrize("trigger", [t.id for t in TRIGGERS])
def test_it_has_one_function_that_names_it(trigger):
    assert trigger in RULES, f"no module of workbook/rules/triggers names the rule of {trigger}"
    said = RULES[trigger].__doc__ or ""
    assert said.startswith(f"{trigger}: "), f"{RULES[trigger].__name__} does not begin with “{trigger}: ”"
    assert re.search(rf"\b{trigger}\b", TEXT), f"docs/contract/{CONTRACT.name} does not name {trigger}"


def test_there_is_no_rule_without_a_trigger():
    assert set(RULES) == {t.id for t in TRIGGERS}
