"""Every rule by its trigger's id. See the catalogue for what each asks."""

from __future__ import annotations

from collections.abc import Callable

from workbook.triggers.declare import Judgement
from workbook.triggers.feedback import FEEDBACK_RULES
from workbook.triggers.live import LIVE_RULES
from workbook.triggers.preparing import PREPARING_RULES
from workbook.view import View

#: Each rule is a function of the view and the scope's id.
RULES: dict[str, Callable[[View, str], Judgement]] = {**PREPARING_RULES, **LIVE_RULES, **FEEDBACK_RULES}
