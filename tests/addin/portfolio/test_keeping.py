"""What a portfolio keeps beside its outputs is bounded."""

from __future__ import annotations

import datetime as dt
import os

from addin.output.write_file import NewFile
from addin.portfolio import keeping
from addin.portfolio.keeping import Kept, keep_former

DAY = "2026-06-30"


def test_what_no_workbook_uses_any_more_is_taken_away_but_for_the_newest(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_UNUSED", 2)
    kept = Kept(tmp_path, DAY, names=False)
    for n in range(6):
        kept.keep({"digest": f"{n}"}, "a.xlsx")
    places = [kept._place(f"{n}", "a.xlsx") for n in range(6)]
    for n, place in enumerate(places):
        os.utime(place, (n, n))
    later = Kept(tmp_path, DAY, names=False)
    later.keep({"digest": "0"}, "a.xlsx")
    (tmp_path / ".kept" / "zz").mkdir()
    (tmp_path / ".kept" / "zz" / "not ours.json").touch()
    later.tidy()
    assert [place.exists() for place in places] == [True, False, False, False, True, True]
    assert (tmp_path / ".kept" / "zz" / "not ours.json").exists()


def test_of_former_results_the_newest_are_kept_and_what_is_not_ours_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_FORMER", 2)
    (tmp_path / ".champions" / "my own").mkdir(parents=True)
    for day in range(1, 5):
        (tmp_path / "results.csv").write_text(str(day), encoding="utf-8")
        with NewFile(tmp_path / "results.csv") as new:
            new.write(b"new")
            assert keep_former([new], tmp_path, dt.datetime(2026, 7, day, tzinfo=dt.UTC))
    assert sorted(p.name for p in (tmp_path / ".champions").iterdir()) == [
        "2026-07-03 00.00.00Z", "2026-07-04 00.00.00Z", "my own",
    ]  # fmt: skip
