"""P1 to P5: each condition with a case that must raise it and a near miss that must not."""

import datetime as dt

import pytest

from tests.support.builders import AS_OF, book, day, view_of
from workbook.model.catalogue import BY_ID
from workbook.model.triggers import State, evidence_of
from workbook.rules.triggers.preparing import PREPARING_RULES

PREPARING = {"Status": "Preparing"}


def judge(rule, as_of=AS_OF, champion="DC-001", **tables):
    return PREPARING_RULES[rule](view_of(book(**tables), as_of), champion)


def ids(judged):
    return [e.id for e in evidence_of(judged.rows)]


@pytest.mark.parametrize("rule", ["P1", "P2", "P3", "P4", "P6", "P7"])
def test_a_well_prepared_champion_gives_no_concern(rule):
    judged = judge(rule, ProtectedTime=weeks(4, 4, 4))
    assert judged.state is State.CLEAR
    assert "Champion Alpha (DC-001)" in judged.summary


# -- P1 Unclear responsibilities ----------------------------------------------------------------------------------


def test_p1_no_brief_is_a_warning_before_sign_off_and_raised_when_acting():
    assert judge("P1", RoleBriefs=[], WorkforcePlan=[PREPARING]).state is State.WATCH
    assert judge("P1", RoleBriefs=[], WorkforcePlan=[{"Status": "Proposed"}]).state is State.WATCH
    acting = judge("P1", RoleBriefs=[], WorkforcePlan=[{"Status": "Signed off"}])
    assert acting.state is State.RAISED
    assert ids(acting) == ["DC-001"]


def test_p1_a_brief_issued_after_the_day_does_not_exist_yet():
    assert judge("P1", RoleBriefs=[{"Issued on": day(1), "Acknowledged on": None}]).state is State.RAISED
    assert judge("P1", RoleBriefs=[{"Issued on": day(0), "Acknowledged on": day(0)}]).state is State.CLEAR


@pytest.mark.parametrize(
    "header", ["Peer support", "Issue reporting", "Promoting correct workflows", "Role boundaries"]
)
def test_p1_each_responsibility_and_the_boundaries_must_be_said(header):
    judged = judge("P1", RoleBriefs=[{header: "  "}])
    assert judged.state is State.RAISED
    assert header.lower() in judged.summary
    assert ids(judged) == ["RB-001"]
    assert judge("P1", RoleBriefs=[{header: "Said."}]).state is State.CLEAR


def test_p1_only_the_newest_brief_counts():
    faulty, sound = {"Peer support": None}, {}
    assert judge("P1", RoleBriefs=[{**faulty, "Issued on": day(-30)}, {"Issued on": day(-20)}]).state is State.CLEAR
    assert judge("P1", RoleBriefs=[{**faulty, "Version": 2}, sound]).state is State.RAISED
    assert judge("P1", RoleBriefs=[{**sound, "Version": 2}, faulty]).state is State.CLEAR
    assert judge("P1", RoleBriefs=[sound, faulty]).state is State.RAISED


def test_p1_acknowledgement_is_late_after_seven_days():
    waiting = {"Acknowledged on": None, "Responsibilities clear": "Yes"}
    assert judge("P1", RoleBriefs=[{**waiting, "Issued on": day(-8)}]).state is State.RAISED
    assert judge("P1", RoleBriefs=[{**waiting, "Issued on": day(-7)}]).state is State.CLEAR


def test_p1_a_late_acknowledgement_cures_once_it_has_happened():
    late = [{"Issued on": day(-40), "Acknowledged on": day(-2)}]
    assert judge("P1", RoleBriefs=late).state is State.CLEAR
    assert judge("P1", as_of=day(-3), RoleBriefs=late).state is State.RAISED


def test_p1_what_is_not_clear_counts_whatever_the_day_of_the_acknowledgement():
    told = {"Issued on": day(-2), "Acknowledged on": day(3)}
    assert judge("P1", RoleBriefs=[{**told, "Responsibilities clear": "No"}]).state is State.RAISED
    assert judge("P1", RoleBriefs=[{**told, "Responsibilities clear": "Yes"}]).state is State.CLEAR


