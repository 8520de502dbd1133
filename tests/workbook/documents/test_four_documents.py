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


SPELLINGS = {
    "O'Brien": ["O’Brien", "O‘BRIEN", "OʼBrien", "O`Brien", "O\u2032Brien", "O\u200b'Bri\u00aden"],
    "Kim O’Dea": ["Kim O'Dea", "KIM\u00a0O‘DEA", "Kim \u200b O\u02bcDea", "Kim\nO’Dea"],
    "Anne-Marie Poe": ["Anne‐Marie Poe", "Anne‑Marie\u2009POE", "anne–marie poe", "Anne\u2212Marie Poe"],
    "Renée": ["Rene\u0301e", "RENE\u0301E", "REN\u00c9E", "Rene\u200d\u0301e", "R\ufeffenée"],
    "Bjo\u0308rn": ["Bj\u00f6rn", "BJ\u00d6RN", "Bjo\u0308rn"],
    "Straße": ["STRASSE", "STRA\u1e9eE", "straße"],
    "Ali": ["ALİ", "ali", "Alı", "AL\u0049\u0307", "ALI"],
    "İpek": ["ipek", "IPEK", "I\u0307pek", "ıpek", "İPEK"],
    "Işıl": ["IŞIL", "ışıl", "Is\u0327il", "IŞİL"],
    "한나 김": ["\u1112\u1161\u11ab\u1102\u1161 김", "한나\u3000김"],
    "Fiona": ["\ufb01ona", "ＦＩＯＮＡ"],
}


@pytest.mark.parametrize("name", list(SPELLINGS), ids=str)
def test_a_name_is_taken_out_however_it_is_typed(name):
    plain = without_names(material(busy_book(People=[{"Person": name, "Role": "Board chair"}])).view)
    for typed in (name, *SPELLINGS[name]):
        assert plain(f"«{typed}» said, and {typed}’s café\u0301 too.") == (
            "«the board chair» said, and the board chair’s café\u0301 too."
        ), ascii(typed)
        assert plain(f"x{typed}x") == f"x{typed}x"


@pytest.mark.parametrize(
    ("name", "near"), [("Renée", "Renee"), ("O'Brien", "OBrien"), ("Ali", "Alia"), ("Bo", "Bo\u0308")]
)
def test_another_name_stays(name, near):
    plain = without_names(material(busy_book(People=[{"Person": name, "Role": "Board chair"}])).view)
    assert plain(f"{near} said so.") == f"{near} said so."


@pytest.mark.parametrize("name", ["\u200b\u200b", " \u00ad ", "\u3164\u3164"], ids=ascii)
def test_a_name_that_cannot_be_seen_takes_nothing_out(name):
    plain = without_names(material(busy_book(People=[{"Person": name, "Role": "Board chair"}])).view)
    assert plain("One two.\u200b Three.") == "One two.\u200b Three."


def test_a_contact_of_the_supplier_stays_however_the_name_is_typed():
    people = [{"Person": "Kim O'Dea", "Role": "Supplier contact"}]
    found = material(busy_book(People=people, SupportLog=[{"Staff member": "Kim O’Dea"}]))
    assert without_names(found.view)("Kim O’Dea and Kim O'Dea know.") == "Kim O’Dea and Kim O'Dea know."


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
