"""The one-page picture: one file that needs nothing else, readable by keyboard, screen reader and on paper."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from addin.output.documents.make import make_documents
from addin.output.documents.page import page
from addin.output.documents.svg import svg
from tests.support.builders import AS_OF, book, day
from tests.support.documents_programme import busy_book, material
from workbook.documents.calling import called_for, chosen
from workbook.documents.catalogue import BY_ID
from workbook.documents.figures import Curve, Figure, Role

PAGE = BY_ID["highlight-page"]
VOID = {"meta", "path", "circle", "rect", "line", "polygon"}


class Outline(HTMLParser):
    """The elements of a page with their attributes, and the words of each."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open, self.words = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.found if name == tag]


def made(found=None):
    return page(PAGE.contents(PAGE, found or material())).decode()


def test_it_is_whole_has_one_title_and_skips_no_level():
    outline = Outline(made())
    assert outline.open == []
    levels = [int(tag[1]) for tag, _ in outline.found if tag in {"h1", "h2", "h3"}]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = [attrs["id"] for _, attrs in outline.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {a["aria-labelledby"] for a in outline.all("section") if "aria-labelledby" in a} <= set(ids)
    assert outline.all("html") == [{"lang": "en-GB"}]


def test_it_needs_nothing_from_elsewhere_and_runs_nothing():
    html = made()
    outline = Outline(html)
    assert not {tag for tag, _ in outline.found} & {"script", "link", "img", "iframe", "object"}
    assert "url(" not in html
    assert "http:" not in html
    assert "https:" not in html
    assert {a["href"] for a in outline.all("a")} == {"#main"}


def test_each_chart_says_its_finding_and_has_its_figures_beside_it():
    found = material()
    outline = Outline(made(found))
    figures = PAGE.contents(PAGE, found).figures
    charts = [a for a in outline.all("svg") if a.get("role") == "img"]
    assert [a["aria-label"] for a in charts] == [f.alternative for f in figures]
    assert len(figures) == len(outline.all("table")) == len(outline.all("summary")) == 4
    assert all(a["scope"] in ("col", "row") for a in outline.all("th"))
    assert all(a.get("aria-hidden") == "true" for a in outline.all("svg") if a.get("role") != "img")


def test_no_name_in_a_chart_is_cut_off_at_the_top():
    """Also where the target is the highest value of the scale."""
    on_top = Curve("Target", Role.TARGET, [day(-7), day(0)], [80, 80])
    drawn = svg(Figure("a", "Shifts", "Percent", "Met.", curves=[on_top]))
    assert "Target" in drawn
    assert min(float(a["y"]) for a in Outline(drawn).all("text")) >= 10


def test_status_is_said_in_words():
    words = " ".join(Outline(made()).words)
    assert any(state in words for state in ("Off track", "Needs attention", "On track"))
    assert "decisions wanted of the board" in words


@pytest.mark.parametrize("name", ['<script>alert("x")</script>', "Elm & Ash \x00\ud800 House", "دار الرعاية"])
def test_whatever_people_typed_is_shown_and_never_run(name):
    outline = Outline(made(material(busy_book(Services=[{"Service name": name}]))))
    assert not outline.all("script")


def test_an_empty_programme_has_its_page_too():
    empty = material(book(Services=[], WorkforcePlan=[], OutcomeMeasures=()))
    words = " ".join(Outline(made(empty)).words)
    assert "No decision is wanted of the board" in words
    assert "Nothing is recorded yet" in words


def test_it_is_made_on_request_as_a_file_of_a_browser(tmp_path):
    found = material()
    assert not [c for c in called_for(found) if c.document is PAGE and c.called]
    calls = chosen(found, ["highlight-page"])
    for name in ("2026-06-30 highlight-page programme.html", "2026-06-30 highlight-page programme (2).html"):
        (written,) = make_documents(found, calls, tmp_path / "book.xlsx", made_on=AS_OF).written
        assert written.path.name == name
        assert written.path.read_bytes() == page(PAGE.contents(PAGE, found))