@pytest.mark.parametrize("answer", ["Partly", "No"])
def test_p1_responsibilities_that_are_not_clear(answer):
    judged = judge(
        "P1", RoleBriefs=[{"Responsibilities clear": answer, "Issued on": day(0), "Acknowledged on": day(0)}]
    )
    assert judged.state is State.RAISED
    assert judge("P1", RoleBriefs=[{"Responsibilities clear": "Yes"}]).state is State.CLEAR


def test_p1_clear_left_blank_for_more_than_seven_days():
    blank = {"Responsibilities clear": None}
    old, young = {"Issued on": day(-8), "Acknowledged on": day(-8)}, {"Issued on": day(-7), "Acknowledged on": day(-7)}
    assert judge("P1", RoleBriefs=[{**blank, **old}]).state is State.RAISED
    assert judge("P1", RoleBriefs=[{**blank, **young}]).state is State.CLEAR


def test_p1_the_threshold_can_be_changed():
    rows = [{"Issued on": day(-8), "Acknowledged on": None}]
    judged = judge("P1", RoleBriefs=rows, thresholds={("P1", "Acknowledge within days"): 10})
    assert (judged.state, judged.value, judged.threshold) == (State.CLEAR, 8, 10)


def test_p1_leaves_out_a_brief_only_for_a_field_that_it_reads():
    broken = judge("P1", RoleBriefs=[{"Responsibilities clear": "Perhaps"}])
    assert (broken.state, broken.left_out) == (State.RAISED, 1)
    unrelated = judge("P1", RoleBriefs=[{"Review due date": "31/02/2026"}])
    assert (unrelated.state, unrelated.left_out) == (State.CLEAR, 0)


def test_p1_an_unreadable_status_is_replaced_by_the_sign_off():
    unknown = [{"Status": "Somewhere"}]
    acting = judge("P1", RoleBriefs=[], WorkforcePlan=unknown)
    assert (acting.state, acting.left_out) == (State.RAISED, 1)
    assert judge("P1", RoleBriefs=[], WorkforcePlan=unknown, StartSignOff=[]).state is State.WATCH


# -- P2 Incomplete enhanced training ------------------------------------------------------------------------------

NOT_DONE = {"Result": None, "Completed on": None, "Refresher due date": None}


def test_p2_planned_date_past_without_a_pass():
    champion = [PREPARING]
    late = judge("P2", WorkforcePlan=champion, TrainingMatrix=[{**NOT_DONE, "Planned date": day(-1)}])
    assert late.state is State.RAISED
    assert ids(late) == ["TR-001"]
    assert "29 Jun 2026" in late.summary
    today = judge("P2", WorkforcePlan=champion, TrainingMatrix=[{**NOT_DONE, "Planned date": day(0)}])
    assert today.state is State.CLEAR


def test_p2_any_required_rows_planned_date_counts_for_its_module():
    rows = [{**NOT_DONE, "Planned date": day(-30)}, {**NOT_DONE, "Planned date": day(30)}]
    assert judge("P2", WorkforcePlan=[PREPARING], TrainingMatrix=rows).state is State.RAISED
    rows[0]["Required"] = "No"
    assert judge("P2", WorkforcePlan=[PREPARING], TrainingMatrix=rows).state is State.CLEAR


def test_p2_acting_without_a_pass_even_before_the_planned_date():
    rows = [{**NOT_DONE, "Planned date": day(10)}]
    assert judge("P2", TrainingMatrix=rows).state is State.RAISED
    assert judge("P2", TrainingMatrix=rows, WorkforcePlan=[PREPARING]).state is State.CLEAR


def test_p2_needs_more_practice_is_no_pass_and_a_later_pass_cures():
    failed = {"Result": "Needs more practice", "Completed on": day(-20), "Planned date": day(-20)}
    assert judge("P2", TrainingMatrix=[failed]).state is State.RAISED
    assert judge("P2", TrainingMatrix=[failed, {"Completed on": day(-2)}]).state is State.CLEAR


