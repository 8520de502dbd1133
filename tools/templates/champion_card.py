"""The template of a champion's card: one page."""

from __future__ import annotations

from tools.templates.kit import Paper


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Champion card")
    paper.title("{{ about.title }}", "{{ champion }} · {{ service }} · as of {{ about.day }}")
    paper.heading("The champion")
    paper.form(
        "The champion: role, status, brief, readiness, protected time, support and confidence",
        [
            ("Role", "{{ role }}, digital champion in {{ service }}"),
            ("Status", "{{ status }}"),
            ("Role brief", "{{ brief }}"),
            ("Readiness", "{{ readiness }}"),
            ("Protected time", "{{ protected }}"),
            ("Support given", "{{ support }}"),
            ("Confidence of those helped", "{{ confidence }}"),
        ],
    )
    paper.heading("Training")
    paper.listed(
        "Training by module: result, when completed, when to be refreshed",
        (("Module", 7.0), ("Result", 3.4), ("Completed", 3.3), ("Refresher due", 3.3)),
        "t in training",
        ["{{ t.module }}", "{{ t.result }}", "{{ t.completed }}", "{{ t.refresher }}"],
        "No training is recorded.",
    )
    paper.sentence("training_more")
    paper.heading("Open actions")
    paper.listed(
        "Open actions of or about the champion",
        (("Action", 8.6), ("Owner", 3.4), ("Due", 2.2), ("Status", 2.8)),
        "a in actions",
        ["{{ a.action }} ({{ a.id }})", "{{ a.owner }}", "{{ a.due }}", "{{ a.status }}"],
        "No action is open.",
    )
    paper.sentence("actions_more")
    return paper.build()
