"""The reference page, made from the declarations: registers, lists, checks, triggers, thresholds and commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from workbook.command_declaration import Argument, Command
from workbook.commands import COMMANDS
from workbook.documents.catalogue import DOCUMENTS
from workbook.model.catalogue import RULES_VERSION, THRESHOLDS, TRIGGERS
from workbook.model.cells import show
from workbook.model.declare import CHECK_HEADER, Column, Kind, Register
from workbook.model.registers import COMPUTED, ENTRY_SHEETS, LISTS, REGISTERS, SETUP, SUMMARIES
from workbook.model.triggers import Trigger
from workbook.rules.checks import CHECKS


def reference() -> str:
    """The whole page as Markdown."""
    parts = [
        "# Reference",
        "Generated from the declarations by `make generate`; do not edit it by hand.",
        "## Commands",
        *(_command(c) for c in COMMANDS),
        "## Tables that people fill in",
        *(_register(r) for r in (*SETUP, *REGISTERS, *ENTRY_SHEETS)),
        "## Tables that the program computes",
        *(_register(r) for r in (*COMPUTED, *SUMMARIES)),
        "## Lists",
        _table(("Table", "Header", "Values to begin with"), ((x.table, x.header, ", ".join(x.values)) for x in LISTS)),
        "## Checks",
        _table(("Code", "Severity", "What it looks for"), ((f"`{c.code}`", c.severity.value, c.rule) for c in CHECKS)),
        f"## Triggers (rules version {RULES_VERSION})",
        "What changed with this version, why, and how often the rules are wrong: [trust.md](trust.md).",
        *(_trigger(t) for t in TRIGGERS),
        "## Thresholds",
        _table(
            ("Trigger", "Parameter", "Default", "Unit", "What it means"),
            ((t, p.name, show(p.default), p.unit, p.meaning) for t, p in THRESHOLDS),
        ),
        "## Documents",
        _table(("Id", "Document", "Made for", "When"), ((f"`{d.id}`", d.title, d.made_for, d.when) for d in DOCUMENTS)),
    ]
    return "\n\n".join(parts) + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(headings), _line(["---"] * len(headings)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _command(command: Command) -> str:
    rows = ((f"`{a.name}{_metavar(a)}`", a.words) for a in command.arguments)
    exits = "; ".join(f"{code} {meaning}" for code, meaning in command.exits)
    examples = "\n".join(command.examples)
    return "\n\n".join(
        (
            f"### champions {command.name}",
            f"{command.summary} {command.detail}",
            _table(("Argument", "What it does"), rows),
            f"Exit codes: {exits}.",
            f"```\n{examples}\n```",
        )
    )


def _metavar(argument: Argument) -> str:
    return f" {argument.metavar}" if argument.metavar and argument.name.startswith("--") else ""


def _register(register: type[Register]) -> str:
    rows = [(c.header, _kind(c), "yes" if c.required else "", _note(c)) for c in register.columns]
    if register.checked:
        rows.append((CHECK_HEADER, "computed", "", "Blank when the row is sound, else what is wrong."))
    source = f" Source: {register.source}." if register.source else ""
    return "\n\n".join(
        (
            f"### {register.table} (sheet “{register.sheet}”)",
            register.purpose + source,
            _table(("Column", "What it holds", "Required", "Note"), rows),
        )
    )


def _note(column: Column[Any]) -> str:
    also = f"Also read under the header {' or '.join(column.also)}." if column.also else ""
    return " ".join(filter(None, (column.note, also)))


def _kind(column: Column[Any]) -> str:
    several = "several, separated by commas: " if column.separated else ""
    if column.kind is Kind.ID:
        return f"id, as `{column.pattern}`"
    if column.kind is Kind.CHOICE:
        return "one of: " + ", ".join(column.choices)
    if column.kind is Kind.LIST:
        return f"{several}a value of {column.target}"
    if column.target:
        return f"{several}an id of {column.target}"
    return column.kind.value + _bounds(column)


def _bounds(column: Column[Any]) -> str:
    if column.minimum is not None and column.maximum is not None:
        return f", {column.minimum:g} to {column.maximum:g}"
    if column.minimum is not None:
        return f", {column.minimum:g} or more"
    return ", a Monday" if column.monday else ""


def _trigger(trigger: Trigger) -> str:
    strongest = "an early warning at most" if trigger.warns_only else "asks for action"
    return "\n\n".join(
        (
            f"### {trigger.id} {trigger.title}",
            f"For each {trigger.scope.value}; {strongest}. {trigger.rule}",
            f"Cleared when: {trigger.clears}",
            f"Escalation: {trigger.part.escalation}. Owner: {trigger.part.owner_role}. Source: {trigger.source}.",
        )
    )