def test_p2_a_pass_after_the_day_has_not_happened():
    rows = [{"Planned date": day(-5), "Completed on": day(-2)}]
    assert judge("P2", as_of=day(-3), TrainingMatrix=rows).state is State.RAISED
    assert judge("P2", as_of=day(-2), TrainingMatrix=rows).state is State.CLEAR


def test_p2_modules_are_judged_one_by_one():
    other = {**NOT_DONE, "Module": "Data protection", "Planned date": day(-9)}
    judged = judge("P2", TrainingMatrix=[{}, other])
    assert (judged.state, judged.value) == (State.RAISED, 1)
    assert "Data protection" in judged.summary
    assert judge("P2", TrainingMatrix=[{}, {**other, "Required": "No"}]).state is State.CLEAR


def test_p2_the_newest_passs_refresher():
    overdue = {"Refresher due date": day(-1)}
    judged = judge("P2", TrainingMatrix=[overdue])
    assert judged.state is State.RAISED
    assert "refresher" in judged.summary
    assert judge("P2", TrainingMatrix=[{"Refresher due date": day(0)}]).state is State.CLEAR
    renewed = {"Completed on": day(-3), "Refresher due date": day(300)}
    assert judge("P2", TrainingMatrix=[renewed, overdue]).state is State.CLEAR


def test_p2_acting_with_no_required_module():
    assert judge("P2", TrainingMatrix=[]).state is State.RAISED
    optional = [{"Required": "No"}]
    assert judge("P2", TrainingMatrix=optional).state is State.RAISED
    assert judge("P2", TrainingMatrix=optional, WorkforcePlan=[PREPARING]).state is State.CLEAR
    assert judge("P2", TrainingMatrix=[], WorkforcePlan=[PREPARING]).state is State.NOT_ENOUGH_DATA


# -- P3 Lack of protected time ------------------------------------------------------------------------------------

MONDAYS = [dt.date(2026, 6, 1), dt.date(2026, 6, 8), dt.date(2026, 6, 15), dt.date(2026, 6, 22)]


def weeks(*hours):
    return [{"Week commencing": m, "Hours given": h} for m, h in zip(MONDAYS[-len(hours) :], hours, strict=True)]


def test_p3_no_commitment_in_force():
    assert judge("P3", ImplementationPlan=[]).state is State.RAISED
    assert judge("P3", ImplementationPlan=[], WorkforcePlan=[PREPARING]).state is State.WATCH


def test_p3_ended_on_is_the_first_day_that_no_longer_counts():
    assert judge("P3", ImplementationPlan=[{"Ended on": day(0)}]).state is State.RAISED
    assert judge("P3", ImplementationPlan=[{"Ended on": day(1)}], ProtectedTime=weeks(4, 4, 4)).state is State.CLEAR
    assert judge("P3", ImplementationPlan=[{"Confirmed on": day(1)}]).state is State.RAISED


def test_p3_hours_in_force_add_up():
    short = {"Protected hours per week": 1.5}
    judged = judge("P3", ImplementationPlan=[short], WorkforcePlan=[PREPARING])
    assert (judged.state, judged.value, judged.threshold) == (State.RAISED, 1.5, 2)
    enough = [short, {"Protected hours per week": 0.5}]
    assert judge("P3", ImplementationPlan=enough, ProtectedTime=weeks(2, 2, 2)).state is State.CLEAR
    ended = {"Protected hours per week": 3, "Ended on": day(-10)}
    assert judge("P3", ImplementationPlan=[short, ended]).state is State.RAISED


def test_p3_share_of_hours_given():
    low = judge("P3", ProtectedTime=weeks(2, 3, 3, 3))
    assert low.state is State.RAISED
    assert (low.value, low.threshold) == (68.8, 75)
    assert ids(low) == ["PT-001", "PT-002", "PT-003", "PT-004"]
    assert judge("P3", ProtectedTime=weeks(3, 3, 3, 3)).state is State.CLEAR


