"""What a run of the triggers writes besides its memory: this week's list, the run chart, links, and tabs to show."""

import dataclasses
import datetime as dt

import pytest

from addin.hosts.memory import MemoryBook, MemoryHost
from tests.support.builders import AS_OF, apart, book, day, raw_book, view_of
from workbook.answers.recording import NOTHING, record
from workbook.model.catalogue import BY_ID
from workbook.model.changes import ChangeSet, ReplaceTable, RowRef, SetCell, ShowSheets
from workbook.model.registers import Checks, SupportLog
from workbook.model.view import View
from workbook.rules.reviews import Review, reviews
from workbook.rules.run_charts import POINTS, run_charts
from workbook.rules.triggers import evaluate

ACTION = {"Due date": day(-3), "Action": "Buy a second tablet", "Source": "P1:DC-001"}
LATE = Review(
    "Adoption support", "OAK", "Team leader", "Leader Oak", None, day(-9), 9, "rows", entered_in="TeamLeaderReviews"
)


def written(snapshot, rules=(), due=(), as_of=AS_OF):
    view = view_of(snapshot, as_of)
    return record(view, evaluate(view, [BY_ID[r] for r in rules]), due)


def body(changes, table):
    return next((c for c in changes.changes if isinstance(c, ReplaceTable) and c.table == table), None)


def shown(changes):
    return {sheet for c in changes.changes if isinstance(c, ShowSheets) for sheet in c.sheets}


# -- this week ----------------------------------------------------------------------------------------------------


def test_the_weeks_list_names_each_entry_and_leads_to_it():
    week = body(written(book(Actions=[{"Due date": day(9), "Source": "P1:DC-001"}, ACTION])), "ThisWeek")
    ((number, where, what, who, by),) = week.rows
    assert (number, where, by) == (1, "Actions AC-002", day(-3))
    assert "second tablet" in what
    assert who
    assert week.links == {(0, "Where"): "'Actions'!A7"}


def test_a_review_leads_to_where_it_is_entered():
    brief = dataclasses.replace(LATE, review="Role briefs", days_late=90, entered_in="RoleBriefs", entry="RB-001")
    changes = written(book(TeamLeaderReviews=[{}]), due=[LATE, brief])
    week = body(changes, "ThisWeek")
    assert [row[1] for row in week.rows] == ["Role briefs RB-001", "Team leader reviews"]
    places = ["'Role briefs'!A6", "'Team leader reviews'!A7"]
    assert list(week.links.values()) == places, "its entry, or the first free row"
    assert list(body(changes, "ReviewsDue").links.values()) == places


def test_a_sheet_that_a_link_leads_to_is_shown():
    snapshot = hiding("Team leader reviews", "Role briefs", "Reviews due")
    assert "Team leader reviews" in shown(written(snapshot, due=[LATE]))
    assert "Role briefs" not in shown(written(snapshot, due=[LATE])), "nothing leads there"


def test_an_entry_without_an_id_is_found_by_its_row():
    snapshot = book(Actions=[{"Due date": day(9), "Source": "P1:DC-001"}, {**ACTION, "Action ID": None}])
    week = body(written(snapshot), "ThisWeek")
    assert {"'Actions'!A7"} == {place for (n, _), place in week.links.items() if "tablet" in week.rows[n][2]}


def test_a_quiet_week_says_so_and_a_long_list_stops_at_seven():
    assert [row[2] for row in body(written(book()), "ThisWeek").rows] == [NOTHING]
    many = book(Actions=[{**ACTION, "Due date": day(-n)} for n in range(1, 12)])
    assert len(body(written(many), "ThisWeek").rows) == 7


def test_a_workbook_without_the_list_or_the_charts_gets_neither():
    snapshot = book(leave_out=("ThisWeek", "RunCharts", "RunPoints"), Actions=[ACTION], OutcomeReadings=[{}])
    tables = {c.table for c in written(snapshot).changes if hasattr(c, "table")}
    assert not tables & {"ThisWeek", "RunCharts", "RunPoints"}


def test_an_earlier_day_changes_nothing():
    ran = book(Triggers=[{"Key": "S1:OAK", "Trigger": "S1", "Scope": "OAK", "Last seen on": day(1)}], Actions=[ACTION])
    assert not written(ran)
    assert written(ran, as_of=day(1))


# -- links of the Triggers sheet ----------------------------------------------------------------------------------


def test_triggers_lead_to_their_first_row_of_evidence_and_to_their_action():
    snapshot = book(SupportLog=[{}, {"Workaround seen": "Yes"}], Actions=[{"Due date": day(9)}])
    table = body(written(snapshot, ["S4"]), "Triggers")
    assert table.links == {(0, "Key"): "'Support log'!A7", (0, "Action ID"): "'Actions'!A7"}


# -- the run chart ------------------------------------------------------------------------------------------------

MEASURE = {"Measure ID": "OM-01", "Measure": "Notes on time*", "Kind": "Record completion", "Better when": "Higher"}
OTHER = {**MEASURE, "Measure ID": "OM-02", "Measure": "Mood", "Kind": "Staff satisfaction"}


def readings(values, measure="OM-01", service="OAK"):
    first = -7 * len(values)
    return [
        {"Measure ID": measure, "Service": service, "Date": day(first + 7 * n), "Value": v}
        for n, v in enumerate(values)
    ]


