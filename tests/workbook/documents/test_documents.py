import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import book, day
from tests.support.documents_programme import busy_book, material
from workbook.documents.board_minutes import board_minutes
from workbook.documents.catalogue import BY_ID
from workbook.documents.figures import figures, outcome_series
from workbook.documents.governance_review import governance_review
from workbook.documents.matters import open_matters
from workbook.documents.references import (
    LONGEST_TAG,
    Place,
    Reference,
    bookmark,
    code_of,
    parse_reference,
    place_of,
    place_of_bookmark,
    place_of_tag,
    short_tag,
    tag,
)
from workbook.documents.words import number_begins
from workbook.model.findings import Finding, Severity
from workbook.model.registers import Triggers
from workbook.model.triggers import State


def minutes(found=None):
    return board_minutes(BY_ID["board-minutes"], found or material())


def review(found=None):
    return governance_review(BY_ID["governance-review"], found or material())


def test_the_review_says_in_brief_what_it_is_for_and_what_it_asks():
    found = review()
    assert found.front.purpose == f"For assurance, and for decision on {len(found.recommendations)} recommendations"
    assert found.front.meeting.startswith("Implementation governance, due on ")
    assert (found.front.author, found.front.presenter) == ("Project lead", "Quality lead")
    assert "as it stood on 30 Jun 2026" in found.front.made_from
    assert 3 <= len(found.front.brief) <= 5
    assert "triggers ask for action" in found.front.brief[0].text
    assert found.wanted == found.recommendations[:6]
    assert found.wanted_more == f"{len(found.recommendations) - 6} more under Recommendations."
    assert found.risks


def test_a_review_of_nothing_asks_for_nothing():
    found = review(material(book(Services=[])))
    assert "no reason for a recommendation" in found.front.purpose
    assert found.wanted_more == ""
    assert found.front.risks == "No open issue affects safe recording"


def test_entries_that_must_be_mended_stand_in_brief():
    errors = [Finding("x", Severity.ERROR, "SupportLog", "SU-0001", None, "Date", "x", "no", "do")] * 2
    assert review(material(findings=errors)).front.brief[-1].text.startswith("2 entries must be mended")


def references(found):
    return [m.reference for m in open_matters(found)]


ids = st.from_regex(r"[A-Z]{1,3}-?[0-9]{0,4}", fullmatch=True)


@given(st.lists(ids, max_size=4), ids, st.one_of(st.just(""), ids))
def test_a_reference_is_read_back_as_it_was_written(triggers, scope, subject):
    reference = Reference(tuple(triggers), scope if triggers else "", subject)
    if triggers or subject:
        assert parse_reference(str(reference)) == reference


@given(st.text(max_size=120), st.text(max_size=120))
def test_no_tag_is_longer_than_word_allows(first, second):
    assert len(short_tag(tag("decision", first))) <= LONGEST_TAG
    if first != second and first and second:
        assert short_tag(tag("decision", first)) != short_tag(tag("decision", second))


@given(st.text(max_size=120))
def test_a_tag_spelled_out_has_no_bare_blank_and_is_read_back(reference):
    whole = tag("decision", reference)
    assert not whole.split()[1:]
    assert place_of(whole) == Place("decision", reference)
    assert place_of_tag(short_tag(whole), {code_of(reference): reference}) == Place("decision", reference)


@given(st.text(min_size=1, max_size=120), st.integers(1, 9))
def test_a_bookmark_is_read_back_its_copies_too(reference, number):
    place = Place("new-action", reference)
    assert len(bookmark(place)) <= 33
    for name in (bookmark(place), f"{bookmark(place)}_Copy_{number}"):
        assert place_of_bookmark(name, {code_of(reference): reference}) == place


def test_a_documents_number_tells_which_document_it_is():
    begins = [number_begins(document) for document in BY_ID]
    assert len(set(begins)) == len(begins)


def test_an_issue_that_several_triggers_raise_is_one_matter():
    found = references(material())
    assert found[0] == "F1,F2,F4:programme:IM-001"
    assert sum("IM-001" in r for r in found) == 1


