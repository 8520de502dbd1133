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
    support_id = ID(r"SU-\d{4,}").required("Support ID", synonyms=("Support number", "Support reference"))
    date = DATE.required(
        "Date", event=True, asks="On which day was it?", synonyms=("When", "Date of support", "Day", "Support date")
    )
    shift = LIST("Shifts").required("Shift", asks="Which shift was it?", synonyms=("Which shift", "Shift worked"))
    service = REF("Services").required(
        "Service", asks="Which service was it?", synonyms=("Home", "Site", "Location", "Service code", "Service name")
    )
    champion_id = REF("WorkforcePlan").required(
        "Champion ID",
        asks="Which champion are you?",
        synonyms=("Champion", "Digital champion", "Champion name", "Name of champion"),
    )
    staff_member = TEXT.required(
        "Staff member",
        asks="Which colleague did you help or observe?",
        synonyms=("Staff", "Colleague", "Staff name", "Who was helped", "Carer"),
    )
    workflow = LIST("Workflows").required(
        "Workflow",
        asks="Which workflow was it about?",
        synonyms=("Task", "Care workflow", "Area of work", "Which workflow"),
    )
    support_need = LIST("SupportNeeds").required(
        "Support need",
        note="None seen, for an observation with no need.",
        asks="What did they need help with?",
        synonyms=("Need", "Type of need", "What was needed"),
    )
    what_happened = LONG_TEXT.required(
        "What happened", asks="What happened, in your own words?", synonyms=("Description", "Details", "What was seen")
    )
    coaching_given = LONG_TEXT.optional(
        "Coaching given", asks="How did you coach them?", synonyms=("Coaching", "How it was coached")
    )
    guidance_followed = REF("Guidance").optional(
        "Guidance followed", asks="Which approved guidance did you follow?", synonyms=("Guidance", "Guidance used")
    )
    advice_given = LONG_TEXT.optional(
        "Advice given", asks="What did you advise?", synonyms=("Advice", "What was advised")
    )
    workaround_seen = YES_NO.required(
        "Workaround seen",
        asks="Did you see a way around the agreed workflow?",
        synonyms=("Workaround", "Was a workaround seen"),
    )
    workaround_detail = LONG_TEXT.optional(
        "Workaround detail", asks="Which way around was it?", synonyms=("Workaround details", "Which workaround")
    )
    outcome = CHOICE("Resolved", "Escalated", "Unresolved").required(
        "Outcome", asks="How did it end?", synonyms=("Result", "How it ended", "What came of it")
    )
    care_record_reference = TEXT.optional(
        "Care record reference",
        note="The care system's reference, never a name.",
        asks="What is the reference in the care system, if one matters?",
        synonyms=("Record reference", "Care record", "Record no"),
    )
    confidence_before = SCORE.optional(
        "Confidence before",
        asks="How confident were they before, from 1 to 5?",
        synonyms=("Before", "Score before", "Confidence beforehand"),
    )
    confidence_after = SCORE.optional(
        "Confidence after",
        asks="How confident were they after, from 1 to 5?",
        synonyms=("After", "Score after", "Confidence afterwards"),
    )
    support_helped = CHOICE(*HELPED).optional(
        "Support helped", asks="Did the support help?", synonyms=("Did it help", "Helped")
    )


class ConfidenceTracker(
    Register,
    sheet="Confidence tracker",
    area=Area.SUPPORT,
    purpose="Whether the support improved the staff member's confidence, in their own words and scores.",
    source="article, example 2, step 3",
):
    feedback_id = ID(r"CF-\d{4,}").required("Feedback ID", synonyms=("Feedback number", "Feedback reference"))
    support_id = REF("SupportLog").required(
        "Support ID",
        asks="Which support entry is it about, such as SU-0001?",
        synonyms=("Support entry", "Support reference"),
    )
    date = DATE.required(
        "Date", event=True, asks="On which day do you answer?", synonyms=("When", "Date of feedback", "Day")
    )
    staff_member = TEXT.required(
        "Staff member",
        asks="What is your name?",
        synonyms=("Staff", "Colleague", "Staff name", "Who was helped", "Carer"),
    )
    confidence_before = SCORE.required(
        "Confidence before",
        asks="How confident were you before, from 1 to 5?",
        synonyms=("Before", "Score before", "Confidence beforehand"),
    )
    confidence_after = SCORE.required(
        "Confidence after",
        asks="How confident are you now, from 1 to 5?",
        synonyms=("After", "Score after", "Confidence afterwards"),
    )
    support_helped = CHOICE(*HELPED).required(
        "Support helped", asks="Did the support help you?", synonyms=("Did it help", "Helped")
    )
    comment = LONG_TEXT.optional(
        "Comment", asks="What else would you like to say?", synonyms=("Comments", "Remarks", "Anything else")
    )
    recorded_by = REF("WorkforcePlan").optional(
        "Recorded by", asks="Which champion records this?", synonyms=("Entered by", "Champion")
    )


