"""The terminal: `champions COMMAND …`. Commands are declared in `workbook.commands`."""

from addin.frontends.terminal.main import main

__all__ = ["main"]
