"""The log of faults of ours: what went wrong in the program, never what stands in a workbook."""

from __future__ import annotations

import datetime as dt
import traceback
from pathlib import Path


def write_fault(error: Exception) -> Path:
    """Writes where in the program the fault arose, without its message (it may quote an entry); gives the file."""
    import platformdirs

    folder = Path(platformdirs.user_log_dir("champions", appauthor=False, ensure_exists=True))
    place = folder / "faults.log"
    frames = "\n".join(f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__))
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    with place.open("a", encoding="utf-8") as log:
        log.write(f"{now} {type(error).__name__}\n{frames}\n")
    return place
