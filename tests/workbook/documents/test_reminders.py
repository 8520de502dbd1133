"""Reminders: who gets a draft, of what, and that a mail program opens it as one to be sent."""

import dataclasses
import email
import email.policy

import pytest

from addin.frontends.terminal.main import main
from tests.support.builders import AS_OF, PEOPLE, day
from tests.support.documents_programme import busy_book, material
from workbook.documents.reminders import draft, reminders
from workbook.model.findings import Finding, Severity


def of(actions, people=PEOPLE, **more):
    found = material(busy_book(Actions=actions, People=people))
    return {r.person: r for r in reminders(dataclasses.replace(found, reviews=(), **more))}


def action(due, **more):
    return {"Owner": "Project Lead One", "Status": "Open", "Due date": day(due), "Action": "Ring the supplier.", **more}


@pytest.mark.parametrize(
    ("due", "overdue", "this_week"),
    [(-1, 1, 0), (0, 0, 1), (6, 0, 1), (7, 0, 0)],
    ids=["past", "today", "sixth", "eighth"],
)
def test_what_is_overdue_and_due_within_a_week_is_told_and_no_more(due, overdue, this_week):
    found = of([action(due)])
    assert bool(found) == bool(overdue + this_week)
    for reminder in found.values():
        assert (len(reminder.overdue), len(reminder.this_week)) == (overdue, this_week)


@pytest.mark.parametrize("status", ["Done", "Cancelled"])
def test_nobody_is_reminded_of_what_is_settled(status):
    assert not of([action(-3, Status=status, **{"Completed on": day(-1)})])


def opened(reminder):
    return email.message_from_bytes(draft(reminder, "Digital\nchampions", AS_OF), policy=email.policy.default)


def test_a_draft_opens_as_one_to_be_sent_and_has_nothing_attached():
    people = [*PEOPLE, {"Person": "Project Lead One", "Role": "Project lead", "E-mail": "lead.one@example.org"}]
    mail = opened(of([action(-2)], people)["Project Lead One"])
    assert (mail["X-Unsent"], mail["To"]) == ("1", "lead.one@example.org")
    assert mail["Subject"] == "Digital champions: 1 overdue"
    assert not list(mail.iter_attachments())
    assert "- AC-001: Ring the supplier." in mail.get_content()
    assert "2 days ago" in mail.get_content()


@pytest.mark.parametrize("address", ["a@b.org\nBcc: all@b.org", "not an address", "a@b.org, c@b.org", None])
def test_what_is_no_address_stays_out_of_the_head(address):
    people = [{"Person": "Project Lead One", "Role": "Project lead", "E-mail": address}]
    mail = opened(of([action(-2)], people)["Project Lead One"])
    assert mail["To"] is None
    assert mail["Bcc"] is None


ENCODED = [
    "=?utf-8?q?a=40evil.org=2C?=@x.com",
    "=?utf-8?q?a=0D=0ABcc:b=40evil.org?=@x.com",
    "=?utf-8?q?=ff=fe?=@x.com",
    "=?utf-8?b?%%%?=@x.com",
    "=?x?q??=@x.com",
    f"{'a' * 300}@x.com",
]


@pytest.mark.parametrize("address", ENCODED, ids=lambda text: text[:20])
def test_an_address_that_reads_as_another_is_left_out_and_stops_nobody_elses(address):
    people = [
        *PEOPLE,
        {"Person": "Project Lead One", "Role": "Project lead", "E-mail": address},
        {"Person": "Quality Lead Two", "Role": "Quality lead", "E-mail": "two+a=b?@example.org"},
    ]
    found = of([action(-2), action(-2, Owner="Quality Lead Two")], people)
    mails = {person: opened(reminder) for person, reminder in found.items()}
    assert mails["Project Lead One"]["To"] is None
    assert mails["Quality Lead Two"]["To"] == "two+a=b?@example.org"


@pytest.mark.parametrize("name", ["=?utf-8?q?x=0D=0ABcc:_b=40evil.org?= y", "=?utf-8?b?%%%?=", "a\nBcc: b@evil.org"])
def test_a_programmes_name_adds_nothing_to_a_mails_head(name):
    (reminder,) = of([action(-2)]).values()
    mail = email.message_from_bytes(draft(reminder, name, AS_OF), policy=email.policy.default)
    assert mail["Bcc"] is None
    assert mail["Subject"] == f"{' '.join(name.split()).replace('=?', '= ?')}: 1 overdue"


def test_a_text_that_may_identify_a_person_stays_out_of_a_mail():
    finding = Finding("identifiable-information", Severity.WARNING, "Actions", "AC-001", 6, "Action", "x", "m", "f")
    words = opened(of([action(-2)], findings=[finding])["Project Lead One"]).get_content()
    assert "Ring the supplier" not in words
    assert "AC-001: see the sheet Actions" in words


def test_the_command_writes_drafts_and_the_calendar_beside_the_workbook(tmp_path, capsys):
    book = tmp_path / "book.xlsx"
    main(["new", str(book), "--example"])
    before = book.read_bytes()
    assert main(["remind", str(book), "--as-of", "2026-06-30"]) == 0
    said = capsys.readouterr().out
    names = {p.name for p in (tmp_path / "Reminders").iterdir()}
    assert "Reviews.ics" in names
    assert "2026-06-30 Project Lead Rowan.eml" in names
    assert "Project Lead Rowan: 1 overdue" in said
    assert book.read_bytes() == before


@pytest.mark.parametrize("command", ["remind", "documents"])
def test_a_folder_that_cannot_be_written_to_is_named_with_what_to_do(tmp_path, capsys, command):
    book, taken = tmp_path / "book.xlsx", tmp_path / "taken"
    main(["new", str(book), "--example"])
    taken.write_text("notes", "utf-8")
    only = ["--only", "board-minutes"] if command == "documents" else []
    assert main([command, str(book), "--as-of", "2026-06-30", "--out", str(taken), *only]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "was not written. Where: " in said
    assert said.endswith("See that you may write there. Name another with --out.")
    assert "setting" not in said
    assert taken.read_text("utf-8") == "notes"
