"""The highlight page in a browser: readable by everybody, on a telephone, in the dark and on one sheet of paper."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import sync_playwright

from addin.output.documents.page import page
from tests.support.builders import book
from tests.support.documents_programme import busy_book, material
from tests.support.office import REQUIRED
from tools.page import FETCHED, fetch
from workbook.documents.catalogue import BY_ID

pytestmark = pytest.mark.browser
PAGE = BY_ID["highlight-page"]
AXE = FETCHED / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = (
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "light", "forced_colors": "active"},
    {"color_scheme": "dark", "reduced_motion": "reduce"},
)


@pytest.fixture(scope="module")
def browser():
    """Chromium without a network; the rules of accessibility are fetched once and kept in build/."""
    program = shutil.which("chromium")
    if program is None or shutil.which("npm") is None:
        if REQUIRED:
            pytest.fail("Chromium and npm are required here and not installed.")
        pytest.skip("Chromium or npm is not installed on this machine.")
    if not AXE.exists():
        try:
            fetch(FETCHED)
        except subprocess.CalledProcessError as error:
            if REQUIRED:
                raise
            pytest.skip(f"What judges the page can't be fetched here: {error}")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module", params=["busy", "empty"])
def written(request, tmp_path_factory):
    """The page of a busy programme, and of one that has just begun."""
    found = material(busy_book() if request.param == "busy" else book())
    path = tmp_path_factory.mktemp("highlight") / "highlight.html"
    path.write_bytes(page(PAGE.contents(PAGE, found)))
    return path


def test_it_is_readable_in_every_look_and_on_a_telephone(browser, written):
    for look in LOOKS:
        face = browser.new_page(viewport={"width": 360, "height": 740}, **look)
        said = []
        face.on("console", lambda message, said=said: said.append(message.text))
        face.on("request", lambda request, said=said: said.append(request.url))
        face.on("pageerror", lambda error, said=said: said.append(str(error)))
        face.goto(written.as_uri())
        assert face.evaluate("document.documentElement.scrollWidth") <= 360, "nothing has to be scrolled to the side"
        face.evaluate(AXE.read_text(encoding="utf-8"))
        found = face.evaluate("how => axe.run('html', how)", {"runOnly": RULES, "resultTypes": ["violations"]})
        assert [(r["id"], [n["html"] for n in r["nodes"]][:3]) for r in found["violations"]] == [], look
        assert said == [written.as_uri()], "nothing is asked for but the page, and nothing is said"
        face.close()


def test_it_is_printed_on_one_sheet(browser, written):
    face = browser.new_page()
    face.goto(written.as_uri())
    printed = face.pdf(format="A4", prefer_css_page_size=True)
    face.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