def test_a_repeat_belongs_to_its_original():
    assert not any("IM-002" in r for r in references(material()))


def test_every_raised_feedback_trigger_has_a_matter():
    found = material()
    keys = {key for m in open_matters(found) for key in parse_reference(m.reference).keys}
    assert {r.key for r in found.in_state(State.RAISED) if r.trigger.startswith("F")} <= keys


def test_a_decision_that_did_not_help_comes_back():
    assert "F5:programme:BD-001" in references(material())


def test_a_silent_supplier_comes_to_the_board():
    assert "F10:programme:IM-004" in references(material())


@pytest.mark.parametrize(("age", "there"), [(29, True), (28, False)])
def test_an_aged_issue_comes_to_the_board_without_a_trigger(age, there):
    snapshot = book(ImprovementLog=[{"Raised on": day(-age)}], QualityReviews=[{}])
    assert ("IM-001" in references(material(snapshot))) is there


def test_an_aged_issue_with_a_decision_under_way_does_not():
    snapshot = book(ImprovementLog=[{"Raised on": day(-40)}], QualityReviews=[{}], Meetings=[{}], BoardDecisions=[{}])
    assert "IM-001" not in references(material(snapshot))


def test_a_champions_trigger_comes_only_when_its_action_is_overdue():
    overdue = {"Source": "P1:DC-001", "Status": "Open", "Due date": day(-1)}
    brief = [{"Responsibilities clear": "No"}]
    assert "P1:DC-001" in references(material(book(RoleBriefs=brief, Actions=[overdue])))
    in_time = {**overdue, "Due date": day(0)}
    assert "P1:DC-001" not in references(material(book(RoleBriefs=brief, Actions=[in_time])))


def test_circles_of_repeats_come_to_an_end():
    snapshot = book(ImprovementLog=[{"Repeat of": "IM-002"}, {"Repeat of": "IM-001"}])
    assert BY_ID["board-minutes"].contents(BY_ID["board-minutes"], material(snapshot)).matters is not None


def test_rows_of_a_matter_are_its_own():
    first, second = open_matters(material())[:2]
    assert "IM-001" in first.rows
    assert "IM-003" not in first.rows
    assert "IM-001" not in second.rows


def test_the_minutes_name_members_roles_and_quorum():
    found = minutes()
    assert [p.name for p in found.members] == [
        "Quality Lead One",
        "Board Chair One",
        "Board Member One",
        "Board Member Two",
    ]
    assert "Supplier contact" in [p.roles for p in found.attending]
    assert found.quorum == "The quorum is 3 of 4 members."
    assert found.date == "03 Jul 2026"
    assert found.status == "Draft"


def test_too_few_members_for_the_quorum_is_said():
    snapshot = book(People=[{"Person": "Board Chair One", "Role": "Board chair"}])
    assert "too few" in minutes(material(snapshot)).quorum


def test_a_meeting_already_entered_fills_in_who_came():
    snapshot = busy_book(Meetings=[{"Held on": day(0), "Apologies": "Board Member Two"}])
    found = minutes(material(snapshot))
    here = {p.name: p.attended for p in found.members}
    assert here["Board Chair One"] == "Present"
    assert here["Board Member Two"] == "Apologies"
    assert found.quorate == "Yes"


def test_overdue_actions_come_first_and_say_by_how_much():
    first = minutes().actions[0]
    assert (first.id, first.overdue) == ("AC-001", True)
    assert first.status == "Open, overdue by 5 days"


def test_an_action_due_today_is_not_overdue():
    found = minutes(material(busy_book(Actions=[{"Due date": day(0)}])))
    assert not found.actions[0].overdue


def test_matters_arising_say_what_became_of_a_decision():
    lines = {a.id: a.progress for a in minutes().arising}
    assert lines["BD-002"] == "Not yet shared with Oak House and Elm & Ash <Home Care>."


