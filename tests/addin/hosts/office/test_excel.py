"""Excel as a press reaches it, by xlwings' own lines for Windows over a made-up Excel; which goes on afterwards."""

from __future__ import annotations

import atexit
import time
from types import SimpleNamespace

import pytest

from addin.frontends.buttons import office_app
from addin.hosts.office import busy, excel
from addin.isolated import EXCEL_BOOK, EXCEL_WINDOW
from tests.support.ribbon.pretend_windows import Excel, windows
from workbook.model.errors import BookBusy, BookUnusable, HostCannot

CLOUD = "https://home.sharepoint.com/sites/Care/Shared Documents/Rota.xlsx"


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(busy, "PAUSE", 0.001)


@pytest.fixture
def two(monkeypatch, quick):
    """The same name open in two Excels."""
    excels = {4711: Excel(**{"Rota.xlsx": r"C:\Care\Rota.xlsx", "Book1": "Book1"}), 42: Excel(**{"Rota.xlsx": CLOUD})}
    module = windows(monkeypatch, excels)
    excel.drop_xlwings_hooks()
    yield excels
    atexit.unregister(module.cleanup)


def pressed(window, name):
    return office_app.in_front({EXCEL_WINDOW: str(window), EXCEL_BOOK: name})


def test_the_window_says_which_excel_and_the_name_which_workbook(two):
    assert pressed(4711, "Rota.xlsx").name.startswith(r"C:\Care\Rota.xlsx")
    assert pressed(42, "Rota.xlsx").name == CLOUD
    assert pressed(4711, "Book1").name == "Book1 in 4711"
    assert pressed(4711, "Book1").path is None


@pytest.mark.parametrize(
    "address",
    [
        *(CLOUD, "https://home-my.sharepoint.com/personal/zoe_home_org/Documents/Rota.xlsx"),
        *("https://d.docs.live.net/0123456789abcdef/Rota.xlsx", "http://intranet/Rota.xlsx", "ftp://a/b.xlsx"),
    ],
)
def test_an_address_is_a_name_and_no_path(two, address):
    two[42].books[0].__dict__["FullName"] = address
    there = pressed(42, "Rota.xlsx")
    assert (there.path, there.name) == (None, address)
    assert "Worksheets" not in two[42].asked, "no sheet is asked where it lies"


def test_busy_for_a_while_it_is_asked_again(two):
    for asked in (1, 5, 20):
        two[4711].busy = asked
        assert pressed(4711, "Rota.xlsx").name


def test_busy_all_the_time_it_is_told_and_nothing_is_written(two, monkeypatch):
    monkeypatch.setattr(busy, "PATIENCE", 0.05)
    monkeypatch.setattr(excel, "PATIENCE", 0.05)
    excel.drop_xlwings_hooks()
    two[4711].busy = 10**9
    begun = time.monotonic()
    with pytest.raises(BookBusy, match="Excel is busy") as told:
        pressed(4711, "Rota.xlsx")
    assert "Finish the cell you are typing in" in told.value.next_step
    assert "Nothing was changed" in told.value.next_step
    assert time.monotonic() - begun < 20
    assert not [asked for asked in two[4711].asked if asked.endswith("=")]


def test_a_rejected_call_is_never_taken_for_an_answer(two):
    """As xlwings has it, a call that Excel rejects gives None without a word."""
    app = pressed(4711, "Rota.xlsx")._app
    two[4711].busy = 3
    assert app.impl.xl.Workbooks("Rota.xlsx").Name == "Rota.xlsx"


@pytest.mark.parametrize("name", ["Gone.xlsx", "rota.xlsx", "Rota"])
def test_a_workbook_that_is_gone_or_has_another_name_is_told(two, name):
    with pytest.raises(BookUnusable, match="closed or renamed"):
        pressed(4711, name)


def test_an_excel_that_is_gone_is_told(two):
    with pytest.raises(HostCannot, match="can't be reached"):
        pressed(5, "Rota.xlsx")


@pytest.mark.parametrize("window", ["", "x", "4711; calc"])
def test_a_window_is_a_number(two, window, monkeypatch):
    monkeypatch.setattr("xlwings.apps", SimpleNamespace(active=None))  # LibreOffice may run as another test left it
    with pytest.raises(HostCannot):
        pressed(window, "Rota.xlsx")


def test_nothing_of_xlwings_is_left_to_be_done_at_the_end(monkeypatch):
    registered = []
    monkeypatch.setattr(atexit, "register", lambda do: registered.append(do) or do)
    monkeypatch.setattr(atexit, "unregister", registered.remove)
    windows(monkeypatch, {})
    assert [do.__name__ for do in registered] == ["cleanup"], "as xlwings has it"
    excel.drop_xlwings_hooks()
    assert registered == []


def test_an_older_ribbon_gets_an_answer(monkeypatch):
    monkeypatch.setattr("sys.argv", ["-c", "--wb=Rota.xlsx", "--from_xl=1", "--app=C:\\x", "--hwnd=4711"])
    from addin.frontends.buttons import press

    with pytest.raises(SystemExit, match="older than the program") as told:
        press("check")
    assert "install Champion Workbook again" in str(told.value)


def test_without_an_office_program_it_says_so():
    with pytest.raises(HostCannot, match="No office program"):
        office_app.in_front({})
