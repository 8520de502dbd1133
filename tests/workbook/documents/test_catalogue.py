"""Every document is in the contract, has tests of its own, and the template that it names."""

from pathlib import Path

import pytest

from workbook.documents.catalogue import BY_ID, DOCUMENTS

ROOT = Path(__file__).resolve().parents[3]
CONTRACT = (ROOT / "docs" / "contract" / "documents.md").read_text(encoding="utf-8")
TESTS = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in (ROOT / "tests" / "workbook" / "documents", ROOT / "tests" / "addin" / "output" / "documents")
    for path in folder.glob("test_*.py")
)


def test_no_two_have_an_id():
    assert len(BY_ID) == len(DOCUMENTS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.id)
def test_it_is_in_the_contract_and_has_tests(document):
    assert f"`{document.id}`" in CONTRACT, f"docs/contract/documents.md does not name {document.id}"
    assert f'"{document.id}"' in TESTS, f"no test of tests/workbook/documents names {document.id}"
    assert (ROOT / "templates" / document.template).exists(), f"templates/{document.template} is not there"
