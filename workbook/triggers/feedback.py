"""Rules. See the catalogue of the same name for what each asks."""

from __future__ import annotations

from collections.abc import Callable

from workbook.triggers.declare import Judgement
from workbook.view import View

FEEDBACK_RULES: dict[str, Callable[[View, str], Judgement]] = {}
