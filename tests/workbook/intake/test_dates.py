"""Days in texts: read where one reading fits, by the list itself where two do, else set aside."""

import datetime as dt

import pytest

from tests.support.builders import book
from tests.support.intake import brought, codes, entry, source_of, written
from workbook.intake.source import SHEET_FORM, WEB_FORM

THIRD_OF_APRIL, FOURTH_OF_MARCH = dt.date(2026, 4, 3), dt.date(2026, 3, 4)


def days(rows, **more):
    report, changes = brought(rows, **more)
    return report, [row["Date"] for row in written(changes)]


@pytest.mark.parametrize(
    "text",
    [
        "25/06/2026",
        "6/25/2026",
        "2026-06-25T08:15:00Z",
        "2026-06-25T08:15:00.0000000+01:00",
        "25.06.2026 09:14",
        "25 June 2026",
        "2026/06/25 3:04:05 PM GMT+1",
        "6/25/26 9:14:03",
        "Thursday, 25 June 2026, 9:14 AM",
        dt.datetime(2026, 6, 25, 23, 59),
    ],
)
def test_one_reading_is_read_and_the_time_is_dropped_as_written(text):
    assert days([entry(Date=text)])[1] == [dt.date(2026, 6, 25)]


def test_what_reads_two_ways_alone_is_set_aside_with_both_readings():
    report, found = days([entry(Date="03/04/2026")])
    assert not found
    (problem,) = report.rows[0].problems
    assert problem.code == "not-a-date"
    assert "03 Apr 2026" in problem.message
    assert "04 Mar 2026" in problem.message


@pytest.mark.parametrize(
    ("other", "day"), [("25/06/2026", THIRD_OF_APRIL), ("6/25/2026", FOURTH_OF_MARCH), ("25.06.2026", THIRD_OF_APRIL)]
)
def test_the_columns_own_one_way_days_decide(other, day):
    assert days([entry(Date="03/04/2026"), entry(Date=other)])[1][0] == day


@pytest.mark.parametrize("other", ["2026-06-25", "25 June 2026", "03/03/2026", "04/05/2026", dt.date(2026, 6, 25)])
def test_days_that_tell_no_order_decide_nothing(other):
    report, _ = days([entry(Date="03/04/2026"), entry(Date=other)])
    assert report.rows[0].outcome == "set aside"


def test_days_that_contradict_each_other_set_only_the_two_way_ones_aside():
    report, found = days([entry(Date="03/04/2026"), entry(Date="25/06/2026"), entry(Date="6/26/2026")])
    assert codes(report) == {2: ["not-a-date"]}
    assert found == [dt.date(2026, 6, 25), dt.date(2026, 6, 26)]


def test_where_the_column_tells_nothing_the_time_of_the_form_does():
    rows = [{"Timestamp": "25/06/2026 15:04:05", **entry(Date="03/04/2026")}]
    source = source_of(rows, kind=SHEET_FORM, technical=frozenset({0}))
    assert days(source)[1] == [THIRD_OF_APRIL]


def test_the_columns_own_order_goes_before_the_forms_time():
    rows = [{"Timestamp": "6/25/2026 15:04:05", **entry(Date=d)} for d in ("03/04/2026", "25/06/2026")]
    source = source_of(rows, kind=SHEET_FORM, technical=frozenset({0}))
    assert days(source)[1][0] == THIRD_OF_APRIL


@pytest.mark.parametrize(("order", "day"), [("dmy", THIRD_OF_APRIL), ("mdy", FOURTH_OF_MARCH)])
def test_a_person_may_say_the_order(order, day):
    assert days([entry(Date="03/04/2026")], dates=order)[1] == [day]


def test_years_first_with_two_digits():
    assert days([entry(Date="26/04/03")], dates="ymd")[1] == [THIRD_OF_APRIL]


def test_a_person_is_asked_where_there_is_one():
    asked = []
    _, found = days([entry(Date="03/04/2026")], order=lambda column, text: asked.append((column, text)) or "dmy")
    assert asked == [("Date", "03/04/2026")]
    assert found == [THIRD_OF_APRIL]


def test_dotted_days_are_day_first_and_tell_nothing_of_others():
    report, found = days([entry(Date="03.04.2026"), entry(Date="03/04/2026")])
    assert found == [THIRD_OF_APRIL]
    assert codes(report) == {3: ["not-a-date"]}


def test_the_workbooks_date_order_is_for_dotted_days_alone():
    american = book(settings={"Date order": "Month first"})
    report, found = days([entry(Date="03.04.2026"), entry(Date="03/04/2026")], snapshot=american)
    assert found == [FOURTH_OF_MARCH]
    assert codes(report) == {3: ["not-a-date"]}


@pytest.mark.parametrize("text", ["31/02/2026", "25/06", "yesterday", "2026-13-01"])
def test_what_is_no_day_is_set_aside(text):
    assert codes(days([entry(Date=text)])[0]) == {2: ["not-a-date"]}


def test_a_day_to_come_is_set_aside():
    assert codes(days([entry(Date="2026-07-01")])[0]) == {2: ["date-in-future"]}
    assert not codes(days([entry(Date="2026-06-30")])[0])


def test_a_form_without_a_question_for_it_gives_the_time_it_was_filled_in():
    own = {
        "ID": 1,
        "Start time": "6/25/26 9:00:00",
        "Completion time": "6/25/26 9:14:03",
        "Email": "anonymous",
        "Name": None,
    }
    rows = [own | {h: v for h, v in entry().items() if h != "Date"}]
    report, found = days(source_of(rows, kind=WEB_FORM, technical=frozenset(range(5))))
    assert found == [dt.date(2026, 6, 25)]
    assert ("Completion time", "time of the form") in {(m.header, m.how) for m in report.matches}
