"""Formulas: what they refer to, and how references follow what moves."""

from addin.lossless.formula.formulas import quoted, with_goals_renamed, with_sheet_renamed
from addin.lossless.formula.reference_shift import Growth, Shift, columns_moving

__all__ = ["Growth", "Shift", "columns_moving", "quoted", "with_goals_renamed", "with_sheet_renamed"]
