"""What a person is told of a column: in a word when its heading or a cell is chosen, and when an entry is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbook.blueprint.formulas import at
from workbook.blueprint.plan import Rule, Span
from workbook.model.declare import Column, Kind
from workbook.model.registers import BY_TABLE, LISTS_BY_TABLE, People
from workbook.model.registers.entry import BY_NAME
from workbook.rules.checks.ids import prefix_and_width

#: The pattern of codes that people make up.
_CODE = "[A-Z]{2,6}"
#: Excel holds no more in the title and the text of a message.
_TITLE, _TEXT = 32, 255
#: No earlier date is meant: the first electronic care records are younger.
_EARLIEST, _LATEST = "DATE(2000,1,1)", "DATE(2100,1,1)"


def list_name(table: str, *, by_name: bool = False) -> str:
    """The defined name that a drop-down over a list, or the ids of a table, with names or without, refers to."""
    return f"choose_{table}{'_by_name' if by_name else ''}"


def heading_hint(column: Column[Any], span: Span) -> Rule:
    """What is said when the heading of a column is chosen."""
    begin = "Must be filled in." if column.required else "May stay blank."
    parts = (begin, _WHAT[column.kind](column), column.note, _who(column))
    return Rule(span, "any", hint_title=_cut(column.header, _TITLE), hint=_cut(" ".join(p for p in parts if p), _TEXT))


def entry_rule(column: Column[Any], span: Span) -> Rule | None:
    """The rule for the cells of a column, with its words; None where any text will do and there is nothing to say."""
    make = _RULES.get(column.kind)
    rule = Rule(span, "any", style="") if column.separated or make is None else make(column, span)
    hint = column.note or (_WHAT[column.kind](column) if column.kind in _ALWAYS_HINTED else "")
    if rule.kind == "any" and not hint:
        return None
    title = _cut(column.header, _TITLE)
    told = {"title": title, "hint_title": title if hint else "", "hint": _cut(hint, _TEXT)}
    return Rule(**{**{f: getattr(rule, f) for f in rule.__dataclass_fields__}, **told})


#: Kinds whose cells say how to fill them in each time one is chosen; others only where the column has a note.
_ALWAYS_HINTED = frozenset({Kind.ID, Kind.DATE, Kind.SCORE})


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _who(column: Column[Any]) -> str:
    return f"Usually the {' or the '.join(r.lower() for r in column.roles)}." if column.roles else ""


def _what_id(column: Column[Any]) -> str:
    parts = prefix_and_width(column)
    if parts is None:
        return "Two to six capital letters, such as OAK."
    return f"Type the next one, shown above, such as {example_id(column)}. Check gives one to a row without."


def example_id(column: Column[Any]) -> str:
    """The first id of a table, as an example."""
    parts = prefix_and_width(column)
    return f"{parts[0]}{1:0{parts[1]}d}" if parts else "OAK"


def _what_choice(column: Column[Any]) -> str:
    return f"Choose: {', '.join(column.choices)}."


def _what_list(column: Column[Any]) -> str:
    several = "Several may stand here, separated by commas. " if column.separated else "Choose from the list. "
    return f"{several}Add your own words on the sheet Lists, under {LISTS_BY_TABLE[column.target].header}."


def _what_reference(column: Column[Any]) -> str:
    if column in BY_NAME:
        return ""
    return f"{_target(column)}: it must stand on the sheet {BY_TABLE[column.target].sheet}."


def _target(column: Column[Any]) -> str:
    key = BY_TABLE[column.target].key
    return key.header if key else column.target


def _what_date(column: Column[Any]) -> str:
    return "A Monday, typed as day/month/year." if column.monday else "Type it as day/month/year."


def _what_number(column: Column[Any]) -> str:
    kind = "A number" if column.kind is Kind.NUMBER else "A whole number"
    if column.maximum is not None:
        return f"{kind} from {column.minimum or 0:g} to {column.maximum:g}."
    return f"{kind} of {column.minimum:g} or more." if column.minimum is not None else f"{kind}."


_WHAT: Mapping[Kind, Callable[[Column[Any]], str]] = {
    Kind.ID: _what_id,
    Kind.TEXT: lambda _: "A few words.",
    Kind.LONG_TEXT: lambda _: "Your own words. Never name a person who receives care.",
    Kind.DATE: _what_date,
    Kind.CHOICE: _what_choice,
    Kind.YES_NO: lambda _: "Choose Yes or No.",
    Kind.SCORE: lambda _: "1 (low) to 5 (high).",
    Kind.NUMBER: _what_number,
    Kind.WHOLE: _what_number,
    Kind.REFERENCE: _what_reference,
    Kind.PERSON: lambda _: "A name as it stands under People on the sheet Setup, or on the Workforce plan.",
    Kind.LIST: _what_list,
}


def _id_rule(column: Column[Any], span: Span) -> Rule:
    cell = at(span.top, span.left, "c")
    alone = f"COUNTIF({at(span.top, span.left, 'rc')}:{at(span.bottom, span.left, 'rc')},{cell})=1"
    formula = f"={alone}"
    if column.pattern == _CODE:
        letters = f'ISNUMBER(FIND(MID({cell}&"AAAAAA",ROW($1:$6),1),"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))'
        formula = f"=AND({alone},LEN({cell})>=2,LEN({cell})<=6,SUMPRODUCT(--{letters})>=6)"
        error = f"A {column.header} has two to six capital letters, such as OAK, and stands in one row alone."
        return Rule(span, "custom", low=formula, error=error)
    more = "Type the next free one, which stands above." if prefix_and_width(column) else ""
    return Rule(
        span, "custom", low=formula, error=f"This {column.header} stands in another row already. {more}".strip()
    )


def _choice_rule(column: Column[Any], span: Span) -> Rule:
    return Rule(span, "list", choices=column.choices, error=f"Choose one of: {', '.join(column.choices)}.")


def _yes_no_rule(_column: Column[Any], span: Span) -> Rule:
    return Rule(span, "list", choices=("Yes", "No"), error="Choose Yes or No.")


def _list_rule(column: Column[Any], span: Span) -> Rule:
    header = LISTS_BY_TABLE[column.target].header
    error = f"This is not among the {header.lower()}. Choose one, or add it first: sheet Lists, under {header}."
    return Rule(span, "list", low=f"={list_name(column.target)}", error=error)


def _reference_rule(column: Column[Any], span: Span) -> Rule:
    if column in BY_NAME:
        return Rule(span, "list", low=f"={list_name(column.target, by_name=True)}", style="")
    sheet = BY_TABLE[column.target].sheet
    error = f"There is no such {_target(column)} on the sheet {sheet}. Choose one, or enter it there first."
    return Rule(span, "list", low=f"={list_name(column.target)}", error=error)


def _person_rule(_column: Column[Any], span: Span) -> Rule:
    return Rule(span, "list", low=f"={list_name(People.table)}", style="")


def _date_rule(column: Column[Any], span: Span) -> Rule:
    latest, until = (_LATEST, "") if column.future else ("TODAY()", ", not later than today")
    error = f"Type a date as day/month/year{until}, for example 30/06/2026."
    if column.monday:
        cell = at(span.top, span.left)
        return Rule(
            span,
            "custom",
            low=f"=AND(ISNUMBER({cell}),{cell}>={_EARLIEST},{cell}<={latest},WEEKDAY({cell},2)=1)",
            error=f"Type the date of a Monday as day/month/year{until}.",
        )
    return Rule(span, "date", low=f"={_EARLIEST}", high=f"={latest}", error=error)


def _number_rule(column: Column[Any], span: Span) -> Rule:
    kind = "decimal" if column.kind is Kind.NUMBER else "whole"
    low = column.minimum if column.minimum is not None else -1_000_000
    high = column.maximum if column.maximum is not None else 1_000_000
    words = _what_number(column)
    return Rule(span, kind, low=f"{low:.0f}", high=f"{high:.0f}", error=f"Type {words[0].lower()}{words[1:]}")


_RULES: Mapping[Kind, Callable[[Column[Any], Span], Rule]] = {
    Kind.ID: _id_rule,
    Kind.CHOICE: _choice_rule,
    Kind.YES_NO: _yes_no_rule,
    Kind.LIST: _list_rule,
    Kind.REFERENCE: _reference_rule,
    Kind.PERSON: _person_rule,
    Kind.DATE: _date_rule,
    Kind.SCORE: _number_rule,
    Kind.NUMBER: _number_rule,
    Kind.WHOLE: _number_rule,
}
