"""Workbooks built with openpyxl from the column contract alone (docs/contract/registers.md).

The contract is typed again here on purpose, by hand from the specification and not from `workbook.model.registers`:
what is built here proves that the program reads the contract and not merely its own writing.

    build(path, {"SupportLog": [{"Support ID": "SU-0001", ...}]})
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 4


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split("·"))


SETTINGS = {
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

#: table: (sheet, headers)
SETUP = {
    "Programme": ("Setup", _split("Setting · Value")),
    "Services": (
        "Setup",
        _split(
            "Service code · Service name · Service type · Registered manager · Team leader · Go-live date · "
            "Stabilised on · In use"
        ),
    ),
    "People": ("Setup", _split("Person · Role · Service · E-mail")),
    "Thresholds": ("Thresholds", _split("Trigger · Parameter · Value · Unit · Default · What it means")),
}

#: Each of these ends with the column Check.
REGISTERS = {
    "WorkforcePlan": (
        "Workforce plan",
        _split(
            "Champion ID · Name · Job role · Service · Usual shift · Other shifts covered · Selection rationale · "
            "Care workflow understanding · Technology confidence · Identified by · Identified on · Status · "
            "Status since"
        ),
    ),
    "RoleBriefs": (
        "Role briefs",
        _split(
            "Brief ID · Champion ID · Version · Peer support · Issue reporting · Promoting correct workflows · "
            "Role boundaries · Reports to · Issued by · Issued on · Acknowledged on · Responsibilities clear · "
            "Review due date"
        ),
    ),
    "TrainingMatrix": (
        "Training matrix",
        _split(
            "Training ID · Champion ID · Module · Required · Trainer · Trainer type · Planned date · Completed on · "
            "Result · Refresher due date · Evidence"
        ),
    ),
    "ReadinessLog": (
        "Readiness log",
        _split(
            "Check ID · Champion ID · Checked by · Checked on · Recording standards · Escalation routes · "
            "Governance expectations · Care workflows · Assistive technology · Outcome · Action needed · "
            "Re-check due date"
        ),
    ),
    "ImplementationPlan": (
        "Implementation plan",
        _split(
            "Commitment ID · Champion ID · Protected hours per week · Support arrangements · Mentor · Confirmed by · "
            "Confirmed on · Review due date · Ended on"
        ),
    ),
    "ProtectedTime": (
        "Protected time",
        _split("Entry ID · Champion ID · Week commencing · Hours given · Reason if short · Shifts observed"),
    ),
    "StartSignOff": (
        "Start sign-off",
        _split(
            "Review ID · Champion ID · Reviewed by · Reviewed on · Selection record seen · Role brief seen · "
            "Training seen · Readiness seen · Protected time seen · Decision · Conditions"
        ),
    ),
    "SupportLog": (
        "Support log",
        _split(
            "Support ID · Date · Shift · Service · Champion ID · Staff member · Workflow · Support need · "
            "What happened · Coaching given · Guidance followed · Advice given · Workaround seen · Workaround detail · "
            "Outcome · Care record reference · Confidence before · Confidence after · Support helped"
        ),
    ),
    "ConfidenceTracker": (
        "Confidence tracker",
        _split(
            "Feedback ID · Support ID · Date · Staff member · Confidence before · Confidence after · Support helped · "
            "Comment · Recorded by"
        ),
    ),
    "TeamLeaderReviews": (
        "Team leader reviews",
        _split(
            "Review ID · Service · Period start · Period end · Reviewed by · Reviewed on · Themes seen · Decision · "
            "Also decided · Triggers considered · Detail · Owner · Due date · Status"
        ),
    ),
    "ManagerReviews": (
        "Manager reviews",
        _split(
            "Review ID · Service · Period start · Period end · Reviewed by · Reviewed on · System use improving · "
            "Record quality improving · Evidence source · Finding · Decision"
        ),
    ),
    "Guidance": (
        "Approved guidance",
        _split(
            "Guidance ID · Workflow · Support need · Title · Version · Approved by · Approved on · Review due date · "
            "Summary · Withdrawn on · Source"
        ),
    ),
    "ImprovementLog": (
        "Improvement log",
        _split(
            "Issue ID · Raised on · Raised by · Service · Kind · Workflow · Description · Linked support · Category · "
            "Categorised by · Categorised on · Safe recording affected · Repeat of · Status · Closed on · Resolution · "
            "Supplier reference · Reply due date · Replied on"
        ),
    ),
    "QualityReviews": (
        "Quality reviews",
        _split(
            "Review ID · Issue ID · Reviewed by · Reviewed on · Affects care evidence · Affects risk management · "
            "Affects audit quality · Severity · Finding"
        ),
    ),
    "Meetings": (
        "Meetings",
        _split(
            "Meeting ID · Kind · Held on · Chair · Present · Apologies · Quorate · Matters considered · Next meeting · "
            "Minutes reference"
        ),
    ),
    "BoardDecisions": (
        "Board decisions",
        _split(
            "Decision ID · Meeting ID · Issue ID · Trigger · Services affected · Decision · Rationale · Action type · "
            "Owner · Due date · Views against · Follows on"
        ),
    ),
    "Actions": (
        "Actions",
        _split(
            "Action ID · Source · Action · Owner · Raised on · Due date · Status · Completed on · "
            "Evidence of completion"
        ),
    ),
    "UpdatesShared": (
        "Updates shared",
        _split(
            "Update ID · Decision ID · Shared by · Shared on · Service · Method · Result · Result recorded on · "
            "Evidence"
        ),
    ),
    "OutcomeMeasures": (
        "Outcome measures",
        _split(
            "Measure ID · Measure · Belongs to · Unit · Better when · Baseline value · Baseline date · Target · Kind · "
            "Limits anew from"
        ),
    ),
    "OutcomeReadings": (
        "Outcome readings",
        _split(
            "Reading ID · Measure ID · Service · Date · Value · Numerator · Denominator · Evidence source · "
            "Concern raised · Note"
        ),
    ),
}

#: Tables in which people write quickly; a workbook is whole without them.
ENTRY_SHEETS = {
    "QuickSupport": (
        "Quick entry",
        _split(
            "Date · Shift · Service · Champion ID · Staff member · Workflow · Support need · What happened · "
            "Workaround seen · Workaround detail · Outcome · Entered as"
        ),
    ),
    "NewChampions": (
        "New champion",
        _split(
            "Name · Job role · Service · Usual shift · Selection rationale · Care workflow understanding · "
            "Technology confidence · Identified by · Identified on · Protected hours per week · Support arrangements · "
            "Confirmed by · Confirmed on · Role brief issued by · Role brief issued on · Peer support · "
            "Issue reporting · Promoting correct workflows · Training planned for · Mentor · Entered as"
        ),
    ),
}

COMPUTED = {
    "Checks": (
        "Checks",
        _split("Severity · Go to · What is wrong · What to do · Column · Value · Table · ID · Row · Code"),
    ),
    "Triggers": (
        "Triggers",
        _split(
            "Key · Trigger · Title · Scope · State · What was found · Value · Threshold · Evidence · Escalation · "
            "Owner · Due date · First raised on · Last seen on · Times raised · Cleared on · Rules version · "
            "Action ID · Acknowledged by · Comment"
        ),
    ),
    "ReviewsDue": (
        "Reviews due",
        _split("Review · Service · Owner · Last done on · Next due on · Days late · What proves it"),
    ),
    "Documents": (
        "Documents",
        _split("Document · Scope · As of · Made on · File · Workbook fingerprint · File hash"),
    ),
    "History": ("Change history", _split("When · Who · Command · Table · ID · Column · Before · After · Source")),
    "ImportProblems": ("Import problems", _split("Source · Source row · Into · Reason · The entry as it came · Mark")),
}

#: table: (header, values)
LISTS = {
    "ServiceTypes": (
        "Service types",
        _split("Residential care home · Nursing home · Home care · Supported living · Extra care"),
    ),
    "JobRoles": ("Job roles", _split("Care assistant · Senior carer · Nurse · Team leader · Activities lead")),
    "Shifts": ("Shifts", _split("Early · Late · Night · Day · Weekend")),
    "Workflows": (
        "Workflows",
        _split(
            "Care notes · Tasks · Alerts · Incidents · Care plan updates · Medication records · Handover · "
            "Assistive technology alerts"
        ),
    ),
    "SupportNeeds": (
        "Support needs",
        _split(
            "Finding the record · Choosing the right form · Recording on time · Responding to an alert · "
            "Updating a care plan · Correcting an entry · Logging in · Device or connection · "
            "Understanding the workflow · None seen"
        ),
    ),
    "TrainingModules": (
        "Training modules",
        _split(
            "Enhanced system use · Recording standards · Alerts and assistive technology · Coaching colleagues · "
            "Incidents and escalation · Data protection"
        ),
    ),
    "UpdateMethods": (
        "Update methods",
        _split("Handover · Team meeting · Supervision · Notice · Message · One to one"),
    ),
    "AwayReasons": (
        "Away reasons",
        _split("leave · holiday · sick · sickness · illness · off sick · training · course"),
    ),
    "HiddenWorkaroundPhrases": (
        "Hidden workaround phrases",
        _split(
            "paper notes · on paper · write it up later · someone else's login · messaging app · copy and paste · "
            "from memory"
        ),
    ),
}

Rows = Sequence[Mapping[str, Any]]


def build(
    path: Path,
    tables: Mapping[str, Rows] | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
    leave_out: Collection[str] = (),
    computed: bool = False,
    lists: bool = True,
    named: bool = True,
    sheet_names: Mapping[str, str] | None = None,
    spelt: Mapping[str, Mapping[str, str]] | None = None,
    header_row: int = HEADER_ROW,
) -> Path:
    """Writes a workbook and gives its path.

    Args:
        path: where to.
        tables: rows by table, each a mapping of header to value; headers the contract does not know are added at the
            end of their table. Tables not named are there without a row.
        settings: settings other than the ordinary ones, by label.
        leave_out: tables that are not there.
        computed: whether the computed tables are there.
        lists: whether the lists are there.
        named: whether the tables are tables of Excel; else their headers and cells stand bare.
        sheet_names: other names for sheets, by the contract's name.
        spelt: other headers, by table and the header above; rows are given under the other one.
        header_row: the worksheet row on which headers stand.
    """
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    given = dict(tables or {})
    given.setdefault("Programme", [{"Setting": k, "Value": v} for k, v in {**SETTINGS, **(settings or {})}.items()])
    known = {**SETUP, **REGISTERS, **(COMPUTED if computed else {})}
    if lists:
        for name, (header, values) in LISTS.items():
            known[name] = ("Lists", (header,))
            given.setdefault(name, [{header: value} for value in values])
    titles = sheet_names or {}
    for name, (sheet, declared) in known.items():
        if name in leave_out:
            continue
        rows = given.get(name, ())
        other = (spelt or {}).get(name, {})
        headers = [*(other.get(h, h) for h in declared), *(["Check"] if name in REGISTERS else [])]
        headers += [h for h in dict.fromkeys(h for row in rows for h in row) if h not in headers]
        title = titles.get(sheet, sheet)
        there = book[title] if title in book.sheetnames else book.create_sheet(title)
        _write(there, name, headers, rows, named=named, header_row=header_row)
    book.save(path)
    return path


def _write(sheet: Worksheet, name: str, headers: Sequence[str], rows: Rows, *, named: bool, header_row: int) -> None:
    first = sheet.max_column + 2 if sheet.max_row >= header_row else 1
    for n, header in enumerate(headers):
        sheet.cell(header_row, first + n, header)
    for r, row in enumerate(rows, start=header_row + 1):
        for n, header in enumerate(headers):
            if row.get(header) is not None:
                sheet.cell(r, first + n, row[header])
    if named:
        last = header_row + max(1, len(rows))
        reach = f"{get_column_letter(first)}{header_row}:{get_column_letter(first + len(headers) - 1)}{last}"
        table = Table(displayName=name, ref=reach)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
        sheet.add_table(table)
