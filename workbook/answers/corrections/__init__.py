"""Corrections of plain mistakes in entries: what may be put right, and what is written of it.

Source: docs/contract/checks-and-triggers.md, Corrections.
"""

from __future__ import annotations

from workbook.answers.corrections.declare import Correction, Sort
from workbook.answers.corrections.propose import proposed
from workbook.answers.corrections.writing import corrected, fixed

__all__ = ["Correction", "Sort", "corrected", "fixed", "proposed"]
