"""A day that can't be right must not end the remembering of triggers."""

import datetime as dt

import pytest

from tests.support.builders import AS_OF, book
from workbook.answers.clock import FAR, newest_event, said_of_far_ahead, said_of_looking_back
from workbook.answers.trigger_memory import last_run_on
from workbook.rules import checks

SUPPORT = [{"Date": AS_OF}]
#: A row of the Triggers sheet as a run of that day leaves it.
REMEMBERED = {"Key": "S1:OAK", "Trigger": "S1", "Scope": "OAK", "State": "Raised"}


def remembered(day, *more):
    return book(SupportLog=SUPPORT, Triggers=[{**REMEMBERED, "First raised on": day, "Last seen on": day}, *more])


@pytest.mark.parametrize(("days", "asked"), [(0, False), (365, False), (366, False), (367, True), (26_000, True)])
def test_more_than_a_year_after_everything_is_asked_about(days, asked):
    snapshot = book(SupportLog=SUPPORT)
    newest = newest_event(snapshot)
    words = said_of_far_ahead(snapshot, newest + dt.timedelta(days=days))
    assert bool(words) == asked
    assert not words or "more than a year after everything" in words


def test_a_day_to_come_by_which_something_is_due_is_no_event():
    before = newest_event(book(SupportLog=SUPPORT))
    assert newest_event(book(SupportLog=SUPPORT, Actions=[{"Due date": dt.date(2090, 1, 1)}])) == before


def test_an_empty_workbook_never_asks():
    empty = book(**{name: [] for name in book().tables if name not in {"Programme", "Thresholds"}})
    assert newest_event(empty) is None
    assert said_of_far_ahead(empty, dt.date(2099, 1, 1)) == ""


def test_a_dormant_workbook_that_is_looked_at_each_week_does_not_ask():
    late = newest_event(book(SupportLog=SUPPORT)) + FAR
    assert said_of_far_ahead(remembered(late), late + dt.timedelta(days=7)) == ""
    assert said_of_far_ahead(remembered(AS_OF), late + dt.timedelta(days=370))


def test_looking_back_is_said():
    snapshot = remembered(AS_OF)
    assert said_of_looking_back(snapshot, AS_OF) == ""
    assert said_of_looking_back(book(SupportLog=SUPPORT), AS_OF) == ""
    assert "nothing was written" in said_of_looking_back(snapshot, AS_OF - dt.timedelta(days=1))


def found(snapshot):
    return [f for f in checks.run(snapshot, AS_OF) if f.code == "remembered-in-future"]


@pytest.mark.parametrize(("days", "count"), [(-1, 0), (0, 0), (1, 0), (2, 1), (26_000, 1)])
def test_a_stored_day_that_has_not_come_is_a_finding(days, count):
    assert len(found(remembered(AS_OF + dt.timedelta(days=days)))) == count


def test_its_way_back_works():
    far = AS_OF + dt.timedelta(days=900)
    (finding,) = found(remembered(far))
    assert "Clear the days after today" in finding.fix
    cleared = book(SupportLog=SUPPORT, Triggers=[REMEMBERED])
    assert not found(cleared)
    assert last_run_on(cleared) is None
