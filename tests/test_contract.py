"""The declared registers are the contract, word for word and in its order."""

import re
from pathlib import Path

import pytest

from tests.support import contract_builder as contract
from workbook.model import registers

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("table", list(contract.SETUP))
def test_setup_tables_are_the_contracts(table):
    declared = registers.BY_TABLE[table]
    sheet, headers = contract.SETUP[table]
    assert declared.sheet == sheet
    if table == "Programme":
        assert headers == ("Setting", "Value")
        assert declared.headers() == tuple(contract.SETTINGS)
    else:
        assert declared.headers() == headers


def test_setup_tables_are_these_in_this_order():
    assert [r.table for r in registers.SETUP] == list(contract.SETUP)


@pytest.mark.parametrize("table", list(contract.REGISTERS))
def test_registers_are_the_contracts(table):
    declared = registers.BY_TABLE[table]
    assert (declared.sheet, declared.headers()) == contract.REGISTERS[table]
    assert declared.checked


def test_registers_are_these_in_this_order():
    assert [r.table for r in registers.REGISTERS] == list(contract.REGISTERS)


@pytest.mark.parametrize("table", list(contract.ENTRY_SHEETS))
def test_entry_sheets_are_the_contracts(table):
    declared = registers.BY_TABLE[table]
    assert (declared.sheet, declared.headers()) == contract.ENTRY_SHEETS[table]


def test_entry_sheets_are_these():
    assert [r.table for r in registers.ENTRY_SHEETS] == list(contract.ENTRY_SHEETS)


@pytest.mark.parametrize("table", list(contract.COMPUTED))
def test_computed_tables_are_the_contracts(table):
    declared = registers.BY_TABLE[table]
    assert (declared.sheet, declared.headers()) == contract.COMPUTED[table]
    assert declared.computed


def test_computed_tables_are_these():
    assert {r.table for r in registers.COMPUTED} == set(contract.COMPUTED)


@pytest.mark.parametrize("table", list(contract.LISTS))
def test_lists_hold_the_contracts_values(table):
    declared = registers.LISTS_BY_TABLE[table]
    header, values = contract.LISTS[table]
    assert declared.header == header
    if table == "HiddenWorkaroundPhrases":  # the contract's list of phrases ends with an ellipsis
        assert set(values) <= set(declared.values)
    else:
        assert declared.values == values


def test_lists_are_these():
    assert set(registers.LISTS_BY_TABLE) == set(contract.LISTS)


def test_every_page_of_the_contract_that_is_cited_is_there():
    cited = set()
    for folder in ("workbook", "addin", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            cited |= {(page, path.name) for page in re.findall(r"docs/contract/([\w-]+\.md)", path.read_text("utf-8"))}
    assert cited
    assert not [(page, by) for page, by in cited if not (ROOT / "docs" / "contract" / page).exists()]
