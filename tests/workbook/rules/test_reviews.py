"""Reviews: next due and days late by phase of each service, own due dates, and the calendar."""

import dataclasses
import datetime as dt

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import AS_OF, book, day, view_of
from workbook.answers.review_calendar import calendar
from workbook.model.declare import rows_of
from workbook.model.registers import ReviewsDue
from workbook.rules.reviews import Review, reviews, table_rows

EARLY = {"Go-live date": day(-30)}
ROLLOUT = {"Go-live date": day(-200)}
STABILISED = {"Go-live date": day(-200), "Stabilised on": day(-60)}


def due(name, role=None, as_of=AS_OF, service="OAK", **tables):
    found = [r for r in reviews(view_of(book(**tables), as_of)) if r.review == name and r.service == service]
    (one,) = [r for r in found if role in (None, r.owner)]
    return one


REGULAR = [
    ("Adoption support", "Team leader", "TeamLeaderReviews", "Reviewed on", {}),
    ("Adoption support", "Registered manager", "ManagerReviews", "Reviewed on", {}),
    ("Implementation governance", "Quality lead", "Meetings", "Held on", {"Kind": "Implementation governance"}),
    ("Implementation governance", "Board chair", "Meetings", "Held on", {"Kind": "Project board"}),
]
DAYS = {"Adoption support": (7, 14, 31), "Implementation governance": (14, 14, 31)}


@pytest.mark.parametrize(("name", "role", "table", "header", "cells"), REGULAR)
@pytest.mark.parametrize(("phase", "service"), list(enumerate([EARLY, ROLLOUT, STABILISED])))
def test_due_and_late_by_phase(name, role, table, header, cells, phase, service):
    days = DAYS[name][phase]
    on_time = due(name, role, Services=[service], **{table: [{header: day(-days), **cells}]})
    assert (on_time.last_done, on_time.next_due, on_time.days_late) == (day(-days), AS_OF, 0)
    late = due(name, role, Services=[service], **{table: [{header: day(-days - 3), **cells}]})
    assert (late.next_due, late.days_late) == (day(-3), 3)
    assert [e.table for e in late.evidence] == [table]


@pytest.mark.parametrize(("name", "role", "table", "header", "cells"), REGULAR)
def test_never_done_is_due_from_go_live(name, role, table, header, cells):
    days = DAYS[name][0]
    never = due(name, role, Services=[EARLY], **{table: [{header: day(1), **cells}]})
    assert (never.last_done, never.next_due, never.days_late) == (None, day(days - 30), 30 - days)


@pytest.mark.parametrize(("name", "role", "table", "header", "cells"), REGULAR)
def test_nothing_is_due_while_the_service_prepares(name, role, table, header, cells):
    before = due(name, role, Services=[{"Go-live date": day(1)}], **{table: []})
    assert (before.next_due, before.days_late) == (None, 0)
    assert "from go-live on 01 Jul 2026" in before.proof


def test_what_was_done_before_go_live_does_not_make_the_first_one_late():
    early = due(
        "Adoption support",
        "Team leader",
        Services=[{"Go-live date": day(-3)}],
        TeamLeaderReviews=[{"Reviewed on": day(-40)}],
    )
    assert (early.next_due, early.days_late) == (day(4), 0)


def test_the_days_between_can_be_changed():
    changed = {("R1", "Early days"): 10}
    rows = [{"Reviewed on": day(-12)}]
    one = due("Adoption support", "Team leader", Services=[EARLY], TeamLeaderReviews=rows, thresholds=changed)
    assert one.days_late == 2


def test_a_meeting_of_the_other_kind_proves_nothing():
    board = [{"Kind": "Project board", "Held on": day(-2)}]
    assert due("Implementation governance", "Quality lead", Meetings=board).last_done is None


def test_another_services_review_proves_nothing():
    services = [{}, {"Service code": "ELM", "Service name": "Elm Court"}]
    rows = [{"Service": "ELM", "Reviewed on": day(-2)}]
    assert due("Adoption support", "Team leader", Services=services, TeamLeaderReviews=rows).last_done is None


