"""F2, F3, F7 and F11: each condition with a case that fires and a near miss."""

import datetime as dt

import pytest

from tests.support.builders import AS_OF, book, day, view_of
from tests.support.triggers.feedback_helpers import CLEAR, NO_DATA, RAISED, WATCH, judge, rows_named, state
from workbook.rules.series import weekly_after_scores
from workbook.rules.trends import MAKING_DATA_COUNT

CALM = [80, 82] * 10
FALL = [80, 82] * 10 + [60]


def readings(values, last=-1, **more):
    """One reading a day, the last on `last`."""
    first = last - len(values) + 1
    return [{"Date": day(first + n), "Value": v, **more} for n, v in enumerate(values)]


def measure(kind, **more):
    return [{"Kind": kind, "Target": None, **more}]


# -- F2: quality reviews ----------------------------------------------------------------------------------------------


def review(**more):
    return [{"Affects care evidence": "Yes", "Severity": "Medium", **more}]


@pytest.mark.parametrize("severity", ["Medium", "High"])
@pytest.mark.parametrize("affected", ["Affects care evidence", "Affects risk management", "Affects audit quality"])
def test_f2_a_serious_review_of_an_issue_not_closed_is_raised(severity, affected):
    reviews = [{affected: "Yes", "Severity": severity}]
    found = judge("F2", ImprovementLog=[{}], QualityReviews=reviews)
    assert (found.state, found.value, found.threshold) == (RAISED, 1, 1)
    assert rows_named(found) == ["QR-001", "IM-001"]
    words = affected.removeprefix("Affects ")
    assert found.summary == f"QR-001 says that IM-001 affects {words}, severity {severity}."


@pytest.mark.parametrize(
    ("review_", "issue"),
    [
        ({"Severity": "Low"}, {}),
        ({"Affects care evidence": "No", "Severity": "High"}, {}),
        ({}, {"Status": "Closed", "Closed on": day(0)}),
    ],
)
def test_f2_near_misses_among_reviews_are_clear(review_, issue):
    assert state("F2", ImprovementLog=[issue], QualityReviews=review(**review_)) is CLEAR


def test_f2_closing_after_the_day_counts_as_open():
    issue = {"Status": "Closed", "Closed on": day(1)}
    assert state("F2", ImprovementLog=[issue], QualityReviews=review()) is RAISED


def test_f2_any_review_counts_not_only_the_newest():
    reviews = [*review(**{"Reviewed on": day(-5)}), {"Reviewed on": day(-1)}]
    assert state("F2", ImprovementLog=[{}], QualityReviews=reviews) is RAISED


def test_f2_a_review_after_the_day_does_not_exist():
    reviews = [*review(**{"Reviewed on": day(1)}), {}]
    assert state("F2", ImprovementLog=[{}], QualityReviews=reviews) is CLEAR


def test_f2_reviews_with_unreadable_fields_are_left_out_and_counted():
    reviews = [*review(Severity="Grave"), *review(**{"Issue ID": "IM-999"})]
    found = judge("F2", ImprovementLog=[{}], QualityReviews=reviews)
    assert (found.state, found.left_out) == (CLEAR, 2)


def test_f2_a_review_whose_issue_has_no_readable_status_is_left_out():
    found = judge("F2", ImprovementLog=[{"Status": "Stuck"}], QualityReviews=review())
    assert (found.state, found.left_out) == (CLEAR, 1)


# -- F2: audits -------------------------------------------------------------------------------------------------------

AUDIT = {"Evidence source": "Audits", "Concern raised": "Yes"}


def test_f2_a_concern_in_the_newest_audit_is_raised():
    found = judge("F2", OutcomeMeasures=measure("Reliability"), OutcomeReadings=[AUDIT])
    assert (found.state, rows_named(found)) == (RAISED, ["OR-0001"])
    where = "“Records completed within the hour” at Oak House"
    assert found.summary == f"The newest audit of {where}, OR-0001 of 28 Jun 2026, raised a concern."


