"""The template of the project board's agenda and paper."""

from __future__ import annotations

from tools.templates.kit import Link, Paper, Strong, Target
from workbook.documents.front import ACTIONS, OUTCOMES, STATUS, WANTED


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Project board agenda and paper")
    paper.title("{{ about.title }}", "{{ about.board }} · {{ about.provider }} · {{ about.programme }}")
    paper.front()
    _wanted_in_brief(paper)
    paper.contents()
    _agenda(paper)
    _highlights(paper)
    _decisions(paper)
    _actions(paper)
    paper.rules()
    return paper.build()


def _wanted_in_brief(paper: Paper) -> None:
    paper.heading(Target("Decisions wanted", WANTED))
    paper.tag("if wanted")
    paper.table(
        "Decisions wanted, each with a link to its options",
        (("No.", 1.1), ("Matter", 6.6), ("What the board is asked", 9.3)),
        "w in wanted",
        ["{{ w.number }}", Link("{{ w.title }}", "{{ w.anchor }}"), "{{ w.ask }}"],
    )
    paper.tag("else")
    paper.text("No matter waits for the board's decision.")
    paper.tag("endif")


def _agenda(paper: Paper) -> None:
    paper.heading("Agenda")
    paper.text("The items take {{ length }} together.", "Lead In")
    paper.table(
        "Agenda: number, item, who leads it, minutes, and after how many it begins",
        (("No.", 1.1), ("Item", 9.4), ("Led by", 2.5), ("Minutes", 1.8), ("Begins after", 2.2)),
        "i in agenda",
        ["{{ i.number }}", "{{ i.what }}", "{{ i.who }}", "{{ i.minutes }}", "{{ i.begins }}"],
    )


def _highlights(paper: Paper) -> None:
    paper.heading("Highlight report")
    paper.text([Strong("Period: "), "{{ period }}"])
    paper.heading(Target("Status", STATUS), 2)
    paper.table(
        "Status of each part of the programme now and at the last meeting",
        (("Part", 3.6), ("Now", 2.8), ("Last time", 4.2), ("Why", 6.4)),
        "s in status",
        ["{{ s.part }}", Strong("{{ s.now }}"), "{{ s.before }}", "{{ s.why }}"],
    )
    paper.heading("This period", 2)
    paper.bullets("d in done", "{{ d }}")
    paper.heading("Next period", 2)
    paper.bullets("c in coming", "{{ c }}")
    paper.heading(Target("Tolerances", OUTCOMES), 2)
    paper.table(
        "Tolerances: limit, how it stands, and whether it is kept",
        (("What", 4.4), ("Limit", 4.8), ("Now", 5.0), ("Kept", 2.8)),
        "t in tolerances",
        ["{{ t.what }}", "{{ t.limit }}", "{{ t.now }}", Strong("{{ t.kept }}")],
    )
    paper.risks(2)
    paper.heading("Requests for change", 2)
    paper.listed(
        "Requests for change: issues of configuration with no decision yet",
        (("Issue", 1.9), ("What is asked", 10.1), ("Standing", 5.0)),
        "c in changes",
        ["{{ c.id }}", "{{ c.what }}", "{{ c.standing }}"],
        "No issue of configuration waits for a decision.",
    )
    paper.heading("Lessons", 2)
    paper.listed(
        "Lessons: what was tried, whether it helped, and the rows",
        (("What was tried", 7.2), ("What came of it", 5.4), ("Rows", 4.4)),
        "l in lessons",
        ["{{ l.what }}", "{{ l.result }}", "{{ l.rows }}"],
        "No result of a decision was recorded in the period.",
    )


def _decisions(paper: Paper) -> None:
    paper.heading("Decisions wanted, with options")
    paper.tag("if not wanted")
    paper.text("No matter waits for the board's decision.")
    paper.tag("endif")
    paper.tag("for w in wanted")
    paper.heading(["{{ w.number }}. ", Target("{{ w.title }}", "{{ w.anchor }}")], 2)
    paper.text("Ref {{ w.seen }}", "Small Print")
    paper.form(
        "Decision {{ w.number }}: why, how it stands, options and recommendation",
        [
            ("Why it is here", "{{ w.why }}"),
            ("Standing", "{{ w.standing }}"),
            ("Rows", "{{ w.rows }}"),
            (
                "Options",
                "{% for o in w.options %}{{ o.letter }}: {{ o.words }}{% if not loop.last %}\n{% endif %}{% endfor %}",
            ),
            ("Recommended", "{{ w.recommended }}"),
        ],
        together=True,
    )
    paper.tag("endfor")
    paper.tag("if further")
    paper.heading("Further matters", 2)
    paper.table(
        "Further matters for decision, one line each",
        (("Matter", 6.4), ("Raised by", 4.6), ("Standing", 6.0)),
        "m in further",
        ["{{ m.title }} (Ref {{ m.seen }})", "{{ m.raised_by }}", "{{ m.standing }}"],
    )
    paper.sentence("beyond")
    paper.tag("endif")


def _actions(paper: Paper) -> None:
    paper.heading(Target("Overdue actions", ACTIONS))
    paper.listed(
        "Overdue actions",
        (("ID", 1.8), ("Action", 7.0), ("Owner", 3.2), ("Due", 2.1), ("Status", 2.9)),
        "a in overdue",
        ["{{ a.id }}", "{{ a.action }}", "{{ a.owner }}", "{{ a.due }}", "{{ a.status }}"],
        "No action is overdue.",
    )
    paper.sentence("overdue_more")
