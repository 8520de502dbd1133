"""Where things stand in every master workbook: the version of the layout, its rows, and the sheets that sum up."""

#: The layout of the workbook: raised when a column or sheet is added; `upgrade` brings older workbooks here.
LAYOUT_VERSION = "2"
#: Every table's headers stand in this worksheet row; title, purpose, the way back and a caption stand above.
HEADER_ROW = 5
#: How far drop-downs and formats reach, so that rows added later have them.
LAST_ROW = 20_000
START_SHEET, DASHBOARD_SHEET, OVERVIEW_SHEET, DATA_SHEET, GLANCE_SHEET, CARD_SHEET = (
    "Start here",
    "Dashboard",
    "Training overview",
    "Dashboard data",
    "Programme at a glance",
    "Champion card",
)
#: The sheets that sum up what stands on the others, by formulas alone.
SUMMARY_SHEETS = (START_SHEET, DASHBOARD_SHEET, OVERVIEW_SHEET, DATA_SHEET, GLANCE_SHEET, CARD_SHEET)
