"""Minutes that come back: whatever people and programs made of them, no entry is lost, none goes to a wrong matter."""

import copy
import datetime as dt
import json
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from addin.frontends.terminal.main import main
from addin.hosts.file.host import ClosedHost
from addin.output.documents.engine import render
from addin.output.documents.places import Template, template_dir
from addin.output.documents.returned.opening import MinutesUnusable
from addin.output.documents.returned.rows import read_minutes
from addin.schema import PUBLISHED
from tests.support.builders import day, view_of
from tests.support.documents_programme import busy_book, material
from tests.support.office import convert
from workbook.documents.catalogue import BY_ID
from workbook.documents.matters import open_matters
from workbook.documents.returned.proposing import read_into
from workbook.documents.returned.understand import understand
from workbook.model.registers import Actions, BoardDecisions, Meetings
from workbook.model.snapshot import ID_PROPERTY

MINUTES = BY_ID["board-minutes"]
DECISION, RATIONALE, OWNER, DUE = "champions:decision", "champions:rationale", "champions:owner", "champions:due"
#: On the day of the meeting.
WHEN = day(3)


def blank_minutes(found=None):
    found = found or material()
    path = template_dir() / MINUTES.template
    return render(MINUTES, MINUTES.contents(MINUTES, found), Template(path, path.read_bytes(), ours=True))


BLANK = blank_minutes()


class Copy:
    """A copy of the minutes in somebody's hands."""

    def __init__(self, data=BLANK):
        self.page = docx.Document(BytesIO(data))
        self.body = self.page.element.body

    def control(self, start, nth=0):
        found = [t for t in self.body.iter(qn("w:tag")) if t.get(qn("w:val")).startswith(start)]
        return found[nth].getparent().getparent()

    def row(self, start, nth=0):
        return next(a for a in self.control(start, nth).iterancestors() if a.tag == qn("w:tr"))

    def type(self, start, text, nth=0):
        first, *others = self.control(start, nth).iter(qn("w:t"))
        first.text = text
        for other in others:
            other.text = ""

    def table_of(self, start, nth=0):
        return next(a for a in self.control(start, nth).iterancestors() if a.tag == qn("w:tbl"))

    def save(self, path):
        self.page.save(path)
        return path


def run(text, **marks):
    made = OxmlElement("w:r")
    if marks.get("hidden"):
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:vanish"))
        made.append(properties)
    words = OxmlElement("w:delText" if marks.get("deleted") else "w:t")
    words.text = text
    made.append(words)
    return made


def changed(kind, *runs):
    made = OxmlElement(f"w:{kind}")
    made.set(qn("w:id"), "9001")
    made.set(qn("w:author"), "Board Chair One")
    for one in runs:
        made.append(one)
    return made


def filled(copied, *, nth=0):
    copied.type(DECISION, "Ask the supplier for a fix.", nth)
    copied.type(RATIONALE, "It costs every shift an hour.", nth)
    copied.type("champions:action", "Supplier engagement", nth)
    copied.type(OWNER, "Project Lead One", nth)
    copied.type(DUE, "by 3rd Aug", nth)
    copied.type("champions:services", "Oak House", nth)
    return copied


def reading(path, *, book=None, accept=False):
    view = view_of(book if book is not None else busy_book(), WHEN)
    (found,), changes = read_into(view, [read_minutes(path)], accept_pending=accept)
    return found, changes


def decisions(found):
    return found.rows.get(BoardDecisions.table, [])


