"""Hostile days in the open workbook: whatever dies or comes between, it is the old or the new one, cell by cell.

    python3 -m tests.support.hostile --python .venv/bin/python --times 300

A Python that speaks UNO runs this. In each round a fresh copy of the example is opened in a LibreOffice with the
toolbar, and a button is pressed. At a moment of the press (while it reads, right before it asks for its changes to be
made, while they are made, right after, while the result is shown) the process of the press, the agent or LibreOffice
itself is killed, or the person does something: closes the workbook, saves it under another name, brings another one to
the front, types, opens a dialog, presses once more. Then

- every cell, table, tab and protection is as before the press, or as after a press that nothing disturbed;
- what was typed is there; the other open workbook holds and computes what it did; what is said is true;
- Undo and Redo work, the window is drawn, formulas are computed, the toolbar is ready;
- the next press does all that it should; nothing is left behind, neither files nor processes.

Each pair of victim and moment comes once before any comes again.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.support.hostile.desk import Desk
from tests.support.hostile.rounds import MOMENTS, VICTIMS, Bench

#: With this beside the agent nothing that it switches off is put back, and nothing is one step: the bench must notice.
CARELESS = """
from .operations import together as _together
_together._Resting.__exit__ = lambda *_: None
"""

#: So many rounds are made however slow the machine is.
_LEAST = 2


def main():
    given = arguments()
    chance = random.Random(given.seed)
    began, wrong, count = time.monotonic(), 0, Counter()
    with tempfile.TemporaryDirectory(prefix="hostile") as folder:
        desk = Desk(Path(folder), given.python)
        try:
            desk.lay_hook(CARELESS if given.careless else "")
            bench = Bench(desk, given.python)
            deck = []
            for number in range(given.times):
                if number >= _LEAST and time.monotonic() - began > given.seconds:
                    break
                deck = deck or chance.sample(pairs(given.only), len(pairs(given.only)))
                victim, moment = deck.pop()
                found, how = bench.round(number, victim, moment, chance)
                count[victim, moment] += 1
                wrong += bool(found)
                sys.stdout.write(
                    f"{'WRONG' if found else 'held '} {number:3} {how}{': ' if found else ''}{'; '.join(found)}\n"
                )
                sys.stdout.flush()
        finally:
            desk.close()
    write_table(count)
    sys.stdout.write(f"{count.total()} rounds, {time.monotonic() - began:.0f} s; {wrong} wrong\n")
    return bool(wrong)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=str(Path(sys.prefix) / "bin" / "python"), help="the one with the program")
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=86_400, help="no round but the first two is begun after that")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="one victim alone")
    parser.add_argument("--careless", action="store_true", help="with an agent that puts nothing back: must fail")
    return parser.parse_args()


def pairs(only):
    return [(victim, moment) for victim in VICTIMS if only in ("", victim) for moment in MOMENTS]


def write_table(count):
    sys.stdout.write(f"\n{'':18}" + "".join(f"{moment:>11}" for moment in MOMENTS) + "\n")
    for victim in VICTIMS:
        cells = "".join(f"{count[victim, moment]:11}" for moment in MOMENTS)
        sys.stdout.write(f"{victim:18}{cells}\n")


if __name__ == "__main__":
    sys.exit(main())
