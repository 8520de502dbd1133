"""Files that can't be used: words for a manager, nothing else, and the file as it was."""

import io
import os
import random
import struct
import zipfile
from pathlib import Path

import pytest

from addin.hosts.file.reading import read_workbook
from tests.support.contract_builder import build
from workbook.model.errors import BookUnusable
from workbook.model.raw import RawTable

CORPUS = Path(__file__).resolve().parents[5] / "shared" / "corpus"
REQUIRED = bool(os.environ.get("CHAMPIONS_REQUIRE_ALL"))


def refused(path):
    """What the refusal says; the file is as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BookUnusable) as caught:
        list(read_workbook(path).tables)
    assert caught.value.what
    assert caught.value.where
    assert caught.value.next_step
    if before is not None:
        assert path.read_bytes() == before
    return caught.value.what


def package(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "book.xlsx"


def test_missing_file(path):
    assert "no such workbook" in refused(path)


def test_folder(tmp_path):
    assert "folder" in refused(tmp_path)


def test_no_permission(path, monkeypatch):
    build(path)

    def deny(*_, **__):
        raise PermissionError

    monkeypatch.setattr("addin.hosts.file.container.open_plain", deny)
    with pytest.raises(BookUnusable, match="may not read"):
        read_workbook(path)


def test_empty_file(path):
    path.touch()
    assert "empty" in refused(path)


def test_csv(path):
    path.write_text("Support ID,Date\nSU-0001,2026-06-29\n")
    assert "not an Excel workbook" in refused(path)


def test_word_file(path):
    assert "Word document" in refused(package(path, word__document_xml="<document/>"))


def test_other_zip_file(path):
    assert "not an Excel workbook" in refused(package(path, readme="hello"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated_zip(path, share):
    build(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "damaged" in refused(path)


@pytest.mark.parametrize(
    ("stream", "words"),
    [("EncryptedPackage", "password"), ("Workbook", "old Excel"), ("WordDocument", "Word document")],
)
def test_old_containers(path, stream, words):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512))
    assert words in refused(path)


def _with_part(path, part, data):
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def test_zip_bomb(path):
    build(path)
    _with_part(path, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + b" " * 100_000_000)
    assert "far more room" in refused(path)


def test_zip_bomb_that_lies_about_its_size(path):
    build(path)
    _with_part(path, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + b" " * 100_000_000)
    data = bytearray(path.read_bytes())
    for true in (struct.pack("<L", 100_000_022),):
        assert data.count(true) == 2
        data = data.replace(true, struct.pack("<L", 100))
    path.write_bytes(data)
    assert "damaged" in refused(path)


def test_none_of_our_tables(path):
    book = pytest.importorskip("openpyxl").Workbook()
    book.active["A1"] = "Shopping"
    book.save(path)
    assert "None of the programme's tables" in refused(path)


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"])
def test_entities_are_refused(path, part):
    build(path)
    with zipfile.ZipFile(path) as package:
        data = package.read(part)
    _with_part(path, part, LAUGHS + data)
    assert "damaged" in refused(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"])
def test_parts_that_are_no_xml(path, part):
    build(path)
    _with_part(path, part, b"\x00\xff nothing")
    assert refused(path)


def test_a_sheet_that_is_not_there(path):
    build(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist() if name != "xl/worksheets/sheet1.xml"}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    assert "damaged" in refused(path)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir() and not REQUIRED, reason="the foreign files are not beside the project")
def test_foreign_files_are_read_or_refused_in_words():
    files = [p for p in CORPUS.rglob("*") if p.suffix in (".xlsx", ".xlsm")]
    assert len(files) > 20
    for file in files:
        refused(file)
    protected = {p.name for p in files if "password" in refused(p)}
    assert protected == {"pass_protected.xlsx", "protected_passtika.xlsx"}


def _mutated(data, rng):
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(changed))
        action = rng.randrange(3)
        if action == 0:
            changed[at] = rng.randrange(256)
        elif action == 1:
            del changed[at : at + rng.randint(1, 40)]
        else:
            changed[at:at] = rng.randbytes(rng.randint(1, 20))
    return bytes(changed)


def _with_mutated_part(data, rng):
    """The package with sound checksums, one of its parts mutated: what lies behind the container is reached."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, _mutated(old.read(name), rng) if name == chosen else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("mutate", [_mutated, _with_mutated_part])
def test_no_damage_gives_anything_but_a_book_or_words(path, mutate):
    build(path, {"SupportLog": [{"Support ID": "SU-0001", "What happened": "A note."}]})
    data, rng = path.read_bytes(), random.Random(7)
    for _ in range(80):
        path.write_bytes(mutate(data, rng))
        try:
            tables = list(read_workbook(path).tables)
        except BookUnusable:
            continue
        assert all(isinstance(t, RawTable) for t in tables)
