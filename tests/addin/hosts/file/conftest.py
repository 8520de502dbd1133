"""Taking back is tried with changes of every kind, whichever command makes them."""

import pytest

from addin.hosts.file import undo

_OF_ANY_COMMAND = {"test_undo", "test_undo_anything", "test_undo_sequences"}


@pytest.fixture(autouse=True, scope="module")
def changes_of_any_command(request):
    """There a record may name any change; what it may name stands in test_record.py."""
    with pytest.MonkeyPatch.context() as patch:
        if request.module.__name__.rpartition(".")[2] in _OF_ANY_COMMAND:
            patch.setattr(undo, "undeclared", lambda *_, **__: None)
        yield
