"""What the eye takes for the same is the same; what differs to the eye stays apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.model.cells import split_values, text_of
from workbook.model.folding import eye, fold, fold_all, is_blank, tidy

UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u2066\u061c\ufe0f"
BLANKS = "\u00a0\u1680\u2000\u2003\u2009\u200a\u202f\u205f\u3000\u2800\t\r\n"


@pytest.mark.parametrize("char", UNSEEN, ids=lambda c: f"U+{ord(c):04X}")
def test_a_character_without_width_makes_no_difference(char):
    assert fold(f"{char}Re{char}solved{char}") == "resolved"
    assert is_blank(f" {char} ")
    assert text_of(char) is None


@pytest.mark.parametrize("char", BLANKS, ids=lambda c: f"U+{ord(c):04X}")
def test_blanks_of_every_kind_are_blanks(char):
    assert fold(f"{char}Care{char}notes{char}") == "care notes"
    assert is_blank(char)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zo\u00eb", "Zoe\u0308"),
        ("Champion \u00c5", "champion A\u030a"),
        ("SU\u20110001", "su-0001"),
        ("SU\u22120001", "SU-0001"),
        ("SU\u20140001", "SU-0001"),
        ("O\u2019Brien", "O'Brien"),
        ("O`Brien", "O'Brien"),
        ("O\u00b4Brien", "O\u02bcBrien"),
        ("the \u201cgreen\u201d form", 'the "green" form'),
        ("\uff32\uff25\uff33", "res"),
        ("o\ufb03ce", "office"),
    ],
)
def test_look_alikes_are_the_same(one, other):
    assert fold(one) == fold(other)
    assert fold_all([one]) == fold_all([other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Carer 1", "Carer 2"),
        ("Zoe", "Zo\u00eb"),
        ("re-solved", "resolved"),
        ("care notes", "carenotes"),
        ("it's", "its"),
    ],
)
def test_what_looks_different_stays_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
    assert fold(eye(text)) == fold(text)
    assert fold(tidy(text)) == fold(text)
    assert fold_all([text]) == [fold(text)]
    assert is_blank(text) == (fold(text) == "")


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_plain_text_is_folded_by_case_and_spaces_alone(text):
    assert fold(text) == " ".join(text.replace("`", "'").split()).casefold()


def test_values_in_one_cell_are_parted_by_commas_of_every_kind():
    assert split_values("Early, Late;Night\uff0cDay\u200b, \u200b") == ("Early", "Late", "Night", "Day\u200b")
