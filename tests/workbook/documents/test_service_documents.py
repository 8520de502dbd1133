"""Start pack, support review and guidance note: when each is called for, and what must stand in it."""

import pytest

from tests.builders import day
from tests.support.builders import book
from tests.support.documents_programme import busy_book, material
from workbook.documents.calling import called_for, chosen, of_services
from workbook.documents.catalogue import BY_ID
from workbook.documents.confidence import confidence_in
from workbook.model.triggers import PROGRAMME_SCOPE, Scope, ScopeKind, State


def calls(document, found):
    return {c.scope.id: c.called for c in called_for(found) if c.document.id == document}


def contents(document, scope, found=None):
    declared = BY_ID[document]
    return declared.contents(declared, found or material(), scope)


def service(code):
    return Scope(ScopeKind.SERVICE, code)


def two_ways(**more):
    """Two champions who follow different guidance on the same need."""
    guidance = [
        {
            "Workflow": "Alerts",
            "Support need": "Responding to an alert",
            "Title": "One way",
            "Summary": "Look. Then act; tell.",
        },
        {"Workflow": "Alerts", "Support need": "Responding to an alert", "Title": "Other way", "Summary": "Act first."},
    ]
    entry = {"Workflow": "Alerts", "Support need": "Responding to an alert", "Service": "OAK"}
    entries = [
        {**entry, "Date": day(-2), "Guidance followed": "GU-001", "Advice given": "Look first, said Champion Alpha."},
        {
            **entry,
            "Date": day(-1),
            "Guidance followed": "GU-002",
            "Champion ID": "DC-002",
            "Advice given": "Act at once.",
        },
    ]
    champions = [{}, {"Name": "Champion Beta"}]
    return material(book(**{"Guidance": guidance, "SupportLog": entries, "WorkforcePlan": champions, **more}))


# -- start pack -------------------------------------------------------------------------------------------------------


def test_a_start_pack_holds_those_who_wait_to_start_and_nobody_else():
    found = material()
    assert calls("start-pack", found) == {"programme": True}
    pack = contents("start-pack", PROGRAMME_SCOPE, found)
    assert [c.name.split()[0] for c in pack.candidates] == ["DC-002", "DC-003"]
    signed = material(busy_book(WorkforcePlan=[{}], StartSignOff=[{}]))
    assert calls("start-pack", signed) == {"programme": False}
    assert [c.reason for c in chosen(signed, ["start-pack"]) if c.document.id == "start-pack"] == [
        "No champion waits to start."
    ]


def test_a_start_pack_says_what_stands_against_a_start():
    candidate = contents("start-pack", PROGRAMME_SCOPE).candidates[-1]
    assert candidate.brief == "No role brief is recorded."
    assert {t.trigger for t in candidate.triggers} >= {"P1"}
    assert all(t.found for t in candidate.triggers)
    pack = contents("start-pack", PROGRAMME_SCOPE)
    assert [s.service for s in pack.services] == ["Oak House", "Elm & Ash <Home Care>"]


def test_missing_training_is_named_with_the_day_it_is_planned_for():
    training = [
        {"Champion ID": "DC-002", "Completed on": None, "Result": None, "Refresher due date": None, "Evidence": None}
    ]
    pack = contents("start-pack", PROGRAMME_SCOPE, material(busy_book(TrainingMatrix=training)))
    assert "Missing: Enhanced system use (planned 19 Jan 2026)" in pack.candidates[0].training


# -- support review ---------------------------------------------------------------------------------------------------


def test_a_support_review_is_made_for_each_service_and_only_where_there_is_support():
    assert set(calls("support-review", material())) == {"OAK", "ELM"}
    without = material(busy_book(SupportLog=()))
    assert set(calls("support-review", without).values()) == {False}
    reasons = {c.reason for c in chosen(without, ["support-review"]) if c.document.id == "support-review"}
    assert "The support log holds nothing about Oak House yet." in reasons


def test_a_support_review_counts_what_the_log_holds_of_its_service_and_period():
    found = material()
    review = contents("support-review", service("OAK"), found)
    entries = [e for e in found.view.snapshot.tables["SupportLog"].rows if e.service == "OAK" and e.date >= day(-13)]
    assert review.brief[0].startswith(f"{len(entries)} support entries")
    for lines in (review.workflows, review.needs, review.shifts, review.champions):
        assert sum(line.count for line in lines) == len(entries)
    assert [t.trigger for t in review.triggers] == [f"S{n}" for n in range(1, 11)]
    assert review.champions[0].what == "DC-001 Champion Alpha"


