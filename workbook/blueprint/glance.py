"""Programme at a glance: one page for the board, a line for each service and champion. Live formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook.blueprint import refreshers
from workbook.blueprint.figures import Figures
from workbook.blueprint.formulas import across, at, countifs, day_words, live, live_text, ref, words
from workbook.blueprint.layout import GLANCE_SHEET, HEADER_ROW
from workbook.blueprint.overview import MODULES
from workbook.blueprint.plan import Formula, Paint, Put, SheetPlan, Span
from workbook.blueprint.refreshers import SOON, of_judged
from workbook.blueprint.scopes import phase_of
from workbook.blueprint.styles import required_head
from workbook.blueprint.tables import top_of
from workbook.model.cells import fold
from workbook.model.declare import Area, Column
from workbook.model.registers import Services, Triggers, WorkforcePlan
from workbook.model.triggers import STATE_WORDS, State
from workbook.model.view import NOT_JUDGED

#: How many services and champions one page has room for, together.
LINES = 50
_PURPOSE = "One page for the board: where each service and each champion stands. Print it as it is."
#: What is judged of a champion, and the triggers that judge it.
JUDGED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Role brief", ("P1", "P7")),
    ("Training", ("P2",)),
    ("Readiness", ("P4", "P6")),
    ("Protected time", ("P3",)),
    ("Sign-off", ("P5",)),
)
#: Of several triggers the worst that was found counts; too few entries only where nothing else was found.
ORDER = tuple(STATE_WORDS[s] for s in (State.RAISED, State.WATCH, State.CLEAR, State.NOT_ENOUGH_DATA))
NOTHING = "–"
#: Champions of these statuses are not shown: they are champions no more. Who is paused is shown, and not judged.
GONE = ("Reassigned", "Stepped down")
_FEW = "Too few entries"
_ID, _NAME, _SERVICE, _STATUS = range(1, 5)
_HEADS = ("Code or ID", "Service or champion", "Service", "Phase or status", *(h for h, _ in JUDGED), "Refreshers")
_FIRST_JUDGED, _REFRESHERS = _STATUS + 1, len(_HEADS)
_WIDTHS = (11.0, 27.0, 10.0, 19.0, *[17.0] * len(JUDGED), 18.0)
_FIRST, _LAST = HEADER_ROW + 1, HEADER_ROW + LINES
#: Where that stands from which the refreshers are reckoned, outside what is printed.
_BESIDE = len(_HEADS) + 3
#: Where the numbers of services and champions stand.
_SERVICES_AT, _CHAMPIONS_AT = (3, 9), (3, 10)
#: Beyond the rows of every sheet.
_FAR = 10_000_000
_MANY, _MORE = at(*_SERVICES_AT, "rc"), at(*_CHAMPIONS_AT, "rc")


def glance_sheet(figures: Figures) -> SheetPlan:
    """The sheet Programme at a glance."""
    puts = [*top_of(GLANCE_SHEET, _PURPOSE), *_above(figures)]
    puts += [Put(HEADER_ROW, n, h, required_head(Area.RESULTS)) for n, h in enumerate(_HEADS, start=1)]
    puts += _beside(figures)
    held = _held(figures)
    for n in range(LINES):
        puts += _line(figures, n, held[n] if n < len(held) else ("", "", "", ""))
    return SheetPlan(
        GLANCE_SHEET,
        Area.RESULTS,
        _PURPOSE,
        puts=tuple(puts),
        paints=tuple(_paints()),
        widths=dict(enumerate(_WIDTHS, start=1)) | dict.fromkeys(range(_BESIDE - 1, _BESIDE + MODULES + 4), 14.0),
        heights={1: 30, 2: 18, 3: 18, 4: 18, HEADER_ROW: 36},
        freeze=(HEADER_ROW, 2),
        columns=len(_HEADS),
        rows=_LAST,
        pages_down=1,
        computed=True,
        grid=False,
        unseen=tuple(range(_BESIDE - 1, _BESIDE + MODULES + 4)),
    )


def services_of(figures: Figures) -> Sequence[Services]:
    """The services, down to the last that has a code."""
    rows = figures.snapshot.rows(Services)
    return rows[: max((n for n, row in enumerate(rows, start=1) if row.service_code), default=0)]


def _filled(column: Column[str]) -> str:
    """How far a column is filled."""
    return f'SUMPRODUCT(MAX(({ref(column)}<>"")*(ROW({ref(column)})-MIN(ROW({ref(column)}))+1)))'


def _is_shown() -> str:
    """Of each champion 1 where there is a line of it, else 0."""
    plan = WorkforcePlan
    gone = "+".join(f"({ref(plan.status)}={words(status)})" for status in GONE)
    entered = f'(({ref(plan.name)}<>"")+({ref(plan.status)}<>"")>0)'
    return f'({ref(plan.champion_id)}<>"")*{entered}*(({gone})=0)'


def _shown(figures: Figures) -> list[WorkforcePlan]:
    """The champions that there is a line of."""
    return [r for r in figures.plan if r.champion_id and (r.name or r.status) and r.status not in GONE]


def _above(figures: Figures) -> Iterator[Put]:
    run, seen = figures.last_run(), f"MAX({ref(Triggers.last_seen_on)})"
    days = day_words(seen)
    never = "Nothing judged yet: press Compute triggers."
    more = f"There are more than {LINES} services and champions: the rest is neither shown nor counted. "
    text = f'IF({_MANY}+{_MORE}>{LINES},{words(more)},"")&IF({seen}=0,{words(never)},"Judged on "&{days}&".")'
    said = more if len(services_of(figures)) + len(_shown(figures)) > LINES else ""
    said += f"Judged on {run:%d/%m/%Y}." if run else never
    yield Put(3, 2, Formula(live_text(text), said), "tool")
    services = [n for n, row in enumerate(services_of(figures), start=1) if row.service_code]
    filled = Formula(live(_filled(Services.service_code)), max(services, default=0))
    yield Put(*_SERVICES_AT, filled, "tool services")
    shown = Formula(live(f"SUMPRODUCT({_is_shown()})"), len(_shown(figures)))
    yield Put(*_CHAMPIONS_AT, shown, "tool champions")
    yield Put(4, 2, f"Bold: action needed. Amber: a refresher is due within {SOON} days. Red: it is late.", "caption")


def _line(figures: Figures, n: int, held: tuple[str, str, str, str]) -> Iterator[Put]:
    row, here = _FIRST + n, f"{n + 1}<={_MANY}"
    key = at(row, _ID, "c")
    code, name, service, status = held

    def either(service: str, champion: str) -> str:
        return live_text(f'IFERROR(IF({here},{service},{champion})&"","")')

    ids = ref(WorkforcePlan.champion_id)
    places = f"ROW({ids})-MIN(ROW({ids}))+1+{_FAR}*(1-{_is_shown()})"

    def of(column: Column[str]) -> str:
        return f"INDEX({ref(column)},SUMPRODUCT(SMALL({places},{n + 1}-{_MANY})))"

    def mine(column: Column[str]) -> str:
        return f"INDEX({ref(column)},{n + 1})"

    plan, first = WorkforcePlan, mine(Services.service_code)
    yield Put(row, _ID, Formula(either(first, of(plan.champion_id)), code), "plain")
    yield Put(row, _NAME, Formula(either(mine(Services.name), of(plan.name)), name), "plain")
    yield Put(row, _SERVICE, Formula(either('""', of(plan.service)), service), "plain")
    phase = f'IF({key}="","",{phase_of(n + 1)})'
    yield Put(row, _STATUS, Formula(either(phase, of(plan.status)), status), "plain")
    for column, (_, triggers) in enumerate(JUDGED, start=_FIRST_JUDGED):
        said = judged(figures, code, triggers) if code else ""
        yield Put(row, column, Formula(_judged(key, here, triggers), said), "plain")
    said = _said_of_refreshers(figures, code) if code else ""
    yield Put(row, _REFRESHERS, Formula(_refreshers(row, key, here), said), "plain")


def _held(figures: Figures) -> list[tuple[str, str, str, str]]:
    """The code or id of each service and champion, its name, service, and phase or status."""
    services = [
        (s.service_code or "", s.name or "", "", figures.phase(s) if s.service_code else "")
        for s in services_of(figures)
    ]
    champions = ((r.champion_id or "", r.name or "", r.service or "", r.status or "") for r in _shown(figures))
    return [*services, *champions]


# -- what is judged -----------------------------------------------------------------------------------------------


def _judged(key: str, here: str, triggers: Sequence[str]) -> str:
    """The worst that was found, at a service of its champions."""
    text = words(NOTHING)
    theirs = of_judged((WorkforcePlan.champion_id, ref(Triggers.scope)), (WorkforcePlan.service, key))
    rows = "+".join(f"({ref(Triggers.trigger)}={words(t)})" for t in triggers)
    for state in reversed(ORDER):
        service = f"SUMPRODUCT(({ref(Triggers.state)}={words(state)})*({rows})*({theirs}>0))"
        text = f"IF({service}>0,{words(shown(state))},{text})"
    return live_text(f'IF({key}="","",IF({here},{text},{judged_text(key, triggers)}))')


def judged_text(key: str, triggers: Sequence[str]) -> str:
    """What some triggers found of a champion, whose id a cell holds, as a piece of a formula."""
    text = words(NOTHING)
    for state in reversed(ORDER):
        own = "+".join(
            countifs((Triggers.scope, key), (Triggers.trigger, words(t)), (Triggers.state, words(state)))
            for t in triggers
        )
        text = f"IF({own}>0,{words(shown(state))},{text})"
    return f"IF({of_judged((WorkforcePlan.champion_id, key))}=0,{words(NOTHING)},{text})"


def shown(state: str) -> str:
    """A state as a narrow column says it."""
    return _FEW if state == STATE_WORDS[State.NOT_ENOUGH_DATA] else state


def judged(figures: Figures, code: str, triggers: Sequence[str]) -> str:
    """What some triggers found of a champion, or of the champions of a service."""
    whose = _champions(figures, code)
    states = {
        r.state for r in figures.snapshot.rows(Triggers) if r.trigger in triggers and fold(r.scope or "") in whose
    }
    return next((shown(state) for state in ORDER if state in states), NOTHING)


def _champions(figures: Figures, code: str) -> set[str]:
    """A champion, or those of a service; who is not judged is left out."""
    judged = [r for r in figures.plan if r.champion_id and r.status not in NOT_JUDGED]
    if any(s.service_code == code for s in services_of(figures)):
        return {fold(r.champion_id) for r in judged if r.service == code}
    return {fold(code)} & {fold(r.champion_id) for r in judged}


# -- refreshers ---------------------------------------------------------------------------------------------------


def _beside(figures: Figures) -> Iterator[Put]:
    """What the column Refreshers is reckoned from."""
    yield from refreshers.heads(HEADER_ROW, _BESIDE, figures)
    held, services = _held(figures), len(services_of(figures))
    for n in range(LINES):
        row, key = _FIRST + n, f'IF({n + 1}<={_MANY},"",{at(_FIRST + n, _ID, "c")})'
        champion = held[n][0] if services <= n < len(held) else ""
        yield from refreshers.beside(row, HEADER_ROW, _BESIDE, key, champion, figures)


def _refreshers(row: int, key: str, here: str) -> str:
    whose = across(Span(_FIRST, _SERVICE, _LAST, _SERVICE))

    def count(n: int) -> str:
        column = _BESIDE + MODULES + n
        every = across(Span(_FIRST, column, _LAST, column))
        return f"IF({here},SUMIF({whose},{key},{every}),{at(row, column, 'c')})"

    late, soon = count(0), count(1)
    text = f'IF({late}>0,{late}&" late",IF({soon}>0,{soon}&" within {SOON} days",{words(NOTHING)}))'
    return live_text(f'IF({key}="","",{text})')


def _said_of_refreshers(figures: Figures, code: str) -> str:
    """Which refreshers of a champion, or of a service's champions on the page, are late or soon due."""
    champions = [code]
    if any(s.service_code == code for s in services_of(figures)):
        seen = _held(figures)[len(services_of(figures)) : LINES]
        champions = [champion for champion, _, service, _ in seen if service == code]
    late, soon = (sum(refreshers.counted(figures, champion)[n] for champion in champions) for n in (0, 1))
    return f"{late} late" if late else f"{soon} within {SOON} days" if soon else NOTHING


def _paints() -> Iterator[Paint]:
    whole, key = Span(_FIRST, _ID, _LAST, len(_HEADS)), at(_FIRST, _ID, "c")
    due = at(_FIRST, _REFRESHERS, "c")
    column = Span(_FIRST, _REFRESHERS, _LAST, _REFRESHERS)
    yield Paint((column,), f'=RIGHT({due},5)=" late"', "late")
    yield Paint((column,), f'=RIGHT({due},5)=" days"', "soon")
    body = Span(_FIRST, _FIRST_JUDGED, _LAST, _REFRESHERS - 1)
    yield Paint((body,), f"={at(_FIRST, _FIRST_JUDGED)}={words(ORDER[0])}", "asks")
    line = Span(_FIRST, _ID, _LAST, _STATUS)
    yield Paint((line,), f'=AND({key}<>"",ROW({key})-{HEADER_ROW}<={_MANY})', "group")
    yield Paint((whole,), f'={key}<>""', "ruled")
