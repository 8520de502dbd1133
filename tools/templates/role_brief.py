"""The template of a champion's role brief."""

from __future__ import annotations

from tools.templates.kit import Control, Paper


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Role brief")
    paper.title("{{ about.title }}: digital champion", "{{ champion }} · {{ service }} · {{ about.provider }}")
    paper.text("{{ job }} in {{ service }}. Shifts: {{ shifts }}. {{ version }}")
    paper.heading("What you answer for")
    paper.table(
        "The three responsibilities",
        (("Responsibility", 4.4), ("What it means", 12.6)),
        "r in responsibilities",
        ["{{ r.title }}", "{{ r.words }}"],
    )
    paper.heading("What is not yours")
    paper.text("{{ boundaries }}")
    paper.heading("Time and support")
    paper.form(
        "Protected time, support, mentor and whom you report to",
        [
            ("Protected time", "{{ protected }}"),
            ("Support", "{{ support }}"),
            ("Mentor", "{{ mentor }}"),
            ("You report to", "{{ reports_to }}"),
        ],
    )
    paper.heading("Whom you go to")
    paper.table(
        "Escalation routes: whom to go to, and with what",
        (("Who", 6.0), ("With what", 11.0)),
        "r in routes",
        ["{{ r.who }}", "{{ r.what }}"],
    )
    paper.heading("Signatures")
    paper.form(
        "Signatures of champion and manager",
        [
            ("Champion", Control("{{ field.champion }}", "Name and signature")),
            ("Read and understood on", Control("{{ field.signed_on }}", "Date of signature", date=True)),
            ("Registered manager", Control("{{ field.manager }}", "Name and signature")),
            ("Agreed on", Control("{{ field.manager_on }}", "Date of signature", date=True)),
        ],
        together=True,
    )
    return paper.build()
