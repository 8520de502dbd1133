"""Paths out of a workbook: followed within its folder, elsewhere after a yes, to another computer or a device never."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.output.paths import Approved, approvals_file, named_in
from tests.test_architecture import MODULES

NEVER = (
    r"\\server\share",
    "//server/share",
    r"\/server\share",
    r"/\server/share",
    r"\\?\C:\x",
    r"\\.\COM1",
    r"\\?\UNC\server\share",
    r"\??\C:\x",
    "https://example.org/x",
    "file:///etc",
    "file://server/x",
    "smb://server/x",
    "CON",
    "nul",
    "Nul.txt",
    "papers/COM1",
    r"papers\lpt9.docx\x",
    "aux .txt",
    "PRN.",
    "COM¹",
    "CONIN$",
    "ｃｏｎ",
    ".champions",
    "papers/../.champions/backups",
    ".Champions.",
    ".cham\u200cpions",
    "a:stream",
    "papers/a:b",
    ".. /..",
    "...",
    "papers/. ./x",
    "~/x",
    "~root",
    "%USERPROFILE%/x",
    "$HOME/x",
    "${HOME}",
    "pa\u202epers",
    "pa\x1bpers",
    "pa\npers",
    "a\0b",
)
ON_UNIX_NEVER = (r"C:\Users\x", "C:/x", "c:x", r"\temp", "Z:")
ON_WINDOWS_NEVER = (r"\temp", "/temp", "c:x", "C:")


@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize("text", NEVER, ids=ascii)
def test_never(tmp_path, text, windows):
    named = named_in(text, tmp_path, windows=windows)
    assert named.path is None
    assert named.why


@pytest.mark.parametrize(
    ("windows", "text"), [(False, t) for t in ON_UNIX_NEVER] + [(True, t) for t in ON_WINDOWS_NEVER]
)
def test_never_on_this_system(tmp_path, windows, text):
    assert named_in(text, tmp_path, windows=windows).path is None


@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("papers", "papers"),
        (r"papers\board", "papers/board"),
        (" papers/ ", "papers"),
        ("papers/../minutes", "minutes"),
        ("./a//b", "a/b"),
        ("Health & Social Care (1)'", "Health & Social Care (1)'"),
        ("Contract", "Contract"),
        ("console/nullable", "console/nullable"),
        ("comics/COM", "comics/COM"),
        ("100% care", "100% care"),
        ("Café £5", "Café £5"),
        ("champions", "champions"),
        (".", "."),
    ],
)
def test_within_the_workbooks_folder(tmp_path, text, place, windows):
    named = named_in(text, tmp_path, windows=windows)
    assert (named.path, named.outside, named.why) == ((tmp_path / place).resolve(), False, "")


@pytest.mark.parametrize("text", ["..", "../x", "a/../../x", "a/b/../../../x", r"..\x"])
def test_above_it_is_outside(tmp_path, text):
    named = named_in(text, tmp_path)
    assert named.path is not None
    assert named.outside


def test_in_full(tmp_path):
    (tmp_path / "mine").mkdir()
    assert named_in(str(tmp_path / "theirs"), tmp_path / "mine").outside
    assert not named_in(str(tmp_path / "mine" / "x"), tmp_path / "mine").outside
    assert named_in(str(tmp_path / "mine-too"), tmp_path / "mine").outside


def test_a_link_counts_as_the_place_that_it_leads_to(tmp_path):
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    mine.mkdir()
    theirs.mkdir()
    (mine / ".champions").mkdir()
    (mine / "real").mkdir()
    (mine / "away").symlink_to(theirs, target_is_directory=True)
    (mine / "ours").symlink_to(mine / ".champions", target_is_directory=True)
    (mine / "near").symlink_to(mine / "real", target_is_directory=True)
    (mine / "round").symlink_to(mine / "round")
    (tmp_path / "door").symlink_to(mine, target_is_directory=True)
    assert named_in("away/x", mine).outside
    assert named_in("away/x", mine).path == theirs / "x"
    assert named_in("real/../away", mine).outside
    assert named_in("away/..", mine).outside
    assert named_in("ours", mine).path is None
    assert not named_in("near/x", mine).outside
    assert not named_in("papers", tmp_path / "door").outside
    assert named_in("round/x", mine).path in {None, mine / "round" / "x"}


def test_another_workbooks_states_are_the_programs_own_too(tmp_path):
    (tmp_path / "mine").mkdir()
    assert named_in("../.champions/backups", tmp_path / "mine").path is None


@given(st.text(alphabet=st.sampled_from("ab./\\ :~%C\u200b"), max_size=14))
def test_what_is_followed_lies_where_it_says(text):
    home = Path("/nowhere/mine")
    named = named_in(text, home, windows=False)
    if named.path is not None:
        assert named.path.is_absolute()
        assert named.outside is not named.path.is_relative_to(home)
        assert not text.strip().startswith(("//", "\\"))


def test_a_yes_is_for_one_workbook_and_one_folder_and_kept_for_the_person_alone(tmp_path):
    file = approvals_file(tmp_path / "state" / "champions")
    one = Approved(file, tmp_path / "one.xlsx")
    assert not one.has(tmp_path / "x")
    one.add(tmp_path / "x")
    assert Approved(file, tmp_path / "one.xlsx").has(tmp_path / "x")
    assert not one.has(tmp_path / "x" / "y")
    assert not Approved(file, tmp_path / "two.xlsx").has(tmp_path / "x")
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "{", "[[[[", '{"a": 1}', "[1, null]", "é", "[" * 100_000])
def test_what_was_kept_and_is_damaged_is_no_yes(tmp_path, text):
    file = tmp_path / "kept.json"
    file.write_text(text, encoding="utf-8")
    one = Approved(file, tmp_path / "one.xlsx")
    assert not one.has(tmp_path)
    one.add(tmp_path)
    assert one.has(tmp_path)
    assert json.loads(file.read_text())


def test_where_it_can_not_be_kept_the_press_goes_on(tmp_path):
    (tmp_path / "file").write_text("")
    one = Approved(tmp_path / "file" / "state" / "kept.json", tmp_path / "one.xlsx")
    one.add(tmp_path)
    assert not one.has(tmp_path)


def test_no_other_place_makes_a_path_of_the_setting():
    for name, path in MODULES.items():
        used = {n.attr for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Attribute)}
        assert "documents_folder" not in used or name in {
            "addin.output.documents.places",
            "addin.frontends.buttons.actions",
        }, name


def test_no_other_place_makes_a_path_of_the_logos_setting():
    for name, path in MODULES.items():
        source = path.read_text(encoding="utf-8")
        assert "programme.logo" not in source or name == "addin.output.documents.make", name
