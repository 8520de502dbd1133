"""Can the triggers be trusted? Care services by dice, judged by the package `workbook` week by week.

    make population, or population.py [--programmes N] [--planted N] [--seed S] [--sizes 15,30,80] [--rate R]
    [--only null|planted] [--early] [--json FILE]

Nothing is wrong in a null programme but chance; its paperwork is either `perfect` or has the `slips` of busy people. In
a planted programme one thing goes wrong from a known day on. Prints per trigger the share of scope-weeks in which it
asks for something and in which it is raised, and how often it begins to ask in a scope-year; and for each planted
problem in which share it was found within 2, 4 and 8 weeks (its evidence must name rows that belong to the problem),
misses left in, beside the same in programmes where nothing was planted. Shares have 95% intervals: those of null
programmes go by programme, since the weeks of one hang together. The same seed gives the same numbers.

Seeds below 20000 served for tuning; docs/trust.md tells what was measured on others, and in words what it means.
"""

import argparse
import collections
import datetime as dt
import json
import math
import random
from pathlib import Path

from workbook.model.catalogue import TRIGGERS
from workbook.model.raw import RawBook, RawTable, columns_of
from workbook.model.reading import read_book
from workbook.model.registers import BY_TABLE, REGISTERS, SETUP
from workbook.model.view import View
from workbook.rules.triggers import evaluate

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