def test_a_decision_comes_back_with_its_meeting_and_its_action(tmp_path):
    copied = filled(Copy())
    copied.type("champions:attendance:3", "Present")
    found, changes = reading(copied.save(tmp_path / "m.docx"))
    assert not [e for e in found.entries if e.state == "not_read"]
    (meeting,), (decision,), (action,) = (found.rows[r.table] for r in (Meetings, BoardDecisions, Actions))
    assert meeting["Held on"] == WHEN
    assert meeting["Present"] == "Board Chair One"
    assert meeting["Quorate"] == "No"
    assert decision == {
        "Decision ID": "BD-003",
        "Meeting ID": meeting["Meeting ID"],
        "Issue ID": "IM-001",
        "Trigger": "F1:programme",
        "Services affected": "OAK",
        "Decision": "Ask the supplier for a fix.",
        "Rationale": "It costs every shift an hour.",
        "Action type": "Supplier engagement",
        "Owner": "Project Lead One",
        "Due date": dt.date(2026, 8, 3),
    }
    assert (action["Source"], action["Raised on"], action["Due date"]) == ("BD-003", WHEN, dt.date(2026, 8, 3))
    assert changes.command == "read-minutes"


def test_minutes_in_which_nothing_was_filled_in_write_nothing(tmp_path):
    found, changes = reading(Copy().save(tmp_path / "m.docx"))
    assert not found.entries
    assert not changes


@pytest.mark.parametrize("nth", range(3))
@pytest.mark.parametrize("lost", ["tag", "hidden", "bookmark", "tag hidden", "tag bookmark", "hidden bookmark", "all"])
def test_one_carrier_is_enough_and_without_any_the_label_in_its_block(tmp_path, lost, nth):
    copied = filled(Copy(), nth=nth)
    row = copied.row(DECISION, nth)
    everything = lost == "all"
    if everything or "tag" in lost:
        control = copied.control(DECISION, nth)
        words = "".join(t.text or "" for t in control.iter(qn("w:t")))
        control.getparent().replace(control, run(words))
    if everything or "hidden" in lost:
        for vanish in list(row.iter(qn("w:vanish"))):
            hidden = vanish.getparent().getparent()
            hidden.getparent().remove(hidden)
    if everything or "bookmark" in lost:
        for mark in [e for name in ("w:bookmarkStart", "w:bookmarkEnd") for e in row.iter(qn(name))]:
            mark.getparent().remove(mark)
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    (decision,) = decisions(found)
    reference = open_matters(material())[nth].reference
    assert [e.reference for e in found.entries if e.field == "decision"] == [reference]
    assert decision["Decision"] == "Ask the supplier for a fix."


def test_a_row_whose_references_disagree_is_not_written_and_is_told(tmp_path):
    copied = filled(Copy())
    other = copied.control(DECISION, 1).find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
    copied.control(DECISION).find(f"{qn('w:sdtPr')}/{qn('w:tag')}").set(qn("w:val"), other)
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    assert not decisions(found)
    told = [e for e in found.entries if "Ask the supplier" in e.text]
    assert [e.state for e in told] == ["not_read"]
    assert "disagree" in told[0].message


def test_blocks_may_be_moved(tmp_path):
    copied = filled(Copy(), nth=2)
    first, third = copied.table_of(DECISION, 0), copied.table_of(DECISION, 2)
    first.addprevious(third)
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    assert {e.reference for e in found.entries if e.table == BoardDecisions.table} == {
        open_matters(material())[2].reference
    }


def test_a_copy_of_a_block_counts_once_and_a_changed_one_is_a_conflict(tmp_path):
    copied = filled(Copy())
    twin = copy.deepcopy(copied.table_of(DECISION))
    copied.table_of(DECISION).addnext(twin)
    copied.table_of(DECISION).addnext(OxmlElement("w:p"))
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    assert len(decisions(found)) == 1
    copied.type(DECISION, "Wait another month.", 1)
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    assert not decisions(found)
    assert {e.text for e in found.entries if e.state == "conflict"} == {
        "Ask the supplier for a fix.",
        "Wait another month.",
    }


@pytest.mark.parametrize("accept", [False, True])
def test_a_tracked_change_waits_until_it_is_accepted(tmp_path, accept):
    copied = filled(Copy())
    content = copied.control(RATIONALE).find(qn("w:sdtContent"))
    for old in list(content):
        content.remove(old)
    content.append(changed("del", run("Old reason.", deleted=True)))
    content.append(changed("ins", run("New reason.")))
    found, _ = reading(copied.save(tmp_path / "m.docx"), accept=accept)
    (decision,) = decisions(found)
    assert decision.get("Rationale") == ("New reason." if accept else None)
    assert [e.text for e in found.entries if e.state == "pending"] == ([] if accept else ["New reason."])


