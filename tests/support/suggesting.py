"""Entries for measuring suggestions, with what belongs there: written before the method, in words of their own.

Nobody may tune the method on them: what is measured stands in docs/contract/suggestions.md as it is.
"""

from __future__ import annotations

#: Workflow, what happened, and the need that belongs there.
SUPPORT: tuple[tuple[str, str, str], ...] = (
    ("Care notes", "Forgot the passcode after annual leave and was locked out until lunch.", "Logging in"),
    ("Tasks", "The sign-in page refused the PIN three times, then blocked the account.", "Logging in"),
    ("Medication records", "Bank nurse had no user name and borrowed the login of a colleague.", "Logging in"),
    ("Handover", "Fingerprint was not recognised with wet hands, and nobody knew the password instead.", "Logging in"),
    ("Care notes", "Tablet froze on the loading screen and had to be restarted twice.", "Device or connection"),
    ("Tasks", "No reception in the basement flat, so nothing was sent until the evening.", "Device or connection"),
    ("Alerts", "The battery was flat and the charger was missing from the trolley.", "Device or connection"),
    ("Handover", "Wi-Fi went down for an hour during the storm.", "Device or connection"),
    ("Care notes", "Notes for breakfast were written from memory at the end of the shift.", "Recording on time"),
    ("Medication records", "Tablets were given at eight but not signed for until eleven.", "Recording on time"),
    ("Incidents", "The fall was reported the next day because the carer had gone home.", "Recording on time"),
    ("Tasks", "All turns were entered in one go before the break.", "Recording on time"),
    ("Care notes", "Could not find the weight chart of a resident who had moved rooms.", "Finding the record"),
    ("Care plan updates", "Looked for the latest risk assessment and opened an archived one.", "Finding the record"),
    ("Handover", "Did not know where to see what the day staff had written about visitors.", "Finding the record"),
    ("Medication records", "Searched three menus for the list of allergies.", "Finding the record"),
    ("Incidents", "Reported a medicine error on the complaints form.", "Choosing the right form"),
    ("Care notes", "Wrote a pressure sore into a note, although there is a wound form.", "Choosing the right form"),
    (
        "Incidents",
        "Was not sure whether a near miss belongs in the accident form or a note.",
        "Choosing the right form",
    ),
    ("Care notes", "Fluid intake was typed as free text instead of on the chart.", "Choosing the right form"),
    ("Medication records", "Signed for the wrong resident and asked how to take it back.", "Correcting an entry"),
    (
        "Care notes",
        "A typing error made the temperature forty-eight; did not know how to amend it.",
        "Correcting an entry",
    ),
    ("Tasks", "Ticked a bath that had not taken place and wanted to undo it.", "Correcting an entry"),
    ("Alerts", "An alarm was silenced and left without saying what was done.", "Responding to an alert"),
    (
        "Assistive technology alerts",
        "Door sensor rang four times before anybody went to look.",
        "Responding to an alert",
    ),
    ("Alerts", "Asked who has to acknowledge a low-intake alert at night.", "Responding to an alert"),
    (
        "Care plan updates",
        "The plan still said walking frame, though she has used a wheelchair for weeks.",
        "Updating a care plan",
    ),
    ("Care plan updates", "New swallowing advice was not put into the care plan.", "Updating a care plan"),
    ("Care plan updates", "Did not dare to change the mobility section of the plan alone.", "Updating a care plan"),
    ("Handover", "Thought that the sheet fills itself in and read nothing out.", "Understanding the workflow"),
    ("Tasks", "Did not know that a skipped task goes to the senior for approval.", "Understanding the workflow"),
    (
        "Incidents",
        "Asked why an incident must be reviewed by the manager after it is closed.",
        "Understanding the workflow",
    ),
    ("Medication records", "Believed that two signatures are needed for every medicine.", "Understanding the workflow"),
    ("Care notes", "Watched two entries being made at the bedside; all was as it should be.", "None seen"),
    ("Alerts", "Alert acknowledged within a minute and written up; nothing to add.", "None seen"),
    ("Handover", "Listened to the whole handover; every flag was read and confirmed.", "None seen"),
)

#: Workflow, description, and the issue of the example that it repeats; '' for a new one.
ISSUES: tuple[tuple[str, str, str], ...] = (
    (
        "Care notes",
        "Staff lose what they typed because the tablet logs them out while they care for a resident.",
        "IM-001",
    ),
    ("Handover", "The night shift says that hourly checks crowd out what matters on the handover sheet.", "IM-002"),
    ("Incidents", "There is still no way to draw a small mark on a body map from a care note.", "IM-003"),
    (
        "Medication records",
        "The screen does not remind anyone to record whether a when-needed medicine worked.",
        "IM-004",
    ),
    ("Tasks", "Tasks ticked where there is no signal arrive in the office hours late.", "IM-005"),
    ("Alerts", "The letters on the alert card are too small to read on a phone.", "IM-009"),
    ("Handover", "An agency nurse who covers two floors sees the handover sheet of one only.", "IM-011"),
    ("Assistive technology alerts", "A sensor alert does not say which flat it comes from.", "IM-014"),
    ("Care notes", "Two buttons have the same colour, and people press the wrong one.", ""),
    ("Medication records", "The pharmacy's new labels do not scan.", ""),
    ("Tasks", "Laundry tasks appear twice after the update.", ""),
    ("Care plan updates", "Printed plans miss the last page.", ""),
    ("Incidents", "The type of incident can't be changed after sending.", ""),
    ("Alerts", "The alert sound is the same as that of the front door.", ""),
)
