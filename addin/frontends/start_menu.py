"""The start menu's "New programme workbook": writes one into the person's documents and opens it; no terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from addin.isolated import leave_folder
from workbook.model.errors import ChampionsError

_NAME = "Champion programme"


def main() -> int:
    """Writes a new workbook under a name that is free, and opens it; a message says what went wrong."""
    import platformdirs

    try:
        path = new_workbook(Path(platformdirs.user_documents_dir()))
    except ChampionsError as error:
        _tell(f"{error.what}\n\n{error.next_step}")
        return 2
    except Exception as error:  # noqa: BLE001 - the last resort: there is no terminal to say it in
        from addin.frontends.faults import where_told, write_fault

        _tell(f"The workbook could not be written. {where_told(write_fault(error))}")
        return 3
    _open(path)
    return 0


def new_workbook(folder: Path) -> Path:
    """Writes an empty master workbook into a folder; never over a file that is there.

    Raises:
        BookNotWritable: nothing can be written there.
    """
    from addin.output.masterbook import write_master
    from workbook.blueprint import plan_book

    path, number = folder / f"{_NAME}.xlsx", 2
    while path.exists():
        path, number = folder / f"{_NAME} {number}.xlsx", number + 1
    write_master(path, plan_book())
    return path


def _open(path: Path) -> None:
    start = getattr(os, "startfile", None)
    if start is not None:
        start(path)
    else:
        _tell(f"Workbook written: {path}")


def _tell(words: str) -> None:
    """A message box on Windows; elsewhere a line on the error output."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, words, "Champion Workbook", 0x30)
    else:
        from addin.frontends.safe_output import shown

        sys.stderr.write(f"{shown(words)}\n")


if __name__ == "__main__":
    leave_folder()
    sys.exit(main())
