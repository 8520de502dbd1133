from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.builders import AS_OF, book, day, raw_book, raw_table, rows_like
from workbook.model.cells import CellError, Percent
from workbook.model.raw import RawBook
from workbook.model.reading import read_book
from workbook.model.registers import (
    BY_TABLE,
    LISTS,
    Actions,
    BoardDecisions,
    Meetings,
    OutcomeReadings,
    SupportLog,
    Triggers,
    WorkforcePlan,
)


def problems(snapshot, table):
    return [(p.ordinal, p.column.header, p.code) for p in snapshot.tables[table].problems]


def test_the_base_programme_reads_without_a_problem():
    snapshot = book(SupportLog=[{}], Guidance=[{}])
    assert {t: d.problems for t, d in snapshot.tables.items() if d.problems} == {}
    assert snapshot.missing == ()
    assert snapshot.programme.provider_name == "Example Care"
    assert snapshot.programme.board_quorum == 3


def test_references_and_lists_take_the_spelling_of_their_table():
    snapshot = book(SupportLog=[{"Champion ID": " dc-001 ", "Service": "oak", "Workflow": "CARE  notes"}])
    row = snapshot.rows(SupportLog)[0]
    assert (row.champion_id, row.service, row.workflow) == ("DC-001", "OAK", "Care notes")


def test_an_unknown_reference_is_unusable_and_named():
    snapshot = book(SupportLog=[{"Champion ID": "DC-099"}])
    assert problems(snapshot, "SupportLog") == [(0, "Champion ID", "unknown-reference")]
    row = snapshot.rows(SupportLog)[0]
    assert row.champion_id is None
    assert row.bad == {"champion_id"}


def test_a_part_of_a_separated_reference_is_named():
    snapshot = book(
        Meetings=[{}],
        ImprovementLog=[{}],
        BoardDecisions=[{"Services affected": "oak; ELM"}, {"Services affected": "OAK"}, {"Services affected": "ELM"}],
    )
    problem = snapshot.tables["BoardDecisions"].problems[0]
    assert (problem.code, problem.detail) == ("unknown-reference", "ELM")
    rows = snapshot.rows(BoardDecisions)
    assert [(r.services_affected, bool(r.bad)) for r in rows] == [("OAK", False), ("OAK", False), (None, True)]


def test_blank_rows_are_no_entries_and_keep_their_places():
    headers = SupportLog.headers()
    rows = rows_like("SupportLog", [{}, {}])
    cells = [[row.get(h) for h in headers] for row in rows]
    table = raw_table("SupportLog", headers, [cells[0], [None] * len(headers), ["  "] * len(headers), cells[1]])
    tables = [t for t in raw_book().tables if t.table != "SupportLog"]
    snapshot = read_book(RawBook("x.xlsx", [*tables, table]))
    assert [(r.sheet_row, r.ordinal) for r in snapshot.rows(SupportLog)] == [(6, 0), (9, 3)]


def test_headers_are_found_with_case_and_spaces_folded_and_others_kept_apart():
    snapshot = book(Actions=[{"Our own column": "x", "Action": None, " ACTION ": "Do it"}])
    data = snapshot.tables["Actions"]
    assert data.unknown == ("Our own column",)
    assert data.doubled == ("Action",)
    assert data.missing == ()


def test_a_missing_column_reads_as_blank():
    raw = raw_book(Actions=[{}])
    for table in raw.tables:
        if table.table == "Actions":
            at = table.headers.index("Owner")
            table.headers = tuple(h for n, h in enumerate(table.headers) if n != at)
            table.columns = [c for n, c in enumerate(table.columns) if n != at]
    snapshot = read_book(raw)
    assert [c.header for c in snapshot.tables["Actions"].missing] == ["Owner"]
    assert snapshot.rows(Actions)[0].owner is None


def test_lists_and_thresholds_fall_back_to_their_defaults():
    snapshot = book(leave_out=["Workflows", "Thresholds"])
    assert snapshot.lists["Workflows"] == next(x.values for x in LISTS if x.table == "Workflows")
    assert snapshot.thresholds["S1", "Count"] == (3, 3)
    assert set(snapshot.missing) == {"Workflows", "Thresholds"}


def test_a_list_that_people_extended_serves():
    snapshot = book(lists={"Workflows": ["Care notes", "Night round"]}, SupportLog=[{"Workflow": "night round"}])
    assert snapshot.rows(SupportLog)[0].workflow == "Night round"


def test_a_changed_threshold_serves_and_one_that_is_text_does_not():
    snapshot = book(thresholds={("S1", "Count"): 5, ("S1", "Window days"): "a fortnight"})
    assert snapshot.thresholds["S1", "Count"].value == 5
    assert snapshot.thresholds["S1", "Count"].changed
    assert snapshot.thresholds["S1", "Window days"] == (14, 14)
    assert problems(snapshot, "Thresholds")[0][1:] == ("Value", "not-a-number")


