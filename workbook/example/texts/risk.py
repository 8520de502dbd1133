"""What was seen and what was coached, by workflow and support need: alerts, incidents, plans and medicines."""

from workbook.example.texts.care import Texts

RISK: dict[tuple[str, str], Texts] = {
    ("Alerts", "Responding to an alert"): (
        (
            "Closed a weight-loss alert without saying what had been done.",
            "Left a fluids alert for the next shift because the senior was on break.",
            "Acknowledged an alert to stop the tone, then was called away.",
        ),
        (
            "Walked through acknowledge, act, record and close, with this alert as the example.",
            "Read the escalation times on the alert card and rang the senior together.",
        ),
    ),
    ("Alerts", "Finding the record"): (
        (
            "Could not get from the alert to the note that set it off.",
            "Looked for a closed alert to show the family's question had been answered.",
        ),
        (
            "Showed the link at the foot of the alert and the history behind it.",
            "Used the closed filter and the date to find it, then explained who may share what.",
        ),
    ),
    ("Alerts", "Understanding the workflow"): (
        (
            "Believed that alerts go to the office only and that carers need not read them.",
            "Was not clear which alerts must be escalated within the hour.",
        ),
        (
            "Sorted ten sample alerts into tell now, tell today and record only.",
            "Explained who sees an alert, in which order, and what happens when nobody answers.",
        ),
    ),
    ("Alerts", "Device or connection"): (
        (
            "Alert tone was switched off on two of the shared phones.",
            "Alerts reached the tablet twenty minutes late on the top floor.",
        ),
        (
            "Turned the tone on, tested it and put the check on the start-of-shift list.",
            "Timed three test alerts and passed the figures on.",
        ),
    ),
    ("Alerts", "Logging in"): (
        (
            "Was signed out overnight, so no alert came through on that phone until seven.",
            "New phone asked for a second code which nobody had.",
        ),
        (
            "Showed how to see at a glance whether the phone is signed in.",
            "Rang the administrator for the code and waited until a test alert arrived.",
        ),
    ),
    ("Incidents", "Choosing the right form"): (
        (
            "Used the incident form for a missed activity and the note for an unwitnessed fall.",
            "Did not know whether a medicine found on the floor is an incident or a medication error.",
            "Chose “other” because the list of types was long.",
        ),
        (
            "Compared three incidents of the last month and the type that each was given.",
            "Showed the short descriptions behind each type and agreed which fits here.",
        ),
    ),
    ("Incidents", "Recording on time"): (
        (
            "The bruise was found at eight and the form begun at two.",
            "Wanted to wait for the manager before starting the incident form.",
        ),
        (
            "Showed that the form can be begun and saved, and who is told at once when it is.",
            "Filled in the first part together straight away; the rest followed after the check.",
        ),
    ),
    ("Incidents", "Correcting an entry"): (
        (
            "Had named a second {p} in the description of a disagreement in the lounge.",
            "The time of the fall was before the time it was said to be discovered.",
        ),
        (
            "Asked the manager to reopen the form and put the record reference in place of the name.",
            "Explained found, happened and reported times, and amended the form with a reason.",
        ),
    ),
    ("Incidents", "Understanding the workflow"): (
        (
            "Completed the form but did not tell anyone, as “the system sends it on”.",
            "Asked when the family has to be told and where that is recorded.",
        ),
        (
            "Went through what the form does by itself and what still needs a voice.",
            "Showed the duty of candour section and the field for who was told and when.",
        ),
    ),
    ("Incidents", "Finding the record"): (
        (
            "Could not find the earlier fall to compare with today's.",
            "Looked for the body map under notes instead of under the incident.",
        ),
        (
            "Opened the person's incident history and counted the falls of the quarter together.",
            "Showed the attachments tab and opened the map from there.",
        ),
    ),
    ("Care plan updates", "Updating a care plan"): (
        (
            "Put the new thickener level into a note; the eating and drinking plan still had the old one.",
            "Wrote the change below the old text, so the plan said both.",
            "Plan review was marked as done without any change, although mobility had clearly altered.",
        ),
        (
            "Changed the section together, ended the old statement and checked what prints for the kitchen.",
            "Explained which changes a carer proposes and who approves them before they count.",
        ),
    ),
    ("Care plan updates", "Finding the record"): (
        (
            "Was reading the archived plan from before the hospital stay.",
            "Could not see where the communication passport is kept.",
        ),
        (
            "Showed the banner that tells a current plan from an archived one.",
            "Found it under documents and pinned it to the front page of the record.",
        ),
    ),
    ("Care plan updates", "Choosing the right form"): (
        (
            "Filled in a full assessment where a short review would have done.",
            "Recorded a change of wishes in the risk section.",
        ),
        (
            "Set both forms side by side and agreed what each is for.",
            "Moved the statement to the section on wishes and preferences with the senior.",
        ),
    ),
    ("Care plan updates", "Recording on time"): (
        (
            "Three monthly reviews were overdue; the talks had taken place but nothing was entered.",
            "The dietitian's advice of Monday had not reached the plan by Thursday.",
        ),
        (
            "Entered the first review together in ten minutes and set reminders for the others.",
            "Showed how to add professional advice the same day and send it for approval.",
        ),
    ),
    ("Care plan updates", "Understanding the workflow"): (
        (
            "Did not know that tasks are made from the plan and change with it.",
            "Asked why the plan cannot simply be edited like a note.",
        ),
        (
            "Changed a sample plan and watched the tasks follow.",
            "Talked about approval: who relies on the plan when the author is off duty.",
        ),
    ),
    ("Medication records", "Recording on time"): (
        (
            "Signed for the whole trolley after the round rather than after each person.",
            "A cream was applied at seven and signed for at noon.",
            "The evening round showed as late although medicines were given on time.",
        ),
        (
            "Observed the next four administrations, each signed before moving on.",
            "Showed what the late flag means and what the pharmacist sees.",
        ),
    ),
    ("Medication records", "Correcting an entry"): (
        (
            "Signed as given, then the {p} spat the tablet out.",
            "Entered the wrong code for a dose withheld on the doctor's advice.",
            "Recorded two paracetamol as one and could not change it.",
        ),
        (
            "Showed the correction with reason and witness, and when it is an incident as well.",
            "Went through the codes for refused, withheld and not available with the nurse present.",
        ),
    ),
    ("Medication records", "Choosing the right form"): (
        (
            "Recorded a when-needed dose among the regular medicines, so no effect was asked for.",
            "Counted controlled drugs in the note instead of the register screen.",
        ),
        (
            "Opened the when-needed form and entered reason, dose and effect together.",
            "Showed the register screen and the second signature it asks for.",
        ),
    ),
    ("Medication records", "Finding the record"): (
        (
            "Did not see the short course of antibiotics because it is on the second page.",
            "Could not find the allergy entry when the out-of-hours doctor asked.",
        ),
        (
            "Showed the count of active medicines at the top and how to open all pages.",
            "Found the red banner and read out what it holds, twice.",
        ),
    ),
    ("Medication records", "Understanding the workflow"): (
        (
            "Unsure who may enter a new prescription after a discharge.",
            "Thought that a missed signature can be filled in by the next shift.",
        ),
        (
            "Went over the route from discharge letter to checked entry, step by step.",
            "Explained why nobody signs for another and what to do about a gap.",
        ),
    ),
    ("Medication records", "Logging in"): (
        (
            "Medication screen asked for a second sign-in that the agency nurse did not have.",
            "Password expired in the middle of the morning round.",
        ),
        (
            "Arranged a named temporary account through the administrator; round continued with the senior.",
            "Renewed the password and showed the warning that comes seven days before.",
        ),
    ),
    ("Medication records", "Device or connection"): (
        (
            "Scanner would not read the new labels.",
            "Tablet on the trolley froze on the fourth person.",
        ),
        (
            "Cleaned the lens, showed how to choose the item by hand and note why.",
            "Restarted it, checked the last signature was there and went on together.",
        ),
    ),
    ("Assistive technology alerts", "Responding to an alert"): (
        (
            "Bed sensor alert answered in person but left open on the system for forty minutes.",
            "Reset the door sensor before looking who had gone out.",
            "Fall pendant pressed by mistake; nothing was recorded because nothing had happened.",
        ),
        (
            "Practised the order: go, check, reassure, record, close; also for a false alarm.",
            "Timed one alert from tone to closure and read the record of it together.",
        ),
    ),
    ("Assistive technology alerts", "Choosing the right form"): (
        (
            "A seizure monitor alert was recorded as a sleep note.",
            "False alarms were entered as incidents, three in one night.",
        ),
        (
            "Opened the alert outcome form from the alert itself and filled it in.",
            "Explained when an alert becomes an incident and when its outcome is enough.",
        ),
    ),
    ("Assistive technology alerts", "Device or connection"): (
        (
            "The base unit showed offline after the cleaner had unplugged it.",
            "Low battery on a door contact had been dismissed for three days.",
        ),
        (
            "Plugged it in, sent a test alert and labelled the socket.",
            "Showed the battery list and who orders replacements; told the senior at once.",
        ),
    ),
    ("Assistive technology alerts", "Understanding the workflow"): (
        (
            "Did not know which {p}s have consented to a sensor, or where that is written.",
            "Asked whether the night call goes to the sleep-in or the waking colleague first.",
        ),
        (
            "Found the consent and the reason in the plan, and the date on which it is reviewed.",
            "Read the call order for each person and wrote it on the duty sheet.",
        ),
    ),
    ("Assistive technology alerts", "Finding the record"): (
        (
            "Could not see how often the bed sensor had called during the week.",
            "Searched the daily notes for a sensor event.",
        ),
        (
            "Opened the sensor's own history and compared two nights.",
            "Showed that events stand under devices and how a note can be linked to one.",
        ),
    ),
}
