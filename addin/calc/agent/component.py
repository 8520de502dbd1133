"""The agent as a component of the office program: its own loader for Python loads it, so that it serves from within."""

import importlib
import os
import sys

import unohelper
from com.sun.star.task import XJob

#: The folder that LibreOffice's Python imports our packages from: this is `addin/calc/agent/component.py` in it.
_ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), *[os.pardir] * 3))


class Serve(unohelper.Base, XJob):
    """Starts the agent; gives the address at which it listens.

    Args:
        context: the component context of the office program.
    """

    def __init__(self, context):
        self._context = context

    def execute(self, arguments):
        """Starts it; called by the office program.

        Args:
            arguments: named values: the `address` to listen at, and the `token` that a caller must know.
        """
        given = {one.Name: one.Value for one in arguments}
        sys.dont_write_bytecode = True
        sys.path.insert(0, _ROOT)
        agent = importlib.import_module("addin.calc.agent")
        return agent.serve(self._context, given["address"], given["token"]).address


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the loader's name
g_ImplementationHelper.addImplementation(Serve, "calc.agent.Serve", ())
