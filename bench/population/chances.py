"""How often things happen in a simulated service, by chance, and which problems are planted."""

import datetime as dt
import math

START = dt.date(2026, 1, 5)  # a Monday
WARM, WEEKS, ONSET = 8, 26, 8  # weeks before judging, weeks judged, judged weeks before a planted problem begins
DAY, WEEK = dt.timedelta(1), dt.timedelta(7)
FIRST = START + WARM * WEEK
BEGINS = FIRST + ONSET * WEEK
UNTIL = FIRST + WEEKS * WEEK
CODES = ("ASH", "ELM", "OAK")
WORKFLOWS = {
    "Care notes": 25,
    "Tasks": 15,
    "Alerts": 10,
    "Incidents": 9,
    "Care plan updates": 10,
    "Medication records": 13,
    "Handover": 13,
    "Assistive technology alerts": 5,
}
NEEDS = {
    "Finding the record": 17,
    "Choosing the right form": 13,
    "Recording on time": 14,
    "Responding to an alert": 6,
    "Updating a care plan": 8,
    "Correcting an entry": 15,
    "Logging in": 10,
    "Device or connection": 8,
    "Understanding the workflow": 9,
}
MODULES = (
    "Enhanced system use",
    "Recording standards",
    "Alerts and assistive technology",
    "Coaching colleagues",
    "Incidents and escalation",
    "Data protection",
)
ROLES = ("Care assistant", "Senior carer", "Nurse", "Team leader", "Activities lead")
SHIFTS = ("Early", "Late", "Night")
PLAIN = (
    "Asked where the evening note goes.",
    "Could not see the task on the tablet.",
    "Was not sure which form to choose.",
    "Wanted to know how to put an entry right.",
)
TELLING = (
    "Had kept paper notes on the round.",
    "Said she would write it up later.",
    "Filled in from memory after the shift.",
)
PROBLEMS = {  # name: the trigger that should find it
    "need x2": "S1",
    "need x4": "S1",
    "new form": "S1",
    "other advice": "S2",
    "unsure": "S3",
    "unsure, asks more": "S3",
    "workaround": "S4",
    "hours halved": "P3",
    "measure -1 sigma": "F2",
    "measure -2 sigma": "F2",
    "issue recurs": "F1",
    "loop open": "F5",
}


def poisson(rng, mean):
    """A count with this mean."""
    limit, k, p = math.exp(-mean), 0, rng.random()
    while p > limit:
        k, p = k + 1, p * rng.random()
    return k