def test_a_row_that_a_tracked_change_deletes_waits(tmp_path):
    copied = filled(Copy())
    properties = copied.row(RATIONALE).get_or_add_trPr()
    properties.append(changed("del"))
    path = copied.save(tmp_path / "m.docx")
    assert [e.field for e in reading(path)[0].entries if e.state == "pending"] == ["rationale"]
    assert "Rationale" not in decisions(reading(path, accept=True)[0])[0]


@pytest.mark.parametrize(
    ("before", "inside", "after"),
    [("We agreed. ", "", ""), ("", "", " We agreed."), ("", "We agreed.", ""), ("", "", "\nWe agreed.")],
)
def test_what_is_typed_beside_or_into_a_hint_comes_out(tmp_path, before, inside, after):
    copied = Copy()
    hint = next(copied.control(DECISION).iter(qn("w:t"))).text
    copied.type(DECISION, before + hint[:14] + inside + hint[14:] + after)
    (decision,) = decisions(reading(copied.save(tmp_path / "m.docx"))[0])
    assert decision["Decision"] == "We agreed."


def test_text_beside_the_control_and_hidden_text_are_entries_too(tmp_path):
    copied = Copy()
    paragraph = copied.control(DECISION).getparent()
    paragraph.append(run(" Beside it."))
    copied.control(RATIONALE).getparent().append(run("Hidden reason.", hidden=True))
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    (decision,) = decisions(found)
    assert decision["Decision"] == "Beside it."
    assert decision["Rationale"] == "Hidden reason."
    assert any("hidden text" in e.message for e in found.entries)


def test_a_row_pasted_into_a_cell_is_read_and_its_empty_old_place_is_not(tmp_path):
    copied = filled(Copy())
    row = copied.row(RATIONALE)
    inner = copy.deepcopy(copied.table_of(RATIONALE))
    for other in inner.findall(qn("w:tr")):
        inner.remove(other)
    inner.append(copy.deepcopy(row))
    for words in row.iter(qn("w:t")):
        words.text = ""
    cell = next(a for a in copied.control(OWNER).iterancestors() if a.tag == qn("w:tc"))
    cell.insert(1, inner)
    (decision,) = decisions(reading(copied.save(tmp_path / "m.docx"))[0])
    assert decision["Rationale"] == "It costs every shift an hour."
    assert decision["Owner"] == "Project Lead One"


def test_spare_blocks_and_new_actions_are_new_rows(tmp_path):
    copied = Copy()
    count = len([t for t in copied.body.iter(qn("w:tag")) if t.get(qn("w:val")).startswith(DECISION)])
    copied.type(DECISION, "Start a second programme.", count - 2)
    table = next(t for t in copied.page.tables if t.rows[0].cells[0].text == "Action")
    for cell, text in zip(table.rows[3].cells, ("Ring the supplier", "manager oak", "9 July"), strict=True):
        cell.paragraphs[0].add_run(text)
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    (decision,), (action,) = decisions(found), found.rows[Actions.table]
    assert "Issue ID" not in decision
    assert (action["Action"], action["Owner"], action["Due date"]) == (
        "Ring the supplier",
        "Manager Oak",
        dt.date(2026, 7, 9),
    )
    assert action["Source"] == decision["Meeting ID"]


def test_what_stands_where_nothing_is_read_is_told(tmp_path):
    copied = filled(Copy())
    copied.page.add_paragraph("We also spoke about the weather.")
    log = next(t for t in copied.page.tables if t.rows[0].cells[0].text == "ID")
    log.rows[1].cells[4].paragraphs[0].add_run(" now done")
    row = copy.deepcopy(copied.row(RATIONALE))
    copied.row(RATIONALE).addnext(row)
    for words, text in zip(list(row.iter(qn("w:t")))[-2:], ("Cost", "£400"), strict=True):
        words.text = text
    for control in list(row.iter(qn("w:sdtPr"))):
        control.getparent().remove(control)
    for gone in [e for name in ("w:vanish", "w:bookmarkStart", "w:bookmarkEnd") for e in row.iter(qn(name))]:
        element = gone.getparent().getparent() if gone.tag == qn("w:vanish") else gone
        element.getparent().remove(element)
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    told = [e for e in found.entries if e.state == "not_read"]
    assert any("weather" in e.text for e in told)
    assert any("now done" in e.text and "action log" in e.message for e in told)
    assert any("£400" in e.text for e in told)


