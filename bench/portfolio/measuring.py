"""How fast a portfolio is, and how much memory it takes."""

import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from addin.lossless import Book
from addin.portfolio.finding import Found, search
from addin.portfolio.keeping import Kept
from addin.portfolio.outputs import make_outputs
from addin.portfolio.portfolio import gather
from addin.portfolio.process import Manner
from addin.portfolio.reading import read
from bench.portfolio.clusters import local_cluster
from bench.portfolio.providers import AS_OF
from workbook.model.registers import REGISTERS, SETUP

_ROOT = Path(__file__).resolve().parents[2]
_CHAMPIONS = [sys.executable, "-m", "addin.frontends.terminal"]
CHANGED = 10


def measure(folder, workers=2):
    """Prints a line for each way."""
    found = search([str(folder)]).books
    print(f"{len(found)} workbooks, {sum(b.path.stat().st_size for b in found) >> 20} MB")
    with tempfile.TemporaryDirectory() as made:
        top = Path(made)
        one = _portfolio(folder, top / "one", "one process", "--workers", "1")
        pool = _portfolio(folder, top / "pool", f"pool of {workers}", "--workers", str(workers))
        with local_cluster(top, workers) as running:
            dask = _portfolio(folder, top / "dask", f"Dask, {workers} workers", "--scheduler", running.address)
        peer = _peer([str(b.path) for b in found], workers)
        for book in found[:CHANGED]:
            _change(book.path)
        again = _portfolio(folder, top / "pool", f"again, {CHANGED} changed", "--workers", str(workers))
    print(f"pool / one process: {one / pool:.2f} x as fast; openpyxl / pool: {peer / pool:.1f} x")
    print(f"Dask: {pool / dask:.2f} of the pool's speed; again: {100 * again / pool:.1f}% of the first run")


def _portfolio(folder, out, name, *more):
    words = ["portfolio", str(folder), "--out", str(out), "--as-of", AS_OF.isoformat(), *more]
    began, used = time.perf_counter(), os.times()
    done = subprocess.run([*_CHAMPIONS, *words], check=False, cwd=_ROOT, capture_output=True, text=True)
    if done.returncode == 2:
        raise SystemExit(done.stderr)
    return _told(name, began, used)


def _told(name, began, used):
    seconds, now = time.perf_counter() - began, os.times()
    processor = now.children_user + now.children_system - used.children_user - used.children_system
    print(f"{name:24} {seconds:7.1f} s, {processor:7.1f} s of processors that this command waited for", flush=True)
    return seconds


def _peer(paths, workers):
    """openpyxl, as fast as it reads, over the same cells by as many processes."""
    began, used = time.perf_counter(), os.times()
    with ProcessPoolExecutor(workers) as pool:
        cells = sum(pool.map(_read_by_openpyxl, paths, chunksize=4))
    seconds = _told("openpyxl, the same cells", began, used)
    print(f"  {cells:,} cells")
    return seconds


def _read_by_openpyxl(path):
    import openpyxl

    wanted = {register.sheet for register in (*SETUP, *REGISTERS)}
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = 0
    for page in book:
        if page.title in wanted:
            cells += sum(cell is not None for row in page.iter_rows(values_only=True) for cell in row)
    book.close()
    return cells


def _change(path):
    book, out = Book(path.read_bytes()), io.BytesIO()
    book.set_properties({"Changed": str(time.time())})
    book.write(out)
    path.write_bytes(out.getvalue())


class Told:
    """An engine that has read all already: what one workbook gave, for each under a digest of its own."""

    def __init__(self, given):
        self.manner, self._given = Manner(AS_OF.isoformat()), given

    def run(self, books, tell):
        for n, book in enumerate(books):
            tell(book, {**self._given, "digest": f"{n:064x}", "workbook_id": f"{n:032x}"})


class Nothing(Kept):
    """Keeps nothing, so that the disk is left alone."""

    def find(self, *_):
        return None

    def keep(self, *_):
        pass


def memory(book, count):
    """The largest memory of a process that holds so many results and makes all outputs of them; prints it."""
    given = read(book, AS_OF)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as top, ExitStack() as files:
        out = Path(top) / "out"
        names = [f"group {n // 40:03}/provider {n:05}.xlsx" for n in range(count)]
        books = [Found(Path("/homes") / name, name) for name in names]
        whole = gather(books, Told(given), Nothing(out, AS_OF.isoformat(), names=False), [], lambda _: None)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        made = make_outputs(whole, out, files)
        for new in made:
            new.put()
        sizes = {new.path.name: new.path.stat().st_size >> 10 for new in made}
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{count:,} results: {before} MB before, {held} MB when all are held, {most} MB with all outputs;")
    print(f"  {time.perf_counter() - began:.0f} seconds; kB of {sizes}")
