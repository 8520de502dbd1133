"""Which files in Excel's folders are of this program: others may have given theirs the same name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

_RIBBONS = ("customUI/customUI14.xml", "customUI/customUI.xml")
_TAB = b'"champions_tab"'
#: Ours has a few thousand bytes; more is not looked through.
_MOST = 1 << 20
_SCRIPT_START = b"-- Champion Workbook "
_WRAPPER = re.compile(rb"#!/bin/sh\nexec [^\n]+ \"\$@\"\n")


def is_workbook(content: bytes) -> bool:
    """Whether a file is a package, as every workbook and add-in of Excel's present kind is."""
    return zipfile.is_zipfile(io.BytesIO(content))


def is_our_addin(content: bytes) -> bool:
    """Whether a file is the ribbon's add-in, of any version of this program."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in _RIBBONS:
                if name in package.namelist() and package.getinfo(name).file_size <= _MOST:
                    return _TAB in package.read(name)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return False
    return False


def is_our_script(content: bytes) -> bool:
    """Whether a file is the AppleScript that `install` writes, of any version of this program."""
    return content.startswith(_SCRIPT_START)


def is_our_wrapper(content: bytes) -> bool:
    """Whether a file is the script by which earlier versions named an interpreter without blanks."""
    return _WRAPPER.fullmatch(content) is not None
