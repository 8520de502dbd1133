"""The names under which the add-in is known to Excel and to people."""

from __future__ import annotations

#: The add-in's file in Excel's start-up folder.
ADDIN = "Champions.xlam"
#: The folder of the person's own that is ours, and the file of settings in it.
PROJECT = "champions"
CONFIG_FILE = f"{PROJECT}.conf"
#: The settings that the ribbon reads on Windows: where the program is, and of which version.
INTERPRETER_WINDOWS, PROGRAM_VERSION = "INTERPRETER_WIN", "CHAMPIONS_VERSION"
#: The add-in's only sheet, which nobody sees.
SHEET = "Champions"
#: The VBA project; no module of it may be called the same.
VBA_PROJECT = "ChampionWorkbook"
