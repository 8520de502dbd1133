"""The file of settings that the ribbon reads: one setting a line, name and value in quotation marks.

The ribbon on Windows reads it in the system's old code page; what does not go into that page can't be written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from addin.frontends.ribbon.places import System
from workbook.model.errors import BookNotWritable

_PAGES = {System.WINDOWS: "mbcs", System.MAC: "utf-8"}


def read_settings(path: Path, system: System) -> dict[str, str]:
    """The settings of a file, by name; none if there is no such file. A line that is none is passed over."""
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    text = content.decode(_page(system), errors="replace")
    lines = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    return {line[0]: line[1] for line in lines if len(line) == 2}


def settings_text(settings: Mapping[str, str], system: System, where: Path) -> bytes:
    """A file's bytes that VBA reads these settings from.

    Raises:
        BookNotWritable: a value has a letter that Excel would not read.
    """
    end = "\r\n" if system is System.WINDOWS else "\n"
    text = "".join(f'"{name}","{value}"{end}' for name, value in settings.items())
    try:
        return text.encode(_page(system))
    except UnicodeEncodeError as error:
        raise BookNotWritable(
            f"Excel can't read the letter {text[error.start]} in the place of this program.",
            where=str(where),
            next_step="Install the program in a folder whose name has plain letters only, then do this again.",
        ) from error


def _page(system: System) -> str:
    import codecs

    page = _PAGES[system]
    try:
        return codecs.lookup(page).name
    except LookupError:  # mbcs is known on Windows alone; elsewhere only tests come here
        return "cp1252"
