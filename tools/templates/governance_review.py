"""The template of the implementation governance review."""

from __future__ import annotations

from tools.templates.kit import Control, Link, Paper, Strong, Target
from workbook.documents.front import ACTIONS, ISSUES, OUTCOMES, QUALITY, TRIGGERS, WANTED


def build() -> bytes:
    """The template as a .docx."""
    paper = Paper("Implementation governance review")
    paper.title("{{ about.title }}", "{{ about.provider }} · {{ about.programme }} · as of {{ about.day }}")
    paper.front()
    _wanted(paper)
    paper.contents()
    paper.heading(Target("Data quality", QUALITY))
    paper.text([Strong("Period: "), "{{ period }} Care system: {{ about.care_system }}."])
    paper.tag("for sentence in quality")
    paper.text("{{ sentence }}")
    paper.tag("endfor")
    _recommendations(paper)
    _feedback(paper)
    _readiness(paper)
    _themes(paper)
    _issues(paper)
    _outcomes(paper)
    _actions(paper)
    _sign_off(paper)
    return paper.build()


def _wanted(paper: Paper) -> None:
    paper.heading(Target("Decisions wanted", WANTED))
    paper.listed(
        "Decisions wanted, each with a link to why and to its rows",
        [("No.", 1.1), ("What is recommended", 11.3), ("Who", 4.6)],
        "r in wanted",
        ["{{ r.number }}", Link("{{ r.what }}", "recommended_{{ r.number }}"), "{{ r.who }}"],
        "The rules give no reason for a recommendation.",
    )
    paper.sentence("wanted_more")


def _recommendations(paper: Paper) -> None:
    paper.heading("Recommendations")
    paper.listed(
        "Recommendations with who, why and the rows",
        [("No.", 1.1), ("What is recommended", 5.0), ("Who", 2.7), ("Why", 4.8), ("Rows", 3.4)],
        "r in recommendations",
        [
            Target("{{ r.number }}", "recommended_{{ r.number }}"),
            "{{ r.what }}",
            "{{ r.who }}",
            "{{ r.why }}",
            "{{ r.rows }}",
        ],
        "The rules give no reason for a recommendation.",
    )


def _feedback(paper: Paper) -> None:
    paper.heading(Target("Triggers on champion feedback, F1 to F11", TRIGGERS))
    paper.text("{{ feedback_counts }} Those checked and clear are listed too.", "Lead In")
    paper.listed(
        "F1 to F11 with state, what was found and the rows",
        [("Trigger", 3.8), ("State", 2.6), ("What was found", 6.6), ("Rows", 4.0)],
        "t in feedback",
        ["{{ t.trigger }} {{ t.title }}", "{{ t.state }}", "{{ t.found }}", "{{ t.rows }}"],
        "The triggers were not evaluated.",
    )
    paper.heading("Triggers on preparing champions and live support", 2)
    paper.text("{{ others_counts }}", "Lead In")
    paper.listed(
        "Triggers P and S that ask for action or warn",
        [("Trigger", 3.4), ("Where", 2.8), ("State", 2.2), ("What was found", 5.0), ("Rows", 3.6)],
        "t in others",
        ["{{ t.trigger }} {{ t.title }}", "{{ t.scope }}", "{{ t.state }}", "{{ t.found }}", "{{ t.rows }}"],
        "None asks for action and none warns.",
    )
    paper.heading("Triggers that lapsed unanswered", 2)
    paper.listed(
        "Triggers that stopped being raised with no action taken and no review that considered them",
        [("Trigger", 2.8), ("Title", 4.2), ("What was found", 5.6), ("First raised", 2.2), ("Last seen", 2.2)],
        "t in lapsed",
        ["{{ t.key }}", "{{ t.title }}", "{{ t.found }}", "{{ t.first }}", "{{ t.last }}"],
        "No trigger stopped being raised without an action or a review that considered it.",
    )


def _readiness(paper: Paper) -> None:
    paper.heading("Readiness")
    paper.listed(
        "Services: phase, go-live, champions acting, and what their triggers ask",
        [("Service", 4.0), ("Phase", 3.4), ("Go-live", 2.4), ("Champions acting", 2.4), ("Triggers", 4.8)],
        "s in services",
        ["{{ s.name }}", "{{ s.phase }}", "{{ s.go_live }}", "{{ s.acting }}", "{{ s.concerns }}"],
        "No service is in use.",
    )
    paper.heading("Champions", 2)
    columns = [("Champion", 2.8), ("Service", 2.0), ("Status", 2.8), ("Role brief", 1.9), ("Training", 2.0)]
    paper.listed(
        "Champions: status, role brief, training, readiness check, and what their triggers ask",
        [*columns, ("Readiness check", 2.6), ("Triggers", 2.9)],
        "c in readiness",
        [
            "{{ c.name }}",
            "{{ c.service }}",
            "{{ c.status }}",
            "{{ c.brief }}",
            "{{ c.training }}",
            "{{ c.readiness }}",
            "{{ c.concerns }}",
        ],
        "No champion is on the workforce plan.",
    )


