"""The board's agenda and paper: what is chosen for the agenda, how it stands, and what the board is asked."""

import datetime as dt

import pytest

from tests.builders import day
from tests.support.builders import book
from tests.support.documents_programme import busy_book, material
from workbook.documents.calling import called_for
from workbook.documents.catalogue import BY_ID
from workbook.documents.matters import open_matters


def paper(found=None):
    document = BY_ID["board-paper"]
    return document.contents(document, found or material())


def agenda(found=None):
    return [item.what for item in paper(found).agenda]


def test_it_is_called_for_with_the_minutes_and_says_why():
    reasons = {c.document.id: (c.called, c.reason) for c in called_for(material())}
    assert reasons["board-paper"] == reasons["board-minutes"] == (True, "The board meets on 03 Jul 2026.")


def test_the_agenda_is_timed_and_its_items_follow_one_another():
    items = paper().agenda
    assert [i.number for i in items] == list(range(1, len(items) + 1))
    spent = 0
    for item in items:
        assert item.begins == f"{spent} min"
        spent += item.minutes
    assert paper().length == f"{spent // 60} hour{'s' if spent >= 120 else ''} and {spent % 60} minutes"


def test_the_agenda_names_what_the_registers_bring_and_nothing_else():
    words = " | ".join(agenda())
    assert "Action log: 5 actions, 2 overdue" in words or "overdue" in words
    assert "For decision. F1 Recurring unresolved issues: IM-001" in words
    assert "Matters arising" in words
    assert "lapsed" not in words
    quiet = agenda(material(book(Services=[])))
    assert not [item for item in quiet if "For decision" in item or "Matters arising" in item]
    assert quiet[0].startswith("Welcome")


def test_each_decision_has_options_a_recommendation_and_its_place():
    found = material()
    context = paper(found)
    matters = open_matters(found)
    assert len(context.wanted) + len(context.further) == len(matters)
    assert [w.anchor for w in context.wanted] == [f"decision_{n}" for n in range(1, len(context.wanted) + 1)]
    first = context.wanted[0]
    assert first.ask == "Have the system configured anew, with an owner and a date."
    assert [o.letter for o in first.options] == ["A", "B", "C"]
    assert first.recommended.startswith("A: it is an issue of configuration, reported 2 times. Safe recording")


@pytest.mark.parametrize(
    ("category", "asks"), [("Supplier support", "Engage the supplier"), (None, "say within a week")]
)
def test_the_recommendation_follows_the_kind_of_issue(category, asks):
    issue = {"Raised on": day(-60), "Category": category, **({} if category else {"Categorised on": None})}
    found = material(busy_book(ImprovementLog=[issue], QualityReviews=(), BoardDecisions=(), UpdatesShared=()))
    assert asks in " ".join(w.ask for w in paper(found).wanted)


def test_the_status_is_compared_with_the_day_of_the_last_meeting():
    lines = paper().status
    assert [line.part for line in lines] == ["Preparing champions", "Live support", "Champion feedback"]
    assert all(line.now in ("On track", "Needs attention", "Off track", "Not known yet") for line in lines)
    assert all("11 Jun 2026" in line.before for line in lines)
    empty = paper(material(book(Services=[], WorkforcePlan=[])))
    assert {line.before for line in empty.status} == {"No earlier meeting"}
    assert empty.status[1].now == "Not known yet"


def test_a_limit_that_is_passed_is_told_apart_from_one_that_is_kept():
    kept = {t.what: t.kept for t in paper().tolerances}
    assert kept["Age of an open issue"] == kept["Overdue actions"] == "Exceeded"
    young = material(busy_book(ImprovementLog=[{"Raised on": day(-28)}], Actions=(), QualityReviews=()))
    kept = {t.what: t.kept for t in paper(young).tolerances}
    assert kept["Age of an open issue"] == kept["Overdue actions"] == "Kept"


def test_this_period_counts_what_happened_since_the_last_meeting():
    found = material()
    since = dt.date(2026, 6, 11)
    entries = [e for e in found.view.snapshot.tables["SupportLog"].rows if e.date > since]
    assert paper(found).done[0].startswith(f"Support: {len(entries)} entries")
    assert paper(found).period == "12 Jun 2026 to 30 Jun 2026, since meeting MT-001 on 11 Jun 2026."


def test_lessons_say_what_helped_and_what_did_not():
    (lesson, closed) = paper().lessons
    assert lesson.what.startswith("Change the note form") or lesson.what.startswith("Renew the guidance")
    assert lesson.result == "It changed nothing."
    assert closed.result == "Guidance was renewed."
    early = [{"Decision ID": "BD-001", "Service": "ELM", "Result": "Too early", "Shared on": day(-8)}]
    assert len(paper(material(busy_book(UpdatesShared=early))).lessons) == 1


def test_in_brief_has_at_most_five_sentences_and_no_place_of_a_file():
    front = paper().front
    assert 1 <= len(front.brief) <= 5
    assert ".xlsx" not in front.made_from
    assert front.purpose.startswith("For decision: ")


def test_a_very_full_programme_is_bounded():
    issues = [{"Raised on": day(-60), "Description": f"Alerts come late, number {n}."} for n in range(150)]
    found = paper(material(busy_book(ImprovementLog=issues, QualityReviews=(), BoardDecisions=(), UpdatesShared=())))
    assert (len(found.wanted), len(found.further)) == (6, 30)
    assert found.beyond.endswith("more matters: sheet Triggers.")
    assert len(found.risks) <= 8
