"""How likely something is by chance alone, in counts that a manager understands.

What the rules find may be chance, above all where much is asked. The figures come from tables for services in which
needs, scores and answers are shared out as is usual; a test reckons them anew, exactly
(`tests/support/exact_chances.py`). Those of trends were simulated (docs/trust.md). Facts have no chance: a workaround
that was seen was seen.

Source: docs/contract/checks-and-triggers.md, How likely by chance.
"""

from __future__ import annotations

import math

_PERIODS = {7: "week", 14: "fortnight"}
#: How many of 100 answers say that support did not help, where nothing is wrong.
UNHELPED_PERCENT = 3
#: The readings within which trends may cry wolf.
WITHIN = 18


def chance_of_repeats(entries: int, times: int) -> float | None:
    """The chance that of so many entries some workflow and need comes so many times; None beyond the table.

    Args:
        entries: with a need, in the window and service.
        times: from 2.
    """
    row = _REPEATS.get(times)
    if row is None:
        return 0.0 if times > max(_REPEATS) and entries <= _MOST else None
    return int(row.split()[entries - 1]) / 10_000 if 1 <= entries <= _MOST else None


def chance_of_low_scores(people: int, at_most: float, running: int) -> float | None:
    """The chance that of so many people somebody's last scores are all low; None where the table has no such rule.

    Args:
        people: those with as many scores as the rule asks for.
        at_most: up to which score (1 to 5) one is low.
        running: how many of the last scores have to be.
    """
    of_one = _LOW_SCORES.get((int(at_most), running))
    return None if of_one is None else 1 - (1 - of_one) ** people


def chance_of_unhelped(answers: int, times: int) -> float:
    """The chance that of so many answers so many or more say that support did not help (binomial)."""
    share = UNHELPED_PERCENT / 100
    fewer = (math.comb(answers, n) * share**n * (1 - share) ** (answers - n) for n in range(min(times, answers + 1)))
    return max(0.0, 1 - sum(fewer))


def chance_of_signal(base: int, *, drift: bool = False) -> float:
    """The chance that a series in which nothing changes is told of within 18 readings, by the rules as they come.

    Args:
        base: from how many readings the limits are drawn.
        drift: by the early warning of a slow drift, rather than by the four rules.
    """
    fitting = max((n for n in _SIGNALS if n <= base), default=min(_SIGNALS))
    return _SIGNALS[fitting][drift] / 100


def how_often(chance: float, period: str) -> str:
    """A chance in words.

    Example:
        >>> how_often(0.46, "fortnight"), how_often(0.09, "fortnight")
        ('in every second fortnight', 'in one fortnight of 11')
    """
    for least, words in ((0.85, "in nearly every"), (0.71, "in three of four"), (0.58, "in two of three")):
        if chance >= least:
            return f"{words} {period if 'every' in words else several(period)}"
    if chance >= 0.42:
        return f"in every second {period}"
    return f"in one {period} of {round(1 / chance)}" if chance > 0.002 else f"in fewer than one {period} of 500"


def period_of(days: int) -> str:
    """What a window is called: `fortnight`; any other `period of 10 days`."""
    return _PERIODS.get(days, f"period of {days} days")


def several(period: str) -> str:
    """More than one such period."""
    return period.replace("period", "periods") if period.startswith("period") else f"{period}s"


#: Of 10,000 services with 1, 2, … 80 entries, in how many some need comes so many times or more.
_REPEATS = {
    2: (
        "0 183 540 1054 1699 2443 3252 4090 4926 5730 6477 7153 7746 8252 8673 9014 9283 9490 9646 9759 9840 9896 "
        "9934 9959 9975 9986 9992 9995 9997 9999 9999 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 "
        "10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 "
        "10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 "
        "10000 10000 10000 10000 10000"
    ),
    3: (
        "0 0 4 17 41 80 137 214 314 438 587 763 966 1195 1451 1732 2036 2362 2707 3069 3444 3829 4221 4616 5011 "
        "5403 5787 6162 6524 6871 7201 7511 7802 8071 8318 8544 8748 8931 9094 9237 9363 9472 9566 9645 9713 9769 "
        "9816 9855 9886 9912 9932 9948 9961 9971 9978 9984 9988 9992 9994 9996 9997 9998 9999 9999 9999 10000 "
        "10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000 10000"
    ),
    4: (
        "0 0 0 0 1 2 4 8 13 21 33 48 68 92 123 160 204 255 315 383 461 548 646 754 872 1002 1143 1295 1458 1632 "
        "1816 2011 2216 2430 2654 2885 3124 3369 3620 3876 4135 4398 4662 4926 5190 5453 5713 5970 6222 6469 6710 "
        "6943 7169 7386 7595 7794 7983 8162 8332 8490 8639 8778 8906 9025 9134 9233 9324 9407 9481 9548 9608 9662 "
        "9709 9751 9788 9820 9848 9872 9893 9911"
    ),
    5: (
        "0 0 0 0 0 0 0 0 0 1 1 2 4 6 9 12 17 22 30 38 49 62 77 94 114 137 164 194 228 265 308 354 406 462 523 590 "
        "663 741 825 915 1012 1114 1223 1338 1459 1587 1721 1861 2006 2158 2316 2478 2646 2819 2997 3179 3365 "
        "3554 3747 3943 4140 4340 4541 4743 4945 5148 5350 5550 5750 5947 6142 6334 6523 6709 6890 7067 7239 7406 "
        "7568 7725"
    ),
    6: (
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 2 2 3 5 6 8 10 13 16 20 25 31 37 45 54 64 75 88 102 118 136 156 178 "
        "202 229 258 290 324 361 402 445 492 542 596 653 714 779 847 920 996 1077 1161 1250 1343 1440 1541 1646 "
        "1756 1869 1987 2108 2233 2362 2495 2631 2771 2914 3060 3208 3360 3514 3670 3828"
    ),
    7: (
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 1 2 2 3 4 5 6 7 9 11 13 16 19 22 26 31 36 42 48 56 64 73 "
        "83 94 106 119 134 150 167 186 207 229 253 278 306 335 367 401 437 475 515 558 604 652 702 755 811 870 "
        "932 996 1064 1134 1207 1283 1363 1445"
    ),
    8: (
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 1 1 2 2 3 3 4 5 6 7 8 10 11 13 15 18 21 "
        "24 27 31 35 40 46 51 58 65 73 81 90 100 111 123 135 149 164 179 196 214 234 254 276 300 325 351 379 409 "
        "440 473"
    ),
    9: (
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 1 1 1 2 2 3 3 4 4 5 6 "
        "7 8 9 10 12 14 16 18 20 23 26 29 32 36 40 45 50 55 61 68 75 82 90 99 108 118 129 140"
    ),
    10: (
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 1 "
        "1 1 2 2 2 3 3 4 4 5 5 6 7 8 9 10 12 13 15 16 18 21 23 25 28 31 35 38"
    ),
}
_MOST = 80
#: The chance of one person's last scores: (score at most, scores running).
_LOW_SCORES = {
    (1, 1): 0.000641,
    (1, 2): 0.000007,
    (2, 1): 0.030810,
    (2, 2): 0.003898,
    (2, 3): 0.000867,
    (2, 4): 0.000252,
    (3, 2): 0.134076,
    (3, 3): 0.074358,
    (3, 4): 0.046560,
}
#: Of 100 series in which nothing changes, how many are told of: by the four rules, and as a drift; by the base.
_SIGNALS = {5: (4, 2), 7: (5, 3), 8: (6, 5), 9: (7, 6), 10: (8, 8), 12: (9, 9)}
