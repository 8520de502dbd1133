"""The examples in the docstrings of what others may want for themselves, and of the hosts: each of them runs."""

from __future__ import annotations

import datetime as dt
import doctest
import importlib
import pkgutil
import shutil
import time
from pathlib import Path

import pytest
import xlsxwriter

import addin.calc
import addin.hosts
import addin.lossless
import addin.pipe
from addin.hosts.file.host import ClosedHost
from addin.hosts.file.versions import kept_states
from workbook.model.changes import ChangeSet, RowRef, SetCell

PACKAGES = (addin.lossless, addin.calc, addin.hosts, addin.pipe)
#: Needs LibreOffice's own library.
NOT_HERE = "addin.calc.agent"
#: A part of it that does without.
YET_HERE = "addin.calc.agent.formulas"
#: What an example may use without importing it; `orders.xlsx` and `programme.xlsx` lie in the folder it runs in.
KNOWN = {name: getattr(addin.lossless, name) for name in addin.lossless.__all__} | {
    "Path": Path,
    "dt": dt,
    "time": time,
    "ChangeSet": ChangeSet,
    "ClosedHost": ClosedHost,
    "RowRef": RowRef,
    "SetCell": SetCell,
    "kept_states": kept_states,
}


def modules() -> list[str]:
    found = [name for p in PACKAGES for _, name, _ in pkgutil.walk_packages(p.__path__, f"{p.__name__}.", onerror=str)]
    here = [name for name in found if not name.startswith(NOT_HERE)]
    return [*here, YET_HERE, *(p.__name__ for p in PACKAGES)]


def examples(name: str) -> list[doctest.DocTest]:
    module = importlib.import_module(name)
    return [t for t in doctest.DocTestFinder().find(module, extraglobs=KNOWN) if t.examples]


@pytest.fixture
def orders(tmp_path, monkeypatch):
    """A workbook with a table of two entries, and a text beside it."""
    with xlsxwriter.Workbook(tmp_path / "orders.xlsx") as book:
        sheet = book.add_worksheet("Log")
        columns = [{"header": header} for header in ("What", "How many", "State")]
        rows = [["Apples", 3, "new"], ["Pears", 5, "new"]]
        sheet.add_table("A1:C3", {"name": "Orders", "columns": columns, "data": rows})
        sheet.write("E1", "Prices of June")
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def programme(tmp_path_factory):
    """A workbook of ours with two actions; a run gave the first of them another owner."""
    path = tmp_path_factory.mktemp("programme") / "programme.xlsx"
    with xlsxwriter.Workbook(path) as book:
        columns = [{"header": header} for header in ("Action ID", "Action", "Owner")]
        rows = [["AC-0001", "Order tablets", "Manager Alpha"], ["AC-0002", "Plan a drop-in", "Lead Beta"]]
        sheet = book.add_worksheet("Actions")
        sheet.add_table("A1:C3", {"name": "Actions", "columns": columns, "data": rows})
    host = ClosedHost(path)
    owner = SetCell(RowRef("Actions", "AC-0001", 0), "Owner", "Manager Alpha", "Lead Beta")
    changes = ChangeSet("an example", host.read().fingerprint, (owner,))
    host.apply(changes, who="Manager Alpha", when=dt.datetime(2026, 11, 5, 10, tzinfo=dt.UTC))
    return path.parent


@pytest.mark.parametrize("name", [name for name in modules() if examples(name)])
def test_examples_run(name, orders, programme, tmp_path):
    shutil.copytree(programme, tmp_path, dirs_exist_ok=True)
    for test in examples(name):
        said: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.FAIL_FAST).run(test, out=said.append)
        assert not said, f"{test.name}: {''.join(said)}"


def test_there_are_examples():
    assert sum(len(examples(name)) for name in modules()) >= 72
