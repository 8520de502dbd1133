"""Measures whole processes, in turn, and prints medians and ratios: `python bench/run.py [--sizes 1000,10000,100000]`.

Trust the ratios: every figure of a size comes from one run on one machine, the commands taken in turn.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"


def once(command):
    """Seconds and peak memory in MB of one run of a command. One that fails has no time worth printing."""
    began = time.perf_counter()
    devnull = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, devnull, 1), (os.POSIX_SPAWN_DUP2, devnull, 2)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    os.close(devnull)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def in_turn(commands, rounds):
    """Median seconds and largest memory of each named command, run in turn."""
    taken = {name: [] for name in commands}
    for command in commands.values():
        once(command())
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(once(command()))
    return {n: (statistics.median(s for s, _ in runs), max(m for _, m in runs)) for n, runs in taken.items()}


def show(title, figures, base):
    print(f"\n{title}\n{'':38}{'seconds':>9}{'MB':>8}   x {base}")
    for name, (seconds, memory) in figures.items():
        print(f"{name:38}{seconds:9.3f}{memory:8.0f}   {seconds / figures[base][0]:.2f}")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="1000,10000,100000")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--no-peers", action="store_true", help="leave out the slow comparisons")
    chosen = options.parse_args()
    python = sys.executable
    champions = [python, "-m", "addin.frontends.terminal"]
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([python, "-m", "compileall", "-q", str(ROOT / "workbook"), str(ROOT / "addin")], check=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        subprocess.run(
            [*champions, "new", str(work / "example.xlsx"), "--example"], check=True, stdout=subprocess.DEVNULL
        )
        example = str(work / "example.xlsx")
        small = {
            "bare Python": lambda: [python, "-c", "pass"],
            "check --no-write, example": lambda: [*champions, "check", example, "--no-write", "--json"],
            "triggers --no-write, example": lambda: [*champions, "triggers", example, "--no-write", "--json"],
            "triggers written, example": lambda: [*champions, "triggers", str(copied(example, work)), "--json"],
        }
        if not chosen.no_peers:
            saved = str(work / "saved.xlsx")
            small["openpyxl, example"] = lambda: [python, str(BENCH / "peer_save.py"), example, saved]
        show("The example programme", in_turn(small, chosen.rounds), "bare Python")
        for size in map(int, chosen.sizes.split(",")):
            measure(work, size, champions, chosen)


def measure(work, size, champions, chosen):
    python = sys.executable
    book = work / f"{size}.xlsx"
    subprocess.run([python, str(BENCH / "make_big.py"), str(size), str(book)], check=True, stdout=subprocess.DEVNULL)

    def fresh(*command):
        return lambda: [*champions, *command[:1], str(copied(book, work)), *command[1:]]

    ours = {
        "floor (unzip and parse)": lambda: [python, str(BENCH / "floor.py"), str(book)],
        "check --no-write": lambda: [*champions, "check", str(book), "--no-write", "--json"],
        "check, written back": fresh("check", "--json"),
        "triggers --no-write": lambda: [*champions, "triggers", str(book), "--no-write", "--json"],
    }
    show(f"{size:,} support entries", in_turn(ours, chosen.rounds), "floor (unzip and parse)")
    if chosen.no_peers:
        return
    saved = str(work / "saved.xlsx")
    peers = {
        "check --no-write": ours["check --no-write"],
        "pandas + openpyxl + pydantic": lambda: [python, str(BENCH / "peer_pydantic.py"), str(book)],
        "pandas + openpyxl + pandera": lambda: [python, str(BENCH / "peer_pandera.py"), str(book)],
    }
    rounds = 1 if size > 20000 else 3
    show(f"{size:,} support entries, beside others", in_turn(peers, rounds), "check --no-write")
    writers = {
        "our writer": lambda: [python, str(BENCH / "lossless_write.py"), str(copied(book, work))],
        "wolfxl": lambda: [python, str(BENCH / "peer_write.py"), "wolfxl", str(book), saved],
        "openpyxl": lambda: [python, str(BENCH / "peer_write.py"), "openpyxl", str(book), saved],
    }
    show(f"200 cells and 300 findings into {size:,} entries", in_turn(writers, rounds), "our writer")


def copied(book, work):
    """A fresh copy of a workbook, with nothing kept beside it."""
    shutil.rmtree(work / "kept", ignore_errors=True)
    return shutil.copyfile(book, work / "copy.xlsx")


if __name__ == "__main__":
    main()
