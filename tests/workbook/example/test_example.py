"""The simulated programme as people would read it."""

import datetime as dt
import json
import re
from collections import Counter

import pytest

from tests.workbook.example.test_planted import snapshot
from workbook.example import UNTIL, simulate
from workbook.model.registers import COMPUTED, LISTS_BY_TABLE, REGISTERS
from workbook.model.registers.lists import NONE_SEEN


def test_the_same_seed_gives_the_same_programme_and_another_seed_another():
    assert simulate() == simulate()
    assert simulate(seed=8).tables != simulate(seed=7).tables


def test_it_has_the_size_that_was_asked_for():
    tables = simulate().tables
    assert len(tables["Services"]) == 3
    assert len(tables["WorkforcePlan"]) == 9
    assert 200 <= len(tables["SupportLog"]) <= 500
    assert all(tables[register.table] for register in REGISTERS)
    assert not any(tables[register.table] for register in COMPUTED)


@pytest.mark.parametrize(
    ("seed", "weeks", "until"),
    [(7, 20, UNTIL), (3, 4, UNTIL), (4, 13, dt.date(2027, 1, 3)), (5, 33, dt.date(2024, 2, 29)), (6, 60, UNTIL)],
)
def test_only_the_mistakes_cannot_be_read_whatever_the_length(seed, weeks, until):
    example = simulate(seed=seed, weeks=weeks, until=until)
    wrong = {(m.table, m.id) for m in example.mistakes}
    snap = snapshot(example)
    for name, data in snap.tables.items():
        for problem in data.problems:
            row = next(r for r in data.rows if r.ordinal == problem.ordinal)
            assert (name, row.id) in wrong, problem
        for row in data.rows:
            event = data.register.event()
            when = getattr(row, event.attr) if event is not None else None
            assert not isinstance(when, dt.date) or when <= until
            blank = [c for c in data.register.columns if c.required and getattr(row, c.attr) is None]
            assert not blank or (name, row.id) in wrong or name == "Thresholds", (row, blank)


@pytest.mark.parametrize("weeks", [3, 61])
def test_a_length_out_of_range_is_refused_in_words(weeks):
    with pytest.raises(ValueError, match="4 to 60 weeks"):
        simulate(weeks=weeks)


def test_ids_follow_the_dates_and_are_unique():
    rows = simulate().tables["SupportLog"]
    assert [r["Support ID"] for r in rows] == [f"SU-{n:04d}" for n in range(1, len(rows) + 1)]
    assert [r["Date"] for r in rows] == sorted(r["Date"] for r in rows)


def test_champions_support_nobody_once_paused_or_reassigned():
    tables = simulate().tables
    gone = {
        r["Champion ID"]: r["Status since"] for r in tables["WorkforcePlan"] if r["Status"] in ("Paused", "Reassigned")
    }
    assert len(gone) == 2
    assert all(r["Date"] < gone.get(r["Champion ID"], dt.date.max) for r in tables["SupportLog"])


def test_staff_learn():
    rows = simulate().tables["ConfidenceTracker"]
    early = [r["Confidence after"] for r in rows[: len(rows) // 3]]
    late = [r["Confidence after"] for r in rows[-len(rows) // 3 :]]
    assert sum(late) / len(late) > sum(early) / len(early) + 0.3
    assert sum(r["Confidence after"] > r["Confidence before"] for r in rows) > len(rows) / 2


def test_no_account_is_told_more_than_a_few_times():
    rows = [r for r in simulate().tables["SupportLog"] if r["Support need"] != NONE_SEEN]
    told = Counter(r["What happened"] for r in rows)
    assert max(told.values()) <= 6
    assert len(told) > len(rows) * 0.6


def test_nothing_hints_at_a_workaround_or_a_person_but_where_it_was_planted():
    example = simulate()
    phrases = LISTS_BY_TABLE["HiddenWorkaroundPhrases"].values
    hidden = []
    for row in example.tables["SupportLog"]:
        text = " ".join(str(row[h] or "") for h in ("What happened", "Coaching given", "Advice given"))
        assert "{" not in text
        if row["Workaround seen"] == "No" and any(p in text.casefold() for p in phrases):
            hidden.append(row["Service"])
    assert hidden == ["RIV"]
    numbers = re.findall(r"\b0\d{4} ?\d{6}\b", str(example.tables))
    assert numbers == ["01632 960147"]


def test_what_was_planted_can_be_written_down():
    example = simulate()
    kept = json.loads(json.dumps(example.as_json()))
    assert len(kept["planted"]) == len(example.planted)
    assert kept["planted"][0].keys() == {"trigger", "scope", "first", "last", "why"}
    assert {m["code"] for m in kept["mistakes"]} >= {"not-a-date", "required-blank", "unknown-reference"}
    assert all(p.first <= p.last <= UNTIL for p in example.planted)