def charts(values, *more):
    snapshot = book(OutcomeMeasures=[OTHER, MEASURE], OutcomeReadings=[*readings(values), *more])
    return run_charts(view_of(snapshot))


def test_record_completion_comes_first_with_its_centre_line_and_limits():
    (first, second), points = charts([80, 82, 80, 82], *readings([3, 4], "OM-02", None))
    assert first[:2] == ("OM-01 Notes on time, Oak House (percent)", "OM-01")
    assert second[0] == "OM-02 Mood, whole programme (percent)"
    assert first[4:7] == (1, 4, 81.0)
    assert second[4:6] == (5, 2)
    assert first[7] < 80
    assert first[8] - 81 == pytest.approx(81 - first[7])
    assert [p[2] for p in points] == [80, 82, 80, 82, 3, 4]


def test_of_many_readings_the_newest_are_drawn_and_the_centre_is_that_since_go_live():
    ((chart,), points) = charts([0] * 10 + [10] * POINTS)
    assert (chart[5], len(points)) == (POINTS, POINTS)
    assert chart[6] == 10


def test_the_rules_are_told_in_words():
    ((chart,), _) = charts([80, 80, 80])
    assert chart[-1] == (
        "Sustained: the figures go up and down as they always did. Only 3 readings: too few to tell a fall from chance."
    )
    ((chart,), _) = charts([80, 81] * 6 + [60])
    assert chart[-1].startswith("Deteriorated: point outside the limits. Target 90: consistently falls short.")
    assert "Only 13 readings: a fall would have to be very large" in chart[-1]
    ((chart,), _) = charts([80, 81] * 6 + [100])
    assert chart[-1].startswith("Improved: point outside the limits")


def test_without_readings_there_is_nothing_to_draw():
    assert charts([]) == ((), ())


def test_a_second_run_writes_the_list_and_the_charts_no_more():
    tables = {"OutcomeMeasures": [MEASURE], "OutcomeReadings": readings([80, 82]), "Actions": [ACTION]}
    for change in written(book(**tables)).changes:
        if isinstance(change, ReplaceTable):
            tables[change.table] = [dict(zip(change.headers, row, strict=True)) for row in change.rows]
    again = written(book(**tables))
    assert [body(again, t) for t in ("ThisWeek", "RunCharts", "RunPoints")] == [None, None, None]


# -- tabs ---------------------------------------------------------------------------------------------------------


def hiding(*sheets, **tables):
    return dataclasses.replace(book(**tables), hidden=frozenset(sheets))


def test_a_hidden_sheet_is_shown_when_it_gets_its_first_rows():
    hidden = ("Triggers", "Reviews due", "Import problems", "Programme at a glance")
    changes = written(hiding(*hidden), ["S4"], [LATE])
    assert shown(changes) == {"Triggers", "Reviews due", "Programme at a glance"}


def test_a_sheet_that_a_person_hid_again_stays_hidden():
    row = {"Key": "S4:OAK", "Trigger": "S4", "Scope": "OAK", "State": "No concern found", "Last seen on": day(-1)}
    changes = written(hiding("Triggers", "Protected time", "Programme at a glance", Triggers=[row]), ["S4"])
    assert body(changes, "Triggers")
    assert not shown(changes)


def test_sheets_of_live_use_are_shown_by_the_first_run_after_go_live():
    service = {"Go-live date": day(-3)}
    row = {"Key": "S4:OAK", "Trigger": "S4", "Scope": "OAK", "State": "No concern found", "Last seen on": day(-5)}
    before = hiding("Protected time", "Thresholds", Services=[service], Triggers=[row])
    assert shown(written(before, ["S4"])) == {"Protected time"}
    planned = hiding("Protected time", Services=[{"Go-live date": day(3)}], Triggers=[row])
    assert not shown(written(planned, ["S4"]))


def test_the_reviews_of_the_workbook_itself_are_recorded_too():
    view = view_of(book())
    assert body(record(view, [], reviews(view)), "ReviewsDue").rows


def test_no_count_is_older_than_another():
    """Compute triggers checks too: what was mended since is no finding any more."""
    raw = raw_book(SupportLog=[{"Outcome": "Rsolved"}, {"Support ID": None, "Staff member": "Carer Two"}])
    host = MemoryHost(MemoryBook.of(apart(raw)))
    when = dt.datetime(2026, 6, 30, tzinfo=dt.UTC)

    def listed(snapshot):
        return [row.code for row in snapshot.rows(Checks) if row.in_table == "Support log"]

    def computed():
        view = View(host.read(), AS_OF)
        host.apply(record(view, evaluate(view), reviews(view)), who="me", when=when)
        return host.read()

    after = computed()
    assert listed(after) == ["not-in-list"]
    (said,) = after.tables["SupportLog"].check.values()
    assert "Did you mean Resolved?" in said
    row = after.rows(SupportLog)[0]
    ref = RowRef("SupportLog", row.id, row.ordinal)
    mended = SetCell(ref, "Outcome", "Rsolved", "Resolved")
    host.apply(ChangeSet("typed", after.fingerprint, (mended,)), who="me", when=when)
    again = computed()
    assert listed(again) == []
    assert not again.tables["SupportLog"].check
    assert again.rows(SupportLog)[1].support_id is None, "ids are given by a check"
    view = View(again, AS_OF)
    assert not record(view, evaluate(view), reviews(view))
