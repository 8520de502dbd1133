"""What the toolbar sees of the workbook in a window: whether it is one of ours, and its services."""

from __future__ import annotations

from typing import Any

from .facts import Entry, Facts


def is_ours(frame: Any, facts: Facts) -> bool:
    """Whether the window holds a workbook with one of our tables."""
    ranges = _ranges(frame)
    return ranges is not None and any(ranges.hasByName(table) for table in facts.tables)


def entries_for(command: str, frame: Any, facts: Facts) -> list[Entry]:
    """The lines of the menu beside a button, as this window's workbook has them."""
    entries = list(facts.entries.get(command, ()))
    if command in facts.offer_services:
        entries += [facts.service_entry(command, code, name) for code, name in _services(frame, facts)]
    return entries


def _ranges(frame: Any) -> Any:
    controller = frame.getController() if frame is not None else None
    model = controller.getModel() if controller is not None else None
    return getattr(model, "DatabaseRanges", None)


def _services(frame: Any, facts: Facts) -> list[tuple[str, str]]:
    """The code and name of each service of the workbook, in its own order."""
    table, code, name = facts.services
    ranges = _ranges(frame)
    if ranges is None or not ranges.hasByName(table):
        return []
    area = ranges.getByName(table).getReferredCells().getDataArray()
    headers = [str(cell).strip() for cell in area[0]]
    if code not in headers or name not in headers:
        return []
    codes, names = headers.index(code), headers.index(name)
    return [(str(row[codes]).strip(), str(row[names]).strip()) for row in area[1:] if str(row[codes]).strip()]
