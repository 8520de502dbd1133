"""A Dask cluster on this machine, in a process of its own."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parents[2]
_START = """
import sys, dask, distributed
if __name__ == "__main__":
    dask.config.set({"distributed.scheduler.allowed-failures": int(sys.argv[2])})
    with distributed.LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


class Running(NamedTuple):
    """A cluster that runs: its scheduler's address, and the process that started them."""

    address: str
    process: subprocess.Popen


@contextmanager
def local_cluster(folder, workers=2, failures=3):
    """Yields it while it runs.

    Args:
        folder: where its script and its own files go.
        workers: how many, each of one thread.
        failures: how often Dask gives a task whose worker died to another one.
    """
    script = folder / "start_cluster.py"
    script.write_text(_START, encoding="utf-8")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    words = [sys.executable, str(script), str(workers), str(failures)]
    here = {**os.environ, "PYTHONPATH": str(_ROOT)}
    with subprocess.Popen(words, cwd=folder, text=True, env=here, start_new_session=True, **pipes) as process:
        address = process.stdout.readline().strip()
        try:
            yield Running(address, process)
        finally:
            try:
                process.communicate("", timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
