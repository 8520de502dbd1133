"""A mapping file: which column of a list is which of ours (docs/guide.md, Bring entries in)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from addin.schema.base import Strict

Header = Annotated[
    str, Field(description="A heading of the list; capital letters, blanks and a number before it do not matter.")
]
Ours = Annotated[str, Field(description="A column of the register.")]


class MapSource(Strict):
    """Where the list stands, and how it is written; what is left out is found out."""

    sheet: str = ""
    header_row: Annotated[int, Field(ge=0, description="From 1; 0 to have it found.")] = 0
    encoding: str = ""
    separator: Annotated[str, Field(max_length=1)] = ""
    dates: Literal["", "dmy", "mdy", "ymd"] = ""


class MappingFile(Strict):
    """The whole file."""

    version: Literal[1]
    name: Annotated[str, Field(description="What the list is called.")] = ""
    into: Annotated[str, Field(description="The register, by its table's or its sheet's name.")]
    source: MapSource = MapSource()
    columns: Annotated[
        dict[Header, Ours | None], Field(description="null: this column goes nowhere.", default_factory=dict)
    ]
    constants: Annotated[
        dict[Ours, str], Field(description="What a column of ours holds in every entry.", default_factory=dict)
    ]
    values: Annotated[
        dict[Ours, dict[str, str]], Field(description="Ours for each word of theirs, by column.", default_factory=dict)
    ]
    wide: Annotated[
        dict[str, str | list[str]],
        Field(
            description="For a list with several columns for each thing: our column that takes the heading, with the "
            "word header, and then, our columns that take the columns of each thing in turn.",
            default_factory=dict,
        ),
    ]
