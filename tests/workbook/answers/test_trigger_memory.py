"""The memory of the Triggers sheet across runs, and the actions that it proposes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.builders import AS_OF, book, day, view_of
from workbook.answers.trigger_memory import LAPSED, lapsed, remember
from workbook.model.catalogue import RULES_VERSION
from workbook.model.changes import AddTable, AppendRows, ReplaceTable
from workbook.model.registers import Triggers
from workbook.model.triggers import Evidence, Result, Scope, ScopeKind, State


def result(state=State.RAISED, trigger="S1", scope="OAK", rows=("SU-0001",), as_of=AS_OF):
    return Result(
        trigger, "Title", state, Scope(ScopeKind.SERVICE, scope), 3, 3, 14,
        tuple(Evidence("SupportLog", r) for r in rows), "Found.", "Team leader review", "Team leader", "Leader Oak",
        as_of if state in (State.RAISED, State.WATCH) else None, RULES_VERSION,
    )  # fmt: skip


def run(tables, *results, as_of=AS_OF):
    """The tables after a run, as a host would leave them."""
    after = {name: list(rows) for name, rows in tables.items()}
    for change in remember(view_of(book(**tables), as_of), results, []).changes:
        if isinstance(change, AppendRows):
            after[change.table] = [*after.get(change.table, []), *change.rows]
        elif isinstance(change, ReplaceTable | AddTable):
            before = {row.get("Key"): row for row in after.get(change.table, [])}
            rows = [dict(zip(change.headers, row, strict=True)) for row in change.rows]
            after[change.table] = [{**before.get(row.get("Key"), {}), **row} for row in rows]
    return after


def row(tables, key="S1:OAK"):
    (one,) = [r for r in book(**tables).rows(Triggers) if r.result_key == key]
    return one


def test_raised_cleared_and_raised_again():
    first = run({}, result(), as_of=day(-20))
    assert (row(first).first_raised_on, row(first).times_raised, row(first).action_id) == (day(-20), 1, "AC-001")
    clear = run(first, result(State.CLEAR), as_of=day(-10))
    assert (row(clear).last_seen_on, row(clear).cleared_on) == (day(-20), day(-10))
    again = run(clear, result(), as_of=day(0))
    assert (row(again).first_raised_on, row(again).times_raised, row(again).cleared_on) == (day(-20), 2, None)


def test_one_proposed_action_once_and_a_new_one_when_it_is_done():
    first = run({}, result(), result(State.WATCH, "S6"))
    (action,) = first["Actions"]
    assert (action["Source"], action["Status"], action["Owner"]) == ("S1:OAK", "Proposed", "Leader Oak")
    assert len(run(first, result(), as_of=day(3))["Actions"]) == 1
    done = {**first, "Actions": [{**action, "Status": "Done"}]}
    assert len(run(done, result(), as_of=day(3))["Actions"]) == 2
    cancelled = {**first, "Actions": [{**action, "Status": "Cancelled"}]}
    assert len(run(cancelled, result(), as_of=day(3))["Actions"]) == 1


def test_lapsed_unanswered_unless_taken_up_or_considered():
    first = run({}, result(), as_of=day(-9))
    gone = run(first, result(State.CLEAR))
    assert [r.result_key for r in lapsed(book(**gone))] == ["S1:OAK"]
    taken = {**first, "Actions": [{**first["Actions"][0], "Status": "Open"}]}
    assert not lapsed(book(**run(taken, result(State.CLEAR))))
    considered = {"Reviewed on": day(-2), "Triggers considered": "S4:OAK, s1:oak"}
    assert not lapsed(book(**run({**first, "TeamLeaderReviews": [considered]}, result(State.CLEAR))))
    other = {**considered, "Triggers considered": "S1:ELM"}
    assert row(run({**first, "TeamLeaderReviews": [other]}, result(State.CLEAR))).state == LAPSED


def test_new_evidence_voids_an_acknowledgement_and_keeps_the_persons_words():
    first = run({}, result(), as_of=day(-9))
    first["Triggers"][0] |= {"Acknowledged by": "Leader Oak", "Comment": "Seen at handover."}
    same = run(first, result(), as_of=day(-5))
    assert "before this evidence" not in row(same).what_was_found
    new = run(run(same, result(rows=("SU-0001", "SU-0002")), as_of=day(-3)), result(rows=("SU-0001", "SU-0002")))
    assert "Acknowledged by Leader Oak before this evidence" in row(new).what_was_found
    assert (row(new).acknowledged_by, row(new).comment) == ("Leader Oak", "Seen at handover.")
    new["Triggers"][0]["Acknowledged by"] = "Leader Oak, 30 June"
    renewed = run(new, result(rows=("SU-0001", "SU-0002")), as_of=day(1))
    assert "before this evidence" not in row(renewed).what_was_found


def test_an_earlier_day_looks_back_without_writing():
    first = run({}, result(State.CLEAR))
    assert not remember(view_of(book(**first), day(-1)), [result()], []).changes
    assert remember(view_of(book(**first), day(0)), [result()], []).changes


def test_a_scope_that_vanished_keeps_its_row():
    after = run(run({}, result(), as_of=day(-9)), result(scope="ELM"))
    assert (row(after).cleared_on, row(after).first_raised_on) == (AS_OF, day(-9))


def test_missing_computed_tables_are_added():
    changes = remember(view_of(book(leave_out=["Triggers", "ReviewsDue"])), [result()], []).changes
    assert [c.table for c in changes if isinstance(c, AddTable)] == ["Triggers", "ReviewsDue"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(State), min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_second_run_on_the_same_day_changes_nothing(weeks):
    tables = {}
    for n, states in enumerate(weeks):
        results = [result(s, t) for s, t in zip(states, ("S1", "S3", "S4"), strict=True)]
        tables = run(tables, *results, as_of=day(7 * n))
        assert not remember(view_of(book(**tables), day(7 * n)), results, []).changes
