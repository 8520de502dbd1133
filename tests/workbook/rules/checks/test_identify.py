"""What identifies a person: found, passed over, masked; a whole column scanned as one text misses nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbook.rules.checks.identify import identified, masked, suspects

FOUND = [
    ("NHS 943 476 5919 noted", "an NHS number"),
    ("9434765919", "an NHS number"),
    ("943-476-5919", "an NHS number"),
    ("mail carer.one@example.org.uk please", "an e-mail address"),
    ("rang 07700 900123", "a phone number"),
    ("rang +44 (0)161 496 0000 twice", "a phone number"),
    ("on (0161) 496-0000.", "a phone number"),
    ("lives at sw1a 1aa now", "a postcode"),
    ("M1 1AE", "a postcode"),
    ("DOB 03/05/1940", "a date of birth"),
    ("d.o.b. 3.5.40", "a date of birth"),
    ("born on 3rd of May 1940", "a date of birth"),
    ("Date of birth: 1940-05-03", "a date of birth"),
    ("AB123456C", "a National Insurance number"),
    ("ab 12 34 56 c", "a National Insurance number"),
]
PASSED_OVER = [
    "943 476 5918",
    "0000000000",
    "SU-0001 and IM-012",
    "at 10:30 on 03/04/2026",
    "Room E12 4 beds, version 2.10.3",
    "on w1 2nd floor",
    "the date of birth field was blank",
    "a newborn kitten on 3 May 2026",
    "form AB 12",
    "V2 3AB",
    "meet @ ten",
    "12345 67890 1",
]


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_it_is_found_and_masked(text, kind):
    assert [f.kind for f in identified(text)] == [kind]
    assert masked(text) != text
    assert identified(masked(text)) == []


@pytest.mark.parametrize("text", PASSED_OVER)
def test_a_near_miss_is_passed_over(text):
    assert identified(text) == []
    assert masked(text) == text


PIECES = st.sampled_from(
    [*(text for text, _ in FOUND), *PASSED_OVER, *"0123456789 -().+@\n\u00a0\u2013é", "AB", "c", "born ", "dob ", "\0"]
)
TEXTS = st.lists(st.lists(PIECES, max_size=8).map("".join), max_size=5)


@given(TEXTS)
@example(["nothing", "x 9434765919", "", "\u00e9 DOB 1940"])
def test_the_scan_of_a_column_points_at_every_text_that_holds_something(texts):
    holding = {n for n, text in enumerate(texts) if identified(text)}
    assert holding <= suspects(texts)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_masking_leaves_nothing_that_was_found(text):
    for part in identified(text):
        digits = [c for c in text[part.start : part.end] if c.isalnum()]
        assert "".join(digits) not in masked(text)[part.start : part.end]


@pytest.mark.parametrize(
    "text",
    [
        "call 07700\u00a0900\u00a0123",
        "call 07700\u2009900\u2011123",
        "call 07\u200b700 900\u00ad 123",
        "\uff10\uff17\uff17\uff10\uff10\uff19\uff10\uff10\uff11\uff12\uff13",
        "NHS 943\u200b476\u200b5919",
        "a\u200b.carer@exa\u00admple.org",
        "SW1A\u00a01AA",
        "QQ\u00a012\u00a034\u00a056\u00a0C",
        "d\u200bob 12/03/1950",
        "+353 1 234 5678",
        "0048 22 123 45 67",
        "(0) 7700 900123",
        "+44 (0)7700 900123",
        "00353-87-123-4567",
        "+1 (212) 555-0123",
        "tel.+49 30 901820",
        "07700 - 900 - 123",
    ],
)
def test_it_is_found_whatever_cannot_be_seen_parts_it(text):
    assert len(identified(text)) == 1
    assert suspects(["nothing", text]) == {1}
    assert sum(c.isdigit() or c.isalpha() for c in masked(text)) < sum(c.isdigit() or c.isalpha() for c in text)


@pytest.mark.parametrize(
    "text",
    [
        "the score went from +1 to +2 in 3 weeks",
        "ref 0012345",
        "IM-0012, SU-0044",
        "version 00.12.3",
        "01/02/2026 10:15",
        "+12% and +13%",
        "between 2026\u20112027",
    ],
)
def test_other_numbers_are_none(text):
    assert identified(text) == []
