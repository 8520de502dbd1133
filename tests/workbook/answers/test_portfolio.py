"""What leaves a workbook: figures and states, nobody's name, and no count of one to four people."""

import json

import pytest

from tests.support.builders import book, day, view_of
from workbook.answers.portfolio import Kind, as_json, figures, from_json
from workbook.rules.reviews import reviews
from workbook.rules.triggers import evaluate


def lines(**tables):
    view = view_of(book(**tables))
    return {(x.service, x.measure): x for x in figures(view, evaluate(view), reviews(view))}


def test_a_rate_and_a_share_have_what_they_are_of():
    log = [
        {"Date": day(-n), "Staff member": f"Carer {n}", "Coaching given": None if n < 3 else "Yes"} for n in range(9)
    ]
    found = lines(SupportLog=log, ProtectedTime=[{"Week commencing": day(-15), "Shifts observed": 3}])
    rate = found["OAK", "support entries per shift observed"]
    assert (rate.numerator, rate.denominator, rate.value) == (9, 3, 3)
    share = found["OAK", "entries with coaching recorded"]
    assert (share.numerator, share.denominator) == (6, 9)
    assert found["OAK", "champions acting"].value == 1


@pytest.mark.parametrize(("staff", "withheld"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_people_are_withheld(staff, withheld):
    log = [{"Date": day(-n), "Staff member": f"Carer {n}"} for n in range(staff)]
    line = lines(SupportLog=log or [{"Date": day(-60)}])["OAK", "staff supported"]
    assert line.withheld is withheld
    assert line.value == (None if withheld else staff)
    assert line.numerator == line.value


@pytest.mark.parametrize(("entries", "withheld"), [(0, False), (1, True), (4, True), (5, False)])
def test_so_few_entries_that_they_tell_how_many_staff_are_withheld(entries, withheld):
    log = [{"Date": day(-n), "Staff member": "Carer"} for n in range(entries)] or [{"Date": day(-60)}]
    found = lines(SupportLog=log)
    for measure in ("support entries per champion", "entries with coaching recorded"):
        assert found["OAK", measure].withheld is withheld
    assert found["OAK", "support entries per champion"].numerator == (None if withheld else entries)


@pytest.mark.parametrize(
    ("yes", "no", "withheld"), [(6, 0, False), (6, 5, False), (6, 1, True), (2, 6, True), (3, 0, True)]
)
def test_answers_are_withheld_where_one_side_is_of_few(yes, no, withheld):
    said = ["Yes"] * yes + ["No"] * no
    log = [{"Date": day(-n), "Staff member": f"Carer {n}", "Support helped": answer} for n, answer in enumerate(said)]
    line = lines(SupportLog=log)["OAK", "answers that support helped"]
    assert line.withheld is withheld
    assert (line.numerator, line.denominator) == ((None, None) if withheld else (yes, yes + no))


def test_champions_reviews_and_triggers_are_not_withheld():
    found = lines(RoleBriefs=[])
    unclear = found["OAK", "champions with P1 Unclear responsibilities"]
    assert (unclear.numerator, unclear.denominator, unclear.withheld) == (1, 1, False)
    assert found["OAK", "S4 Bypassing agreed workflows"].state == "not enough data"
    assert found["", "F1 Recurring unresolved issues"].kind is Kind.STATE


def test_what_people_typed_stays():
    found = lines(
        Services=[{"Service code": "Mrs Planted"}],
        OutcomeMeasures=[{"Measure ID": "Jo Planted", "Measure": "What Planted says", "Kind": "Record completion"}],
        OutcomeReadings=[{"Measure ID": "Jo Planted", "Service": None, "Value": 80, "Date": day(-3)}],
        SupportLog=[{"Staff member": "Sam Planted", "What happened": "Planted said so."}],
    )
    assert "Planted" not in json.dumps([as_json(line) for line in found.values()])
    assert ("", "Record completion (without an id)") in found


def test_a_line_is_read_back_as_it_was():
    for line in lines(SupportLog=[{}]).values():
        assert from_json(json.loads(json.dumps(as_json(line)))) == line
