"""A workbook as plain tables: what Excel would take for a formula stays a text, and comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from workbook.answers.extract import FORMULA_SIGNS, harmless, without_mark

TEXTS = st.one_of(st.text(), st.text(alphabet="'=+-@\t\rab"))


@given(TEXTS)
def test_every_text_comes_back_as_it_was(text):
    assert without_mark(harmless(text)) == text


@given(TEXTS)
def test_no_text_begins_like_a_formula(text):
    assert not harmless(text).startswith(FORMULA_SIGNS)


def test_an_ordinary_text_is_left_alone():
    assert harmless("3 = three") == "3 = three"
    assert without_mark("'t was late") == "'t was late"
