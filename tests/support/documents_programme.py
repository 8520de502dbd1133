"""A programme with something of everything that documents speak of."""

from __future__ import annotations

import datetime as dt
from functools import cache

from tests.support.builders import AS_OF, PEOPLE, book, day, view_of
from workbook.documents.declare import Material
from workbook.model.triggers import Scope
from workbook.rules.reviews import reviews
from workbook.rules.triggers import evaluate

NEEDS = (
    ("Care notes", "Finding the record"),
    ("Alerts", "Responding to an alert"),
    ("Medication records", "Choosing the right form"),
)


def material(snapshot=None, *, findings=(), lapsed=(), as_of=AS_OF):
    if snapshot is None and not findings and not lapsed and as_of == AS_OF:
        return _usual()
    view = view_of(snapshot if snapshot is not None else busy_book(), as_of)
    return Material(view, evaluate(view), findings, reviews(view), lapsed)


@cache
def _usual():
    """The usual programme, read and judged once: nothing of it is ever changed."""
    view = view_of(busy_book(), AS_OF)
    return Material(view, evaluate(view), (), reviews(view), ())


def scope_of(document, found):
    """The first scope that a document can be made about."""
    calls = document.call(document, found)
    return calls[0].scope if calls else Scope(document.scope, "DC-001")


def contents_of(document, found):
    return document.contents(document, found, scope_of(document, found))


def busy_book(**more):
    tables = {
        "Services": [{}, {"Service code": "ELM", "Service name": "Elm & Ash <Home Care>", "Team leader": None}],
        "People": [
            *PEOPLE,
            {"Person": "Board Member One", "Role": "Board member"},
            {"Person": "Board Member Two", "Role": "Board member"},
            {"Person": "Supplier Contact One", "Role": "Supplier contact"},
            {"Person": "Quality Lead One", "Role": "Board member"},
        ],
        "WorkforcePlan": [
            {},
            {"Name": "Champion Beta", "Service": "ELM", "Job role": "Nurse"},
            {"Status": "Preparing"},
        ],
        "SupportLog": support(),
        "TeamLeaderReviews": [{}],
        "ManagerReviews": [{}],
        "Meetings": [
            {"Held on": day(-19), "Next meeting": day(3), "Minutes reference": "DPB 2026-06"},
            {"Kind": "Implementation governance", "Held on": day(-27), "Next meeting": None},
        ],
        **improvement(),
        **outcomes(),
    }
    return book(**{**tables, **more})


def support():
    rows = []
    for n in range(24):
        workflow, need = NEEDS[n % 3]
        rows.append(
            {
                "Date": day(-(n % 12) * 2),
                "Service": "ELM" if n % 4 == 0 else "OAK",
                "Champion ID": "DC-002" if n % 4 == 0 else "DC-001",
                "Staff member": f"Carer {n % 5 + 1}",
                "Workflow": workflow,
                "Support need": need,
                "Outcome": "Escalated" if n == 7 else "Resolved",
                "Confidence before": 2,
                "Confidence after": 3 + n % 2,
                "Workaround seen": "Yes" if n == 5 else "No",
            }
        )
    return rows


def improvement():
    return {
        "ImprovementLog": [
            {"Raised on": day(-60), "Category": "Configuration", "Safe recording affected": "Yes"},
            {"Raised on": day(-10), "Repeat of": "IM-001", "Category": None, "Categorised on": None},
            {"Raised on": day(-45), "Service": "ELM", "Workflow": "Alerts", "Description": "Alerts come twice & late."},
            {
                "Raised on": day(-40),
                "Status": "With supplier",
                "Category": "Supplier support",
                "Reply due date": day(-5),
                "Description": "The app loses <unsaved> notes when the signal drops in the lift.",
            },
            {"Raised on": day(-50), "Status": "Closed", "Closed on": day(-6), "Resolution": "Guidance was renewed."},
        ],
        "QualityReviews": [
            {"Affects care evidence": "Yes", "Affects audit quality": "Yes", "Severity": "High"},
            {"Issue ID": "IM-003", "Severity": "Medium", "Affects risk management": "Yes"},
        ],
        "BoardDecisions": [
            {"Due date": day(-20), "Issue ID": "IM-003", "Decision": "Renew the guidance on alerts."},
            {"Issue ID": None, "Trigger": "F3:programme", "Services affected": "OAK, ELM"},
        ],
        "Actions": [
            {"Due date": day(-5)},
            {"Status": "Done", "Completed on": day(-3)},
            {"Status": "Done", "Completed on": day(-3), "Evidence of completion": "Audit of 12 records."},
            {"Source": "P1:DC-003", "Due date": day(-2), "Status": "Proposed"},
        ],
        "UpdatesShared": [{"Decision ID": "BD-001", "Service": "ELM", "Result": "No change", "Shared on": day(-8)}],
    }


def outcomes():
    weeks = [dt.date(2026, 3, 2) + dt.timedelta(weeks=n) for n in range(16)]
    oak = [{"Date": d, "Value": 70 + n} for n, d in enumerate(weeks)]
    elm = [{"Date": d, "Value": 74 - n, "Service": "ELM"} for n, d in enumerate(weeks)]
    return {
        "OutcomeMeasures": [
            {},
            {"Measure": "Days to fix a barrier", "Unit": "Days", "Better when": "Lower", "Baseline value": 30}
            | {"Kind": "Days to fix a barrier", "Belongs to": "Champion feedback", "Target": None},
        ],
        "OutcomeReadings": [*oak, *elm],
    }