def test_services_out_of_use_have_no_reviews():
    assert {r.service for r in reviews(view_of(book(Services=[{"In use": "No"}], Guidance=[])))} <= {""}


# -- the start sign-off -------------------------------------------------------------------------------------------


def test_start_sign_off_done():
    one = due("Start sign-off")
    assert (one.last_done, one.next_due, one.days_late) == (dt.date(2026, 2, 2), None, 0)
    assert "SO-001" in one.proof


def test_start_sign_off_was_due_before_the_first_support():
    one = due("Start sign-off", StartSignOff=[], SupportLog=[{"Date": day(-4)}, {"Date": day(-9)}])
    assert (one.next_due, one.days_late) == (day(-9), 9)
    assert [e.id for e in one.evidence] == ["DC-001"]
    refused = due("Start sign-off", StartSignOff=[{"Decision": "Not yet"}], SupportLog=[{"Date": day(-4)}])
    assert refused.days_late == 4


@pytest.mark.parametrize("unread", [{"Reviewed on": "soon"}, {"Decision": "Singed off"}, {"Champion ID": "DC-01"}])
def test_a_sign_off_that_can_not_be_read_is_no_late_review(unread):
    one = due("Start sign-off", StartSignOff=[unread], SupportLog=[{"Date": day(-27)}])
    assert (one.next_due, one.days_late) == (None, 0), "the entry is to be mended, which is a finding of its own"
    refused = due("Start sign-off", StartSignOff=[{"Decision": "Not yet"}], SupportLog=[{"Date": day(-27)}])
    assert refused.days_late == 27


def test_each_review_says_where_it_is_entered():
    view = view_of(book())
    registers = {r.name: r.entered_in for r in reviews(view)}
    assert registers["Start sign-off"] == "StartSignOff"
    assert registers["Adoption support (team leader)"] == "TeamLeaderReviews"
    assert registers["Implementation governance (project board)"] == "Meetings"
    assert all(registers.values())


def test_start_sign_off_of_one_who_prepares_is_due_at_go_live():
    preparing = {"StartSignOff": [], "WorkforcePlan": [{"Status": "Preparing"}]}
    assert due("Start sign-off", Services=[{"Go-live date": day(20)}], **preparing).next_due == day(20)
    assert due("Start sign-off", **preparing).next_due is None


# -- entries with a date of their own -----------------------------------------------------------------------------

OWN = [
    ("Role briefs", "RoleBriefs", "Review due date", "RB-001"),
    ("Refreshers", "TrainingMatrix", "Refresher due date", "TR-001"),
    ("Readiness re-checks", "ReadinessLog", "Re-check due date", "RC-001"),
    ("Protected time", "ImplementationPlan", "Review due date", "IP-001"),
    ("Guidance", "Guidance", "Review due date", "GU-001"),
]


@pytest.mark.parametrize(("name", "table", "header", "row_id"), OWN)
def test_own_due_dates(name, table, header, row_id):
    service = "" if name == "Guidance" else "OAK"
    late = due(name, service=service, **{table: [{header: day(-2)}]})
    assert (late.next_due, late.days_late, [e.id for e in late.evidence]) == (day(-2), 2, [row_id])
    assert row_id in late.proof
    assert due(name, service=service, **{table: [{header: day(0)}]}).days_late == 0
    none = reviews(view_of(book(**{table: [{header: None}]})))
    assert name not in [r.review for r in none]


def test_superseded_withdrawn_and_ended_entries_are_out():
    renewed = [{"Refresher due date": day(-2)}, {"Completed on": day(-1), "Refresher due date": day(300)}]
    assert due("Refreshers", TrainingMatrix=renewed).days_late == 0
    withdrawn = book(Guidance=[{"Review due date": day(-2), "Withdrawn on": day(0)}])
    assert "Guidance" not in [r.review for r in reviews(view_of(withdrawn))]
    ended = book(ImplementationPlan=[{"Review due date": day(-2), "Ended on": day(0)}])
    assert "Protected time" not in [r.review for r in reviews(view_of(ended))]


def test_a_paused_champions_entries_are_out():
    paused = book(WorkforcePlan=[{"Status": "Paused"}], RoleBriefs=[{"Review due date": day(-2)}])
    assert "Role briefs" not in [r.review for r in reviews(view_of(paused))]


