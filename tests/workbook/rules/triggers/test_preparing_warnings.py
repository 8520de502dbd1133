"""P6 to P8, early warnings: each condition with a case that must show and a near miss that must not."""

import pytest

from tests.support.builders import AS_OF, book, day, view_of
from workbook.model.triggers import State, evidence_of
from workbook.rules.triggers.preparing import PREPARING_RULES


def judge(rule, scope="DC-001", as_of=AS_OF, **tables):
    return PREPARING_RULES[rule](view_of(book(**tables), as_of), scope)


def cover(as_of=AS_OF, **tables):
    return judge("P8", "OAK", as_of, **tables)


def ids(judged):
    return [e.id for e in evidence_of(judged.rows)]


# -- P6 Weak understanding of care workflows ----------------------------------------------------------------------


def scores(understanding, confidence):
    return [{"Care workflow understanding": understanding, "Technology confidence": confidence}]


def test_p6_low_score():
    assert judge("P6", WorkforcePlan=scores(2, 2)).state is State.WATCH
    assert judge("P6", WorkforcePlan=scores(3, 3)).state is State.CLEAR


def test_p6_chosen_for_confidence_with_technology_alone():
    judged = judge("P6", WorkforcePlan=scores(3, 5))
    assert judged.state is State.WATCH
    assert ids(judged) == ["DC-001"]
    assert judge("P6", WorkforcePlan=scores(3, 4)).state is State.CLEAR


@pytest.mark.parametrize("area", ["Care workflows", "Assistive technology"])
def test_p6_not_yet_in_the_newest_check(area):
    judged = judge("P6", ReadinessLog=[{area: "Not yet"}])
    assert judged.state is State.WATCH
    assert ids(judged) == ["RC-001"]
    assert judge("P6", ReadinessLog=[{area: "Developing"}]).state is State.CLEAR
    assert judge("P6", ReadinessLog=[{area: "Not yet"}, {"Checked on": day(-3)}]).state is State.CLEAR


def test_p6_a_governance_area_is_not_its_concern():
    assert judge("P6", ReadinessLog=[{"Escalation routes": "Not yet"}]).state is State.CLEAR


def test_p6_is_judged_by_the_scores_where_there_is_no_check():
    assert judge("P6", ReadinessLog=[]).state is State.CLEAR
    assert judge("P6", ReadinessLog=[], WorkforcePlan=scores("low", 3)).state is State.NOT_ENOUGH_DATA
    assert judge("P6", WorkforcePlan=scores("low", 3)).left_out == 1


# -- P7 Unclear role boundaries -----------------------------------------------------------------------------------


def test_p7_blank_or_under_five_words():
    assert judge("P7", RoleBriefs=[{"Role boundaries": None}]).state is State.WATCH
    short = judge("P7", RoleBriefs=[{"Role boundaries": "Does not change settings"}])
    assert (short.state, short.value, short.threshold) == (State.WATCH, 4, 5)
    assert judge("P7", RoleBriefs=[{"Role boundaries": "Does not change any settings"}]).state is State.CLEAR


def test_p7_only_the_newest_brief_counts():
    rows = [{"Role boundaries": "None", "Issued on": day(-40)}, {"Issued on": day(-20)}]
    assert judge("P7", RoleBriefs=rows).state is State.CLEAR
    assert judge("P7", as_of=day(-21), RoleBriefs=rows).state is State.WATCH


def test_p7_without_a_brief_too_little_is_known():
    assert judge("P7", RoleBriefs=[]).state is State.NOT_ENOUGH_DATA


# -- P8 Cover gap -------------------------------------------------------------------------------------------------

ALPHA = {"Usual shift": "Early", "Other shifts covered": None}


def test_p8_no_acting_champion_at_all():
    assert cover(WorkforcePlan=[]).state is State.WATCH
    judged = cover(WorkforcePlan=[{"Status": "Preparing"}])
    assert judged.state is State.WATCH
    assert "no active champion" in judged.summary
    assert cover(WorkforcePlan=[{"Status": "Signed off"}]).state is State.CLEAR


def test_p8_a_shift_in_the_support_log_without_an_acting_champion():
    rows = [{"Shift": "Early"}, {"Shift": "Night"}]
    judged = cover(WorkforcePlan=[ALPHA], SupportLog=rows)
    assert judged.state is State.WATCH
    assert "Night" in judged.summary
    assert ids(judged) == ["SU-0002"]
    held = {**ALPHA, "Other shifts covered": "Late, Night"}
    assert cover(WorkforcePlan=[held], SupportLog=rows).state is State.CLEAR


def test_p8_shifts_seen_later_or_elsewhere_do_not_count():
    later = [{"Shift": "Night", "Date": day(1)}]
    assert cover(WorkforcePlan=[ALPHA], SupportLog=later).state is State.CLEAR
    services = [{}, {"Service code": "ELM", "Service name": "Elm Court"}]
    elsewhere = [{"Shift": "Night", "Service": "ELM"}]
    assert cover(Services=services, WorkforcePlan=[ALPHA], SupportLog=elsewhere).state is State.CLEAR


@pytest.mark.parametrize("status", ["Paused", "Stepped down", "Reassigned", "Proposed", "Preparing"])
def test_p8_shifts_of_all_plan_rows_are_seen_whatever_their_status(status):
    beta = {"Name": "Champion Beta", "Job role": "Nurse", "Usual shift": "Night", "Status": status}
    assert cover(WorkforcePlan=[ALPHA, {**beta, "Other shifts covered": None}]).state is State.WATCH
    assert cover(WorkforcePlan=[ALPHA, {**beta, "Usual shift": "Early", "Other shifts covered": None}]).state is (
        State.CLEAR
    )


def test_p8_other_shifts_of_the_plan_are_seen_too():
    beta = {**ALPHA, "Name": "Champion Beta", "Other shifts covered": "Weekend", "Status": "Paused"}
    judged = cover(WorkforcePlan=[ALPHA, beta])
    assert judged.state is State.WATCH
    assert ids(judged) == ["DC-002"]


def test_p8_two_acting_champions_of_one_job_role():
    beta = {"Name": "Champion Beta"}
    judged = cover(WorkforcePlan=[{}, beta])
    assert judged.state is State.WATCH
    assert ids(judged) == ["DC-001", "DC-002"]
    assert cover(WorkforcePlan=[{}, {**beta, "Job role": "Nurse"}]).state is State.CLEAR
    assert cover(WorkforcePlan=[{}, {**beta, "Status": "Preparing"}]).state is State.CLEAR


def test_p8_a_status_of_the_future_is_not_known_yet():
    leaving = [{"Status": "Stepped down", "Status since": day(1)}]
    assert cover(WorkforcePlan=leaving).state is State.CLEAR
    assert cover(as_of=day(1), WorkforcePlan=leaving).state is State.WATCH
