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
    measure_id = ID(r"OM-\d{2,}").required("Measure ID", synonyms=("Measure number", "Measure reference"))
    measure = TEXT.required("Measure", synonyms=("Outcome measure", "What is measured"), label=True)
    belongs_to = CHOICE(*PARTS).required("Belongs to", synonyms=("Part", "Programme part"))
    unit = CHOICE("Percent", "Score", "Days", "Count").required("Unit", synonyms=("Measured in", "Unit of measure"))
    better_when = CHOICE("Higher", "Lower").required("Better when", synonyms=("Better if", "Direction"))
    baseline_value = NUMBER.required("Baseline value", unit_in=("Unit",), synonyms=("Baseline", "Starting value"))
    baseline_date = DATE.required("Baseline date", synonyms=("Date of baseline", "Baseline from"))
    target = NUMBER.optional("Target", unit_in=("Unit",), synonyms=("Goal", "Target value"))
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
    ).required("Kind", synonyms=("Kind of measure", "Type of measure"))
    limits_anew_from = DATE.optional(
        "Limits anew from",
        newer=True,
        note="From this day on the figures are judged by their own first readings; blank: from go-live.",
        synonyms=("New limits from", "Rebase from"),
    )


class OutcomeReadings(
    Register,
    sheet="Outcome readings",
    area=Area.EVIDENCE,
    purpose="The figures over time, each with where it comes from.",
    source="article, evidence and outcomes",
):
    reading_id = ID(r"OR-\d{4,}").required("Reading ID", synonyms=("Reading number", "Reading reference"))
    measure_id = REF("OutcomeMeasures").required("Measure ID", synonyms=("Measure", "Outcome measure"))
    service = REF("Services").optional("Service", synonyms=("Home", "Site", "Location", "Service code", "Service name"))
    date = DATE.required("Date", event=True, synonyms=("When", "Date of reading", "Day"))
    value = NUMBER.required("Value", unit_in=("Measure ID", "Unit"), synonyms=("Reading", "Figure"))
    numerator = WHOLE.optional("Numerator", synonyms=("Count", "Number with"))
    denominator = WHOLE.optional("Denominator", synonyms=("Out of", "Total"))
    evidence_source = CHOICE(*EVIDENCE_SOURCES).required(
        "Evidence source", synonyms=("Source of evidence", "Where the evidence is from")
    )
    concern_raised = YES_NO.optional("Concern raised", synonyms=("Concern", "Was a concern raised"))
    note = LONG_TEXT.optional("Note", synonyms=("Notes", "Remark"))
