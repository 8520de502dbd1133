"""Workbooks whose pieces have changed places, read and changed by us, and read by others."""

import glob
import posixpath
import subprocess
import sys
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from addin.lossless import Book, LosslessError
from addin.lossless.edit.state import State
from addin.lossless.opc import parts
from tests.support import fuzzing, swapping
from tests.support.lossless import making
from tests.support.office import ROOT, need_office
from tests.support.swaps import SWAPS, Unfit

SEED = 20260630
TIMES = len(SWAPS)
needs_linux = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits are set as Linux knows them")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return fuzzing.originals(tmp_path_factory.mktemp("sound"))


def tried(kind, times, sound, folder):
    first = swapping.KINDS.index(kind)
    for number in range(first, first + times * len(SWAPS), len(SWAPS)):
        swapping.one(number, SEED, sound, folder / "programme.xlsx")


@needs_linux
def test_no_workbook_whose_pieces_have_changed_places_is_damaged_or_fails_without_words():
    # in a process of its own: forking one that has threads, as a test runner has, is not sound
    command = [sys.executable, "-m", "tests.support.swapping", "--times", str(TIMES), "--seed", str(SEED)]
    done = subprocess.run(
        [*command, "--processes", "2"], capture_output=True, text=True, cwd=ROOT, timeout=1200, check=False
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    counted = {line.rpartition(": ")[0]: line.rpartition(": ")[2] for line in done.stdout.splitlines()[:-1]}
    assert set(counted) == set(SWAPS)
    assert len(SWAPS) >= 20
    assert sum("written" in ends for ends in counted.values()) > len(SWAPS) / 2
    assert done.stdout.splitlines()[-1].startswith(f"{TIMES} workbooks of {len(SWAPS)} kinds of swap")


def from_the_part_alone(part, target):
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target.lstrip("/")))


#: What is put back wrongly on purpose: the guard, what stands in its place, and a kind of swap that it guards against.
FAULTS = {
    "two sheets of one name": (State, "_refuse_sheets_alike", lambda self: None, "one name for two sheets"),
    "a new table's number": (State, "next_table_id", lambda self: 1, "places of two rows"),
    "absolute targets": (parts, "target_of", from_the_part_alone, "a part in another folder"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_is_put_back_is_found(monkeypatch, tmp_path, sound, fault):
    holder, name, wrong, kind = FAULTS[fault]
    monkeypatch.setattr(holder, name, wrong)
    with pytest.raises(swapping.Wrong):
        tried(kind, 16, sound, tmp_path)


def test_none_of_those_faults_is_there(tmp_path, sound):
    for kind in {kind for *_, kind in FAULTS.values()}:
        tried(kind, 4, sound, tmp_path)


@pytest.fixture(scope="module")
def changed(sound):
    """Workbooks whose pieces have changed places, and the same with a few cells of ours, by the kind of swap."""
    found = {}
    for number, kind in enumerate(swapping.KINDS):
        try:
            _, data, _ = swapping.one_swapped(number, SEED, sound[1:])
            book = Book(data)
            for row in (1, 2, 5):
                book.set_cell(next(iter(book.sheets)), row, 100, "put in by us")
            made = making.written(book)
        except (Unfit, LosslessError, StopIteration):
            continue
        found[f"{number:02}"] = kind, data, made
    return found


def test_an_audit_finds_no_more_in_what_is_written_than_before(changed, tmp_path):
    assert len(changed) >= 20
    for kind, data, made in changed.values():
        before, after = _complaints(data, tmp_path), _complaints(made, tmp_path)
        assert after <= before, (kind, after - before)


def _complaints(data, folder):
    path = folder / "audited.xlsx"
    path.write_bytes(data)
    found = OpenXmlValidator().validate(path).errors
    return {(str(e.part_uri), e.description) for e in found if "inline-string" not in e.description}


@pytest.mark.libreoffice
def test_libreoffice_reads_what_is_written_as_it_read_it_before(changed, tmp_path):
    need_office()
    (tmp_path / "in").mkdir()
    for number, (_, data, made) in changed.items():
        (tmp_path / "in" / f"{number}a.xlsx").write_bytes(data)
        (tmp_path / "in" / f"{number}b.xlsx").write_bytes(made)
    profile = (tmp_path / "profile").as_uri()
    # comma, quotation mark, UTF-8, from row 1 on; the last is "every sheet"
    to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", to]
    files = sorted(str(p) for p in (tmp_path / "in").iterdir())
    subprocess.run([*command, "--outdir", str(tmp_path / "out"), *files], capture_output=True, timeout=600, check=False)
    read = [number for number in changed if _sheets(tmp_path, f"{number}a")]
    assert len(read) >= 20
    for number in read:
        before, after = _sheets(tmp_path, f"{number}a"), _sheets(tmp_path, f"{number}b")
        assert before.keys() == after.keys(), changed[number][0]
        assert any("put in by us" in text for text in after.values()), changed[number][0]


def _sheets(folder, name):
    found = (folder / "out").glob(f"{glob.escape(name)}-*.csv")
    return {path.stem.removeprefix(f"{name}-"): path.read_text(encoding="utf-8") for path in found}
