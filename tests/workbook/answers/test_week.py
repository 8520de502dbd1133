"""What to do this week."""

from tests.support.builders import book, day, view_of
from workbook.answers.week import this_week, waiting
from workbook.model.catalogue import BY_ID
from workbook.model.findings import Finding, Severity
from workbook.rules.reviews import Review
from workbook.rules.triggers import evaluate


def finding(severity=Severity.ERROR, row=6, code="not-a-date"):
    return Finding(code, severity, "SupportLog", f"SU-{row:04d}", row, "Date", "x", "It is no date.", "Type it again.")


def review(days_late):
    return Review("Adoption support", "OAK", "Team leader", "Leader Oak", None, day(-days_late), days_late, "rows")


def todo(findings=(), rules=(), reviews=(), limit=7, **tables):
    view = view_of(book(**tables))
    return this_week(view, findings, evaluate(view, [BY_ID[r] for r in rules]), reviews, limit)


WORKAROUND = {"Workaround seen": "Yes"}
OVERDUE = {"Due date": day(-1), "Action": "Buy a second tablet"}


def test_nothing_to_do_is_an_empty_list():
    assert todo(rules=["S4"], SupportLog=[{}], findings=[finding(Severity.WARNING)], reviews=[review(0)]) == []


def test_the_order_is_triggers_errors_reviews_actions_decisions_suppliers_warnings():
    found = todo(
        [finding()],
        ["S8", "S4"],
        [review(3)],
        SupportLog=[{**WORKAROUND, "Champion ID": "DC-002"}],
        WorkforcePlan=[{}, {"Name": "Champion Beta"}],
        Actions=[OVERDUE],
        Meetings=[{}],
        ImprovementLog=[{"Reply due date": day(-1), "Raised by": "DC-002", "Raised on": day(-30)}],
        BoardDecisions=[{"Due date": day(-1)}],
    )
    tables = [t.table for t in found]
    assert tables == [
        "SupportLog",
        "SupportLog",
        "ReviewsDue",
        "Actions",
        "BoardDecisions",
        "WorkforcePlan",
        "ImprovementLog",
    ]
    assert found[0].who == "Leader Oak (team leader)"
    assert found[0].due == day(7)
    assert "3 days late" in found[2].what
    assert found[3].what.endswith("Buy a second tablet.")
    assert "Champion Beta" in found[5].what
    assert all(t.what.endswith(".") for t in found)


def test_at_most_seven_unless_another_limit_is_given():
    actions = [{**OVERDUE, "Due date": day(-n)} for n in range(1, 12)]
    assert len(todo(Actions=actions)) == 7
    assert [t.id for t in todo(Actions=actions, limit=1)] == ["AC-011"]


def test_errors_of_one_kind_are_told_once():
    (only,) = todo([finding(row=n) for n in range(6, 11)])
    assert (only.id, only.what) == ("SU-0006", "It is no date. Type it again. There are 5 such entries.")


def test_one_trigger_in_several_services_is_one_thing_to_do():
    services = [{}, {"Service code": "ELM", "Service name": "Elm Lodge", "Team leader": "Leader Elm"}]
    (only,) = todo(rules=["S4"], Services=services, SupportLog=[WORKAROUND, {**WORKAROUND, "Service": "ELM"}])
    assert only.what.startswith("1 workaround seen in Oak House in the last 14 days, in Care notes. Find out why")
    assert only.what.endswith("The same for Elm Lodge (S4).")
    assert only.who == "Leader Oak (team leader), Leader Elm (team leader)"


def test_each_leader_of_several_services_is_named_once():
    services = [{}, {"Service code": "ELM", "Service name": "Elm Lodge", "Team leader": "Leader Oak"}]
    (only,) = todo(rules=["S4"], Services=services, SupportLog=[WORKAROUND, {**WORKAROUND, "Service": "ELM"}])
    assert only.who == "Leader Oak (team leader)"


