"""A process that reads workbooks one after the other for a portfolio, each told and answered as one line of JSON.

It dies with what it reads, not with the others: whoever started it starts another (`process.py`).
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from addin.isolated import leave_folder
from addin.portfolio.problems import of_error
from addin.portfolio.reading import read


def serve(asked: IO[str], said: IO[str]) -> None:
    """Answers each line until there is none.

    Args:
        asked: a workbook a line, as JSON.
        said: what became of each, a line as JSON in the same order.
    """
    for line in asked:
        job = json.loads(line)
        try:
            day = dt.date.fromisoformat(job["as_of"])
            sent = None if job["data"] is None else base64.b64decode(job["data"])
            given = read(Path(job["path"]), day, sent, names=bool(job["names"]), called=job["name"])
            answer: dict[str, object] = {"read": given}
        except Exception as error:  # noqa: BLE001 - each becomes a line; the rest goes on
            answer = {"problem": list(of_error(job["name"], error))}
        said.write(json.dumps(answer) + "\n")
        said.flush()


def _hold_memory(most: int) -> None:
    """Keeps this process from having more memory than that, where the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> None:
    """Serves standard input; what else writes on standard output would be no answer, so it goes elsewhere."""
    _hold_memory(int(sys.argv[1]))
    said, sys.stdout = sys.stdout, sys.stderr
    serve(sys.stdin, said)


if __name__ == "__main__":
    leave_folder()
    main()
