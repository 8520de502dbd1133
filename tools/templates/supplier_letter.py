"""The template of the letter to the supplier."""

from __future__ import annotations

from tools.templates.kit import Control, Paper, Strong


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Supplier engagement letter")
    paper.title("{{ about.title }}", "{{ about.provider }} · {{ day }}")
    paper.text([Strong("To: "), "{{ to }}, {{ about.supplier }}"])
    paper.text([Strong("About: "), "barriers to safe recording in {{ about.care_system }}"])
    paper.text([Strong("Our reference: "), "{{ about.number }}"])
    paper.text("{{ opening }}")
    paper.heading("What stands in the way")
    paper.listed(
        "Barriers: our reference, what happens, effect and age",
        (("Our ref.", 1.9), ("What happens", 6.9), ("Effect on care records", 4.6), ("Open for", 3.6)),
        "b in barriers",
        ["{{ b.number }}", "{{ b.what }}", "{{ b.effect }}", "{{ b.age }}"],
        "No barrier is open.",
    )
    paper.heading("What we ask of you")
    paper.listed(
        "What is asked for each barrier, and by when",
        (("Our ref.", 1.9), ("Your ref.", 3.1), ("What we ask", 9.4), ("By", 2.6)),
        "b in barriers",
        ["{{ b.number }}", "{{ b.theirs }}", "{{ b.asked }}", "{{ b.by }}"],
        "Nothing is asked at present.",
    )
    paper.sentence("more")
    paper.heading("Your answer")
    paper.text(
        "Please answer by {{ reply_by }}, naming our references, to {{ answer_to }}. The project board looks at "
        "your answer at its next meeting."
    )
    paper.form(
        "Signature",
        [
            ("For {{ about.provider }}", Control("{{ field.signed_by }}", "Name, role and signature")),
            ("Signed on", Control("{{ field.signed_on }}", "Date of signature", date=True)),
        ],
        together=True,
    )
    return paper.build()
