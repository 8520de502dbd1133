"""The template of the update for staff."""

from __future__ import annotations

from tools.templates.kit import Paper


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Staff update")
    paper.title("{{ about.title }}: you said, we did", "{{ about.programme }} · {{ about.provider }} · {{ about.day }}")
    paper.text("{{ intro }}")
    paper.tag("for d in decisions")
    paper.heading("{{ d.title }}")
    paper.form(
        "What staff said, what was decided, what changes, when, where, and whom to ask",
        [
            ("You told us", "{{ d.said }}"),
            ("What was decided", "{{ d.decided }}{% if d.why %} Why: {{ d.why }}{% endif %}"),
            ("What changes", "{{ d.changes }}"),
            ("When", "{{ d.when }}"),
            ("Where", "{{ d.services }}"),
            ("Whom to ask", "{{ d.ask }}"),
        ],
        together=True,
    )
    paper.tag("endfor")
    paper.sentence("more")
    paper.heading("Is it still in your way?")
    paper.text("Tell a digital champion. What you say goes to the board again, with how often it happens.")
    return paper.build()
