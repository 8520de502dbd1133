"""Role briefs, support arrangements and training evidence."""

MODULES = ("Enhanced system use", "Recording standards", "Coaching colleagues", "Incidents and escalation")

SHORT_BRIEF = "No personal care."

#: Peer support, issue reporting, promoting correct workflows, role boundaries.
BRIEFS: dict[str, tuple[str, str, str, str]] = {
    "Champion Alpha": (
        "Sits with colleagues while they write their first notes on the tablet and stays available on early shifts.",
        "Enters anything seen twice in the improvement log the same day, with the support entries it rests on.",
        "Shows the agreed way of recording and explains what a gap in the record means for the next shift.",
        "Does not write entries for others, change permissions or decide on care; those go to the team leader.",
    ),
    "Champion Bravo": (
        "Helps the evening team to finish tasks and medication entries before handover.",
        "Tells the project lead of barriers that slow the medication round and logs each one.",
        "Uses approved guidance only, and asks for it where there is none.",
        "Gives no clinical advice on medicines and corrects no record that a colleague has signed.",
    ),
    "Champion Delta": (
        "Checks in with night staff after the first round and helps with night notes and sensor alerts.",
        "Leaves issues for the project lead in the log before going off shift, urgent ones by telephone on call.",
        "Makes sure that night checks are recorded when they are done and not at six in the morning.",
        "Does not answer alerts on a colleague's behalf or leave the floor to mend a device.",
    ),
    "Champion Echo": (
        "Joins carers on double-up calls and helps with visit notes, tasks and consent entries.",
        "Collects barriers from the rounds each Friday and logs those that more than one carer has met.",
        "Promotes recording in the home, with the client, before leaving the visit.",
        "Is not a line manager to the rounds; concerns about conduct go to the team leader.",
    ),
    "Champion Foxtrot": (
        "Supports carers with the phone app on early calls.",
        "Passes on problems with handsets and recurring questions through the improvement log.",
        "Shows each workflow as trained and does not invent short cuts.",
        "Does not support anyone before sign-off and does not advise on care or medicines.",
    ),
    "Champion Golf": (
        "Covers late calls and weekends, when no office support is there.",
        "Logs what could not be solved on the call, with the workflow and the effect on the client.",
        "Keeps to the guidance in force and reports where two colleagues have been told different things.",
        "May not acknowledge an alert for a visit that someone else carries out.",
    ),
    "Champion Hotel": (
        "Helps staff to put support plans and goals into the system in the tenant's own words.",
        "Raises issues with the three flats' set-up and with sensors in the improvement log.",
        "Explains which changes need a plan review and which belong in a daily note.",
        "Leaves risk decisions to the manager and does not alter sensor settings.",
    ),
    "Champion India": (
        "Sits with late staff while they record activities, outcomes and incidents.",
        "Logs concerns that staff raise about the system, as they put them.",
        "Promotes notes that say what the person did and chose, not only what was done for them.",
        "Supports recording alone; does not stand in for keywork, supervision or medication checks.",
    ),
    "Champion Juliet": (
        "Is there for sleep-in and waking night staff when sensors call.",
        "Writes up what went wrong with an alert the same night, with its time.",
        "Shows how an alert is answered, recorded and handed over.",
        "Does not reset or silence equipment; faults go to the on-call manager at once.",
    ),
}

SUPPORT: dict[str, str] = {
    "Champion Alpha": "Two half shifts off the floor each week, covered from the bank; talks with the team leader on "
    "Mondays.",
    "Champion Bravo": "Starts one late shift a week four hours early, supernumerary; quiet desk in the treatment room.",
    "Champion Delta": "Third carer rostered on Sunday and Wednesday nights; weekly call with the team leader.",
    "Champion Echo": "Friday morning kept free of calls; mileage paid for visits made to support colleagues.",
    "Champion Foxtrot": "Early round shortened twice a week; shadows another champion until signed off.",
    "Champion Golf": "One evening run a week passed to the relief carer; weekend hours paid as training.",
    "Champion Hotel": "Wednesday afternoons without keywork; fortnightly meeting with the other champions.",
    "Champion India": "Activity sessions on Thursdays led by a colleague; weekly half hour with the team leader.",
    "Champion Juliet": "An hour added before each of three late starts; daytime contact through the team leader.",
}

EVIDENCE: tuple[str, ...] = (
    "Certificate in the training file.",
    "Completed the exercises on the practice system without help.",
    "Observed assessment, signed by the trainer.",
    "Passed the short test, 18 of 20.",
    "Coached a colleague through a care note while observed.",
    "Attendance sheet and marked workbook kept with the training records.",
    "Explained the escalation route for a fall with head injury correctly.",
    "Scored 92% in the module test; sheet in the training file.",
    "Practical task on the live tablets, checked by the trainer.",
    "Talked through three sample records and found the missing times.",
)
