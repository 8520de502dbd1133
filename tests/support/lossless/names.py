"""Packages in which names of parts look different and mean the same."""

import io
import zipfile

from tests.support.lossless import making

SHEET = "xl/worksheets/sheet1.xml"
#: Names that mean the part above, for one program or another.
SAME_PART = (
    "XL/worksheets/SHEET1.xml",
    "xl/worksheets/%73heet1.xml",
    "xl/worksheets/%2573heet1.xml",
    "/xl/worksheets/sheet1.xml",
    "xl/./worksheets/sheet1.xml",
    "xl/other/../worksheets/sheet1.xml",
    "xl//worksheets/sheet1.xml",
    "xl%2Fworksheets/sheet1.xml",
    "xl/worksheets/sheet1.xml\0.bin",
)


def members(data):
    """The names and contents of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(i.filename, package.read(i)) for i in package.infolist()]


def packed(parts):
    """A package of names and contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return out.getvalue()


def with_two_names(other):
    """A workbook with another part beside its sheet's."""
    holder = other.replace("\0", "\1")  # zipfile writes no zero byte: it is put in afterwards
    data = packed([*members(making.by_xlsxwriter()), (holder, b"<a/>")])
    return data.replace(holder.encode(), other.encode())
