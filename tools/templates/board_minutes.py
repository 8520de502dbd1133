"""The template of the project board's minutes."""

from __future__ import annotations

from tools.templates.kit import Control, Hidden, Paper, Strong
from workbook.documents.board_minutes import ATTENDANCES, STATUSES
from workbook.model.registers.improve import ACTION_TYPES


def _place(name: str, label: str, value: str = "", *, date: bool = False, choices: tuple[str, ...] = ()) -> Control:
    return Control(f"{{{{ field.{name} }}}}", label, value, choices, date)


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Project board minutes")
    paper.title("{{ about.title }}", "{{ about.board }} · {{ about.provider }} · {{ about.programme }}")
    _meeting(paper)
    _attendance(paper)
    _business(paper)
    _triggers(paper)
    _decisions(paper)
    _afterwards(paper)
    return paper.build()


def _meeting(paper: Paper) -> None:
    paper.form(
        "The meeting: date, place, status, chair and minute taker",
        [
            ("Meeting", "{{ meeting_id or 'The Meeting ID is given when these minutes are read back' }}"),
            ("Date", _place("date", "Date of the meeting", "{{ date }}", date=True)),
            ("Place", _place("place", "Place", "{{ place }}")),
            ("Status of these minutes", _place("status", "Draft or confirmed", "{{ status }}", choices=STATUSES)),
            ("Chair", _place("chair", "Chair", "{{ chair }}")),
            ("Minute taker", _place("minute_taker", "Minute taker")),
        ],
    )


def _attendance(paper: Paper) -> None:
    columns = (("Name", 5.5), ("Role", 7.5), ("Attendance", 4.0))
    for heading, people in (("Members: present and apologies", "members"), ("In attendance", "attending")):
        paper.heading(heading)
        paper.tag(f"if {people}")
        here = Control("{{ p.tag }}", "Attendance", "{{ p.attended }}", ATTENDANCES)
        paper.table(f"{heading}, with roles", columns, f"p in {people}", ["{{ p.name }}", "{{ p.roles }}", here])
        paper.tag("else")
        paper.text("Nobody is named on the sheet Setup, in the table People.")
        paper.tag("endif")
    paper.text([Strong("Other apologies: "), _place("apologies", "Other apologies", "{{ apologies }}")])
    quorate = _place("quorate", "Quorate", "{{ quorate }}", choices=("Yes", "No"))
    paper.text([Strong("Quorum: "), "{{ quorum }} ", Strong("Quorate: "), quorate])


def _business(paper: Paper) -> None:
    paper.heading("Declarations of interest")
    paper.text(_place("declarations", "Declarations of interest, or none"))
    paper.heading("Minutes of the previous meeting")
    paper.text("{{ previous }}", "Lead In")
    agreed = _place("previous", "Agreed, or with corrections", choices=("Agreed", "Agreed with corrections"))
    paper.text([Strong("Agreed as a correct record: "), agreed])
    paper.heading("Matters arising")
    paper.tag("if arising")
    paper.table(
        "Matters arising: decisions of earlier meetings and what became of them",
        (("Decision", 1.9), ("What was decided", 5.6), ("Owner", 2.9), ("Due", 2.0), ("What became of it", 4.6)),
        "d in arising",
        ["{{ d.id }}", "{{ d.decision }}", "{{ d.owner }}", "{{ d.due }}", "{{ d.progress }}"],
    )
    paper.tag("else")
    paper.text("No decision of an earlier meeting is waiting.")
    paper.tag("endif")
    paper.text([Strong("Noted: "), _place("arising", "What was noted")])
    paper.heading("Action log")
    paper.text("{{ action_counts }}", "Lead In")
    paper.tag("if actions")
    status = [
        "{% if not a.overdue %}{{ a.status }}{% endif %}",
        Strong("{% if a.overdue %}{{ a.status }}{% endif %}"),
    ]
    paper.table(
        "Action log: id, action, owner, due date, status and evidence",
        (("ID", 1.7), ("Action", 5.2), ("Owner", 2.8), ("Due", 2.0), ("Status", 2.3), ("Evidence", 3.0)),
        "a in actions",
        ["{{ a.id }}", "{{ a.action }}", "{{ a.owner }}", "{{ a.due }}", status, "{{ a.evidence }}"],
    )
    paper.tag("endif")


