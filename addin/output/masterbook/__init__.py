"""Writes a new master workbook from its blueprint."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from addin.output.write_file import write_new
from workbook.blueprint import LAYOUT_VERSION
from workbook.blueprint.plan import BookPlan

#: Every generated file has the same bytes for the same input.
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_CORE = "docProps/core.xml"
_LANGUAGE = b"<dc:language>en-GB</dc:language>"


def write_master(path: Path, plan: BookPlan) -> None:
    """Writes the workbook to `path`, all at once.

    Args:
        path: the new file.
        plan: the blueprint.

    Raises:
        BookNotWritable: there is a file of that name, or the folder can't be written to. Nothing was written.
    """
    write_new(path, build_master(plan))


def build_master(plan: BookPlan) -> bytes:
    """The workbook's bytes: the same for the same plan on one installation.

    Args:
        plan: the blueprint.
    """
    import xlsxwriter

    from addin.output.masterbook.pen import Pen

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties(
        {
            "title": plan.title,
            "subject": "Digital champions programme in adult social care",
            "author": "Champion Workbook",
            "category": "Governance",
            "keywords": "digital champions, care records, governance",
            "comments": "Begin on the sheet Start here.",
            "created": _CREATED,
        }
    )
    book.set_custom_property("Champions layout version", LAYOUT_VERSION, "text")
    pen = Pen(book)
    for sheet in plan.sheets:
        pen.sheet(sheet)
    for name, refers in plan.names.items():
        book.define_name(name, f"={refers}")
    book.close()
    return _with_language(content.getvalue())


def _with_language(content: bytes) -> bytes:
    """The workbook with its language among its properties, which the writing library has no word for."""
    from addin.lossless.opc import Package, write_package

    package = Package(content)
    core = package.read(_CORE).replace(b"</cp:coreProperties>", _LANGUAGE + b"</cp:coreProperties>")
    out = io.BytesIO()
    parts = {name: package.read(name) for name in package.entries}
    write_package(package, {**parts, _CORE: core}, out, level=9)
    return out.getvalue()
