"""Many simulated providers as workbooks, and a portfolio made of them in every way.

    python -m bench.portfolio make N FOLDER [--seed S] [--sound]      or make providers N=1000
    python -m bench.portfolio prove FOLDER [--seconds S]
    python -m bench.portfolio measure FOLDER [--results N]

`make` writes N providers' workbooks of different size, stage and quality, with what was planted in `planted.json`
beside them, and twenty spoilt files among them, unless --sound leaves these out. The same seed gives the same ones.
`prove` makes a portfolio of the folder by a pool of which one process is killed, and by a Dask cluster on this machine
of which one worker is killed: both must give the same bytes, name each spoilt file with its reason, and say of each
service what the rules say of the same programme in memory. `measure` times a folder of sound ones in each way, changes
ten of them for a second run, and takes the memory of a process that holds so many results.
"""

import argparse
import json
import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.portfolio.clusters import local_cluster
from bench.portfolio.filling import filled
from bench.portfolio.measuring import measure, memory
from bench.portfolio.providers import AS_OF, draw
from bench.portfolio.proving import prove
from bench.portfolio.spoiling import spoil

PLANTED = "planted.json"


def make(folder, providers, *, spoilt=True, endless=True):
    """Writes the workbooks; gives what was planted, as `PLANTED` has it.

    Args:
        folder: it is made.
        providers: whose workbooks.
        spoilt: whether spoilt ones are put among them.
        endless: whether one of these is so large that the time is over before it is read.
    """
    folder.mkdir(parents=True)
    jobs = [(str(folder / p.name), p) for p in providers]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(_write, jobs, chunksize=4):
            pass
    bad = {}
    if spoilt:
        bad = spoil(folder / "group 01" / "spoilt", [folder / p.name for p in providers[:4]], endless=endless)
    told = {
        "as_of": AS_OF.isoformat(),
        "providers": {
            p.name: {
                "seed": p.seed,
                "number": p.number,
                "services": p.services,
                "staff": p.staff,
                "stage": p.stage,
                "slips": p.quality,
                "problem": p.problem,
                "trigger": p.trigger,
                "since": p.since.isoformat() if p.since else None,
            }
            for p in providers
        },
        "spoilt": {f"group 01/spoilt/{name}": list(reason) for name, reason in bad.items()},
    }
    (folder / PLANTED).write_text(json.dumps(told, indent=1), encoding="utf-8")
    return told


def _write(job):
    path, provider = Path(job[0]), job[1]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(filled(provider))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    does = parser.add_subparsers(dest="does", required=True)
    making = does.add_parser("make")
    making.add_argument("count", type=int)
    making.add_argument("folder", type=Path)
    making.add_argument("--seed", type=int, default=1)
    making.add_argument("--sound", action="store_true")
    proving = does.add_parser("prove")
    proving.add_argument("folder", type=Path)
    proving.add_argument("--seconds", type=float, default=20.0, help="what one workbook may take")
    measuring = does.add_parser("measure")
    measuring.add_argument("folder", type=Path)
    measuring.add_argument("--results", type=int, default=20_000, help="of how many to take the memory")
    given = parser.parse_args()
    began = time.perf_counter()
    if given.does == "make":
        providers = [draw(given.seed, n) for n in range(given.count)]
        make(given.folder, providers, spoilt=not given.sound)
        print(f"{given.count} workbooks in {time.perf_counter() - began:.0f} seconds")
    elif given.does == "measure":
        measure(given.folder)
        memory(next(given.folder.rglob("provider*.xlsx")), given.results)
    else:
        told = json.loads((given.folder / PLANTED).read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as made, local_cluster(Path(made)) as running:
            wrong = list(prove(given.folder, told, given.seconds, running))
        print("\n".join(wrong) or "All holds.")
        raise SystemExit(int(bool(wrong)))


if __name__ == "__main__":
    main()
