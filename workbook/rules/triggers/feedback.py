"""Rules F1-F11, on what champions bring back. See the catalogue of the same name for what each asks."""

from __future__ import annotations

from collections.abc import Callable

from workbook.model.triggers import Judgement
from workbook.model.view import View
from workbook.rules.triggers.feedback_issues import ISSUE_RULES
from workbook.rules.triggers.feedback_loop import LOOP_RULES
from workbook.rules.triggers.feedback_outcomes import OUTCOME_RULES

FEEDBACK_RULES: dict[str, Callable[[View, str], Judgement]] = {**ISSUE_RULES, **LOOP_RULES, **OUTCOME_RULES}
