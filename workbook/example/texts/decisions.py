"""The board of the example: what it decided, how champions shared it, and what was done."""

from __future__ import annotations

from workbook.model.light_dataclasses import dataclass


@dataclass(frozen=True)
class Shared:
    """An update shared with staff. Days count from the meeting."""

    home: str
    by: str
    after: int
    method: str
    result: str
    recorded: int | None
    evidence: str | None


@dataclass(frozen=True)
class Decision:
    """A decision: the day of the story whose next board meeting took it; other days count from that meeting."""

    day: int
    issue: str | None
    trigger: str | None
    homes: tuple[str, ...]
    kind: str
    decision: str
    rationale: str
    owner: str
    due: int | None = None
    shared: tuple[Shared, ...] = ()
    action: str | None = None
    done: int | None = None
    evidence: str | None = None
    against: str | None = None


LEAD, QUALITY = "Project Lead Rowan", "Quality Lead Maple"

DECISIONS: tuple[Decision, ...] = (
    Decision(
        17, "timeout", None, ("OAK",), "Configuration change",
        "Lengthen the automatic sign-out on floor tablets to eight minutes and keep drafts.",
        "Staff lose notes while they attend to residents; the tablets stay within the unit.",
        LEAD, 12,
        (Shared("OAK", "Champion Alpha", 9, "Handover", "Less confusion", 20,
                "No lost draft reported since; two carers said that they now write in the room."),),
        "Ask the supplier to change the sign-out time and test it on both floors.", 8,
        "Change note of the supplier; test sheet with four tablets.",
        "One member wished for five minutes, for privacy.",
    ),
    Decision(
        31, None, "S1:OAK", ("OAK",), "Refresher training",
        "Short refresher on correcting medication entries for everyone who signs for medicines.",
        "Three colleagues needed the same help within a week, and the entries matter to the audit.",
        QUALITY, 14,
        (Shared("OAK", "Champion Bravo", 11, "Team meeting", "Better system use", 25,
                "Corrections with reason and witness in all five cases sampled."),),
        "Hold three twenty-minute sessions and note who came.", 12, "Attendance lists, 19 of 22 staff; slides on file.",
    ),
    Decision(
        33, "nights", None, ("OAK",), "Updated guidance",
        "Shorten the night handover sheet together with the night team.",
        "The concern came from those who use it, and the change is small.",
        "Manager Oak", 10,
        (Shared("OAK", "Champion Alpha", 39, "Notice", "Less confusion", 47,
                "Night staff say that flags are seen; two handovers observed."),),
        "Redesign the sheet with two night carers.", 9, "New sheet in use from the Sunday; old one withdrawn.",
    ),
    Decision(
        49, "signal", None, ("RIV",), "Supplier engagement",
        "Ask the supplier to send task entries first when signal returns, and to say on the office screen that an "
        "entry is waiting.",
        "Late entries look like missed visits and cause needless calls.",
        LEAD, 14,
        (Shared("RIV", "Champion Echo", 13, "Message", "Better system use", 24,
                "Calls from the office about missing ticks down from nine to two a week."),),
        "Agree the change and its date with the supplier.", 27, "Release note and a test in the east lanes.",
    ),
    Decision(
        62, None, "S2:OAK", ("OAK", "RIV"), "Updated guidance",
        "One rule for closing a low-fluids alert, in a new version of the guidance.",
        "Two champions advised differently and both could point to custom.",
        QUALITY, 21,
        (Shared("OAK", "Champion Alpha", 19, "Supervision", "Less confusion", 30,
                "Six alerts sampled, all closed with an outcome."),
         Shared("RIV", "Champion Golf", 20, "Message", "Less confusion", 33,
                "Carers quote the rule; one alert was escalated rightly at a weekend.")),
        "Write version 2, have it read by one champion of each service, withdraw version 1.", 16,
        "Version 2 approved and version 1 withdrawn the same day.",
    ),
    Decision(
        76, None, None, ("OAK", "RIV", "LIME"), "No action",
        "Keep the weekly rhythm of reviews at Riverside for another month.",
        "Early implementation goes on there; the reviews are useful.", LEAD,
    ),
    Decision(
        90, "effect", "F6:programme", ("OAK",), "Configuration change",
        "Switch on the prompt for the effect of when-needed medicines now; do not wait for the summer release.",
        "Reported twice without change; the medication audit is affected.",
        LEAD, 9,
        (Shared("OAK", "Champion Bravo", 8, "Handover", "Better system use", 19,
                "Effect recorded in 12 of 13 when-needed doses in the first ten days."),),
        "Have the prompt switched on, test it, tell the pharmacist.", 5, "Screen prints of the test; e-mail filed.",
        "Supplier contact asked for the regular release; noted and overruled.",
    ),
    Decision(
        91, None, "S1:RIV", ("RIV",), "Refresher training",
        "Ten minutes on ticking as you go at each round meeting, with the new guidance.",
        "Tasks ticked at the end of the run look as if care had been late.",
        "Manager River", 14,
        (Shared("RIV", "Champion Echo", 6, "Team meeting", "No change", 15,
                "Times sampled a week later are as before; lunch runs above all."),
         Shared("RIV", "Champion Golf", 29, "One to one", "Less confusion", 38,
                "After riding along on three lunch runs, ticks are made in the home.")),
        "Present the guidance at all four round meetings.", 13, None,
    ),
    Decision(
        92, None, "P5:DC-005", ("RIV",), "Role reassignment",
        "Champion Foxtrot to step back from the champion role and to look after handsets instead.",
        "Good with devices, but support was given before sign-off and mostly without coaching.",
        "Manager River", 12,
        (Shared("RIV", "Champion Golf", 10, "One to one", "Better system use", 22,
                "Colleagues know whom to ask; entries now say what was coached."),),
        "Meet with the champion, agree the new task and tell the rounds.", 6, "Note of the meeting, signed by both.",
        "The registered manager would have liked further preparation first.",
    ),
    Decision(
        105, "closing", "F4:programme", ("LIME",), "Supplier engagement",
        "Require from the supplier that no sensor alert closes without an outcome; until then the waking colleague "
        "reads the device history twice a night.",
        "A closed alert that nobody saw is a risk to tenants and hides itself from audit.",
        LEAD, 10, (),
        "Written request to the supplier with the eleven cases; escalate to their director if no date is given.",
    ),
    Decision(
        106, "agency", None, ("OAK",), "Configuration change",
        "Give the agency nurse role access to both floors for the length of the shift.",
        "Duty covers both floors; access should follow the duty.",
        LEAD, 12,
        (Shared("OAK", "Champion Alpha", 9, "Notice", "Better system use", 18,
                "Three agency nurses opened both sheets unaided."),),
        "Change the role and check it against the access policy.", 7, "Policy check signed by the quality lead.",
    ),
    Decision(
        119, None, None, ("RIV", "LIME"), "Updated guidance",
        "Bring the page on signing in up to date for single sign-on and let agency staff have it.",
        "The old page was withdrawn and new staff ask.",
        QUALITY, 21,
        (Shared("RIV", "Champion Echo", 10, "Message", "Too early", None, None),
         Shared("LIME", "Champion Hotel", 11, "Notice", "Too early", None, None)),
        "Draft the page and have it tried by two agency workers.",
    ),
    Decision(
        133, None, "P3:DC-006", ("RIV",), "Other",
        "Registered manager to show at the next meeting how the protected hours at Riverside will be kept in July.",
        "Champion Golf has had an hour a week since the end of May.",
        "Manager River", 14,
    ),
)  # fmt: skip

