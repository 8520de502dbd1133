"""What leaves one workbook for a comparison of many: services, counts, rates and rule states, and nobody's name.

Counts of staff and of people's answers from 1 to 4 are withheld, and no other figure here lets one be worked out.
Counts of triggers, champions, issues, reviews and services are not.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from workbook.model.cells import fold
from workbook.model.declare import Column
from workbook.model.registers import ImprovementLog, OutcomeMeasures, Services, SupportLog
from workbook.model.triggers import Result, Scope, ScopeKind, State
from workbook.model.view import View
from workbook.rules.feedback import helped_answers
from workbook.rules.reviews import Review
from workbook.rules.series import Series, every_series
from workbook.rules.triggers.live_entries import needs_in
from workbook.rules.triggers.live_needs import shifts_observed

#: The window of what is counted.
DAYS = 28
#: Of people's answers and of staff, counts from 1 to this are withheld.
FEW = 4
WITHHELD = "fewer than 5"
#: The kinds of measures that count staff or their answers, or may.
_OF_PEOPLE = frozenset({"Staff confidence", "Staff satisfaction", "Role clarity", "Other"})


class Kind(enum.StrEnum):
    """How a measure is read."""

    SHARE = "share"
    RATE = "rate"
    COUNT = "count"
    STATE = "state"
    READING = "reading"


class Line(NamedTuple):
    """One measure of one service.

    Attributes:
        service: a Service code; '' for the whole programme.
        phase: of the service on the day; '' for the whole programme.
        measure: what is measured; never anything that people typed.
        value: numerator over denominator, or the count or reading itself; None where there is none or it is withheld.
        lower, upper: the limits of the service's own run chart; those of a funnel come with the others.
        state: a trigger's state, or what the run chart says.
        withheld: whether a count of 1 to 4 people is behind it.
    """

    service: str
    phase: str
    measure: str
    kind: Kind
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    lower: float | None = None
    upper: float | None = None
    state: str = ""
    withheld: bool = False


def figures(view: View, results: Sequence[Result], reviews: Iterable[Review]) -> list[Line]:
    """All that leaves a workbook, as of the view's day.

    Args:
        view: the workbook as of a day.
        results: of every trigger and scope.
        reviews: as of that day.
    """
    due = list(reviews)
    lines: list[Line] = []
    for number, service in enumerate(view.services_in_use(), start=1):
        told = _of_service(view, service, results, due)
        name = _as_declared(Services.service_code, service.service_code, f"service {number}")
        lines += [line._replace(service=name) for line in told]
    lines += [_state("", "", r) for r in results if r.scope.kind is ScopeKind.PROGRAMME]
    return [*lines, *_readings(view)]


def _of_service(view: View, service: Services, results: Sequence[Result], reviews: Sequence[Review]) -> Iterator[Line]:
    code, phase = service.service_code, view.phase(service)
    acting = len(view.acting_champions(code))
    needs = needs_in(view, code, DAYS).rows
    yield _count(code, phase, "champions acting", acting)
    yield from _of_entries(view, code, phase, acting, needs)
    yield from _of_people(view, code, phase, needs)
    issues = [i for i in view.rows(ImprovementLog) if i.service == code and i.status != "Closed"]
    yield _ratio(code, phase, "open issues per champion", Kind.RATE, len(issues), acting)
    yield _count(code, phase, "reviews late", sum(r.service == code and r.days_late > 0 for r in reviews))
    yield from _of_triggers(view, code, phase, results)


def _of_entries(view: View, code: str, phase: str, acting: int, needs: Sequence[SupportLog]) -> Iterator[Line]:
    """What counts support entries: so few that they would tell how many staff they are of are withheld with these."""
    shifts = shifts_observed(view, code, DAYS)
    coached = sum(bool(e.coaching_given) for e in needs)
    for line in (
        _ratio(code, phase, "support entries per shift observed", Kind.RATE, len(needs), shifts),
        _ratio(code, phase, "support entries per champion", Kind.RATE, len(needs), acting),
        _ratio(code, phase, "entries with coaching recorded", Kind.SHARE, coached, len(needs)),
    ):
        yield _shy(line, len(needs))


def _of_people(view: View, code: str, phase: str, needs: Sequence[SupportLog]) -> Iterator[Line]:
    """What counts staff or their answers."""
    staff = len({fold(e.staff_member) for e in needs if e.staff_member})
    yield _shy(_count(code, phase, "staff supported", staff), staff)
    first, last = view.window(DAYS)
    said = [f.helped for f in helped_answers(view, code).rows if f.helped and first <= f.date <= last]
    helped = sum(answer == "Yes" for answer in said)
    answers = _ratio(code, phase, "answers that support helped", Kind.SHARE, helped, len(said))
    yield _shy(answers, helped, len(said), len(said) - helped)


def _shy(line: Line, *counts: float) -> Line:
    """The line, or the same without its figures where one of these counts is of 1 to 4 people."""
    if not any(0 < count < FEW + 1 for count in counts):
        return line
    return Line(line.service, line.phase, line.measure, line.kind, state=line.state, withheld=True)


def _of_triggers(view: View, code: str, phase: str, results: Sequence[Result]) -> Iterator[Line]:
    own = Scope(ScopeKind.SERVICE, code)
    yield from (_state(code, phase, r) for r in results if r.scope == own)
    team = {c.champion_id for c in view.champions_of(code)}
    by_trigger: dict[str, list[Result]] = {}
    for result in results:
        if result.scope.kind is ScopeKind.CHAMPION and result.scope.id in team:
            by_trigger.setdefault(_named(result), []).append(result)
    for name, judged in by_trigger.items():
        asking = sum(r.state in (State.RAISED, State.WATCH) for r in judged)
        yield _ratio(code, phase, f"champions with {name}", Kind.SHARE, asking, len(judged))


def _readings(view: View) -> Iterator[Line]:
    """The newest reading of each outcome measure, by the rules of its own run chart; its typed name stays."""
    phases = {s.service_code: view.phase(s) for s in view.services_in_use()}
    for series in every_series(view):
        trend = series.trend()
        says = "worsening" if trend.worsening else "improving" if trend.improving else "drifting" if trend.drift else ""
        words = says or ("few readings" if trend.provisional else "steady")
        code = series.service or ""
        measure_id = _as_declared(OutcomeMeasures.measure_id, series.measure.measure_id, "without an id")
        name = f"{series.measure.kind} ({measure_id})"
        service, phase = _as_declared(Services.service_code, code, "") if code else "", phases.get(code, "")
        yield _shy(
            Line(service, phase, name, Kind.READING, series.newest.value, None, None, trend.lower, trend.upper, words),
            *_of_how_many(series),
        )


def _of_how_many(series: Series) -> Iterator[float]:
    """The counts of people behind the newest reading of what staff say; any other counts nobody."""
    if series.measure.kind not in _OF_PEOPLE:
        return
    reading = series.newest
    if series.measure.unit == "Count" and reading.value is not None:
        yield reading.value
    if reading.numerator is not None:
        yield reading.numerator
    if reading.denominator is not None:
        yield reading.denominator
        yield reading.denominator - (reading.numerator or 0)


def _as_declared(column: Column[Any], text: str, otherwise: str) -> str:
    """A code or id if it is of the declared form: what was typed in its place may be anybody's name."""
    return text if column.pattern and re.fullmatch(column.pattern, text) else otherwise


