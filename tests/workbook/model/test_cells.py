from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.model.cells import (
    CellError,
    CellObject,
    Percent,
    TimeOfDay,
    canonical,
    fold,
    fold_all,
    means_nothing,
    read_date,
    read_number,
    reader_for,
    show,
)
from workbook.model.days import DAY_FIRST, MONTH_FIRST, days_in_text, why_no_day
from workbook.model.declare import HOURS, PERCENT
from workbook.model.registers import ImplementationPlan, RoleBriefs, SupportLog, TrainingMatrix

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/04/2026", dt.date(2026, 4, 13)),
        ("04/13/2026", dt.date(2026, 4, 13)),
        ("13.4.26", dt.date(2026, 4, 13)),
        ("13-04-2026 14:30", dt.date(2026, 4, 13)),
        ("04/04/2026", dt.date(2026, 4, 4)),
        ("2026-04-03", dt.date(2026, 4, 3)),
        ("2026-04-03T09:15:00", dt.date(2026, 4, 3)),
        ("3 April 2026", dt.date(2026, 4, 3)),
        ("Friday 3rd Apr 2026", dt.date(2026, 4, 3)),
        ("April 3, 2026", dt.date(2026, 4, 3)),
        ("  3-Apr-26 ", dt.date(2026, 4, 3)),
        ("2026-04-03T09:14:33Z", dt.date(2026, 4, 3)),
        ("2026-04-03T23:30:00.123+01:00", dt.date(2026, 4, 3)),
        ("2026-04-03Z", dt.date(2026, 4, 3)),
        ("20260403T091433Z", dt.date(2026, 4, 3)),
        ("Fri Apr 03 2026 09:14:33 GMT+0100 (British Summer Time)", dt.date(2026, 4, 3)),
        ("Fri, 3 Apr 2026 09:14:33 GMT", dt.date(2026, 4, 3)),
        ("13/04/2026 9:14 AM", dt.date(2026, 4, 13)),
        ("13/04/2026, 09.14", dt.date(2026, 4, 13)),
        ("3 Apr 2026 at 9 am", dt.date(2026, 4, 3)),
        ("03.04.2026", dt.date(2026, 4, 3)),
        ("3.4.26", dt.date(2026, 4, 3)),
        ("3. 4. 2026 09:14", dt.date(2026, 4, 3)),
        ("6th Nov 2026", dt.date(2026, 11, 6)),
        ("6th of November, 2026", dt.date(2026, 11, 6)),
        ("6 Nov '26", dt.date(2026, 11, 6)),
        ("06NOV2026", dt.date(2026, 11, 6)),
        ("Fri 03/04/2026", dt.date(2026, 4, 3)),
        ("13\u201104\u20112026", dt.date(2026, 4, 13)),
        ("13\u00a0Apr\u200b 2026", dt.date(2026, 4, 13)),
    ],
)
def test_a_text_with_one_reading_is_a_date(text, day):
    assert days_in_text(text) == (day,)
    assert read_date(text) == (day, "date-as-text", True, show(day))


@pytest.mark.parametrize("text", ["03/04/2026", "3/4/26", "12-11-2026"])
def test_a_two_way_text_is_no_date_and_both_readings_are_named(text):
    reading = read_date(text)
    assert reading.value is None
    assert not reading.usable
    assert " or " in reading.detail


@pytest.mark.parametrize(
    "text", ["31/02/2026", "soon", "2026", "April 2026", "31/04", "13/13/2026", "1e5", "00/01/2026"]
)
def test_what_is_no_date_stays_unread(text):
    assert read_date(text)[:3] == (None, "not-a-date", False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("6th Nov", "has no year"),
        ("05/11", "has no year"),
        ("5.11.", "has no year"),
        ("Mon 3 Apr 2026", "names a weekday that is not that day's"),
        ("Sat 03/04/2026", "names a weekday that is not that day's"),
        ("soon", ""),
    ],
)
def test_why_a_text_is_no_day(text, why):
    assert days_in_text(text) == ()
    assert why_no_day(text) == why


def test_the_order_of_day_and_month_can_be_set():
    third, fourth = dt.date(2026, 4, 3), dt.date(2026, 3, 4)
    for text in ("03/04/2026", "03.04.2026", "3-4-26"):
        assert days_in_text(text, DAY_FIRST) == (third,)
        assert days_in_text(text, MONTH_FIRST) == (fourth,)
    assert len(days_in_text("03/04/2026")) == 2
    assert days_in_text("13/04/2026", MONTH_FIRST) == (dt.date(2026, 4, 13),)
    assert days_in_text("2026-04-03", MONTH_FIRST) == (third,)


def test_plain_numbers_are_days_only_where_a_person_would_take_them_for_one():
    assert read_date(46115).value == dt.date(2026, 4, 3)
    assert read_date(44653, date_1904=True).value == dt.date(2026, 4, 3)
    assert read_date(5).value is None
    assert read_date(float("inf")).value is None
    assert read_date(float("nan")).value is None
    assert read_date(True).value is None


