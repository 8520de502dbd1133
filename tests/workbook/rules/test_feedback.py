"""Scores and answers of staff, from the tracker and the quick columns."""

from tests.support.builders import book, day, view_of
from workbook.rules.feedback import after_scores, helped_answers, newest_first

QUICK = {"Confidence before": 2, "Confidence after": 3, "Support helped": "Unsure"}


def scores(**tables):
    return after_scores(view_of(book(**tables)), "OAK")


def test_quick_columns_count_as_feedback_of_that_day():
    (score,) = scores(SupportLog=[{**QUICK, "Date": day(-3)}]).rows
    assert (score.date, score.staff, score.before, score.after, score.helped) == (day(-3), "Carer One", 2, 3, "Unsure")
    assert score.row.id == "SU-0001"


def test_the_tracker_takes_the_place_of_the_quick_columns():
    (score,) = scores(SupportLog=[QUICK], ConfidenceTracker=[{"Support ID": " su-0001 ", "Confidence after": 5}]).rows
    assert (score.after, score.row.id, score.service) == (5, "CF-0001", "OAK")


def test_a_later_tracker_row_leaves_the_quick_columns_standing():
    (score,) = scores(SupportLog=[QUICK], ConfidenceTracker=[{"Date": day(1)}]).rows
    assert score.row.id == "SU-0001"


def test_an_entry_without_quick_columns_gives_no_score_and_is_not_left_out():
    assert scores(SupportLog=[{}]) == ([], [])


def test_only_what_was_asked_is_needed():
    view = view_of(book(SupportLog=[{"Confidence after": 9, "Support helped": "No"}]))
    assert [f.helped for f in helped_answers(view, "OAK").rows] == ["No"]
    left = after_scores(view, "OAK")
    assert (len(left.rows), [r.id for r in left.left_out]) == (0, ["SU-0001"])


def test_a_tracker_row_without_a_score_or_a_day_is_left_out():
    rows = [{"Confidence after": None}, {"Date": "soon"}, {"Support ID": "SU-0009"}]
    found = scores(SupportLog=[{}], ConfidenceTracker=rows)
    assert sorted(r.id for r in found.left_out) == ["CF-0001", "CF-0002", "CF-0003"]
    assert found.rows == []


def test_scores_belong_to_the_service_of_the_entry_and_all_to_the_programme():
    services = [{}, {"Service code": "ELM"}]
    view = view_of(book(Services=services, SupportLog=[QUICK, {**QUICK, "Service": "ELM"}, {**QUICK, "Service": "?"}]))
    found = after_scores(view, "ELM")
    assert [f.row.id for f in found.rows] == ["SU-0002"]
    assert [r.id for r in found.left_out] == ["SU-0003"]
    assert len(after_scores(view).rows) == 3


def test_names_are_compared_folded_and_shown_as_typed():
    (score,) = scores(SupportLog=[{**QUICK, "Staff member": "CARER  one"}]).rows
    assert (score.staff, score.staff_key) == ("CARER  one", "carer one")


def test_the_newest_is_the_latest_day_then_the_later_row():
    rows = [{**QUICK, "Date": day(-1)}, {**QUICK, "Date": day(-2)}, {**QUICK, "Date": day(-1)}]
    found = newest_first(scores(SupportLog=rows).rows)
    assert [f.row.id for f in found] == ["SU-0003", "SU-0001", "SU-0002"]