def test_what_was_found_stands_before_what_to_do_and_names_the_service():
    log = [{"Staff member": f"Carer {n}", "Date": day(-n)} for n in range(1, 4)]
    (only,) = todo(rules=["S1"], SupportLog=log)
    assert only.what.startswith("Oak House: “Care notes: Finding the record” came 3 times")
    assert "Review this support need with the team" in only.what


def test_a_champion_is_named():
    (only,) = todo(rules=["P1"], RoleBriefs=[])
    assert only.what.startswith("Champion Alpha (DC-001): there is no role brief")
    assert only.what.endswith("(P1).")


def test_all_that_waits_is_known_though_a_week_holds_seven():
    view = view_of(book(Actions=[{**OVERDUE, "Due date": day(-n)} for n in range(1, 12)]))
    assert len(waiting(view, (), (), ())) == 11


def test_what_is_due_today_or_done_or_answered_is_not_on_the_list():
    assert todo(Actions=[{"Due date": day(0)}, {**OVERDUE, "Status": "Done", "Evidence of completion": "Seen."}]) == []
    reply = {"Reply due date": day(-1), "Replied on": day(-1)}
    assert todo(ImprovementLog=[reply, {"Reply due date": day(0)}]) == []
    decisions = [{"Due date": day(-1)}]
    assert todo(Meetings=[{}], ImprovementLog=[{}], BoardDecisions=decisions, UpdatesShared=[{}]) == []


def test_the_list_can_be_printed_as_json():
    (only,) = todo(Actions=[OVERDUE])
    assert only.as_json() == {
        "table": "Actions",
        "id": "AC-001",
        "who": "Project Lead One",
        "due": "2026-06-29",
        "what": only.what,
    }


# -- what stands is no news ------------------------------------------------------------------------------------------

LOG = [{**WORKAROUND, "Date": day(-3)}]


def remembered(**cells):
    """The Triggers sheet's row of S4 at Oak House, acknowledged by somebody."""
    row = {
        "Key": "S4:OAK",
        "Trigger": "S4",
        "Title": "Bypassing agreed workflows",
        "Scope": "OAK",
        "State": "Action needed",
        "Evidence": "SupportLog SU-0001",
        "First raised on": day(-2),
        "Last seen on": day(-1),
        "Times raised": 1,
        "Acknowledged by": "Leader Oak",
    }
    return [{**row, **cells}]


def workaround(triggers, log=LOG, **tables):
    return [t for t in todo(rules=["S4"], SupportLog=log, Triggers=triggers, **tables) if "(S4)" in t.what]


def test_what_a_person_has_acknowledged_is_told_again_only_with_new_evidence():
    assert workaround(remembered()) == []
    assert len(workaround(remembered(**{"Acknowledged by": None}))) == 1
    assert len(workaround(remembered(), [*LOG, {**WORKAROUND, "Date": day(-1)}])) == 1


def test_what_a_person_has_acknowledged_is_told_again_after_28_days():
    old = {"First raised on": day(-28)}
    assert len(workaround(remembered(**old))) == 1
    assert workaround(remembered(**{"First raised on": day(-27)})) == []
    assert workaround(remembered(**old, **{"Acknowledged by": f"Leader Oak, {day(-5):%d %b %Y}"})) == []
    assert workaround(remembered(**old), thresholds={("All", "Remind after days"): 29}) == []


def test_an_action_that_somebody_has_taken_up_takes_the_place_of_its_trigger():
    action = {"Source": "S4:OAK", "Status": "Open", "Action": "Talk with the night team", "Due date": day(3)}
    (only,) = todo(rules=["S4"], SupportLog=LOG, Actions=[action])
    assert (only.table, only.id, only.due) == ("Actions", "AC-001", day(3))
    assert "Talk with the night team" in only.what
    assert "S4:OAK" in only.what
    late = todo(rules=["S4"], SupportLog=LOG, Actions=[{**action, "Due date": day(-1)}])
    assert "(S4)" in late[0].what
    assert len(workaround([], Actions=[{**action, "Status": "Proposed"}])) == 1
    assert len(workaround([], Actions=[{**action, "Source": "S4:ELM"}])) == 1
