import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.documents_programme import material
from workbook.documents.hints import fill_in, without_hints
from workbook.documents.labels import LABELS
from workbook.documents.returned.due_days import day_in_words
from workbook.documents.returned.values import choice_in_words, name_in_words, services_in_words

MEETING = dt.date(2026, 7, 1)
VIEW = material().view
HINT = fill_in("Decision")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3rd Dec", dt.date(2026, 12, 3)),
        ("3rd of December 2026", dt.date(2026, 12, 3)),
        ("by 9 July", dt.date(2026, 7, 9)),
        ("Due by: 9th July.", dt.date(2026, 7, 9)),
        ("Thu 9 July", dt.date(2026, 7, 9)),
        ("July 9", dt.date(2026, 7, 9)),
        ("13/04/2026", dt.date(2026, 4, 13)),
        ("25/07", dt.date(2026, 7, 25)),
        ("Thu 09/07/2026", dt.date(2026, 7, 9)),
        ("2 June", dt.date(2026, 6, 2)),
        ("28 May", dt.date(2027, 5, 28)),
        ("29 Feb", dt.date(2028, 2, 29)),
    ],
)
def test_days_are_read_as_people_write_them(text, day):
    assert day_in_words(text, MEETING) == (day, "")


@pytest.mark.parametrize("text", ["09/07", "09/07/2026", "end of July", "ASAP", "Fri 9 July", "31 June", "soon", "?"])
def test_days_that_cannot_be_told_are_said_and_never_guessed(text):
    day, why = day_in_words(text, MEETING)
    assert day is None
    assert why


def test_the_picker_only_decides_between_two_readings():
    assert day_in_words("09/07", MEETING, dt.date(2026, 9, 7))[0] == dt.date(2026, 9, 7)
    assert day_in_words("09/07", MEETING, dt.date(2026, 8, 1))[0] is None
    assert day_in_words("9 July", MEETING, dt.date(2026, 8, 1))[0] == dt.date(2026, 7, 9)
    assert day_in_words("Fri 9 July", MEETING, dt.date(2026, 7, 10))[0] is None


def test_a_hint_is_taken_out_whole_and_where_somebody_typed_into_it():
    assert without_hints(HINT, [HINT]) == ""
    assert without_hints(f"first typed{HINT}", [HINT]) == "first typed"
    assert without_hints("To fill in: deTracked wordscision", [HINT]) == "Tracked words"
    assert without_hints("To fill out: no hint", [HINT]) == "To fill out: no hint"


@given(st.text(alphabet="abgh é“”’-\n", max_size=30), st.integers(9, len(HINT) - 6))
def test_what_is_typed_into_a_hint_comes_out_as_it_was(typed, at):
    assert without_hints(HINT[:at] + typed + HINT[at:], [HINT]) == typed.strip()


@given(st.text(max_size=60))
def test_words_without_a_hint_stay_as_they_are(text):
    if "fill" not in text.casefold() and "choose" not in text.casefold():
        assert without_hints(text, LABELS["decision"].hints) == text.strip()


def test_names_are_read_by_the_workbooks_spelling_and_never_guessed():
    assert name_in_words(VIEW, "manager  OAK") == ("Manager Oak", "")
    name, why = name_in_words(VIEW, "Manger Oak")
    assert name is None
    assert "Manager Oak" in why


def test_services_are_read_by_code_or_name():
    assert services_in_words(VIEW, "Oak House and elm") == ("OAK, ELM", "")
    assert services_in_words(VIEW, "Elm & Ash <Home Care>")[0] == "ELM"
    assert services_in_words(VIEW, "All")[0] == "OAK, ELM"
    assert services_in_words(VIEW, "OAK, Pine House") == (None, "There is no service Pine House.")


def test_choices_are_read_by_our_words():
    assert choice_in_words("supplier ENGAGEMENT.", ("No action", "Supplier engagement")) == ("Supplier engagement", "")
    assert choice_in_words("Ring them", ("No action",))[0] is None
