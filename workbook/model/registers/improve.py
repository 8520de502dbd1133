"""Improve: from feedback to decision and back (article, operational example 3)."""

from workbook.model.declare import CHOICE, DATE, ID, LIST, LONG_TEXT, PERSON, REF, TEXT, YES_NO, Area, Register

ACTION_TYPES = (
    "Updated guidance",
    "Configuration change",
    "Refresher training",
    "Supplier engagement",
    "Role reassignment",
    "No action",
    "Other",
)
UPDATE_RESULTS = ("Less confusion", "Better system use", "No change", "More confusion", "Too early")


class ImprovementLog(
    Register,
    sheet="Improvement log",
    area=Area.IMPROVE,
    purpose="Recurring system issues, workflow barriers and staff concerns that champions bring.",
    source="article, example 3, steps 1 and 2",
):
    issue_id = ID(r"IM-\d{3,}").required("Issue ID", synonyms=("Issue number", "Issue reference"))
    raised_on = DATE.required(
        "Raised on",
        event=True,
        asks="On which day was it noticed?",
        synonyms=("Date raised", "Reported on", "Date reported"),
    )
    raised_by = REF("WorkforcePlan").required(
        "Raised by", asks="Which champion are you?", synonyms=("Champion", "Reported by")
    )
    service = REF("Services").required(
        "Service",
        asks="Which service is it about?",
        synonyms=("Home", "Site", "Location", "Service code", "Service name"),
    )
    kind = CHOICE("System issue", "Workflow barrier", "Staff concern").required(
        "Kind", asks="What kind of thing is it?", synonyms=("Type", "Type of issue")
    )
    workflow = LIST("Workflows").required(
        "Workflow",
        asks="Which workflow does it affect?",
        synonyms=("Task", "Care workflow", "Area of work", "Which workflow"),
    )
    description = LONG_TEXT.required(
        "Description", asks="What is the matter, in your own words?", synonyms=("Issue", "Details", "What is the issue")
    )
    linked_support = LONG_TEXT.optional(
        "Linked support",
        target="SupportLog",
        separated=True,
        note="Support ids, separated by commas.",
        synonyms=("Support entries", "Related support"),
    )
    category = CHOICE("Training", "Configuration", "Supplier support", "Local practice").optional(
        "Category", synonyms=("Classification", "Group")
    )
    categorised_by = PERSON.optional("Categorised by", roles=("Project lead",), synonyms=("Classified by", "Sorted by"))
    categorised_on = DATE.optional(
        "Categorised on",
        later=True,
        pending=(("category", None), ("categorised_by", None)),
        start="Raised on",
        synonyms=("Date categorised", "Classified on"),
    )
    safe_recording_affected = CHOICE("Yes", "No", "Not known").required(
        "Safe recording affected",
        asks="Does it affect safe recording?",
        synonyms=("Affects safe recording", "Is safe recording affected"),
    )
    repeat_of = REF("ImprovementLog").optional("Repeat of", synonyms=("Repeats", "Duplicate of"))
    status = CHOICE("Open", "With supplier", "Action agreed", "Closed").required(
        "Status", synonyms=("State", "Progress")
    )
    closed_on = DATE.optional(
        "Closed on",
        later=True,
        pending=(("status", "Open"), ("resolution", None)),
        start="Raised on",
        synonyms=("Date closed", "Closed"),
    )
    resolution = LONG_TEXT.optional("Resolution", synonyms=("Solution", "How it was resolved"))
    supplier_reference = TEXT.optional("Supplier reference", synonyms=("Ticket", "Ticket number", "Supplier ticket"))
    reply_due = DATE.optional(
        "Reply due date",
        also=("Reply due",),
        future=True,
        start="Raised on",
        synonyms=("Answer due", "Answer expected"),
    )
    replied_on = DATE.optional("Replied on", later=True, start="Raised on", synonyms=("Date replied", "Answered on"))


class QualityReviews(
    Register,
    sheet="Quality reviews",
    area=Area.IMPROVE,
    purpose="Whether an issue affects care evidence, risk management or audit quality.",
    source="article, example 3, step 3",
):
    review_id = ID(r"QR-\d{3,}").required("Review ID", synonyms=("Review number", "Review reference"))
    issue_id = REF("ImprovementLog").required("Issue ID", synonyms=("Issue", "Issue number"))
    reviewed_by = PERSON.required("Reviewed by", roles=("Quality lead",), synonyms=("Reviewer", "Review by"))
    reviewed_on = DATE.required("Reviewed on", event=True, synonyms=("Review date", "Date reviewed", "Date of review"))
    care_evidence = YES_NO.required("Affects care evidence", synonyms=("Care evidence", "Effect on care evidence"))
    risk_management = YES_NO.required(
        "Affects risk management", synonyms=("Risk management", "Effect on risk management")
    )
    audit_quality = YES_NO.required("Affects audit quality", synonyms=("Audit quality", "Effect on audit quality"))
    severity = CHOICE("Low", "Medium", "High").required("Severity", synonyms=("Seriousness", "Priority"))
    finding = LONG_TEXT.required("Finding", synonyms=("Findings", "What was found"))