@pytest.mark.parametrize("more", [{"Concern raised": "No"}, {"Concern raised": None}, {"Evidence source": "Feedback"}])
def test_f2_other_readings_are_clear(more):
    rows = [{**AUDIT, **more}]
    assert state("F2", OutcomeMeasures=measure("Reliability"), OutcomeReadings=rows) is CLEAR


def test_f2_only_the_newest_audit_of_a_measure_and_service_counts():
    calm = {"Evidence source": "Audits", "Concern raised": "No", "Date": day(-1)}
    tables = {"OutcomeMeasures": measure("Reliability"), "Services": [{}, {"Service code": "ELM"}]}
    assert state("F2", OutcomeReadings=[AUDIT, calm], **tables) is CLEAR
    assert state("F2", OutcomeReadings=[AUDIT, {**calm, "Service": "ELM"}], **tables) is RAISED
    assert state("F2", OutcomeReadings=[AUDIT, {**calm, "Evidence source": "Feedback"}], **tables) is RAISED
    assert state("F2", OutcomeReadings=[AUDIT, {**calm, "Date": day(1)}], **tables) is RAISED


def test_f2_of_one_day_the_later_row_is_the_newest_audit():
    calm = {**AUDIT, "Concern raised": "No"}
    assert state("F2", OutcomeMeasures=measure("Reliability"), OutcomeReadings=[AUDIT, calm]) is CLEAR
    assert state("F2", OutcomeMeasures=measure("Reliability"), OutcomeReadings=[calm, AUDIT]) is RAISED


def test_f2_an_unreadable_concern_is_left_out_and_counted():
    rows = [{**AUDIT, "Concern raised": "perhaps"}]
    found = judge("F2", OutcomeMeasures=measure("Reliability"), OutcomeReadings=rows)
    assert (found.state, found.left_out) == (CLEAR, 1)


# -- F2: record completion --------------------------------------------------------------------------------------------


def test_f2_worsening_record_completion_is_raised_and_names_the_rule_set():
    found = judge("F2", OutcomeMeasures=measure("Record completion"), OutcomeReadings=readings(FALL))
    assert (found.state, found.value, found.threshold) == (RAISED, 1, 1)
    assert rows_named(found) == ["OR-0021"]
    assert MAKING_DATA_COUNT.label in found.summary
    assert "“Records completed within the hour” at Oak House is worsening, newest 60" in found.summary
    assert not any("only" in remark for remark in found.remarks)


def test_f2_few_readings_are_said_in_honest_words():
    found = judge(
        "F2", OutcomeMeasures=measure("Record completion"), OutcomeReadings=readings([80, 82, 80, 82, 80, 82, 50])
    )
    assert found.state is RAISED
    assert found.remarks[0] == "There are only 7 readings: a fall would have to be very large to show."


def test_f2_a_slow_drift_is_an_early_warning_and_said_in_one_sentence():
    drift = judge(
        "F2", OutcomeMeasures=measure("Record completion"), OutcomeReadings=readings([76, 84] * 8 + [74, 68] * 4)
    )
    assert drift.state is WATCH
    assert "drifts slowly the worse way, newest 68: the mean of the newest readings" in drift.summary
    assert "that chance seldom passes" in drift.summary
    assert rows_named(drift) == [f"OR-{n:04}" for n in range(17, 25)]


def test_f2_limits_are_drawn_anew_from_a_day_that_the_measure_names():
    rows = readings([96, 98] * 10 + [80, 82] * 10)
    kind = "Record completion"
    assert state("F2", OutcomeMeasures=measure(kind), OutcomeReadings=rows) is RAISED
    anew = measure(kind, **{"Limits anew from": rows[20]["Date"]})
    assert state("F2", OutcomeMeasures=anew, OutcomeReadings=rows) is CLEAR


