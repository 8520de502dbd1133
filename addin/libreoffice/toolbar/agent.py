"""The agent that lets the program reach the open workbook: started at the first press, ended with LibreOffice."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from typing import Any

import unohelper
from com.sun.star.frame import XTerminateListener

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
        self._folder = tempfile.mkdtemp(prefix="champions")  # nobody else may look into it
        place = "tcp:0" if os.name == "nt" else os.path.join(self._folder, "agent")  # noqa: PTH118
        self._server = serve(context, place, self._token)
        context.getServiceManager().createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        ).addTerminateListener(self)

    def variables(self, book: Any) -> dict[str, str]:
        """What tells the program how to reach a workbook, whichever comes to the front meanwhile."""
        return {_ADDRESS: self._server.address, _TOKEN: self._token, _BOOK: book.RuntimeUID}

    def queryTermination(self, event: Any) -> None:  # noqa: N802
        """LibreOffice may end whenever it wants to."""

    def notifyTermination(self, event: Any) -> None:  # noqa: ARG002, N802
        self._server.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def disposing(self, event: Any) -> None:
        """There is nothing left to do then."""
