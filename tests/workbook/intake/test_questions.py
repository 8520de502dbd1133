"""The form that a register asks for, and that its export comes in without a mapping file."""

import pytest

from tests.support.builders import book
from tests.support.intake import brought, entry, ratio, source_of, written
from workbook.intake.matching import NO_MAP, Asking, match_columns
from workbook.intake.questions import Answer, questions
from workbook.intake.source import WEB_FORM
from workbook.model.declare import gives_ids
from workbook.model.registers import REGISTERS, SETUP, Programme, SupportLog, WorkforcePlan

TABLES = [r for r in (*SETUP, *REGISTERS) if r is not Programme]
OWN = {"ID": 1, "Start time": "2026-06-25 09:00", "Completion time": "2026-06-25 09:10", "Email": "a", "Name": None}


@pytest.mark.parametrize("register", TABLES, ids=lambda r: r.table)
def test_an_export_of_the_form_goes_into_its_columns_by_itself(register):
    asked = questions(book(), register)
    assert [q.column for q in asked] == [c.header for c in register.columns if not gives_ids(c)]
    heads = {f"{n}. {q.question}\u00a0": None for n, q in enumerate(asked, start=1)}
    source = source_of([OWN | heads], kind=WEB_FORM, technical=frozenset(range(5)))
    found = match_columns(register, source, NO_MAP, Asking(ratio)).matches[5:]
    assert [m.column.header if m.column else None for m in found] == [q.column for q in asked]


def test_the_choices_are_the_workbooks_own_champions_and_services_by_name():
    two = book(
        WorkforcePlan=[{}, {"Name": "Champion Gone", "Status": "Stepped down"}], lists={"Shifts": ("Dawn", "Dusk")}
    )
    asked = {q.column: q for q in questions(two, SupportLog)}
    assert asked["Champion ID"].choices == ("Champion Alpha",)
    assert asked["Service"].choices == ("Oak House",)
    assert asked["Shift"].choices == ("Dawn", "Dusk")
    assert "Support ID" not in asked
    assert asked["Outcome"].required
    assert not asked["Coaching given"].required
    kinds = {c: asked[c].kind for c in ("Date", "Workaround seen", "Confidence before", "What happened")}
    assert list(kinds.values()) == [Answer.DATE, Answer.YES_NO, Answer.RATING, Answer.LONG_TEXT]


def test_champions_of_one_name_are_asked_for_by_their_ids():
    two = book(WorkforcePlan=[{}, {"Name": "Champion Alpha"}])
    (asked,) = [q for q in questions(two, SupportLog) if q.column == "Champion ID"]
    assert asked.choices == ("DC-001", "DC-002")


def test_several_may_be_chosen_where_the_column_takes_several():
    (asked,) = [q for q in questions(book(), WorkforcePlan) if q.column == "Other shifts covered"]
    assert asked.several


def test_answers_to_the_form_come_in():
    said = entry(Champion_ID="Champion Alpha;", Service="Oak House", Shift="Early;")
    answers = {q.question: said.get(q.column) for q in questions(book(), SupportLog)}
    report, changes = brought(source_of([OWN | answers], kind=WEB_FORM, technical=frozenset(range(5))))
    assert report.counts()["added"] == 1
    assert written(changes)[0]["Champion ID"] == "DC-001"
