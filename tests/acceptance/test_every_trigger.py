"""Every trigger is held by cases: one at least in which it asks for something, and one in which it doesn't."""

import importlib
from pathlib import Path

import pytest

from tests.support.acceptance_cases import CLEAR, RAISED, SILENT, WATCH, Case
from workbook.model.catalogue import TRIGGERS

HERE = Path(__file__).parent


def states_by_trigger():
    """The states that cases expect, by trigger."""
    found = {}
    for path in HERE.glob("test_triggers_*.py"):
        lists = [v for v in vars(importlib.import_module(f"tests.acceptance.{path.stem}")).values() if type(v) is list]
        given = [p.values[0] for some in lists for p in some if hasattr(p, "id") and p.values]
        for case in given:
            if isinstance(case, Case):
                found.setdefault(case.key.partition(":")[0], set()).add(case.state)
    return found


FOUND = states_by_trigger()


@pytest.mark.parametrize("trigger", [t.id for t in TRIGGERS])
def test_it_has_a_case_that_fires_and_a_near_miss(trigger):
    states = FOUND.get(trigger, set())
    assert states & {RAISED, WATCH}, f"no case in tests/acceptance has {trigger} ask for something"
    assert states & {CLEAR, SILENT}, f"no case in tests/acceptance is a near miss of {trigger}"


def test_no_case_is_of_a_trigger_that_there_is_not():
    assert set(FOUND) == {t.id for t in TRIGGERS}
