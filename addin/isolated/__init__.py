"""How our own Python is started by anything but a person's own command: it imports nothing from where it stands.

A shortcut, a button or the installer starts in a folder that others may fill, such as a person's documents. Copied into
LibreOffice's extension: any Python from 3.7 on, the standard library alone.
"""

from __future__ import annotations

import os
import sys

#: -I leaves out the folder it is started in, the person's own libraries and the variables of Python; -B writes nothing
#: beside the program. (-P is not enough: what PYTHONPATH names would be imported.)
ISOLATED = ("-I", "-B")
#: What a button starts.
PRESS = "addin.press"
#: Variables of that process: what was pressed; in Excel the number of its window, the workbook's name in it, and the
#: version of the ribbon. No name of a person's ever stands on the line itself.
PRESSED, RIBBON = "CHAMPIONS_PRESSED", "CHAMPIONS_RIBBON"
EXCEL_WINDOW, EXCEL_BOOK = "CHAMPIONS_EXCEL_WINDOW", "CHAMPIONS_EXCEL_BOOK"


def start_line(python: str, module: str, *words: str) -> list[str]:
    """The words that start a module of ours.

    Args:
        python: the interpreter that has it.
        words: more words, for the module.
    """
    return [python, *ISOLATED, *as_module(module), *words]


def as_module(name: str) -> tuple[str, str]:
    """The words, after those of every such start, that run a module of ours."""
    return ("-m", name)


def leave_folder() -> None:
    """Goes to Python's own folder, the first act of every such start: Windows looks for programs in the current one."""
    os.chdir(sys.prefix)
