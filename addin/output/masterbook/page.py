"""A worksheet of XlsxWriter with three differences that a master workbook needs.

Rows of wrapped text are as high as their text, and stay so: a height that is only a present one is written without the
mark "custom", so that Excel and LibreOffice fit it anew when the text changes. And formulas are taken as they are
declared: looking each one through for functions newer than Excel 2016, of which there are none, takes half the time.
And no dashed lines show where pages end.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

_POINTS_TO_PIXELS = 4 / 3


class Page(Worksheet):  # type: ignore[misc] # the library carries no types
    """A worksheet whose rows may have a height that fits their text."""

    def __init__(self) -> None:
        super().__init__()
        self._fitted: set[int] = set()

    def fit_row(self, row: int, points: float) -> None:
        """Makes a row, counted from 0, as high as its text; typing fits it anew.

        Args:
            row: counted from 0.
            points: its height as the text is now.
        """
        self.set_row_pixels(row, round(points * _POINTS_TO_PIXELS))
        self._fitted.add(row + 1)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row" and attributes[0][1] in self._fitted:
            attributes = [a for a in attributes if a[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)

    def _write_page_set_up_pr(self) -> None:
        """Without the dashed lines where pages end: Excel shows them once a sheet was printed or looked at so."""
        attributes = [("autoPageBreaks", 0), *([("fitToPage", 1)] if self.fit_page else [])]
        self._xml_empty_tag("pageSetUpPr", attributes)

    def _prepare_formula(self, formula: str, expand_future_functions: Any = False) -> str:  # noqa: ARG002, FBT002
        return formula.removeprefix("{").removesuffix("}").removeprefix("=")
