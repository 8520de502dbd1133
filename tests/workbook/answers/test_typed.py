"""What people did between two runs: told where they did something, and nothing told where rows only moved."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import book, rows_like
from workbook.answers.typed import Contents, contents, typed
from workbook.model.registers import SupportLog

HEADERS = ("Support ID", "Staff member", "What happened", "Outcome")


def log(*rows):
    return {SupportLog.table: Contents(HEADERS, [tuple(row) for row in rows], range(len(rows)))}


def found(before, after):
    return [(t.id, t.column, t.before, t.after) for t in typed(log(*before), log(*after))]


ONE = ("SU-0001", "Carer One", "Asked how to log on", "Resolved")
TWO = ("SU-0002", "Carer Two", "Lost a note", "Escalated")
BLANK = ("", "Carer Three", "Printer", "Resolved")


def test_a_cell_that_was_changed_or_emptied_is_told_and_no_other():
    changed = (*TWO[:3], "Resolved")
    assert found([ONE, TWO], [ONE, changed]) == [("SU-0002", "Outcome", "Escalated", "Resolved")]
    assert found([ONE, TWO], [ONE, (*TWO[:3], "")]) == [("SU-0002", "Outcome", "Escalated", "")]
    assert found([ONE, TWO], [ONE, TWO]) == []


def test_a_row_that_was_added_or_deleted_is_one_entry():
    words = "Support ID: SU-0002; Staff member: Carer Two; What happened: Lost a note; Outcome: Escalated"
    assert found([ONE], [TWO, ONE]) == [("SU-0002", "", "", words)]
    assert found([TWO, ONE], [ONE]) == [("SU-0002", "", words, "")]


def test_rows_with_blank_or_doubled_ids_are_known_by_what_they_hold():
    changed = ("", "Carer Three", "Printer", "Escalated")
    assert found([ONE, BLANK, TWO], [changed, TWO, ONE]) == [("", "Outcome", "Resolved", "Escalated")]
    given_id = ("SU-0003", *BLANK[1:])
    assert found([BLANK], [given_id]) == [("SU-0003", "Support ID", "", "SU-0003")]
    double = ("SU-0001", "Carer Nine", "Another thing", "Escalated")
    now = ("SU-0001", "Carer Nine", "Another thing", "Resolved")
    assert found([ONE, double], [now, ONE]) == [("SU-0001", "Outcome", "Escalated", "Resolved")]
    assert len(found([BLANK, BLANK], [BLANK])) == 1


def test_a_column_or_a_table_that_is_gone_is_one_entry():
    short = {SupportLog.table: Contents(HEADERS[:3], [ONE[:3], TWO[:3]], range(2))}
    (gone,) = typed(log(ONE, TWO), short)
    assert (gone.column, gone.before) == ("Outcome", "The column")
    (gone,) = typed(log(ONE, TWO), {})
    assert "2 entries" in gone.before


@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "b", "c"])] * 4), max_size=12), st.randoms())
def test_sorting_tells_nothing(rows, order):
    mixed = list(rows)
    order.shuffle(mixed)
    assert found(rows, mixed) == []


def test_ten_thousand_rows_sorted_with_some_inserted_and_some_deleted():
    rows = [(f"SU-{n:05}" if n % 7 else "", f"Carer {n % 50}", f"Thing {n}", "Resolved") for n in range(10_000)]
    mixed = rows[:4000] + rows[4010:]
    random.Random(3).shuffle(mixed)
    mixed[500:500] = [(f"SU-9{n:04}", "Carer New", f"New {n}", "") for n in range(5)]
    told = found(rows, mixed)
    assert sum(1 for _, _, before, _ in told if before) == 10
    assert sum(1 for _, _, _, after in told if after) == 5
    assert len(told) == 15


def test_contents_are_what_people_see_in_registers_lists_and_settings():
    snapshot = book(SupportLog=rows_like("SupportLog", [{"Outcome": "resolved", "Confidence before": "?"}]))
    table = contents(snapshot)[SupportLog.table]
    row = dict(zip(table.headers, table.rows[0], strict=True))
    assert (row["Outcome"], row["Confidence before"]) == ("resolved", "?")
    assert "Check" not in table.headers
    assert "History" not in contents(snapshot)