def _triggers(paper: Paper) -> None:
    paper.heading("Raised triggers")
    paper.text("{{ raised_counts }}.", "Lead In")
    paper.tag("if raised")
    paper.table(
        "Raised triggers with the rule, what was found and the rows",
        (("Trigger", 3.0), ("The rule", 6.0), ("What was found", 4.6), ("Rows", 3.4)),
        "t in raised",
        [[Strong("{{ t.trigger }}"), " {{ t.title }}. {{ t.scope }}"], "{{ t.rule }}", "{{ t.found }}", "{{ t.rows }}"],
    )
    paper.tag("endif")
    paper.tag("if warnings")
    paper.heading("Early warnings", 2)
    paper.table(
        "Early warnings with what was found and the rows",
        (("Early warning", 4.4), ("What was found", 7.4), ("Rows", 5.2)),
        "t in warnings",
        [[Strong("{{ t.trigger }}"), " {{ t.title }}. {{ t.scope }}"], "{{ t.found }}", "{{ t.rows }}"],
    )
    paper.tag("endif")


def _decisions(paper: Paper) -> None:
    paper.heading("Decisions")
    paper.text(
        "{{ matter_counts }}. The board records its decision in each block; the grey places are left to fill in."
    )
    paper.tag("for m in matters")
    paper.heading(["{{ m.number }}. ", Control("{{ m.tags.block }}", "Matter", "{{ m.title }}")], 2)
    places = [
        ("Decision", Control("{{ m.tags.decision }}", "Decision")),
        ("Rationale", Control("{{ m.tags.rationale }}", "Rationale")),
        ("Views against", Control("{{ m.tags.against }}", "Views against, or none")),
        ("Action type", Control("{{ m.tags.action }}", "Action type", choices=ACTION_TYPES)),
        ("Owner", Control("{{ m.tags.owner }}", "Owner")),
        ("Due date", Control("{{ m.tags.due }}", "Due date", date=True)),
        ("Services affected", Control("{{ m.tags.services }}", "Services affected, or all")),
    ]
    paper.form(
        "Decision block {{ m.number }}: why the matter is here, and the board's decision",
        [
            ("Raised by", ["{{ m.raised_by }}", Hidden(" {{ m.tags.block }}")]),
            ("What it is about", "{{ m.story }}"),
            ("Standing", "{{ m.standing }}"),
            ("Rows", "{{ m.rows }}"),
            ("Earlier decisions", "{{ m.earlier }}"),
            ("Framework asks for", "{{ m.asks }}"),
            *places,
        ],
        together=True,
    )
    paper.tag("endfor")
    paper.tag("if not matters")
    paper.text("No matter waits for the board's decision.")
    paper.tag("endif")


def _afterwards(paper: Paper) -> None:
    paper.heading("Risks and escalations")
    paper.tag("if risks")
    paper.table(
        "Risks and escalations",
        (("Risk", 6.4), ("Where", 2.6), ("Since", 2.1), ("Rows", 3.3), ("Goes to", 2.6)),
        "r in risks",
        ["{{ r.risk }}", "{{ r.where }}", "{{ r.since }}", "{{ r.rows }}", "{{ r.goes_to }}"],
    )
    paper.tag("else")
    paper.text("The registers show no risk that needs the board.")
    paper.tag("endif")
    paper.text([Strong("Also raised: "), _place("risks", "Further risks and escalations, or none")])
    paper.heading("What champions tell staff")
    paper.tag("if tellings")
    paper.table(
        "What champions tell staff, by whom, by when, and how less confusion will be checked",
        (("Decision", 1.9), ("What to say", 4.6), ("Where and by whom", 4.3), ("By", 2.0), ("How it is checked", 4.2)),
        "s in tellings",
        ["{{ s.id }}", "{{ s.message }}", "{{ s.services }}: {{ s.champions }}", "{{ s.by }}", "{{ s.check }}"],
    )
    paper.tag("else")
    paper.text("Staff in every affected service have heard of all decisions so far.")
    paper.tag("endif")
    paper.text([Strong("From this meeting: "), _place("telling", "What champions tell staff, and by when")])
    paper.text([Strong("How less confusion will be checked: "), _place("checking", "What is counted again, and when")])
    paper.heading("Any other business")
    paper.text(_place("other_business", "Any other business, or none"))
    paper.heading("Next meeting")
    paper.text(_place("next_meeting", "Date of the next meeting", "{{ next_meeting }}", date=True))
    paper.heading("Signature")
    paper.form(
        "Signature of the chair",
        [
            ("Signed by the chair", _place("signed_by", "Name and signature")),
            ("Signed on", _place("signed_on", "Date of signature", date=True)),
        ],
        together=True,
    )
    paper.text("Read back into the workbook with: champions read-minutes.", "Note")
