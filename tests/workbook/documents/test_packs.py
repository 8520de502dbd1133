"""Evidence packs for inspectors and commissioners: what is evidence of what, gaps said, and nobody's name."""

import dataclasses

import docx
import pytest

from tests.builders import day
from tests.support.builders import BASE, book
from tests.support.documents_programme import busy_book, material
from workbook.documents.calling import called_for, chosen
from workbook.documents.catalogue import BY_ID
from workbook.documents.declare import Material
from workbook.documents.evidence import SOURCES
from workbook.documents.frameworks import ALL, CATEGORIES
from workbook.model.findings import Finding, Severity
from workbook.model.registers import BY_TABLE
from workbook.model.view import View

PACKS = ("inspection-pack", "commissioner-pack")


def contents(document, found=None):
    declared = BY_ID[document]
    return declared.contents(declared, found or material())


def all_words(value):
    if dataclasses.is_dataclass(value):
        return " ".join(all_words(getattr(value, f.name)) for f in dataclasses.fields(value))
    if isinstance(value, list | tuple):
        return " ".join(map(all_words, value))
    return str(value)


def spoken_book(**more):
    """A programme whose texts name people."""
    tables = {
        "ConfidenceTracker": [{"Staff member": "Carer 2", "Comment": "Champion Alpha was patient, said CARER 2."}],
        "ManagerReviews": [{"Evidence source": "Care records", "Finding": "Manager Oak read ten notes."}],
        "Meetings": [{"Chair": "Board Chair One", "Matters considered": "What Champion Beta brought."}],
        "QualityReviews": [{"Finding": "Quality Lead One saw no risk."}],
    }
    return busy_book(**{**tables, **more})


@pytest.mark.parametrize("document", PACKS)
def test_a_pack_is_made_on_request_alone(document):
    calls = {c.document.id: c for c in called_for(material())}
    assert not calls[document].called
    assert next(c for c in chosen(material(), [document]) if c.document.id == document).called


@pytest.mark.parametrize("document", PACKS)
def test_a_pack_without_evidence_is_not_made_and_says_why(document):
    tables = dict.fromkeys((t for t, r in BY_TABLE.items() if t in BASE and t not in ("Services", "People")), ())
    call = next(c for c in chosen(material(book(**tables)), [document]) if c.document.id == document)
    assert (call.called, call.reason) == (False, "The registers hold no evidence yet.")


@pytest.mark.parametrize("document", PACKS)
def test_nobodys_name_stands_in_a_pack(document):
    found = material(spoken_book())
    words = all_words(contents(document, found)).casefold()
    for name in ("champion alpha", "champion beta", "carer 2", "manager oak", "board chair one", "quality lead one"):
        assert name not in words


@pytest.mark.parametrize("document", PACKS)
def test_with_names_asked_for_they_stand_and_the_head_says_so(document):
    found = dataclasses.replace(material(spoken_book()), names=True)
    pack = contents(document, found)
    assert pack.about.classification.endswith(": names staff")
    assert "Manager Oak" in all_words(pack) or "Champion Alpha" in all_words(pack)


def test_a_text_that_may_identify_a_person_is_left_out_and_its_row_named():
    found = material(spoken_book())
    finding = Finding(
        "identifiable-information", Severity.WARNING, "ConfidenceTracker", "CF-0001", 6, "Comment", "x", "m", "f"
    )
    guarded = dataclasses.replace(found, findings=[finding])
    (said,) = contents("inspection-pack", guarded).feedback
    assert "Left out: the text may identify a person (CF-0001)" in said.what
    assert "patient" not in said.what
    (let,) = contents("inspection-pack", dataclasses.replace(guarded, confirmed=frozenset({"cf-0001"}))).feedback
    assert "patient" in let.what
    other = dataclasses.replace(finding, table="SupportLog", id="SU-9999")
    (kept,) = contents("inspection-pack", dataclasses.replace(found, findings=[other])).feedback
    assert "patient" in kept.what


@pytest.mark.parametrize("framework", list(ALL))
def test_every_source_names_statements_of_each_framework(framework):
    known = set(ALL[framework].statements())
    for source in SOURCES:
        assert source.statements[framework]
        assert set(source.statements[framework]) <= known
        assert source.category in CATEGORIES


def test_the_frameworks_are_the_regulators():
    assert [len(f.statements()) for f in ALL.values()] == [34, 24]
    assert len(CATEGORIES) == 6


#: For each source a value that belongs and one that does not; None is a blank cell.
BELONGS = {
    ("ConfidenceTracker", "Support helped"): ("No", None),
    ("TeamLeaderReviews", "Themes seen"): ("Alerts.", None),
    ("ManagerReviews", "Evidence source"): (None, None),
    ("ImprovementLog", "Kind"): (None, None),
    ("OutcomeReadings", "Evidence source"): (None, None),
    ("SupportLog", "Support need"): (None, None),
    ("ProtectedTime", "Shifts observed"): (1, 0),
    ("ProtectedTime", "Hours given"): (1, 0),
    ("RoleBriefs", "Acknowledged on"): (day(-9), None),
    ("TrainingMatrix", "Result"): ("Passed", "Needs more practice"),
    ("ReadinessLog", "Outcome"): ("Ready", "Further preparation"),
    ("StartSignOff", "Decision"): ("Signed off", "Not yet"),
    ("Guidance", "Summary"): ("Open the alert.", None),
    ("QualityReviews", "Finding"): ("No risk.", None),
    ("Meetings", "Minutes reference"): ("PB 1", None),
    ("BoardDecisions", "Decision"): ("Train.", None),
    ("Actions", "Evidence of completion"): ("Audit.", None),
    ("UpdatesShared", "Result"): ("No change", "Too early"),
}
#: Values of the columns that several sources share: each belongs to the sources that name it, and to no other.
SHARED = {
    ("ManagerReviews", "Evidence source"): ("Care records", "Audits", "Feedback", "Staff practice"),
    ("OutcomeReadings", "Evidence source"): ("Care records", "Feedback", "Staff practice"),
    ("ImprovementLog", "Kind"): ("Staff concern", "System issue"),
    ("SupportLog", "Support need"): ("None seen", "Logging in"),
}


