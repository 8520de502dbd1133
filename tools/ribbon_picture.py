"""Draws the ribbon from the declarations, for the guide and the README: a drawing, and it says so."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from workbook.command_declaration import Command, Group, Items
from workbook.commands import BUTTONS
from workbook.ribbon import TAB

_HEIGHT, _BAND_TOP, _LETTER = 196, 44, 6.6
_BLUE, _GREY, _LINE, _PALE = "#1f4e79", "#666", "#c8c8c8", "#eef3f8"


def ribbon_picture() -> str:
    """The tab as SVG: its groups, their buttons with labels, and on each the letter of its key tip."""
    parts: list[str] = []
    left = 16.0
    for group in Group:
        commands = [c for c in BUTTONS if c.button is not None and c.button.group is group]
        if commands:
            width = _group(parts, group, commands, left)
            left += width
    width = round(left + 16)
    frame = f'viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" role="img"'
    says = "A drawing, not a screenshot. The letters are the key tips: Alt, C, then the letter."
    placed = f'x="{width - 12}" y="{_HEIGHT - 9}" font-size="11" fill="{_GREY}"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="Segoe UI, Carlito, Calibri, sans-serif">',
        "<title>A drawing of the tab Champions in Excel's ribbon</title>",
        f'<rect width="{width}" height="{_HEIGHT}" fill="#fafafa" stroke="{_LINE}"/>',
        *_tabs(),
        f'<rect x="8" y="{_BAND_TOP}" width="{width - 16}" height="122" fill="#fff" stroke="{_LINE}"/>',
        *parts,
        f'<text {placed} text-anchor="end" font-style="italic">{says}</text>',
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _tabs() -> list[str]:
    made, left = [], 20
    for name in ("File", "Home", TAB, "Insert", "Page Layout", "Formulas", "Data"):
        weight = ' font-weight="bold"' if name == TAB else ""
        colour = _BLUE if name == TAB else "#333"
        made.append(f'<text x="{left}" y="30" font-size="14" fill="{colour}"{weight}>{name}</text>')
        width = len(name) * 7.6
        if name == TAB:
            made.append(f'<rect x="{left}" y="36" width="{width:.0f}" height="3" fill="{_BLUE}"/>')
        left += round(width) + 24
    return made


def _group(parts: list[str], group: Group, commands: Sequence[Command], left: float) -> float:
    at = left + 8
    large = [c for c in commands if c.button is not None and c.button.large]
    small = [c for c in commands if c not in large]
    for command in large:
        at += _large(parts, command, at)
    texts = [(c.label, c) for c in small]
    for first in range(0, len(texts), 3):
        column = texts[first : first + 3]
        for n, (_, command) in enumerate(column):
            _small(parts, command, at, _BAND_TOP + 8 + n * 30)
        at += max(len(label) for label, _ in column) * _LETTER + 42
    if group is Group.CHECK:
        parts.append(f'<text x="{at + 4:.0f}" y="{_BAND_TOP + 26}" font-size="12">2 errors, 3 raised</text>')
        at += 116
    width = max(at - left + 4, len(group.value) * 8 + 16)
    middle = left + width / 2
    parts.append(
        f'<text x="{middle:.0f}" y="160" font-size="11" fill="{_GREY}" text-anchor="middle">{group.value}</text>'
    )
    parts.append(f'<path d="M{left + width:.0f} {_BAND_TOP + 6}v110" stroke="{_LINE}"/>')
    return width + 4


def _large(parts: list[str], command: Command, left: float) -> float:
    words = command.label.split(" ")
    half = (len(words) + 1) // 2
    lines = [" ".join(words[:half]), " ".join(words[half:])] if len(words) > 1 else [command.label, ""]
    if command.button is not None and command.button.items is not Items.NONE:
        lines[1] = f"{lines[1]} ▾".strip()
    width = max(max(len(line) for line in lines) * _LETTER + 14, 62)
    middle = left + width / 2
    _key(parts, command, middle - 16, _BAND_TOP + 8, 32)
    for n, line in enumerate(lines):
        y = _BAND_TOP + 60 + n * 16
        parts.append(f'<text x="{middle:.0f}" y="{y}" font-size="12" text-anchor="middle">{escape(line)}</text>')
    return width


def _small(parts: list[str], command: Command, left: float, top: int) -> None:
    _key(parts, command, left + 6, top, 20)
    parts.append(f'<text x="{left + 32:.0f}" y="{top + 15}" font-size="12">{escape(command.label)}</text>')


def _key(parts: list[str], command: Command, left: float, top: int, size: int) -> None:
    letter = command.button.key_tip if command.button is not None else ""
    parts.append(
        f'<rect x="{left:.0f}" y="{top}" width="{size}" height="{size}" rx="5" fill="{_PALE}" stroke="{_BLUE}"/>'
        f'<text x="{left + size / 2:.0f}" y="{top + size * 0.7:.0f}" font-size="{size // 2}" fill="{_BLUE}" '
        f'text-anchor="middle">{letter}</text>'
    )
