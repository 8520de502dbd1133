"""What goes wrong in live support, and when (article, example 2, what can go wrong): one file an episode.

An episode is a module with `happens(log)`, which writes entries and has the world plant what they give cause for:
which trigger, where, from when to when, and why. `common.py` has what most need. Its line stands in `EPISODES`.
"""

from __future__ import annotations

from collections.abc import Callable

from workbook.example.episodes import (
    conflicting_advice,
    hidden_workaround,
    low_confidence,
    mostly_technical,
    repeated_needs,
    repeated_questions,
    slips,
    support_before_sign_off,
    support_not_helping,
    workarounds,
)
from workbook.example.episodes.common import keep_apart
from workbook.example.episodes.whole_log import plant_shares
from workbook.example.support import Log

__all__ = ["EPISODES", "episodes", "keep_apart", "plant_shares"]

#: All that happens beside the ordinary weeks. A new one goes to the end: those before it then stay as they are.
EPISODES: tuple[Callable[[Log], None], ...] = (
    repeated_needs.happens,
    workarounds.happens,
    repeated_questions.happens,
    conflicting_advice.happens,
    low_confidence.happens,
    support_not_helping.happens,
    hidden_workaround.happens,
    support_before_sign_off.happens,
    mostly_technical.happens,
    slips.happens,
)


def episodes(log: Log) -> None:
    """Has all of them happen, before the ordinary weeks are filled in."""
    for happens in EPISODES:
        happens(log)