def test_confidence_tells_which_way_scores_moved():
    rows = [
        {"Date": day(-n), "Confidence before": 3, "Confidence after": after} for n, after in enumerate((5, 3, 2), 1)
    ]
    found = material(book(SupportLog=rows))
    scores = confidence_in(found.view, day(-3), day(0), "OAK")
    assert (scores.up, scores.same, scores.down, scores.change) == (1, 1, 1, 0)
    assert confidence_in(found.view, day(-2), day(0), "ELM").words == "No scores before and after are recorded."
    assert confidence_in(found.view, day(-2), day(0)).count == 2


def test_a_need_that_came_once_is_no_repeat():
    rows = [{"Date": day(-2), "Workflow": "Alerts"}, {"Date": day(-1), "Workflow": "Tasks"}]
    assert contents("support-review", service("OAK"), material(book(SupportLog=rows))).repeats == []
    again = [{"Date": day(-2)}, {"Date": day(-1)}]
    (repeat,) = contents("support-review", service("OAK"), material(book(SupportLog=again))).repeats
    assert (repeat.times, repeat.days, repeat.again) == (2, 2, "1 person asked again")


def test_conflicting_advice_shows_both_sides():
    review = contents("support-review", service("OAK"), two_ways())
    assert [q.words for q in review.conflicts] == [
        "Followed GU-001 “One way”. Advice: Look first, said Champion Alpha.",
        "Followed GU-002 “Other way”. Advice: Act at once.",
    ]


@pytest.mark.parametrize("codes", [["ELM"], ["elm"]])
def test_only_the_services_that_were_asked_for(codes):
    made = of_services(chosen(material(), ["support-review"]), codes)
    assert [c.scope.id for c in made if c.called] == ["ELM"]


# -- guidance note ----------------------------------------------------------------------------------------------------


def test_a_guidance_note_follows_s2_and_drafts_from_the_guidance_in_force():
    found = two_ways()
    assert any(r.trigger == "S2" and r.state is State.RAISED for r in found.results)
    assert calls("guidance-note", found) == {"OAK": True}
    (note,) = contents("guidance-note", service("OAK"), found).notes
    assert note.title == "Alerts: responding to an alert"
    assert note.steps == ["Look.", "Then act", "Tell.", "Act first."]
    assert note.version == "2"
    assert note.origin.startswith("S2:OAK")
    assert [w.followed for w in note.ways] == ["Followed GU-001 “One way”.", "Followed GU-002 “Other way”."]


def test_no_champions_name_stands_in_a_note_for_all_staff():
    (note,) = contents("guidance-note", service("OAK"), two_ways()).notes
    assert note.ways[0].who == "Digital champion DC-001"
    assert note.ways[0].said == "Advice: Look first, said a digital champion."


def test_without_guidance_the_draft_comes_from_coaching_that_helped():
    rows = [
        {
            "Date": day(-n),
            "Staff member": f"Carer {n}",
            "Coaching given": "Open the note. Check the name.",
            "Outcome": outcome,
        }
        for n, outcome in enumerate(("Resolved", "Resolved", "Resolved", "Unresolved", "Resolved"), 1)
    ]
    found = material(book(SupportLog=rows, Guidance=()))
    (note,) = contents("guidance-note", service("OAK"), found).notes
    assert note.steps == ["Open the note.", "Check the name."]
    assert note.version == "1, the first"
    unresolved = [{**row, "Outcome": "Unresolved"} for row in rows]
    (blank,) = contents("guidance-note", service("OAK"), material(book(SupportLog=unresolved, Guidance=()))).notes
    assert blank.steps == ["To be written by the team leader and the champions."]


def test_a_quiet_service_gets_no_note_even_where_somebody_asks():
    found = material(book(SupportLog=[{"Date": day(-1)}]))
    (call,) = [c for c in chosen(found, ["guidance-note"]) if c.document.id == "guidance-note"]
    assert (call.called, call.reason) == (False, "No need came again and no advice conflicts in Oak House.")
