"""A document: a notice that names the champions of the programme."""

from tests.support.additions.addition import Addition, Edit, after, all_of, before, new, told

DECLARED = '''"""Champions' notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.documents.declare import Call, Document, Material, programme_call
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind


def _contents(document: Document, material: Material, scope: Scope = PROGRAMME_SCOPE) -> Any:
    from workbook.documents.champions_notice import champions_notice

    return champions_notice(document, material, scope)


def _call(document: Document, _material: Material) -> Sequence[Call]:
    return programme_call(document, False, "Made when it is asked for.")


CHAMPIONS_NOTICE = Document(
    id="champions-notice",
    title="Champions' notice",
    made_for="the notice board",
    when="when asked for",
    scope=ScopeKind.PROGRAMME,
    template="champions-notice.docx",
    contents=_contents,
    call=_call,
)
'''
CONTENTS = '''"""Who the champions are (champions-notice)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.documents.declare import About, Document, Material
from workbook.documents.words import about
from workbook.model.triggers import PROGRAMME_SCOPE, Scope


@dataclass(frozen=True)
class ChampionsNotice:
    """The context of the template champions-notice."""

    about: About
    champions: Sequence[str]


def champions_notice(document: Document, material: Material, _scope: Scope = PROGRAMME_SCOPE) -> ChampionsNotice:
    """The champions by name."""
    names = [c.name or c.champion_id for c in material.view.acting_champions()]
    return ChampionsNotice(about(document, material), names)
'''
TEMPLATE = '''"""The template of the champions' notice."""

from __future__ import annotations

from tools.templates.kit import Paper


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Champions' notice")
    paper.title("{{ about.title }}", "{{ about.programme }} · {{ about.provider }} · {{ about.day }}")
    paper.tag("for name in champions")
    paper.text("{{ name }}")
    paper.tag("endfor")
    return paper.build()
'''
TESTS = '''"""The champions' notice."""

import io

import docx

from addin.output.documents.engine import render
from addin.output.documents.places import Template, template_dir
from tests.support.documents_programme import material
from workbook.documents.catalogue import BY_ID

NOTICE = BY_ID["champions-notice"]


def test_it_names_the_champions():
    path = template_dir() / NOTICE.template
    contents = NOTICE.contents(NOTICE, material())
    assert "Champion Alpha" in contents.champions
    page = docx.Document(io.BytesIO(render(NOTICE, contents, Template(path, path.read_bytes(), ours=True))))
    assert "Champion Alpha" in "\\n".join(p.text for p in page.paragraphs)
'''

DECLARATIONS = "workbook/documents/catalogue/"
CATALOGUE, OWN = "tests/workbook/documents/test_catalogue.py", "tests/workbook/documents/test_champions_notice.py"
ENGINE = "tests/addin/output/documents/test_engine.py"
BUILT = f"{ENGINE}::test_the_templates_are_what_their_builders_give[champions-notice.docx]"

DOCUMENT = Addition(
    kind="a document",
    edits=(
        Edit(
            f"{DECLARATIONS}champions_notice.py",
            new(DECLARED),
            CATALOGUE,
            DECLARATIONS,
        ),
        Edit(
            "workbook/documents/catalogue/__init__.py",
            all_of(
                before(
                    "from workbook.documents.catalogue.governance_review",
                    "from workbook.documents.catalogue.champions_notice import CHAMPIONS_NOTICE\n",
                ),
                after("    CHAMPION_CARD,\n", "    CHAMPIONS_NOTICE,\n"),
            ),
            OWN,
            DECLARATIONS,
        ),
        Edit("workbook/documents/champions_notice.py", new(CONTENTS), OWN, "workbook/documents/"),
        Edit("tools/templates/champions_notice.py", new(TEMPLATE), BUILT, "tools/templates/"),
        Edit("tests/workbook/documents/test_champions_notice.py", new(TESTS), CATALOGUE, "tests/workbook/documents/"),
        Edit(
            "docs/contract/documents.md",
            lambda old: f"{old}\n## Champions' notice (`champions-notice`)\n\nWho they are.\n",
            CATALOGUE,
        ),
        told("**Champions' notice**: a page that names the champions."),
    ),
)