def _named(result: Result) -> str:
    return f"{result.trigger} {result.title}"


def _state(service: str, phase: str, result: Result) -> Line:
    return Line(service, phase, _named(result), Kind.STATE, state=result.state.value)


def _count(service: str, phase: str, measure: str, count: int) -> Line:
    return Line(service, phase, measure, Kind.COUNT, count, count)


def _ratio(service: str, phase: str, measure: str, kind: Kind, numerator: int, denominator: int) -> Line:
    value = numerator / denominator if denominator else None
    return Line(service, phase, measure, kind, value, numerator, denominator)


def as_json(line: Line) -> list[Any]:
    """The line as plain JSON: its fields in their order."""
    return [*line[:3], line.kind.value, *line[4:]]


def from_json(said: Sequence[Any]) -> Line:
    """The line that `as_json` told.

    Raises:
        TypeError, ValueError: it tells of no line.
    """
    if not isinstance(said, list) or len(said) != len(Line._fields):
        raise TypeError("no line of a portfolio")
    line = trusted(said)
    texts, numbers = (line.service, line.phase, line.measure, line.state), line[4:9]
    if not all(isinstance(x, str) for x in texts) or not all(x is None or type(x) in {int, float} for x in numbers):
        raise TypeError("no line of a portfolio")
    return line


def trusted(said: Sequence[Any]) -> Line:
    """The line that `from_json` has found to be one before.

    Raises:
        TypeError, ValueError: it has other fields.
    """
    return Line._make([*said[:3], Kind(said[3]), *said[4:]])
