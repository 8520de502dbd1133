"""Texts of the planted episodes of live support."""

MEDICATION: tuple[str, ...] = (
    "Signed the wrong line on the medication record and struck it through in a note.",
    "Gave the dose an hour late, entered it at the planned time and then wanted to put it right.",
    "Recorded a refused inhaler as given, noticed at once and did not know how to change it.",
)
TASKS: tuple[str, ...] = (
    "Ticked all visit tasks in the car outside.",
    "The lunch tasks were completed in one go at the end of the run.",
    "Tasks of two visits were ticked together after the second.",
)
SENSORS: tuple[str, ...] = (
    "Door sensor called twice; gone to at once, but the alert stayed open until the morning.",
    "Answered the bed sensor and closed it without an outcome.",
    "Seizure monitor alert silenced on the phone before the tenant had been seen; tenant was safe.",
)
HANDOVER_AROUND: tuple[str, ...] = (
    "Handover was given from a notebook because the sheet had not been filled in.",
    "Late shift took over from the wall board; the handover sheet was completed two hours afterwards.",
)
HANDOVER_DETAIL = "Kept paper notes through the shift and read them out in place of the sheet."
VISITS_AROUND: tuple[str, ...] = (
    "Visit notes for three calls were entered in the evening from a list on the dashboard of the car.",
    "Wrote the tea-call notes at home after the run.",
)
VISITS_DETAIL = "Keeps paper notes during the run and enters them at night."
HIDDEN = (
    "Had jotted the fluid amounts on paper towels and entered them before leaving; said that this is quicker in "
    "the bathroom."
)
CONFLICT: tuple[str, ...] = (
    "Asked what to do with a low-fluids alert at teatime.",
    "Wanted to know whether a low-fluids alert may be closed before supper.",
)
CONFLICT_COACHING: tuple[str, ...] = (
    "Followed the guidance: offer, record, tell the senior, close.",
    "Said that it can be closed once a drink has been offered.",
)
REPEATED: tuple[str, ...] = (
    "Asked how a change to the moving and handling plan gets approved.",
    "Back with the same question on approving a plan change; last week's answer had not stuck.",
)
REPEATED_LIME: tuple[str, ...] = (
    "Not sure how to word a new goal in the support plan.",
    "Came back to the goal in the support plan; the wording had been sent back.",
)
SHAKY: tuple[str, ...] = (
    "Rang before every entry of the morning run to have it checked.",
    "Left the visit note blank and asked for it to be talked through afterwards.",
)
SHAKY_OAK: tuple[str, ...] = (
    "Very unsure of the incident form, stopped half way and asked for help.",
    "Afraid of sending an incident form with a mistake in it, as it could not be taken back.",
    "Completed an incident form alone and had one question on who is told.",
)
NOT_HELPED: tuple[str, ...] = (
    "Could not find the consent entry while the district nurse waited.",
    "Asked which note type covers a declined wash.",
)
UNLINKED = "Three sensor alerts came through with no flat number; nobody could tell where to go first."
PHONED = (
    "Medication screen would not open on the late call. Rang the out-of-hours line on 01632 960147 and was talked "
    "through it."
)
OWN_WAY: tuple[str, ...] = (
    "Sorted it for them on my phone.",
    "Quick fix in the settings, all fine again.",
    "Did the entry with them, no time to explain.",
    "Showed them my own short cut.",
)
