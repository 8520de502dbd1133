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
    champion_id = ID(r"DC-\d{3,}").required("Champion ID", synonyms=("Champion number", "Champion reference"))
    name = TEXT.required("Name", synonyms=("Champion", "Champion name", "Full name"), label=True)
    job_role = LIST("JobRoles").required("Job role", synonyms=("Job", "Job title", "Position"))
    service = REF("Services").required("Service", synonyms=("Home", "Site", "Location", "Service code", "Service name"))
    usual_shift = LIST("Shifts").required("Usual shift", synonyms=("Normal shift", "Main shift"))
    other_shifts = LIST("Shifts").optional(
        "Other shifts covered", separated=True, synonyms=("Other shifts", "Also covers")
    )
    rationale = LONG_TEXT.required("Selection rationale", synonyms=("Why chosen", "Reason for selection"))
    workflow_understanding = SCORE.required(
        "Care workflow understanding", synonyms=("Workflow understanding", "Understanding of workflows")
    )
    technology_confidence = SCORE.required(
        "Technology confidence", synonyms=("Confidence with technology", "Tech confidence")
    )
    identified_by = PERSON.required(
        "Identified by", roles=("Registered manager",), synonyms=("Chosen by", "Selected by")
    )
    identified_on = DATE.required("Identified on", event=True, synonyms=("Date identified", "Chosen on", "Date chosen"))
    status = CHOICE(*STATUSES).required("Status", synonyms=("State", "Champion status"))
    status_since = DATE.optional(
        "Status since", future=True, start="Identified on", synonyms=("Since", "Date of status")
    )


class RoleBriefs(
    Register,
    sheet="Role briefs",
    area=Area.PREPARE,
    purpose="What each champion answers for and what not, and whether it is clear to them.",
    source="article, example 1, step 2",
):
    brief_id = ID(r"RB-\d{3,}").required("Brief ID", synonyms=("Brief number", "Brief reference"))
    champion_id = REF("WorkforcePlan").required(
        "Champion ID", synonyms=("Champion", "Digital champion", "Champion name", "Name of champion")
    )
    version = WHOLE.required("Version", minimum=1, synonyms=("Version number", "Revision"))
    peer_support = LONG_TEXT.required("Peer support", synonyms=("Supporting peers", "Support for colleagues"))
    issue_reporting = LONG_TEXT.required("Issue reporting", synonyms=("Reporting issues", "Reporting of issues"))
    correct_workflows = LONG_TEXT.required(
        "Promoting correct workflows", synonyms=("Correct workflows", "Promotes correct workflows")
    )
    boundaries = LONG_TEXT.optional("Role boundaries", synonyms=("Boundaries", "Limits of the role"))
    reports_to = PERSON.optional("Reports to", synonyms=("Line manager", "Reporting to"))
    issued_by = PERSON.required("Issued by", roles=("Project lead",), synonyms=("Brief issued by", "Given by"))
    issued_on = DATE.required("Issued on", event=True, synonyms=("Date issued", "Given on"))
    acknowledged_on = DATE.optional(
        "Acknowledged on", later=True, start="Issued on", synonyms=("Date acknowledged", "Signed on")
    )
    clear = CHOICE("Yes", "Partly", "No").optional(
        "Responsibilities clear", synonyms=("Clear", "Are responsibilities clear")
    )
    review_due = DATE.optional(
        "Review due date",
        also=("Review due",),
        future=True,
        start="Issued on",
        synonyms=("Next review", "Next review date"),
    )


class TrainingMatrix(
    Register,
    sheet="Training matrix",
    area=Area.PREPARE,
    purpose="Enhanced training of each champion, module by module, with its result.",
    source="article, example 1, step 3",
):
    training_id = ID(r"TR-\d{3,}").required("Training ID", synonyms=("Training number", "Training reference"))
    champion_id = REF("WorkforcePlan").required(
        "Champion ID", synonyms=("Champion", "Digital champion", "Champion name", "Name of champion")
    )
    module = LIST("TrainingModules").required(
        "Module", synonyms=("Course", "Course name", "Training", "Training module", "Course full name")
    )
    required = YES_NO.required("Required", synonyms=("Mandatory", "Compulsory"))
    trainer = TEXT.optional("Trainer", synonyms=("Trained by", "Instructor"))
    trainer_type = CHOICE("Supplier", "Internal").optional(
        "Trainer type", synonyms=("Type of trainer", "Internal or supplier")
    )
    planned_on = DATE.optional("Planned date", also=("Planned",), future=True, synonyms=("Planned for", "Booked for"))
    completed_on = DATE.optional(
        "Completed on",
        later=True,
        pending=(("result", None), ("refresher_due", None), ("evidence", None)),
        synonyms=("Completion date", "Date completed", "Finished on"),
    )
    result = CHOICE("Passed", "Needs more practice", "Not assessed").optional(
        "Result", synonyms=("Grade", "Completion status")
    )
    refresher_due = DATE.optional(
        "Refresher due date",
        also=("Refresher due",),
        future=True,
        start="Completed on",
        synonyms=("Expires on", "Expiry date"),
    )
    evidence = LONG_TEXT.optional("Evidence", synonyms=("Proof", "Certificate"))


