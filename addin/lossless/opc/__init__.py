"""The package: zip entries, parts, relationships, markup, and what refuses a broken one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.lossless.opc.late_names import late_names

if TYPE_CHECKING:
    from addin.lossless.opc.bounds import MOST_SHEETS, refuse_crowds, refuse_many, refuse_wide
    from addin.lossless.opc.cells import LAST_COLUMN, Area, letters
    from addin.lossless.opc.errors import Damaged, LosslessError
    from addin.lossless.opc.odd_cells import UNKNOWN_ERROR, answer_in, index_in, number_in
    from addin.lossless.opc.package import Package, write_package
    from addin.lossless.opc.part_names import relations_part, target_of
    from addin.lossless.opc.part_text import unescaped, utf8
    from addin.lossless.opc.plain_files import NotPlain, open_plain
    from addin.lossless.opc.zip_entries import Entry, PartStream

__all__ = [
    "LAST_COLUMN",
    "MOST_SHEETS",
    "UNKNOWN_ERROR",
    "Area",
    "Damaged",
    "Entry",
    "LosslessError",
    "NotPlain",
    "Package",
    "PartStream",
    "answer_in",
    "index_in",
    "letters",
    "number_in",
    "open_plain",
    "refuse_crowds",
    "refuse_many",
    "refuse_wide",
    "relations_part",
    "target_of",
    "unescaped",
    "utf8",
    "write_package",
]

__getattr__ = late_names(
    __name__,
    {
        "bounds": "MOST_SHEETS refuse_crowds refuse_many refuse_wide",
        "cells": "Area LAST_COLUMN letters",
        "errors": "Damaged LosslessError",
        "part_text": "unescaped utf8",
        "odd_cells": "UNKNOWN_ERROR answer_in index_in number_in",
        "package": "Package write_package",
        "part_names": "target_of relations_part",
        "plain_files": "NotPlain open_plain",
        "zip_entries": "Entry PartStream",
    },
)
