"""The names by which LibreOffice and the person's own settings know the extension."""

from __future__ import annotations

#: The extension's file.
EXTENSION = "Champions.oxt"
#: What LibreOffice's extension manager knows it by.
IDENTIFIER = "org.champion-workbook.toolbar"
#: What a press is addressed to: `PROTOCOL` and then what was pressed, as `workbook.ribbon` names it.
PROTOCOL = "vnd.champions:"
#: What LibreOffice knows its menu, toolbar and component by.
MENU = f"{IDENTIFIER}.menu"
TOOLBAR = f"{IDENTIFIER}.toolbar"
HANDLER = f"{IDENTIFIER}.Handler"
#: The library of Basic that has the component made once a spreadsheet's window is there, its module and its macro.
LIBRARY, MODULE, MACRO = "ChampionWorkbook", "Start", "Seen"
#: The packages within the extension: the toolbar's own, the one that serves the open workbook, the one that asks the
#: process that stays, the pipe over which both speak, and the one that knows how Python is started.
TOOLBAR_PACKAGE = "champions_toolbar"
AGENT_PACKAGE = "champions_agent"
RESIDENT_PACKAGE = "champions_resident"
PIPE_PACKAGE = "champions_pipe"
ISOLATED_PACKAGE = "champions_isolated"
FACTS = "facts.json"