def test_settings_keep_their_defaults_and_say_what_is_blank():
    snapshot = book(settings={"Board quorum": None, "Provider name": "", "Early implementation weeks": "soon"})
    assert snapshot.programme.board_quorum == 3
    assert snapshot.programme.early_weeks == 12
    codes = {(p.column.header, p.code) for p in snapshot.tables["Programme"].problems}
    assert codes == {("Provider name", "required-blank"), ("Early implementation weeks", "not-a-number")}


def test_the_fingerprint_covers_what_people_fill_in_and_nothing_of_ours():
    entry = {"What happened": "Asked where the form is."}
    base = book(SupportLog=[entry]).fingerprint
    assert base == book(SupportLog=[entry]).fingerprint
    assert base == book(SupportLog=[{**entry, "Check": "Look at the date."}]).fingerprint
    ours = {"Key": "S1:OAK", "Trigger": "S1", "Title": "x", "Scope": "OAK", "State": "Action needed"}
    assert base == book(SupportLog=[entry], Triggers=[ours]).fingerprint
    assert base != book(SupportLog=[{**entry, "Shift": "Late"}]).fingerprint
    assert base != book(SupportLog=[entry], thresholds={("S1", "Count"): 5}).fingerprint
    assert base != book(SupportLog=[entry], settings={"Board quorum": 4}).fingerprint
    assert base != book(SupportLog=[entry], lists={"Shifts": ["Early"]}).fingerprint


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(SupportLog.columns), st.sampled_from([None, 1, "a", True, dt.date(2026, 1, 1), CellError("#N/A")])
)
def test_any_changed_cell_changes_the_fingerprint(column, cell):
    before = rows_like("SupportLog", [{}])[0].get(column.header)
    changed = book(SupportLog=[{column.header: cell}]).fingerprint != book(SupportLog=[{}]).fingerprint
    assert changed == (before != cell)


def test_error_values_and_dates_of_the_1904_system():
    raw = raw_book(SupportLog=[{"Date": CellError("#REF!")}, {"Date": 44653}])
    raw.date_1904 = True
    snapshot = read_book(raw)
    assert problems(snapshot, "SupportLog") == [(0, "Date", "excel-error-value"), (1, "Date", "date-as-number")]
    assert snapshot.rows(SupportLog)[1].date == dt.date(2026, 4, 3)


def test_the_first_of_two_rows_with_one_id_is_found():
    snapshot = book(WorkforcePlan=[{"Name": "Champion Alpha"}, {"Champion ID": "DC-001", "Name": "Champion Beta"}])
    assert snapshot.find(WorkforcePlan, "dc-001").name == "Champion Alpha"
    assert snapshot.find(WorkforcePlan, "DC-002") is None
    assert snapshot.find(WorkforcePlan, None) is None


def test_computed_tables_are_read_as_rows_too():
    ours = {
        "Key": "S1:OAK",
        "Trigger": "S1",
        "Title": "t",
        "Scope": "OAK",
        "State": "Action needed",
        "Due date": day(7),
    }
    row = book(Triggers=[ours]).rows(Triggers)[0]
    assert (row.result_key, row.due_date) == ("S1:OAK", AS_OF + dt.timedelta(days=7))


OTHERWISE = [(column, other) for register in BY_TABLE.values() for column in register.columns for other in column.also]


@pytest.mark.parametrize(("column", "other"), OTHERWISE, ids=str)
def test_a_date_column_is_read_under_either_spelling_the_contract_allows(column, other):
    sound = rows_like(column.table, [{column.header: day(30)}])[0]
    headers = [h for h in (*BY_TABLE[column.table].headers(), "Check") if h != column.header]
    cells = [day(30) if h == other else sound.get(h) for h in (*headers, other)]
    snapshot = with_table(column.table, [*headers, other], [cells])
    data = snapshot.tables[column.table]
    assert getattr(data.rows[0], column.attr) == day(30)
    assert (data.missing, data.unknown) == ((), ())
    assert data.column_at(column.header) == len(headers)


def test_of_both_spellings_the_contracts_own_is_read_and_the_other_kept_apart():
    headers = [*Meetings.headers(), "Next meeting date"]
    sound = rows_like("Meetings", [{"Next meeting": day(9)}])[0]
    data = with_table("Meetings", headers, [[*(sound.get(h) for h in headers[:-1]), day(30)]]).tables["Meetings"]
    assert data.rows[0].next_meeting == day(9)
    assert (data.unknown, data.doubled) == (("Next meeting date",), ())


def with_table(table, headers, rows):
    tables = raw_book(leave_out=(table,)).tables
    return read_book(RawBook("x.xlsx", [*tables, raw_table(table, headers, rows)]))


def test_a_table_is_named_by_its_sheet_but_where_a_sheet_holds_several():
    tables = [t for t in raw_book(leave_out=("Triggers",)).tables if t.table != "Actions"]
    moved = replace(raw_table("Actions", Actions.headers(), []), sheet="To do")
    snapshot = read_book(RawBook("x.xlsx", [*tables, moved]))
    known = ("SupportLog", "Actions", "Services", "Shifts", "Triggers", "ReviewsDue")
    named = ["Support log", "To do", "Services", "Shifts", "Triggers", "Reviews due"]
    assert [snapshot.sheet_of(table) for table in known] == named