@pytest.mark.parametrize(
    ("start", "text", "column", "why"),
    [
        (OWNER, "Manger Oak", "Owner", "nearest is Manager Oak"),
        (DUE, "ASAP", "Due date", "no day"),
        (DUE, "09/07/2026", "Due date", "may be"),
        ("champions:action", "Ring them", "Action type", "one of"),
        ("champions:services", "Pine House", "Services affected", "no service Pine House"),
    ],
)
def test_what_can_not_be_read_leaves_its_cell_blank_and_is_named(tmp_path, start, text, column, why):
    copied = filled(Copy())
    copied.type(start, text)
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    (decision,) = decisions(found)
    assert column not in decision
    (told,) = [e for e in found.entries if e.state == "not_read"]
    assert told.text == text
    assert why in told.message
    assert Actions.table not in found.rows or column == "Services affected"


@pytest.mark.parametrize(
    ("book", "due"),
    [
        (busy_book(ImprovementLog=[{"Status": "Closed", "Closed on": day(-1), "Resolution": "Done."}]), "3 August"),
        (busy_book(ImprovementLog=[{"Issue ID": "IM-077"}], QualityReviews=(), BoardDecisions=()), "3 August"),
        (busy_book(), "28 June 2026"),
    ],
)
def test_a_decision_that_can_not_stand_is_not_written_and_named(tmp_path, book, due):
    copied = filled(Copy())
    copied.type(DUE, due)
    found, _ = reading(copied.save(tmp_path / "m.docx"), book=book)
    assert not decisions(found)
    assert any("not written" in e.message for e in found.entries)


def of_references(copied, *wanted):
    """The numbers of the blocks that are about these."""
    tags = [t.get(qn("w:val")) for t in copied.body.iter(qn("w:tag"))]
    blocks = [t.removeprefix(f"{DECISION}:") for t in tags if t.startswith(DECISION)]
    return [next(n for n, block in enumerate(blocks) if block.endswith(end)) for end in wanted]


def test_a_decision_about_a_decision_follows_on_it_and_an_issues_does_not(tmp_path):
    copied = Copy()
    for nth in of_references(copied, ":BD-001", ":IM-001"):
        filled(copied, nth=nth)
    path = copied.save(tmp_path / "m.docx")
    rows = {d["Trigger"]: d for d in decisions(reading(path)[0])}
    assert (rows["F5:programme"]["Follows on"], rows["F5:programme"]["Issue ID"]) == ("BD-001", "IM-003")
    assert "Follows on" not in rows["F1:programme"]


@pytest.mark.parametrize(
    ("follows", "text", "new"),
    [
        ("BD-001", "Ask the supplier for a fix.", 0),
        ("BD-001", "Ask again.", 0),
        (None, "Ask the supplier for a fix.", 0),
        (None, "Ask again.", 1),
        ("BD-002", "Ask the supplier for a fix.", 1),
    ],
    ids=["the same", "corrected", "an earlier version's", "an issue's own", "another decision's"],
)
def test_reading_again_knows_a_decision_by_what_it_follows_on(tmp_path, follows, text, new):
    copied = Copy()
    filled(copied, nth=of_references(copied, ":BD-001")[0])
    path = copied.save(tmp_path / "m.docx")
    held = {"Meeting ID": "MT-003", "Issue ID": "IM-003", "Trigger": "F5:programme", "Decision": text}
    usual = busy_book().rows(BoardDecisions)
    rows = [
        {"Due date": r.due_date, "Issue ID": r.issue_id, "Trigger": r.trigger, "Decision": r.decision} for r in usual
    ]
    meetings = [{"Held on": day(-19)}, {"Kind": "Implementation governance", "Held on": day(-27)}, {"Held on": WHEN}]
    book = busy_book(BoardDecisions=[*rows, {**held, "Follows on": follows}], Meetings=meetings)
    assert len(decisions(reading(path, book=book)[0])) == new


