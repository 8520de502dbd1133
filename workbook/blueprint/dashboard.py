"""Dashboard: the programme on one screen. Every figure is a live formula over the registers; no program is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from workbook.answers.trigger_memory import LAPSED, NO_LONGER_JUDGED
from workbook.blueprint.dues import DUES
from workbook.blueprint.figures import AGES, LATELY, PREPARING, TOP_NEEDS, WEEKS, Figures
from workbook.blueprint.formulas import AS_OF, at, countifs, live, live_text, on, ref, words
from workbook.blueprint.graphs import (
    CHOICE,
    SAID_HEIGHT,
    WEEKS_AT,
    WIDTHS,
    above_charts,
    charts,
    choice_rule,
    weeks_table,
)
from workbook.blueprint.layout import DASHBOARD_SHEET
from workbook.blueprint.measures import (
    acting,
    asking,
    by_age,
    confidence,
    need_key,
    need_name,
    open_since,
    protected,
    trained,
    with_status,
)
from workbook.blueprint.overview import CHAMPIONS, MODULES
from workbook.blueprint.plan import Formula, Paint, Put, Rule, SheetPlan, Span
from workbook.blueprint.scopes import SERVICES, scope_rows
from workbook.blueprint.styles import required_head
from workbook.blueprint.tables import top_of
from workbook.model.cells import Cell
from workbook.model.declare import Area
from workbook.model.registers import Actions, ReviewsDue, Triggers
from workbook.model.registers.prepare import STATUSES
from workbook.model.triggers import STATE_WORDS, State

_PURPOSE = "The programme on one screen. The figures follow your entries as you type them."
LAST_COLUMN = len(WIDTHS)
#: Where a person may type a day, and the day that counts.
_TYPED, _DAY = (3, 4), (3, 7)
_TILES, _LISTS_AT, _MORE_AT = 5, 26, 37
_SCOPES_AT = WEEKS_AT + WEEKS + 3
_LAST_ROW = _SCOPES_AT + 2 + SERVICES
_HEAD, _FIGURES = required_head(Area.RESULTS), "head figures"


def as_of_place() -> str:
    """The cell that the name `as_of` stands for."""
    return on(DASHBOARD_SHEET, at(*_DAY, "rc"))


def dashboard_sheet(figures: Figures, typed: dt.date | None) -> SheetPlan:
    """The sheet Dashboard.

    Args:
        figures: as Python reckons them.
        typed: the day that a person typed; None where the figures follow the day on which they are looked at.
    """
    scopes = scope_rows(figures, _SCOPES_AT)
    blocks = (_tiles, above_charts, _stages, _needs, _ages, _actions, _overdue, _triggers, weeks_table)
    puts = (*top_of(DASHBOARD_SHEET, _PURPOSE), *_day(figures, typed), *(p for b in blocks for p in b(figures)))
    top = {1: 30.0, 2: 18.0, 3: 20.0, 4: 6.0, _TILES: 20.0, _TILES + 1: 36.0, _TILES + 2: 20.0, _TILES + 3: 6.0}
    return SheetPlan(
        DASHBOARD_SHEET,
        Area.RESULTS,
        _PURPOSE,
        puts=(*puts, *scopes.puts),
        rules=(_day_rule(), choice_rule()),
        paints=(*_paints(), *scopes.paints),
        charts=tuple(charts()),
        widths=dict(enumerate(WIDTHS, start=1)),
        heights={**top, CHOICE[0] + 1: SAID_HEIGHT, _SCOPES_AT + 1: 40, WEEKS_AT + 1: 34},
        fitted=dict.fromkeys(range(_SCOPES_AT + 2, _SCOPES_AT + 3 + SERVICES), 30),
        columns=LAST_COLUMN,
        rows=_LAST_ROW,
        scale=74,
        breaks=(_MORE_AT - 1, _SCOPES_AT - 1),
        computed=True,
        grid=False,
    )


def _day(figures: Figures, typed: dt.date | None) -> Iterator[Put]:
    text = f"=IF(ISNUMBER({at(*_TYPED, 'rc')}),{at(*_TYPED, 'rc')},TODAY())"
    yield Put(3, 2, "As of (blank: today)", "right", across=2)
    yield Put(*_TYPED, typed, "entry date")
    yield Put(3, 6, "Figures of", "right")
    yield Put(*_DAY, Formula(text, figures.as_of), "day")


def _day_rule() -> Rule:
    hint = "Leave it blank to see today, or type a day to look back from. The figures follow."
    row, column = _TYPED
    return Rule(
        Span(row, column, row, column),
        "date",
        low="=DATE(2000,1,1)",
        high="=DATE(2100,1,1)",
        title="As of",
        error="Type a date as day/month/year, or leave the cell blank for today.",
        hint_title="As of",
        hint=hint,
    )


def _tiles(figures: Figures) -> Iterator[Put]:
    """The seven figures at the top, each with what stands beneath it."""
    whole = figures.scope(None, CHAMPIONS, MODULES)
    late, open_ = figures.overdue()["Actions"], sum(figures.actions(s) for s in _OPEN_ACTIONS)
    opened = "+".join(countifs((Actions.status, words(s))) for s in _OPEN_ACTIONS)
    watch = STATE_WORDS[State.WATCH]
    tiles: tuple[tuple[str, str, str, Cell, str, Cell], ...] = (
        ("Champions acting", "figure", acting(), whole.acting,
         f'{with_status(PREPARING)}&" preparing"', f"{whole.preparing} preparing"),
        ("Training complete", "figure", f'{trained()}&" of "&{acting()}', f"{whole.trained} of {whole.acting}",
         '"of those acting"', "of those acting"),
        ("Protected time given", "figure share", protected(), _or_dash(whole.protected),
         '"last 4 full weeks"', "last 4 full weeks"),
        ("Confidence after support", "figure mean", confidence("after"), _or_dash(whole.after),
         confidence("before"), _or_dash(whole.before)),
        ("Open issues", "figure", open_since(), whole.open_issues,
         f'{open_since(AGES[-1][0])}&" older than {AGES[-1][0] - 1} days"',
         f"{whole.old_issues} older than {AGES[-1][0] - 1} days"),
        ("Actions overdue", "figure", _late_actions(), late, f'({opened})&" open"', f"{open_} open"),
        ("Triggers: action needed", "figure", asking(), whole.asking,
         f'{countifs((Triggers.state, words(watch)))}&" early warnings"', f"{figures.triggers(watch)} early warnings"),
    )  # fmt: skip
    for n, (label, style, text, value, note, said) in enumerate(tiles):
        column, width = (1, 1) if n == 0 else (2 * n, 2)
        yield Put(_TILES, column, label, "label", across=width)
        yield Put(
            _TILES + 1,
            column,
            Formula(live(text) if isinstance(value, int) else f"={text}", value),
            style,
            across=width,
        )
        mean = isinstance(said, float)
        beneath = Formula(f"={note}" if mean else live_text(note), said)
        yield Put(_TILES + 2, column, beneath, "beneath mean" if mean else "beneath", across=width)


_OPEN_ACTIONS = ("Proposed", "Open", "In progress")


def _late_actions() -> str:
    return next(due.formula() for due in DUES if due.column is Actions.due_date)


def _or_dash(value: float | None) -> Cell:
    return "–" if value is None else value


def _block(
    row: int, column: int, title: str, heads: tuple[str, str], lines: Sequence[tuple[Cell | Formula, Cell | Formula]]
) -> Iterator[Put]:
    """A small table: what, and how many. The words take one wide column, or three ordinary ones."""
    wide = 1 if column == 1 else 3
    yield Put(row, column, title, "section")
    yield Put(row + 1, column, heads[0], _HEAD, across=wide)
    yield Put(row + 1, column + wide, heads[1], _FIGURES)
    for n, (label, number) in enumerate(lines, start=row + 2):
        yield Put(n, column, label, "line", across=wide)
        yield Put(n, column + wide, number, "line number")


def _stages(figures: Figures) -> Iterator[Put]:
    lines = [(s, Formula(live(with_status((s,))), figures.with_status((s,)))) for s in STATUSES]
    yield from _block(_LISTS_AT, 1, "Champions by stage", ("Status", "Champions"), lines)


def _needs(figures: Figures) -> Iterator[Put]:
    found = figures.needs()[:TOP_NEEDS]
    lines: list[tuple[Cell | Formula, Cell | Formula]] = []
    for n in range(TOP_NEEDS):
        name, count = found[n] if n < len(found) else ("–", 0)
        key = need_key(rank=n + 1)
        lines.append((Formula(f"={need_name(key)}", name), Formula(f"=ROUND({key},0)", count)))
    yield from _block(_LISTS_AT, 4, f"Most frequent needs, last {LATELY} days", ("Support need", "Entries"), lines)


def _ages(figures: Figures) -> Iterator[Put]:
    lines = [
        (
            f"{first} to {last} days" if last is not None else f"More than {first - 1} days",
            Formula(f"={by_age(first, last)}", figures.open_issues(first, last)),
        )
        for first, last in AGES
    ]
    yield from _block(_LISTS_AT, 9, "Open issues by age", ("Since it was raised", "Issues"), lines)


def _actions(figures: Figures) -> Iterator[Put]:
    lines = [
        (status, Formula(live(countifs((Actions.status, words(status)))), figures.actions(status)))
        for status in Actions.status.choices
    ]
    lines.append(("Overdue", Formula(f"={_late_actions()}", figures.overdue()["Actions"])))
    yield from _block(_MORE_AT, 1, "Actions", ("Status", "Actions"), lines)


def _overdue(figures: Figures) -> Iterator[Put]:
    soon = figures.as_of + dt.timedelta(7)
    late = countifs((ReviewsDue.days_late, '">0"'))
    due = countifs((ReviewsDue.next_due_on, f'">="&{AS_OF}'), (ReviewsDue.next_due_on, f'"<="&{AS_OF}+7'))
    lines = [
        ("Reviews late (last run)", Formula(live(late), figures.reviews(lambda r: (r.days_late or 0) > 0))),
        (
            "Reviews due within 7 days (last run)",
            Formula(
                f"={due}",
                figures.reviews(lambda r: r.next_due_on is not None and figures.as_of <= r.next_due_on <= soon),
            ),
        ),
    ]
    counts = figures.overdue()
    lines += [(d.words, Formula(f"={d.formula()}", counts[d.words])) for d in DUES if d.column is not Actions.due_date]
    yield from _block(_MORE_AT, 4, "Overdue reviews and renewals", ("What", "Overdue"), lines)


def _triggers(figures: Figures) -> Iterator[Put]:
    states = (
        *(STATE_WORDS[s] for s in (State.RAISED, State.WATCH, State.CLEAR, State.NOT_ENOUGH_DATA)),
        LAPSED,
        NO_LONGER_JUDGED,
    )
    lines: list[tuple[Cell | Formula, Cell | Formula]] = [
        (state, Formula(live(countifs((Triggers.state, words(state)))), figures.triggers(state))) for state in states
    ]
    yield from _block(_MORE_AT, 9, "Triggers by state", ("State", "Triggers"), lines)
    seen, row = f"MAX({ref(Triggers.last_seen_on)})", _MORE_AT + 2 + len(lines)
    run = figures.last_run()
    yield Put(row, 9, "Last computed on", "line", across=2)
    yield Put(row, 11, Formula(f'=IF({seen}+0*{AS_OF}=0,"not yet",{seen})', run or "not yet"), "line day", across=2)


def _paints() -> Iterator[Paint]:
    """Overdue actions and triggers that ask for action stand out."""
    for tile in (5, 6):
        row, column = _TILES + 1, 2 * tile
        yield Paint((Span(row, column, row, column + 1),), f"=N({at(row, column, 'rc')})>0", "late figure")
