"""Issues as documents speak of them: with their repeats, their age, and what was decided on them."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.documents.words import counted, day, listed, service_name
from workbook.model.cells import fold
from workbook.model.light_dataclasses import dataclass, field
from workbook.model.registers import BoardDecisions, ImprovementLog, QualityReviews
from workbook.model.view import View

CLOSED = "Closed"


@dataclass(frozen=True)
class Family:
    """An issue and the issues that repeat it: one matter to people, whichever of them a rule found."""

    original: ImprovementLog
    members: Sequence[ImprovementLog]

    @property
    def id(self) -> str:
        """The original's id."""
        return self.original.id

    @property
    def open(self) -> list[ImprovementLog]:
        """Those not closed."""
        return [m for m in self.members if m.status != CLOSED]


@dataclass(frozen=True)
class Issues:
    """Every issue of the day, each in its family; quality reviews and decisions beside them.

    Args:
        view: the workbook on the day.
    """

    view: View
    _families: dict[str, Family] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        members: dict[str, list[ImprovementLog]] = {}
        originals: dict[str, ImprovementLog] = {}
        for issue in self.view.rows(ImprovementLog):
            if issue.id:
                first = self._original(issue)
                originals.setdefault(fold(first.id), first)
                members.setdefault(fold(first.id), []).append(issue)
        for key, first in originals.items():
            family = Family(first, members[key])
            self._families.update({fold(m.id): family for m in family.members})

    def _original(self, issue: ImprovementLog) -> ImprovementLog:
        """The issue that this one repeats, however many repeats lie between; a circle ends where it began."""
        seen = {fold(issue.id)}
        while issue.repeat_of is not None:
            earlier = self.view.find(ImprovementLog, issue.repeat_of)
            if earlier is None or fold(earlier.id) in seen:
                break
            seen.add(fold(earlier.id))
            issue = earlier
        return issue

    def all(self) -> list[Family]:
        """The families, in the order of the log."""
        return list({f.id: f for f in self._families.values()}.values())

    def family(self, issue_id: str | None) -> Family | None:
        """The family of an issue."""
        return self._families.get(fold(issue_id or ""))

    def decisions(self, family: Family) -> list[BoardDecisions]:
        """What the board decided on any of them."""
        ids = {fold(m.id) for m in family.members}
        return [d for d in self.view.rows(BoardDecisions) if fold(d.issue_id or "") in ids]

    def quality_reviews(self, family: Family) -> list[QualityReviews]:
        """What the quality lead found on any of them."""
        ids = {fold(m.id) for m in family.members}
        return [q for q in self.view.rows(QualityReviews) if fold(q.issue_id or "") in ids]

    def age(self, issue: ImprovementLog) -> int:
        """Days since it was raised."""
        return (self.view.as_of - issue.raised_on).days


def issue_title(view: View, family: Family) -> str:
    """A heading for a matter: the issue's id, workflow and services."""
    services = dict.fromkeys(service_name(view, m.service) for m in family.members)
    return f"{family.id} {family.original.workflow or family.original.kind or 'Issue'}, {listed(services)}"


def issue_story(issues: Issues, family: Family) -> str:
    """What was reported, how often and since when, in the words of the log."""
    first = family.original
    parts = [first.description or "No description was recorded."]
    if len(family.members) > 1:
        repeats = [f"{m.id} on {day(m.raised_on)}" for m in family.members if m is not first]
        parts.append(f"Reported again: {listed(repeats)}.")
    if first.category is not None:
        parts.append(f"Category {first.category.lower()}.")
    if any(m.safe_recording_affected == "Yes" for m in family.members):
        parts.append("Safe recording is affected.")
    reviews = issues.quality_reviews(family)
    parts.extend(f"Quality review {q.id} ({(q.severity or 'no').lower()} severity): {q.finding}" for q in reviews)
    return " ".join(parts)


def standing(issues: Issues, family: Family) -> str:
    """Whether it is still open, and for how long."""
    if not family.open:
        latest = max((m.closed_on for m in family.members if m.closed_on), default=None)
        return f"Closed on {day(latest)}"
    oldest = min(family.open, key=lambda m: m.raised_on)
    return f"Open for {counted(issues.age(oldest), 'day')}, since {day(oldest.raised_on)} ({oldest.status})"


def decided_so_far(decisions: Sequence[BoardDecisions]) -> str:
    """The earlier decisions in one text."""
    if not decisions:
        return "None recorded"
    return " ".join(f"{d.id}: {d.decision} Due {day(d.due_date, 'without a date')}." for d in decisions)
