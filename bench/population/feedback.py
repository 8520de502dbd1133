"""Issues, reviews, meetings, decisions and measures, by dice."""

import datetime as dt

from bench.population.chances import BEGINS, DAY, START, UNTIL, WORKFLOWS
from bench.population.dice import Dice


class Feedback(Dice):
    """What becomes of what champions report."""

    def issues(self, code):
        """Issues as they come; what was passed on is linked to one."""
        first = code == self.codes[0]
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
            who = self.team[self.codes[0]][0][0]
            issue = self.issue(self.codes[0], BEGINS - 5 * DAY, who, None)
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
            for code in self.codes if split else (None,):
                day = START + 3 * DAY
                while day < UNTIL:
                    noise = self.rng.gauss(0, sd)
                    down = drop * sd if kind == "Record completion" and code == self.codes[0] and day >= BEGINS else 0
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
                        and code == self.codes[0]
                        and day >= BEGINS
                        and self.problem in ("measure -1 sigma", "measure -2 sigma")
                    ):
                        self.planted.add(row["Reading ID"])
                    day += every * DAY