def rows_with(source, value):
    register = source.register
    supporting = {"SupportLog": [{}], "Meetings": [{}], "ImprovementLog": [{}], "BoardDecisions": [{}]}
    supporting |= {"OutcomeMeasures": [{}], "Services": [{}]}
    tables = {**supporting, register.table: [{source.column.header: value}]}
    return source.rows(View(book(**tables), day(0)))


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: f"{s.column.table}-{s.category}")
def test_a_row_that_belongs_stands_there_and_a_near_miss_does_not(source):
    place = (source.column.table, source.column.header)
    if place in SHARED:
        taken = [v for v in SHARED[place] if rows_with(source, v)]
        siblings = [s for s in SOURCES if s is not source and s.column is source.column]
        assert taken
        assert not [v for v in taken if any(rows_with(s, v) for s in siblings)]
        return
    belongs, near_miss = BELONGS[place]
    assert len(rows_with(source, belongs)) == 1
    assert not rows_with(source, near_miss)


def test_the_pack_counts_what_the_workbook_holds_and_says_its_gaps():
    found = material(spoken_book())
    pack = contents("inspection-pack", found)
    by_name = {c.name: c for c in pack.categories}
    assert [c.name for c in pack.categories] == list(CATEGORIES)
    assert by_name["People's experience of health and care services"].gap.startswith("The registers hold no words")
    assert by_name["Feedback from partners"].gap
    needs = [e for c in pack.categories for e in c.entries if "champions' log" in e.shows]
    assert needs[0].shows.startswith("24 entries")
    assert needs[0].rows.endswith("and 20 more")
    numbers = [e.number for c in pack.categories for e in c.entries]
    assert len(numbers) == len(set(numbers))
    assert {n for line in pack.statements for n in line.evidence.split(", ")} <= set(numbers)
    assert "Safeguarding" in pack.without


def test_no_observation_is_said_where_none_is_recorded():
    pack = contents("inspection-pack", material(busy_book(ProtectedTime=(), ManagerReviews=(), OutcomeReadings=())))
    observation = next(c for c in pack.categories if c.name == "Observation")
    assert (observation.entries, observation.gap) == ([], "No observation is recorded.")


def test_the_chosen_framework_indexes_the_pack():
    lines = {"Inspection framework": "Key lines of enquiry (draft)"}
    pack = contents("inspection-pack", material(busy_book(settings=lines)))
    assert pack.framework == "Key lines of enquiry (draft)"
    assert "Safe staffing" in [s.statement for s in pack.statements]


def test_a_commissioners_figures_have_number_days_and_source():
    pack = contents("commissioner-pack")
    facts = [f for s in pack.sections for f in s.facts]
    assert all(f.figure and f.basis and f.source for f in facts)
    by_what = {f.what: f for f in facts}
    assert by_what["Services with a digital champion acting"].figure == "2 of 2 services"
    assert by_what["Members of staff supported"].figure == "5"
    scores = by_what["Confidence of staff before and after support, median"]
    assert scores.figure == "2 to 3.5; 24 up, 0 same, 0 down"
    assert scores.basis.startswith("24 pairs of scores, 01 Apr 2026")
    assert [s.title for s in pack.sections][:3] == ["Continuity", "Reliability", "Staff competence"]


def test_what_changed_for_people_is_said_only_where_care_records_show_it():
    quiet = contents(
        "commissioner-pack", material(busy_book(ManagerReviews=[{"Evidence source": "Audits"}], OutcomeReadings=()))
    )
    assert quiet.changes == []
    assert quiet.no_changes.startswith("The registers hold nothing that people who draw on care said")
    told = contents("commissioner-pack", material(busy_book(ManagerReviews=[{"Evidence source": "Care records"}])))
    assert told.no_changes == ""


def test_material_holds_names_back_unless_they_are_asked_for():
    assert Material(material().view).names is False


def test_the_command_lets_names_stand_where_it_is_asked_to(tmp_path):
    from addin.frontends.terminal import main

    assert main(["new", str(tmp_path / "book.xlsx"), "--example", "--weeks", "8"]) == 0
    words = [
        "documents",
        str(tmp_path / "book.xlsx"),
        "--only",
        "inspection-pack",
        "--as-of",
        "2026-06-30",
        "--no-write",
    ]
    assert main([*words, "--names", "--out", str(tmp_path / "named")]) == 0
    (named,) = (tmp_path / "named").iterdir()
    assert "names staff" in docx.Document(str(named)).sections[0].header.paragraphs[0].text