def test_f2_readings_before_go_live_draw_no_limits():
    rows = readings([60, 62] * 10 + [80, 82] * 9 + [60])
    service = [{"Go-live date": rows[20]["Date"]}]
    kind = measure("Record completion")
    assert state("F2", Services=service, OutcomeMeasures=kind, OutcomeReadings=rows) is RAISED
    assert state("F2", OutcomeMeasures=kind, OutcomeReadings=rows) is CLEAR


def test_f2_a_baseline_date_in_the_future_silences_nothing():
    typed = measure("Record completion", **{"Baseline date": day(365)})
    assert state("F2", OutcomeMeasures=typed, OutcomeReadings=readings(FALL)) is RAISED


def test_trends_can_be_set_back_to_the_rules_of_before():
    rows = readings([84, 76] * 4 + [74, 66, 74, 66, 74, 66, 74])
    before = {
        ("Trends", name): value
        for name, value in {
            "Base points": 0,
            "Limit": 3,
            "Run points": 7,
            "Trend points": 7,
            "Near percent": 66.67,
            "Drift limit": 0,
        }.items()
    }
    found = judge("F2", OutcomeMeasures=measure("Record completion"), OutcomeReadings=rows, thresholds=before)
    assert found.state is RAISED
    assert "7 points running on one side of the centre" in found.summary


def test_f2_the_rule_set_is_named_when_it_finds_nothing_and_not_when_it_was_not_used():
    calm = judge("F2", OutcomeMeasures=measure("Record completion"), OutcomeReadings=readings(CALM))
    assert calm.state is CLEAR
    assert calm.summary.endswith(f"(trends by {MAKING_DATA_COUNT.label}).")
    unused = judge("F2", OutcomeMeasures=measure("Reliability"), OutcomeReadings=readings(CALM))
    assert MAKING_DATA_COUNT.name not in unused.summary


def test_f2_rising_completion_is_clear_unless_lower_is_better():
    rows = readings([*CALM, 102])
    assert state("F2", OutcomeMeasures=measure("Record completion"), OutcomeReadings=rows) is CLEAR
    lower = measure("Record completion", **{"Better when": "Lower"})
    assert state("F2", OutcomeMeasures=lower, OutcomeReadings=rows) is RAISED


def test_f2_a_measure_of_another_kind_may_worsen():
    assert state("F2", OutcomeMeasures=measure("System use"), OutcomeReadings=readings(FALL)) is CLEAR


def test_f2_the_series_is_read_in_date_order_without_later_readings_or_other_services():
    rows = readings(FALL)
    measures = measure("Record completion")
    assert state("F2", OutcomeMeasures=measures, OutcomeReadings=rows[::-1]) is RAISED
    assert state("F2", as_of=day(-2), OutcomeMeasures=measures, OutcomeReadings=rows) is CLEAR
    mixed = [*rows[:-1], {**rows[-1], "Service": None}]
    assert state("F2", OutcomeMeasures=measures, OutcomeReadings=mixed) is CLEAR


def test_f2_an_unreadable_figure_is_left_out_and_counted():
    rows = [*readings(CALM, last=-2), {"Date": day(-1), "Value": "low"}]
    found = judge("F2", OutcomeMeasures=measure("Record completion"), OutcomeReadings=rows)
    assert (found.state, found.left_out) == (CLEAR, 1)


def test_f2_lacks_data_only_if_reviews_and_readings_are_both_empty():
    assert state("F2") is NO_DATA
    assert state("F2", ImprovementLog=[{}]) is NO_DATA
    assert state("F2", ImprovementLog=[{}], QualityReviews=[{}]) is CLEAR
    assert state("F2", OutcomeMeasures=measure("System use"), OutcomeReadings=[{}]) is CLEAR


# -- F3 ---------------------------------------------------------------------------------------------------------------

CONCERN = {"Kind": "Staff concern"}


def satisfied(values, **more):
    return {"OutcomeMeasures": measure("Staff satisfaction", **more), "OutcomeReadings": readings(values)}


def test_f3_a_newest_reading_below_target_is_raised():
    found = judge("F3", **satisfied([95, 79], Target=80))
    assert (found.state, found.value, found.threshold) == (RAISED, 1, 1)
    assert rows_named(found) == ["OR-0002"]
    assert "is 79 in OR-0002, below its target of 80" in found.summary


