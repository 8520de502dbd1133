"""The template of the evidence pack for a commissioner."""

from __future__ import annotations

from tools.templates.kit import Paper, Strong


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Commissioner evidence pack")
    paper.title("{{ about.title }}", "{{ about.provider }} · {{ about.programme }} · as of {{ about.day }}")
    paper.text([Strong("Period: "), "{{ period }}, unless a line says otherwise."])
    paper.heading("In brief")
    paper.bullets("sentence in brief", "{{ sentence }}")
    paper.tag("for s in sections")
    paper.heading("{{ s.title }}")
    paper.tag("if s.facts")
    paper.table(
        "{{ s.title }}: what, figure, from how many and which days, and source",
        (("What", 5.6), ("Figure", 4.4), ("From how many, and when", 4.2), ("Source", 2.8)),
        "f in s.facts",
        ["{{ f.what }}", "{{ f.figure }}", "{{ f.basis }}", "{{ f.source }}"],
    )
    paper.tag("endif")
    paper.tag("if s.outcomes")
    paper.text("Measured outcomes:", "Lead In")
    columns = [("Measure", 3.6), ("Where", 2.3), ("Baseline", 2.1), ("Newest", 2.1), ("Target", 1.4)]
    paper.table(
        "{{ s.title }}: outcomes against baseline, and what the run-chart rules say",
        [*columns, ("What it says", 5.5)],
        "o in s.outcomes",
        [
            "{{ o.measure }}",
            "{{ o.place }}",
            "{{ o.baseline }}",
            "{{ o.newest }}",
            "{{ o.target }}",
            "{{ o.said }}",
        ],
    )
    paper.tag("endif")
    paper.tag("if s.gap")
    paper.text("{{ s.gap }}")
    paper.tag("endif")
    paper.tag("endfor")
    paper.heading("What changed for people who draw on care")
    paper.tag("if changes")
    paper.table(
        "What was found in care records: date, service, what, and row",
        (("Date", 2.2), ("Service", 3.4), ("What was found in care records", 9.4), ("Row", 2.0)),
        "c in changes",
        ["{{ c.day }}", "{{ c.where }}", "{{ c.what }}", "{{ c.row }}"],
    )
    paper.tag("endif")
    paper.tag("if no_changes")
    paper.text("{{ no_changes }}")
    paper.tag("endif")
    paper.tag("if figures")
    paper.heading("Charts")
    paper.text("The figures of the charts stand in the tables above.", "Lead In")
    paper.tag("for f in figures")
    paper.heading("{{ f.title }}", 2)
    paper.text("{{ f|picture }}", "Picture")
    paper.tag("endfor")
    paper.tag("endif")
    return paper.build()
