"""Acceptance of "How every rule is read": scopes, owners, due dates, what is always given.

See docs/contract/checks-and-triggers.md.
"""

from __future__ import annotations

import pytest

from tests.support.acceptance_cases import BETA, ELM, TWO_CHAMPIONS, TWO_SERVICES, results, support
from tests.support.builders import PEOPLE, book, day, view_of
from workbook.model.triggers import Result

ASH = {"Service code": "ASH", "Service name": "Ash Court", "Registered manager": "Manager Ash", "Team leader": None}
PREPARING = [f"P{n}" for n in range(1, 8)]
SERVICE = ["P8", *(f"S{n}" for n in range(1, 11))]
PROGRAMME = [f"F{n}" for n in range(1, 12)]


def judged(**tables) -> dict[str, Result]:
    """All results of a workbook."""
    return results(view_of(book(**tables)))


def without(role):
    """The people of the base workbook but those of a role."""
    return [p for p in PEOPLE if p["Role"] != role]


def test_exactly_one_result_for_every_trigger_and_scope_whatever_the_state():
    found = judged(Services=[*TWO_SERVICES, ASH], WorkforcePlan=TWO_CHAMPIONS)
    expected = [f"{t}:{c}" for t in PREPARING for c in ("DC-001", "DC-002")]
    expected += [f"{t}:{s}" for t in SERVICE for s in ("OAK", "ELM", "ASH")]
    expected += [f"{t}:programme" for t in PROGRAMME]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("status", ["Paused", "Reassigned", "Stepped down"])
def test_champions_paused_or_gone_are_not_judged(status):
    found = judged(WorkforcePlan=[{}, {**BETA, "Status": status}])
    assert not [k for k in found if k.endswith(":DC-002")]


@pytest.mark.parametrize("status", ["Proposed", "Preparing", "Signed off", "Active"])
def test_all_other_champions_are(status):
    found = judged(WorkforcePlan=[{}, {**BETA, "Status": status}])
    assert len([k for k in found if k.endswith(":DC-002")]) == 7


def test_a_service_not_in_use_is_not_judged():
    assert not [k for k in judged(Services=[{}, {**ELM, "In use": "No"}]) if k.endswith(":ELM")]


def test_a_champion_identified_later_does_not_exist():
    found = judged(WorkforcePlan=[{}, {**BETA, "Identified on": day(1)}])
    assert not [k for k in found if k.endswith(":DC-002")]


@pytest.mark.parametrize(
    ("since", "signed", "state"),
    [
        (day(0), True, None),
        (day(1), True, "raised"),
        (day(1), False, "watch"),
    ],
)
def test_a_status_of_later_is_not_known_yet(since, signed, state):
    """Active if signed off by then, else Preparing; P1 without a brief tells which."""
    found = judged(
        WorkforcePlan=[{"Status": "Paused", "Status since": since}],
        StartSignOff=[{}] if signed else [],
        RoleBriefs=[],
    )
    result = found.get("P1:DC-001")
    assert (result.state.value if result else None) == state


RAISED = {
    "P4": {"ReadinessLog": [{"Escalation routes": "Not yet"}]},
    "S4": {"SupportLog": support(-1, seen="Yes")},
    "F4": {"ImprovementLog": [{"Category": "Configuration", "Safe recording affected": "Yes"}]},
}
KEYS = {"P4": "P4:DC-001", "S4": "S4:OAK", "F4": "F4:programme"}
OWNERS = {"P4": "Project lead", "S4": "Team leader", "F4": "Board chair"}
ESCALATIONS = {
    "P4": ("preparation", "reassign"),
    "S4": ("team leader review", "guidance"),
    "F4": ("project board review", "supplier"),
}


@pytest.mark.parametrize("trigger", RAISED)
def test_the_escalation_owner_and_rule_version_of_each_part(trigger):
    found = judged(**RAISED[trigger])[KEYS[trigger]]
    assert found.state.value == "raised"
    assert found.owner == OWNERS[trigger]
    assert all(word in found.escalation.casefold() for word in ESCALATIONS[trigger])
    assert found.rules_version


