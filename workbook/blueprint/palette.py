"""The colours of the master workbook, and how well they can be told apart (WCAG 2.2, contrast of text)."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.model.declare import Area

INK, MUTED, PAPER, LINE = "#1F2A44", "#4A5568", "#FFFFFF", "#C9D1DB"
LINK = "#0B4F9E"
#: Behind headings and figures that are not entries.
MIST = "#F1F4F8"
#: A group's dark colour, none of them red, which means late alone: its tabs, and the headings of columns that must be
#: filled in.
DARK: Mapping[Area, str] = {
    Area.SETUP: "#46525C",
    Area.PREPARE: "#1F5C7A",
    Area.SUPPORT: "#23694A",
    Area.IMPROVE: "#7A4E00",
    Area.EVIDENCE: "#5B3A7E",
    Area.RESULTS: "#26375E",
}
#: The same group's light colour: the headings of columns that may stay blank.
LIGHT: Mapping[Area, str] = {
    Area.SETUP: "#E2E6EA",
    Area.PREPARE: "#D9E8F1",
    Area.SUPPORT: "#DAEEE4",
    Area.IMPROVE: "#F5E7CC",
    Area.EVIDENCE: "#E8DFF2",
    Area.RESULTS: "#DCE2EF",
}
#: What needs an entry, what is late or wrong, what is well: always with words, a border or bold beside the colour.
WANTED, WANTED_LINE = "#FFF3C4", "#8A6100"
LATE, LATE_INK = "#FBE0D8", "#7A1F10"
WELL, WELL_INK = "#DDF0E3", "#14532D"
#: Charts: dark and light enough to be told apart in grey, besides their patterns.
BARS, BARS_BEFORE = "#1F5C7A", "#A9C3D1"
#: A run chart's points, in the colours of NHS Making Data Count: grey, blue and orange.
COMMON, BETTER, WORSE = "#6F7D86", "#005EB8", "#C75B00"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as #1F2A44, 0 (black) to 1 (white)."""
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
