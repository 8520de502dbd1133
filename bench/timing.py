"""What the benches that time work within one process share."""

import statistics
import time


def timed(work, rounds, pause=0.0):
    """The median seconds of several runs, after one that is not counted; `pause` seconds before each."""
    work()
    taken = []
    for _ in range(rounds):
        time.sleep(pause)
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
