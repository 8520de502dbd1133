"""S3 low confidence, S8 quiet champions, S9 support that does not help."""

from datetime import timedelta

import pytest

from tests.support.builders import day
from tests.support.triggers.live_book import TWO_CHAMPIONS, TWO_SERVICES, entry, ids, verdict
from workbook.model.triggers import State


def scored(ago, after, staff="Carer One", **cells):
    return entry(ago, staff, **{"Confidence after": after, **cells})


DAY = timedelta(days=1)


def s3(*entries, **tables):
    return verdict("S3", SupportLog=entries, **tables)


def test_s3_two_low_scores_running_are_raised():
    judged = s3(scored(55, 2), scored(40, 2, "CARER  one"))
    assert (judged.state, judged.value, judged.threshold) == (State.RAISED, 2, 2)
    assert sorted(ids(judged)) == ["SU-0001", "SU-0002"]
    assert "CARER  one (last scores 2 and 2)" in judged.summary


@pytest.mark.parametrize("last", [scored(1, 3), scored(1, 2, "Carer Two"), scored(-1, 2)])
def test_s3_one_low_score_of_a_person_is_not_raised(last):
    assert s3(scored(20, 2), last).state is not State.RAISED


def test_s3_a_score_counts_for_eight_weeks():
    assert s3(scored(56, 2), scored(40, 2)).state is State.CLEAR
    assert s3(scored(200, 2), scored(100, 2)).state is State.CLEAR
    within = {("S3", "Scores within days"): 300}
    assert s3(scored(200, 2), scored(100, 2), thresholds=within).state is State.RAISED


def test_s3_only_the_last_scores_count():
    assert s3(scored(3, 1), scored(2, 1), scored(1, 3)).state is State.CLEAR
    assert s3(scored(1, 3), scored(3, 1), scored(1, 2)).state is State.CLEAR
    assert s3(scored(3, 5), scored(2, 1), scored(1, 1)).state is State.RAISED


def test_s3_names_that_differ_in_a_digit_are_different_people():
    assert s3(scored(2, 1, "Carer 1"), scored(1, 1, "Carer 2")).state is State.NOT_ENOUGH_DATA


def team(*scores, ago=1):
    return [scored(ago, after, f"Carer {n}") for n, after in enumerate(scores)]


def test_s3_a_low_median_of_five_scores_is_raised():
    judged = s3(*team(1, 2, 2, 4, 5, ago=13))
    assert (judged.state, judged.value, judged.threshold, len(judged.rows)) == (State.RAISED, 2, 2.5, 5)
    assert s3(*team(2, 2, 2, 3, 4, 5)).value == 2.5
    assert s3(*team(2, 2, 2, 3, 4, 5)).state is State.RAISED


def test_s3_a_median_above_the_limit_is_clear():
    judged = s3(*team(1, 2, 3, 4, 5))
    assert (judged.state, judged.value) == (State.CLEAR, 3)


def test_s3_too_few_scores_are_not_enough_data():
    assert s3(*team(1, 1, 1, 1)).state is State.NOT_ENOUGH_DATA
    assert s3(*team(1, 1, 1, 1), *team(1, ago=14)).state is State.RAISED
    assert s3(*[scored(14, 1, f"Carer {n}") for n in range(5)]).state is State.NOT_ENOUGH_DATA
    assert s3(entry(1)).state is State.NOT_ENOUGH_DATA
    assert s3(scored(2, 3), scored(1, 3)).state is State.CLEAR


def test_s3_observations_give_scores_too():
    log = [scored(n, 1, **{"Support need": "None seen"}) for n in (1, 2)]
    assert s3(*log).state is State.RAISED


def test_s3_the_tracker_serves_and_stands_before_the_quick_columns():
    log = [scored(2, 5), scored(1, 5)]
    tracker = [{"Support ID": f"SU-000{n}", "Confidence after": 1} for n in (1, 2)]
    judged = s3(*log, ConfidenceTracker=tracker)
    assert (judged.state, sorted(ids(judged))) == (State.RAISED, ["CF-0001", "CF-0002"])


def test_s3_scores_belong_to_the_service_of_the_entry():
    log = [scored(1, 1, Service="ELM"), scored(2, 1)]
    assert s3(*log, Services=TWO_SERVICES).state is State.NOT_ENOUGH_DATA


def test_s3_says_how_many_it_left_out():
    judged = s3(scored(2, 1), scored(1, 1), scored(1, 9), scored(1, 1, None), entry(1, Shift="?"))
    assert (judged.state, judged.left_out) == (State.RAISED, 2)


