"""What was seen and what was coached, by workflow and support need: daily recording."""

Texts = tuple[tuple[str, ...], tuple[str, ...]]

DAILY: dict[tuple[str, str], Texts] = {
    ("Care notes", "Finding the record"): (
        (
            "Was writing in the wrong {p}'s record because two people share a surname initial on the list.",
            "Could not find yesterday's notes and thought that they had been deleted.",
            "Scrolled through the whole list at each entry; did not know of the search by room or address.",
        ),
        (
            "Showed the photograph and preferred name at the top of the record and how to check both before typing.",
            "Showed the date filter, then let them look up the last three days themselves.",
        ),
    ),
    ("Care notes", "Choosing the right form"): (
        (
            "Put a skin mark into the general note; the body map was not opened.",
            "Recorded fluids in free text, so that the day's total showed as nil.",
            "Used the personal care form for a conversation about mood.",
        ),
        (
            "Went through which observations have a form of their own and why the totals depend on them.",
            "Opened the form list together and matched the last five notes to the form each should have had.",
        ),
    ),
    ("Care notes", "Recording on time"): (
        (
            "Six notes entered within four minutes at the end of the shift.",
            "Breakfast and personal care were recorded after eleven, all with the same time.",
            "Left the notes until the break because the tablet was at the other end of the corridor.",
        ),
        (
            "Agreed to record at the point of care for the next three people and looked at the result together.",
            "Explained how the time of care and the time of entry both show in an audit.",
        ),
    ),
    ("Care notes", "Correcting an entry"): (
        (
            "Wrote a second note to cancel the first, so both stood in the record.",
            "Wanted to delete a note written for the wrong {p} and could not see how.",
            "Had typed the intake in the wrong unit and left it for the senior to notice.",
        ),
        (
            "Showed the amendment function: the reason is asked for and the first wording stays visible.",
            "Corrected one together, then watched while a second was done without help.",
        ),
    ),
    ("Care notes", "Understanding the workflow"): (
        (
            "Notes said “all care given” with nothing on choice, mood or how the {p} took part.",
            "Was not sure whether a refused shower is a note, a task outcome or both.",
            "Thought that notes are only needed when something goes wrong.",
        ),
        (
            "Read two good notes together and picked out what the next shift learns from each.",
            "Went over the outcome codes for declined care and when to offer again and tell the senior.",
        ),
    ),
    ("Care notes", "Logging in"): (
        (
            "Locked out after three tries, on the first shift back from leave.",
            "Had never set a PIN and was waiting for a senior to open the tablet.",
        ),
        (
            "Set up the PIN together and tried it twice on another device.",
            "Showed the reset on the sign-in page and who to ask when it does not arrive.",
        ),
    ),
    ("Care notes", "Device or connection"): (
        (
            "The note would not save in the back bedroom; the signal drops by the fire door.",
            "Phone at four per cent by mid-morning, so the last two visits had no note yet.",
        ),
        (
            "Showed the cloud symbol that means an entry is waiting, and how it sends once there is signal again.",
            "Agreed a charging point and a spare; checked that the waiting entry had gone through.",
        ),
    ),
    ("Tasks", "Finding the record"): (
        (
            "Had the task list filtered to another floor and believed that there was nothing to do.",
            "Could not find a task that the night staff had added for the morning.",
        ),
        (
            "Cleared the filter and showed how to save the view for their own round.",
            "Showed the overdue tab and where added tasks are marked as new.",
        ),
    ),
    ("Tasks", "Recording on time"): (
        (
            "Repositioning tasks were ticked at the end of the round although each had been done on time.",
            "Four tasks stood overdue; all were done, none was ticked.",
            "Left the oral care task open because the {p} was asleep, then forgot it.",
        ),
        (
            "Practised ticking at the bedside and adding the position in the same step.",
            "Showed how to postpone with a reason so that the task comes back later in the shift.",
        ),
    ),
    ("Tasks", "Correcting an entry"): (
        (
            "Ticked the wrong line and completed a wound check that the nurse had still to do.",
            "Marked a task as refused when it had been put off until after a visit.",
        ),
        (
            "Undid the tick with a reason and told the senior so that the check was not missed.",
            "Compared the four outcomes of a task and changed this one together.",
        ),
    ),
    ("Tasks", "Understanding the workflow"): (
        (
            "Did not know that an unticked task turns into an alert for the team leader.",
            "Created the same weekly task every day instead of setting it to repeat.",
            "Asked whose task it is when two staff support the same {p}.",
        ),
        (
            "Drew the path from task to alert to handover and found their own task in it.",
            "Set up one repeating task together and removed the copies with the senior's agreement.",
        ),
    ),
    ("Tasks", "Logging in"): (
        (
            "The code for a new starter had expired before the first shift.",
            "Signed in at the wrong site and saw an empty task list.",
        ),
        (
            "Asked the administrator for a new code and stayed until the list opened.",
            "Showed the site name in the corner and how to change it.",
        ),
    ),
    ("Tasks", "Device or connection"): (
        (
            "The task list did not refresh after the update; yesterday's tasks were still showing.",
            "App closed each time that a photograph was added to a task.",
        ),
        (
            "Restarted the app, showed the date of the last refresh and logged the device number.",
            "Reported the fault with the handset's number and changed to the spare for this shift.",
        ),
    ),
    ("Handover", "Finding the record"): (
        (
            "Opened last week's handover sheet and read that one out.",
            "Could not see the flags that the early shift had set.",
        ),
        (
            "Showed where the date and shift stand and how to pin the current sheet.",
            "Sorted the sheet by flag and read through the three that mattered.",
        ),
    ),
    ("Handover", "Recording on time"): (
        (
            "The sheet was closed before the fall at half past two had been added.",
            "Handover started from the diary as two staff had not finished their summaries.",
        ),
        (
            "Showed how to reopen the sheet and add a late entry that is marked as such.",
            "Agreed to complete each summary straight after the last round, and tried it today.",
        ),
    ),
    ("Handover", "Understanding the workflow"): (
        (
            "Typed a full account into handover that was already in the notes.",
            "Did not flag a new pressure area because it was “in the notes anyway”.",
            "Was unsure who signs the handover when an agency nurse leads the shift.",
        ),
        (
            "Went through what handover is for: changes, risks and what is still to do, with links to the notes.",
            "Practised choosing the three things that the next shift must know for two of the {p}s.",
        ),
    ),
    ("Handover", "Device or connection"): (
        (
            "The screen in the office would not show the handover sheet.",
            "Evening handover call dropped twice, so the second half was read from one phone.",
        ),
        (
            "Opened the sheet on the tablet instead and reported the cable.",
            "Showed how to open the summary offline before the call begins.",
        ),
    ),
}
