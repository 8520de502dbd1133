"""Every sheet as a picture: nothing blank, nothing cut to ###, a page for each; kept where CHAMPIONS_PICTURES says."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from pathlib import Path

import pytest

from addin.hosts.file.host import ClosedHost
from addin.output.masterbook import build_master
from tests.support.office import need_office
from tools.pictures import grey, inked, pages, printed, save_sheets
from workbook.answers.recording import record
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.view import View
from workbook.rules import checks
from workbook.rules.reviews import reviews
from workbook.rules.triggers import evaluate

pytestmark = pytest.mark.libreoffice
WHEN = dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC)
#: A page with its title and its headings alone has more ink than this.
SOME_INK = 0.004


@pytest.fixture(scope="module", params=["example", "empty"])
def book(request, tmp_path_factory):
    need_office()
    path = tmp_path_factory.mktemp(request.param) / f"{request.param}.xlsx"
    if request.param == "empty":
        path.write_bytes(build_master(plan_book()))
        return path
    example = simulate(weeks=8)
    path.write_bytes(build_master(plan_book(example.tables, example.until)))
    host = ClosedHost(path)
    snapshot = host.read()
    host.apply(checks.changes(snapshot, checks.run(snapshot, example.until)), who="Tester", when=WHEN)
    view = View(host.read(), example.until)
    host.apply(record(view, evaluate(view), reviews(view)), who="Tester", when=WHEN)
    return path


@pytest.fixture(scope="module")
def pdf(book):
    return printed(book, book.parent)


def test_every_sheet_has_its_pages_and_none_is_blank(book, pdf):
    printed_pages = pages(pdf)
    names = {sheet.name for sheet in plan_book().sheets}
    upright = {sheet.name for sheet in plan_book().sheets if sheet.portrait}
    assert {page.sheet for page in printed_pages} == names
    by_page = dict(enumerate(grey(pdf, dots=30), start=1))
    assert len(by_page) == len(printed_pages)
    for page in printed_pages:
        wide, high, points = by_page[page.number]
        assert (wide > high) == (page.sheet not in upright), f"{page.sheet} is printed across"
        above_the_footer = points[: wide * round(high * 0.9)]
        assert inked(above_the_footer) > (SOME_INK if _first(page, printed_pages) else 0.0002), page
    kept = os.environ.get("CHAMPIONS_PICTURES")
    if kept:
        _keep(book, Path(kept))


def _first(page, printed_pages):
    return page == next(p for p in printed_pages if p.sheet == page.sheet)


def _keep(book, folder):
    """Puts a picture of each sheet where a person may look at it."""
    folder = folder / book.stem
    shutil.rmtree(folder, ignore_errors=True)
    assert len(save_sheets(book, folder)) == len(plan_book().sheets)


def test_no_cell_is_too_narrow_for_what_it_holds(pdf):
    assert not [page.sheet for page in pages(pdf) if re.search(r"##", page.text)]
