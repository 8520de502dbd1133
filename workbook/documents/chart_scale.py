"""The ends and steps of a chart's axes, the same in Word and on the page of highlights."""

from __future__ import annotations

import datetime as dt
import math

#: Days between two marks of time; so many marks at most.
_DAYS = (7, 14, 28, 56, 91, 182, 364)
_MOST = 7
_STEPS = (1, 2, 2.5, 5, 10)
#: Values whose difference is no greater a part of them differ by the rounding of computers alone.
_SAME = 1e-9


def day_scale(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date, int]:
    """The first and the last day of the axis and the days between two marks; the first is a Monday."""
    begin = first - dt.timedelta(days=first.weekday())
    span = max((last - begin).days, 1)
    step = next((d for d in _DAYS if span / d <= _MOST), math.ceil(span / _MOST))
    return begin, begin + dt.timedelta(days=math.ceil(span / step) * step), step


def value_scale(low: float, high: float, *, whole: bool = False) -> tuple[float, float, float]:
    """The lowest and the highest value of the axis and the step between two marks; zero is shown where it is near."""
    size = max(1.0, abs(low), abs(high))
    if low >= 0 and low <= (high - low) * 2:
        low = 0
    if high - low <= size * _SAME:
        high = low + size
    rough = (high - low) / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * 0.999)
    if whole:
        step = max(math.ceil(step), 1)
    return math.floor(low / step) * step, math.ceil(high / step - 1e-9) * step, step
