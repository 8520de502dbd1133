"""Can the triggers be trusted? Care services by dice, judged by the package `workbook` week by week.

    make population, or python -m bench.population [--programmes N] [--planted N] [--seed S] [--sizes 15,30,80]
    [--rate R] [--only null|planted] [--early] [--json FILE]

Nothing is wrong in a null programme but chance; its paperwork is either `perfect` or has the `slips` of busy people. In
a planted programme one thing goes wrong from a known day on. Prints per trigger the share of scope-weeks in which it
asks for something and in which it is raised, and how often it begins to ask in a scope-year; and for each planted
problem in which share it was found within 2, 4 and 8 weeks (its evidence must name rows that belong to the problem),
misses left in, beside the same in programmes where nothing was planted. Shares have 95% intervals: those of null
programmes go by programme, since the weeks of one hang together. The same seed gives the same numbers.

Seeds below 20000 served for tuning; docs/trust.md tells what was measured on others, and in words what it means.
"""

import argparse
import json
from pathlib import Path

from bench.population.chances import PROBLEMS, WEEKS
from bench.population.judging import interval, null, planted, share, within
from workbook.model.catalogue import TRIGGERS


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
