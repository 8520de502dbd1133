"""Every trigger, in the order of the framework, and the thresholds they share."""

from __future__ import annotations

from workbook.model.catalogue.feedback import FEEDBACK_TRIGGERS
from workbook.model.catalogue.live import LIVE_TRIGGERS
from workbook.model.catalogue.preparing import PREPARING_TRIGGERS
from workbook.model.triggers import Parameter, Trigger

#: The version of the rules as a whole; it stands in every result.
RULES_VERSION = "2026.2"

TRIGGERS: tuple[Trigger, ...] = (*PREPARING_TRIGGERS, *LIVE_TRIGGERS, *FEEDBACK_TRIGGERS)
BY_ID: dict[str, Trigger] = {t.id: t for t in TRIGGERS}

#: Parameters that belong to no single trigger, by the name that stands in the Trigger column.
SHARED: dict[str, tuple[Parameter, ...]] = {
    "All": (
        Parameter("Due in days", 7, "days", "How soon an action that a trigger asks for is due."),
        Parameter("Remind after days", 28, "days", "After how long This week tells again of what was acknowledged."),
    ),
    "Trends": (
        Parameter("Base points", 16, "readings", "From how many of the first readings limits are drawn; 0: from all."),
        Parameter("Limit", 4, "sigmas", "How many standard deviations the limits lie from the centre."),
        Parameter("Run points", 12, "readings", "Readings running on one side of the centre that are a signal."),
        Parameter("Trend points", 9, "readings", "Readings running in one direction that are a signal."),
        Parameter("Near percent", 55, "percent", "How far on the way to a limit two of three readings are a signal."),
        Parameter("Drift limit", 2.6, "sigmas", "From where on a slow drift (EWMA) is an early warning; 0: never."),
    ),
    "R1": (
        Parameter("Early days", 7, "days", "Days between adoption support reviews in early implementation."),
        Parameter("Rollout days", 14, "days", "Days between adoption support reviews during rollout."),
        Parameter("Stabilised days", 31, "days", "Days between adoption support reviews once stabilised."),
    ),
    "R2": (
        Parameter("Early days", 14, "days", "Days between governance reviews in early implementation."),
        Parameter("Rollout days", 14, "days", "Days between governance reviews during rollout."),
        Parameter("Stabilised days", 31, "days", "Days between governance reviews once stabilised."),
    ),
}

#: Every row of the Thresholds table: (trigger, parameter).
THRESHOLDS: tuple[tuple[str, Parameter], ...] = (
    *((name, p) for name in ("All", "Trends") for p in SHARED[name]),
    *((t.id, p) for t in TRIGGERS for p in t.parameters),
    *((name, p) for name in ("R1", "R2") for p in SHARED[name]),
)
