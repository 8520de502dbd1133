"""CONTRIBUTING.md's table, followed: each kind of addition goes green within the files that are listed for it.

A worked example of each kind is made in a copy of the project. Without any one of the listed files something fails,
in words that lead there.
"""

import pytest

from tests.support.additions.addition import VERSIONS, Copy, listed, noted
from tests.support.additions.button import BUTTON
from tests.support.additions.column import COLUMN
from tests.support.additions.document import DOCUMENT
from tests.support.additions.host_change import HOST_CHANGE
from tests.support.additions.trigger import TRIGGER

pytestmark = pytest.mark.long


@pytest.mark.parametrize("addition", [COLUMN, TRIGGER, DOCUMENT, BUTTON, HOST_CHANGE], ids=lambda a: a.kind)
def test_an_addition_is_green_within_its_listed_files_and_red_without_any_of_them(addition, tmp_path):
    files, generates = listed(addition.kind)
    assert addition.files == files
    copy = Copy(tmp_path / "project")
    for edit in addition.edits:
        copy.make(edit)
    edits = addition.edits
    if addition.version:
        note = noted(addition.version, copy.wrong([VERSIONS]))
        copy.make(note)
        edits = (*edits, note)
    assert bool(copy.generate()) == generates, "whether something is generated anew is what the table says"
    assert copy.wrong(addition.held_by) == ""
    assert copy.broken_contracts() == ""
    for edit in edits:
        copy.forget(edit)
        said = copy.wrong([edit.held_by])
        assert "Error" in said or "Exit" in said, f"nothing tells that {edit.path} was left out"
        copy.make(edit)
