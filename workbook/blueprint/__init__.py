"""What a new master workbook holds, sheet by sheet, derived from the declared registers. Pure: a writer makes the file.

The example programme and an empty workbook are made from the same blueprint; they differ in the rows alone.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.blueprint.model import BookPlan, Tables

#: The layout of the workbook: raised when a column or sheet is added; `upgrade` brings older workbooks here.
LAYOUT_VERSION = "1"
#: Every table's headers stand in this worksheet row; title, purpose, the way back and a caption stand above.
HEADER_ROW = 5
#: How far drop-downs and formats reach, so that rows added later have them.
LAST_ROW = 20_000
START_SHEET, DASHBOARD_SHEET, OVERVIEW_SHEET, DATA_SHEET = (
    "Start here",
    "Dashboard",
    "Training overview",
    "Dashboard data",
)
#: The sheets that sum up what stands on the others, by formulas alone.
SUMMARY_SHEETS = (START_SHEET, DASHBOARD_SHEET, OVERVIEW_SHEET, DATA_SHEET)


def plan_book(tables: Tables | None = None, as_of: dt.date | None = None) -> BookPlan:
    """The blueprint of a master workbook.

    Args:
        tables: rows by header for each table; empty without.
        as_of: the day the Dashboard's figures are as of; without, they follow the day on which they are looked at.
    """
    from workbook.blueprint.book import plan

    return plan(tables or {}, as_of)
