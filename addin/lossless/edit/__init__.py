"""A workbook that is changed: all that follows when a cell, table or sheet does."""

from addin.lossless.edit.growth import Body, add_table
from addin.lossless.edit.removing import content_beside_tables

__all__ = ["Body", "add_table", "content_beside_tables"]
