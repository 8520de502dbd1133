"""A workbook for people's own analysis: pandas frames, and files of them."""

from __future__ import annotations

from addin.analysis.frames import frames

__all__ = ["frames"]
