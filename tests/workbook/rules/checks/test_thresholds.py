"""Thresholds of an older workbook: new rows come, new defaults are offered, nothing is changed by itself."""

from tests.support.builders import AS_OF, book, raw_book, rows_of
from workbook.model.catalogue import THRESHOLDS
from workbook.model.changes import AppendRows, SetCell
from workbook.model.raw import columns_of
from workbook.model.reading import read_book
from workbook.model.registers import Thresholds
from workbook.rules.checks import changes, run
from workbook.rules.checks.thresholds import kept, outdated, taken

AT = {header: n for n, header in enumerate(Thresholds.headers())}


def older(*without, leave=(), **changed):
    """A workbook in which thresholds hold (value, default), and some rows are not there: `S8_Days=(14, 14)`."""
    raw = raw_book()
    (table,) = (t for t in raw.tables if t.table == Thresholds.table)
    rows = [row for row in rows_of(table) if (row[0], row[1]) not in without]
    for row in rows:
        said = changed.get(f"{row[0]}_{row[1]}".replace(" ", "_"))
        if said:
            row[AT["Value"]], row[AT["Default"]] = said
    table.headers = tuple(h for h in table.headers if h not in leave)
    kept_columns = [[row[AT[h]] for h in table.headers] for row in rows]
    table.columns = columns_of(kept_columns, len(table.headers))
    table.body_rows = len(rows)
    return read_book(raw)


def found(snapshot):
    return [f for f in run(snapshot, AS_OF) if f.code == "new-default"]


def added(snapshot):
    return [
        (row["Trigger"], row["Parameter"], row.get("Value"))
        for c in changes(snapshot, ()).changes
        if isinstance(c, AppendRows)
        for row in c.rows
    ]


def test_a_row_at_its_former_default_is_told_with_the_new_one():
    (only,) = found(older(S8_Days=(14, 14)))
    assert (only.severity.value, only.id, only.column, only.table) == ("advice", "S8 Days", "Value", "Thresholds")
    assert only.message.startswith("S8 Days is 14, the default of an earlier version of the rules; by version")
    assert only.message.endswith("it is 21.")


def test_a_persons_own_number_and_a_current_default_are_left_alone():
    assert found(book()) == []
    assert found(older(S8_Days=(10, 14))) == []
    assert found(older(S8_Days=(21, 14))) == []
    assert found(older(S8_Days=(14, 21))) == []
    assert found(older(S8_Days=(14, None))) == []
    assert found(older(S8_Days=("soon", 14))) == []


def test_nothing_is_changed_by_itself():
    snapshot = older(S8_Days=(14, 14))
    assert not [c for c in changes(snapshot, ()).changes if isinstance(c, SetCell)]
    assert snapshot.thresholds["S8", "Days"].value == 14


def test_taking_sets_value_and_default_and_keeping_the_default_alone():
    snapshot = older(S8_Days=(14, 14), P3_Weeks=(4, 4), S1_Count=(2, 3))
    assert [one.words for one in outdated(snapshot)] == ["P3 Weeks: 8 in place of 4", "S8 Days: 21 in place of 14"]
    new = [(c.column, c.expected, c.value) for c in taken(snapshot)]
    assert new == [("Value", 4, 8), ("Default", 4, 8), ("Value", 14, 21), ("Default", 14, 21)]
    assert [(c.column, c.value) for c in kept(snapshot)] == [("Default", 8), ("Default", 21)]
    assert found(older(S8_Days=(14, 21), P3_Weeks=(4, 8))) == [], "who keeps is not asked again"


def test_of_two_rows_for_one_threshold_the_one_in_force_counts():
    raw = raw_book(thresholds={("s8", "days"): 14})
    assert found(read_book(raw)) == []


def test_rows_that_an_older_workbook_lacks_come_with_the_check():
    assert added(older(("S8", "Days"), ("Trends", "Limit"))) == [("Trends", "Limit", 4), ("S8", "Days", 21)]
    assert added(book()) == []


def test_a_row_is_known_however_it_is_typed():
    raw = raw_book()
    (table,) = (t for t in raw.tables if t.table == Thresholds.table)
    rows = rows_of(table)
    for row in rows:
        row[0], row[1] = f" {row[0].lower()}", row[1].upper()
    table.columns = columns_of(rows, len(table.headers))
    assert added(read_book(raw)) == []


def test_a_table_without_its_columns_gets_no_rows():
    assert added(older(("S8", "Days"), leave=("Value",))) == []
    (row,) = added(older(("S8", "Days"), leave=("Default", "Unit")))
    assert row == ("S8", "Days", 21)
    assert found(older(S8_Days=(14, 14), leave=("Default",))) == []


def test_an_empty_table_gets_every_row():
    assert len(added(older(*((t, p.name) for t, p in THRESHOLDS)))) == len(THRESHOLDS)
