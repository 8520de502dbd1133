"""Every rule by its trigger's id. See the catalogue for what each asks."""

from __future__ import annotations

from collections.abc import Callable

from workbook.model.triggers import Judgement
from workbook.model.view import View
from workbook.rules.triggers.feedback import FEEDBACK_RULES
from workbook.rules.triggers.live import LIVE_RULES
from workbook.rules.triggers.preparing import PREPARING_RULES

#: Each rule is a function of the view and the scope's id.
RULES: dict[str, Callable[[View, str], Judgement]] = {**PREPARING_RULES, **LIVE_RULES, **FEEDBACK_RULES}
