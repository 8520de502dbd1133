"""The process itself: `python -m addin.frontends.resident FOLDER VERSION BELONGS`, started by its client alone."""

from __future__ import annotations

import sys
from pathlib import Path

from addin.isolated import leave_folder

if __name__ == "__main__":
    leave_folder()
    from addin.frontends.resident.press_handler import press
    from addin.frontends.resident.run_server import serve

    sys.exit(serve(Path(sys.argv[1]), sys.argv[2], sys.argv[3], press))
