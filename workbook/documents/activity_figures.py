"""Figures of support, confidence and issues: columns by week, by service, and by category and age."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from workbook.documents.confidence import Confidence, confidence_in
from workbook.documents.figures import Bars, Figure
from workbook.documents.issues_report import BANDS, age_lines
from workbook.documents.words import counted, listed, service_name
from workbook.model.cells import show
from workbook.model.registers import SupportLog
from workbook.model.view import View, needs_seen

#: So many weeks are shown.
WEEKS = 13
_WEEK = dt.timedelta(weeks=1)


def activity_figures(view: View) -> list[Figure]:
    """Those for which there is anything to show."""
    found = (support_per_week(view), confidence_by_service(view), issues_by_age(view))
    return [f for f in found if f is not None]


def support_per_week(view: View) -> Figure | None:
    """Needs and observations in each of the last weeks, Monday to Sunday; weeks without any are shown too."""
    last = view.as_of - dt.timedelta(days=view.as_of.weekday())
    weeks = [last - _WEEK * n for n in reversed(range(WEEKS))]
    entries = [e for e in view.rows(SupportLog) if e.date >= weeks[0]]
    if not entries:
        return None
    needs = Counter(_monday(e.date) for e in needs_seen(entries))
    every = Counter(_monday(e.date) for e in entries)
    most = max(weeks, key=lambda w: every[w])
    counts = [every[w] for w in weeks]
    quiet = sum(not n for n in counts)
    alternative = (
        f"{counted(len(entries), 'support entry', 'support entries')} in {WEEKS} weeks, from {min(counts)} to "
        f"{max(counts)} a week, most in the week of {_short(most)}"
        + (f"; {counted(quiet, 'week')} without any." if quiet else ".")
        + f" {sum(needs.values())} were about a need."
    )
    bars = [Bars("With a need", [needs[w] for w in weeks]), Bars("No need seen", [every[w] - needs[w] for w in weeks])]
    labels = [_short(w) for w in weeks]
    return Figure("support", "Support per week", "Entries", alternative, labels=labels, bars=bars, stacked=True)


def _monday(value: dt.date) -> dt.date:
    return value - dt.timedelta(days=value.weekday())


def _short(value: dt.date) -> str:
    return f"{value:%d %b}"


def confidence_by_service(view: View) -> Figure | None:
    """Median confidence before and after support, for each service with a pair of scores in the weeks shown."""
    first = view.as_of - _WEEK * WEEKS + dt.timedelta(days=1)
    found: list[tuple[str, Confidence]] = []
    for service in view.services_in_use():
        scores = confidence_in(view, first, view.as_of, service.service_code)
        if scores.count:
            found.append((service_name(view, service.service_code), scores))
    if not found:
        return None
    said = listed(f"{name} {show(c.before)} to {show(c.after)} ({counted(c.count, 'pair')})" for name, c in found)
    up, down = sum(c.up for _, c in found), sum(c.down for _, c in found)
    alternative = f"Median confidence before and after support, of 1 to 5: {said}. {up} scores rose, {down} fell."
    return Figure(
        "confidence",
        "Confidence before and after support",
        "Score",
        alternative,
        labels=[name for name, _ in found],
        bars=[Bars("Before", [c.before for _, c in found]), Bars("After", [c.after for _, c in found])],
    )


def issues_by_age(view: View) -> Figure | None:
    """Open issues of each category, by how long they have been open."""
    lines = [line for line in age_lines(view)[:-1] if line.total]
    if not lines:
        return None
    first, second, third = BANDS
    names = (f"To {first} days", f"{first + 1} to {second}", f"{second + 1} to {third}", f"Over {third}")
    columns: Sequence[Sequence[int]] = (
        [line.to_14 for line in lines],
        [line.to_28 for line in lines],
        [line.to_56 for line in lines],
        [line.older for line in lines],
    )
    total, old = sum(line.total for line in lines), sum(columns[2]) + sum(columns[3])
    said = listed(f"{line.total} {line.category.lower()}" for line in lines)
    alternative = f"{counted(total, 'open issue')}, {old} of them for more than {second} days: {said}."
    return Figure(
        "issues",
        "Open issues by category and age",
        "Issues",
        alternative,
        labels=[line.category for line in lines],
        bars=[Bars(name, values) for name, values in zip(names, columns, strict=True)],
        stacked=True,
    )
