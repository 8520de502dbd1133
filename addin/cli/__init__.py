"""The terminal: `champions COMMAND …`. Commands are declared in `workbook.commands`."""

from addin.cli.main import main

__all__ = ["main"]
