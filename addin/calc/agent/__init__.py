"""What runs beside a spreadsheet: answers requests about open workbooks over a pipe that its user alone can open.

Standard library and `uno` alone, so that LibreOffice's own Python runs it, whatever its version from 3.7 on. It is
copied into extensions under another name, and therefore imports itself relatively. Both ends speak over `addin.pipe`.
"""

from __future__ import annotations

from typing import Any


def serve(context: Any, address: str, token: str) -> Any:
    """Starts serving an office program in a thread of its own; see `server.Server`.

    Args:
        context: its UNO component context.
        address: where to listen: a path, or `tcp:0`; see `addin.pipe.listen`.
        token: what a caller must know.
    """
    from .server import Server

    return Server(context, address, token)
