"""Formulas: what they refer to, and how references follow what moves."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addin.lossless.formula.formulas import quoted, with_goals_renamed, with_sheet_renamed
    from addin.lossless.formula.reference_shift import Growth, Shift, columns_moving

#: Where each name of this face is declared.
_DECLARED_IN = {
    "quoted": "formulas",
    "with_goals_renamed": "formulas",
    "with_sheet_renamed": "formulas",
    "Growth": "reference_shift",
    "Shift": "reference_shift",
    "columns_moving": "reference_shift",
}
__all__ = [
    "Growth",
    "Shift",
    "columns_moving",
    "quoted",
    "with_goals_renamed",
    "with_sheet_renamed",
]


def __getattr__(name: str) -> Any:
    """Loads a module when the first of its names is asked for: looking at a workbook needs few of them."""
    if name not in _DECLARED_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_DECLARED_IN[name]}"), name)
    return value