def test_p3_share_needs_three_entries():
    few = judge("P3", ProtectedTime=weeks(0, 0))
    assert few.state is State.NOT_ENOUGH_DATA
    assert "only 2 weeks of the last 8 on record; 3 are needed" in few.summary
    assert judge("P3", ProtectedTime=[]).state is State.NOT_ENOUGH_DATA
    assert judge("P3", ProtectedTime=weeks(0, 0, 0)).state is State.RAISED


def test_p3_another_reason_counts_with_too_few_entries():
    short = [{"Protected hours per week": 1.5}]
    assert judge("P3", ImplementationPlan=short, ProtectedTime=weeks(4)).state is State.RAISED
    assert judge("P3", ImplementationPlan=[], WorkforcePlan=[PREPARING], ProtectedTime=weeks(4)).state is State.WATCH


def test_p3_share_counts_only_weeks_with_an_entry():
    assert judge("P3", ProtectedTime=weeks(4, 4, 4)).state is State.CLEAR


def test_p3_only_full_weeks_wholly_before_the_day_count():
    rows = [*weeks(0, 0), {"Week commencing": dt.date(2026, 6, 29), "Hours given": 0}]
    assert judge("P3", ProtectedTime=rows).state is State.NOT_ENOUGH_DATA
    assert judge("P3", as_of=dt.date(2026, 7, 5), ProtectedTime=rows).state is State.NOT_ENOUGH_DATA
    assert judge("P3", as_of=dt.date(2026, 7, 6), ProtectedTime=rows).state is State.RAISED


def test_p3_a_ninth_week_back_is_out_of_the_window():
    rows = [*weeks(4, 4, 4, 4), {"Week commencing": dt.date(2026, 4, 27), "Hours given": 0}]
    assert judge("P3", ProtectedTime=rows).value == 100
    assert judge("P3", ProtectedTime=rows, thresholds={("P3", "Weeks"): 9}).value == 80
    rows[-1]["Week commencing"] = dt.date(2026, 5, 4)
    assert judge("P3", ProtectedTime=rows).value == 80
    assert judge("P3", ProtectedTime=rows, thresholds={("P3", "Weeks"): 4}).value == 100


def test_p3_hours_promised_are_those_in_force_on_each_monday():
    plan = [{"Protected hours per week": 8, "Ended on": MONDAYS[2]}, {"Confirmed on": MONDAYS[2]}]
    assert judge("P3", ImplementationPlan=plan, ProtectedTime=weeks(8, 8, 4, 4)).value == 100
    assert judge("P3", ImplementationPlan=plan, ProtectedTime=weeks(4, 4, 4, 4)).state is State.RAISED


def test_p3_nothing_promised_for_the_weeks_on_record_can_not_be_too_little():
    plan = [{"Confirmed on": MONDAYS[3] + dt.timedelta(days=1)}]
    judged = judge("P3", ImplementationPlan=plan, ProtectedTime=weeks(0, 0, 0))
    assert judged.state is State.CLEAR
    assert "none were in the weeks on record" in judged.summary
    plan.append({"Protected hours per week": 1, "Ended on": MONDAYS[3]})
    assert judge("P3", ImplementationPlan=plan, ProtectedTime=weeks(0, 0, 0)).state is State.RAISED


def test_p3_unreadable_hours_are_left_out_and_counted():
    rows = weeks(4, 4, 4, 4)
    rows[0]["Hours given"] = "some"
    judged = judge("P3", ProtectedTime=rows)
    assert (judged.state, judged.left_out) == (State.CLEAR, 1)


# -- P4 Poor understanding of care governance ---------------------------------------------------------------------

AREAS = ["Recording standards", "Escalation routes", "Governance expectations"]


@pytest.mark.parametrize("area", AREAS)
def test_p4_not_yet_in_one_area_or_developing_in_two(area):
    judged = judge("P4", ReadinessLog=[{area: "Not yet"}])
    assert judged.state is State.RAISED
    assert area.lower() in judged.summary
    assert judge("P4", ReadinessLog=[{area: "Developing"}]).state is State.CLEAR
    other = next(a for a in AREAS if a != area)
    assert judge("P4", ReadinessLog=[{area: "Developing", other: "Developing"}]).state is State.RAISED