def test_what_champions_tell_staff_says_by_whom_and_how_it_is_checked():
    telling = minutes().tellings[0]
    assert telling.id == "BD-002"
    assert "DC-001 Champion Alpha" in telling.champions
    assert telling.check


def test_raised_triggers_come_with_the_thresholds_in_force():
    snapshot = busy_book(thresholds={("F1", "Open days"): 35})
    rule = next(t.rule for t in minutes(material(snapshot)).raised if t.trigger == "F1")
    assert "35 days" in rule
    assert "Open days 35 (default 28)" in rule


def test_the_review_lists_all_eleven_whatever_their_state():
    lines = review().feedback
    assert [t.trigger for t in lines] == [f"F{n}" for n in range(1, 12)]
    assert "No concern found" in {t.state for t in lines}


def test_issues_by_category_and_age_add_up():
    lines = review().ages
    total = lines[-1]
    assert total.total == sum(a.total for a in lines[:-1]) == 4
    assert dataclasses.astuple(total)[1:] == (1, 0, 2, 1, 4)


def test_the_effects_count_open_issues_by_severity():
    effects = {e.effect: (e.low, e.medium, e.high) for e in review().effects}
    assert effects == {"Care evidence": (0, 0, 1), "Risk management": (0, 1, 0), "Audit quality": (0, 0, 1)}


def test_outcomes_stand_beside_their_baseline():
    found = review().outcomes
    assert [o.place for o in found] == ["Oak House", "Elm & Ash <Home Care>", ""]
    assert found[0].said.startswith("Better than the baseline, target not reached, improvement signalled")
    assert found[1].said.startswith("Worse than the baseline")
    assert found[2].newest == "No reading"


def test_a_chart_is_put_into_words():
    view = material().view
    oak, elm = figures(outcome_series(view), view)
    assert oak.alternative.startswith("Oak House: Better than the baseline")
    assert "16 readings" in oak.alternative
    assert "newest Oak House 85" in oak.alternative
    assert "target 90" in oak.alternative
    assert elm.title.endswith(", Elm & Ash <Home Care>")


def test_data_quality_counts_what_the_checks_found():
    finding = Finding("not-a-date", Severity.ERROR, "SupportLog", "SU-0001", 6, "Date", "x", "m", "f")
    said = " ".join(review(material(findings=[finding])).quality)
    assert "1 “must be mended”" in said
    assert "Support log (1)" in said


def test_lapsed_triggers_are_shown():
    row = Triggers.row_type()((6, 0, frozenset(), *[None] * len(Triggers.columns)))
    row = row.having(result_key="S1:OAK", title="Repeated support needs", first_raised_on=day(-20))
    (line,) = review(material(lapsed=[row])).lapsed
    assert (line.key, line.first) == ("S1:OAK", "10 Jun 2026")


def test_each_recommendation_names_its_reason_and_rows():
    found = review().recommendations
    assert [r.number for r in found] == list(range(1, len(found) + 1))
    assert all(r.what and r.who and r.why and r.rows for r in found)
    assert found[0].why.startswith("F1 ")


def test_actions_without_evidence_are_counted_as_in_the_workbook():
    found = review()
    assert found.action_counts == "1 action done without evidence, 2 overdue."
    assert [a.id for a in found.actions] == ["AC-001", "AC-004", "AC-002"]


def test_the_period_begins_after_the_last_governance_meeting():
    assert review().period == "04 Jun 2026 to 30 Jun 2026, since meeting MT-002 on 03 Jun 2026."
    assert "the last 28 days" in review(material(book())).period


def test_a_mild_review_of_a_repeat_does_not_hide_the_grave_one_of_its_original():
    reviews = [
        {"Affects care evidence": "Yes", "Severity": "High", "Reviewed on": day(-20)},
        {"Issue ID": "IM-002", "Severity": "Low", "Reviewed on": day(-2)},
    ]
    effects = review(material(busy_book(QualityReviews=reviews))).effects
    assert (effects[0].high, effects[0].issues) == (1, "IM-001")
