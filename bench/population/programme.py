"""Care services by dice, as the package reads a workbook."""

import collections
import random

from bench.population.chances import CODES, NEEDS, WORKFLOWS
from bench.population.feedback import Feedback
from bench.population.live import Live
from bench.population.preparing import Preparing
from workbook.model.raw import RawBook, RawTable, columns_of
from workbook.model.reading import read_book
from workbook.model.registers import REGISTERS, SETUP


class Programme(Preparing, Live, Feedback):
    """Up to three services of one size over 34 weeks.

    Args:
        size: staff in each service.
        rate: support entries per member of staff and week.
        slips: how often paperwork is late or incomplete: not at all, now and then (1), or so many times as often.
        problem: one of PROBLEMS; it happens in the first service.
        early: whether the services have just gone live, so that needs fall from four times `rate` by half
            each four weeks.
        services: how many there are, 1 to 3.
    """

    def __init__(self, seed, size, rate=0.15, *, slips=True, problem=None, early=False, services=3):
        self.rng = random.Random(f"{seed} {size} {rate} {slips} {early}")
        self.extra = random.Random(f"extra {seed} {size} {problem}")  # what is planted leaves the other dice alone
        self.size, self.rate, self.slips, self.problem, self.early = size, rate, slips, problem, early
        self.codes = CODES[:services]
        self.rows = collections.defaultdict(list)
        self.planted, self.counts = set(), collections.Counter()
        self.pairs = [(w, n) for w in WORKFLOWS for n in NEEDS]
        self.weights = [WORKFLOWS[w] * NEEDS[n] for w, n in self.pairs]
        self.away, self.team, self.left = {}, {}, {}
        self.setup()
        for code in self.codes:
            self.champions(code)
        self.guidance()
        for code in self.codes:
            self.support(code)
            self.protected(code)
            self.issues(code)
            self.reviews(code)
        self.meetings()
        self.decisions()
        self.measures()

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
