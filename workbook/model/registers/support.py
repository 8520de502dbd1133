"""Support: staff during live use (article, operational example 2)."""

from workbook.model.declare import (
    CHOICE,
    DATE,
    ID,
    LIST,
    LONG_TEXT,
    PERSON,
    REF,
    SCORE,
    TEXT,
    WHOLE,
    YES_NO,
    Area,
    Register,
)

TEAM_DECISIONS = ("Further team guidance", "Refresher training", "Supervision", "No action")
IMPROVING = ("Yes", "No", "Too early")
EVIDENCE_SOURCES = ("Care records", "Audits", "Feedback", "Staff practice")
HELPED = ("Yes", "No", "Unsure")


class SupportLog(
    Register,
    sheet="Support log",
    area=Area.SUPPORT,
    purpose="Each time a champion observed or helped somebody: what was needed, and what was done.",
    source="article, example 2, steps 1 and 2",
):
    support_id = ID(r"SU-\d{4,}").required("Support ID")
    date = DATE.required("Date", event=True)
    shift = LIST("Shifts").required("Shift")
    service = REF("Services").required("Service")
    champion_id = REF("WorkforcePlan").required("Champion ID")
    staff_member = TEXT.required("Staff member")
    workflow = LIST("Workflows").required("Workflow")
    support_need = LIST("SupportNeeds").required("Support need", note="None seen, for an observation with no need.")
    what_happened = LONG_TEXT.required("What happened")
    coaching_given = LONG_TEXT.optional("Coaching given")
    guidance_followed = REF("Guidance").optional("Guidance followed")
    advice_given = LONG_TEXT.optional("Advice given")
    workaround_seen = YES_NO.required("Workaround seen")
    workaround_detail = LONG_TEXT.optional("Workaround detail")
    outcome = CHOICE("Resolved", "Escalated", "Unresolved").required("Outcome")
    care_record_reference = TEXT.optional("Care record reference", note="The care system's reference, never a name.")
    confidence_before = SCORE.optional("Confidence before")
    confidence_after = SCORE.optional("Confidence after")
    support_helped = CHOICE(*HELPED).optional("Support helped")


class ConfidenceTracker(
    Register,
    sheet="Confidence tracker",
    area=Area.SUPPORT,
    purpose="Whether the support improved the staff member's confidence, in their own words and scores.",
    source="article, example 2, step 3",
):
    feedback_id = ID(r"CF-\d{4,}").required("Feedback ID")
    support_id = REF("SupportLog").required("Support ID")
    date = DATE.required("Date", event=True)
    staff_member = TEXT.required("Staff member")
    confidence_before = SCORE.required("Confidence before")
    confidence_after = SCORE.required("Confidence after")
    support_helped = CHOICE(*HELPED).required("Support helped")
    comment = LONG_TEXT.optional("Comment")
    recorded_by = REF("WorkforcePlan").optional("Recorded by")


class TeamLeaderReviews(
    Register,
    sheet="Team leader reviews",
    area=Area.SUPPORT,
    purpose="The team leader's review of support themes and what follows from it.",
    source="article, example 2, step 4",
):
    review_id = ID(r"TL-\d{3,}").required("Review ID")
    service = REF("Services").required("Service")
    period_start = DATE.required("Period start")
    period_end = DATE.required("Period end", start="Period start")
    reviewed_by = PERSON.required("Reviewed by", roles=("Team leader",))
    reviewed_on = DATE.required("Reviewed on", event=True, start="Period start")
    themes_seen = LONG_TEXT.required("Themes seen")
    decision = CHOICE(*TEAM_DECISIONS).required("Decision")
    also_decided = CHOICE(*TEAM_DECISIONS).optional("Also decided")
    triggers_considered = TEXT.optional("Triggers considered", note="For example S1:OAK, separated by commas.")
    detail = LONG_TEXT.optional("Detail")
    owner = PERSON.optional("Owner")
    due_date = DATE.optional("Due date", also=("Due",), future=True, start="Reviewed on")
    status = CHOICE("Open", "Done").optional("Status")


class ManagerReviews(
    Register,
    sheet="Manager reviews",
    area=Area.SUPPORT,
    purpose="The registered manager's view: is champion activity improving system use and record quality?",
    source="article, example 2, step 5",
):
    review_id = ID(r"MR-\d{3,}").required("Review ID")
    service = REF("Services").required("Service")
    period_start = DATE.required("Period start")
    period_end = DATE.required("Period end", start="Period start")
    reviewed_by = PERSON.required("Reviewed by", roles=("Registered manager",))
    reviewed_on = DATE.required("Reviewed on", event=True, start="Period start")
    system_use_improving = CHOICE(*IMPROVING).required("System use improving")
    record_quality_improving = CHOICE(*IMPROVING).required("Record quality improving")
    evidence_source = CHOICE(*EVIDENCE_SOURCES).required("Evidence source")
    finding = LONG_TEXT.required("Finding")
    decision = LONG_TEXT.optional("Decision")


class Guidance(
    Register,
    sheet="Approved guidance",
    area=Area.SUPPORT,
    purpose="The agreed way of doing a workflow, so that every champion says the same.",
    source="article, example 2, consistency",
):
    guidance_id = ID(r"GU-\d{3,}").required("Guidance ID")
    workflow = LIST("Workflows").required("Workflow")
    support_need = LIST("SupportNeeds").optional("Support need", note="Blank: every need of the workflow.")
    title = TEXT.required("Title")
    version = WHOLE.required("Version", minimum=1)
    approved_by = PERSON.required("Approved by", roles=("Quality lead", "Registered manager", "Project lead"))
    approved_on = DATE.required("Approved on", event=True)
    review_due = DATE.optional("Review due date", also=("Review due",), future=True, start="Approved on")
    summary = LONG_TEXT.required("Summary")
    withdrawn_on = DATE.optional("Withdrawn on", later=True, future=True, start="Approved on")
    origin = TEXT.optional("Source", note="A trigger such as S2:OAK, or a review or decision id.")
