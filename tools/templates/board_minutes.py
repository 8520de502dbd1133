"""The template of the project board's minutes."""

from __future__ import annotations

from tools.templates.kit import Content, Control, Paper, Strong, reference
from workbook.documents.labels import (
    ACTION,
    ATTENDANCE,
    ATTENDANCES,
    BLOCK_LABELS,
    DECISION,
    DUE,
    MEETING_LABELS,
    OWNER,
    FieldLabel,
)


def _control(found: FieldLabel, tag: str, value: str = "") -> Control:
    return Control(f"{{{{ {tag} }}}}", found.asks or found.label, value, found.choices, found.day)


def _place(name: str, value: str = "") -> tuple[Content, Content]:
    """A row of a form outside the decision blocks."""
    found = MEETING_LABELS[name]
    return found.label, _control(found, f"field.{name.replace('-', '_')}", value)


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Project board minutes")
    paper.title("{{ about.title }}", "{{ about.board }} · {{ about.provider }} · {{ about.programme }}")
    _meeting(paper)
    _attendance(paper)
    _business(paper)
    _triggers(paper)
    _decisions(paper)
    _new_actions(paper)
    _afterwards(paper)
    paper.rules()
    return paper.build()


def _meeting(paper: Paper) -> None:
    paper.form(
        "The meeting: date, place, status, chair and minute taker",
        [
            ("Meeting", "{{ meeting_id or 'Given when these minutes are read back' }}"),
            _place("date", "{{ date }}"),
            _place("place", "{{ place }}"),
            _place("status", "{{ status }}"),
            _place("chair", "{{ chair }}"),
            _place("minute-taker"),
        ],
    )


def _attendance(paper: Paper) -> None:
    columns = (("Name", 5.5), ("Role", 7.5), (ATTENDANCE, 4.0))
    for heading, people in (("Members: present and apologies", "members"), ("In attendance", "attending")):
        paper.heading(heading)
        paper.tag(f"if {people}")
        here = Control("{{ p.tag }}", ATTENDANCE, "{{ p.attended }}", ATTENDANCES)
        cells: list[Content] = [[reference("{{ p.tag }}"), "{{ p.name }}"], "{{ p.roles }}", here]
        paper.table(f"{heading}, with roles", columns, f"p in {people}", cells)
        paper.tag("else")
        paper.text("Nobody is named on the sheet Setup, in the table People.")
        paper.tag("endif")
    paper.heading("Quorum")
    paper.form(
        "Other apologies and quorum",
        [_place("apologies", "{{ apologies }}"), ("Quorum", "{{ quorum }}"), _place("quorate", "{{ quorate }}")],
    )


