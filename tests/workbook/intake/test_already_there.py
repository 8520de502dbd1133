"""Each row comes in once: twice adds nothing, what was corrected since stays, what undo took back comes again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.builders import BASE, book
from tests.support.intake import brought, codes, entry, remembering, source_of, written
from workbook.intake.source import OUR_WORKBOOK, WEB_FORM
from workbook.model.registers import History, ImprovementLog


def outcomes(report):
    return [(row.outcome, row.id) for row in report.rows]


def test_twice_adds_nothing():
    rows = [entry(), entry(What_happened="Other"), entry(Shift="Erly")]
    report, changes = brought(rows)
    again, nothing = brought(rows, remembering(changes))
    assert outcomes(again) == [("already there", "SU-0001"), ("already there", "SU-0002"), ("set aside", "")]
    assert not nothing.changes
    assert report.counts()["added"] == 2


def test_one_corrected_by_hand_since_comes_no_second_time():
    _, changes = brought([entry()])
    there = remembering(changes, SupportLog=[entry(Support_ID="SU-0001", What_happened="Corrected.")])
    report, nothing = brought([entry()], there)
    assert outcomes(report) == [("already there", "SU-0001")]
    assert not nothing.changes


def test_columns_in_another_order_and_a_new_blank_one_are_the_same_row():
    _, changes = brought([entry()])
    there = remembering(changes, SupportLog=[entry(Support_ID="SU-0001", What_happened="Corrected.")])
    turned = dict(reversed(entry().items())) | {"Note": None}
    assert outcomes(brought([turned], there)[0]) == [("already there", "SU-0001")]


def test_an_entry_that_was_typed_by_hand_is_not_added_again():
    report, _ = brought([entry()], book(SupportLog=[entry(Support_ID="SU-0007")]))
    assert outcomes(report) == [("already there", "SU-0007")]


def test_a_near_duplicate_comes_in():
    report, _ = brought([entry(What_happened="Nearly")], book(SupportLog=[entry(Support_ID="SU-0007")]))
    assert outcomes(report) == [("added", "SU-0008")]


def test_the_second_of_two_equal_lines_is_set_aside_and_both_are_known_again():
    report, changes = brought([entry(), entry()])
    assert codes(report) == {3: ["same-as-row"]}
    again, nothing = brought([entry(), entry()], remembering(changes))
    assert codes(again) == {3: ["same-as-row"]}
    assert not nothing.changes


def test_what_undo_took_back_comes_in_again():
    _, changes = brought([entry()])
    snapshot = remembering(changes, SupportLog=[])
    history = [
        {"When": "w", "Command": r.command, "Table": r.in_table, "ID": r.entry_id, "Source": r.origin}
        for r in snapshot.rows(History)
    ]
    taken = {
        "When": "w",
        "Command": "undo of import",
        "Table": "SupportLog",
        "Column": "Support ID",
        "Before": "SU-0001",
    }
    assert outcomes(brought([entry()], book(History=[*history, taken]))[0]) == [("added", "SU-0001")]
    redone = taken | {"Command": "redo of import", "Before": None, "After": "SU-0001"}
    again = brought([entry()], book(History=[*history, taken, redone]))[0]
    assert outcomes(again) == [("already there", "SU-0001")]


def test_an_id_of_this_workbook_with_the_same_values_is_there_with_others_it_is_set_aside():
    there = book(SupportLog=[entry(Support_ID="SU-0012")])
    same = brought([entry(Support_ID="SU-0012")], there)[0]
    other = brought([entry(Support_ID="SU-0012", What_happened="Otherwise")], there)[0]
    assert outcomes(same) == [("already there", "SU-0012")]
    assert codes(other) == {2: ["already-otherwise"]}
    assert "SU-0012 is there and says otherwise in What happened" in other.rows[0].problems[0].message


def test_an_id_that_the_workbook_does_not_have_is_kept_and_blank_ones_are_given():
    report, _ = brought([entry(Support_ID="SU-0012"), entry(Support_ID=None, What_happened="b")])
    assert outcomes(report) == [("added", "SU-0012"), ("added", "SU-0013")]


def test_an_id_of_another_form_or_twice_in_the_list_is_set_aside():
    rows = [entry(Support_ID="12"), entry(Support_ID="SU-0012"), entry(Support_ID="SU-0012", What_happened="b")]
    assert codes(brought(rows)[0]) == {2: ["malformed-id"], 4: ["duplicate-id"]}


def form(rows):
    own = {"Start time": "2026-06-25 09:00", "Completion time": "2026-06-25 09:10", "Email": "anonymous", "Name": None}
    return source_of(
        [{"ID": n} | own | row for n, row in enumerate(rows, start=1)], kind=WEB_FORM, technical=frozenset(range(5))
    )


def test_a_cumulative_export_adds_only_what_is_new():
    _, changes = brought(form([entry()]))
    report, _ = brought(form([entry(), entry()]), remembering(changes))
    assert outcomes(report) == [("already there", "SU-0001"), ("added", "SU-0002")]


def test_an_answer_that_was_changed_in_the_form_since_is_set_aside_once():
    _, changes = brought(form([entry()]))
    there = remembering(changes)
    report, more = brought(form([entry(What_happened="Changed")]), there)
    assert codes(report) == {2: ["already-otherwise"]}
    assert len(written(more, "ImportProblems")) == 1


def test_a_question_that_is_called_otherwise_since_changes_nothing():
    _, changes = brought(form([entry()]))
    renamed = {("Which shift" if h == "Shift" else h): v for h, v in entry().items()}
    assert outcomes(brought(form([renamed]), remembering(changes))[0]) == [("already there", "SU-0001")]


def issue(**given):
    return BASE["ImprovementLog"] | {k.replace("_", " "): v for k, v in given.items()}


def test_another_workbooks_ids_are_its_own_and_references_within_it_follow():
    there = book(ImprovementLog=[issue(Issue_ID="IM-001", Description="Ours")])
    rows = [
        issue(Issue_ID="IM-001", Description="Theirs"),
        issue(Issue_ID="IM-002", Description="Bad", Kind="Nonsense"),
        issue(Issue_ID="IM-003", Description="Again", Repeat_of="IM-001"),
        issue(Issue_ID="IM-004", Description="Of a bad one", Repeat_of="IM-002"),
    ]
    own = {"ImprovementLog": {f"im-00{n}": "" for n in (1, 2, 3, 4)}}
    source = source_of(rows, kind=OUR_WORKBOOK, book_id="another", own=own)
    report, changes = brought(source, there, register=ImprovementLog)
    added = written(changes, "ImprovementLog")
    assert [(r["Issue ID"], r["Description"], r.get("Repeat of")) for r in added] == [
        ("IM-002", "Theirs", None),
        ("IM-003", "Again", "IM-002"),
    ]
    assert codes(report) == {3: ["not-in-list"], 5: ["unknown-reference"]}
    assert "there im-001 of " in changes.changes[0].origins[0]


def test_a_champion_of_another_workbook_is_known_by_the_name():
    source = source_of(
        [entry(Support_ID="SU-0001", Champion_ID="DC-004"), entry(Support_ID="SU-0002", Champion_ID="DC-005")],
        kind=OUR_WORKBOOK,
        own={"WorkforcePlan": {"dc-004": "Champion Alpha", "dc-005": "Champion Unknown"}},
    )
    report, changes = brought(source)
    assert written(changes)[0]["Champion ID"] == "DC-001"
    assert codes(report) == {3: ["unknown-reference"]}


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "Date": st.sampled_from(["2026-06-25", "03/04/2026", "31/02/2026", "25/06/2026", ""]),
            "Shift": st.sampled_from(["Early", "late;", "Erly", None]),
            "Staff member": TEXTS,
            "What happened": TEXTS,
            "Outcome": st.sampled_from(["Resolved", "escalated", ""]),
        }
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25)
@given(ROWS)
def test_whatever_comes_nothing_is_lost_and_twice_adds_nothing(rows):
    """Rows = added + there + aside; texts to the letter; each row that is set aside stands among the problems."""
    rows = [entry() | row for row in rows]
    report, changes = brought(rows)
    counts = report.counts()
    assert counts["rows"] == len(rows) == counts["added"] + counts["already_there"] + counts["set_aside"]
    assert len(written(changes, "ImportProblems")) == counts["set_aside"]
    added = [row for row, done in zip(rows, report.rows, strict=True) if done.outcome == "added"]
    for given_row, made in zip(added, written(changes), strict=True):
        assert made["What happened"] == given_row["What happened"].strip()
        assert made["Staff member"] == given_row["Staff member"].strip()
    again, nothing = brought(rows, remembering(changes))
    assert not nothing.changes
    assert again.counts()["added"] == 0
