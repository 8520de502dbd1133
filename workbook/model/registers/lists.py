"""The lists that people may extend (docs/contract/registers.md, Lists)."""

from workbook.model.declare import ListTable

#: The sheet on which all lists stand side by side.
LISTS_SHEET = "Lists"

LISTS: tuple[ListTable, ...] = (
    ListTable(
        "ServiceTypes",
        "Service types",
        ("Residential care home", "Nursing home", "Home care", "Supported living", "Extra care"),
        "Kinds of service.",
    ),
    ListTable(
        "JobRoles",
        "Job roles",
        ("Care assistant", "Senior carer", "Nurse", "Team leader", "Activities lead"),
        "Jobs that champions hold beside their role as champion.",
    ),
    ListTable("Shifts", "Shifts", ("Early", "Late", "Night", "Day", "Weekend"), "Shifts that are worked."),
    ListTable(
        "Workflows",
        "Workflows",
        (
            "Care notes",
            "Tasks",
            "Alerts",
            "Incidents",
            "Care plan updates",
            "Medication records",
            "Handover",
            "Assistive technology alerts",
        ),
        "What staff do in the care system.",
    ),
    ListTable(
        "SupportNeeds",
        "Support needs",
        (
            "Finding the record",
            "Choosing the right form",
            "Recording on time",
            "Responding to an alert",
            "Updating a care plan",
            "Correcting an entry",
            "Logging in",
            "Device or connection",
            "Understanding the workflow",
            "None seen",
        ),
        "What staff needed help with.",
    ),
    ListTable(
        "TrainingModules",
        "Training modules",
        (
            "Enhanced system use",
            "Recording standards",
            "Alerts and assistive technology",
            "Coaching colleagues",
            "Incidents and escalation",
            "Data protection",
        ),
        "Modules of the champions' enhanced training.",
    ),
    ListTable(
        "UpdateMethods",
        "Update methods",
        ("Handover", "Team meeting", "Supervision", "Notice", "Message", "One to one"),
        "How champions tell staff what was decided.",
    ),
    ListTable(
        "HiddenWorkaroundPhrases",
        "Hidden workaround phrases",
        (
            "paper notes",
            "on paper",
            "write it up later",
            "wrote it up later",
            "writing up later",
            "someone else's login",
            "another's login",
            "colleague's login",
            "messaging app",
            "copy and paste",
            "copied and pasted",
            "from memory",
        ),
        "Words that speak of a way around the agreed workflow.",
    ),
    ListTable(
        "AwayReasons",
        "Away reasons",
        ("leave", "holiday", "sick", "sickness", "illness", "off sick", "training", "course"),
        "Words in Reason if short that say why a champion was away: such a week is no sign of a quiet champion.",
    ),
)

#: The support need that says that nothing was needed; such entries are observations.
NONE_SEEN = "None seen"
#: Needs that are about the technology rather than the recording of care (rule S10).
TECHNICAL_NEEDS = ("Logging in", "Device or connection")
