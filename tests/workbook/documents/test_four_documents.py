"""Role brief, staff update, supplier letter and champion card: when each is called for, and what must stand in it."""

import dataclasses

import pytest

from tests.builders import day
from tests.support.documents_programme import busy_book, contents_of, material
from workbook.documents.anonymous import without_names
from workbook.documents.calling import called_for, chosen, only_called, told_calls
from workbook.documents.catalogue import BY_ID
from workbook.documents.quoting import known_to_identify
from workbook.model.errors import UnknownName
from workbook.model.findings import Finding, Severity
from workbook.model.triggers import Scope, ScopeKind


def calls(document, found):
    return {c.scope.id: c.called for c in called_for(found) if c.document.id == document}


def contents(document, scope, found=None):
    declared = BY_ID[document]
    return declared.contents(declared, found or material(), Scope(declared.scope, scope))


def all_words(value):
    if dataclasses.is_dataclass(value):
        return " ".join(all_words(getattr(value, f.name)) for f in dataclasses.fields(value))
    if isinstance(value, list | tuple):
        return " ".join(map(all_words, value))
    return str(value)


def test_a_role_brief_is_called_for_while_a_champion_is_preparing():
    assert calls("role-brief", material()) == {"DC-001": False, "DC-002": False, "DC-003": True}
    acknowledged = [{"Champion ID": "DC-003"}]
    assert not any(calls("role-brief", material(busy_book(RoleBriefs=acknowledged))).values())


def test_a_role_brief_holds_the_three_responsibilities_and_what_is_not_agreed_yet():
    found = contents("role-brief", "DC-001")
    assert [r.title for r in found.responsibilities] == [
        "Peer support",
        "Issue reporting",
        "Promoting correct workflows",
    ]
    assert "Does not record care for others" in found.boundaries
    assert found.reports_to == "Leader Oak"
    assert "Leader Oak (team leader)" in [r.who for r in found.routes]
    blank = contents("role-brief", "DC-003")
    assert blank.version == "First version, not issued yet."
    assert "To be agreed" in blank.responsibilities[0].words


def test_a_staff_update_tells_what_staff_have_not_heard_and_nothing_else():
    found = contents("staff-update", "programme")
    assert [d.decided for d in found.decisions] == ["Change the note form."]
    told = [{"Decision ID": "BD-001", "Service": "OAK"}]
    quiet = busy_book(BoardDecisions=[{"Services affected": "OAK"}], UpdatesShared=told)
    assert calls("staff-update", material(quiet)) == {"programme": False}
    assert calls("staff-update", material()) == {"programme": True}


def test_a_letter_goes_to_the_supplier_where_f1_or_f4_rest_on_something_of_theirs():
    assert calls("supplier-letter", material()) == {"programme": True}
    quiet = busy_book(ImprovementLog=[{"Raised on": day(-3)}], QualityReviews=())
    assert calls("supplier-letter", material(quiet)) == {"programme": False}
    found = contents("supplier-letter", "programme")
    late = next(b for b in found.barriers if b.number == "IM-004")
    assert "due on 25 Jun 2026" in late.asked
    assert late.by == "14 Jul 2026"
    assert found.about.classification.startswith("Prepared for the supplier: no personal data")


def test_nobodys_name_stands_in_what_goes_to_the_supplier_but_their_own_contacts():
    issue = {
        "Raised on": day(-60),
        "Category": "Supplier support",
        "Status": "With supplier",
        "Description": "Champion Alpha and  CARER 1 told Manager Oak; Supplier Contact One knows.",
    }
    book = busy_book(ImprovementLog=[issue])
    text = all_words(contents("supplier-letter", "programme", material(book)))
    assert "a digital champion and  a member of staff told the registered manager" in text
    assert "Supplier Contact One" in text
    for name in ("Champion Alpha", "Carer 1", "CARER 1", "Manager Oak", "Board Chair One"):
        assert name not in text


@pytest.mark.parametrize("text", ["Carer 12 is another name.", "Oak House stays.", "Championship"])
def test_what_only_looks_like_a_name_stays(text):
    assert without_names(material().view)(text) == text


def test_a_card_is_made_on_request_and_says_what_is_missing():
    assert not any(calls("champion-card", material()).values())
    assert all(c.called for c in chosen(material(), ["champion-card"]) if c.document.id == "champion-card")
    card = contents("champion-card", "DC-001")
    assert "acknowledged on 14 Jan 2026" in card.brief
    assert card.support.startswith("18 support needs in 18 entries")
    assert contents("champion-card", "DC-003").readiness == "No readiness check is recorded."
    assert contents_of(BY_ID["champion-card"], material()).champion == "DC-001 Champion Alpha"


def test_what_is_not_made_is_told_once_for_each_reason():
    lines = told_calls(called_for(material()))
    assert len([line for line in lines if line.startswith("Champion card")]) == 1
    assert BY_ID["champion-card"].scope is ScopeKind.CHAMPION


def identified(table, row_id, column):
    return Finding(
        "identifiable-information", Severity.WARNING, table, row_id, 5 + int(row_id[-1]), column, "x", "m", "f"
    )


def supplier_call(found, *, asked=False):
    (call,) = [c for c in chosen(found, ["supplier-letter"] if asked else ()) if c.document.id == "supplier-letter"]
    return call


@pytest.mark.parametrize("asked", [False, True])
def test_a_letter_is_not_made_for_a_description_that_may_identify_a_person(asked):
    guarded = dataclasses.replace(material(), findings=[identified("ImprovementLog", "IM-001", "Description")])
    call = supplier_call(guarded, asked=asked)
    assert not call.called
    assert "IM-001, Description (sheet Improvement log)" in call.reason
    assert only_called(chosen(guarded, ["board-minutes"])), "others are made"
    assert supplier_call(dataclasses.replace(guarded, confirmed=frozenset({"im-001"})), asked=asked).called


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("ImprovementLog", "IM-001", "Resolution"),
        ("ImprovementLog", "IM-005", "Description"),
        ("SupportLog", "SU-0001", "What happened"),
    ],
)
def test_a_text_that_would_not_stand_in_it_stops_no_letter(table, row, column):
    found = dataclasses.replace(material(), findings=[identified(table, row, column)])
    assert supplier_call(found).called


def test_a_staff_update_stops_for_the_decision_and_leaves_the_rest_out():
    waiting = identified("BoardDecisions", "BD-002", "Decision")
    rationale = identified("BoardDecisions", "BD-002", "Rationale")
    stopped = dataclasses.replace(material(), findings=[waiting])
    assert calls("staff-update", stopped) == {"programme": False}
    going = dataclasses.replace(material(), findings=[rationale])
    assert calls("staff-update", going) == {"programme": True}
    (told,) = contents("staff-update", "programme", going).decisions
    assert told.why == "Left out: the text may identify a person (BD-002)."


def test_only_what_was_found_can_be_let_through():
    found = [identified("ImprovementLog", "IM-001", "Description")]
    assert known_to_identify(found, [" im-001 "]) == {"IM-001"}
    with pytest.raises(UnknownName, match="IM-002"):
        known_to_identify(found, ["IM-002"])
