"""The names under which the add-in is known to Excel, to xlwings and to people."""

from __future__ import annotations

#: The add-in's file in Excel's start-up folder.
ADDIN = "Champions.xlam"
#: The name of xlwings' project; its files of settings are called so.
PROJECT = "champions"
CONFIG_FILE = f"{PROJECT}.conf"
#: The sheet of settings within the add-in. One of that name in a workbook is refused by the ribbon.
CONFIG_SHEET = f"{PROJECT}.conf"
#: The VBA project; no module of it may be called the same.
VBA_PROJECT = "ChampionWorkbook"
