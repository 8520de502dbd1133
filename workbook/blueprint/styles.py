"""The few looks of cells, by name: one visual language for every sheet."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.blueprint import palette
from workbook.model.declare import Area
from workbook.model.light_dataclasses import dataclass, replace

DATE_FORMAT = "dd mmm yyyy"
_FIGURES = " figures"


@dataclass(frozen=True)
class Style:
    """How a cell looks. `ink` on `fill` is text on its ground; `lined` draws a hairline beneath."""

    ink: str = palette.INK
    fill: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float = 11
    number: str = ""
    across: str = "left"
    down: str = "top"
    wrap: bool = False
    lined: bool = False
    dashed: bool = False
    locked: bool = True
    indent: int = 0


def required_head(area: Area, *, figures: bool = False) -> str:
    """The style of the heading of a column that must be filled in; `figures` stand in the middle of theirs."""
    return f"head must {area.value}{_FIGURES if figures else ''}"


def optional_head(area: Area, *, figures: bool = False) -> str:
    """The style of the heading of a column that may stay blank."""
    return f"head may {area.value}{_FIGURES if figures else ''}"


def band(area: Area) -> str:
    """The style of the line that begins a group of sheets."""
    return f"band {area.value}"


def _of_areas() -> dict[str, Style]:
    found = {}
    for area in Area:
        must = Style(palette.PAPER, palette.DARK[area], bold=True, down="vcenter", wrap=True, indent=1)
        may = Style(palette.INK, palette.LIGHT[area], down="vcenter", wrap=True, indent=1)
        found[required_head(area)], found[optional_head(area)] = must, may
        found[required_head(area, figures=True)] = replace(must, across="center", indent=0)
        found[optional_head(area, figures=True)] = replace(may, across="center", indent=0)
        found[band(area)] = Style(palette.PAPER, palette.DARK[area], bold=True, down="vcenter")
    return found


STYLES: Mapping[str, Style] = {
    **_of_areas(),
    "head figures": Style(
        palette.PAPER, palette.DARK[Area.RESULTS], bold=True, across="right", indent=1, down="vcenter", wrap=True
    ),
    "title": Style(fill=palette.PAPER, bold=True, size=18, down="vcenter"),
    "purpose": Style(fill=palette.PAPER, down="vcenter"),
    "caption": Style(palette.MUTED, palette.PAPER, italic=True, size=10, down="vcenter"),
    "tool": Style(fill=palette.PAPER, bold=True, down="vcenter"),
    "tool services": Style(fill=palette.PAPER, number='0" services"', across="right", down="vcenter"),
    "tool champions": Style(fill=palette.PAPER, number='0" champions"', across="right", down="vcenter"),
    "link": Style(palette.LINK, palette.PAPER, underline=True, down="vcenter"),
    "section": Style(bold=True, size=13, down="vcenter"),
    "text": Style(wrap=True, lined=True, indent=1),
    "date": Style(number=DATE_FORMAT, lined=True, indent=1),
    "number": Style(number="General", across="center", lined=True),
    "unlocked": Style(wrap=True, lined=True, locked=False, indent=1),
    "entry date": Style(
        number=DATE_FORMAT, fill=palette.WANTED, dashed=True, across="center", down="vcenter", locked=False
    ),
    "entry": Style(fill=palette.WANTED, dashed=True, down="vcenter", locked=False, indent=1),
    "line": Style(wrap=True, lined=True, down="vcenter", indent=1),
    "goal": Style(palette.LINK, underline=True, wrap=True, lined=True, indent=1),
    "line count": Style(across="center", number='0;-0;"–"', lined=True, down="vcenter"),
    "step": Style(bold=True, across="center", down="vcenter"),
    "said": Style(size=10, wrap=True),
    "hollow": Style(palette.MUTED, italic=True, across="center", down="vcenter"),
    "line note": Style(wrap=True, lined=True, down="vcenter", indent=1),
    "line not yet": Style(palette.MUTED, lined=True, down="vcenter", indent=1),
    "line link": Style(palette.LINK, underline=True, lined=True, down="vcenter", indent=1),
    "line number": Style(across="right", indent=1, lined=True, down="vcenter"),
    "line middle": Style(across="center", lined=True, wrap=True, down="vcenter"),
    "line date": Style(number=DATE_FORMAT, lined=True, down="vcenter", indent=1),
    "line day": Style(number=DATE_FORMAT, across="right", indent=1, lined=True, down="vcenter"),
    "line share": Style(across="right", indent=1, number="0%", lined=True, down="vcenter"),
    "line mean": Style(across="right", indent=1, number="0.0", lined=True, down="vcenter"),
    "strong": Style(bold=True, fill=palette.MIST, wrap=True, lined=True, down="vcenter", indent=1),
    "strong number": Style(bold=True, across="right", indent=1, fill=palette.MIST, lined=True, down="vcenter"),
    "strong share": Style(
        bold=True, across="right", indent=1, fill=palette.MIST, number="0%", lined=True, down="vcenter"
    ),
    "strong mean": Style(
        bold=True, across="right", indent=1, fill=palette.MIST, number="0.0", lined=True, down="vcenter"
    ),
    "label": Style(palette.MUTED, palette.MIST, across="center", down="vcenter", wrap=True),
    "figure": Style(palette.INK, palette.MIST, bold=True, size=22, across="center", down="vcenter"),
    "figure share": Style(palette.INK, palette.MIST, bold=True, size=22, number="0%", across="center", down="vcenter"),
    "figure mean": Style(palette.INK, palette.MIST, bold=True, size=22, number="0.0", across="center", down="vcenter"),
    "beneath mean": Style(
        palette.MUTED, palette.MIST, size=10, number='"before: "0.0', across="center", down="vcenter", wrap=True
    ),
    "beneath": Style(palette.MUTED, palette.MIST, size=10, across="center", down="vcenter", wrap=True),
    "plain": Style(wrap=True, down="vcenter", indent=1),
    "plain note": Style(wrap=True, down="vcenter", indent=1),
    "strong note": Style(bold=True, fill=palette.MIST, wrap=True, lined=True, down="vcenter", indent=1),
    "plain count": Style(across="center", down="vcenter"),
    "plain number": Style(across="right", indent=1, down="vcenter"),
    "plain share": Style(across="right", indent=1, number="0%", down="vcenter"),
    "plain mean": Style(across="right", indent=1, number="0.0", down="vcenter"),
    "module": Style(bold=True, down="vcenter", wrap=True, indent=1),
    "right": Style(across="right", down="vcenter"),
    "day": Style(bold=True, number=DATE_FORMAT, across="left", down="vcenter"),
}

#: Looks that cells take on while something holds. Each says it by more than its colour.
LOOKS: Mapping[str, Style] = {
    "wanted": Style(palette.INK, palette.WANTED, dashed=True),
    "late": Style(palette.LATE_INK, palette.LATE, bold=True),
    "wrong": Style(palette.LATE_INK, palette.LATE, bold=True),
    "well": Style(palette.WELL_INK, palette.WELL),
    "soon": Style(palette.INK, palette.WANTED, italic=True),
    "asks": Style(bold=True),
    "group": Style(bold=True, fill=palette.MIST),
    "late figure": Style(palette.LATE_INK, palette.LATE, bold=True, underline=True),
    "ruled": Style(lined=True),
    "changed": Style(bold=True, fill=palette.MIST),
    "quiet": Style(palette.MUTED, italic=True),
    "unseen": Style(palette.MUTED, italic=True, number=";;;"),
    "appeared": Style(palette.LINK, underline=True),
    "head": Style(palette.PAPER, palette.DARK[Area.RESULTS], bold=True),
}
