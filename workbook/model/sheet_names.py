"""What a worksheet may be called in Excel, and our sheets whose names it forbids given others by a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbook.model.cells import fold
from workbook.model.changes import ChangeSet, RenameSheet
from workbook.model.light_dataclasses import replace
from workbook.model.registers import BY_TABLE, LISTS_SHEET
from workbook.model.snapshot import Snapshot

#: The name that Excel keeps for its own list of tracked changes, in any case.
RESERVED = frozenset({"history"})
#: In UTF-16 units, as Excel counts.
LONGEST_SHEET_NAME = 31
FORBIDDEN_SIGNS = frozenset("[]:*?/\\")


def forbidden(name: str) -> str:
    """Why Excel would not have a sheet of this name, as the end of a sentence; '' where it would.

    Source: Microsoft's page “Rename a worksheet”; Excel's message for a reserved name.
    """
    if not name.strip():
        return "a sheet's name can't be blank"
    if fold(name) in RESERVED:
        return "Excel keeps this name for itself"
    if len(name.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_SHEET_NAME:
        return f"a sheet's name has at most {LONGEST_SHEET_NAME} characters in Excel"
    signs = [sign for sign in name if sign in FORBIDDEN_SIGNS or not sign.isprintable()]
    if any(not sign.isprintable() for sign in signs):
        return "a sheet's name can't hold a character that is not to be seen"
    if signs:
        return f"a sheet's name can't hold {signs[0]}"
    return "a sheet's name can't begin or end with an apostrophe" if "'" in (name[0], name[-1]) else ""


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """A sheet's name that no other sheet has: the wanted one, else that with a number added.

    Args:
        wanted: a name that Excel allows.
        taken: the names of all other sheets.
    """
    known = {name.casefold() for name in taken}
    name, number = wanted, 2
    while name.casefold() in known:
        tail = f" {number}"
        name, number = wanted[: LONGEST_SHEET_NAME - len(tail)] + tail, number + 1
    return name


def with_sheets_renamed(snapshot: Snapshot, changes: ChangeSet) -> ChangeSet:
    """The changes, and our sheets whose names Excel forbids called what the contract calls them.

    Older workbooks have a sheet “History”; other programs allow longer names, and other signs, than Excel does. Only
    with other changes: nothing is written for the sake of a name.
    """
    new = tuple(_renamings(snapshot))
    if not new or not changes:
        return changes
    return replace(changes, changes=(*changes.changes, *new))


def _renamings(snapshot: Snapshot) -> Iterator[RenameSheet]:
    seen: set[str] = set()
    for name, data in (*snapshot.tables.items(), *snapshot.list_tables.items()):
        if data.sheet not in seen and forbidden(data.sheet):
            register = BY_TABLE.get(name)
            yield RenameSheet(data.sheet, register.sheet if register is not None else LISTS_SHEET)
        seen.add(data.sheet)
