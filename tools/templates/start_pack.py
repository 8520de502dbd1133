"""The template of the champions' start pack."""

from __future__ import annotations

from tools.templates.kit import Control, Paper, Strong

_DECISIONS = ("Signed off", "Not yet", "Reassign")


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Champion start pack")
    paper.title("{{ about.title }}", "{{ about.provider }} · {{ about.programme }} · as of {{ about.day }}")
    paper.heading("In brief")
    paper.bullets("sentence in brief", "{{ sentence }}")
    paper.contents()
    paper.heading("Services")
    paper.listed(
        "Services: go-live, and whether champions cover them (P8)",
        (("Service", 3.8), ("Go-live", 2.4), ("State", 2.8), ("What was found", 8.0)),
        "s in services",
        ["{{ s.service }}", "{{ s.go_live }}", Strong("{{ s.state }}"), "{{ s.found }}"],
        "No service is in use.",
    )
    paper.tag("for c in candidates")
    _candidate(paper)
    paper.tag("endfor")
    paper.tag("if further")
    paper.heading("Further champions who wait")
    paper.table(
        "Further champions who wait to start, one line each",
        (("Champion", 4.4), ("Service", 3.6), ("Training", 4.6), ("Standing", 4.4)),
        "c in further",
        ["{{ c.name }}", "{{ c.service }}", "{{ c.training }}", "{{ c.ready }}"],
    )
    paper.sentence("more")
    paper.tag("endif")
    paper.rules()
    return paper.build()


def _candidate(paper: Paper) -> None:
    paper.heading("{{ c.name }}, {{ c.service }}")
    paper.text("{{ c.ready }}", "Lead In")
    paper.form(
        "{{ c.name }}: selection, brief, training, readiness and protected time",
        [
            ("Job role", "{{ c.job }}"),
            ("Why chosen", "{{ c.rationale }}"),
            ("Scores at selection", "{{ c.scores }}"),
            ("Role brief", "{{ c.brief }}"),
            ("Training", "{{ c.training }}"),
            ("Readiness", "{{ c.readiness }}"),
            ("Protected time", "{{ c.protected }}"),
        ],
    )
    paper.tag("if c.triggers")
    paper.text("What the rules on preparing find:", "Lead In")
    paper.table(
        "{{ c.name }}: what the rules on preparing find",
        (("Trigger", 4.4), ("State", 2.8), ("What was found", 6.6), ("Rows", 3.2)),
        "t in c.triggers",
        ["{{ t.trigger }} {{ t.title }}", Strong("{{ t.state }}"), "{{ t.found }}", "{{ t.rows }}"],
    )
    paper.tag("endif")
    paper.text("Decision, to be entered on the sheet Start sign-off:", "Lead In")
    paper.form(
        "Decision on {{ c.name }}",
        [
            ("Decision", Control("{{ c.field.decision }}", "Decision", choices=_DECISIONS)),
            ("Conditions", Control("{{ c.field.conditions }}", "Conditions, or none")),
            ("Project lead", Control("{{ c.field.signed }}", "Name and signature")),
            ("Reviewed on", Control("{{ c.field.signed_on }}", "Date of review", date=True)),
        ],
        together=True,
    )
