"""What became of a list, in the words that terminal and buttons share."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.intake.headers import headers_in_words
from workbook.intake.matching import LEFT, PROPOSED, SIMILAR, SYNONYM, TIME_OF_FORM
from workbook.intake.outcomes import ASIDE, FileReport, RowOutcome

_ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}


def said_of_source(report: FileReport) -> str:
    """What a list was taken for."""
    source = report.source
    where = f"sheet {source.sheet}" if source.sheet else source.encoding
    words = [source.kind, where, f"headings in row {source.header_row}" if source.headers else ""]
    if report.dates:
        words.append(_ORDERS[report.dates])
    if report.found_map:
        words.append(f"by the mapping file {report.found_map}")
    return ", ".join(w for w in words if w)


def said_of_columns(report: FileReport) -> list[str]:
    """What a person should know of how it was read, and of the columns that were not found by their own heading."""
    said = list(report.source.remarks)
    if report.renamed:
        cells = "1 cell" if report.renamed == 1 else f"{report.renamed:,} cells"
        said.append(f"In {cells} stood a name that this workbook has forgotten; its staff number stands there instead.")
    for match in report.matches:
        if match.column is not None and match.how in (SIMILAR, PROPOSED, SYNONYM, TIME_OF_FORM):
            said.append(f"{match.header} was taken for {match.column.header} ({match.how}).")
        elif match.near is not None:
            said.append(f"{headers_in_words([match.header])} looks like {match.near.header}, and was not taken.")
    left = [m.header for m in report.matches if m.column is None and m.near is None and m.how == LEFT and m.header]
    if left:
        said.append(f"Columns that go nowhere: {headers_in_words(left)}.")
    return said


def said_of_counts(report: FileReport, *, done: bool) -> str:
    """How many rows there are of each outcome.

    Args:
        done: whether it was written.
    """
    counts = report.counts()
    return (
        f"Rows: {counts['rows']:,}. Of these {counts['added']:,} {'came in' if done else 'would come in'}, "
        f"{counts['already_there']:,} were there already, {counts['set_aside']:,} {'are' if done else 'would be'} "
        "set aside."
    )


def aside_of(reports: Sequence[FileReport]) -> list[RowOutcome]:
    """The rows that are set aside."""
    return [row for report in reports for row in report.rows if row.outcome == ASIDE]
