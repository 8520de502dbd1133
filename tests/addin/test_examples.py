"""The examples in the docstrings of what others may want for themselves, and of the hosts: each of them runs."""

from __future__ import annotations

import datetime as dt
import doctest
import importlib
import pkgutil
import time
from pathlib import Path

import pytest
import xlsxwriter

import addin.calc
import addin.hosts
import addin.lossless
import addin.pipe

PACKAGES = (addin.lossless, addin.calc, addin.hosts, addin.pipe)
#: Needs LibreOffice's own library.
NOT_HERE = "addin.calc.agent"
#: What an example may use without importing it; `orders.xlsx` lies in the folder it runs in.
KNOWN = {name: getattr(addin.lossless, name) for name in addin.lossless.__all__} | {
    "Path": Path,
    "dt": dt,
    "time": time,
}


def modules() -> list[str]:
    found = [name for p in PACKAGES for _, name, _ in pkgutil.walk_packages(p.__path__, f"{p.__name__}.", onerror=str)]
    return [name for name in found if not name.startswith(NOT_HERE)] + [p.__name__ for p in PACKAGES]


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


@pytest.mark.parametrize("name", [name for name in modules() if examples(name)])
def test_examples_run(name, orders):
    for test in examples(name):
        said: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.FAIL_FAST).run(test, out=said.append)
        assert not said, f"{test.name}: {''.join(said)}"


def test_there_are_examples():
    assert sum(len(examples(name)) for name in modules()) >= 36
