"""champions portfolio by a real Dask cluster on this machine: the same result, whoever dies."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from addin.frontends.terminal import main
from addin.output.masterbook import write_master
from addin.portfolio import cluster
from addin.portfolio.cluster import Cluster, batches, read_batch
from addin.portfolio.finding import Found
from addin.portfolio.problems import Problem
from addin.portfolio.process import Manner
from bench.portfolio.__main__ import make
from bench.portfolio.clusters import local_cluster
from bench.portfolio.providers import draw
from bench.portfolio.proving import prove
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.errors import ChampionsError

DAY = "2026-06-30"
# Their own warnings, of their own threads.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.long]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with local_cluster(tmp_path_factory.mktemp("cluster"), failures=1) as found:
        yield found


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("homes")
    example = simulate(weeks=4)
    write_master(folder / "a.xlsx", plan_book(example.tables, example.until))
    for name in ("b", "c", "d"):
        shutil.copy(folder / "a.xlsx", folder / f"{name}.xlsx")
    (folder / "damaged.xlsx").write_bytes((folder / "a.xlsx").read_bytes()[:9000])
    return folder


def killing(batch, manner):
    """Reads as a worker does, but kills the first worker that is to read b, and every one that is to read d."""
    for asked in batch:
        seen = Path(asked.path).with_suffix(".seen")
        with seen.with_name("batches").open("a") as file:
            file.write(f"{len(batch)}\n")
        if asked.name == "b.xlsx" and not seen.exists():
            seen.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if asked.name == "d.xlsx" and seen.with_name("deadly").exists():
            os.kill(os.getpid(), signal.SIGKILL)
    return read_batch(batch, manner)


def test_dask_itself_gives_the_batch_of_a_worker_that_died_to_another_one(running, homes, monkeypatch):
    monkeypatch.setattr(cluster, "read_batch", killing)
    told = {}
    books = [Found(homes / f"{name}.xlsx", f"{name}.xlsx") for name in ("b", "c")]
    Cluster(running.address, Manner(DAY), send=True).run(books, lambda book, made: told.setdefault(book.name, made))
    assert (homes / "b.seen").exists(), "a worker was killed"
    assert set((homes / "batches").read_text().split()) == {"2"}, "the batch came again as it was"
    assert all(outcome["lines"] for outcome in told.values())


def test_pool_and_cluster_give_the_same_bytes_and_name_all_that_is_spoilt_though_one_dies(running, tmp_path):
    providers = [p for p in (draw(5, n) for n in range(60)) if p.staff < 16 and p.services == 1][:5]
    told = make(tmp_path / "homes", providers, endless=False)
    assert len(told["spoilt"]) == 19
    assert any(p.problem for p in providers)
    assert list(prove(tmp_path / "homes", told, 60.0, running)) == []


def test_of_a_batch_that_kills_only_the_workbook_that_does_so_is_a_line(running, homes, monkeypatch):
    (homes / "deadly").touch()
    (homes / "b.seen").touch()
    monkeypatch.setattr(cluster, "read_batch", killing)
    told = {}
    books = [Found(homes / f"{name}.xlsx", f"{name}.xlsx") for name in ("c", "d")]
    assert len(list(batches(books))) == 1
    Cluster(running.address, Manner(DAY)).run(books, lambda book, outcome: told.setdefault(book.name, outcome))
    (homes / "deadly").unlink()
    assert told["d.xlsx"].code == "killed"
    assert told["c.xlsx"]["lines"]


def test_batches_go_by_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "BATCH_BYTES", 100)
    books = []
    for n, size in enumerate((60, 40, 1, 300, 1)):
        (tmp_path / f"{n}").write_bytes(b"x" * size)
        books.append(Found(tmp_path / f"{n}", f"{n}"))
    assert [[b.name for b in batch] for batch in batches(books)] == [["0", "1"], ["2"], ["3"], ["4"]]


def test_a_file_that_the_workers_do_not_reach_asks_to_be_sent(running, homes):
    book = Found(homes / "a.xlsx", "a.xlsx")
    gone = Problem("a.xlsx", "gone", "x", "y")
    assert "--send" in Cluster(running.address, Manner(DAY))._in_place(book, gone).fix
    assert Cluster(running.address, Manner(DAY), send=True)._in_place(book, gone) is gone


def test_a_scheduler_of_another_version_is_named(running, homes, monkeypatch):
    monkeypatch.setattr(cluster, "version", lambda _: "9.9.9")
    with pytest.raises(ChampionsError) as told:
        Cluster(running.address, Manner(DAY)).run([Found(homes / "a.xlsx", "a.xlsx")], lambda *_: None)
    assert "other versions" in told.value.what


def test_a_scheduler_that_is_not_there_or_not_installed_says_so(homes, monkeypatch, capsys, tmp_path):
    with pytest.raises(ChampionsError) as told:
        Cluster("tcp://127.0.0.1:1", Manner(DAY), patience=0.5).run([Found(homes / "a.xlsx", "a")], lambda *_: None)
    assert "No Dask scheduler answers" in told.value.what
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    run = ["portfolio", str(homes), "--out", str(tmp_path), "--scheduler", "tcp://127.0.0.1:1"]
    assert main(run) == 2
    assert "champion-workbook[portfolio]" in capsys.readouterr().err
    assert main(["portfolio", str(homes), "--out", str(tmp_path), "--send"]) == 2
    assert "no scheduler is named" in capsys.readouterr().err


def test_a_scheduler_that_goes_away_half_way_leaves_what_was_read(running, homes, monkeypatch):
    monkeypatch.setattr(cluster, "BATCH_BOOKS", 1)
    monkeypatch.setattr(cluster, "_AHEAD", 1)
    books, told = [Found(p, p.name) for p in sorted(homes.glob("?.xlsx"))] * 3, []

    def tell(book, _):
        if not told:
            os.killpg(running.process.pid, signal.SIGKILL)
        told.append(book.name)

    with pytest.raises(ChampionsError) as words:
        Cluster(running.address, Manner(DAY)).run(books, tell)
    assert "went away" in words.value.what
    assert 1 <= len(told) < len(books)
