"""The Python within LibreOffice, where a Linux distribution has the two share the system's.

LibreOffice starts it by its name alone, so that it takes for its own whatever `python3` stands first in the path:
beside an environment's or another version's it finds none of the system's libraries, `uno` among them.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from addin.isolated import ISOLATED

OF_THE_SYSTEM = Path("/usr/bin/python3")
_SECONDS = 30


def finds_its_library(path: str) -> bool:
    """Whether that Python finds LibreOffice's library where programs are looked for along a path.

    What can't be asked is not held against it.
    """
    as_embedded = ["python3", *ISOLATED, "-c", "import uno"]
    try:
        done = subprocess.run(  # noqa: S603 - the system's own
            as_embedded,
            executable=OF_THE_SYSTEM,
            env={**os.environ, "PATH": path},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return True
    return done.returncode == 0
