"""The changelog tells people of every version, document and command that they may meet."""

from pathlib import Path

import pytest

from workbook.blueprint import LAYOUT_VERSION
from workbook.commands import COMMANDS
from workbook.documents.catalogue import DOCUMENTS
from workbook.model.catalogue import RULES_VERSION

_TEXT = (Path(__file__).resolve().parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
TOLD = " ".join(_TEXT.casefold().split())


@pytest.mark.parametrize("version", [f"Layout {LAYOUT_VERSION}", f"Rules version {RULES_VERSION}"])
def test_the_versions_of_today_are_told(version):
    assert f"{version}:".casefold() in TOLD, f"CHANGELOG.md says nothing that begins with “{version}:”"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.id)
def test_every_document_is_told(document):
    assert document.title.casefold() in TOLD, f"CHANGELOG.md does not name the document {document.title}"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_every_command_is_told(command):
    assert f"champions {command.name}" in TOLD, f"CHANGELOG.md does not name champions {command.name}"
    if command.button is not None:
        assert command.label.casefold() in TOLD, f"CHANGELOG.md does not name the button {command.label}"
