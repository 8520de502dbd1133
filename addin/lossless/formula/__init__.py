"""Formulas: what they refer to, and how references follow what moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.lossless.opc.late_names import late_names

if TYPE_CHECKING:
    from addin.lossless.formula.formulas import quoted, with_goals_renamed, with_sheet_renamed
    from addin.lossless.formula.reference_shift import Growth, Shift, columns_moving

__all__ = [
    "Growth",
    "Shift",
    "columns_moving",
    "quoted",
    "with_goals_renamed",
    "with_sheet_renamed",
]

__getattr__ = late_names(
    __name__,
    {
        "formulas": "quoted with_goals_renamed with_sheet_renamed",
        "reference_shift": "Growth Shift columns_moving",
    },
)
