"""What a threshold buys: how often a trigger asks by chance, and how much it finds, at several values.

    python -m bench.population.tradeoff TRIGGER PARAMETER VALUE… [--programmes N] [--size S] [--seed S] [--perfect]

Prints for each value the share of scope-weeks that ask where nothing is wrong, with its 95% interval by programme, and
in which share the trigger's planted problem was found in 2, 4 and 8 weeks, where one is planted for it.
"""

import argparse

from bench.population.chances import ONSET, PROBLEMS
from bench.population.judging import share, walk, within
from bench.population.programme import Programme
from workbook.model.catalogue import BY_ID


def asking(programmes, trigger, settings, *, size, seed, slips):
    """(asking, raised, begun, scope-weeks) of each programme in which nothing is wrong."""
    cells = []
    for n in range(programmes):
        cell = [0, 0, 0, 0]
        for _, asks, scopes in walk(Programme(seed + n, size, slips=slips), 0, [trigger], settings):
            cell[0] += len(asks)
            cell[1] += sum(state == "raised" for state, _ in asks.values())
            cell[3] += len(scopes)
        cells.append(cell)
    return cells


def found(programmes, trigger, problem, settings, *, size, seed):
    """Weeks to the first finding of a planted problem, None for a miss."""
    delays = []
    for n in range(programmes):
        programme = Programme(seed + n, size, problem=problem)
        weeks = walk(programme, ONSET, [trigger], settings)
        hits = (week - ONSET + 1 for week, asks, _ in weeks if any(ids & programme.planted for _, ids in asks.values()))
        delays.append(next(hits, None))
    return delays


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trigger")
    parser.add_argument("parameter")
    parser.add_argument("values", type=float, nargs="+")
    parser.add_argument("--programmes", type=int, default=12)
    parser.add_argument("--size", type=int, default=80)
    parser.add_argument("--seed", type=int, default=21000)
    parser.add_argument("--perfect", action="store_true", help="paperwork is never late or incomplete")
    given = parser.parse_args()
    trigger = BY_ID[given.trigger]
    problems = [problem for problem, finder in PROBLEMS.items() if finder == given.trigger]
    for value in given.values:
        settings = {(given.trigger, given.parameter): value}
        at = {"size": given.size, "seed": given.seed}
        mean, half = share(asking(given.programmes, trigger, settings, slips=not given.perfect, **at), 0)
        words = [f"{given.trigger} {given.parameter} {value:g}: asks {mean:.1f}% (±{half:.1f})"]
        for problem in problems:
            delays = found(given.programmes, trigger, problem, settings, **at)
            words.append(f"{problem} " + " ".join(f"{100 * within(delays, w):.0f}" for w in (2, 4, 8)))
        print("; ".join(words), flush=True)


if __name__ == "__main__":
    main()
