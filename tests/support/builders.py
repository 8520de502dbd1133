"""Small workbooks for tests: a sound base programme, and rows given by header, the rest filled in soundly.

snap = book(SupportLog=[{"Date": day(-1), "Staff member": "Carer One"}])
view = view_of(snap)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbook.model.catalogue import THRESHOLDS
from workbook.model.raw import RawBook, RawTable, columns_of
from workbook.model.reading import read_book
from workbook.model.registers import (
    BY_TABLE,
    COMPUTED,
    ENTRY_SHEETS,
    LISTS,
    REGISTERS,
    SETUP,
    SUMMARIES,
    Programme,
    Thresholds,
)
from workbook.model.snapshot import Snapshot
from workbook.model.view import View

#: A Tuesday.
AS_OF = dt.date(2026, 6, 30)
Row = Mapping[str, Any]


def day(offset: int) -> dt.date:
    """A day before (negative) or after `AS_OF`."""
    return AS_OF + dt.timedelta(days=offset)


SETTINGS: dict[str, Any] = {
    "Provider name": "Example Care",
    "Programme name": "Digital champions",
    "Care system": "Example ECM",
    "Care system supplier": "Example Systems",
    "Project board name": "Digital Programme Board",
    "Board quorum": 3,
    "Early implementation weeks": 12,
    "Inspection framework": "Quality statements",
    "Contact e-mail": None,
    "Documents folder": None,
    "Date order": None,
    "Logo": None,
    "Classification line": None,
}

#: What a row of each table holds unless the test says otherwise. Sound on `AS_OF`.
BASE: dict[str, dict[str, Any]] = {
    "Services": {
        "Service code": "OAK",
        "Service name": "Oak House",
        "Service type": "Residential care home",
        "Registered manager": "Manager Oak",
        "Team leader": "Leader Oak",
        "Go-live date": dt.date(2026, 2, 9),
        "In use": "Yes",
    },
    "People": {"Person": "Project Lead One", "Role": "Project lead"},
    "WorkforcePlan": {
        "Champion ID": "DC-001",
        "Name": "Champion Alpha",
        "Job role": "Care assistant",
        "Service": "OAK",
        "Usual shift": "Early",
        "Other shifts covered": "Late, Night, Day, Weekend",
        "Selection rationale": "Trusted by colleagues and careful with records.",
        "Care workflow understanding": 4,
        "Technology confidence": 4,
        "Identified by": "Manager Oak",
        "Identified on": dt.date(2026, 1, 5),
        "Status": "Active",
        "Status since": dt.date(2026, 2, 9),
    },
    "RoleBriefs": {
        "Brief ID": "RB-001",
        "Champion ID": "DC-001",
        "Version": 1,
        "Peer support": "Helps colleagues on shift with daily records.",
        "Issue reporting": "Reports recurring problems in the improvement log.",
        "Promoting correct workflows": "Shows the agreed way and says why it matters.",
        "Role boundaries": "Does not record care for others or change system settings.",
        "Reports to": "Leader Oak",
        "Issued by": "Project Lead One",
        "Issued on": dt.date(2026, 1, 12),
        "Acknowledged on": dt.date(2026, 1, 14),
        "Responsibilities clear": "Yes",
        "Review due date": dt.date(2026, 12, 1),
    },
    "TrainingMatrix": {
        "Training ID": "TR-001",
        "Champion ID": "DC-001",
        "Module": "Enhanced system use",
        "Required": "Yes",
        "Trainer": "Trainer One",
        "Trainer type": "Internal",
        "Planned date": dt.date(2026, 1, 19),
        "Completed on": dt.date(2026, 1, 19),
        "Result": "Passed",
        "Refresher due date": dt.date(2027, 1, 19),
        "Evidence": "Certificate on file.",
    },
    "ReadinessLog": {
        "Check ID": "RC-001",
        "Champion ID": "DC-001",
        "Checked by": "Quality Lead One",
        "Checked on": dt.date(2026, 1, 26),
        "Recording standards": "Secure",
        "Escalation routes": "Secure",
        "Governance expectations": "Secure",
        "Care workflows": "Secure",
        "Assistive technology": "Secure",
        "Outcome": "Ready",
    },
    "ImplementationPlan": {
        "Commitment ID": "IP-001",
        "Champion ID": "DC-001",
        "Protected hours per week": 4,
        "Support arrangements": "Weekly call with the mentor.",
        "Mentor": "Leader Oak",
        "Confirmed by": "Manager Oak",
        "Confirmed on": dt.date(2026, 1, 28),
    },
    "ProtectedTime": {
        "Entry ID": "PT-001",
        "Champion ID": "DC-001",
        "Week commencing": dt.date(2026, 6, 22),
        "Hours given": 4,
        "Shifts observed": 2,
    },
    "StartSignOff": {
        "Review ID": "SO-001",
        "Champion ID": "DC-001",
        "Reviewed by": "Project Lead One",
        "Reviewed on": dt.date(2026, 2, 2),
        "Selection record seen": "Yes",
        "Role brief seen": "Yes",
        "Training seen": "Yes",
        "Readiness seen": "Yes",
        "Protected time seen": "Yes",
        "Decision": "Signed off",
    },
    "SupportLog": {
        "Support ID": "SU-0001",
        "Date": dt.date(2026, 6, 29),
        "Shift": "Early",
        "Service": "OAK",
        "Champion ID": "DC-001",
        "Staff member": "Carer One",
        "Workflow": "Care notes",
        "Support need": "Finding the record",
        "What happened": "Could not find the care plan in the list.",
        "Coaching given": "Showed the search by room.",
        "Workaround seen": "No",
        "Outcome": "Resolved",
    },
    "QuickSupport": {
        "Staff member": "Carer Two",
        "Workflow": "Care notes",
        "Support need": "Logging in",
        "What happened": "The password had run out.",
        "Workaround seen": "No",
        "Outcome": "Resolved",
    },
    "NewChampions": {
        "Name": "Champion Beta",
        "Job role": "Senior carer",
        "Service": "OAK",
        "Usual shift": "Late",
        "Selection rationale": "Patient, and quick with the tablet.",
        "Care workflow understanding": 4,
        "Technology confidence": 4,
        "Identified by": "Manager Oak",
        "Identified on": dt.date(2026, 6, 1),
        "Protected hours per week": 3,
        "Support arrangements": "An hour on each of three early shifts.",
        "Confirmed by": "Manager Oak",
        "Confirmed on": dt.date(2026, 6, 2),
        "Role brief issued by": "Project Lead One",
        "Role brief issued on": dt.date(2026, 6, 3),
        "Training planned for": dt.date(2026, 7, 6),
    },
    "ConfidenceTracker": {
        "Feedback ID": "CF-0001",
        "Support ID": "SU-0001",
        "Date": dt.date(2026, 6, 29),
        "Staff member": "Carer One",
        "Confidence before": 3,
        "Confidence after": 4,
        "Support helped": "Yes",
    },
    "TeamLeaderReviews": {
        "Review ID": "TL-001",
        "Service": "OAK",
        "Period start": dt.date(2026, 6, 15),
        "Period end": dt.date(2026, 6, 21),
        "Reviewed by": "Leader Oak",
        "Reviewed on": dt.date(2026, 6, 22),
        "Themes seen": "Fewer questions about care notes.",
        "Decision": "No action",
        "Status": "Done",
    },
    "ManagerReviews": {
        "Review ID": "MR-001",
        "Service": "OAK",
        "Period start": dt.date(2026, 6, 15),
        "Period end": dt.date(2026, 6, 21),
        "Reviewed by": "Manager Oak",
        "Reviewed on": dt.date(2026, 6, 23),
        "System use improving": "Yes",
        "Record quality improving": "Yes",
        "Evidence source": "Care records",
        "Finding": "Records are completed sooner after care.",
    },
    "Guidance": {
        "Guidance ID": "GU-001",
        "Workflow": "Care notes",
        "Support need": "Finding the record",
        "Title": "Finding a care record",
        "Version": 1,
        "Approved by": "Quality Lead One",
        "Approved on": dt.date(2026, 2, 1),
        "Review due date": dt.date(2026, 12, 1),
        "Summary": "Search by room, then by name.",
    },
    "ImprovementLog": {
        "Issue ID": "IM-001",
        "Raised on": dt.date(2026, 6, 22),
        "Raised by": "DC-001",
        "Service": "OAK",
        "Kind": "Workflow barrier",
        "Workflow": "Care notes",
        "Description": "The note form asks twice for the time.",
        "Category": "Training",
        "Categorised by": "Project Lead One",
        "Categorised on": dt.date(2026, 6, 23),
        "Safe recording affected": "No",
        "Status": "Open",
    },
    "QualityReviews": {
        "Review ID": "QR-001",
        "Issue ID": "IM-001",
        "Reviewed by": "Quality Lead One",
        "Reviewed on": dt.date(2026, 6, 24),
        "Affects care evidence": "No",
        "Affects risk management": "No",
        "Affects audit quality": "No",
        "Severity": "Low",
        "Finding": "An annoyance, no effect on the record.",
    },
    "Meetings": {
        "Meeting ID": "MT-001",
        "Kind": "Project board",
        "Held on": dt.date(2026, 6, 25),
        "Chair": "Board Chair One",
        "Present": "Board Chair One, Project Lead One, Quality Lead One",
        "Quorate": "Yes",
        "Matters considered": "Progress of the programme.",
        "Next meeting": dt.date(2026, 7, 9),
    },
    "BoardDecisions": {
        "Decision ID": "BD-001",
        "Meeting ID": "MT-001",
        "Issue ID": "IM-001",
        "Decision": "Change the note form.",
        "Rationale": "It saves time on every shift.",
        "Action type": "Configuration change",
        "Owner": "Project Lead One",
        "Due date": dt.date(2026, 7, 20),
    },
    "Actions": {
        "Action ID": "AC-001",
        "Source": "BD-001",
        "Action": "Ask the supplier to change the note form.",
        "Owner": "Project Lead One",
        "Raised on": dt.date(2026, 6, 25),
        "Due date": dt.date(2026, 7, 20),
        "Status": "Open",
    },
    "UpdatesShared": {
        "Update ID": "UP-001",
        "Decision ID": "BD-001",
        "Shared by": "DC-001",
        "Shared on": dt.date(2026, 6, 28),
        "Service": "OAK",
        "Method": "Handover",
        "Result": "Better system use",
        "Result recorded on": dt.date(2026, 6, 29),
        "Evidence": "Staff said so at handover.",
    },
    "OutcomeMeasures": {
        "Measure ID": "OM-01",
        "Measure": "Records completed within the hour",
        "Belongs to": "Live support",
        "Unit": "Percent",
        "Better when": "Higher",
        "Baseline value": 70,
        "Baseline date": dt.date(2026, 2, 1),
        "Target": 90,
        "Kind": "Record completion",
    },
    "OutcomeReadings": {
        "Reading ID": "OR-0001",
        "Measure ID": "OM-01",
        "Service": "OAK",
        "Date": dt.date(2026, 6, 28),
        "Value": 85,
        "Evidence source": "Care records",
    },
}

PEOPLE = [
    {"Person": "Project Lead One", "Role": "Project lead"},
    {"Person": "Quality Lead One", "Role": "Quality lead"},
    {"Person": "Board Chair One", "Role": "Board chair"},
    {"Person": "Manager Oak", "Role": "Registered manager", "Service": "OAK"},
    {"Person": "Leader Oak", "Role": "Team leader", "Service": "OAK"},
]


def rows_like(table: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows of a table, each the base row with the given cells; ids are counted up unless given."""
    key = BY_TABLE[table].key
    made = []
    for n, row in enumerate(rows):
        base = dict(BASE.get(table, {}))
        if key is not None:
            prefix, _, digits = base[key.header].partition("-")
            base[key.header] = f"{prefix}-{int(digits) + n:0{len(digits)}d}" if digits else prefix
        made.append({**base, **row})
    return made


