"""What a killed press leaves switched off in Excel is noted before it is switched off, and put right by the next press.

LibreOffice needs none of this: there a press is one request, and what it switches off is put back with it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from addin.hosts.office import native

if TYPE_CHECKING:
    import xlwings

_LONGEST = 1 << 20
_TITLE = "Champions"
_ASKED = (
    "The last press in this workbook did not get to its end: its process was stopped while it wrote. Cells may be "
    "written in part, and this is still switched off: {off}.\n\nPut that right now? Then press the button again, which "
    "writes its tables anew; or close the workbook without saving, and open it again."
)


@dataclass
class Off:
    """What is switched off while a press writes.

    Attributes:
        drawn, events: whether the screen was drawn and events told before.
        computing: the sheets whose formulas were computed before.
        opened: the sheets whose protection was taken away.
    """

    drawn: bool
    events: bool
    computing: list[str]
    opened: list[str]


@contextmanager
def noted(book: xlwings.Book, off: Off) -> Iterator[Callable[[str], None]]:
    """Notes what is switched off for as long as it is; gives what notes a sheet whose protection is taken away next.

    Args:
        book: the workbook, open in Excel.
        off: what is switched off.
    """
    place = _place(book)

    def opening(sheet: str) -> None:
        off.opened.append(sheet)
        _write(place, off)

    _write(place, off)
    try:
        yield opening
    finally:
        with suppress(OSError):
            place.unlink()


def left(book: xlwings.Book) -> Off | None:
    """What a press that was killed left switched off in a workbook; None where none did.

    Excel waits for a press before it takes another one, so that a note that is there is none of one at work.

    Args:
        book: the workbook, open in Excel.
    """
    place = _place(book)
    with suppress(OSError, ValueError, TypeError, KeyError):
        if place.stat().st_size > _LONGEST:
            return None
        known = json.loads(place.read_text(encoding="utf-8"))
        computing, opened = ([str(name) for name in known[kind]] for kind in ("computing", "opened"))
        return Off(bool(known["drawn"]), bool(known["events"]), computing, opened)
    return None


def offer(book: xlwings.Book) -> None:
    """Asks whether what a killed press left shall be put right, where one left something, and does so.

    Args:
        book: the workbook, open in Excel.
    """
    off = left(book)
    if off is None:
        return
    words = ", ".join(_words(book, off))
    if words and book.app.alert(_ASKED.format(off=words), title=_TITLE, buttons="yes_no") != "yes":
        return  # the next press asks again
    put_right(book, off)
    with suppress(OSError):
        _place(book).unlink()


def put_right(book: xlwings.Book, off: Off) -> None:
    """Switches on again what is off, and protects sheets again.

    Args:
        book: the workbook, open in Excel.
        off: as `left` gave it.
    """
    app, sheets = book.app, {sheet.name: sheet for sheet in book.sheets}
    for name in off.opened:
        if name in sheets and not native.is_protected(sheets[name]):
            native.protect(sheets[name])
    native.set_computing(book, off.computing, on=True)
    app.enable_events = off.events
    app.screen_updating = off.drawn
    app.status_bar = False


def _words(book: xlwings.Book, off: Off) -> Iterator[str]:
    app, sheets = book.app, {sheet.name: sheet for sheet in book.sheets}
    if off.drawn and not app.screen_updating:
        yield "the drawing of the screen"
    if off.events and not app.enable_events:
        yield "what other add-ins do when a cell changes"
    if set(off.computing) - set(native.computing(book)):
        yield "the computing of this workbook's formulas"
    open_ = [name for name in off.opened if name in sheets and not native.is_protected(sheets[name])]
    if open_:
        yield f"the protection of {' and '.join(open_)}"


def _place(book: xlwings.Book) -> Path:
    import platformdirs

    name = hashlib.blake2b(native.full_name(book).encode("utf-8", "replace"), digest_size=12).hexdigest()
    return Path(platformdirs.user_state_dir("champions", appauthor=False)) / "at work" / f"{name}.json"


def _write(place: Path, off: Off) -> None:
    with suppress(OSError):  # a press goes on where nothing can be noted
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = place.with_name(f"{place.name}.{os.getpid()}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(off), file)
        new.replace(place)