def _business(paper: Paper) -> None:
    paper.heading("Declarations of interest")
    paper.form("Declarations of interest", [_place("declarations")])
    paper.heading("Minutes of the previous meeting")
    paper.text("{{ previous }}", "Lead In")
    paper.form("Whether the minutes of the previous meeting are a correct record", [_place("previous")])
    paper.heading("Matters arising")
    paper.tag("if arising")
    paper.table(
        "Matters arising: decisions of earlier meetings and what became of them",
        ((DECISION, 1.9), ("What was decided", 5.6), ("Owner", 2.9), ("Due", 2.0), ("What became of it", 4.6)),
        "d in arising",
        ["{{ d.id }}", "{{ d.decision }}", "{{ d.owner }}", "{{ d.due }}", "{{ d.progress }}"],
    )
    paper.tag("else")
    paper.text("No decision of an earlier meeting is waiting.", "Lead In")
    paper.tag("endif")
    paper.text("At the meeting:", "Lead In")
    paper.form("What was noted of matters arising", [_place("arising")])
    paper.heading("Action log")
    paper.text("{{ action_counts }}", "Lead In")
    paper.tag("if actions")
    status: list[Content] = [
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
    for heading, results in (("", "raised"), ("Early warnings", "warnings")):
        paper.tag(f"if {results}")
        if heading:
            paper.heading(heading, 2)
        paper.table(
            f"{heading or 'Raised triggers'} with what was found and the rows",
            ((heading[:-1] or "Trigger", 4.4), ("What was found", 7.4), ("Rows", 5.2)),
            f"t in {results}",
            [[Strong("{{ t.trigger }}"), " {{ t.title }}. {{ t.scope }}"], "{{ t.found }}", "{{ t.rows }}"],
        )
        paper.tag("endif")


def _decisions(paper: Paper) -> None:
    paper.heading("Decisions")
    paper.text(
        "{{ matter_counts }}. The board records its decision in each block. Blocks may be moved, and rows added."
    )
    paper.tag("for m in matters")
    paper.heading("{{ m.number }}. {{ m.title }}", 2)
    paper.text("Ref {{ m.seen }}", "Small Print")
    paper.form(
        "Decision block {{ m.number }}: why the matter is here, and the board's decision",
        [
            ([reference("{{ m.tags.block }}"), "Raised by"], "{{ m.raised_by }}"),
            ("What it is about", "{{ m.story }}"),
            ("Standing", "{{ m.standing }}"),
            ("Rows", "{{ m.rows }}"),
            ("Earlier decisions", "{{ m.earlier }}"),
            ("Framework asks for", "{{ m.asks }}"),
            *_block_places("m"),
        ],
        together=True,
    )
    paper.tag("endfor")
    paper.tag("if not matters")
    paper.text("No matter waits for the board's decision.")
    paper.tag("endif")
    paper.tag("if further")
    paper.heading("Further matters", 2)
    paper.text("One line each. Where a decision needs more than that, use a further decision below.", "Lead In")
    paper.table(
        "Further matters, one line each",
        (("Matter", 5.2), ("Raised by", 3.0), (DECISION, 4.4), (OWNER, 2.4), (DUE, 2.0)),
        "m in further",
        [
            [reference("{{ m.tags.row }}"), "{{ m.title }} (Ref {{ m.seen }})"],
            "{{ m.raised_by }}",
            _row_control("decision"),
            _row_control("owner"),
            _row_control("due"),
        ],
    )
    paper.tag("endif")
    paper.tag("if beyond")
    paper.text("{{ beyond }}")
    paper.tag("endif")
    paper.tag("for s in spares")
    paper.heading("Further decision {{ s.number }}", 2)
    paper.text("For a matter that nobody had foreseen. Leave it open where there is none.", "Small Print")
    paper.form("Further decision {{ s.number }}", _block_places("s"), together=True)
    paper.tag("endfor")


def _row_control(field: str) -> Control:
    found = BLOCK_LABELS[field]
    return Control(f"{{{{ m.tags.{field} }}}}", found.asks or found.label, "", found.choices, found.day)


def _block_places(name: str) -> list[tuple[Content, Content]]:
    return [(found.label, _control(found, f"{name}.tags.{field}")) for field, found in BLOCK_LABELS.items()]


def _new_actions(paper: Paper) -> None:
    paper.heading("New actions")
    paper.text(
        "What was agreed beyond the decisions above. Each decision with an owner and a date gives an action itself."
    )
    columns = ((ACTION, 9.0), (OWNER, 4.5), (DUE, 3.5))
    paper.table(
        "New actions: action, owner and due date", columns, "a in new_actions", [[reference("{{ a }}"), " "], "", ""]
    )


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
    paper.text("The registers show no risk that needs the board.", "Lead In")
    paper.tag("endif")
    paper.text("At the meeting:", "Lead In")
    paper.form("Further risks and escalations", [_place("risks")])
    paper.heading("What champions tell staff")
    paper.tag("if tellings")
    paper.table(
        "What champions tell staff, by whom, by when, and how less confusion will be checked",
        ((DECISION, 1.9), ("What to say", 4.6), ("Where and by whom", 4.3), ("By", 2.0), ("How it is checked", 4.2)),
        "s in tellings",
        ["{{ s.id }}", "{{ s.message }}", "{{ s.services }}: {{ s.champions }}", "{{ s.by }}", "{{ s.check }}"],
    )
    paper.tag("else")
    paper.text("Staff in every affected service have heard of all decisions so far.", "Lead In")
    paper.tag("endif")
    paper.text("At the meeting:", "Lead In")
    paper.form("What champions tell staff from this meeting", [_place("telling"), _place("checking")])
    paper.heading("Any other business, next meeting and signature")
    paper.form(
        "Any other business, next meeting and signature of the chair",
        [
            _place("other-business"),
            _place("next-meeting", "{{ next_meeting }}"),
            _place("signed-by"),
            _place("signed-on"),
        ],
        together=True,
    )
