"""The template of a standardised guidance note."""

from __future__ import annotations

from tools.templates.kit import Control, Paper, Strong


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Standardised guidance note")
    paper.title("{{ about.title }}", "{{ service }} · {{ about.provider }} · {{ about.day }}")
    paper.text("{{ intro }}")
    paper.tag("for n in notes")
    paper.heading("{{ n.number }}. {{ n.title }}")
    paper.text([Strong("Why: "), "{{ n.why }}"])
    paper.heading("The agreed way (draft)", 2)
    paper.text("{{ n.drafted }}", "Lead In")
    paper.bullets("s in n.steps", "{{ s }}")
    paper.heading("Guidance in force", 2)
    paper.tag("if n.guidance")
    paper.bullets("g in n.guidance", "{{ g }}")
    paper.tag("else")
    paper.text("None for this workflow and need.")
    paper.tag("endif")
    paper.heading("What champions told so far", 2)
    paper.listed(
        "What champions told: who, which guidance they followed, the advice, and how often",
        (("Who", 3.6), ("Guidance", 4.6), ("What was told", 6.8), ("How often", 2.0)),
        "w in n.ways",
        ["{{ w.who }}", "{{ w.followed }}", "{{ w.said }}", "{{ w.times }}"],
        "No entry is named.",
    )
    paper.heading("Approval", 2)
    paper.form(
        "Approval of note {{ n.number }}, to be entered on the sheet Approved guidance",
        [
            ("Version", "{{ n.version }}"),
            ("Source", "{{ n.origin }}"),
            ("Approved by", Control("{{ n.field.approved }}", "Name, role and signature")),
            ("Approved on", Control("{{ n.field.approved_on }}", "Date of approval", date=True)),
            ("Review due date", Control("{{ n.field.review }}", "Review due date", date=True)),
        ],
        together=True,
    )
    paper.tag("endfor")
    paper.sentence("more")
    paper.heading("How to use it")
    paper.text(
        "Champions tell it in these words, note its number under Guidance followed, and bring what does not work "
        "to the team leader."
    )
    return paper.build()
