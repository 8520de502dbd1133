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
    issue_id = ID(r"IM-\d{3,}").required("Issue ID")
    raised_on = DATE.required("Raised on", event=True)
    raised_by = REF("WorkforcePlan").required("Raised by")
    service = REF("Services").required("Service")
    kind = CHOICE("System issue", "Workflow barrier", "Staff concern").required("Kind")
    workflow = LIST("Workflows").required("Workflow")
    description = LONG_TEXT.required("Description")
    linked_support = LONG_TEXT.optional(
        "Linked support", target="SupportLog", separated=True, note="Support ids, separated by commas."
    )
    category = CHOICE("Training", "Configuration", "Supplier support", "Local practice").optional("Category")
    categorised_by = PERSON.optional("Categorised by", roles=("Project lead",))
    categorised_on = DATE.optional(
        "Categorised on", later=True, pending=(("category", None), ("categorised_by", None)), start="Raised on"
    )
    safe_recording_affected = CHOICE("Yes", "No", "Not known").required("Safe recording affected")
    repeat_of = REF("ImprovementLog").optional("Repeat of")
    status = CHOICE("Open", "With supplier", "Action agreed", "Closed").required("Status")
    closed_on = DATE.optional(
        "Closed on", later=True, pending=(("status", "Open"), ("resolution", None)), start="Raised on"
    )
    resolution = LONG_TEXT.optional("Resolution")
    supplier_reference = TEXT.optional("Supplier reference")
    reply_due = DATE.optional("Reply due date", also=("Reply due",), future=True, start="Raised on")
    replied_on = DATE.optional("Replied on", later=True, start="Raised on")


class QualityReviews(
    Register,
    sheet="Quality reviews",
    area=Area.IMPROVE,
    purpose="Whether an issue affects care evidence, risk management or audit quality.",
    source="article, example 3, step 3",
):
    review_id = ID(r"QR-\d{3,}").required("Review ID")
    issue_id = REF("ImprovementLog").required("Issue ID")
    reviewed_by = PERSON.required("Reviewed by", roles=("Quality lead",))
    reviewed_on = DATE.required("Reviewed on", event=True)
    care_evidence = YES_NO.required("Affects care evidence")
    risk_management = YES_NO.required("Affects risk management")
    audit_quality = YES_NO.required("Affects audit quality")
    severity = CHOICE("Low", "Medium", "High").required("Severity")
    finding = LONG_TEXT.required("Finding")


class Meetings(
    Register,
    sheet="Meetings",
    area=Area.IMPROVE,
    purpose="Meetings of the project board and on governance, also a quiet one, so that oversight can be shown.",
    source="article, example 3, governance",
):
    meeting_id = ID(r"MT-\d{3,}").required("Meeting ID")
    kind = CHOICE("Project board", "Implementation governance").required("Kind")
    held_on = DATE.required("Held on", event=True)
    chair = PERSON.optional("Chair", roles=("Board chair",))
    present = LONG_TEXT.optional("Present")
    apologies = LONG_TEXT.optional("Apologies")
    quorate = YES_NO.optional("Quorate")
    matters = LONG_TEXT.optional("Matters considered")
    next_meeting = DATE.optional("Next meeting", also=("Next meeting date",), future=True, start="Held on")
    minutes_reference = TEXT.optional("Minutes reference")


class BoardDecisions(
    Register,
    sheet="Board decisions",
    area=Area.IMPROVE,
    purpose="What the board decided, why, and who does it by when.",
    source="article, example 3, step 4",
):
    decision_id = ID(r"BD-\d{3,}").required("Decision ID")
    meeting_id = REF("Meetings").required("Meeting ID", event=True)
    issue_id = REF("ImprovementLog").optional("Issue ID")
    trigger = TEXT.optional("Trigger", note="For example F1:programme.")
    services_affected = REF("Services").optional(
        "Services affected", separated=True, note="Codes, separated by commas. Blank: the issue's service, or all."
    )
    decision = LONG_TEXT.required("Decision")
    rationale = LONG_TEXT.optional("Rationale")
    action_type = CHOICE(*ACTION_TYPES).required("Action type")
    owner = PERSON.optional("Owner")
    due_date = DATE.optional("Due date", also=("Due",), future=True)
    views_against = LONG_TEXT.optional("Views against")


class Actions(
    Register,
    sheet="Actions",
    area=Area.IMPROVE,
    purpose="Everything somebody promised to do, with the evidence that it was done.",
    source="article, conclusion: action tracking",
):
    action_id = ID(r"AC-\d{3,}").required("Action ID")
    origin = TEXT.required("Source", note="A trigger such as P3:DC-001, or the id of a review, sign-off or decision.")
    action = LONG_TEXT.required("Action")
    owner = PERSON.required("Owner")
    raised_on = DATE.required("Raised on", event=True)
    due_date = DATE.required("Due date", future=True, start="Raised on")
    status = CHOICE("Proposed", "Open", "In progress", "Done", "Cancelled").required("Status")
    completed_on = DATE.optional(
        "Completed on", later=True, pending=(("status", "Open"), ("evidence", None)), start="Raised on"
    )
    evidence = LONG_TEXT.optional("Evidence of completion")


class UpdatesShared(
    Register,
    sheet="Updates shared",
    area=Area.IMPROVE,
    purpose="How champions told staff what was decided, and whether it helped.",
    source="article, example 3, step 5",
):
    update_id = ID(r"UP-\d{3,}").required("Update ID")
    decision_id = REF("BoardDecisions").required("Decision ID")
    shared_by = REF("WorkforcePlan").required("Shared by")
    shared_on = DATE.required("Shared on", event=True)
    service = REF("Services").required("Service")
    method = LIST("UpdateMethods").required("Method")
    result = CHOICE(*UPDATE_RESULTS).required("Result")
    result_recorded_on = DATE.optional(
        "Result recorded on", later=True, pending=(("result", "Too early"), ("evidence", None)), start="Shared on"
    )
    evidence = LONG_TEXT.optional("Evidence")
