"""The JSON that crosses a boundary, as pydantic models: what each holds, and the published schema of it (docs/schema/).

`check`, `triggers` and the others write plain dictionaries, so that no click pays for importing pydantic; a test holds
what they write equal to these models. A record that is acted on is validated by them.
"""

from __future__ import annotations

from addin.schema.mapping import MappingFile
from addin.schema.outputs import (
    CheckOutput,
    ExportFile,
    FixOutput,
    FormOutput,
    ImportOutput,
    MinutesOutput,
    PortfolioOutput,
    ReviewsOutput,
    TriggersOutput,
    WeekOutput,
)
from addin.schema.planted import PlantedFile
from addin.schema.records import ForgetOutput, HistoryOutput, SuggestOutput, UpgradeOutput

#: Each published schema by the name of its file in docs/schema/.
PUBLISHED = {
    "check": CheckOutput,
    "fix": FixOutput,
    "triggers": TriggersOutput,
    "week": WeekOutput,
    "reviews": ReviewsOutput,
    "read-minutes": MinutesOutput,
    "import": ImportOutput,
    "form": FormOutput,
    "mapping": MappingFile,
    "history": HistoryOutput,
    "forget": ForgetOutput,
    "upgrade": UpgradeOutput,
    "suggest": SuggestOutput,
    "portfolio": PortfolioOutput,
    "export": ExportFile,
    "planted": PlantedFile,
}

__all__ = [
    "PUBLISHED",
    "CheckOutput",
    "ExportFile",
    "FixOutput",
    "ForgetOutput",
    "FormOutput",
    "HistoryOutput",
    "ImportOutput",
    "MappingFile",
    "MinutesOutput",
    "PlantedFile",
    "ReviewsOutput",
    "SuggestOutput",
    "TriggersOutput",
    "UpgradeOutput",
    "WeekOutput",
]
