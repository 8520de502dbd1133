"""champions portfolio."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.frontends.terminal.session import tell
from workbook.model.errors import BookBusy, BookNotWritable, ChampionsError

if TYPE_CHECKING:
    from addin.portfolio.pool import Engine
    from addin.portfolio.process import Manner


def run(options: argparse.Namespace) -> int:
    """Compares many workbooks. Exit 0 all were read, 1 some are problems, 2 none could be used."""
    from addin.frontends.terminal.reading_progress import reading_progress
    from addin.portfolio.finding import search
    from addin.portfolio.keeping import Kept, last_day, note_day
    from addin.portfolio.portfolio import gather
    from addin.portfolio.process import Manner

    out = Path(options.out)
    names = bool(options.names) and _may_name()
    today = dt.datetime.now(dt.UTC).astimezone().date()
    resumed = last_day(out) if options.resume and options.as_of is None else None
    as_of = resumed or (options.as_of or today).isoformat()
    engine = _engine(options, Manner(as_of, names))
    found = search(options.sources, but=out)
    with _alone(out):
        note_day(out, as_of)
        kept = Kept(out, as_of, names=names)
        with reading_progress(len(found.books)) as step:
            whole = gather(found.books, engine, kept, found.problems, step)
        _write(whole, out)
        kept.tidy()
    if options.json:
        from addin.frontends.terminal.show import json_out

        json_out(as_json(whole))
    else:
        _show(whole, out)
    return 2 if not whole.books else int(bool(whole.problems))


def _engine(options: argparse.Namespace, manner: Manner) -> Engine:
    """What reads the workbooks: processes of this machine, or the workers of a scheduler."""
    if options.scheduler is None:
        if options.send:
            raise ChampionsError(
                "--send sends workbooks to a scheduler's workers, and no scheduler is named.",
                next_step="Name it with --scheduler, or leave out --send.",
            )
        from addin.portfolio.pool import Pool

        return Pool(options.workers or os.cpu_count() or 1, manner)
    from addin.portfolio.cluster import Cluster

    return Cluster(options.scheduler, manner, send=options.send)


def as_json(whole: Any) -> dict[str, Any]:
    """The JSON contract of `portfolio --json`."""
    files = [{"file": b.found.name, "state": "read", "code": None, "message": None} for b in whole.books]
    files += [{"file": p.file, "state": "problem", "code": p.code, "message": p.message} for p in whole.problems]
    return {"as_of": whole.as_of, "counts": whole.counts, "files": sorted(files, key=lambda f: f["file"])}


def _may_name() -> bool:
    """Whether the person says that names may leave the workbooks; it takes a terminal to say so."""
    if not sys.stdin.isatty():
        raise ChampionsError(
            "Names leave the workbooks only when a person says yes.",
            next_step="Run it in a terminal, or leave out --names.",
        )
    sys.stderr.write("The result will name who holds each role. Whoever gets it, reads them. Go on? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise ChampionsError("Nothing was written.", next_step="Leave out --names, or answer y.")
    return True


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Holds the folder, so that two runs don't write into one another's results."""
    from addin.lossless import Busy, LosslessError, locked

    try:
        out.mkdir(parents=True, exist_ok=True)
        now = dt.datetime.now(dt.UTC).timestamp()
        with locked(out / "portfolio.xlsx", holder="Another run of champions portfolio", now=now):
            yield
    except Busy as busy:
        raise BookBusy(
            "portfolio.xlsx is open, or another run writes into this folder.",
            where=str(out),
            next_step="Close it, wait, or give another --out.",
        ) from busy
    except LosslessError as error:
        raise BookNotWritable(str(error), where=str(out), next_step="Give another --out.") from error
    except (FileExistsError, NotADirectoryError) as error:
        raise BookNotWritable(
            "This is a file, not a folder.", where=str(out), next_step="Give another --out."
        ) from error
    except OSError as error:
        raise BookNotWritable(
            f"The folder could not be made: {error.strerror or error}.", where=str(out), next_step="Give another --out."
        ) from error


def _write(whole: Any, out: Path) -> None:
    """Makes all files before it puts the first in its place, and keeps what stood under their names."""
    from addin.portfolio.keeping import keep_former
    from addin.portfolio.outputs import make_outputs
    from addin.portfolio.tables import has_parquet

    if not has_parquet():
        tell("results.parquet is left out: it needs the library pyarrow (pip install 'champion-workbook[portfolio]').")
    try:
        with ExitStack() as open_files:
            made = make_outputs(whole, out, open_files)
            former = keep_former(made, out, dt.datetime.now(dt.UTC))
            for new in made:
                new.put()
    except BookNotWritable as error:
        raise BookNotWritable(
            error.what,
            where=error.where,
            next_step="Make room or choose another folder. What was read is kept: --resume goes on from there.",
        ) from error
    if former:
        tell(f"The former results are kept in {former}.")


def _show(whole: Any, out: Path) -> None:
    from addin.frontends.terminal.show import MOST, Shown, console, heading, say, table

    page, counts = console(), whole.counts
    words = ", ".join(f"{name}: {counts[name]:,}" for name in counts)
    heading(page, f"Portfolio on {whole.as_of}", words)
    if whole.problems:
        columns = [Shown("File"), Shown("What is wrong"), Shown("What to do")]
        page.print(table(columns, [(p.file, p.message, p.fix) for p in whole.problems[:MOST]], []))
        if len(whole.problems) > MOST:
            say(page, f"… and {len(whole.problems) - MOST:,} more in problems.csv.")
    if not whole.found and not whole.problems:
        say(page, "No workbook was found there. Name the folder that holds the workbooks (.xlsx), or the files.")
    say(page, f"Written to {out.name}: portfolio.html and portfolio.xlsx to look at, results.csv for analysis.")
