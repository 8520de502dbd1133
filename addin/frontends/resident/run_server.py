"""Starts the server, tells who started it, and lives without a terminal."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path

from addin.frontends.faults import write_fault
from addin.frontends.resident.server import IDLE, Another, Handler, Server
from addin.frontends.toolbar.resident_client.rendezvous import ANOTHER, READY


def serve(folder: Path, of_version: str, belongs: str, handler: Handler, *, idle: float = IDLE) -> int:
    """Serves until it is of no use any more, and gives the exit code.

    Args:
        folder: of the user's own.
        of_version: what whoever starts it takes the program to be.
        belongs: what whoever asks must have in common with it.
        handler: does a request.
        idle: seconds without a request after which it ends.
    """
    if version("champion-workbook") != of_version:
        return 2
    try:
        server = Server(folder, belongs, handler, fault=write_fault, idle=idle)
    except Another:
        _say_last(ANOTHER)
        return 0
    _say_last(READY)
    server.run()
    return 0


def _say_last(word: str) -> None:
    """Prints a word and nothing more: whoever started it reads no further, and may have ended when it would."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.close(nothing)
