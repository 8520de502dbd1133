"""How likely things are by chance, computed exactly from first principles; slow, and sharing nothing with the product.

`python -m tests.support.exact_chances` prints the table of `workbook/rules/chances.py`.
"""

from __future__ import annotations

import math
import sys

#: What is asked about, and which workflow it belongs to, in parts of the whole, as in services that were looked at.
WORKFLOWS = (25, 15, 10, 9, 10, 13, 13, 5)
NEEDS = (17, 13, 14, 6, 8, 15, 10, 8, 9)
COUNTS, ENTRIES = range(2, 11), range(1, 81)


def some_comes(entries, times, shares):
    """The chance that of so many entries some kind comes so many times or more, by a generating function."""
    ways = [1.0] + [0.0] * entries
    for share in shares:
        of_one = [share**n / math.factorial(n) for n in range(times)]
        ways = [sum(of_one[n] * ways[m - n] for n in range(min(times - 1, m) + 1)) for m in range(entries + 1)]
    return 1 - math.factorial(entries) * ways[entries]


def usual_shares():
    parts = [a * b for a in WORKFLOWS for b in NEEDS]
    return [part / sum(parts) for part in parts]


def low_scores(at_most, running, steps=4000):
    """The chance that a person's last scores are all low: people differ (3.9 ± 0.45), and so do their days (± 0.6)."""
    total = 0.0
    for n in range(steps):
        z = -6 + 12 * (n + 0.5) / steps
        feels = min(4.8, max(2.6, 3.9 + 0.45 * z))
        low = 0.5 * (1 + math.erf((at_most + 0.5 - feels) / 0.6 / math.sqrt(2)))
        total += math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * 12 / steps * low**running
    return total


def main():
    shares = usual_shares()
    for times in COUNTS:
        row = " ".join(f"{1e4 * some_comes(n, times, shares):.0f}" for n in ENTRIES)
        sys.stdout.write(f'    {times}: "{row}",\n')
    sys.stdout.writelines(f"({a}, {r}): {low_scores(a, r):.6f}\n" for a in (1, 2, 3) for r in (1, 2, 3, 4))


if __name__ == "__main__":
    main()