@pytest.mark.parametrize(("values", "target"), [([95, 80], 80), ([70, 81], 80), ([10, 11], None)])
def test_f3_at_target_above_it_or_without_one_is_clear(values, target):
    assert state("F3", **satisfied(values, Target=target)) is CLEAR


def test_f3_where_lower_is_better_missing_the_target_means_above_it():
    lower = {"Better when": "Lower", "Target": 10}
    assert state("F3", **satisfied([12], **lower)) is RAISED
    assert state("F3", **satisfied([8], **lower)) is CLEAR


def test_f3_signalled_worsening_is_raised_and_names_the_rule_set():
    found = judge("F3", **satisfied(FALL))
    assert (found.state, rows_named(found)) == (RAISED, ["OR-0021"])
    assert MAKING_DATA_COUNT.label in found.summary
    assert state("F3", **satisfied([*CALM, 102])) is CLEAR


def test_f3_other_measures_do_not_count():
    rows = {"OutcomeMeasures": measure("System use", Target=90), "OutcomeReadings": readings(FALL)}
    assert state("F3", **rows) is NO_DATA
    assert state("F3", **rows, ImprovementLog=[{}]) is CLEAR


def test_f3_three_staff_concerns_of_one_service_in_28_days_are_raised():
    found = judge("F3", ImprovementLog=[{**CONCERN, "Raised on": day(n)} for n in (-27, -3, 0)])
    assert (found.state, found.value, found.threshold) == (RAISED, 3, 3)
    assert found.summary == "Oak House has 3 staff concerns in 28 days (IM-001, IM-002 and IM-003)."
    assert rows_named(found) == ["IM-001", "IM-002", "IM-003"]


@pytest.mark.parametrize("third", [{"Raised on": day(-28)}, {"Raised on": day(1)}, {"Kind": "System issue"}])
def test_f3_two_staff_concerns_in_the_window_are_clear(third):
    found = judge("F3", ImprovementLog=[CONCERN, CONCERN, {**CONCERN, **third}])
    assert (found.state, found.value, found.threshold) == (CLEAR, 2, 3)


def test_f3_concerns_of_different_services_do_not_add_up():
    services = [{}, {"Service code": "ELM"}]
    rows = [CONCERN, CONCERN, {**CONCERN, "Service": "ELM"}]
    assert state("F3", Services=services, ImprovementLog=rows) is CLEAR


def test_f3_thresholds_can_be_changed():
    rows = [CONCERN, {**CONCERN, "Raised on": day(-20)}]
    assert state("F3", ImprovementLog=rows, thresholds={("F3", "Concerns"): 2}) is RAISED
    changed = {("F3", "Concerns"): 2, ("F3", "Window days"): 20}
    assert state("F3", ImprovementLog=rows, thresholds=changed) is CLEAR


def test_f3_unreadable_fields_are_left_out_and_counted():
    found = judge("F3", ImprovementLog=[CONCERN, CONCERN, {**CONCERN, "Service": "XXX"}])
    assert (found.state, found.left_out) == (CLEAR, 1)
    assert judge("F3", **satisfied([70], Target="high")).left_out == 1


def test_f3_lacks_data_only_if_readings_and_issues_are_both_empty():
    assert state("F3") is NO_DATA
    assert state("F3", OutcomeMeasures=measure("Staff satisfaction")) is NO_DATA
    assert state("F3", ImprovementLog=[{}]) is CLEAR
    assert state("F3", **satisfied([80])) is CLEAR


# -- F7 ---------------------------------------------------------------------------------------------------------------

#: The Monday of the last full week before AS_OF, a Tuesday.
LAST_WEEK = dt.date(2026, 6, 22)