def test_p4_care_workflows_and_assistive_technology_are_not_governance():
    rows = [{"Care workflows": "Not yet", "Assistive technology": "Not yet"}]
    assert judge("P4", ReadinessLog=rows).state is State.CLEAR


def test_p4_only_the_newest_check_counts():
    weak = {"Recording standards": "Not yet", "Checked on": day(-30)}
    assert judge("P4", ReadinessLog=[{"Checked on": day(-5)}, weak]).state is State.CLEAR
    assert judge("P4", as_of=day(-6), ReadinessLog=[{"Checked on": day(-5)}, weak]).state is State.RAISED


def test_p4_no_check():
    assert judge("P4", ReadinessLog=[]).state is State.RAISED
    assert judge("P4", ReadinessLog=[], WorkforcePlan=[PREPARING]).state is State.NOT_ENOUGH_DATA


def test_p4_recheck_overdue():
    assert judge("P4", ReadinessLog=[{"Re-check due date": day(-1)}]).state is State.RAISED
    assert judge("P4", ReadinessLog=[{"Re-check due date": day(0)}]).state is State.CLEAR
    superseded = [{"Re-check due date": day(-1)}, {"Checked on": day(-3)}]
    assert judge("P4", ReadinessLog=superseded).state is State.CLEAR


def test_p4_developing_areas_can_be_changed():
    rows = [{AREAS[0]: "Developing", AREAS[1]: "Developing"}]
    assert judge("P4", ReadinessLog=rows, thresholds={("P4", "Developing areas"): 3}).state is State.CLEAR
    assert judge("P4", thresholds={("P4", "Developing areas"): 0}).state is State.CLEAR


# -- P5 Started before sign-off -----------------------------------------------------------------------------------


def test_p5_support_before_the_sign_off():
    judged = judge("P5", SupportLog=[{"Date": dt.date(2026, 2, 1)}, {"Date": dt.date(2026, 2, 3)}])
    assert (judged.state, judged.value) == (State.RAISED, 1)
    assert ids(judged) == ["SU-0001"]
    assert "01 Feb 2026" in judged.summary


def test_p5_the_day_of_the_sign_off_counts_as_signed_off():
    assert judge("P5", SupportLog=[{"Date": dt.date(2026, 2, 2)}]).state is State.CLEAR


def test_p5_without_any_sign_off():
    assert judge("P5", SupportLog=[{}], StartSignOff=[]).state is State.RAISED


def test_p5_the_latest_sign_off_on_or_before_the_day_decides():
    taken_back = [{}, {"Reviewed on": dt.date(2026, 6, 1), "Decision": "Not yet"}]
    assert judge("P5", SupportLog=[{"Date": dt.date(2026, 5, 31)}], StartSignOff=taken_back).state is State.CLEAR
    after = judge("P5", SupportLog=[{"Date": dt.date(2026, 6, 1)}], StartSignOff=taken_back)
    assert after.state is State.RAISED
    assert ids(after) == ["SU-0001", "SO-002"]


def test_p5_an_observation_is_support_too():
    rows = [{"Date": dt.date(2026, 2, 1), "Support need": "None seen"}]
    assert judge("P5", SupportLog=rows).state is State.RAISED


def test_p5_says_too_little_is_known_without_entries_by_the_champion():
    assert judge("P5").state is State.NOT_ENOUGH_DATA
    assert judge("P5", SupportLog=[{"Date": day(1)}]).state is State.NOT_ENOUGH_DATA
    others = {"WorkforcePlan": [{}, {"Name": "Champion Beta"}], "SupportLog": [{"Champion ID": "DC-002"}]}
    assert judge("P5", **others).state is State.NOT_ENOUGH_DATA


def test_every_preparing_trigger_is_declared_in_words():
    for name in PREPARING_RULES:
        trigger = BY_ID[name]
        assert all((trigger.rule, trigger.clears, trigger.source, trigger.action))
        assert all(p.meaning for p in trigger.parameters)
        trigger.rule.format(**{p.name: p.default for p in trigger.parameters})
