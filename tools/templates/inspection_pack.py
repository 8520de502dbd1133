"""The template of the evidence pack for an inspector."""

from __future__ import annotations

from tools.templates.kit import Paper, Strong


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Inspection evidence pack")
    paper.title("{{ about.title }}", "{{ about.provider }} · {{ about.programme }} · as of {{ about.day }}")
    paper.text([Strong("Framework: "), "{{ framework }} ({{ dated }}). The numbers are ours."])
    paper.heading("In brief")
    paper.bullets("sentence in brief", "{{ sentence }}")
    paper.contents()
    paper.heading("Index by statement")
    paper.listed(
        "Statements of the framework with the numbers of their evidence",
        (("Key question", 2.8), ("Statement", 8.2), ("Evidence", 6.0)),
        "s in statements",
        ["{{ s.question }}", "{{ s.statement }}", "{{ s.evidence }}"],
        "No statement has evidence yet.",
    )
    paper.sentence("without")
    _categories(paper)
    _annexes(paper)
    return paper.build()


def _categories(paper: Paper) -> None:
    paper.heading("Evidence by category")
    paper.text("Each line says what it shows, when, the newest rows, and where the original lies.", "Lead In")
    paper.tag("for c in categories")
    paper.heading("{{ c.name }}", 2)
    paper.tag("if c.entries")
    paper.table(
        "{{ c.name }}: number, what it shows, dates, rows, and where the original lies",
        (("No.", 1.2), ("What it shows", 4.6), ("Statements", 3.4), ("Dates", 2.3), ("Rows", 2.7), ("Original", 2.8)),
        "e in c.entries",
        [
            "{{ e.number }}",
            "{{ e.shows }}",
            "{{ e.statements }}",
            "{{ e.dates }}",
            "{{ e.rows }}",
            "{{ e.original }}",
        ],
    )
    paper.tag("else")
    paper.text("{{ c.gap }}")
    paper.tag("endif")
    paper.tag("endfor")


def _annexes(paper: Paper) -> None:
    for heading, rows, columns, empty in (
        ("Champions' log: the newest entries", "logs", ("Date", "Service", "Who", "What happened", "Row"), _NO_LOG),
        ("What staff said", "feedback", ("Date", "Service", "Who", "What was said", "Row"), _NO_FEEDBACK),
        ("Audits", "audits", ("Date", "Issue", "Who", "What was found", "Row"), _NO_AUDIT),
        ("Meetings and minutes", "minutes", ("Date", "Meeting", "Who", "What was considered", "Row"), _NO_MEETING),
    ):
        paper.heading(heading)
        first, second, third, fourth, fifth = columns
        paper.listed(
            heading,
            ((first, 2.1), (second, 2.9), (third, 3.0), (fourth, 7.1), (fifth, 1.9)),
            f"l in {rows}",
            ["{{ l.day }}", "{{ l.where }}", "{{ l.who }}", "{{ l.what }}", "{{ l.row }}"],
            empty,
        )
    paper.heading("Training of champions")
    paper.listed(
        "Training of champions: how much is passed, and the next refresher",
        (("Champion", 5.4), ("Service", 4.4), ("Passed", 4.4), ("Next refresher", 2.8)),
        "t in training",
        ["{{ t.who }}", "{{ t.where }}", "{{ t.passed }}", "{{ t.next_refresher }}"],
        "No champion is on the workforce plan.",
    )
    paper.sentence("training_more")


_NO_LOG = "No support or observation is recorded."
_NO_FEEDBACK = "No comment of staff is recorded."
_NO_AUDIT = "No quality review is recorded."
_NO_MEETING = "No meeting is recorded."
