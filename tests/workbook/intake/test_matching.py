"""Which column of a list is taken for which of ours."""

import itertools

import pytest

from tests.support.intake import SOUND, brought, entry, ratio, source_of
from workbook.intake.headers import fold_header
from workbook.intake.matching import NO_MAP, Asking, SourceMap, match_columns
from workbook.intake.source import WEB_FORM
from workbook.intake.unusable import ColumnsMissing
from workbook.model.errors import SourceUnusable
from workbook.model.registers import REGISTERS, SETUP, Programme, SupportLog, TrainingMatrix

TABLES = [r for r in (*SETUP, *REGISTERS) if r is not Programme]


def matched(headers, register=SupportLog, mapping=NO_MAP, take=None, **more):
    source = source_of([dict.fromkeys(headers)], **more)
    asking = Asking(ratio) if take is None else Asking(ratio, take)
    return {
        m.header: (m.column.header if m.column else None, m.how)
        for m in match_columns(register, source, mapping, asking).matches
    }


@pytest.mark.parametrize(
    "header",
    [
        "Staff member",
        "STAFF MEMBER",
        "3. Staff\u00a0member *",
        "12) staff  member:",
        " Staff member? ",
        "Staff\nmember",
    ],
)
def test_a_header_is_the_same_whatever_case_blanks_numbers_and_signs(header):
    assert matched([header])[header] == ("Staff member", "same")


@pytest.mark.parametrize(("header", "column"), [("When", "Date"), ("Champion", "Champion ID"), ("Home:", "Service")])
def test_a_synonym_is_taken(header, column):
    assert matched([header])[header] == (column, "synonym")


def test_the_same_header_goes_before_a_synonym():
    assert matched(["Details", "What happened"]) == {
        "Details": (None, "proposed"),
        "What happened": ("What happened", "same"),
    }


def test_two_synonyms_of_one_column_are_taken_for_none():
    assert {column for column, _ in matched(["Description", "Details"]).values()} == {None}


def test_one_mistyped_letter_is_taken_and_said():
    assert matched(["Coaching gven"])["Coaching gven"] == ("Coaching given", "similar")


def test_what_is_only_within_another_header_is_proposed_and_taken_once_a_person_says_so():
    assert matched(["Completed"], TrainingMatrix)["Completed"] == (None, "proposed")
    assert matched(["Completed"], TrainingMatrix, take=lambda m: True)["Completed"] == ("Completed on", "proposed")


def test_nothing_like_ours_is_left_over():
    assert matched(["Favourite colour"])["Favourite colour"] == (None, "left over")


def test_the_mapping_file_goes_before_all_else():
    said = SourceMap(columns={"when": SupportLog.care_record_reference, "date": None})
    assert matched(["When", "Date"], mapping=said) == {
        "When": ("Care record reference", "mapping file"),
        "Date": (None, "mapping file"),
    }


def test_a_header_twice_stops_the_run_where_it_goes_into_a_column_of_ours():
    rows = source_of([SOUND], headers=(*SOUND, "date *"))
    with pytest.raises(SourceUnusable, match="stands twice"):
        brought(rows)


def test_a_header_twice_does_not_matter_where_it_goes_nowhere():
    from workbook.intake.source import SourceRow

    rows = source_of(
        [SOUND], headers=(*SOUND, "Extra", "Extra", "", ""), lines=[SourceRow(2, (*SOUND.values(), 1, 2, None, None))]
    )
    report, _ = brought(rows)
    assert report.counts()["added"] == 1


def test_a_required_column_without_one_is_named_with_what_was_near():
    rows = [{("Outcome of it" if h == "Outcome" else h): v for h, v in SOUND.items() if h != "Shift"}]
    with pytest.raises(ColumnsMissing) as raised:
        brought(rows)
    assert "Shift" in raised.value.what
    assert "Outcome of it may be Outcome" in raised.value.next_step
    assert "--save-map" in raised.value.in_terminal


def test_a_forms_own_columns_are_no_entrys():
    heads = ["ID", "Start time", "Completion time", "Email", "Name", "Name1", "Shift"]
    from workbook.model.registers import WorkforcePlan

    found = matched(heads, WorkforcePlan, kind=WEB_FORM, technical=frozenset(range(5)))
    assert found["Name"] == (None, "form")
    assert found["Name1"] == ("Name", "question")


@pytest.mark.parametrize("register", TABLES, ids=lambda r: r.table)
def test_words_for_columns_are_nobody_elses(register):
    """Each column has two to six, and none is another column's header or word."""
    own = {fold_header(h): c for c in register.columns for h in (c.header, *c.also)}
    said = [(fold_header(s), c) for c in register.columns for s in c.synonyms]
    assert all(2 <= len(c.synonyms) <= 6 for c in register.columns)
    assert not [(s, c) for s, c in said if s in own]
    assert len({s for s, _ in said}) == len(said)


def test_headers_of_ours_are_further_apart_than_what_is_taken_for_the_same():
    for register in TABLES:
        heads = [fold_header(c.header) for c in register.columns]
        assert all(ratio(a, b) < 92 for a, b in itertools.combinations(heads, 2)), register.table


def test_rows_are_counted_whatever_becomes_of_them():
    report, _ = brought([entry(), entry(), entry(Shift="Erly"), entry(Date="31/02/2026", Outcome=None)])
    counts = report.counts()
    assert counts == {"rows": 4, "added": 1, "already_there": 0, "set_aside": 3}
