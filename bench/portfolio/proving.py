"""One portfolio by a pool and by a Dask cluster, somebody killed in each: the same bytes, and nothing missed."""

import io
import os
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, nullcontext
from pathlib import Path

import psutil
import pyarrow.parquet as pq

from addin.portfolio.cluster import Cluster
from addin.portfolio.finding import search
from addin.portfolio.keeping import Kept
from addin.portfolio.outputs import make_outputs
from addin.portfolio.pool import Pool
from addin.portfolio.portfolio import gather
from addin.portfolio.process import Limits, Manner
from bench.population.chances import CODES, PROBLEMS
from bench.portfolio.providers import draw
from workbook.model.triggers import ScopeKind
from workbook.model.view import View
from workbook.rules.triggers import evaluate

ASKING = ("raised", "watch")


def prove(folder, told, seconds, running):
    """Says what was found, and yields what does not hold.

    Args:
        folder: as `make` filled it.
        told: what was planted there.
        seconds: what one workbook may take.
        running: a cluster.
    """
    manner = Manner(told["as_of"], limits=Limits(seconds=seconds))
    with tempfile.TemporaryDirectory() as made:
        by_pool = _one(folder, Pool(2, manner), Path(made) / "pool", _kill_reader, "pool")
        by_dask = _one(
            folder,
            Cluster(running.address, manner),
            Path(made) / "dask",
            lambda: _kill(running.process.pid, "spawn_main"),
            "Dask",
        )
    yield from (f"{name} differs between pool and Dask" for name in by_pool if by_pool[name] != by_dask[name])
    yield from _spoilt(by_pool, told["spoilt"])
    yield from _states(by_pool, told)


def _one(folder, engine, out, kill, name):
    """The portfolio, and its files' bytes; a process is killed once a tenth is read."""
    found = search([str(folder)])
    steps = 0

    def step(_):
        nonlocal steps
        steps += 1
        if steps == max(2, len(found.books) // 10):
            kill()

    began = time.perf_counter()
    kept = Kept(out, engine.manner.as_of, names=False)
    whole = gather(found.books, engine, kept, found.problems, step)
    print(f"{name}: {whole.counts}, {time.perf_counter() - began:.0f} seconds", flush=True)
    with ExitStack() as files:
        made = make_outputs(whole, out, files)
        for new in made:
            new.put()
    return {"problems": whole.problems, **{new.path.name: new.path.read_bytes() for new in made}}


def _kill_reader():
    _kill(os.getpid(), "addin.portfolio.worker")


def _kill(starter, word):
    """Kills the first process that was started, at one or two removes, by another one and has this in its line."""
    there = psutil.Process(starter).children(recursive=True)
    victim = next(process for process in there if any(word in part for part in process.cmdline()))
    victim.kill()
    print(f"process {victim.pid} was killed", flush=True)


def _spoilt(made, spoilt):
    named = {p.file: p for p in made["problems"]}
    for name, (code, word) in spoilt.items():
        problem = named.pop(name, None)
        if problem is None:
            yield f"{name} is not named"
        elif problem.code != code or word not in problem.message:
            yield f"{name}: {problem.code}, {problem.message}"
    yield from (f"{name}: {p.code}, {p.message}" for name, p in named.items())
    print(f"{len(spoilt)} spoilt ones: {dict(Counter(code for code, _ in spoilt.values()))}")


def _states(made, told):
    """Differences between what a workbook says and what the rules say of its programme in memory."""
    rows = {}
    for row in pq.read_table(io.BytesIO(made["results.parquet"])).to_pylist():
        trigger = row["measure"].removeprefix("champions with ").partition(" ")[0]
        rows.setdefault(row["file"], {})[row["service"], trigger] = row
    asking = {problem: ([], []) for problem in PROBLEMS}
    providers = [draw(facts["seed"], facts["number"]) for facts in told["providers"].values()]
    with ProcessPoolExecutor(os.cpu_count()) if len(providers) > 20 else nullcontext() as pool:
        answers = list((pool.map if pool else map)(in_memory, providers))
    for (name, facts), expected in zip(told["providers"].items(), answers, strict=True):
        there = rows.get(name, {})
        for place, says in expected.items():
            row = there.get(place, {})
            if says not in (row.get("state"), row.get("numerator")):
                yield f"{name} {' '.join(place)}: {row} in the workbook, {says} in memory"
        if facts["stage"] == "running":
            _note(asking, facts["problem"], expected)
    _tell(asking)


def _note(asking, planted, expected):
    """Notes for each problem whether its trigger asks, where the problem was planted and where nothing was."""
    for problem, trigger in PROBLEMS.items():
        says = expected.get(("" if trigger[0] == "F" else CODES[0], trigger))
        if planted in (problem, None):
            asking[problem][planted is None].append(says in ASKING or (isinstance(says, int) and says > 0))


def _tell(asking):
    print("planted problem, trigger: share of providers in which it asks on the day, beside those with nothing planted")
    for problem, (planted, others) in asking.items():
        if planted and others:
            share, beside = sum(planted) / len(planted), sum(others) / len(others)
            print(f"  {problem:18} {PROBLEMS[problem]:3} {share:4.0%} of {len(planted):3}, beside {beside:4.0%}")


def in_memory(provider):
    """What the rules say of a provider's programme on its day, no workbook between.

    Returns:
        {(service, trigger): state, or the number of champions for whom it asks}; the service is '' for the programme.
    """
    view = View(provider.programme().snapshot(), provider.own_day())
    teams = {c.champion_id: code for code in provider.codes for c in view.champions_of(code)}
    said = {}
    for result in evaluate(view):
        if result.scope.kind is ScopeKind.CHAMPION:
            place = teams[result.scope.id], result.trigger
            said[place] = said.get(place, 0) + (result.state.value in ASKING)
        else:
            place = result.scope.id if result.scope.kind is ScopeKind.SERVICE else "", result.trigger
            said[place] = result.state.value
    return said