class ReadinessLog(
    Register,
    sheet="Readiness log",
    area=Area.PREPARE,
    purpose="Whether a champion understands recording standards, escalation routes and governance.",
    source="article, example 1, step 4",
):
    check_id = ID(r"RC-\d{3,}").required("Check ID", synonyms=("Check number", "Check reference"))
    champion_id = REF("WorkforcePlan").required(
        "Champion ID", synonyms=("Champion", "Digital champion", "Champion name", "Name of champion")
    )
    checked_by = PERSON.required("Checked by", roles=("Quality lead",), synonyms=("Assessed by", "Assessor"))
    checked_on = DATE.required("Checked on", event=True, synonyms=("Date checked", "Assessed on"))
    recording_standards = CHOICE(*UNDERSTANDING).required(
        "Recording standards", synonyms=("Standards of recording", "Record keeping")
    )
    escalation_routes = CHOICE(*UNDERSTANDING).required(
        "Escalation routes", synonyms=("Escalation", "Routes of escalation")
    )
    governance_expectations = CHOICE(*UNDERSTANDING).required(
        "Governance expectations", synonyms=("Governance", "Expectations of governance")
    )
    care_workflows = CHOICE(*UNDERSTANDING).required(
        "Care workflows", synonyms=("Understands care workflows", "Workflows of care")
    )
    assistive_technology = CHOICE(*UNDERSTANDING).required(
        "Assistive technology", synonyms=("Understands assistive technology", "Technology enabled care")
    )
    outcome = CHOICE("Ready", "Further preparation", "Reassign role").required(
        "Outcome", synonyms=("Result", "Decision")
    )
    action_needed = LONG_TEXT.optional("Action needed", synonyms=("Further action", "What is needed"))
    recheck_due = DATE.optional(
        "Re-check due date",
        also=("Re-check due",),
        future=True,
        start="Checked on",
        synonyms=("Check again by", "Next check"),
    )


class ImplementationPlan(
    Register,
    sheet="Implementation plan",
    area=Area.PREPARE,
    purpose="The protected time and the support promised to each champion.",
    source="article, example 1, step 5",
):
    commitment_id = ID(r"IP-\d{3,}").required("Commitment ID", synonyms=("Commitment number", "Commitment reference"))
    champion_id = REF("WorkforcePlan").required(
        "Champion ID", synonyms=("Champion", "Digital champion", "Champion name", "Name of champion")
    )
    hours_per_week = NUMBER.required(
        "Protected hours per week", minimum=0, maximum=60, unit=HOURS, synonyms=("Protected hours", "Hours per week")
    )
    support_arrangements = LONG_TEXT.required("Support arrangements", synonyms=("Arrangements", "Support agreed"))
    mentor = PERSON.optional("Mentor", synonyms=("Mentored by", "Name of mentor"))
    confirmed_by = PERSON.required("Confirmed by", roles=("Registered manager",), synonyms=("Agreed by", "Approved by"))
    confirmed_on = DATE.required("Confirmed on", event=True, synonyms=("Date confirmed", "Agreed on"))
    review_due = DATE.optional(
        "Review due date",
        also=("Review due",),
        future=True,
        start="Confirmed on",
        synonyms=("Next review", "Next review date"),
    )
    ended_on = DATE.optional(
        "Ended on", later=True, future=True, start="Confirmed on", synonyms=("End date", "Date ended")
    )


class ProtectedTime(
    Register,
    sheet="Protected time",
    area=Area.PREPARE,
    purpose="The hours each champion was really given, week by week.",
    source="article, example 1, step 5",
):
    entry_id = ID(r"PT-\d{3,}").required("Entry ID", synonyms=("Entry number", "Entry reference"))
    champion_id = REF("WorkforcePlan").required(
        "Champion ID",
        asks="Which champion are you?",
        synonyms=("Champion", "Digital champion", "Champion name", "Name of champion"),
    )
    week_commencing = DATE.required(
        "Week commencing",
        event=True,
        monday=True,
        note="A Monday.",
        asks="Which week is it, by its Monday?",
        synonyms=("Week", "Week beginning", "W/c"),
    )
    hours_given = NUMBER.required(
        "Hours given",
        minimum=0,
        maximum=60,
        unit=HOURS,
        asks="How many protected hours did you have?",
        synonyms=("Hours", "Protected hours given", "Actual hours"),
    )
    reason_if_short = TEXT.optional(
        "Reason if short", asks="If it was less than agreed, why?", synonyms=("Reason", "Why short")
    )
    shifts_observed = WHOLE.optional(
        "Shifts observed", asks="How many shifts did you observe?", synonyms=("Number of shifts", "Observed shifts")
    )


class StartSignOff(
    Register,
    sheet="Start sign-off",
    area=Area.PREPARE,
    purpose="The project lead's review before a champion starts supporting staff.",
    source="article, example 1, governance",
):
    review_id = ID(r"SO-\d{3,}").required("Review ID", synonyms=("Review number", "Review reference"))
    champion_id = REF("WorkforcePlan").required(
        "Champion ID", synonyms=("Champion", "Digital champion", "Champion name", "Name of champion")
    )
    reviewed_by = PERSON.required("Reviewed by", roles=("Project lead",), synonyms=("Reviewer", "Review by"))
    reviewed_on = DATE.required("Reviewed on", event=True, synonyms=("Review date", "Date reviewed", "Date of review"))
    selection_seen = YES_NO.required("Selection record seen", synonyms=("Selection seen", "Saw selection record"))
    brief_seen = YES_NO.required("Role brief seen", synonyms=("Brief seen", "Saw role brief"))
    training_seen = YES_NO.required("Training seen", synonyms=("Training record seen", "Saw training record"))
    readiness_seen = YES_NO.required("Readiness seen", synonyms=("Readiness check seen", "Saw readiness check"))
    protected_time_seen = YES_NO.required("Protected time seen", synonyms=("Time seen", "Saw protected time"))
    decision = CHOICE("Signed off", "Not yet", "Reassign").required(
        "Decision", synonyms=("Decided", "What was decided")
    )
    conditions = LONG_TEXT.optional("Conditions", synonyms=("Conditions set", "On condition that"))
