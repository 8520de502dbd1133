"""The Dashboard's table by service: one line for the whole programme, then one for each service."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.blueprint import measures
from workbook.blueprint.figures import LATELY, PREPARING, Figures, Scope
from workbook.blueprint.formulas import AS_OF, at, live, ref, words
from workbook.blueprint.overview import CHAMPIONS, MODULES
from workbook.blueprint.plan import Formula, Paint, Put, Span
from workbook.blueprint.styles import required_head
from workbook.model.cells import Cell
from workbook.model.declare import Area
from workbook.model.light_dataclasses import dataclass
from workbook.model.registers import Programme, Services
from workbook.model.view import PHASES

#: How many services there is room for.
SERVICES = 20
_HEADS = (
    "Service",
    "Code",
    "Phase",
    "Champions acting",
    "Preparing",
    "Training complete",
    "Protected time given",
    "Support a week",
    "Most frequent need",
    "Confidence before",
    "Confidence after",
    "Open issues",
    "Action needed",
)
_STYLES = (
    "",
    " ",
    " ",
    " number",
    " number",
    " number",
    " share",
    " mean",
    " note",
    " mean",
    " mean",
    " number",
    " number",
)
_NAME, _CODE = 1, 2


@dataclass(frozen=True)
class Scopes:
    """What stands in the table, and how it looks."""

    puts: tuple[Put, ...]
    paints: tuple[Paint, ...]


def scope_rows(figures: Figures, top: int) -> Scopes:
    """The table, beginning with its title in the row `top`."""
    puts = [Put(top, 1, "By service", "section"), Put(top, 3, _room(figures), "caption")]
    styles = (required_head(Area.RESULTS) if style.strip() in ("", "note") else "head figures" for style in _STYLES)
    puts += [Put(top + 1, n, h, style) for n, (h, style) in enumerate(zip(_HEADS, styles, strict=True), start=1)]
    whole = figures.scope(None, CHAMPIONS, MODULES)
    cells = zip(("Whole programme", "", "", *_texts("")), _values(whole, ""), strict=True)
    puts += list(_line(top + 2, "strong", cells))
    services = figures.snapshot.rows(Services)
    for n in range(SERVICES):
        row, service = top + 3 + n, services[n] if n < len(services) else None
        code, named = at(row, _CODE, "c"), f"INDEX({ref(Services.name)},{n + 1})"
        texts = (
            f'IFERROR(IF({named}="",{code},{named}),"")',
            f'IFERROR(INDEX({ref(Services.service_code)},{n + 1})&"","")',
            f'IF({code}="","",{phase_of(n + 1)})',
            *(f'IF({code}="","",{text})' for text in _texts(code)),
        )
        values: tuple[Cell, ...] = ("",) * len(_HEADS)
        if service is not None:
            values = _values(figures.scope(service, CHAMPIONS, MODULES), service.service_code)
        puts += list(_line(row, "line", zip(texts, values, strict=True)))
    body = Span(top + 3, 1, top + 2 + SERVICES, len(_HEADS))
    return Scopes(tuple(puts), (Paint((body,), f'={at(top + 3, _CODE, "c")}<>""', "ruled"),))


def _line(row: int, kind: str, cells: Iterator[tuple[str, Cell]] | zip[tuple[str, Cell]]) -> Iterator[Put]:
    for column, ((text, value), style) in enumerate(zip(cells, _STYLES, strict=True), start=1):
        name = f"{kind}{style}".strip() if kind == "strong" else f"plain{style}".strip()
        plain = kind == "strong" and column <= len(("name", "code", "phase"))
        yield Put(row, column, value if plain else Formula(f"={text}", value), name)


def _values(scope: Scope, code: str | None) -> tuple[Cell, ...]:
    return (
        scope.name,
        code or "",
        scope.phase,
        scope.acting,
        scope.preparing,
        f"{scope.trained} of {scope.acting}",
        _or_dash(scope.protected),
        scope.a_week,
        scope.top_need,
        _or_dash(scope.before),
        _or_dash(scope.after),
        scope.open_issues,
        scope.asking,
    )


def _or_dash(value: float | None) -> Cell:
    return "–" if value is None else value


def _texts(code: str) -> tuple[str, ...]:
    return (
        _live(measures.acting(code)),
        _live(measures.with_status(PREPARING, code)),
        f'{measures.trained(code)}&" of "&{measures.acting(code)}',
        measures.protected(code),
        measures.a_week(code),
        measures.need_name(measures.need_key(service=code)),
        measures.confidence("before", code),
        measures.confidence("after", code),
        measures.open_since(service=code),
        _live(measures.asking(code)),
    )


def _live(number: str) -> str:
    return live(number).removeprefix("=")


def phase_of(n: int) -> str:
    """The phase of the n-th service, as the rules have it."""
    live, settled = f"INDEX({ref(Services.go_live)},{n})", f"INDEX({ref(Services.stabilised_on)},{n})"
    label, default = words(Programme.early_weeks.header), Programme.early_weeks.default
    weeks = f"INDEX({Programme.table}[Value],MATCH({label},{Programme.table}[Setting],0))"
    early = f"IFERROR({weeks}*7,{int(default or 0) * 7})"
    preparing, beginning, rollout, stable = (words(p) for p in PHASES)
    return (
        f'IF(INDEX({ref(Services.in_use)},{n})="No","Not in use",IF(OR({live}=0,{AS_OF}<{live}),{preparing},'
        f"IF(AND({settled}>0,{settled}<={AS_OF}),{stable},IF({AS_OF}<{live}+{early},{beginning},{rollout}))))"
    )


def _room(figures: Figures) -> Formula:
    lately = f"Support, needs and confidence: the last {LATELY} days. Confidence by the champion's service."
    more = f"There are more than {SERVICES} services: the rest is not shown."
    text = f"=IF(COUNTA({ref(Services.service_code)})>{SERVICES},{words(more)},{words(lately)})"
    return Formula(text, more if len(figures.snapshot.rows(Services)) > SERVICES else lately)