class Programme:
    """Three services of one size over 34 weeks.

    Args:
        size: staff in each service.
        rate: support entries per member of staff and week.
        slips: whether paperwork is now and then late or incomplete.
        problem: one of PROBLEMS; it happens in the first service.
        early: whether the services have just gone live, so that needs fall from four times `rate` by half
            each four weeks.
    """

    def __init__(self, seed, size, rate=0.15, *, slips=True, problem=None, early=False):
        self.rng = random.Random(f"{seed} {size} {rate} {slips} {early}")
        self.extra = random.Random(f"extra {seed} {size} {problem}")  # what is planted leaves the other dice alone
        self.size, self.rate, self.slips, self.problem, self.early = size, rate, slips, problem, early
        self.rows = collections.defaultdict(list)
        self.planted, self.counts = set(), collections.Counter()
        self.pairs = [(w, n) for w in WORKFLOWS for n in NEEDS]
        self.weights = [WORKFLOWS[w] * NEEDS[n] for w, n in self.pairs]
        self.away, self.team, self.left = {}, {}, {}
        self.setup()
        for code in CODES:
            self.champions(code)
        self.guidance()
        for code in CODES:
            self.support(code)
            self.protected(code)
            self.issues(code)
            self.reviews(code)
        self.meetings()
        self.decisions()
        self.measures()

    # small things

    def slip(self, share):
        """Whether a busy person slips here; the dice are thrown either way, so that both kinds are alike."""
        return self.rng.random() < share and self.slips

    def add(self, table, prefix="", **cells):
        """A row of a table; its id is counted up."""
        row = {name.replace("_", " "): value for name, value in cells.items()}
        if prefix:
            self.counts[prefix] += 1
            key = BY_TABLE[table].key.header
            row[key] = (
                f"{prefix}-{self.counts[prefix]:04}"
                if prefix in ("SU", "CF", "OR")
                else f"{prefix}-{self.counts[prefix]:03}"
            )
            self.rows[table].append(row)
            return row
        self.rows[table].append(row)
        return row

    def days(self, low, high):
        return dt.timedelta(self.rng.randint(low, high))

    def choose(self, weights):
        return self.rng.choices(list(weights), list(weights.values()))[0]

    # the registers

    def setup(self):
        live = START - (0 if self.early else 20) * WEEK
        for code in CODES:
            self.add(
                "Services",
                **{
                    "Service_code": code,
                    "Service_name": f"{code.title()} House",
                    "Service_type": "Residential care home",
                    "Registered_manager": "Manager",
                    "Team_leader": f"Leader {code}",
                    "Go-live_date": live,
                    "In_use": "Yes",
                },
            )
        for person, role in (
            ("Manager", "Registered manager"),
            ("Lead", "Project lead"),
            ("Quality", "Quality lead"),
            ("Chair", "Board chair"),
            ("Trainer", "Trainer"),
        ):
            self.add("People", Person=person, Role=role)

    def champions(self, code):
        """One for about fourteen staff, every shift covered by two; some leave and are replaced."""
        number = max(2, round(self.size / 14))
        self.team[code] = []
        for n in range(number):
            champion = self.champion(code, n, START - 30 * WEEK, sound=True)
            if self.rng.random() < 0.12 and n:  # the first stays
                gone = FIRST + self.days(14, 140)
                champion.update({"Status": "Stepped down", "Status since": gone})
                self.left[champion["Champion ID"]] = gone
                self.champion(code, n, gone - 14 * DAY + self.days(0, 20), sound=False)

    def champion(self, code, n, known, sound):
        c = self.add(
            "WorkforcePlan",
            "DC",
            **{
                "Name": f"Champion {code} {n}{'' if sound else ' new'}",
                "Job role": ROLES[n % 5],
                "Service": code,
                "Usual shift": SHIFTS[n % 3],
                "Other shifts covered": ", ".join(s for s in (*SHIFTS, "Weekend") if s != SHIFTS[n % 3])
                if n < 2
                else None,
                "Selection rationale": "Trusted on the shift.",
                "Care workflow understanding": self.rng.choice((3, 4, 4, 5)),
                "Technology confidence": 4,
                "Identified by": "Manager",
                "Identified on": known,
            },
        )
        who = c["Champion ID"]

        def late(share, low, high):
            return self.days(low, high) if self.slip(share) and not sound else 0 * DAY

        issued = known + self.days(2, 8)
        self.add(
            "RoleBriefs",
            "RB",
            **{
                "Champion ID": who,
                "Version": 1,
                "Peer support": "Helps colleagues.",
                "Issue reporting": "Reports issues.",
                "Promoting correct workflows": "Shows the agreed way.",
                "Role boundaries": "Gives no clinical advice and changes no configuration.",
                "Issued by": "Lead",
                "Issued on": issued,
                "Acknowledged on": issued + self.days(1, 6) + late(0.25, 3, 20),
                "Responsibilities clear": "Yes",
                "Review due date": UNTIL + 99 * DAY,
            },
        )
        done = known
        for m, module in enumerate(MODULES):
            planned = known + (14 + 3 * m) * DAY
            passed = planned - self.days(0, 3) + late(0.25, 4, 18)
            done = max(done, passed)
            due = FIRST + self.days(7, 150) if sound and m == n % 6 else UNTIL + 99 * DAY
            self.add(
                "TrainingMatrix",
                "TR",
                **{
                    "Champion ID": who,
                    "Module": module,
                    "Required": "Yes",
                    "Planned date": planned,
                    "Completed on": passed,
                    "Result": "Passed",
                    "Refresher due date": due,
                    "Evidence": "On file.",
                },
            )
            if due < UNTIL:
                again = due - self.days(3, 20) + (self.days(4, 35) if self.slip(0.25) else 0 * DAY)
                self.add(
                    "TrainingMatrix",
                    "TR",
                    **{
                        "Champion ID": who,
                        "Module": module,
                        "Required": "Yes",
                        "Planned date": due,
                        "Completed on": again,
                        "Result": "Passed",
                        "Refresher due date": UNTIL + 99 * DAY,
                        "Evidence": "On file.",
                    },
                )
        ready = done + self.days(2, 7)
        self.add(
            "ReadinessLog",
            "RC",
            **{
                "Champion ID": who,
                "Checked by": "Quality",
                "Checked on": ready,
                **dict.fromkeys(
                    (
                        "Recording standards",
                        "Escalation routes",
                        "Governance expectations",
                        "Care workflows",
                        "Assistive technology",
                    ),
                    "Secure",
                ),
                "Outcome": "Ready",
            },
        )
        agreed = ready + self.days(0, 5)
        self.add(
            "ImplementationPlan",
            "IP",
            **{
                "Champion ID": who,
                "Protected hours per week": 3,
                "Support arrangements": "Weekly talk.",
                "Confirmed by": "Manager",
                "Confirmed on": agreed,
                "Review due date": UNTIL + 99 * DAY,
            },
        )
        signed = agreed + self.days(1, 6)
        self.add(
            "StartSignOff",
            "SO",
            **{
                "Champion ID": who,
                "Reviewed by": "Lead",
                "Reviewed on": signed,
                **dict.fromkeys(
                    (
                        "Selection record seen",
                        "Role brief seen",
                        "Training seen",
                        "Readiness seen",
                        "Protected time seen",
                    ),
                    "Yes",
                ),
                "Decision": "Signed off",
            },
        )
        c.update(
            {"Status": "Active", "Status since": signed}
            if signed <= UNTIL
            else {"Status": "Preparing", "Status since": known}
        )
        first = self.rng.randrange(WEEKS - 3)
        second = self.rng.randrange(WEEKS - 3)
        self.away[who] = {FIRST + k * WEEK for k in (first, first + 1, second)}  # two weeks of leave, and one
        self.team[code].append((who, signed, n))
        return c

    def guidance(self):
        """Approved guidance for the ten most frequent needs."""
        self.guided = {}
        for _weight, pair in sorted(zip(self.weights, self.pairs, strict=False), reverse=True)[:10]:
            g = self.add(
                "Guidance",
                "GU",
                **{
                    "Workflow": pair[0],
                    "Support need": pair[1],
                    "Title": "How we do it",
                    "Version": 1,
                    "Approved by": "Quality",
                    "Approved on": START - 99 * DAY,
                    "Review due date": UNTIL + 99 * DAY,
                    "Summary": "Agreed steps.",
                },
            )
            self.guided[pair] = g["Guidance ID"]

    def present(self, code, day):
        monday = day - day.weekday() * DAY
        return [
            c
            for c in self.team[code]
            if c[1] <= day < self.left.get(c[0], dt.date.max) and monday not in self.away[c[0]]
        ]

    def support(self, code):
        """Needs as they come, by chance alone but for the problem planted."""
        here = code == CODES[0]
        asks = [self.rng.gammavariate(2, 0.5) for _ in range(self.size)]
        self.asks = asks
        sure = [min(4.8, max(2.6, self.rng.gauss(3.9, 0.45))) for _ in range(self.size)]
        shaky = self.extra.randrange(self.size) if here and self.problem in ("unsure", "unsure, asks more") else None
        deviant = self.extra.choice(self.team[code])[0] if here and self.problem == "other advice" else None
        top = self.pairs[max(range(len(self.pairs)), key=self.weights.__getitem__)]
        day = START
        while day < UNTIL:
            week = (day - START).days / 7
            mean = self.rate * self.size / 7 * (1 + 3 * 0.5 ** (week / 4) if self.early else 1)
            for _ in range(poisson(self.rng, mean)):
                staff = self.rng.choices(range(self.size), asks)[0]
                self.entry(
                    code, day, staff, self.rng.choices(self.pairs, self.weights)[0], sure, shaky, deviant, self.rng
                )
            if here and day >= BEGINS:
                share = WORKFLOWS[top[0]] * NEEDS[top[1]] / sum(self.weights)
                times = {"need x2": 1, "need x4": 3}.get(self.problem, 0)
                for _ in range(poisson(self.extra, self.rate * self.size / 7 * share * times) if times else 0):
                    self.entry(
                        code, day, self.extra.choices(range(self.size), asks)[0], top, sure, None, None, self.extra
                    )
                if self.problem == "new form" and day < BEGINS + 3 * WEEK:  # three in ten ask once within three weeks
                    for _ in range(poisson(self.extra, self.size * 0.3 / 21)):
                        self.entry(
                            code,
                            day,
                            self.extra.randrange(self.size),
                            ("Incidents", "Choosing the right form"),
                            sure,
                            None,
                            None,
                            self.extra,
                        )
                if self.problem == "unsure, asks more":
                    for _ in range(poisson(self.extra, 0.5 / 7)):
                        self.entry(
                            code,
                            day,
                            shaky,
                            self.extra.choices(self.pairs, self.weights)[0],
                            sure,
                            shaky,
                            None,
                            self.extra,
                        )
            day += DAY

    def entry(self, code, day, staff, pair, sure, shaky, deviant, rng):
        main = rng is self.rng
        there = self.present(code, day)
        if not there:
            return
        who, _, n = rng.choice(there)
        workflow, need = pair
        chance = rng.random
        slips = [chance() for _ in range(7)]

        def slip(k, share):
            return slips[k] < share and self.slips

        around = slip(0, 0.01)
        if self.problem == "workaround" and code == CODES[0] and day >= BEGINS and workflow == "Care notes":
            weeks = (day - BEGINS).days / 7
            around = around or self.extra.random() < 0.05 + 0.55 * min(1, weeks / 8)
        outcome = "Escalated" if slips[1] < 0.04 else "Unresolved" if slips[1] < 0.06 else "Resolved"
        followed = None if slip(2, 0.05) else self.guided.get(pair)
        other = who == deviant and day >= BEGINS
        row = self.add(
            "SupportLog",
            "SU",
            **{
                "Date": day,
                "Shift": SHIFTS[n % 3],
                "Service": code,
                "Champion ID": who,
                "Staff member": f"{code} staff {staff:02}",
                "Workflow": workflow,
                "Support need": need,
                "What happened": rng.choice(TELLING if slip(3, 0.003) else PLAIN),
                "Coaching given": None if slip(4, 0.05) else "Walked through the steps.",
                "Guidance followed": None if other else followed,
                "Workaround seen": "Yes" if around else "No",
                "Workaround detail": "Notes on paper." if around else None,
                "Outcome": outcome,
            },
        )
        row["_linked"] = outcome != "Resolved" and not slip(5, 0.05)
        feels = 1.8 if staff == shaky and day >= BEGINS else sure[staff]
        after = min(5, max(1, round(rng.gauss(feels, 0.6))))
        before, delay = max(1, after - rng.choice((0, 1, 1, 2))), rng.choice((0, 1, 1, 2, 3, 5))
        helped = rng.choices(("Yes", "Unsure", "No"), (88, 9, 3))[0]
        mark = None
        if not slip(6, 0.15):
            mark = self.add(
                "ConfidenceTracker",
                "CF",
                **{
                    "Support ID": row["Support ID"],
                    "Date": day + delay * DAY,
                    "Staff member": row["Staff member"],
                    "Confidence before": before,
                    "Confidence after": after,
                    "Support helped": helped,
                    "Recorded by": who,
                },
            )
        ours = self.problem if code == CODES[0] and day >= BEGINS else None
        if (
            (not main and ours in ("need x2", "need x4", "new form"))
            or (around and ours == "workaround")
            or (other and pair in self.guided)
        ):
            self.planted.add(row["Support ID"])
        if staff == shaky and ours in ("unsure", "unsure, asks more") and mark:
            self.planted.add(mark["Feedback ID"])

    def protected(self, code):
        halved = self.team[code][0][0] if code == CODES[0] and self.problem == "hours halved" else None
        for who, signed, _ in self.team[code]:
            week = START
            while week < UNTIL:
                hours = self.rng.choices((3, 2, 1, 0), (80, 12, 5, 3))[0]  # nine tenths of what was agreed, in the mean
                seen = poisson(self.rng, 1.5)
                if signed <= week < self.left.get(who, dt.date.max) and week not in self.away[who]:
                    short = who == halved and week >= BEGINS
                    row = self.add(
                        "ProtectedTime",
                        "PT",
                        **{
                            "Champion ID": who,
                            "Week commencing": week,
                            "Hours given": hours / 2 if short else hours,
                            "Shifts observed": seen,
                        },
                    )
                    if short:
                        self.planted.add(row["Entry ID"])
                week += WEEK

    def issues(self, code):
        """Issues as they come; what was passed on is linked to one."""
        first = code == CODES[0]
        loose = [r["Support ID"] for r in self.rows["SupportLog"] if r["Service"] == code and r["_linked"]]
        by = {r["Support ID"]: r for r in self.rows["SupportLog"]}
        days = sorted(
            [(by[s]["Date"] + self.days(0, 5), s) for s in loose]
            + [
                (START + k * DAY, None)
                for k in range((UNTIL - START).days)
                if self.rng.random() < 0.004 * self.size / 7
            ],
            key=str,
        )
        for day, linked in days:
            if day < UNTIL and (there := [c for c in self.team[code] if c[1] <= day]):
                self.issue(code, day, there[0][0], linked)
        if first and self.problem == "issue recurs":
            who = self.team[code][0][0]
            origin = self.issue(code, BEGINS, who, None, lasting=True)
            self.planted.add(origin["Issue ID"])
            day = BEGINS
            while (day := day + dt.timedelta(1 + round(self.extra.expovariate(1 / 14)))) < UNTIL:
                again = self.issue(code, day, who, None, lasting=True)
                again["Repeat of"] = origin["Issue ID"]
                self.planted.add(again["Issue ID"])

    def issue(self, code, day, who, linked, *, lasting=False):
        rng = self.extra if lasting else self.rng
        kind = rng.choices(("System issue", "Workflow barrier", "Staff concern"), (50, 35, 15))[0]
        category = rng.choice(("Training", "Configuration", "Supplier support", "Local practice"))
        wait = rng.randint(1, 6) + (rng.randint(5, 25) if rng.random() < 0.06 and self.slips else 0)
        look = rng.randint(1, 9) + (rng.randint(5, 25) if rng.random() < 0.08 and self.slips else 0)
        closed = day + dt.timedelta(6 + round(rng.expovariate(1 / 25)))
        supplier = category == "Supplier support"
        reply = day + dt.timedelta(21)
        replied = reply + dt.timedelta(
            -rng.randint(1, 12) + (rng.randint(5, 30) if rng.random() < 0.2 and self.slips else 0)
        )
        row = self.add(
            "ImprovementLog",
            "IM",
            **{
                "Raised on": day,
                "Raised by": who,
                "Service": code,
                "Kind": "System issue" if lasting else kind,
                "Workflow": self.choose(WORKFLOWS) if not lasting else "Tasks",
                "Description": "Takes too long.",
                "Linked support": linked,
                "Category": category,
                "Categorised by": "Lead",
                "Categorised on": day + dt.timedelta(wait),
                "Safe recording affected": "No",
                "Status": "Open" if lasting else "Closed",
                "Closed on": None if lasting else closed,
                "Resolution": None if lasting else "Mended.",
                "Reply due date": reply if supplier else None,
                "Replied on": replied if supplier else None,
            },
        )
        self.add(
            "QualityReviews",
            "QR",
            **{
                "Issue ID": row["Issue ID"],
                "Reviewed by": "Quality",
                "Reviewed on": day + dt.timedelta(look),
                **dict.fromkeys(("Affects care evidence", "Affects risk management", "Affects audit quality"), "No"),
                "Severity": "Low",
                "Finding": "No effect.",
            },
        )
        return row

    def reviews(self, code):
        day = START
        while day < UNTIL:
            period = {"Service": code, "Period start": day, "Period end": day + 13 * DAY}
            late = self.days(3, 9) if self.slip(0.1) else 0 * DAY
            self.add(
                "TeamLeaderReviews",
                "TL",
                **period,
                **{
                    "Reviewed by": f"Leader {code}",
                    "Reviewed on": day + 14 * DAY + late,
                    "Themes seen": "None.",
                    "Decision": "No action",
                    "Status": "Done",
                },
            )
            says = ["No" if self.slip(0.03) else "Yes" for _ in "ab"]
            self.add(
                "ManagerReviews",
                "MR",
                **period,
                **{
                    "Reviewed by": "Manager",
                    "Reviewed on": day + 14 * DAY + late,
                    "System use improving": says[0],
                    "Record quality improving": says[1],
                    "Evidence source": "Care records",
                    "Finding": "As hoped.",
                },
            )
            day += 14 * DAY

    def meetings(self):
        self.boards = []
        day = START + 2 * DAY
        while day < UNTIL:
            for kind, at in (("Implementation governance", day), ("Project board", day + DAY)):
                m = self.add(
                    "Meetings",
                    "MT",
                    **{
                        "Kind": kind,
                        "Held on": at,
                        "Chair": "Chair",
                        "Present": "Chair, Lead, Quality",
                        "Quorate": "Yes",
                        "Matters considered": "Progress.",
                        "Next meeting": at + 14 * DAY,
                    },
                )
            self.boards.append((day + DAY, m["Meeting ID"]))
            day += 14 * DAY

    def decisions(self):
        """Half of the issues are decided at the next board meeting, then acted on and told."""
        for issue in list(self.rows["ImprovementLog"]):
            told, off = self.rng.random() < 0.5, issue["Issue ID"] in self.planted
            held = next((m for m in self.boards if m[0] > issue["Raised on"]), None)
            if told and held and not off:
                self.decision(issue, held)
        if self.problem == "loop open":
            who = self.team[CODES[0]][0][0]
            issue = self.issue(CODES[0], BEGINS - 5 * DAY, who, None)
            held = next(m for m in self.boards if m[0] > issue["Raised on"])
            self.planted.add(self.decision(issue, held, silent=True)["Decision ID"])

    def decision(self, issue, held, *, silent=False):
        rng = self.extra if silent else self.rng
        due = held[0] + dt.timedelta(14)
        d = self.add(
            "BoardDecisions",
            "BD",
            **{
                "Meeting ID": held[1],
                "Issue ID": issue["Issue ID"],
                "Decision": "Mend it.",
                "Rationale": "Saves time.",
                "Action type": "Updated guidance",
                "Owner": "Lead",
                "Due date": due,
            },
        )
        done = (
            due
            - dt.timedelta(rng.randint(0, 8))
            + dt.timedelta(rng.randint(2, 20) if rng.random() < 0.12 and self.slips else 0)
        )
        proof = None if rng.random() < 0.03 and self.slips else "Seen."
        self.add(
            "Actions",
            "AC",
            **{
                "Source": d["Decision ID"],
                "Action": "Mend it.",
                "Owner": "Lead",
                "Raised on": held[0],
                "Due date": due,
                "Status": "Done" if done < UNTIL else "Open",
                "Completed on": done if done < UNTIL else None,
                "Evidence of completion": proof if done < UNTIL else None,
            },
        )
        tell = due + dt.timedelta(rng.randint(0, 10) + (rng.randint(5, 25) if rng.random() < 0.1 and self.slips else 0))
        team = [c[0] for c in self.team[issue["Service"]] if c[1] <= tell]
        result = (
            "No change" if rng.random() < 0.05 and self.slips else rng.choice(("Better system use", "Less confusion"))
        )
        if not silent and team:
            self.add(
                "UpdatesShared",
                "UP",
                **{
                    "Decision ID": d["Decision ID"],
                    "Shared by": team[0],
                    "Shared on": tell,
                    "Service": issue["Service"],
                    "Method": "Handover",
                    "Result": result,
                    "Result recorded on": tell + dt.timedelta(rng.randint(7, 20)),
                    "Evidence": "Said so.",
                },
            )
        return d

    def measures(self):
        """Record completion by service and week, satisfaction by service and month, confidence and access for all."""
        declared = (
            ("Records complete at audit", "Live support", "Percent", 70, 80, "Record completion", 7, True, 88, 4),
            ("Staff satisfaction", "Champion feedback", "Score", 3, 3.5, "Staff satisfaction", 28, True, 3.9, 0.15),
            ("Confidence survey", "Champion feedback", "Score", 3, None, "Staff confidence", 14, False, 3.7, 0.15),
            ("Shifts with a champion", "Preparing champions", "Percent", 40, 80, "Access to support", 7, False, 88, 4),
        )
        drop = {"measure -1 sigma": 1, "measure -2 sigma": 2}.get(self.problem, 0)
        for name, part, unit, baseline, target, kind, every, split, mean, sd in declared:
            m = self.add(
                "OutcomeMeasures",
                "OM",
                **{
                    "Measure": name,
                    "Belongs to": part,
                    "Unit": unit,
                    "Better when": "Higher",
                    "Baseline value": baseline,
                    "Baseline date": START - 60 * DAY,
                    "Target": target,
                    "Kind": kind,
                },
            )
            for code in CODES if split else (None,):
                day = START + 3 * DAY
                while day < UNTIL:
                    noise = self.rng.gauss(0, sd)
                    down = drop * sd if kind == "Record completion" and code == CODES[0] and day >= BEGINS else 0
                    row = self.add(
                        "OutcomeReadings",
                        "OR",
                        **{
                            "Measure ID": m["Measure ID"],
                            "Service": code,
                            "Date": day,
                            "Value": round(min(100, mean + noise - down), 1 if unit == "Percent" else 2),
                            "Evidence source": "Audits" if kind == "Record completion" else "Feedback",
                            "Concern raised": "No",
                        },
                    )
                    if (
                        kind == "Record completion"
                        and code == CODES[0]
                        and day >= BEGINS
                        and self.problem in ("measure -1 sigma", "measure -2 sigma")
                    ):
                        self.planted.add(row["Reading ID"])
                    day += every * DAY

    def snapshot(self):
        """The programme as the package reads a workbook."""
        tables = []
        for register in (*SETUP, *REGISTERS):
            if register.table in ("Programme", "Thresholds"):
                continue
            headers = register.headers()
            rows = [{h.replace("_", " "): v for h, v in row.items()} for row in self.rows[register.table]]
            for row in rows:
                unknown = set(row) - set(headers) - {" linked"}
                assert not unknown, (register.table, unknown)
            cells = [[row.get(h) for h in headers] for row in rows]
            tables.append(
                RawTable(
                    register.table, register.sheet, 5, 1, tuple(headers), columns_of(cells, len(headers)), len(cells)
                )
            )
        return read_book(RawBook("population.xlsx", tables))


