"""What counts as a name: in any case and spacing, as a whole, and never within a longer one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import book
from tests.support.intake import SALT
from workbook.answers.forgetting import Leaver, checked_number, holds_people, leaver, next_number
from workbook.intake.forgotten import ForgottenNames, forgotten_names, property_of
from workbook.model.errors import UnknownName
from workbook.model.registers import NewChampions, QuickSupport, SupportLog


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Carer 1", "N"),
        ("with CARER\u00a0 1, and carer\n1's note", "with N, and N's note"),
        ("Carer 11, Carer 1b, Carer 1-2, XCarer 1", "Carer 11, Carer 1b, Carer 1-2, XCarer 1"),
        ("Senior Carer 1 and Carer 1 Two, not Carer 1.", "Senior Carer 1 and Carer 1 Two, not N."),
    ],
)
def test_a_name_as_a_whole(text, after):
    assert Leaver("Carer 1", "N", longer=("Senior Carer 1", "Carer 1 Two")).replaced(text) == after


def test_longer_names_mails_and_doubt_come_from_the_workbook():
    snapshot = book(
        SupportLog=[{"Staff member": "Anna Lee Way"}], People=[{"Person": "Anna Lee", "E-mail": "a.lee@example.org"}]
    )
    one = leaver(snapshot, "anna lee", "N")
    assert (one.longer, one.mails, one.ambiguous) == (("Anna Lee Way",), ("a.lee@example.org",), False)
    assert one.replaced("To A.Lee@example.org of Anna Lee Way") == "To N of Anna Lee Way"
    assert leaver(snapshot, "May", "N").ambiguous
    assert leaver(snapshot, "oak house", "N").ambiguous, "it is a service too"


def test_cells_of_entry_sheets_that_take_names_hold_people():
    assert all(map(holds_people, (NewChampions.name, QuickSupport.staff_member, QuickSupport.champion_id)))
    assert not any(map(holds_people, (NewChampions.job_role, QuickSupport.service, SupportLog.champion_id)))


def test_the_next_number_and_one_that_can_be_none():
    assert next_number(["x", "STAFF-007 and staff-003"]) == "STAFF-008"
    assert next_number([]) == "STAFF-001"
    snapshot = book(SupportLog=[{"Staff member": "Carer One"}])
    for number in ("", "=A1", "a<b", "x" * 41, "Carer One"):
        with pytest.raises(UnknownName):
            checked_number(snapshot, number)
    assert checked_number(snapshot, "N-12") == "N-12"


def test_a_forgotten_name_is_known_by_its_digest_alone():
    key, value = property_of("Ann O'Hara", "STAFF-004", SALT)
    assert "hara" not in f"{key}{value}".casefold()
    names = forgotten_names({key: value, "Champions forgotten X": "nonsense", "Other": value})
    assert names.replaced("Then ANN  O’Hara, and Ann O'Hara's note.") == "Then STAFF-004, and STAFF-004's note."
    assert names.replaced("Joann O'Hara and Ann") == "Joann O'Hara and Ann"
    assert ForgottenNames().replaced("Ann O'Hara") == "Ann O'Hara"
    word = forgotten_names(dict([property_of("May", "N-1", SALT)]))
    assert (word.replaced("MAY"), word.replaced("In May.")) == ("N-1", "In May.")


@given(st.text("abAB 1'-", max_size=30))
def test_what_was_replaced_is_found_no_more(text):
    one = Leaver("ab a", "N", longer=("ab a b",))
    once = one.replaced(text)
    assert one.found(once) == [] or "N" in once
    assert one.replaced(once) == once
