"""Suggestions: what is exact, what is alike, what is not said, and how good they are on texts of other words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import book, day, view_of
from tests.support.suggesting import ISSUES, SUPPORT
from workbook.answers.suggestions import accepted, suggested
from workbook.answers.suggestions.words import Classes, Likeness, stems
from workbook.example import simulate
from workbook.intake.lines import from_lines, with_line
from workbook.model.changes import ReplaceTable, SetCell
from workbook.model.registers import SupportLog
from workbook.model.view import View

PAGE = Path(__file__).parents[3] / "docs" / "contract" / "suggestions.md"
LOCKED_OUT = "Was locked out after the password had expired."


def entries(*happened, need="Logging in", first=1, **more):
    """Support entries of one need."""
    return [
        {"Support ID": f"SU-{n:04d}", "Date": day(-3), "Support need": need, "What happened": text} | more
        for n, text in enumerate(happened, start=first)
    ]


KNOWN = [
    *entries(*(f"The password {words}." for words in ("had expired", "was forgotten", "is known to nobody here"))),
    *entries(*(f"The battery {words}." for words in ("was flat", "ran out")), need="Device or connection", first=4),
    *entries("Signed for the wrong dose.", "Signed twice.", need="Correcting an entry", first=6),
]


def found(*rows, **tables):
    return suggested(view_of(book(SupportLog=[*KNOWN, *rows], **tables)))


def test_the_same_words_were_confirmed_before():
    (one,) = found(*entries("the PASSWORD had  expired.", need=None, first=20))
    assert (one.value, one.score, one.rests_on) == ("Logging in", 1.0, ("SU-0001",))
    assert "same words" in one.reason


def test_words_alike_are_suggested_with_what_speaks_for_them():
    rows = entries(*("Nobody had the password." for _ in range(12)), first=40)
    (one,) = found(*rows, *entries("Somebody changed the password.", need=None, first=80))
    assert one.value == "Logging in"
    assert 0.8 <= one.score < 1
    assert "password" in one.reason
    assert set(one.rests_on) <= {r["Support ID"] for r in (*KNOWN, *rows)}


def test_a_need_that_is_not_in_the_list_is_suggested_anew_and_a_known_one_is_left_alone():
    rows = entries("The password had expired.", need="Password trouble", first=20)
    (one,) = found(*rows, *entries("The battery was flat.", need="Recording on time", first=21))
    assert (one.id, one.before) == ("SU-0020", "Password trouble")


def test_where_nothing_is_like_it_nothing_is_said():
    assert found(*entries("Laundry was mixed up.", "", need=None, first=20)) == []
    assert suggested(view_of(book(SupportLog=entries(LOCKED_OUT, need=None)))) == []
    assert found(*entries("The password had expired.", need=None, first=20, Date=day(5))) == [], "it has not come yet"


def test_an_import_problem_is_filled_in_and_nothing_else_of_it():
    lines = ("Workflow: Care notes", "Support need: Password", "What happened: The password had expired.")
    line = "\n".join((*lines, "Not for this register:", "X: y"))
    problem = {
        "Source": "june.csv",
        "Source row": 3,
        "Into": "Support log",
        "Reason": "r",
        "The entry as it came": line,
    }
    snapshot = book(SupportLog=KNOWN, ImportProblems=[problem])
    (one,) = suggested(view_of(snapshot))
    assert (one.table, one.id, one.value) == ("ImportProblems", "june.csv, row 3", "Logging in")
    changes = accepted(snapshot, [one], day(0)).changes
    (body,) = [c.rows for c in changes if isinstance(c, ReplaceTable) and c.table == "ImportProblems"]
    assert body[0][4] == line.replace("Support need: Password", "Support need: Logging in")


def test_an_issue_that_says_what_an_earlier_one_said():
    issues = [
        {"Issue ID": f"IM-00{n}", "Raised on": day(n - 9), "Description": text}
        for n, text in enumerate(("Sensor alerts close by themselves.", "Printed plans miss the last page."), start=1)
    ]
    again = {
        "Issue ID": "IM-009",
        "Raised on": day(-1),
        "Description": "Again alerts of a sensor closed by themselves.",
    }
    (one,) = found(ImprovementLog=[*issues, again])
    assert (one.id, one.value) == ("IM-009", "IM-001")
    assert "sensor" in one.reason
    assert found(ImprovementLog=[*issues, again | {"Repeat of": "IM-002"}]) == [], "a person has said it"
    later = again | {"Raised on": day(-30)}
    assert [s.id for s in found(ImprovementLog=[*issues, later])] == ["IM-001"], "the earlier one repeats nothing"


def test_only_what_is_accepted_is_written():
    snapshot = book(
        SupportLog=[*KNOWN, *entries("The password had expired.", "The battery was flat.", need=None, first=20)]
    )
    first, second = suggested(view_of(snapshot))
    cells = [c for c in accepted(snapshot, [second], day(0)).changes if isinstance(c, SetCell) and c.column != "Check"]
    assert [(c.row.id, c.expected, c.value) for c in cells] == [("SU-0021", None, "Device or connection")]
    assert first.id == "SU-0020"
    assert not accepted(snapshot, [], day(0))


# -- measured, on texts that were written before the method ---------------------------------------------------------


@cache
def example():
    made = simulate()
    tables = {name: made.tables[name] for name in ("Services", "WorkforcePlan", "SupportLog", "ImprovementLog")}
    return tables, made.until


def measured():
    """Right ones and all that are said, for needs and for repeats."""
    tables, until = example()
    texts = [
        {
            "Support ID": f"SU-9{n:03d}",
            "Date": until,
            "Support need": None,
            "Workflow": w,
            "What happened": t,
            "Coaching given": None,
        }
        for n, (w, t, _) in enumerate(SUPPORT)
    ]
    issues = [
        {"Issue ID": f"IM-9{n:02d}", "Raised on": until, "Workflow": w, "Description": t}
        for n, (w, t, _) in enumerate(ISSUES)
    ]
    snapshot = book(
        **tables
        | {"SupportLog": [*tables["SupportLog"], *texts], "ImprovementLog": [*tables["ImprovementLog"], *issues]}
    )
    said = {s.id: s.value for s in suggested(View(snapshot, until))}
    needs = [(said.get(f"SU-9{n:03d}"), need) for n, (_, _, need) in enumerate(SUPPORT)]
    repeats = [(said.get(f"IM-9{n:02d}"), issue or None) for n, (_, _, issue) in enumerate(ISSUES)]
    return [counts(pairs) for pairs in (needs, repeats)]


def counts(pairs):
    """Of (said, right): how many are right, are said, and should be said."""
    return (
        sum(a == b and a is not None for a, b in pairs),
        sum(a is not None for a, _ in pairs),
        sum(b is not None for _, b in pairs),
    )


def overlap():
    """The same by plain word overlap: the entry that shares most words with it, whatever these are."""
    tables, _ = example()

    def words(text):
        return set(re.findall(r"\w+", text.casefold()))

    def nearest(text, rows, column):
        return max(rows, key=lambda r: len(words(text) & words(r[column])))

    needs = [(nearest(t, tables["SupportLog"], "What happened")["Support need"], n) for _, t, n in SUPPORT]
    issues = [(nearest(t, tables["ImprovementLog"], "Description")["Issue ID"], i or None) for _, t, i in ISSUES]
    return [counts(pairs) for pairs in (needs, issues)]


def test_the_page_says_how_good_suggestions_are_as_it_was_measured():
    page = PAGE.read_text(encoding="utf-8")
    for name, (right, said, wanted) in zip(("Support need", "Repeat of"), measured(), strict=True):
        assert f"| {name} | {right} of {said} | {right} of {wanted} |" in page
    for name, (right, said, wanted) in zip(("Support need", "Repeat of"), overlap(), strict=True):
        assert f"| {name}, by plain word overlap | {right} of {said} | {right} of {wanted} |" in page


def test_they_are_more_often_right_than_plain_word_overlap():
    for ours, plain in zip(measured(), overlap(), strict=True):
        assert ours[0] / ours[1] > plain[0] / plain[1]


# -- laws -------------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.text("abcde ", max_size=30), st.sampled_from("XYZ")), min_size=1, max_size=8),
    st.text("abcde "),
)
def test_how_sure_it_is_lies_between_nothing_and_all(texts, asked):
    classes = Classes([(stems(t), name) for t, name in texts])
    name, sure = classes.best(stems(asked))
    assert 0 <= sure <= 1 + 1e-9
    assert not name or name in {n for _, n in texts}
    alike = Likeness([stems(t) for t, _ in texts]).of(stems(asked))
    assert all(0 <= x <= 1 + 1e-9 for x in alike.values())


@given(
    st.lists(
        st.sampled_from(["Outcome: Resolved", "  more", "Support need: X", "What happened: a", "b: c"]), max_size=6
    )
)
def test_a_line_that_is_put_in_is_read_again_and_the_rest_stays(lines):
    text = "\n".join(lines)
    before = from_lines(SupportLog, text)
    after = from_lines(SupportLog, with_line(SupportLog, text, SupportLog.support_need, "Logging in"))
    assert after.pop(SupportLog.support_need) == "Logging in"
    before.pop(SupportLog.support_need, None)
    assert set(before) <= set(after)
