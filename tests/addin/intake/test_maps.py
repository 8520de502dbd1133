"""Mapping files: strict, with words for what is wrong, and found again by a list's headers."""

import json

import pytest

from addin.intake.maps import FOLDER, begun_map, find_map, read_map
from tests.support.intake import brought, source_of, written
from workbook.intake.matching import Match
from workbook.model.errors import SourceUnusable
from workbook.model.registers import SupportLog, TrainingMatrix


def saved(path, **said):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": 1, "into": "SupportLog"} | said), encoding="utf-8")
    return path


def test_a_mapping_file_says_columns_constants_values_and_days(tmp_path):
    path = saved(
        tmp_path / "map.json",
        columns={"Wann": "Date", "Haus": None},
        constants={"Service": "OAK"},
        values={"Outcome": {"erledigt": "Resolved"}},
        source={"dates": "dmy"},
    )
    from tests.support.intake import entry

    row = {
        ("Wann" if h == "Date" else h): v
        for h, v in entry(Date="03/04/2026", Outcome="Erledigt").items()
        if h != "Service"
    }
    report, changes = brought([row | {"Haus": "Elm"}], mapping=read_map(path, SupportLog).mapping)
    (made,) = written(changes)
    assert (made["Service"], made["Outcome"], made["Date"].isoformat()) == ("OAK", "Resolved", "2026-04-03")
    assert report.counts()["added"] == 1


def test_a_wide_list_gives_one_entry_for_each_person_and_thing(tmp_path):
    path = saved(
        tmp_path / "map.json",
        into="Training matrix",
        columns={"": "Champion ID"},
        constants={"Required": "Yes"},
        values={"Result": {"Completed": "Passed", "Not completed": "Not assessed"}},
        wide={"module": "header", "then": ["Result", "Completed on"]},
    )
    rows = [
        {
            "": "Champion Alpha",
            "Data protection": "Completed",
            " ": "25 June 2026",
            "Coaching colleagues": "Not completed",
            "  ": None,
        }
    ]
    source = source_of(rows, headers=("", "Data protection", "", "Coaching colleagues", ""))
    _, changes = brought(source, register=TrainingMatrix, mapping=read_map(path, TrainingMatrix).mapping)
    found = [
        (r["Champion ID"], r["Module"], r["Result"], str(r.get("Completed on")))
        for r in written(changes, "TrainingMatrix")
    ]
    assert found == [
        ("DC-001", "Data protection", "Passed", "2026-06-25"),
        ("DC-001", "Coaching colleagues", "Not assessed", "None"),
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"colums": {}}, "colums. Do you mean columns"),
        ({"columns": {"When": "Dat"}}, "no column Dat. Do you mean Date"),
        ({"columns": {"When": "Date", "On": "Date"}}, "Two headings go into Date"),
        ({"into": "Meetings"}, "for Meetings, not for Support log"),
        ({"into": "Nonsense"}, "for Nonsense, not for"),
        ({"version": 2}, "version"),
        ({"source": {"dates": "dym"}}, "dates"),
        ({"wide": {"module": "header"}}, "wide holds"),
        ({"constants": {"Shift": 3}}, "constants"),
    ],
)
def test_what_is_wrong_in_a_mapping_file_is_said(tmp_path, said, words):
    with pytest.raises(SourceUnusable, match=words):
        read_map(saved(tmp_path / "map.json", **said), SupportLog)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 5000])
def test_what_is_no_mapping_file_is_refused(tmp_path, content):
    path = tmp_path / "map.json"
    path.write_bytes(content)
    with pytest.raises(SourceUnusable, match="can't be used"):
        read_map(path, SupportLog)


def test_one_that_was_kept_is_found_again_by_its_headers(tmp_path):
    kept = tmp_path / FOLDER
    saved(kept / "one.json", columns={"Wann": "Date"}, name="one")
    saved(kept / "two.json", columns={"Wann": "Date", "Wo": "Service"}, name="two")
    saved(kept / "other.json", into="Meetings", columns={"Wann": "Held on"})
    (kept / "broken.json").write_text("{")
    book = tmp_path / "book.xlsx"
    assert find_map(book, SupportLog, source_of([{"WANN": 1, "wo": 2}])).mapping.name == "two"
    assert find_map(book, SupportLog, source_of([{"wann *": 1}])).mapping.name == "one"
    assert find_map(book, SupportLog, source_of([{"When": 1}])) is None


def test_one_that_is_begun_can_be_read_again(tmp_path):
    source = source_of([{"When": 1, "Odd": 2}])
    matches = [Match(0, "When", SupportLog.date, "synonym"), Match(1, "Odd", None, "left over")]
    path = tmp_path / "map.json"
    path.write_bytes(begun_map(SupportLog, source, matches, "dmy"))
    found = read_map(path, SupportLog).mapping
    assert found.columns == {"when": SupportLog.date, "odd": None}
    assert found.dates == "dmy"
