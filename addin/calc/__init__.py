"""LibreOffice Calc for xlwings: `xw.Book`, `Range`, `Table` and their kin on a running, visible LibreOffice.

Knows nothing of what a workbook is about. A small agent (`addin.calc.agent`), run by whatever Python LibreOffice has,
answers over a pipe that its user alone can open; this side needs xlwings and nothing of LibreOffice.

    with started(visible=True) as app:
        app.books.open("orders.xlsx").sheets[0]["A1"].value = "paid"

    app = attach(address, token)      # where an extension started the agent
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from addin.calc.errors import CalcError, Gone, NoAnswer, NotDone
from addin.calc.launch import NoOffice, Office, started

if TYPE_CHECKING:
    import xlwings

__all__ = ["CalcError", "Gone", "NoAnswer", "NoOffice", "NotDone", "attach", "detach", "started", "undo_step"]


def attach(address: str, token: str) -> xlwings.App:
    """The running LibreOffice whose agent listens at an address, as xlwings' app; its engine is the active one.

    Args:
        address: a path, or `tcp:` and a port, as the agent's `serve` gave it.
        token: what the agent was started with.

    Raises:
        Gone: nobody listens there.
        NotDone: the token is wrong, or the agent is of another version.
    """
    from addin.calc.engine import joined

    return joined(address, token, Office)


def detach(app: xlwings.App) -> None:
    """Lets go of a LibreOffice that `attach` reached; it goes on with its workbooks.

    Args:
        app: as `attach` gave it.
    """
    app.impl.detach()


def undo_step(book: xlwings.Book, title: str) -> Any:
    """A context at whose end all that was written to a book of LibreOffice is done: one step to undo, all or nothing.

    What is read within is as it was before.

    Args:
        book: open in LibreOffice.
        title: what LibreOffice's undo list calls the step.

    Raises:
        NotDone: something could not be done, so that nothing was.
    """
    return book.impl.undo_step(title)