def test_a_meeting_in_the_register_is_used_and_only_its_blanks_are_filled(tmp_path):
    meetings = [{"Held on": WHEN, "Kind": "Project board", "Chair": "Project Lead One", "Next meeting": None}]
    copied = filled(Copy())
    copied.type("champions:next-meeting", "1st September")
    found, _ = reading(copied.save(tmp_path / "m.docx"), book=busy_book(Meetings=meetings))
    assert Meetings.table not in found.rows
    assert {c.column for c in found.cells} == {"Next meeting", "Minutes reference"}
    assert decisions(found)[0]["Meeting ID"] == "MT-001"


def test_what_the_register_says_otherwise_of_the_meeting_stays_and_is_told(tmp_path):
    meetings = [{"Held on": WHEN, "Kind": "Project board", "Chair": "Project Lead One", "Next meeting": day(30)}]
    copied = filled(Copy())
    copied.type("champions:next-meeting", "1st September")
    found, _ = reading(copied.save(tmp_path / "m.docx"), book=busy_book(Meetings=meetings))
    (told,) = [e for e in found.entries if e.state == "conflict"]
    assert (told.column, told.id) == ("Next meeting", "MT-001")
    assert {c.column for c in found.cells} == {"Minutes reference"}


def several(tmp_path, *copies):
    paths = [copied.save(tmp_path / f"m{n}.docx") for n, copied in enumerate(copies)]
    return read_into(view_of(busy_book(), WHEN), [read_minutes(path) for path in paths])


def with_action(copied, *texts):
    table = next(t for t in copied.page.tables if t.rows[0].cells[0].text == "Action")
    for cell, text in zip(table.rows[3].cells, texts, strict=True):
        cell.paragraphs[0].add_run(text)
    return copied


def test_of_two_copies_read_at_once_the_second_fills_blanks_and_its_other_words_are_in_conflict(tmp_path):
    first, second = filled(Copy()), filled(Copy())
    first.type(OWNER, "Choose")
    second.type(RATIONALE, "Quite another reason.")
    second.type("champions:next-meeting", "1st September")
    (one, two), _ = several(tmp_path, first, second)
    (decision,), (meeting,) = decisions(one), one.rows[Meetings.table]
    assert decisions(two) == []
    assert (decision["Owner"], decision["Rationale"]) == ("Project Lead One", "It costs every shift an hour.")
    assert meeting["Next meeting"] == dt.date(2026, 9, 1)
    (action,) = two.rows[Actions.table]
    assert (action["Source"], action["Owner"]) == (decision["Decision ID"], "Project Lead One")
    (told,) = [e for e in two.entries if e.state == "conflict"]
    assert (told.column, told.before, told.text) == ("Rationale", decision["Rationale"], "Quite another reason.")


def test_two_copies_whose_decision_is_worded_otherwise_make_one_decision(tmp_path):
    second = filled(Copy())
    second.type(DECISION, "Ask them for a fix at once.")
    (one, two), _ = several(tmp_path, filled(Copy()), second)
    assert (len(decisions(one)), len(decisions(two))) == (1, 0)
    assert [e.text for e in two.entries if e.state == "conflict"] == ["Ask them for a fix at once."]


@pytest.mark.parametrize(("owner", "states"), [("Manager Oak", []), ("Project Lead One", ["Project Lead One"])])
def test_an_action_that_stands_in_both_copies_is_one_and_no_word_of_it_is_lost(tmp_path, owner, states):
    first = with_action(filled(Copy()), "Ring the supplier", "Manager Oak", "")
    (one, two), _ = several(tmp_path, first, with_action(filled(Copy()), "Ring the  supplier", owner, "9 July"))
    (action,) = [a for a in one.rows[Actions.table] if a["Action"] == "Ring the supplier"]
    assert Actions.table not in two.rows
    assert (action["Owner"], action["Due date"]) == ("Manager Oak", dt.date(2026, 7, 9))
    assert [e.text for e in two.entries if e.state == "conflict"] == states


