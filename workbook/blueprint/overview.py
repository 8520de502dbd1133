"""Training overview: champions down, modules across. Live formulas with room for champions and modules to come."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.blueprint.figures import Figures
from workbook.blueprint.formulas import AS_OF, at, countifs, live_text, ref, words
from workbook.blueprint.layout import HEADER_ROW, OVERVIEW_SHEET
from workbook.blueprint.plan import Formula, Paint, Put, SheetPlan, Span
from workbook.blueprint.styles import required_head
from workbook.blueprint.tables import top_of
from workbook.model.cells import Cell
from workbook.model.declare import Area
from workbook.model.registers import LISTS_BY_TABLE, TrainingMatrix, WorkforcePlan

#: How many champions and modules there is room for.
CHAMPIONS, MODULES = 60, 10
_PURPOSE = "Champions down, modules across: what each has passed, what is still to do, and what is overdue."
_HEADS = ("Champion ID", "Name", "Service", "Status", "Required", "Passed", "State")
_ID, _NAME, _SERVICE, _STATUS, _REQUIRED, _PASSED, _STATE = range(1, 8)
_FIRST_MODULE = _STATE + 1
_LAST_MODULE = _STATE + MODULES
_FIRST, _LAST = HEADER_ROW + 1, HEADER_ROW + CHAMPIONS
_LOOKED_UP = (WorkforcePlan.champion_id, WorkforcePlan.name, WorkforcePlan.service, WorkforcePlan.status)


def column_of(column: int) -> str:
    """A column of the overview, over all its rows, as other sheets refer to it."""
    return f"'{OVERVIEW_SHEET}'!{at(_FIRST, column, 'rc')}:{at(_LAST, column, 'rc')}"


SERVICE, STATUS, STATE = column_of(_SERVICE), column_of(_STATUS), column_of(_STATE)


def overview_sheet(figures: Figures) -> SheetPlan:
    """The sheet Training overview."""
    puts = [*top_of(OVERVIEW_SHEET, _PURPOSE), Put(4, 1, _room(figures), "caption"), *_heads(figures)]
    for n in range(CHAMPIONS):
        puts += _row(figures, n)
    widths = dict(enumerate((14.0, 24.0, 11.0, 14.0, 11.0, 10.0, 15.0), start=1))
    widths |= dict.fromkeys(range(_FIRST_MODULE, _LAST_MODULE + 1), 16.0)
    return SheetPlan(
        OVERVIEW_SHEET,
        Area.RESULTS,
        _PURPOSE,
        puts=tuple(puts),
        paints=tuple(_paints()),
        widths=widths,
        heights={1: 30, 2: 18, 3: 18, 4: 16, HEADER_ROW: 49},
        freeze=(HEADER_ROW, 2),
        columns=_LAST_MODULE,
        pages_down=1,
        computed=True,
        grid=False,
    )


def _room(figures: Figures) -> Formula:
    champions, modules = f"COUNTA({ref(WorkforcePlan.champion_id)})", f"COUNTA({modules_column()})"
    too_many = f'"There are more than {CHAMPIONS} champions or {MODULES} modules: the rest is not shown."'
    fine = '"The formulas are live. A dash: not required. Modules come from the sheet Lists."'
    text = f"=IF(OR({champions}>{CHAMPIONS},{modules}>{MODULES}),{too_many},{fine})"
    full = len(figures.plan) > CHAMPIONS or len(figures.modules()) > MODULES
    return Formula(text, (too_many if full else fine).strip('"'))


def modules_column() -> str:
    """The list of the training modules."""
    declared = LISTS_BY_TABLE[TrainingMatrix.module.target]
    return f"{declared.table}[{declared.header}]"


def _heads(figures: Figures) -> Iterator[Put]:
    for n, head in enumerate(_HEADS, start=1):
        yield Put(HEADER_ROW, n, head, required_head(Area.RESULTS, figures=n in (_REQUIRED, _PASSED)))
    known = figures.modules()
    for n in range(MODULES):
        text = f'=IFERROR(INDEX({modules_column()},{n + 1})&"","")'
        yield Put(HEADER_ROW, _FIRST_MODULE + n, Formula(text, known[n] if n < len(known) else ""), "module")


def _row(figures: Figures, n: int) -> Iterator[Put]:
    row = _FIRST + n
    champion = figures.plan[n] if n < len(figures.plan) else None
    known = figures.modules()[:MODULES]
    known_id = champion.champion_id if champion is not None else None
    training = figures.training(known_id, known) if known_id else None
    for column, field in enumerate(_LOOKED_UP, start=_ID):
        held: Cell = getattr(champion, field.attr) if champion is not None else ""
        yield Put(row, column, Formula(live_text(f'IFERROR(INDEX({ref(field)},{n + 1})&"","")'), held or ""), "plain")
    name = at(row, _ID, "c")
    heads = f"{at(HEADER_ROW, _FIRST_MODULE, 'rc')}:{at(HEADER_ROW, _LAST_MODULE, 'rc')}"
    mine = ((TrainingMatrix.champion_id, name), (TrainingMatrix.module, heads))
    needed = f'({heads}<>"")*({countifs(*mine, (TrainingMatrix.required, words("Yes")))}>0)'
    passed = f"({countifs(*mine, (TrainingMatrix.result, words('Passed')))}>0)"
    required_, passed_ = at(row, _REQUIRED), at(row, _PASSED)
    state = f'IF({required_}=0,"None required",IF({passed_}={required_},"Complete",{required_}-{passed_}&" to do"))'
    for column, text, value in (
        (_REQUIRED, f"SUMPRODUCT({needed})+0*{AS_OF}", training.required if training else ""),
        (_PASSED, f"SUMPRODUCT({needed}*{passed})+0*{AS_OF}", training.passed if training else ""),
        (_STATE, state, training.state if training else ""),
    ):
        style = "plain" if column == _STATE else "plain count"
        yield Put(row, column, Formula(f'=IF({name}="","",{text})', value), style)
    for m in range(MODULES):
        said = training.cells[m] if training and m < len(training.cells) else ""
        yield Put(row, _FIRST_MODULE + m, Formula(_module(row, _FIRST_MODULE + m), said), "plain")


def _module(row: int, column: int) -> str:
    name, head = at(row, _ID, "c"), at(HEADER_ROW, column, "r")
    return f"={module_state(name, head)}"


def module_state(champion: str, module: str) -> str:
    """How far a champion is with a module, each given by its cell; '' where either is blank."""
    mine = ((TrainingMatrix.champion_id, champion), (TrainingMatrix.module, module))
    passed = countifs(*mine, (TrainingMatrix.result, words("Passed")))
    needed = countifs(*mine, (TrainingMatrix.required, words("Yes")))
    late = countifs(*mine, (TrainingMatrix.planned_on, f'"<"&{AS_OF}'))
    open_ = f'IF({needed}=0,"–",IF({late}>0,"Overdue","To do"))'
    return f'IF(OR({champion}="",{module}=""),"",IF({passed}>0,"Passed",{open_}))'


def _paints() -> Iterator[Paint]:
    head = at(HEADER_ROW, _FIRST_MODULE)
    yield Paint((Span(HEADER_ROW, _FIRST_MODULE, HEADER_ROW, _LAST_MODULE),), f'={head}<>""', "head")
    body = Span(_FIRST, _STATE, _LAST, _LAST_MODULE)
    cell = at(_FIRST, _STATE)
    yield Paint((body,), f'=OR({cell}="Passed",{cell}="Complete")', "well")
    yield Paint((body,), f'={cell}="Overdue"', "late")
    yield Paint((body,), f'=OR({cell}="To do",RIGHT({cell},6)=" to do")', "wanted")
    whole = Span(_FIRST, _ID, _LAST, _LAST_MODULE)
    yield Paint((whole,), f'=AND({at(_FIRST, _ID, "c")}<>"",{at(HEADER_ROW, _ID, "r")}<>"")', "ruled")
