"""What a Mac's preferences say of macros in Office.

Source: Microsoft, "Set preferences for macros in Office for Mac" (domain com.microsoft.office).
"""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

_FILE = "com.microsoft.office.plist"
#: Where an organisation's rules are kept.
MANAGED = Path("/Library/Managed Preferences")


def blocking(home: Path, managed: Sequence[Path] = (MANAGED,)) -> list[str]:
    """What keeps macros from running, each as a phrase about Excel: organisations' rules, then the person's choice."""
    found = []
    places = [(folder / _FILE, "a rule of your organisation") for folder in managed]
    places.append((home / "Library" / "Preferences" / _FILE, "a preference of yours"))
    for place, whose in places:
        settings = _read(place)
        if settings.get("VisualBasicEntirelyDisabled") is True:
            found.append(f"{whose} switches all macros off (VisualBasicEntirelyDisabled)")
        if settings.get("VisualBasicMacroExecutionState") == "DisabledWithoutWarnings":
            found.append(f"{whose} switches macros off (VisualBasicMacroExecutionState)")
    return found


def _read(place: Path) -> dict[str, Any]:
    try:
        content = plistlib.loads(place.read_bytes())
    except (OSError, ValueError, ExpatError):
        return {}
    return content if isinstance(content, dict) else {}