HELD = [{"Held on": day(-19)}, {"Kind": "Implementation governance", "Held on": day(-27)}, {"Held on": WHEN}]
RING = {"Source": "MT-003", "Action": "Ring the supplier", "Due date": day(9)}


def ring(owner):
    return with_action(filled(Copy()), "Ring the supplier", owner, "")


def test_two_copies_that_correct_one_cell_otherwise_are_in_conflict_and_the_first_counts(tmp_path):
    copies = [ring(owner).save(tmp_path / f"{owner}.docx") for owner in ("Manager Oak", "Project Lead One")]
    view = view_of(busy_book(Actions=[{**RING, "Owner": None}], Meetings=HELD), WHEN)
    readings, _ = read_into(view, [read_minutes(path) for path in copies])
    set_to = [c.value for found in readings for c in found.cells if c.column == "Owner"]
    assert set_to == ["Manager Oak"]
    told = [e for e in readings[1].entries if e.state == "conflict"]
    assert [(e.before, e.text) for e in told] == [("Manager Oak", "Project Lead One")]


def test_an_action_that_stands_twice_with_other_owners_keeps_the_first_however_often_it_is_read(tmp_path):
    copied = ring("Manager Oak")
    table = next(t for t in copied.page.tables if t.rows[0].cells[0].text == "Action")
    for cell, text in zip(table.rows[4].cells, ("Ring the supplier", "Project Lead One", ""), strict=True):
        cell.paragraphs[0].add_run(text)
    written = {
        "When": "2026-07-03 09:00:00",
        "Command": "read-minutes",
        "Table": "Actions",
        "ID": "AC-001",
        "After": "Owner: Manager Oak",
    }
    tables = {"Actions": [{**RING, "Action ID": "AC-001", "Owner": "Manager Oak"}], "History": [written]}
    found, _ = reading(copied.save(tmp_path / "m.docx"), book=busy_book(**tables, Meetings=HELD))
    assert [c.column for c in found.cells if c.row.table == Actions.table and c.row.id == "AC-001"] == []
    assert "Project Lead One" in [e.text for e in found.entries if e.state == "conflict"]


def test_an_action_gets_the_owner_that_a_corrected_copy_gives_it(tmp_path):
    held = {"Source": "MT-003", "Action": "Ring the supplier", "Owner": None, "Due date": day(9)}
    meetings = [{"Held on": day(-19)}, {"Kind": "Implementation governance", "Held on": day(-27)}, {"Held on": WHEN}]
    copied = with_action(filled(Copy()), "Ring the supplier", "Manager Oak", "")
    found, _ = reading(copied.save(tmp_path / "m.docx"), book=busy_book(Actions=[held], Meetings=meetings))
    assert [(c.column, c.value) for c in found.cells if c.row.table == Actions.table] == [("Owner", "Manager Oak")]


def test_somebody_who_stands_twice_as_present_and_away_is_a_conflict(tmp_path):
    copied = filled(Copy())
    row = copied.row("champions:attendance:3")
    again = copy.deepcopy(row)
    row.addnext(again)
    copied.type("champions:attendance:3", "Present", 0)
    copied.type("champions:attendance:3", "Apologies", 1)
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    assert {e.text for e in found.entries if e.state == "conflict"} == {"Present", "Apologies"}
    (meeting,) = found.rows[Meetings.table]
    assert not meeting.get("Present")
    assert not meeting.get("Apologies")


