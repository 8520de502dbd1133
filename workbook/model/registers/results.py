"""Results: the tables that the program computes and people read (docs/contract/registers.md, Computed tables).

The last three stand behind Start here and the Dashboard; the program fills them where they are, and misses them
nowhere.
"""

from workbook.model.declare import DATE, LONG_TEXT, NUMBER, TEXT, WHOLE, Area, Register


class Checks(
    Register,
    sheet="Checks",
    area=Area.RESULTS,
    purpose="Entries that need another look, worst first. Check entries brings it up to date.",
    checked=False,
    computed=True,
):
    severity = TEXT.required("Severity")
    go_to = TEXT.optional("Go to")
    what_is_wrong = LONG_TEXT.required("What is wrong")
    what_to_do = LONG_TEXT.required("What to do")
    in_column = TEXT.optional("Column")
    value = TEXT.optional("Value")
    in_table = TEXT.optional("Table")
    entry_id = TEXT.optional("ID")
    entry_row = WHOLE.optional("Row")
    code = TEXT.required("Code")


class Triggers(
    Register,
    sheet="Triggers",
    area=Area.RESULTS,
    purpose="What the governance framework asks for now, one row per trigger and scope, kept across runs.",
    checked=False,
    computed=True,
):
    result_key = TEXT.required("Key")
    trigger = TEXT.required("Trigger")
    title = TEXT.required("Title")
    scope = TEXT.required("Scope")
    state = TEXT.required("State")
    what_was_found = LONG_TEXT.optional("What was found")
    value = NUMBER.optional("Value")
    threshold = TEXT.optional("Threshold")
    evidence = LONG_TEXT.optional("Evidence")
    escalation = TEXT.optional("Escalation")
    owner = TEXT.optional("Owner")
    due_date = DATE.optional("Due date", future=True)
    first_raised_on = DATE.optional("First raised on")
    last_seen_on = DATE.optional("Last seen on")
    times_raised = WHOLE.optional("Times raised")
    cleared_on = DATE.optional("Cleared on")
    rules_version = TEXT.optional("Rules version")
    action_id = TEXT.optional("Action ID")
    acknowledged_by = TEXT.optional("Acknowledged by", person_owned=True)
    comment = LONG_TEXT.optional("Comment", person_owned=True)


class ReviewsDue(
    Register,
    sheet="Reviews due",
    area=Area.RESULTS,
    purpose="Which reviews are due or late, and what shows that they were done.",
    checked=False,
    computed=True,
):
    review = TEXT.required("Review")
    service = TEXT.optional("Service")
    owner = TEXT.optional("Owner")
    last_done_on = DATE.optional("Last done on")
    next_due_on = DATE.optional("Next due on", future=True)
    days_late = WHOLE.optional("Days late")
    what_proves_it = TEXT.optional("What proves it")


class Documents(
    Register,
    sheet="Documents",
    area=Area.RESULTS,
    purpose="Every document that was made from this workbook.",
    checked=False,
    computed=True,
):
    document = TEXT.required("Document")
    scope = TEXT.optional("Scope")
    as_of = DATE.required("As of")
    made_on = DATE.required("Made on")
    file = TEXT.required("File")
    workbook_fingerprint = TEXT.required("Workbook fingerprint")
    file_hash = TEXT.required("File hash")


class History(
    Register,
    sheet="Change history",
    former_sheet="History",
    area=Area.RESULTS,
    purpose="What the program wrote into this workbook, and what stood there before.",
    checked=False,
    computed=True,
):
    when = TEXT.required("When")
    who = TEXT.optional("Who")
    command = TEXT.required("Command")
    in_table = TEXT.required("Table")
    entry_id = TEXT.optional("ID")
    in_column = TEXT.optional("Column")
    before = TEXT.optional("Before")
    after = TEXT.optional("After")
    origin = TEXT.optional(
        "Source", newer=True, note="Of an entry that was brought in: its file and row, and by what it is known again."
    )


class ImportProblems(
    Register,
    sheet="Import problems",
    area=Area.RESULTS,
    purpose="Entries that could not be brought in, as they came.",
    checked=False,
    computed=True,
):
    source_file = TEXT.required("Source")
    source_row = WHOLE.optional("Source row")
    into = TEXT.required("Into")
    reason = LONG_TEXT.required("Reason")
    entry = LONG_TEXT.optional("The entry as it came")
    mark = TEXT.optional("Mark", newer=True, note="By this the program knows the row of the source again.")


class ThisWeek(
    Register,
    sheet="Start here",
    area=Area.SETUP,
    purpose="At most seven things to do this week, the worthiest first.",
    checked=False,
    computed=True,
):
    number = WHOLE.required("No")
    where = TEXT.optional("Where")
    what_to_do = LONG_TEXT.required("What to do")
    who = TEXT.optional("Who")
    due_by = DATE.optional("By", future=True)


class RunCharts(
    Register,
    sheet="Dashboard data",
    area=Area.RESULTS,
    purpose="Each outcome measure and service with readings: its centre line, its limits, and what the rules say.",
    checked=False,
    computed=True,
):
    series = TEXT.required("Series")
    measure_id = TEXT.required("Measure ID")
    service = TEXT.optional("Service")
    unit = TEXT.optional("Unit")
    first_point = WHOLE.required("First point")
    points = WHOLE.required("Points")
    centre = NUMBER.required("Centre line")
    lower = NUMBER.required("Lower limit")
    upper = NUMBER.required("Upper limit")
    target = NUMBER.optional("Target", newer=True)
    said = LONG_TEXT.required("What the rules say")


class RunPoints(
    Register,
    sheet="Dashboard data",
    area=Area.RESULTS,
    purpose="The newest readings of each series, one row a point.",
    checked=False,
    computed=True,
):
    series = TEXT.required("Series of the point")
    date = DATE.required("Date")
    value = NUMBER.required("Value")
    variation = TEXT.optional("Variation", newer=True)