def test_what_looks_the_same_is_the_same_and_the_text_is_kept():
    snapshot = book(
        SupportLog=[
            {
                "Support ID": "SU\u20110001\u200b",
                "Champion ID": "DC\u2011001",
                "Workflow": "Care\u00a0notes\u200b",
                "Outcome": "\ufeffResolved",
                "Staff member": "Zoe\u0308\u200b Carer",
            }
        ]
    )
    assert problems(snapshot, "SupportLog") == []
    row = snapshot.rows(SupportLog)[0]
    assert (row.support_id, row.champion_id, row.workflow, row.outcome) == (
        "SU-0001", "DC-001", "Care notes", "Resolved",
    )  # fmt: skip
    assert row.staff_member == "Zoe\u0308\u200b Carer"
    assert snapshot.find(SupportLog, "su\u20130001") is row


def test_a_row_of_what_cannot_be_seen_is_no_entry():
    assert book(SupportLog=[{}, dict.fromkeys(SupportLog.headers(), "\u200b\u00a0")]).rows(SupportLog)[1:] == []


@pytest.mark.parametrize(("typed", "read"), [(Percent(0.6), 60), ("60%", 60), (60, 60), (0.6, 0.6)])
def test_a_threshold_in_percent_is_read_as_it_is_seen(typed, read):
    snapshot = book(thresholds={("P3", "Minimum share percent"): typed})
    assert snapshot.thresholds["P3", "Minimum share percent"].value == read


def test_a_threshold_that_counts_is_none_in_percent():
    snapshot = book(thresholds={("P3", "Minimum entries"): Percent(4.0)})
    assert problems(snapshot, "Thresholds")[0][1:] == ("Value", "wrong-unit")
    assert snapshot.thresholds["P3", "Minimum entries"].value == 3


def test_a_reading_is_read_in_the_unit_of_its_measure():
    measures = [{"Measure ID": "OM-01", "Unit": "Percent"}, {"Measure ID": "OM-02", "Unit": "Score"}]
    readings = [
        {"Measure ID": m, "Value": v} for m, v in (("OM-01", Percent(0.72)), ("OM-02", Percent(0.72)), ("OM-01", 72))
    ]
    snapshot = book(OutcomeMeasures=measures, OutcomeReadings=readings)
    assert [row.value for row in snapshot.rows(OutcomeReadings)] == [72, None, 72]
    assert problems(snapshot, "OutcomeReadings") == [(0, "Value", "read-as-shown"), (1, "Value", "wrong-unit")]


@pytest.mark.parametrize(
    ("order", "slashed", "dotted"),
    [
        (None, None, dt.date(2026, 6, 5)),
        ("Day first", dt.date(2026, 6, 5), dt.date(2026, 6, 5)),
        ("Month first", dt.date(2026, 5, 6), dt.date(2026, 5, 6)),
    ],
)
def test_the_setting_date_order_says_how_dates_in_texts_are_read(order, slashed, dotted):
    snapshot = book(settings={"Date order": order}, SupportLog=[{"Date": "05/06/2026"}, {"Date": "05.06.2026"}])
    assert [row.date for row in snapshot.rows(SupportLog)] == [slashed, dotted]
    codes = [code for _, _, code in problems(snapshot, "SupportLog")]
    assert codes == ["date-as-text" if slashed else "not-a-date", "date-as-text"]


def test_a_row_of_unticked_boxes_or_of_an_id_alone_is_no_entry():
    headers = SupportLog.headers()
    boxes = {**dict.fromkeys(headers), "Workaround seen": False}
    numbered = {**dict.fromkeys(headers), "Support ID": "SU-0007"}
    snapshot = book(SupportLog=[{}, boxes, numbered, {**boxes, "Support ID": "SU-0008"}])
    assert len(snapshot.rows(SupportLog)) == 1
    assert snapshot.tables["SupportLog"].spare_ids == ("SU-0007", "SU-0008")
    assert snapshot.fingerprint == book(SupportLog=[{}]).fingerprint


@pytest.mark.parametrize("more", [{"Workaround seen": True}, {"Support ID": "seven"}, {"Outcome": "Resolved"}])
def test_a_row_with_anything_else_is_an_entry(more):
    row = {**dict.fromkeys(SupportLog.headers()), "Support ID": "SU-0009", **more}
    assert len(book(SupportLog=[{}, row]).rows(SupportLog)) == 2


def test_na_in_an_optional_cell_is_blank_and_in_a_list_a_value():
    snapshot = book(
        SupportLog=[{"Guidance followed": "N/A", "Coaching given": "none", "Confidence before": "-", "Workflow": "N/A"}]
    )
    row = snapshot.rows(SupportLog)[0]
    assert (row.guidance_followed, row.coaching_given, row.confidence_before) == (None, None, None)
    assert row.bad == {"workflow"}
    assert {code for _, _, code in problems(snapshot, "SupportLog")} == {"says-nothing", "not-in-list"}
    assert book(Services=[{"Service code": "NA"}], SupportLog=[{"Service": "na"}]).rows(SupportLog)[0].service == "NA"
