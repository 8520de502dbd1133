"""Rules on live support, S1 to S10. See the catalogue of the same name for what each asks."""

from __future__ import annotations

from collections.abc import Callable

from workbook.model.triggers import Judgement
from workbook.model.view import View
from workbook.rules.triggers.live_guidance import conflicting_advice
from workbook.rules.triggers.live_needs import mostly_technical, repeated_needs, repeated_questions
from workbook.rules.triggers.live_practice import bypassed_workflows, hidden_workarounds, without_evidence
from workbook.rules.triggers.live_staff import low_confidence, quiet_champion, support_not_helping

LIVE_RULES: dict[str, Callable[[View, str], Judgement]] = {
    "S1": repeated_needs,
    "S2": conflicting_advice,
    "S3": low_confidence,
    "S4": bypassed_workflows,
    "S5": hidden_workarounds,
    "S6": repeated_questions,
    "S7": without_evidence,
    "S8": quiet_champion,
    "S9": support_not_helping,
    "S10": mostly_technical,
}
