"""What a new master workbook holds, sheet by sheet, derived from the declared registers. Pure: a writer makes the file.

The example programme and an empty workbook are made from the same blueprint; they differ in the rows alone.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from workbook.blueprint.layout import HEADER_ROW, LAST_ROW, LAYOUT_VERSION, SUMMARY_SHEETS

if TYPE_CHECKING:
    from workbook.blueprint.plan import BookPlan, Tables

__all__ = ["HEADER_ROW", "LAST_ROW", "LAYOUT_VERSION", "SUMMARY_SHEETS", "plan_book"]


def plan_book(tables: Tables | None = None, as_of: dt.date | None = None) -> BookPlan:
    """The blueprint of a master workbook.

    Args:
        tables: rows by header for each table; empty without.
        as_of: the day the Dashboard's figures are as of; without, they follow the day on which they are looked at.
    """
    from workbook.blueprint.book import plan

    return plan(tables or {}, as_of)