# -- what becomes of them -----------------------------------------------------------------------------------------


def test_json_holds_what_the_contract_says():
    one = due("Adoption support", "Team leader", Services=[EARLY], TeamLeaderReviews=[{"Reviewed on": day(-9)}])
    assert one.as_json() == {
        "review": "Adoption support (team leader)",
        "service": "OAK",
        "last_done": "2026-06-21",
        "next_due": "2026-06-28",
        "days_late": 2,
    }


def test_no_two_reviews_of_a_service_have_one_name():
    found = [r.as_json() for r in reviews(view_of(book(Guidance=[{}])))]
    names = [(r["review"], r["service"]) for r in found]
    assert len(set(names)) == len(names)
    assert {"Adoption support (team leader)", "Adoption support (registered manager)"} <= {n for n, _ in names}
    assert {"Implementation governance (quality lead)", "Implementation governance (project board)"} <= {
        n for n, _ in names
    }
    assert [list(r) for r in found] == [["review", "service", "last_done", "next_due", "days_late"]] * len(found)


def test_table_rows_match_the_computed_table_latest_first():
    found = reviews(view_of(book(Services=[EARLY], TeamLeaderReviews=[{"Reviewed on": day(-9)}])))
    rows = table_rows(found)
    assert all(len(row) == len(ReviewsDue.columns) for row in rows)
    late = [rows_of(ReviewsDue, [dict(zip([c.attr for c in ReviewsDue.columns], row, strict=True))])[0] for row in rows]
    assert [r.days_late for r in late] == sorted((r.days_late for r in late), reverse=True)
    assert late[0].owner.endswith(")")


def test_calendar_parses_and_keeps_its_identities():
    found = reviews(view_of(book(Services=[EARLY])))
    text = calendar(found, "Digital champions", AS_OF)
    parsed = icalendar.Calendar.from_ical(text)
    events = parsed.walk("VEVENT")
    dated = [r for r in found if r.next_due]
    assert [e.decoded("DTSTART") for e in events] == [r.next_due for r in dated]
    assert len({str(e["UID"]) for e in events}) == len(events) > 3
    later = reviews(view_of(book(Services=[EARLY], TeamLeaderReviews=[{}])))
    moved = icalendar.Calendar.from_ical(calendar(later, "Digital champions", day(1))).walk("VEVENT")
    assert {str(e["UID"]) for e in moved} == {str(e["UID"]) for e in events}
    assert text == calendar(found, "Digital champions", AS_OF)


def by_summary(text):
    return {str(e["SUMMARY"]): e for e in icalendar.Calendar.from_ical(text).walk("VEVENT")}


def test_a_newer_calendar_raises_the_sequence_of_what_moved_and_cancels_what_fell_away():
    kept, moved, gone = (
        Review(n, "OAK", "Team leader", "", None, AS_OF, 0, "x") for n in ("Kept", "Moved", "Gone, really")
    )
    first = calendar([kept, moved, gone], "Digital champions", AS_OF)
    now = [kept, dataclasses.replace(moved, next_due=day(7))]
    second = calendar(now, "Digital champions", AS_OF, first)
    old, new = by_summary(first), by_summary(second)
    assert new["Kept: OAK"]["SEQUENCE"] == old["Kept: OAK"]["SEQUENCE"]
    assert new["Moved: OAK"]["SEQUENCE"] > old["Moved: OAK"]["SEQUENCE"]
    cancelled = new["Gone, really: OAK"]
    assert (cancelled["STATUS"], cancelled["UID"]) == ("CANCELLED", old["Gone, really: OAK"]["UID"])
    assert cancelled["SEQUENCE"] > old["Gone, really: OAK"]["SEQUENCE"]
    assert not any("STATUS" in e for n, e in new.items() if not n.startswith("Gone"))
    assert "Gone, really: OAK" not in by_summary(calendar(now, "Digital champions", day(1), second)), "said once"


def review(name, due=AS_OF):
    return Review(name, "OAK", "Team leader", "", None, due, 0, "x")