def walk(programme, first=0, triggers=TRIGGERS):
    """Yields the week's number and what asks: {(trigger, scope): (state, evidence ids)}, and the scopes judged."""
    snapshot = programme.snapshot()
    for week in range(first, WEEKS):
        view = View(snapshot, FIRST + (week + 1) * WEEK)
        results = evaluate(view, triggers)
        asking = {
            (r.trigger, r.scope.id): (r.state.value, {e.id for e in r.evidence})
            for r in results
            if r.state.value in ("raised", "watch")
        }
        yield week, asking, [(r.trigger, r.scope.id) for r in results]


def null(programmes, seed, sizes, rate, *, slips, early=False):
    """What asks where nothing is wrong.

    Returns:
        {(trigger, size): a list of (asking, raised, begun, scope-weeks), one for each programme}, and {size: (asking,
        begun, raised, raised anew) in each week}.
    """
    found, weekly = collections.defaultdict(list), collections.defaultdict(list)
    for size in sizes:
        for n in range(programmes):
            before, cells = None, collections.defaultdict(lambda: [0, 0, 0, 0])
            programme = Programme(seed + n, size, rate, slips=slips, early=early)
            for _week, asking, scopes in walk(programme):
                raised = {key for key, (state, _) in asking.items() if state == "raised"}
                begun = set(asking) - before[0] if before is not None else set()
                for key in scopes:
                    cell = cells[key[0]]
                    for place, holds in enumerate((key in asking, key in raised, key in begun, True)):
                        cell[place] += holds
                if before is not None:
                    weekly[size].append((len(asking), len(begun), len(raised), len(raised - before[1])))
                before = set(asking), raised
            for trigger, cell in cells.items():
                found[trigger, size].append(cell)
    return found, weekly


