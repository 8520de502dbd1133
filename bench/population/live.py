"""Support given shift by shift, by dice."""

import datetime as dt

from bench.population.chances import (
    BEGINS,
    DAY,
    NEEDS,
    PLAIN,
    SHIFTS,
    START,
    TELLING,
    UNTIL,
    WEEK,
    WORKFLOWS,
    poisson,
)
from bench.population.dice import Dice


class Live(Dice):
    """Live support and protected time."""

    def present(self, code, day):
        monday = day - day.weekday() * DAY
        return [
            c
            for c in self.team[code]
            if c[1] <= day < self.left.get(c[0], dt.date.max) and monday not in self.away[c[0]]
        ]

    def support(self, code):
        """Needs as they come, by chance alone but for the problem planted."""
        here = code == self.codes[0]
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
            return slips[k] < share * self.slips

        around = slip(0, 0.01)
        if self.problem == "workaround" and code == self.codes[0] and day >= BEGINS and workflow == "Care notes":
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
        ours = self.problem if code == self.codes[0] and day >= BEGINS else None
        if (
            (not main and ours in ("need x2", "need x4", "new form"))
            or (around and ours == "workaround")
            or (other and pair in self.guided)
        ):
            self.planted.add(row["Support ID"])
        if staff == shaky and ours in ("unsure", "unsure, asks more") and mark:
            self.planted.add(mark["Feedback ID"])

    def protected(self, code):
        halved = self.team[code][0][0] if code == self.codes[0] and self.problem == "hours halved" else None
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
