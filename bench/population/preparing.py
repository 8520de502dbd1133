"""Champions chosen, trained and signed off, by dice."""

from bench.population.chances import DAY, FIRST, MODULES, ROLES, SHIFTS, START, UNTIL, WEEK, WEEKS
from bench.population.dice import Dice


class Preparing(Dice):
    """What stands before live support."""

    def setup(self):
        live = START - (0 if self.early else 20) * WEEK
        for code in self.codes:
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