def test_what_a_person_shortened_since_is_no_longer_as_it_was_read(tmp_path):
    fixed = {"Meeting ID": "MT-003", "Issue ID": "IM-001", "Trigger": "F1:programme"}
    written = {
        "When": "2026-07-03 09:00:00",
        "Command": "read-minutes",
        "Table": "BoardDecisions",
        "ID": "BD-003",
        "After": "Decision: Ask the supplier for a fix.; Rationale: It costs every shift; and more.",
    }
    meetings = [{"Held on": day(-19)}, {"Kind": "Implementation governance", "Held on": day(-27)}, {"Held on": WHEN}]
    words = {"Decision": "Ask the supplier for a fix.", "Rationale": "It costs every shift"}
    book = busy_book(BoardDecisions=[{**fixed, "Decision ID": "BD-003", **words}], Meetings=meetings, History=[written])
    found, _ = reading(filled(Copy()).save(tmp_path / "m.docx"), book=book)
    assert [e.state for e in found.entries if e.column == "Rationale"] == ["conflict"]


def test_comments_are_listed_and_never_read_as_entries(tmp_path):
    copied = filled(Copy())
    first = copied.page.paragraphs[0]
    copied.page.add_comment(first.runs, text="Who said that?", author="Board Chair One")
    found, _ = reading(copied.save(tmp_path / "m.docx"))
    assert found.counts()["comments"] == 1
    assert not [e for e in found.entries if "Who said" in e.text]


def rewritten(path, change):
    data = path.read_bytes()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == "word/document.xml" else content)
    return path


def test_a_damaged_file_is_read_as_far_as_it_goes_and_said_to_be(tmp_path):
    path = rewritten(filled(Copy()).save(tmp_path / "m.docx"), lambda xml: xml.replace(b"</w:body>", b"</w:wrong>"))
    document = read_minutes(path)
    assert document.recovered
    assert "Ask the supplier for a fix." in {w.text for w in understand(document).places.values()}


@pytest.mark.parametrize(
    "content", [b"", b"not a zip", b"\xd0\xcf\x11\xe0 old", b"PK\x03\x04 half"], ids=["empty", "text", "doc", "cut"]
)
def test_what_is_no_word_document_is_refused_in_words(tmp_path, content):
    path = tmp_path / "m.docx"
    path.write_bytes(content)
    with pytest.raises(MinutesUnusable) as caught:
        read_minutes(path)
    assert "m.docx" in caught.value.what
    assert ".docx" in caught.value.next_step


def test_entities_are_refused(tmp_path):
    entity = b'<!DOCTYPE a [<!ENTITY e "x">]>'
    path = rewritten(Copy().save(tmp_path / "m.docx"), lambda xml: xml.replace(b"?>", b"?>" + entity, 1))
    with pytest.raises(MinutesUnusable, match="entities"):
        read_minutes(path)


@pytest.fixture(scope="module")
def programme(tmp_path_factory):
    """A workbook with minutes made from it, and a copy of these that is filled in."""
    folder = tmp_path_factory.mktemp("programme")
    book = folder / "book.xlsx"
    main(["new", str(book), "--example"])
    main(["documents", str(book), "--only", "board-minutes", "--as-of", "2026-06-30"])
    (made,) = (folder / "Documents").glob("*.docx")
    copied = Copy(made.read_bytes())
    copied.type("champions:date", "30 June 2026")
    copied.type(DECISION, "Ask the supplier for a fix.")
    return book, copied.save(folder / "filled.docx")


def test_the_command_writes_once_and_undo_takes_it_back(programme, tmp_path, capsys):
    book, minutes = tmp_path / "book.xlsx", programme[1]
    book.write_bytes(programme[0].read_bytes())
    before = book.read_bytes()
    words = ["read-minutes", str(book), str(minutes), "--as-of", "2026-06-30"]
    assert main([*words, "--dry-run"]) == 1  # no action type is chosen
    assert book.read_bytes() == before
    assert main(words) == 1
    after = book.read_bytes()
    assert after != before
    capsys.readouterr()
    main([*words, "--json"])
    assert json.loads(capsys.readouterr().out)["counts"]["new"] == 0
    assert book.read_bytes() == after
    assert main(["undo", str(book)]) == 0
    assert book.read_bytes() == before