@pytest.mark.parametrize(
    ("leader", "manager", "owner", "name"),
    [
        ("Leader Oak", "Manager Oak", "Team leader", "Leader Oak"),
        (None, "Manager Oak", "Registered manager", "Manager Oak"),
        (None, None, "Project lead", "Project Lead One"),
    ],
)
def test_team_leader_then_registered_manager_then_project_lead(leader, manager, owner, name):
    people = [p for p in PEOPLE if not p.get("Service")]
    services = [{"Team leader": leader, "Registered manager": manager}]
    found = judged(Services=services, People=people, **RAISED["S4"])["S4:OAK"]
    assert (found.owner, found.owner_name) == (owner, name)


def test_a_team_leader_of_another_service_answers_for_it_alone():
    people = [*without("Team leader"), {"Person": "Leader Elm", "Role": "Team leader", "Service": "ELM"}]
    found = judged(Services=[{"Team leader": None}, ELM], People=people, **RAISED["S4"])["S4:OAK"]
    assert (found.owner, found.owner_name) == ("Registered manager", "Manager Oak")


def test_a_team_leader_without_a_service_leads_all():
    people = [*without("Team leader"), {"Person": "Leader All", "Role": "Team leader", "Service": None}]
    found = judged(Services=[{"Team leader": None}], People=people, **RAISED["S4"])["S4:OAK"]
    assert (found.owner, found.owner_name) == ("Team leader", "Leader All")


def test_board_chair_then_project_lead():
    found = judged(People=without("Board chair"), **RAISED["F4"])["F4:programme"]
    assert (found.owner, found.owner_name) == ("Project lead", "Project Lead One")


@pytest.mark.parametrize("trigger", ["P4", "S4"])
def test_due_in_seven_days_or_as_the_threshold_says(trigger):
    assert judged(**RAISED[trigger])[KEYS[trigger]].due == day(7)
    changed = {("All", "Due in days"): 3}
    assert judged(thresholds=changed, **RAISED[trigger])[KEYS[trigger]].due == day(3)


def test_feedback_is_due_at_the_next_board_meeting():
    meetings = [{"Held on": day(-30), "Next meeting": day(40)}, {"Held on": day(-5), "Next meeting": day(16)}]
    assert judged(Meetings=meetings, **RAISED["F4"])["F4:programme"].due == day(16)


def test_the_next_governance_meeting_is_no_board_meeting():
    meetings = [
        {"Held on": day(-5), "Next meeting": day(16)},
        {"Held on": day(-2), "Next meeting": day(4), "Kind": "Implementation governance"},
    ]
    assert judged(Meetings=meetings, **RAISED["F4"])["F4:programme"].due == day(16)


def test_a_changed_threshold_is_shown_beside_the_result():
    found = judged(thresholds={("S4", "Count"): 2}, SupportLog=support(-1, -1, seen="Yes"))
    assert [t for t in found["S4:OAK"].changed_thresholds if "Count" in t and "2" in t and "1" in t]
    assert not found["S1:OAK"].changed_thresholds


def test_twice_on_one_snapshot_is_the_same_order_included():
    tables = {**RAISED["P4"], **RAISED["S4"], **RAISED["F4"], "Services": TWO_SERVICES}
    first, second = judged(**tables), judged(**tables)
    assert [r.as_json() for r in first.values()] == [r.as_json() for r in second.values()]
    assert list(first) == list(second)


def test_an_empty_log_is_never_reported_as_clear():
    found = judged(WorkforcePlan=[], **{t: [] for t in ("RoleBriefs", "TrainingMatrix", "ReadinessLog")})
    states = {k: r.state.value for k, r in found.items() if k != "P8:OAK"}
    assert set(states.values()) == {"not enough data"}
    assert found["P8:OAK"].state.value == "watch"