def weeks(scores):
    """Three entries with a quick score in each week, the last in the last full week."""
    count = len(scores)
    return [
        {"Date": LAST_WEEK - dt.timedelta(weeks=count - 1 - n), "Confidence after": s}
        for n, s in enumerate(scores)
        for _ in range(3)
    ]


def test_f7_worsening_of_a_staff_confidence_measure_is_an_early_warning():
    found = judge("F7", OutcomeMeasures=measure("Staff confidence"), OutcomeReadings=readings(FALL))
    assert (found.state, found.value, found.threshold) == (WATCH, 1, 1)
    assert rows_named(found) == ["OR-0021"]
    assert MAKING_DATA_COUNT.label in found.summary
    other = judge("F7", OutcomeMeasures=measure("System use"), OutcomeReadings=readings(FALL))
    assert other.state is CLEAR


def test_f7_worsening_of_the_weekly_mean_score_is_an_early_warning():
    found = judge("F7", SupportLog=weeks([4] * 12 + [2]))
    assert (found.state, found.value, found.threshold) == (WATCH, 1, 1)
    assert rows_named(found) == ["SU-0037", "SU-0038", "SU-0039"]
    assert "newest 2 in the week of 22 Jun 2026" in found.summary
    assert MAKING_DATA_COUNT.label in found.summary


def test_f7_rising_or_steady_scores_are_clear():
    assert state("F7", SupportLog=weeks([3] * 12 + [5])) is CLEAR
    steady = judge("F7", SupportLog=weeks([3] * 12))
    assert steady.state is CLEAR
    assert "only 12 readings" in steady.remarks[0]
    assert "only" not in judge("F7", SupportLog=weeks([3] * 19)).summary


def test_f7_half_a_point_more_and_back_is_no_signal():
    assert state("F7", SupportLog=weeks([4] * 5 + [5] + [4] * 7)) is CLEAR


def test_f7_weeks_with_few_scores_have_no_mean_that_is_judged():
    rows = [*weeks([4] * 12), *({"Date": LAST_WEEK + dt.timedelta(weeks=1), "Confidence after": 1} for _ in range(2))]
    later = dt.date(2026, 7, 7)
    assert state("F7", as_of=later, SupportLog=rows) is CLEAR
    assert state("F7", as_of=later, SupportLog=[*rows, rows[-1]]) is WATCH


def test_f7_the_week_of_the_day_counts_only_once_it_is_over():
    rows = [*weeks([4] * 12), *({"Date": day(-1), "Confidence after": 1} for _ in range(3))]
    assert state("F7", SupportLog=rows) is CLEAR
    assert state("F7", as_of=dt.date(2026, 7, 5), SupportLog=rows) is CLEAR
    assert state("F7", as_of=dt.date(2026, 7, 6), SupportLog=rows) is WATCH


def test_f7_the_tracker_overrules_the_quick_columns():
    rows = weeks([4] * 12 + [2])
    tracked = [{"Support ID": f"SU-00{n}", "Date": LAST_WEEK, "Confidence after": 4} for n in (37, 38, 39)]
    assert state("F7", SupportLog=rows, ConfidenceTracker=tracked) is CLEAR


def test_the_weekly_mean_is_of_all_services_and_full_weeks_alone():
    rows = [
        {"Date": dt.date(2026, 6, 22), "Confidence after": 2},
        {"Date": dt.date(2026, 6, 28), "Confidence after": 5, "Service": "ELM"},
        {"Date": dt.date(2026, 6, 29), "Confidence after": 1},
        {"Date": dt.date(2026, 6, 23), "Confidence after": 3},
        *({"Date": dt.date(2026, 6, 8), "Confidence after": 4} for _ in range(3)),
        *({"Date": dt.date(2026, 6, 1), "Confidence after": 4} for _ in range(2)),
    ]
    snap = book(Services=[{}, {"Service code": "ELM"}], SupportLog=rows)
    found = weekly_after_scores(view_of(snap, AS_OF))
    assert [(w.monday, w.mean) for w in found] == [(dt.date(2026, 6, 8), 4), (dt.date(2026, 6, 22), 3.33)]


