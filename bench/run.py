"""Measures whole processes, in turn, and prints medians, ratios and what is to be reached.

    python bench/run.py [--sizes 1000,10000,100000]

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
FLOOR = "floor (unzip and parse)"


def once(command):
    """Seconds on the clock and of the processor, and peak memory in MB, of one run of a command.

    One that fails has no time worth printing.
    """
    began = time.perf_counter()
    devnull = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, devnull, 1), (os.POSIX_SPAWN_DUP2, devnull, 2)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    os.close(devnull)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def in_turn(commands, rounds):
    """Median seconds (clock, processor) and largest memory of each named command, run in turn."""
    taken = {name: [] for name in commands}
    for command in commands.values():
        once(command())
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(once(command()))
    columns = {name: tuple(zip(*runs, strict=True)) for name, runs in taken.items()}
    return {n: (statistics.median(c[0]), statistics.median(c[1]), max(c[2])) for n, c in columns.items()}


def show(title, figures, base):
    print(f"\n{title}\n{'':38}{'seconds':>9}{'cpu':>9}{'MB':>8}   x {base} (clock, cpu)")
    for name, (seconds, spent, memory) in figures.items():
        ratios = f"{seconds / figures[base][0]:.2f} {spent / figures[base][1]:.2f}"
        print(f"{name:38}{seconds:9.3f}{spent:9.3f}{memory:8.0f}   {ratios}")
    return figures


def show_reach(rows):
    """A line for each goal: its case, how often the base's processor time it takes, and how often it may."""
    print(f"\n{'What is to be reached (processor time)':62}{'now':>8}{'reach':>8}")
    for case, now, reach in rows:
        print(f"{case:62}{now:8.2f}{reach:8.2f}")


def ratio(figures, name, base):
    """How often the processor time of one is in that of another."""
    return figures[name][1] / figures[base][1]


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
        figures = show("The example programme", in_turn(small, chosen.rounds), "bare Python")
        written = "triggers written, example"
        goals = [
            ("example: triggers written / --no-write", ratio(figures, written, "triggers --no-write, example"), 1.6),
            ("example: check --no-write / bare Python", ratio(figures, "check --no-write, example", "bare Python"), 9),
        ]
        if not chosen.no_peers:
            goals.append(
                (
                    "example: triggers written / openpyxl load and save",
                    ratio(figures, written, "openpyxl, example"),
                    0.4,
                )
            )
        goals += unusual(work, champions, chosen)
        for size in map(int, chosen.sizes.split(",")):
            goals += goals_of(size, measure(work, size, champions, chosen))
        show_reach(goals)


#: Workbooks unlike others: what they are called, how they are made, and what their runs may take.
UNUSUAL = {
    "200,000 formulas on people's own sheets": ("1000", "--own-formulas", "200000"),
    "1,000 champions, 100 services, 500 entries": ("500", "--champions", "1000", "--services", "100"),
}


def unusual(work, champions, chosen):
    """Workbooks of which one thing is large: the formulas that people put in, or the number of champions."""
    figures, book = {}, work / "unusual.xlsx"
    for name, (size, *more) in UNUSUAL.items():
        make = [sys.executable, str(BENCH / "make_big.py"), size, str(book), *more]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        commands = {
            "triggers --no-write": lambda: [*champions, "triggers", str(book), "--no-write", "--json"],
            "triggers written": lambda: [*champions, "triggers", str(copied(book, work)), "--json"],
        }
        figures[name] = show(name, in_turn(commands, chosen.rounds), "triggers --no-write")
    formulas, many = figures.values()
    return [
        (
            "200,000 own formulas: triggers written / --no-write",
            ratio(formulas, "triggers written", "triggers --no-write"),
            2.5,
        ),
        ("1,000 champions: triggers --no-write, seconds", many["triggers --no-write"][1], 1.0),
        ("1,000 champions: triggers written, seconds", many["triggers written"][1], 1.0),
    ]


def goals_of(size, figures):
    """What is to be reached with so many support entries, and what was."""
    goals = [
        ("check --no-write / floor", ratio(figures, "check --no-write", FLOOR), 3.2),
        ("check written back / floor", ratio(figures, "check, written back", FLOOR), 4.5),
        ("triggers / check", ratio(figures, "triggers --no-write", "check --no-write"), 1.15),
        ("memory, check --no-write, MB", figures["check --no-write"][2], 220),
        ("memory, check written back, MB", figures["check, written back"][2], 280),
    ]
    return [(f"{size:,} entries: {case}", now, reach) for case, now, reach in goals]


def measure(work, size, champions, chosen):
    python = sys.executable
    book = work / f"{size}.xlsx"
    subprocess.run([python, str(BENCH / "make_big.py"), str(size), str(book)], check=True, stdout=subprocess.DEVNULL)

    def fresh(*command):
        return lambda: [*champions, *command[:1], str(copied(book, work)), *command[1:]]

    ours = {
        FLOOR: lambda: [python, str(BENCH / "floor.py"), str(book)],
        "check --no-write": lambda: [*champions, "check", str(book), "--no-write", "--json"],
        "check, written back": fresh("check", "--json"),
        "triggers --no-write": lambda: [*champions, "triggers", str(book), "--no-write", "--json"],
    }
    figures = show(f"{size:,} support entries", in_turn(ours, chosen.rounds), FLOOR)
    if not chosen.no_peers:
        beside_others(work, size, book, ours["check --no-write"])
    return figures


def beside_others(work, size, book, check):
    """The same workbook checked and written by other libraries."""
    python = sys.executable
    saved = str(work / "saved.xlsx")
    peers = {
        "check --no-write": check,
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
