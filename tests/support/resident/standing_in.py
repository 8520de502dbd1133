"""A resident process that does simple things, for tests: `python -m tests.support.resident.standing_in FOLDER …`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from addin.frontends.resident.run_server import serve


def do(request):
    match request["do"]:
        case "fail":
            raise ValueError("as asked")
        case "sleep":
            Path(request["tell"]).touch()
            time.sleep(request["seconds"])
        case "size":
            pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
            return {"kB": int(pages) * os.sysconf("SC_PAGE_SIZE") // 1024}
    return {"pid": os.getpid(), "said": request.get("say"), "variable": os.environ.get("ONLY_IN_THE_TEST")}


if __name__ == "__main__":
    sys.exit(serve(Path(sys.argv[1]), sys.argv[2], sys.argv[3], do, idle=float(os.environ.get("IDLE_SECONDS", "60"))))
