"""Rules F1-F11, on what champions bring back. See the catalogue of the same name for what each asks."""

from __future__ import annotations

from collections.abc import Callable

from workbook.triggers.declare import Judgement
from workbook.triggers.feedback_issues import ISSUE_RULES
from workbook.triggers.feedback_loop import LOOP_RULES
from workbook.triggers.feedback_outcomes import OUTCOME_RULES
from workbook.view import View

FEEDBACK_RULES: dict[str, Callable[[View, str], Judgement]] = {**ISSUE_RULES, **LOOP_RULES, **OUTCOME_RULES}
