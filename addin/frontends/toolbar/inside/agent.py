"""The agent that lets the program reach the open workbook: started at the first press, ended with LibreOffice."""

from __future__ import annotations

import secrets
from typing import Any

import unohelper
from com.sun.star.frame import XTerminateListener

from .place import Place
from .settings import agent_place

#: By these the program finds the agent, and the workbook whose button was pressed.
_ADDRESS, _TOKEN, _BOOK = "CHAMPIONS_CALC_ADDRESS", "CHAMPIONS_CALC_TOKEN", "CHAMPIONS_CALC_BOOK"


class Agent(unohelper.Base, XTerminateListener):
    """An agent that listens for its own user alone.

    Args:
        context: the component context of LibreOffice.
    """

    def __init__(self, context: Any) -> None:
        from addin.calc.agent import serve

        self._token = secrets.token_hex(32)
        self._place = Place(agent_place())
        self._server = serve(context, self._place.address, self._token)
        context.getServiceManager().createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        ).addTerminateListener(self)

    @property
    def listens(self) -> bool:
        """Whether the program finds it still."""
        return bool(self._server.listens)

    def end(self) -> None:
        """Ends it, and leaves nothing behind."""
        self._server.close()
        self._place.leave()

    def variables(self, book: Any) -> dict[str, str]:
        """What tells the program how to reach a workbook, whichever comes to the front meanwhile."""
        return {_ADDRESS: self._server.address, _TOKEN: self._token, _BOOK: book.RuntimeUID}

    def queryTermination(self, event: Any) -> None:  # noqa: N802
        """LibreOffice may end whenever it wants to."""

    def notifyTermination(self, event: Any) -> None:  # noqa: ARG002, N802
        self.end()

    def disposing(self, event: Any) -> None:
        """There is nothing left to do then."""