OLD = [entry(100)]


def s8(*entries, **tables):
    return verdict("S8", SupportLog=entries, **tables)


def test_s8_an_acting_champion_of_whom_nothing_was_heard_is_a_warning():
    judged = s8(entry(21))
    assert (judged.state, ids(judged), judged.value, judged.threshold) == (State.WATCH, ["DC-001"], 21, 21)
    assert "Champion Alpha" in judged.summary
    assert s8(entry(20)).state is State.CLEAR
    assert s8(entry(14), thresholds={("S8", "Days"): 14}).state is State.WATCH
    assert s8(entry(100), entry(-1)).state is State.WATCH


def test_s8_each_champion_speaks_for_themselves():
    judged = s8(entry(1), WorkforcePlan=TWO_CHAMPIONS)
    assert ids(judged) == ["DC-002"]
    both = s8(entry(1), entry(1, **{"Champion ID": "DC-002"}), WorkforcePlan=TWO_CHAMPIONS)
    assert both.state is State.CLEAR


@pytest.mark.parametrize("status", ["Paused", "Stepped down", "Reassigned", "Preparing", "Proposed"])
def test_s8_only_acting_champions_are_asked(status):
    assert s8(*OLD, WorkforcePlan=[{"Status": status}]).state is State.CLEAR
    assert s8(*OLD, WorkforcePlan=[{"Status": "Signed off"}]).state is State.WATCH


@pytest.mark.parametrize(
    ("week", "state"),
    [
        ({"Week commencing": day(-8)}, State.CLEAR),
        ({"Week commencing": day(-8), "Shifts observed": 0}, State.WATCH),
        ({"Week commencing": day(-8), "Shifts observed": None}, State.WATCH),
        ({"Week commencing": day(-15)}, State.CLEAR),
        ({"Week commencing": day(-22)}, State.WATCH),
        ({"Week commencing": day(-8), "Champion ID": "DC-002"}, State.WATCH),
    ],
)
def test_s8_a_week_with_a_shift_observed_counts_if_its_monday_is_in_the_window(week, state):
    judged = s8(*OLD, entry(1, **{"Champion ID": "DC-002"}), WorkforcePlan=TWO_CHAMPIONS, ProtectedTime=[week])
    assert judged.state is state


def test_s8_an_issue_or_an_observation_counts():
    assert s8(*OLD, ImprovementLog=[{"Raised on": day(-20)}]).state is State.CLEAR
    assert s8(*OLD, ImprovementLog=[{"Raised on": day(-21)}]).state is State.WATCH
    assert s8(*OLD, entry(3, **{"Support need": "None seen"})).state is State.CLEAR


LAST_WEEK = day(-8)


def away(*reasons, monday=LAST_WEEK):
    """Weeks of protected time one before the other, the last of them on `monday`, without a shift observed."""
    weeks = enumerate(reasons)
    return [
        {"Week commencing": monday - 7 * n * DAY, "Hours given": 0, "Shifts observed": 0, "Reason if short": reason}
        for n, reason in weeks
    ]


@pytest.mark.parametrize("reason", ["Annual leave", "Off sick all week.", "TRAINING (first aid)", "On a course"])
def test_s8_a_week_away_is_no_sign_of_a_quiet_champion(reason):
    log = [entry(24), entry(1, **{"Champion ID": "DC-002"})]
    assert s8(*log, ProtectedTime=away(reason)).state is State.CLEAR
    assert s8(*log, ProtectedTime=away("Short of staff")).state is State.WATCH
    assert s8(*log, ProtectedTime=away(None)).state is State.WATCH


def test_s8_only_the_days_of_the_weeks_away_are_not_counted():
    assert s8(entry(27), ProtectedTime=away("leave")).state is State.CLEAR
    assert s8(entry(28), ProtectedTime=away("leave")).state is State.WATCH
    assert s8(entry(34), ProtectedTime=away("leave", "leave")).state is State.CLEAR
    assert s8(entry(35), ProtectedTime=away("leave", "leave")).state is State.WATCH
    assert s8(entry(24), ProtectedTime=away("leave", monday=day(-43))).state is State.WATCH


def test_s8_the_words_for_being_away_can_be_extended_and_are_whole_words():
    assert s8(entry(24), ProtectedTime=away("Jury service")).state is State.WATCH
    lists = {"AwayReasons": ["jury service"]}
    assert s8(entry(24), ProtectedTime=away("Jury  service"), lists=lists).state is State.CLEAR
    assert s8(entry(24), ProtectedTime=away("leavers to see off")).state is State.WATCH


