"""What `check --json` and `triggers --json` say of workbooks that openpyxl built from the column contract alone."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
import sys

import pytest

from tests.support.builders import BASE, PEOPLE, SETTINGS, day, rows_like
from tests.support.contract_builder import build
from tests.support.office import ROOT, convert

AS_OF = "2026-06-30"


def champions(*words, code=None):
    """Runs the command as a person would; gives the finished process."""
    done = subprocess.run(
        [sys.executable, "-m", "addin.frontends.terminal", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr
    if code is not None:
        assert done.returncode == code, done.stderr + done.stdout
    return done


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def programme(**more):
    """A small programme with something to find: three like needs, a two-way date, an issue that came back."""
    tables = {name: [{}] for name in BASE if name != "People"}
    tables["SupportLog"] = [
        {"Date": day(-1), "Staff member": "Carer One"},
        {"Date": day(-2), "Staff member": "Carer Two"},
        {"Date": day(-3), "Staff member": "Carer Three"},
        {"Date": "03/04/2026"},
        {"Date": day(-60), "Workflow": "Alerts", "Support need": "None seen"},
    ]
    tables["ImprovementLog"] = [
        {"Raised on": day(-40)},
        {"Raised on": day(-5), "Categorised on": day(-4), "Repeat of": "IM-001"},
    ]
    rows = {name: rows_like(name, given) for name, given in {**tables, **more}.items()}
    rows["People"] = PEOPLE
    rows["Programme"] = [{"Setting": k, "Value": v} for k, v in SETTINGS.items()]
    return rows


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "programme.xlsx"
    build(path, programme())
    return path


@pytest.fixture(scope="module")
def checked(path):
    return json.loads(champions("check", path, "--as-of", AS_OF, "--json", "--no-write", code=1).stdout)


@pytest.fixture(scope="module")
def triggered(path):
    return json.loads(champions("triggers", path, "--as-of", AS_OF, "--json", "--no-write", code=1).stdout)


def test_findings_have_the_fields_of_the_contract(checked):
    assert list(checked) == ["workbook", "fingerprint", "counts", "findings"]
    assert set(checked["counts"]) == {"error", "warning", "advice"}
    for finding in checked["findings"]:
        assert list(finding) == ["code", "severity", "table", "id", "row", "column", "value", "message", "fix"]
    for severity, count in checked["counts"].items():
        assert count == sum(f["severity"] == severity for f in checked["findings"])


def test_the_planted_mistake_is_found_where_it_is(checked):
    errors = [f for f in checked["findings"] if f["severity"] == "error"]
    assert [(f["code"], f["table"], f["id"], f["column"]) for f in errors] == [
        ("not-a-date", "SupportLog", "SU-0004", "Date")
    ]
    assert "03 Apr 2026" in errors[0]["message"] + errors[0]["fix"]
    assert "04 Mar 2026" in errors[0]["message"] + errors[0]["fix"]


def test_results_have_the_fields_of_the_contract(triggered):
    assert list(triggered) == ["workbook", "fingerprint", "as_of", "rules", "results", "reviews"]
    assert triggered["as_of"] == AS_OF
    fields = ["trigger", "title", "state", "scope", "value", "threshold", "window_days", "evidence", "summary"]
    for result in triggered["results"]:
        assert list(result) == [*fields, "escalation", "owner", "due"]
        assert result["state"] in {"raised", "watch", "clear", "not enough data"}
        assert set(result["scope"]) == {"kind", "id"}
        assert all(set(e) == {"table", "id"} for e in result["evidence"])
        assert result["summary"].endswith(".")
        assert (result["due"] is None) == (result["state"] in {"clear", "not enough data"})
        if result["due"]:
            dt.date.fromisoformat(result["due"])
    for review in triggered["reviews"]:
        assert list(review) == ["review", "service", "last_done", "next_due", "days_late"]


def test_there_is_exactly_one_result_for_each_trigger_and_scope(triggered):
    keys = [(r["trigger"], r["scope"]["kind"], r["scope"]["id"]) for r in triggered["results"]]
    assert len(keys) == len(set(keys))
    expected = {(f"P{n}", "champion", "DC-001") for n in range(1, 8)} | {("P8", "service", "OAK")}
    expected |= {(f"S{n}", "service", "OAK") for n in range(1, 11)}
    expected |= {(f"F{n}", "programme", "programme") for n in range(1, 12)}
    assert set(keys) == expected


def test_what_happened_is_raised_with_its_rows(triggered):
    results = {r["trigger"]: r for r in triggered["results"]}
    repeated = results["S1"]
    assert repeated["state"] == "raised"
    assert repeated["evidence"] == [{"table": "SupportLog", "id": f"SU-000{n}"} for n in (1, 2, 3)]
    assert (repeated["value"], repeated["threshold"], repeated["window_days"]) == (3, 3, 14)
    assert (repeated["owner"], repeated["due"]) == ("Team leader", "2026-07-07")
    assert "Left out" in repeated["summary"]
    recurring = results["F1"]
    assert recurring["state"] == "raised"
    assert {e["id"] for e in recurring["evidence"]} == {"IM-001", "IM-002"}
    assert recurring["due"] == "2026-07-09", "the next board meeting"


def test_twice_gives_the_same(path, checked, triggered):
    again = champions("check", path, "--as-of", AS_OF, "--json", "--no-write").stdout
    assert json.loads(again) == checked
    again = champions("triggers", path, "--as-of", AS_OF, "--json", "--no-write").stdout
    assert json.loads(again) == triggered


@pytest.mark.libreoffice
def test_saved_again_by_libreoffice_it_says_the_same(path, checked, triggered, tmp_path):
    saved = convert(path, tmp_path)
    for command, before in (("check", checked), ("triggers", triggered)):
        after = json.loads(champions(command, saved, "--as-of", AS_OF, "--json", "--no-write", code=1).stdout)
        assert after["fingerprint"] == before["fingerprint"]
        assert {k: v for k, v in after.items() if k != "workbook"} == {
            k: v for k, v in before.items() if k != "workbook"
        }


def test_only_looking_leaves_the_file_as_it_was(path):
    before = digest(path)
    for command in ("check", "triggers"):
        champions(command, path, "--as-of", AS_OF, "--no-write", code=1)
    for command in ("week", "reviews"):
        champions(command, path, "--as-of", AS_OF, code=0)
    champions("explain", path, "S1:OAK", "--as-of", AS_OF, "--week-by-week", code=0)
    assert digest(path) == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_input_tables_alone_are_enough_and_the_rest_is_added(tmp_path):
    path = tmp_path / "bare.xlsx"
    build(path, programme(), computed=False, lists=False, leave_out=("Thresholds",))
    before = json.loads(champions("check", path, "--as-of", AS_OF, "--json", code=1).stdout)
    assert before["counts"]["error"] == 1
    champions("triggers", path, "--as-of", AS_OF, code=1)
    after = json.loads(champions("check", path, "--as-of", AS_OF, "--json", "--no-write", code=1).stdout)
    assert after["counts"]["error"] == 1
    missing = {f["table"] for f in after["findings"] if f["code"] == "missing-table"}
    assert not missing & {"Checks", "Triggers", "ReviewsDue"}


def test_a_sound_programme_exits_with_0(tmp_path):
    path = tmp_path / "sound.xlsx"
    sound = {"SupportLog": [{}], "ImprovementLog": [{}]}
    build(path, programme(**sound))
    assert json.loads(champions("check", path, "--as-of", AS_OF, "--json", code=0).stdout)["counts"]["error"] == 0
