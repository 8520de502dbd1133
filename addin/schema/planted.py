"""What `champions new --example --planted FILE` writes: what the example gave cause for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from addin.schema.base import Day, Strict


class PlantedTrigger(Strict):
    """A trigger that must be raised, or give an early warning, on each of the days, both included."""

    trigger: Annotated[str, Field(pattern="^[PSF][0-9]+$")]
    scope: str
    first: Day
    last: Day
    why: str


class PlantedMistake(Strict):
    """An entry that is wrong on purpose, and the code of the check that must find it."""

    code: str
    table: str
    id: str
    why: str


class PlantedFile(Strict):
    """The whole file."""

    until: Day
    planted: list[PlantedTrigger]
    mistakes: list[PlantedMistake]