def share(cells, place):
    """A share of scope-weeks in per cent, and half its 95% interval by programme."""
    shares = [100 * c[place] / max(c[3], 1) for c in cells]
    mean = sum(shares) / max(len(shares), 1)
    spread = math.sqrt(sum((x - mean) ** 2 for x in shares) / max(len(shares) - 1, 1))
    return mean, 1.96 * spread / math.sqrt(max(len(shares), 1))


def interval(hits, count):
    """Wilson's 95% interval of a share, in per cent."""
    z, p = 1.96, hits / count
    middle, half = p + z * z / 2 / count, z * math.sqrt(p * (1 - p) / count + z * z / 4 / count / count)
    return tuple(100 * (middle + way * half) / (1 + z * z / count) for way in (-1, 1))


def planted(programmes, seed, sizes, rate):
    """{(problem, size): ([weeks to the first finding or None], [the same where nothing was planted])}."""
    found = {}
    needed = [t for t in TRIGGERS if t.id in PROBLEMS.values()]
    for size in sizes:
        base = []
        for n in range(programmes):
            base.append([asking for _, asking, _ in walk(Programme(seed + n, size, rate), ONSET - 1, needed)])
        for problem, trigger in PROBLEMS.items():
            delays, chance = [], []
            for n in range(programmes):
                p = Programme(seed + n, size, rate, problem=problem)
                delay = None
                for week, asking, _ in walk(p, ONSET, [t for t in needed if t.id == trigger]):
                    if any(t == trigger and ids & p.planted for (t, _), (_, ids) in asking.items()):
                        delay = week - ONSET + 1
                        break
                delays.append(delay)
                # where nothing was planted: does the trigger begin to ask in that scope after that day?
                weeks = base[n]
                scope = CODES[0] if trigger[0] == "S" else "programme" if trigger[0] == "F" else None
                hit = None
                for k in range(1, len(weeks)):
                    now, was = ({s for t, s in weeks[j] if t == trigger and scope in (s, None)} for j in (k, k - 1))
                    if scope is None:
                        now, was = now & {"DC-001"}, was & {"DC-001"}
                    if now - was:
                        hit = k
                        break
                chance.append(hit)
            found[problem, size] = delays, chance
    return found