class Meetings(
    Register,
    sheet="Meetings",
    area=Area.IMPROVE,
    purpose="Meetings of the project board and on governance, also a quiet one, so that oversight can be shown.",
    source="article, example 3, governance",
):
    meeting_id = ID(r"MT-\d{3,}").required("Meeting ID", synonyms=("Meeting number", "Meeting reference"))
    kind = CHOICE("Project board", "Implementation governance").required(
        "Kind", synonyms=("Type of meeting", "Kind of meeting")
    )
    held_on = DATE.required("Held on", event=True, synonyms=("Meeting date", "Date of meeting", "Date"))
    chair = PERSON.optional("Chair", roles=("Board chair",), synonyms=("Chaired by", "Chairperson"))
    present = LONG_TEXT.optional("Present", synonyms=("Attendees", "Attended by"))
    apologies = LONG_TEXT.optional("Apologies", synonyms=("Apologies from", "Absent"))
    quorate = YES_NO.optional("Quorate", synonyms=("Was it quorate", "Quorum met"))
    matters = LONG_TEXT.optional("Matters considered", synonyms=("Agenda", "Matters", "Items"))
    next_meeting = DATE.optional(
        "Next meeting",
        also=("Next meeting date",),
        future=True,
        start="Held on",
        synonyms=("Date of next meeting", "Next date"),
    )
    minutes_reference = TEXT.optional("Minutes reference", synonyms=("Minutes", "Minutes file"))


class BoardDecisions(
    Register,
    sheet="Board decisions",
    area=Area.IMPROVE,
    purpose="What the board decided, why, and who does it by when.",
    source="article, example 3, step 4",
):
    decision_id = ID(r"BD-\d{3,}").required("Decision ID", synonyms=("Decision number", "Decision reference"))
    meeting_id = REF("Meetings").required("Meeting ID", event=True, synonyms=("Meeting", "Meeting number"))
    issue_id = REF("ImprovementLog").optional("Issue ID", synonyms=("Issue", "Issue number"))
    trigger = TEXT.optional("Trigger", note="For example F1:programme.", synonyms=("Trigger ID", "Which trigger"))
    services_affected = REF("Services").optional(
        "Services affected",
        separated=True,
        note="Codes, separated by commas. Blank: the issue's service, or all.",
        synonyms=("Services", "Homes affected"),
    )
    decision = LONG_TEXT.required("Decision", synonyms=("Decided", "What was decided"))
    rationale = LONG_TEXT.optional("Rationale", synonyms=("Reason", "Why"))
    action_type = CHOICE(*ACTION_TYPES).required("Action type", synonyms=("Type of action", "Kind of action"))
    owner = PERSON.optional("Owner", synonyms=("Who", "Responsible", "Assigned to", "Action owner"))
    due_date = DATE.optional("Due date", also=("Due",), future=True, synonyms=("By when", "Deadline", "Target date"))
    views_against = LONG_TEXT.optional("Views against", synonyms=("Objections", "Dissent"))
    follows_on = REF("BoardDecisions").optional(
        "Follows on",
        newer=True,
        note="The earlier decision that this one is about.",
        synonyms=("Follows", "Earlier decision"),
    )


class Actions(
    Register,
    sheet="Actions",
    area=Area.IMPROVE,
    purpose="Everything somebody promised to do, with the evidence that it was done.",
    source="article, conclusion: action tracking",
):
    action_id = ID(r"AC-\d{3,}").required("Action ID", synonyms=("Action number", "Action reference"))
    origin = TEXT.required(
        "Source",
        note="A trigger such as P3:DC-001, or the id of a review, sign-off or decision.",
        synonyms=("Origin", "Comes from"),
    )
    action = LONG_TEXT.required("Action", synonyms=("Task", "What is to be done", "Action agreed"))
    owner = PERSON.required("Owner", synonyms=("Who", "Responsible", "Assigned to", "Action owner"))
    raised_on = DATE.required("Raised on", event=True, synonyms=("Date raised", "Reported on", "Date reported"))
    due_date = DATE.required(
        "Due date", future=True, start="Raised on", synonyms=("Due", "By when", "Deadline", "Target date")
    )
    status = CHOICE("Proposed", "Open", "In progress", "Done", "Cancelled").required(
        "Status", synonyms=("State", "Progress")
    )
    completed_on = DATE.optional(
        "Completed on",
        later=True,
        pending=(("status", "Open"), ("evidence", None)),
        start="Raised on",
        synonyms=("Completion date", "Date completed", "Finished on"),
    )
    evidence = LONG_TEXT.optional("Evidence of completion", synonyms=("Evidence", "Proof of completion"))


class UpdatesShared(
    Register,
    sheet="Updates shared",
    area=Area.IMPROVE,
    purpose="How champions told staff what was decided, and whether it helped.",
    source="article, example 3, step 5",
):
    update_id = ID(r"UP-\d{3,}").required("Update ID", synonyms=("Update number", "Update reference"))
    decision_id = REF("BoardDecisions").required("Decision ID", synonyms=("Board decision", "Decision number"))
    shared_by = REF("WorkforcePlan").required("Shared by", synonyms=("Champion", "Told by"))
    shared_on = DATE.required("Shared on", event=True, synonyms=("Date shared", "Told on"))
    service = REF("Services").required("Service", synonyms=("Home", "Site", "Location", "Service code", "Service name"))
    method = LIST("UpdateMethods").required("Method", synonyms=("How shared", "Channel"))
    result = CHOICE(*UPDATE_RESULTS).required("Result", synonyms=("Effect", "Did it help"))
    result_recorded_on = DATE.optional(
        "Result recorded on",
        later=True,
        pending=(("result", "Too early"), ("evidence", None)),
        start="Shared on",
        synonyms=("Result date", "Date of result"),
    )
    evidence = LONG_TEXT.optional("Evidence", synonyms=("Proof", "How it shows"))