BOARD_MATTERS: tuple[str, ...] = (
    "Start of live support at Oak House; champions signed off; how the board wants to be told.",
    "First support themes; automatic sign-out of tablets.",
    "Preparation of Riverside; medication entries at Oak House.",
    "Go-live of Riverside, phones; night handover.",
    "Low-fluids alerts and who may close them; signal in the lanes.",
    "Guidance in two versions; outcome figures for the quarter.",
    "Preparation of Lime Court; staff survey.",
    "When-needed medicines; role of one champion; ticking as you go.",
    "Sensor alerts at Lime Court; agency access.",
    "Stabilising Oak House; single sign-on; supplier's plan.",
    "Protected time over the summer; supplier's answer still outstanding.",
)
GOVERNANCE_MATTERS: tuple[str, ...] = (
    "Issues of the fortnight categorised and checked; nothing to escalate.",
    "Quality checks read; one issue goes to the board.",
    "Support themes of the services side by side; guidance to be written.",
    "Actions gone through one by one.",
    "Sample of records read together; feedback to two teams.",
    "Quiet fortnight: no new issue, figures as expected, reviews on time.",
    "Champion rota for holidays; cover at nights.",
    "Supplier's replies compared with what was promised.",
    "Outcome readings checked for where they come from.",
    "Updates shared with staff and what they changed.",
)
