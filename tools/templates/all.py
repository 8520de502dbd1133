"""Every template with its builder."""

from __future__ import annotations

from collections.abc import Callable

from addin.documents.package import repacked
from tools.templates import board_minutes, governance_review

_BUILT: dict[str, Callable[[], bytes]] = {
    "board-minutes.docx": board_minutes.build,
    "governance-review.docx": governance_review.build,
}


def _packed(build: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: repacked(build())


#: File name and what gives its bytes, the same on every run.
BUILDERS: dict[str, Callable[[], bytes]] = {name: _packed(build) for name, build in _BUILT.items()}