def within(delays, weeks):
    return sum(1 for d in delays if d is not None and d <= weeks) / len(delays)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programmes", type=int, default=3, help="null programmes of each size and kind")
    parser.add_argument("--planted", type=int, default=3, help="programmes of each size and problem")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", default="15,30,80")
    parser.add_argument("--rate", type=float, default=0.15)
    parser.add_argument("--only", choices=("null", "planted"))
    parser.add_argument("--early", action="store_true", help="services that have just gone live")
    parser.add_argument("--json")
    given = parser.parse_args()
    sizes, kept = [int(s) for s in given.sizes.split(",")], {}
    if given.only != "planted":
        for slips in (False, True):
            tell_null(given, sizes, slips, kept)
    if given.only != "null":
        tell_planted(given, sizes, kept)
    if given.json:
        Path(given.json).write_text(json.dumps(kept), encoding="utf-8")


def tell_null(given, sizes, slips, kept):
    kind = "slips" if slips else "perfect"
    found, weekly = null(given.programmes, given.seed, sizes, given.rate, slips=slips, early=given.early)
    print(f"\nNothing wrong, paperwork {kind}, {given.programmes} programmes of 3 services and 26 weeks at each size:")
    print("% of scope-weeks asking (95%), raised; times begun in a scope-year")
    print("trigger " + " ".join(f"{s:>30}" for s in sizes))
    for t in TRIGGERS:
        words = []
        for s in sizes:
            cells = found[t.id, s]
            (asks, half), (raised, _), (begun, _) = share(cells, 0), share(cells, 1), share(cells, 2)
            words.append(f"{asks:6.1f} (±{half:4.1f}), {raised:5.1f}; {begun / 100 * 52 * WEEKS / (WEEKS - 1):5.1f}")
            kept[f"{kind} {t.id} {s}"] = cells
        print(f"{t.id:7} " + " ".join(f"{w:>30}" for w in words), flush=True)
    for s in sizes:
        asks, new, raised, anew = (sum(x[k] for x in weekly[s]) / max(len(weekly[s]), 1) for k in range(4))
        print(
            f"  {s} staff, 3 services,: a week {asks:.1f} ask ({raised:.1f} raised); new {new:.1f} ({anew:.1f} raised)"
        )


def tell_planted(given, sizes, kept):
    found = planted(given.planted, given.seed + 1000, sizes, given.rate)
    print(f"\nPlanted, {given.planted} programmes each: % found in 2, 4, 8 weeks (95% of the last) | by chance")
    for problem, trigger in PROBLEMS.items():
        for s in sizes:
            delays, chance = found[problem, s]
            low, high = interval(round(within(delays, 8) * len(delays)), len(delays))
            shares = " ".join(f"{100 * within(delays, w):4.0f}" for w in (2, 4, 8))
            others = " ".join(f"{100 * within(chance, w):4.0f}" for w in (2, 4, 8))
            print(f"{problem:18} {trigger:3} {s:3} {shares} ({low:3.0f} to {high:3.0f}) | {others}", flush=True)
            kept[f"planted {problem} {s}"] = [delays, chance]


if __name__ == "__main__":
    main()