@pytest.mark.parametrize("between", [0, 1, 3], ids=["at once", "later", "much later"])
@pytest.mark.parametrize("moved", [0, 7], ids=["same day", "another day"])
def test_what_was_cancelled_and_comes_back_has_a_higher_sequence(between, moved):
    first = calendar([review("Back"), review("Kept")], "Champions", AS_OF)
    text = cancelled = calendar([review("Kept")], "Champions", AS_OF, first)
    for _ in range(between):
        text = calendar([review("Kept")], "Champions", AS_OF, text)
    now = by_summary(calendar([review("Back", day(moved)), review("Kept")], "Champions", AS_OF, text))
    assert now["Back: OAK"]["SEQUENCE"] == by_summary(cancelled)["Back: OAK"]["SEQUENCE"] + 1
    assert "STATUS" not in now["Back: OAK"]
    assert now["Kept: OAK"]["SEQUENCE"] == by_summary(first)["Kept: OAK"]["SEQUENCE"]


def test_only_the_calendar_of_the_same_workbook_is_cancelled_from():
    first = calendar([review("One")], "Champions", AS_OF, marks=("a", "names"))
    for marks, cancelled in [(("a",), 1), (("a", "other"), 1), (("b", "names"), 0), (("names",), 0), ((), 0)]:
        assert calendar([], "Champions", AS_OF, first, marks).count("STATUS:CANCELLED") == cancelled, marks
    without_id = calendar([review("One")], "Champions", AS_OF, marks=("names",))
    assert calendar([], "Champions", AS_OF, without_id, ("b", "names")).count("STATUS:CANCELLED") == 1
    unmarked = calendar([review("One")], "Champions", AS_OF)
    assert "CANCELLED" not in calendar([], "Champions", AS_OF, unmarked, ("a",))


def uids(text):
    return {str(e["UID"]) for e in icalendar.Calendar.from_ical(text).walk("VEVENT")}


def test_two_programmes_of_one_name_and_service_share_no_event():
    one, other = (calendar([review("One")], "Champions", AS_OF, marks=(mark, "names")) for mark in "ab")
    assert not uids(one) & uids(other)
    assert uids(one) == uids(calendar([review("One")], "Champions", AS_OF, marks=("a", "other name")))


def test_an_event_that_began_before_the_workbook_had_an_id_goes_on_as_it_was():
    without_id = calendar([review("One")], "Champions", AS_OF, marks=("names",))
    now = calendar([review("One", day(7)), review("Two")], "Champions", AS_OF, without_id, ("a", "names"))
    assert uids(without_id) < uids(now)
    assert "CANCELLED" not in now


def test_an_event_known_by_the_programmes_name_alone_is_cancelled_and_the_reviews_own_begins():
    shared = calendar([review("One")], "Champions", AS_OF)
    former = shared.replace("CALSCALE", "X-CHAMPIONS-WORKBOOK:a\r\nCALSCALE")
    now = calendar([review("One")], "Champions", AS_OF, former, ("a", "names"))
    parsed = icalendar.Calendar.from_ical(now).walk("VEVENT")
    assert [str(e["UID"]) for e in parsed if "STATUS" in e] == list(uids(shared))
    assert len(parsed) == 2


@pytest.mark.parametrize("before", ["", "no calendar", "BEGIN:VEVENT\nUID:1@elsewhere\nDTSTART:1\nEND:VEVENT"])
def test_a_strange_file_in_its_place_cancels_nothing(before):
    assert "CANCELLED" not in calendar([], "Digital champions", AS_OF, before)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_calendar_lines_are_folded_at_75_octets_and_unfold_to_what_was_meant(text):
    one = Review("Adoption support", "OAK", "Team leader", text, None, AS_OF, 0, "Team leader reviews")
    ics = calendar([one], text, AS_OF)
    assert all(len(line.encode()) <= 75 for line in ics.split("\r\n"))
    assert "\n" not in ics.replace("\r\n", "")
    (event,) = icalendar.Calendar.from_ical(ics).walk("VEVENT")
    owner = f"{text} (Team leader)" if text else "Team leader"
    assert str(event["DESCRIPTION"]) == f"By {owner}. Not done yet. What proves it: Team leader reviews."