@given(DAYS)
def test_every_day_written_one_way_reads_as_itself(day):
    for text in (day.isoformat(), show(day), day.strftime("%d %B %Y")):
        assert read_date(text).value == day


@pytest.mark.parametrize(("cell", "number"), [(" 1,250.5 ", 1250.5), ("1,250", 1250.0), ("-3", -3.0), (".5", 0.5)])
def test_numbers_stored_as_text_are_read_with_a_remark(cell, number):
    assert read_number(cell) == (number, "number-as-text", True, "")


@pytest.mark.parametrize(
    ("cell", "unit", "number", "code"),
    [
        (Percent(0.75), PERCENT, 75, "read-as-shown"),
        (Percent(0.07), PERCENT, 7, "read-as-shown"),
        ("75%", PERCENT, 75, "number-as-text"),
        ("75 per cent", PERCENT, 75, "number-as-text"),
        (0.75, PERCENT, 0.75, ""),
        (TimeOfDay(0.125), HOURS, 3, "read-as-shown"),
        (TimeOfDay(1.25), HOURS, 30, "read-as-shown"),
        ("3:30", HOURS, 3.5, "number-as-text"),
        ("3 hours", HOURS, 3, "number-as-text"),
        ("2h30", HOURS, 2.5, "number-as-text"),
        ("2.5 hrs", HOURS, 2.5, "number-as-text"),
        (Percent(0.75), HOURS, None, "wrong-unit"),
        (Percent(3.0), "", None, "wrong-unit"),
        ("75%", "", None, "wrong-unit"),
        (TimeOfDay(0.125), PERCENT, None, "wrong-unit"),
        ("3:30", "", None, "wrong-unit"),
    ],
)
def test_what_is_seen_is_what_is_read(cell, unit, number, code):
    assert read_number(cell, unit)[:2] == (number, code)


def test_numbers_of_another_kind_are_shown_and_told_apart():
    assert (show(Percent(0.75)), show(Percent(0.125)), show(TimeOfDay(0.125))) == ("75%", "12.5%", "3:00")
    assert len({canonical(cell) for cell in (0.125, Percent(0.125), TimeOfDay(0.125))}) == 3
    assert canonical(CellObject("#VALUE!")) != canonical(CellError("#VALUE!"))


@pytest.mark.parametrize("text", ["N/A", "n/a", "NA", "n.a.", "-", "\u2013", "None", " nil ", "TBC", "not applicable"])
def test_words_that_mean_nothing(text):
    assert means_nothing(text)


@pytest.mark.parametrize("text", ["None seen", "no", "0", "Nathan", "see note", "not applicable to nights"])
def test_words_that_mean_something(text):
    assert not means_nothing(text)


@pytest.mark.parametrize("cell", ["", "n/a", "12 o'clock", "1.2.3", "--4", True, float("nan"), float("inf"), "1,25"])
def test_what_is_no_number_stays_unread(cell):
    assert read_number(cell).value is None


def test_bounds_scores_and_whole_numbers():
    hours = reader_for(ImplementationPlan.hours_per_week)
    assert hours(60).value == 60
    assert hours(60.5).code == "out-of-range"
    assert hours(-0.5).code == "out-of-range"
    score = reader_for(SupportLog.confidence_after)
    assert [score(n).value for n in (1, 5, "3")] == [1, 5, 3]
    assert [score(n).code for n in (0, 6, 2.5, "high")] == [
        "out-of-range",
        "out-of-range",
        "not-a-whole-number",
        "not-a-number",
    ]
    assert reader_for(RoleBriefs.version)(0).code == "out-of-range"


def test_words_are_compared_with_case_and_spaces_folded():
    outcome = reader_for(SupportLog.outcome)
    assert outcome("  resolved ").value == "Resolved"
    assert outcome("Solved").code == "not-in-list"
    required = reader_for(TrainingMatrix.required)
    assert [required(c).value for c in ("YES", " no ", True, False)] == [True, False, True, False]
    assert required("maybe").code == "not-in-list"
    assert required(1).code == "not-in-list"


def test_blanks_and_errors():
    text = reader_for(SupportLog.what_happened)
    assert text("   ").value is None
    assert text(" kept ").value == "kept"
    assert text(12.0).value == "12"
    assert text(CellError("#REF!"))[:3] == (None, "excel-error-value", False)


def test_cells_as_people_read_them():
    assert show(dt.date(2026, 4, 3)) == "03 Apr 2026"
    assert show(4.0) == "4"
    assert show(2.5) == "2.5"
    assert show(None) == ""
    assert show(True) == "Yes"


def test_canonical_form_tells_kinds_apart_and_hosts_not():
    assert canonical("5") != canonical(5)
    assert canonical(5) == canonical(5.0)
    assert canonical(True) != canonical(1)
    assert canonical(dt.datetime(2026, 4, 3)) == canonical(dt.date(2026, 4, 3))
    assert canonical("  ") == canonical(None) == ""


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text(max_size=6)) | st.lists(st.from_regex(r"[A-Za-z]{1,2}-[0-9]{1,3}", fullmatch=True)))
def test_folding_many_is_folding_each(texts):
    assert fold_all(texts) == [fold(text) for text in texts]
