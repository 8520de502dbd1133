"""The template of the adoption support review of a service."""

from __future__ import annotations

from tools.templates.kit import Control, Paper, Strong
from workbook.model.registers.support import EVIDENCE_SOURCES, IMPROVING, TEAM_DECISIONS

_LINE = (("Entries", 2.2), ("Staff", 2.0), ("Escalated or unresolved", 3.4), ("Workarounds", 2.6))


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Adoption support review")
    paper.title("{{ about.title }}", "{{ service }} · {{ about.provider }} · as of {{ about.day }}")
    paper.text([Strong("Period: "), "{{ period }}"])
    paper.heading("In brief")
    paper.bullets("sentence in brief", "{{ sentence }}")
    _support(paper)
    _quoted(paper)
    _triggers(paper)
    _decisions(paper)
    paper.rules()
    return paper.build()


def _support(paper: Paper) -> None:
    paper.heading("Support")
    for heading, lines in (
        ("By workflow", "workflows"),
        ("By need", "needs"),
        ("By shift", "shifts"),
        ("By champion", "champions"),
    ):
        paper.heading(heading, 2)
        paper.listed(
            f"Support {heading.lower()}: entries, staff, how many are not settled, workarounds",
            ((heading.removeprefix("By ").capitalize(), 6.8), *_LINE),
            f"l in {lines}",
            ["{{ l.what }}", "{{ l.count }}", "{{ l.staff }}", "{{ l.open }}", "{{ l.workarounds }}"],
            "No support is recorded in the period.",
        )
    paper.heading("What came again", 2)
    paper.listed(
        "Needs that came again: how often, from how many staff, on how many days",
        (("Workflow and need", 7.2), ("Times", 1.8), ("Staff", 1.8), ("Days", 1.8), ("The same person", 4.4)),
        "r in repeats",
        ["{{ r.what }}", "{{ r.times }}", "{{ r.staff }}", "{{ r.days }}", "{{ r.again }}"],
        "No need came more than once in the period.",
    )
    paper.sentence("repeats_more")


def _quoted(paper: Paper) -> None:
    columns = (("Date", 2.2), ("Champion", 3.2), ("Workflow and need", 3.8), ("What the log says", 5.8), ("Row", 2.0))
    cells = ["{{ q.day }}", "{{ q.who }}", "{{ q.what }}", "{{ q.words }}", "{{ q.row }}"]
    paper.heading("Conflicting advice")
    paper.text("{{ conflict }}", "Lead In")
    paper.listed("Entries whose advice conflicts", columns, "q in conflicts", cells, "No entry conflicts with another.")
    paper.heading("Confidence before and after support")
    paper.text("{{ confidence }}")
    paper.heading("Workarounds seen")
    paper.listed("Workarounds seen", columns, "q in workarounds", cells, "No workaround was seen in the period.")
    paper.sentence("workarounds_more")


def _triggers(paper: Paper) -> None:
    paper.heading("Triggers on live support, S1 to S10")
    paper.text("{{ trigger_counts }}", "Lead In")
    paper.listed(
        "S1 to S10 with state, what was found and the rows",
        (("Trigger", 3.8), ("State", 2.6), ("What was found", 6.6), ("Rows", 4.0)),
        "t in triggers",
        ["{{ t.trigger }} {{ t.title }}", Strong("{{ t.state }}"), "{{ t.found }}", "{{ t.rows }}"],
        "The triggers were not evaluated.",
    )


def _decisions(paper: Paper) -> None:
    paper.heading("What the team leader decides")
    paper.text("To be entered on the sheet Team leader reviews.", "Lead In")
    paper.form(
        "What the team leader decides",
        [
            ("Decision", _place("leader_decision", "Decision", TEAM_DECISIONS)),
            ("Also decided", _place("leader_also", "Also decided", TEAM_DECISIONS)),
            ("Detail", _place("leader_detail", "What is done, in a sentence")),
            ("Owner", _place("leader_owner", "Owner")),
            ("Due date", _place("leader_due", "Due date", date=True)),
            ("Team leader", _place("leader_signed", "Name and signature")),
            ("Reviewed on", _place("leader_on", "Date of signature", date=True)),
        ],
        together=True,
    )
    paper.heading("What the registered manager finds")
    paper.text("To be entered on the sheet Manager reviews.", "Lead In")
    paper.form(
        "What the registered manager finds",
        [
            ("System use improving", _place("manager_system", "System use improving", IMPROVING)),
            ("Record quality improving", _place("manager_records", "Record quality improving", IMPROVING)),
            ("Evidence source", _place("manager_source", "Evidence source", EVIDENCE_SOURCES)),
            ("Finding", _place("manager_finding", "What the evidence shows")),
            ("Decision", _place("manager_decision", "Decision, or none")),
            ("Registered manager", _place("manager_signed", "Name and signature")),
            ("Reviewed on", _place("manager_on", "Date of signature", date=True)),
        ],
        together=True,
    )


def _place(field: str, label: str, choices: tuple[str, ...] = (), *, date: bool = False) -> Control:
    return Control(f"{{{{ field.{field} }}}}", label, choices=choices, date=date)
