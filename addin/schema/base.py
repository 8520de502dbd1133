"""What all models of JSON share: nothing unknown, nothing converted."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

#: A day as ISO 8601.
Day = Annotated[dt.date, Field(strict=False)]


class Strict(BaseModel):
    """A JSON object of just these names. A text that holds a number is no number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
