"""Every template and every document is valid by the schemas of Word's own files."""

import zipfile

import pytest
from openxml_audit import OpenXmlValidator

from addin.output.documents.engine import render
from addin.output.documents.places import Template, template_dir
from tests.support.documents_programme import contents_of, material
from workbook.documents.catalogue import DOCUMENTS

WORD = [document for document in DOCUMENTS if document.template]


def problems(path):
    found = OpenXmlValidator().validate(path)
    return [] if (found.error_count, found.warning_count) == (0, 0) else found.errors


@pytest.mark.parametrize("document", WORD, ids=lambda d: d.id)
def test_a_template_and_what_is_made_of_it_are_valid(document, tmp_path):
    path = template_dir() / document.template
    assert problems(path) == []
    made = render(document, contents_of(document, material()), Template(path, path.read_bytes(), ours=True))
    (tmp_path / "made.docx").write_bytes(made)
    assert problems(tmp_path / "made.docx") == []


def test_what_is_not_valid_is_found(tmp_path):
    path = tmp_path / "made.docx"
    with zipfile.ZipFile(template_dir() / "champion-card.docx") as ours, zipfile.ZipFile(path, "w") as spoilt:
        for name in ours.namelist():
            spoilt.writestr(name, ours.read(name).replace(b"<w:body>", b"<w:body><w:bogus/>"))
    assert problems(path)