def test_f7_an_unreadable_score_is_left_out_and_counted():
    rows = [*weeks([4] * 12), {"Date": LAST_WEEK, "Confidence after": 9}]
    found = judge("F7", SupportLog=rows)
    assert (found.state, found.left_out) == (CLEAR, 1)


def test_f7_lacks_data_only_without_any_score_and_any_reading():
    assert state("F7") is NO_DATA
    assert state("F7", SupportLog=[{}]) is NO_DATA
    assert state("F7", SupportLog=[{"Confidence after": 3}]) is CLEAR
    assert state("F7", SupportLog=[{}], ConfidenceTracker=[{}]) is CLEAR
    assert state("F7", OutcomeMeasures=measure("System use"), OutcomeReadings=[{}]) is CLEAR


# -- F11 --------------------------------------------------------------------------------------------------------------

PARTS = ("Preparing champions", "Live support", "Champion feedback")


def evidenced(dates=(-27, -3, 0), parts=PARTS, **more):
    return {
        "OutcomeMeasures": [{"Belongs to": part, **more} for part in parts],
        "OutcomeReadings": [{"Measure ID": f"OM-0{n + 1}", "Date": day(d)} for n, d in enumerate(dates)],
    }


def test_f11_three_parts_measured_lately_are_clear():
    found = judge("F11", **evidenced())
    assert (found.state, found.value, found.threshold) == (CLEAR, 0, 1)


@pytest.mark.parametrize("missing", PARTS)
def test_f11_a_part_without_a_measure_is_an_early_warning(missing):
    parts = [p for p in PARTS if p != missing]
    found = judge("F11", **evidenced((-3, -3), parts))
    assert (found.state, found.value) == (WATCH, 1)
    assert found.summary == f"{missing} has no measure with a baseline."


def test_f11_a_measure_without_a_baseline_or_with_a_later_one_does_not_count():
    tables = evidenced()
    tables["OutcomeMeasures"][1]["Baseline value"] = None
    found = judge("F11", **tables)
    assert (found.state, rows_named(found), found.left_out) == (WATCH, ["OM-02"], 0)
    tables = evidenced()
    tables["OutcomeMeasures"][1]["Baseline date"] = day(1)
    assert state("F11", **tables) is WATCH


@pytest.mark.parametrize(("newest", "expected"), [(-27, CLEAR), (-28, WATCH), (1, WATCH)])
def test_f11_a_part_without_a_reading_in_28_days_is_an_early_warning(newest, expected):
    assert state("F11", **evidenced((newest, -3, -3))) is expected


def test_f11_says_when_the_last_reading_was():
    found = judge("F11", **evidenced((-40, -3, -3)))
    assert found.summary == ("Preparing champions has no reading for 28 days, the last is OR-0001 of 21 May 2026.")
    assert rows_named(found) == ["OR-0001"]


def test_f11_a_reading_of_any_measure_of_the_part_is_enough():
    tables = evidenced((-40, -3, -3, -3), (*PARTS, PARTS[0]))
    assert state("F11", **tables) is CLEAR


def test_f11_the_days_can_be_changed():
    assert state("F11", **evidenced(), thresholds={("F11", "Days"): 27}) is WATCH


def test_f11_unreadable_fields_are_left_out_and_counted():
    tables = evidenced()
    tables["OutcomeMeasures"][1]["Baseline value"] = "about half"
    found = judge("F11", **tables)
    assert (found.state, found.left_out) == (WATCH, 1)
    tables = evidenced()
    tables["OutcomeReadings"].append({"Measure ID": "OM-99"})
    assert judge("F11", **tables).left_out == 1


def test_f11_lacks_data_only_if_measures_and_readings_are_both_empty():
    assert state("F11") is NO_DATA
    assert state("F11", OutcomeMeasures=[{"Baseline date": day(1)}]) is NO_DATA
    assert judge("F11", OutcomeMeasures=[{}]).value == 3
    assert judge("F11", OutcomeReadings=[{}]).value == 3
