"""Excel, as a press reaches it: by the number of its window and the workbook's name, and as it was afterwards."""

from __future__ import annotations

import atexit
import importlib
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from addin.hosts.office.busy import PATIENCE, PAUSE, Attempts, excel_is_busy, patiently
from workbook.model.errors import BookUnusable, ChampionsError, HostCannot

if TYPE_CHECKING:
    import xlwings

_WINDOWS, _MAC = "xlwings._xlwindows", "xlwings._xlmac"
#: The Mac's answer to a program that the person did not let use Excel.
_NOT_ALLOWED = -1743
_REFRESH = "'Champions.xlam'!Champions.Refresh"


def drop_xlwings_hooks() -> None:
    """Keeps xlwings, once it was imported, from what it does to Excel by itself.

    At the end of the process it would end every EXCEL.exe in which it finds no workbook's window, such as one that
    shows a workbook in Protected View (xlwings issue 2456), or on a Mac run anybody's macro that is called CleanUp. And
    it asks a busy Excel for ever, without a pause, or takes no answer for one.
    """
    for name in (_WINDOWS, _MAC):
        module: Any = sys.modules.get(name)
        if module is not None:
            atexit.unregister(module.cleanup)
    if _WINDOWS in sys.modules:
        vars(sys.modules[_WINDOWS])["N_COM_ATTEMPTS"] = Attempts(PATIENCE / PAUSE)


def attach(window: str, name: str) -> tuple[xlwings.App, xlwings.Book]:
    """The Excel whose button was pressed, and the workbook that was in front then.

    Args:
        window: the number of Excel's window; '' on a Mac, where there is one Excel.
        name: the workbook's name, the only one in that Excel.

    Raises:
        HostCannot: that Excel can't be reached.
        BookUnusable: the workbook is no longer there under that name.
        BookBusy: Excel is busy.
    """
    try:
        app, book = patiently(lambda: _found(window, name))
        if patiently(lambda: book.name) == name:
            return app, book
    except KeyError:
        pass
    except ChampionsError:
        raise
    except Exception as error:
        raise _out_of_reach(error) from error
    raise BookUnusable(
        "That workbook was closed or renamed meanwhile.", next_step="Bring it to the front and press again."
    )


def refresh(app: xlwings.App) -> None:
    """Has the ribbon ask anew what it shows: on a Mac, where it does not wait for a press.

    Args:
        app: the Excel whose button was pressed.
    """
    with suppress(Exception):  # the ribbon may be gone, and does so itself when the next sheet is chosen
        app.macro(_REFRESH)()


def _app(window: str) -> xlwings.App:
    import xlwings

    if window:
        engine: Any = importlib.import_module(_WINDOWS)
        return xlwings.App(impl=engine.App(xl=int(window)))
    app = xlwings.apps.active
    if app is None:
        raise HostCannot("Excel was closed meanwhile.", next_step="Open it and press again.")
    return app


def _found(window: str, name: str) -> tuple[xlwings.App, xlwings.Book]:
    app = _app(window)
    try:
        return app, app.books[name]
    except KeyError as error:
        if excel_is_busy(error):
            raise RuntimeError("busy") from error  # xlwings takes it for a workbook that is not there
        raise


def _out_of_reach(error: Exception) -> HostCannot:
    if getattr(error, "errornumber", None) == _NOT_ALLOWED:
        return HostCannot(
            "macOS does not let the program use Excel.",
            next_step="System Settings, Privacy & Security, Automation: switch on Microsoft Excel, then press again.",
        )
    return HostCannot(
        "Excel can't be reached.",
        next_step="Close open messages in Excel, bring the workbook to the front, press again.",
    )
