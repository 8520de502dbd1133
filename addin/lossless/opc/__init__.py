"""The package: zip entries, parts, relationships, markup, and what refuses a broken one."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addin.lossless.opc.bounds import MOST_SHEETS, refuse_crowds, refuse_many, refuse_wide
    from addin.lossless.opc.cells import LAST_COLUMN, Area, letters
    from addin.lossless.opc.errors import Damaged, LosslessError
    from addin.lossless.opc.odd_cells import UNKNOWN_ERROR, answer_in, index_in, number_in
    from addin.lossless.opc.package import Package, write_package
    from addin.lossless.opc.part_names import relations_part, target_of
    from addin.lossless.opc.part_text import unescaped, utf8
    from addin.lossless.opc.plain_files import NotPlain, open_plain
    from addin.lossless.opc.zip_entries import Entry, PartStream

#: Where each name of this face is declared.
_DECLARED_IN = {
    "MOST_SHEETS": "bounds",
    "refuse_crowds": "bounds",
    "refuse_many": "bounds",
    "refuse_wide": "bounds",
    "Area": "cells",
    "LAST_COLUMN": "cells",
    "letters": "cells",
    "Damaged": "errors",
    "LosslessError": "errors",
    "unescaped": "part_text",
    "utf8": "part_text",
    "UNKNOWN_ERROR": "odd_cells",
    "answer_in": "odd_cells",
    "index_in": "odd_cells",
    "number_in": "odd_cells",
    "Package": "package",
    "write_package": "package",
    "target_of": "part_names",
    "relations_part": "part_names",
    "NotPlain": "plain_files",
    "open_plain": "plain_files",
    "Entry": "zip_entries",
    "PartStream": "zip_entries",
}
__all__ = [
    "LAST_COLUMN",
    "MOST_SHEETS",
    "UNKNOWN_ERROR",
    "Area",
    "Damaged",
    "Entry",
    "LosslessError",
    "NotPlain",
    "Package",
    "PartStream",
    "answer_in",
    "index_in",
    "letters",
    "number_in",
    "open_plain",
    "refuse_crowds",
    "refuse_many",
    "refuse_wide",
    "relations_part",
    "target_of",
    "unescaped",
    "utf8",
    "write_package",
]


def __getattr__(name: str) -> Any:
    """Loads a module when the first of its names is asked for: looking at a workbook needs few of them."""
    if name not in _DECLARED_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_DECLARED_IN[name]}"), name)
    return value
