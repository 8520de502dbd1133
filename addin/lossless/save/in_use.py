"""Signs that a file is in use elsewhere: office programs' lock files, and files that are only in a cloud."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from addin.lossless.opc.errors import Busy, NotDownloaded
from addin.lossless.opc.plain_files import read_plain

#: Windows: the content is not on this disk (offline; fetched on opening; fetched on reading).
_WINDOWS_AWAY = 0x1000 | 0x40000 | 0x400000
#: macOS: a file without its data (SF_DATALESS).
_MAC_AWAY = 0x40000000
#: How much of another program's lock file is looked at, in bytes.
_LONGEST = 4096


def refuse_if_open(path: Path) -> None:
    """Raises Busy while an office program has a workbook open, as its lock file says.

    Args:
        path: the workbook; where it is a link, what it leads to is looked at too.

    Raises:
        Busy: it is open, or a program that was ended by force has left its lock file.
    """
    for place in {path, path.resolve()}:
        program, user = _opened_in(place)
        if program:
            raise Busy(
                f"{path.name} is open in {program}{f' (by {user})' if user else ''}.",
                f"Save and close it there, then try again. If nobody has it open, {program} was not closed properly: "
                "open the workbook there once and close it again. Nothing was changed.",
            )


def _opened_in(path: Path) -> tuple[str, str]:
    """The program that has a workbook open, and its user; blank if none."""
    excel, libre = path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")
    with contextlib.suppress(OSError):
        if excel.exists():
            return "Excel", _excel_user(excel)
        if libre.exists():
            return "LibreOffice", _libre_user(libre)
    return "", ""


def _libre_user(lock: Path) -> str:
    """The name in LibreOffice's lock file: the user's name, else that of the account, else the computer's."""
    with contextlib.suppress(OSError):
        fields = [f.strip() for f in read_plain(lock, most=_LONGEST).decode("utf-8", "replace").split(",")]
        return printable(next((f for f in fields[:3] if f), ""))
    return ""


def _excel_user(lock: Path) -> str:
    """The name in Excel's owner file: a length, then that many characters; again in UTF-16 further on."""
    raw = b""
    with contextlib.suppress(OSError):
        raw = read_plain(lock, most=_LONGEST)
    if len(raw) < 2:
        return ""
    wide = raw[57 : 57 + 2 * raw[0]] if len(raw) > 57 else b""
    if wide and raw[55:56] == raw[:1]:
        return printable(wide.decode("utf-16-le", "ignore"))
    return printable(raw[1 : 1 + raw[0]].decode("cp1252", "ignore"))


def printable(text: str) -> str:
    """A name out of another program's file, as it may be shown.

    Args:
        text: of whatever length; at most 60 characters of it are given.
    """
    return "".join(c for c in text if c.isprintable()).strip()[:60]


def refuse_if_away(path: Path) -> None:
    """Raises NotDownloaded for a file that a cloud's synchroniser only shows, and whose content it has not fetched.

    Args:
        path: the file.

    Raises:
        NotDownloaded: the content is not on this computer.
    """
    stub = path.with_name(f".{path.name}.icloud")
    try:
        info = path.stat()
    except OSError:
        away = stub.exists()
    else:
        away = is_away(info)
    if away:
        raise NotDownloaded(
            f"{path.name} is only in the cloud; this computer shows its name but has not fetched its content yet.",
            "Open the workbook once, or right-click it and choose “Always keep on this device” or “Download now”; "
            "wait until it is there, close it, then try again. Nothing was changed.",
        )


def is_away(info: os.stat_result) -> bool:
    """Whether a file's content is not on this computer, as the system tells.

    Args:
        info: as `os.stat` gives it.
    """
    return bool(getattr(info, "st_file_attributes", 0) & _WINDOWS_AWAY or getattr(info, "st_flags", 0) & _MAC_AWAY)