def test_s8_all_logs_empty_is_not_enough_data_and_one_in_use_is_judged():
    assert s8().state is State.NOT_ENOUGH_DATA
    assert s8(ProtectedTime=[{"Week commencing": day(-50)}]).state is State.WATCH
    assert s8(ImprovementLog=[{"Raised on": day(-50)}]).state is State.WATCH


def test_s8_says_how_many_it_left_out():
    judged = s8(*OLD, entry(1, **{"Champion ID": "DC-9"}), ProtectedTime=[{"Shifts observed": "many"}])
    assert (judged.state, judged.left_out) == (State.WATCH, 2)


NO = {"Support helped": "No"}


def s9(*entries, **tables):
    return verdict("S9", SupportLog=entries, **tables)


def test_s9_answers_no_have_to_be_a_fifth_of_the_answers():
    yes = {"Support helped": "Yes"}
    assert s9(*[entry(1, **NO)] * 2, *[entry(1, **yes)] * 8).state is State.WATCH
    assert s9(*[entry(1, **NO)] * 2, *[entry(1, **yes)] * 9).state is State.CLEAR
    of_all = {("S9", "Share percent"): 0}
    assert s9(*[entry(1, **NO)] * 2, *[entry(1, **yes)] * 9, thresholds=of_all).state is State.WATCH


def test_s9_how_many_reviews_and_how_many_answers_are_set_apart():
    reviews = [{"Reviewed on": day(-n), "System use improving": "No"} for n in (1, 15)]
    three = {("S9", "Count"): 3}
    assert s9(entry(1), ManagerReviews=reviews, thresholds=three).state is State.WATCH
    assert s9(entry(1), ManagerReviews=reviews, thresholds={("S9", "Reviews running"): 3}).state is State.CLEAR


def test_s9_two_answers_no_within_fourteen_days_are_a_warning():
    judged = s9(entry(0, **NO), entry(13, **NO))
    assert (judged.state, judged.value, judged.threshold) == (State.WATCH, 2, 2)
    assert sorted(ids(judged)) == ["SU-0001", "SU-0002"]


@pytest.mark.parametrize(
    "second", [entry(14, **NO), entry(1, **{"Support helped": "Unsure"}), entry(1), entry(1, Service="ELM", **NO)]
)
def test_s9_one_answer_no_is_clear(second):
    assert s9(entry(1, **NO), second, Services=TWO_SERVICES).state is State.CLEAR


def test_s9_the_tracker_counts_on_its_own_day():
    log = [entry(30), entry(30)]
    tracker = [{"Support ID": f"SU-000{n}", "Date": day(-n), **NO} for n in (1, 2)]
    assert ids(s9(*log, ConfidenceTracker=tracker)) == ["CF-0001", "CF-0002"]


USE, QUALITY = {"System use improving": "No"}, {"Record quality improving": "No"}


def test_s9_the_newest_two_reviews_each_with_a_no_are_a_warning():
    judged = s9(ManagerReviews=[{**USE, "Reviewed on": day(-90)}, {**QUALITY, "Reviewed on": day(-60)}])
    assert (judged.state, sorted(ids(judged)), judged.value) == (State.WATCH, ["MR-001", "MR-002"], 2)


@pytest.mark.parametrize(
    "reviews",
    [
        [{**USE}],
        [{**USE, **QUALITY}, {"Service": "ELM", **USE}],
        [{**USE, "Reviewed on": day(-9)}, {**USE, "Reviewed on": day(-8)}, {"Reviewed on": day(-7)}],
        [{**USE, "Reviewed on": day(-9)}, {"System use improving": "Too early"}],
        [{**USE}, {**USE, "Reviewed on": day(1)}],
    ],
)
def test_s9_reviews_without_two_running_are_clear(reviews):
    assert s9(ManagerReviews=reviews, Services=TWO_SERVICES).state is State.CLEAR


def test_s9_lacks_data_only_if_all_logs_are_empty():
    assert s9().state is State.NOT_ENOUGH_DATA
    assert s9(entry(1)).state is State.CLEAR
    assert s9(ManagerReviews=[{}]).state is State.CLEAR


def test_s9_says_how_many_it_left_out():
    left = s9(
        entry(1, **NO),
        entry(2, **{"Support helped": "perhaps"}),
        entry(40, **{"Support helped": "perhaps"}),
        ManagerReviews=[{"System use improving": "perhaps"}],
    )
    assert (left.state, left.left_out) == (State.CLEAR, 2)
