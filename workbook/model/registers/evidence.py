"""Evidence: is it working (article, evidence and outcomes of each example)."""

from workbook.model.declare import CHOICE, DATE, ID, LONG_TEXT, NUMBER, REF, TEXT, WHOLE, YES_NO, Area, Register
from workbook.model.registers.support import EVIDENCE_SOURCES

PARTS = ("Preparing champions", "Live support", "Champion feedback")


class OutcomeMeasures(
    Register,
    sheet="Outcome measures",
    area=Area.EVIDENCE,
    purpose="What is measured to see whether champions make a difference, and where it began.",
    source="article, evidence and outcomes",
):
    measure_id = ID(r"OM-\d{2,}").required("Measure ID")
    measure = TEXT.required("Measure")
    belongs_to = CHOICE(*PARTS).required("Belongs to")
    unit = CHOICE("Percent", "Score", "Days", "Count").required("Unit")
    better_when = CHOICE("Higher", "Lower").required("Better when")
    baseline_value = NUMBER.required("Baseline value", unit_in=("Unit",))
    baseline_date = DATE.required("Baseline date")
    target = NUMBER.optional("Target", unit_in=("Unit",))
    kind = CHOICE(
        "Record completion",
        "Repeated errors",
        "Staff confidence",
        "Staff satisfaction",
        "Days to fix a barrier",
        "Access to support",
        "Role clarity",
        "System use",
        "Continuity",
        "Reliability",
        "Other",
    ).required("Kind")
    limits_anew_from = DATE.optional(
        "Limits anew from",
        newer=True,
        note="From this day on the figures are judged by their own first readings; blank: from go-live.",
    )


class OutcomeReadings(
    Register,
    sheet="Outcome readings",
    area=Area.EVIDENCE,
    purpose="The figures over time, each with where it comes from.",
    source="article, evidence and outcomes",
):
    reading_id = ID(r"OR-\d{4,}").required("Reading ID")
    measure_id = REF("OutcomeMeasures").required("Measure ID")
    service = REF("Services").optional("Service")
    date = DATE.required("Date", event=True)
    value = NUMBER.required("Value", unit_in=("Measure ID", "Unit"))
    numerator = WHOLE.optional("Numerator")
    denominator = WHOLE.optional("Denominator")
    evidence_source = CHOICE(*EVIDENCE_SOURCES).required("Evidence source")
    concern_raised = YES_NO.optional("Concern raised")
    note = LONG_TEXT.optional("Note")