def _themes(paper: Paper) -> None:
    paper.heading("Themes of support")
    paper.text("{{ theme_counts }}", "Lead In")
    columns = [("Workflow and need", 5.3), ("Entries", 1.7), ("Staff", 1.4), ("Services", 3.6)]
    paper.listed(
        "Themes of support: entries, staff, services, workarounds and median confidence before and after",
        [*columns, ("Workarounds", 2.5), ("Confidence", 2.5)],
        "t in themes",
        [
            "{{ t.theme }}",
            "{{ t.count }}",
            "{{ t.staff }}",
            "{{ t.services }}",
            "{{ t.workarounds }}",
            "{{ t.confidence }}",
        ],
        "No support with a need was recorded in the period.",
    )
    paper.heading("What team leaders and managers found", 2)
    paper.listed(
        "Reviews of team leaders and registered managers in the period",
        [("Review", 1.7), ("By", 4.0), ("What was found", 7.7), ("Decided", 3.6)],
        "s in reviews",
        ["{{ s.id }}", "{{ s.who }}", "{{ s.found }}", "{{ s.decided }}"],
        "No review of a team leader or manager was recorded in the period.",
    )


def _issues(paper: Paper) -> None:
    paper.risks(1)
    paper.heading(Target("Issues by category and age", ISSUES))
    paper.text("{{ issue_counts }}", "Lead In")
    paper.table(
        "Open issues by category and age in days",
        [("Category", 5.0), ("To 14 days", 2.4), ("15 to 28", 2.4), ("29 to 56", 2.4), ("Over 56", 2.4), ("All", 2.4)],
        "a in ages",
        ["{{ a.category }}", "{{ a.to_14 }}", "{{ a.to_28 }}", "{{ a.to_56 }}", "{{ a.older }}", "{{ a.total }}"],
    )
    paper.heading("Effect on care evidence, risk management and audit quality")
    paper.text("Open issues by the newest quality review of each; a repeat counts beside its original.", "Lead In")
    paper.table(
        "Effect of open issues by severity",
        [("Effect on", 4.0), ("Low", 1.8), ("Medium", 1.8), ("High", 1.8), ("Issues", 7.6)],
        "e in effects",
        ["{{ e.effect }}", "{{ e.low }}", "{{ e.medium }}", "{{ e.high }}", "{{ e.issues }}"],
    )
    paper.tag("if effect_rows")
    paper.heading("What the quality reviews found", 2)
    columns = [("Issue", 1.7), ("Review", 1.7), ("Affects", 3.2), ("Severity", 1.7), ("Finding", 5.5)]
    paper.table(
        "Quality reviews of open issues, worst first",
        [*columns, ("Standing", 3.2)],
        "e in effect_rows",
        [
            "{{ e.issue }}",
            "{{ e.review }}",
            "{{ e.affects }}",
            "{{ e.severity }}",
            "{{ e.finding }}",
            "{{ e.standing }}",
        ],
    )
    paper.tag("endif")


def _outcomes(paper: Paper) -> None:
    paper.heading(Target("Outcomes against baseline", OUTCOMES))
    columns = [("Measure", 3.6), ("Where", 2.1), ("Baseline", 2.1), ("Newest", 2.1), ("Target", 1.4)]
    paper.listed(
        "Outcomes: baseline, newest reading, target, and what the run-chart rules say",
        [*columns, ("What it says", 5.7)],
        "o in outcomes",
        [
            "{{ o.measure }}",
            "{{ o.place }}",
            "{{ o.baseline }}",
            "{{ o.newest }}",
            "{{ o.target }}",
            "{{ o.said }}",
        ],
        "No outcome measure has been set up yet.",
    )
    paper.tag("if figures")
    paper.heading("Charts", 2)
    paper.text("The figures of the charts stand in the tables of this review and on the sheets named there.", "Lead In")
    paper.tag("endif")
    paper.tag("for f in figures")
    paper.heading("{{ f.title }}", 3)
    paper.text("{{ f|picture }}", "Picture")
    paper.tag("endfor")


def _actions(paper: Paper) -> None:
    paper.heading(Target("Actions without evidence or overdue", ACTIONS))
    paper.text("{{ action_counts }}", "Lead In")
    paper.listed(
        "Actions done without evidence or overdue",
        [("ID", 1.7), ("Action", 5.6), ("Source", 2.3), ("Owner", 2.8), ("Due", 2.1), ("Status", 2.5)],
        "a in actions",
        ["{{ a.id }}", "{{ a.action }}", "{{ a.source }}", "{{ a.owner }}", "{{ a.due }}", "{{ a.status }}"],
        "Every action is in time, and each that is done has its evidence.",
    )


def _sign_off(paper: Paper) -> None:
    paper.heading("Sign-off")
    paper.form(
        "Sign-off by the quality lead and the board",
        [
            ("Quality lead", Control("{{ field.quality_lead }}", "Name and signature")),
            ("Signed on", Control("{{ field.quality_lead_on }}", "Date of signature", date=True)),
            ("For the board", Control("{{ field.board }}", "Name and signature")),
            ("Received on", Control("{{ field.board_on }}", "Date of signature", date=True)),
            ("Comments", Control("{{ field.comments }}", "Comments, or none")),
        ],
        together=True,
    )