def test_a_corrected_copy_changes_only_what_nobody_has_changed_since(programme, tmp_path, capsys):
    book = tmp_path / "book.xlsx"
    book.write_bytes(programme[0].read_bytes())
    copied = Copy(programme[1].read_bytes())
    copied.type("champions:rationale", "First reason.")
    words = ["read-minutes", str(book), str(copied.save(tmp_path / "m.docx")), "--as-of", "2026-06-30", "--json"]
    main(words)
    copied.type("champions:rationale", "Better reason.")
    copied.save(tmp_path / "m.docx")
    capsys.readouterr()
    main(words)
    printed = json.loads(capsys.readouterr().out)
    (entry,) = [e for e in printed["entries"] if e["column"] == "Rationale"]
    assert (entry["state"], entry["before"], entry["value"]) == ("changed", "First reason.", "Better reason.")
    assert PUBLISHED["read-minutes"].model_validate(printed).model_dump(mode="json") == printed


def test_another_workbooks_minutes_are_refused_and_nobodys_are_asked_for(programme, tmp_path, capsys):
    other = tmp_path / "other.xlsx"
    main(["new", str(other), "--example", "--seed", "8"])
    main(["check", str(other), "--as-of", "2026-06-30"])
    words = ["read-minutes", str(other), str(programme[1]), "--as-of", "2026-06-30"]
    assert main(words) == 2
    assert "made from another workbook" in capsys.readouterr().out
    main(["new", str(tmp_path / "looked at.xlsx")])
    main(["documents", str(tmp_path / "looked at.xlsx"), "--only", "board-minutes", "--no-write"])
    (made,) = (tmp_path / "Documents").glob("*.docx")
    assert main(["read-minutes", str(other), str(made), "--as-of", "2026-06-30"]) == 2
    assert "--of-this-workbook" in capsys.readouterr().out


def test_the_first_minutes_of_a_new_workbook_say_whose_they_are(tmp_path, capsys):
    book, out = tmp_path / "new.xlsx", tmp_path / "out"
    main(["new", str(book)])
    main(["documents", str(book), "--only", "board-minutes", "--out", str(out)])
    (made,) = out.glob("*.docx")
    own = ClosedHost(book).read().properties[ID_PROPERTY]
    assert read_minutes(made).workbook_ids == (own,)
    assert main(["read-minutes", str(book), str(made)]) == 0
    main(["new", str(tmp_path / "looked at.xlsx")])
    main(["documents", str(tmp_path / "looked at.xlsx"), "--only", "board-minutes", "--out", str(out), "--no-write"])
    assert [read_minutes(made).workbook_ids for made in out.glob("* (2).docx")] == [()], "it was given none"


def test_another_of_our_documents_is_no_minutes(programme, tmp_path, capsys):
    book = tmp_path / "book.xlsx"
    book.write_bytes(programme[0].read_bytes())
    main(["documents", str(book), "--only", "staff-update", "--as-of", "2026-06-30"])
    (update,) = (tmp_path / "Documents").glob("*staff-update*.docx")
    before = book.read_bytes()
    capsys.readouterr()
    assert main(["read-minutes", str(book), str(update), "--as-of", "2026-06-30"]) == 2
    assert "no minutes but another document: Staff update" in " ".join(capsys.readouterr().out.split())
    assert book.read_bytes() == before


@pytest.mark.libreoffice
def test_every_entry_survives_writer_as_docx_twice_and_by_way_of_odt_and_doc(tmp_path):
    copied = filled(filled(Copy()), nth=1)
    expected = {(e.reference, e.field, e.text) for e in reading(copied.save(tmp_path / "m.docx"))[0].entries}
    ways = {"docx": ("docx", "docx"), "odt": ("odt", "docx"), "doc": ("doc", "docx")}
    for name, steps in ways.items():
        path = tmp_path / "m.docx"
        for n, step in enumerate(steps):
            folder = tmp_path / f"{name}{n}"
            folder.mkdir()
            path = convert(path, folder, step)
        found, _ = reading(path)
        assert {(e.reference, e.field, e.text) for e in found.entries} == expected, name
        assert len(decisions(found)) == 2
