"""The project's site: every page is there, every link leads somewhere, and what one takes along is what is made."""

import subprocess

import pytest

from addin.hosts.file.host import ClosedHost
from tools import project_site as site
from workbook.model.guide import READERS


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "champions.html"
    path.write_text("<title>The page</title>", encoding="utf-8")
    return path


def test_the_site_is_whole_and_asks_nothing_of_the_network(page, tmp_path):
    site.gather(site.GATHERED, page)
    site.build(tmp_path / "site")
    pages = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.html")}
    theirs = {path.relative_to(site.ROOT / "docs").with_suffix(".html") for path in (site.ROOT / "docs").rglob("*.md")}
    assert {p.as_posix().replace("README", "index") for p in theirs} <= pages
    assert {"index.html", "roles.html", "changelog.html", "contributing.html", "schema/index.html"} <= pages
    assert (tmp_path / "site" / "champions.html").read_bytes() == page.read_bytes()
    assert not ClosedHost(tmp_path / "site" / site.WORKBOOK).read().missing
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'href="champions.html"' in index
    assert 'src="https:' not in index
    assert 'rel="stylesheet" href="https:' not in index


def test_each_role_has_its_part_in_the_guide():
    words = site.guide_per_role()
    assert all(f"## {role}\n" in words for role in READERS)
    assert "| Manager reviews |" in words.partition("## Registered manager")[2].partition("\n## ")[0]
    assert "Project board minutes" in words.partition("## Board chair")[2].partition("\n## ")[0]


def test_a_link_that_leads_nowhere_fails(page, tmp_path, monkeypatch):
    for folder in ("docs", "docs/schema"):
        (tmp_path / folder).mkdir()
    for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md"):
        (tmp_path / name).write_text("See [this](docs/here.md).", encoding="utf-8")
    monkeypatch.setattr(site, "ROOT", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"README\.md links to docs/here\.md"):
        site.gather(tmp_path / "gathered", page)


def test_an_anchor_that_is_not_there_fails(page):
    site.gather(site.GATHERED, page)
    index = site.GATHERED / "index.md"
    index.write_text(index.read_text(encoding="utf-8") + "[x](guide.md#nowhere)", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        site.build(site.GATHERED.parent / "site-broken")
