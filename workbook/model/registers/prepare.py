"""Prepare: selecting and preparing champions (article, operational example 1)."""

from workbook.model.declare import (
    CHOICE,
    DATE,
    HOURS,
    ID,
    LIST,
    LONG_TEXT,
    NUMBER,
    PERSON,
    REF,
    SCORE,
    TEXT,
    WHOLE,
    YES_NO,
    Area,
    Register,
)

STATUSES = ("Proposed", "Preparing", "Signed off", "Active", "Paused", "Reassigned", "Stepped down")
UNDERSTANDING = ("Secure", "Developing", "Not yet")


class WorkforcePlan(
    Register,
    sheet="Workforce plan",
    area=Area.PREPARE,
    purpose="Who was chosen as a digital champion, for which service and shifts, and why.",
    source="article, example 1, step 1",
):
    champion_id = ID(r"DC-\d{3,}").required("Champion ID")
    name = TEXT.required("Name")
    job_role = LIST("JobRoles").required("Job role")
    service = REF("Services").required("Service")
    usual_shift = LIST("Shifts").required("Usual shift")
    other_shifts = LIST("Shifts").optional("Other shifts covered", separated=True)
    rationale = LONG_TEXT.required("Selection rationale")
    workflow_understanding = SCORE.required("Care workflow understanding")
    technology_confidence = SCORE.required("Technology confidence")
    identified_by = PERSON.required("Identified by", roles=("Registered manager",))
    identified_on = DATE.required("Identified on", event=True)
    status = CHOICE(*STATUSES).required("Status")
    status_since = DATE.optional("Status since", future=True, start="Identified on")


class RoleBriefs(
    Register,
    sheet="Role briefs",
    area=Area.PREPARE,
    purpose="What each champion answers for and what not, and whether it is clear to them.",
    source="article, example 1, step 2",
):
    brief_id = ID(r"RB-\d{3,}").required("Brief ID")
    champion_id = REF("WorkforcePlan").required("Champion ID")
    version = WHOLE.required("Version", minimum=1)
    peer_support = LONG_TEXT.required("Peer support")
    issue_reporting = LONG_TEXT.required("Issue reporting")
    correct_workflows = LONG_TEXT.required("Promoting correct workflows")
    boundaries = LONG_TEXT.optional("Role boundaries")
    reports_to = PERSON.optional("Reports to")
    issued_by = PERSON.required("Issued by", roles=("Project lead",))
    issued_on = DATE.required("Issued on", event=True)
    acknowledged_on = DATE.optional("Acknowledged on", later=True, start="Issued on")
    clear = CHOICE("Yes", "Partly", "No").optional("Responsibilities clear")
    review_due = DATE.optional("Review due date", also=("Review due",), future=True, start="Issued on")


class TrainingMatrix(
    Register,
    sheet="Training matrix",
    area=Area.PREPARE,
    purpose="Enhanced training of each champion, module by module, with its result.",
    source="article, example 1, step 3",
):
    training_id = ID(r"TR-\d{3,}").required("Training ID")
    champion_id = REF("WorkforcePlan").required("Champion ID")
    module = LIST("TrainingModules").required("Module")
    required = YES_NO.required("Required")
    trainer = TEXT.optional("Trainer")
    trainer_type = CHOICE("Supplier", "Internal").optional("Trainer type")
    planned_on = DATE.optional("Planned date", also=("Planned",), future=True)
    completed_on = DATE.optional(
        "Completed on", later=True, pending=(("result", None), ("refresher_due", None), ("evidence", None))
    )
    result = CHOICE("Passed", "Needs more practice", "Not assessed").optional("Result")
    refresher_due = DATE.optional("Refresher due date", also=("Refresher due",), future=True, start="Completed on")
    evidence = LONG_TEXT.optional("Evidence")


class ReadinessLog(
    Register,
    sheet="Readiness log",
    area=Area.PREPARE,
    purpose="Whether a champion understands recording standards, escalation routes and governance.",
    source="article, example 1, step 4",
):
    check_id = ID(r"RC-\d{3,}").required("Check ID")
    champion_id = REF("WorkforcePlan").required("Champion ID")
    checked_by = PERSON.required("Checked by", roles=("Quality lead",))
    checked_on = DATE.required("Checked on", event=True)
    recording_standards = CHOICE(*UNDERSTANDING).required("Recording standards")
    escalation_routes = CHOICE(*UNDERSTANDING).required("Escalation routes")
    governance_expectations = CHOICE(*UNDERSTANDING).required("Governance expectations")
    care_workflows = CHOICE(*UNDERSTANDING).required("Care workflows")
    assistive_technology = CHOICE(*UNDERSTANDING).required("Assistive technology")
    outcome = CHOICE("Ready", "Further preparation", "Reassign role").required("Outcome")
    action_needed = LONG_TEXT.optional("Action needed")
    recheck_due = DATE.optional("Re-check due date", also=("Re-check due",), future=True, start="Checked on")


class ImplementationPlan(
    Register,
    sheet="Implementation plan",
    area=Area.PREPARE,
    purpose="The protected time and the support promised to each champion.",
    source="article, example 1, step 5",
):
    commitment_id = ID(r"IP-\d{3,}").required("Commitment ID")
    champion_id = REF("WorkforcePlan").required("Champion ID")
    hours_per_week = NUMBER.required("Protected hours per week", minimum=0, maximum=60, unit=HOURS)
    support_arrangements = LONG_TEXT.required("Support arrangements")
    mentor = PERSON.optional("Mentor")
    confirmed_by = PERSON.required("Confirmed by", roles=("Registered manager",))
    confirmed_on = DATE.required("Confirmed on", event=True)
    review_due = DATE.optional("Review due date", also=("Review due",), future=True, start="Confirmed on")
    ended_on = DATE.optional("Ended on", later=True, future=True, start="Confirmed on")


class ProtectedTime(
    Register,
    sheet="Protected time",
    area=Area.PREPARE,
    purpose="The hours each champion was really given, week by week.",
    source="article, example 1, step 5",
):
    entry_id = ID(r"PT-\d{3,}").required("Entry ID")
    champion_id = REF("WorkforcePlan").required("Champion ID")
    week_commencing = DATE.required("Week commencing", event=True, monday=True, note="A Monday.")
    hours_given = NUMBER.required("Hours given", minimum=0, maximum=60, unit=HOURS)
    reason_if_short = TEXT.optional("Reason if short")
    shifts_observed = WHOLE.optional("Shifts observed")


class StartSignOff(
    Register,
    sheet="Start sign-off",
    area=Area.PREPARE,
    purpose="The project lead's review before a champion starts supporting staff.",
    source="article, example 1, governance",
):
    review_id = ID(r"SO-\d{3,}").required("Review ID")
    champion_id = REF("WorkforcePlan").required("Champion ID")
    reviewed_by = PERSON.required("Reviewed by", roles=("Project lead",))
    reviewed_on = DATE.required("Reviewed on", event=True)
    selection_seen = YES_NO.required("Selection record seen")
    brief_seen = YES_NO.required("Role brief seen")
    training_seen = YES_NO.required("Training seen")
    readiness_seen = YES_NO.required("Readiness seen")
    protected_time_seen = YES_NO.required("Protected time seen")
    decision = CHOICE("Signed off", "Not yet", "Reassign").required("Decision")
    conditions = LONG_TEXT.optional("Conditions")