class TeamLeaderReviews(
    Register,
    sheet="Team leader reviews",
    area=Area.SUPPORT,
    purpose="The team leader's review of support themes and what follows from it.",
    source="article, example 2, step 4",
):
    review_id = ID(r"TL-\d{3,}").required("Review ID", synonyms=("Review number", "Review reference"))
    service = REF("Services").required("Service", synonyms=("Home", "Site", "Location", "Service code", "Service name"))
    period_start = DATE.required("Period start", synonyms=("From", "Start of period", "Period from"))
    period_end = DATE.required("Period end", start="Period start", synonyms=("To", "End of period"))
    reviewed_by = PERSON.required("Reviewed by", roles=("Team leader",), synonyms=("Reviewer", "Review by"))
    reviewed_on = DATE.required(
        "Reviewed on", event=True, start="Period start", synonyms=("Review date", "Date reviewed", "Date of review")
    )
    themes_seen = LONG_TEXT.required("Themes seen", synonyms=("Themes", "What themes were seen"))
    decision = CHOICE(*TEAM_DECISIONS).required("Decision", synonyms=("Decided", "What was decided"))
    also_decided = CHOICE(*TEAM_DECISIONS).optional("Also decided", synonyms=("Second decision", "And decided"))
    triggers_considered = TEXT.optional(
        "Triggers considered", note="For example S1:OAK, separated by commas.", synonyms=("Triggers", "Which triggers")
    )
    detail = LONG_TEXT.optional("Detail", synonyms=("Details", "More detail"))
    owner = PERSON.optional("Owner", synonyms=("Who", "Responsible", "Assigned to", "Action owner"))
    due_date = DATE.optional(
        "Due date", also=("Due",), future=True, start="Reviewed on", synonyms=("By when", "Deadline", "Target date")
    )
    status = CHOICE("Open", "Done").optional("Status", synonyms=("State", "Progress"))


class ManagerReviews(
    Register,
    sheet="Manager reviews",
    area=Area.SUPPORT,
    purpose="The registered manager's view: is champion activity improving system use and record quality?",
    source="article, example 2, step 5",
):
    review_id = ID(r"MR-\d{3,}").required("Review ID", synonyms=("Review number", "Review reference"))
    service = REF("Services").required("Service", synonyms=("Home", "Site", "Location", "Service code", "Service name"))
    period_start = DATE.required("Period start", synonyms=("From", "Start of period", "Period from"))
    period_end = DATE.required("Period end", start="Period start", synonyms=("To", "End of period", "Period to"))
    reviewed_by = PERSON.required("Reviewed by", roles=("Registered manager",), synonyms=("Reviewer", "Review by"))
    reviewed_on = DATE.required(
        "Reviewed on", event=True, start="Period start", synonyms=("Review date", "Date reviewed", "Date of review")
    )
    system_use_improving = CHOICE(*IMPROVING).required(
        "System use improving", synonyms=("System use", "Is system use improving")
    )
    record_quality_improving = CHOICE(*IMPROVING).required(
        "Record quality improving", synonyms=("Record quality", "Is record quality improving")
    )
    evidence_source = CHOICE(*EVIDENCE_SOURCES).required(
        "Evidence source", synonyms=("Source of evidence", "Where the evidence is from")
    )
    finding = LONG_TEXT.required("Finding", synonyms=("Findings", "What was found"))
    decision = LONG_TEXT.optional("Decision", synonyms=("Decided", "What was decided"))


class Guidance(
    Register,
    sheet="Approved guidance",
    area=Area.SUPPORT,
    purpose="The agreed way of doing a workflow, so that every champion says the same.",
    source="article, example 2, consistency",
):
    guidance_id = ID(r"GU-\d{3,}").required("Guidance ID", synonyms=("Guidance number", "Guidance reference"))
    workflow = LIST("Workflows").required(
        "Workflow", synonyms=("Task", "Care workflow", "Area of work", "Which workflow")
    )
    support_need = LIST("SupportNeeds").optional(
        "Support need", note="Blank: every need of the workflow.", synonyms=("Need", "Type of need", "What was needed")
    )
    title = TEXT.required("Title", synonyms=("Guidance title", "Heading"), label=True)
    version = WHOLE.required("Version", minimum=1, synonyms=("Version number", "Revision"))
    approved_by = PERSON.required(
        "Approved by",
        roles=("Quality lead", "Registered manager", "Project lead"),
        synonyms=("Signed off by", "Agreed by"),
    )
    approved_on = DATE.required("Approved on", event=True, synonyms=("Date approved", "Approval date"))
    review_due = DATE.optional(
        "Review due date",
        also=("Review due",),
        future=True,
        start="Approved on",
        synonyms=("Next review", "Next review date"),
    )
    summary = LONG_TEXT.required("Summary", synonyms=("Agreed steps", "Text"))
    withdrawn_on = DATE.optional(
        "Withdrawn on", later=True, future=True, start="Approved on", synonyms=("Date withdrawn", "Withdrawn")
    )
    origin = TEXT.optional(
        "Source", note="A trigger such as S2:OAK, or a review or decision id.", synonyms=("Origin", "Comes from")
    )
