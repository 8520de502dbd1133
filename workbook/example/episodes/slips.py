"""Mistakes of the kind people make."""

from __future__ import annotations

from workbook.example.episodes.common import entry, free_staff
from workbook.example.support import Log, feedback
from workbook.example.texts import episodes as text
from workbook.example.texts.remarks import OBSERVED
from workbook.model.registers.lists import NONE_SEEN


def happens(log: Log) -> None:
    """One entered twice, one with a telephone number."""
    alpha, echo = log.world.champions["Champion Alpha"], log.world.champions["Champion Echo"]
    day = log.world.near(112)
    (staff,) = free_staff(log, "OAK", 1)
    twice = [log.write(alpha, day, staff, ("Handover", NONE_SEEN), OBSERVED[0].format(p="resident")) for _ in "ab"]
    twice[1].values["shift"] = twice[0]["shift"]
    log.world.mistake("near-duplicate-entry", twice[1], "The same observation entered twice.")
    (staff,) = free_staff(log, "RIV", 1)
    phoned = entry(log, echo, log.world.near(115), staff, ("Medication records", "Device or connection"), text.PHONED)
    feedback(log, phoned)
    log.world.mistake("identifiable-information", phoned, "A telephone number in the account (an invented one).")