def raw_table(table: str, headers: Sequence[str], rows: Sequence[Sequence[Any]], **more: Any) -> RawTable:
    """A raw table as a host would hand it over, standing at A5."""
    sheet = BY_TABLE[table].sheet if table in BY_TABLE else "Lists"
    kept = [list(row) for row in rows]
    settings = {"header_row": 5, "first_column": 1, "body_rows": len(kept), **more}
    return RawTable(
        table=table, sheet=sheet, headers=tuple(headers), columns=columns_of(kept, len(headers)), **settings
    )


def rows_of(raw: RawTable) -> list[list[Any]]:
    """The body of a raw table row by row, as a person sees it."""
    return [list(row) for row in zip(*raw.columns, strict=True)]


def raw_book(
    *,
    leave_out: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    thresholds: Mapping[tuple[str, str], Any] | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
    **tables: Sequence[Row],
) -> RawBook:
    """A workbook with the base settings, service OAK, its people, one champion fully prepared, and `tables`.

    A register that is not named holds: the base row for Services, People and the registers of Prepare up to the start
    sign-off; nothing for all others.
    """
    prepared = {
        "Services": [{}],
        "People": PEOPLE,
        **{t: [{}] for t in ("WorkforcePlan", "RoleBriefs", "TrainingMatrix", "ReadinessLog")},
        **{t: [{}] for t in ("ImplementationPlan", "StartSignOff")},
    }
    raw = [raw_table(Programme.table, ("Setting", "Value"), list({**SETTINGS, **(settings or {})}.items()))]
    changed = thresholds or {}
    known = [(t, p.name, changed.get((t, p.name), p.default), p.unit, p.default, p.meaning) for t, p in THRESHOLDS]
    extra = [(t, p, v, None, None, None) for (t, p), v in changed.items() if (t, p) not in {k[:2] for k in known}]
    raw.append(raw_table(Thresholds.table, Thresholds.headers(), [*known, *extra]))
    for declared in LISTS:
        values = (lists or {}).get(declared.table, declared.values)
        raw.append(raw_table(declared.table, (declared.header,), [(v,) for v in values]))
    quick = (r for r in ENTRY_SHEETS if r.table in tables)
    for register in (*SETUP, *REGISTERS, *COMPUTED, *SUMMARIES, *quick):
        if register in (Programme, Thresholds):
            continue
        given = rows_like(register.table, tables.get(register.table, prepared.get(register.table, ())))
        headers = [*register.headers(), *(h for row in given for h in row if h not in register.headers())]
        headers = list(dict.fromkeys(headers))
        if register.checked and "Check" not in headers:
            headers.append("Check")
        raw.append(raw_table(register.table, headers, [[row.get(h) for h in headers] for row in given]))
    return RawBook("test.xlsx", [t for t in raw if t.table not in leave_out])


def book(**options: Any) -> Snapshot:
    """The snapshot of `raw_book(**options)`."""
    return read_book(raw_book(**options))


def view_of(snapshot: Snapshot, as_of: dt.date = AS_OF) -> View:
    """The snapshot as of a day."""
    return View(snapshot, as_of)


def apart(raw: RawBook) -> RawBook:
    """The same workbook with the tables of a sheet side by side, as a host that holds cells needs them."""
    ends: dict[str, int] = {}
    tables = []
    for table in raw.tables:
        first = ends.get(table.sheet, 1)
        ends[table.sheet] = first + len(table.headers) + 1
        tables.append(replace(table, first_column=first))
    return replace(raw, tables=tables)
