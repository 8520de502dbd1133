"""What the rules make of simulated programmes, week by week."""

import collections
import math

from bench.population.chances import CODES, FIRST, ONSET, PROBLEMS, WEEK, WEEKS
from bench.population.programme import Programme
from workbook.model.catalogue import TRIGGERS
from workbook.model.view import View
from workbook.rules.triggers import evaluate


def walk(programme, first=0, triggers=TRIGGERS, settings=None):
    """Yields the week's number and what asks: {(trigger, scope): (state, evidence ids)}, and the scopes judged.

    Args:
        settings: values of thresholds other than the defaults, by (trigger, parameter).
    """
    snapshot = programme.snapshot()
    changed = {key: snapshot.thresholds[key]._replace(value=value) for key, value in (settings or {}).items()}
    snapshot.thresholds = {**snapshot.thresholds, **changed}
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
