"""The improvement log of the example: what champions brought to the programme, and what came of it."""

from __future__ import annotations

from workbook.model.light_dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    """One issue. Days are days of the story; `affects` = care evidence, risk management, audit quality."""

    key: str
    day: int
    by: str
    kind: str
    workflow: str
    need: str
    description: str
    seen: tuple[str, ...]
    category: str
    safe: str
    affects: str
    severity: str
    finding: str
    closed: int | None = None
    resolution: str | None = None
    repeat: str | None = None
    sorted_after: int = 3
    checked_after: int = 6
    supplier: str | None = None
    reply_due: int | None = None
    replied: int | None = None
    seen_before: int = 1


ISSUES: tuple[Issue, ...] = (
    Issue(
        "timeout", 13, "Champion Alpha", "System issue", "Care notes", "Device or connection",
        "The tablet signs staff out after two minutes without typing, also while they are with the resident, and what "
        "was written is lost.",
        ("Lost a half-written note twice when the screen locked; began again at the desk.",),
        "Configuration", "No", "", "Low", "Annoying and slow, but staff start again; no gap found in the notes.",
        33, "Sign-out set to eight minutes on the floor tablets; drafts are kept.",
    ),
    Issue(
        "nights", 21, "Champion Delta", "Staff concern", "Handover", "Understanding the workflow",
        "Night staff feel that the handover sheet was designed for days; two-hourly checks fill it and the one thing "
        "that matters is lost.",
        ("Spent twenty minutes on the handover sheet and missed the flag for the hospital return.",),
        "Local practice", "No", "", "Low", "Records are complete; it is the reading that suffers.",
        46, "Night sheet shortened with the night team; routine checks are shown as one line.",
    ),
    Issue(
        "bodymap", 29, "Champion Alpha", "Workflow barrier", "Incidents", "Choosing the right form",
        "A body map can be added to an incident but not to a care note, so small marks are described in words.",
        ("Described a skin tear in words and could not add the map.",),
        "Training", "No", "", "Low", "The map can be added from the skin form; staff had not been shown.",
        52, "Shown at two handovers; skin form pinned to the favourites.",
    ),
    Issue(
        "effect", 43, "Champion Bravo", "System issue", "Medication records", "Choosing the right form",
        "After a when-needed dose the screen does not ask whether it helped. Staff forget to go back and the effect "
        "is not recorded.",
        (
            "Gave paracetamol for knee pain; no prompt came for the effect and none was entered.",
            "Asked where the effect of a when-needed laxative should be written.",
        ),
        "Configuration", "Yes", "care audit", "Medium",
        "In 9 of 14 when-needed doses sampled no effect was recorded. The medication audit cannot show that they "
        "worked.",
        98, "Prompt after 60 minutes switched on for all when-needed medicines and tested on both floors.",
        supplier="CT-20418", reply_due=80, replied=92,
    ),
    Issue(
        "signal", 47, "Champion Echo", "System issue", "Tasks", "Device or connection",
        "No signal in the lanes east of the river; tasks ticked there reach the office up to three hours later and "
        "look overdue.",
        ("Office rang about a missed task which had been ticked in the client's kitchen at noon.",),
        "Supplier support", "No", "", "Low", "Entry times are right once sent. No visit was missed.",
        86, "Supplier changed the order of sending; the office view now says “waiting for signal”.",
        supplier="CT-20466", reply_due=66, replied=63,
    ),
    Issue(
        "pins", 54, "Champion Golf", "Workflow barrier", "Care notes", "Logging in",
        "Relief carers get their PIN by post and often after their first weekend.",
        ("Relief carer could not sign in on a Saturday; the visits were recorded by the colleague on the double-up.",),
        "Local practice", "No", "", "Low", "Who recorded is clear from the entries; no gap.",
        78, "Administrator issues PINs with the first rota.", sorted_after=22, checked_after=9,
    ),
    Issue(
        "double", 60, "Champion Echo", "Staff concern", "Care notes", "Recording on time",
        "On double-up visits both carers are unsure who writes the note, and both feel watched.",
        ("Two carers wrote the same visit note; each had thought that the other would not.",),
        "Local practice", "No", "", "Low", "Duplicate notes agree with each other.",
        88, "First-named carer on the rota writes, the second confirms. Told to all rounds.",
    ),
    Issue(
        "effect again", 72, "Champion Alpha", "System issue", "Medication records", "Understanding the workflow",
        "Again no prompt for the effect of when-needed medicines, now with a new inhaler. Staff say that they have "
        "stopped expecting it.",
        ("Found three when-needed doses of the weekend without an effect.",),
        "Configuration", "Yes", "care audit", "Medium",
        "Same cause as before. The gap is growing with the number of when-needed medicines.",
        98, "Closed with the first report: prompt switched on.", repeat="effect",
    ),
    Issue(
        "fonts", 81, "Champion Golf", "Staff concern", "Alerts", "Finding the record",
        "Carers who need larger letters cannot read the alert card on the phone.",
        ("Had to ask a colleague to read out an alert because the card does not enlarge.",),
        "Configuration", "No", "", "Low", "Reasonable adjustment needed; alerts were answered in time.",
        104, "Large text switched on for two carers; supplier to scale the card in the next release.",
    ),
    Issue(
        "goals", 87, "Champion India", "Workflow barrier", "Care plan updates", "Choosing the right form",
        "Goals that a tenant sets at a house meeting have no place in the plan form; staff put them under risks.",
        ("Put a wish to cook on Fridays under risks, with a risk score.",),
        "Training", "No", "", "Low", "Goals can be entered under wishes; the label is unclear.",
        112, "Label changed to “Goals and wishes”, with an example.",
    ),
    Issue(
        "agency", 91, "Champion Bravo", "Workflow barrier", "Handover", "Finding the record",
        "Agency nurses cannot open the handover sheet of the other floor when they cover both.",
        ("Agency nurse took handover for the first floor by telephone.",),
        "Configuration", "No", "", "Low", "Information was passed on; access was too narrow for the duty.",
        115, "Access for the agency role set to the whole home for the length of the shift.",
    ),
    Issue(
        "closing", 102, "Champion Hotel", "System issue", "Assistive technology alerts", "Understanding the workflow",
        "Sensor alerts that nobody opens disappear from the phone after ten minutes and show as closed.",
        (
            "A bed sensor alert vanished from the list before anyone had opened it; the tenant was found well.",
            "Two night alerts stood as closed although nobody had recorded an outcome.",
        ),
        "Configuration", "Yes", "care risk audit", "High",
        "Eleven alerts in one month closed themselves. A missed fall would look like an answered one.",
        supplier="CT-20733", reply_due=130,
    ),
    Issue(
        "rota", 108, "Champion Echo", "Staff concern", "Tasks", "Understanding the workflow",
        "Carers worry that ticking times will be used to shorten visits.",
        ("Asked who looks at the times of ticked tasks and what for.",),
        "Local practice", "No", "", "Low", "No effect on records so far; trust is at stake.",
        131, "Manager wrote to all carers on what the times are and are not used for.",
    ),
    Issue(
        "flats", 118, "Champion Hotel", "System issue", "Assistive technology alerts", "Finding the record",
        "Alerts from the new sensors arrive without a flat number, and staff ring round to find out where to go.",
        (),
        "Supplier support", "Not known", "", "Low", "Delay of one to two minutes; workaround by list of device names.",
        137, "Device names now begin with the flat; list removed from the wall.",
        supplier="CT-20790", reply_due=132, replied=129,
    ),
    Issue(
        "closing again", 121, "Champion India", "System issue", "Assistive technology alerts",
        "Device or connection",
        "It has happened again: a door alert on the evening of the fire drill closed itself before it was opened.",
        ("Came back from the fire drill to an alert marked closed that nobody had touched.",),
        "Configuration", "Yes", "risk", "Medium", "Same fault as reported before; a second flat is affected.",
        repeat="closing",
    ),
    Issue(
        "photos", 127, "Champion Alpha", "Workflow barrier", "Care plan updates", "Updating a care plan",
        "Photographs for positioning plans come out sideways and are hard to follow at night.",
        ("Could not tell from the sideways photograph which side the pillow goes.",),
        "Supplier support", "No", "", "Low", "The written plan is right; the picture is an aid.",
        supplier="CT-20801", reply_due=150,
    ),
)  # fmt: skip
