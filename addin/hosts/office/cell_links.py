"""Links within an open workbook: HYPERLINK formulas in Excel, which LibreOffice holds as links of cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from addin.hosts.office import native
from addin.hosts.office.references import as_rows, places_of
from addin.lossless.formula import quoted, with_sheet_renamed
from workbook.model.late_patterns import late

if TYPE_CHECKING:
    import xlwings

#: A link to a cell: row and column within a block, from 0, and where it leads, as `'Sheet'!A1`.
Link = tuple[int, int, str]
_HYPERLINK = late(r'=HYPERLINK\("#((?:[^"]|"")*)"', re.IGNORECASE)
#: The longest text that Excel lets stand in a formula is of 255 characters; our quotation marks and ellipsis count too.
_LONGEST_WORD = 252
#: Where a link leads in LibreOffice: the sheet, in quotation marks where it must be, the mark after it, and the place.
_GOAL = late(r"#\$?(?P<sheet>'(?:[^']|'')*'|[^'!.]+)(?P<mark>[!.])(?P<place>[^!.]+)")


def write_links(block: xlwings.Range, links: Sequence[Link], words: Sequence[str]) -> None:
    """Gives cells links within the workbook, in one go.

    The other cells of the block must hold values: their texts are typed again as texts, whatever they look like.

    Args:
        block: the cells.
        links: by row and column of the block, counted from 0.
        words: what each link shows, in Excel as much of it as a formula holds.
    """
    if native.in_libreoffice(block.sheet.book):
        rows = [(row, column, _ours(goal), text) for (row, column, goal), text in zip(links, words, strict=True)]
        block.impl.do("links", rows=rows)
        return
    for column in sorted({column for _, column, _ in links}):
        cells = block.columns[column]
        typed = [[text_typed(cell) for cell in row] for row in cells.options(ndim=2, empty="").value]
        for (row, at, goal), text in zip(links, words, strict=True):
            if at == column:
                typed[row] = [f"=HYPERLINK({_quoted(f'#{goal}')},{_quoted(text)})"]
        cells.formula = typed


def text_typed(value: Any) -> Any:
    """A value as it is typed: a text is marked as such, or the office program would make a formula or a day of it.

    Args:
        value: in canonical form.
    """
    return f"'{value}" if isinstance(value, str) and value else value


def _quoted(text: str) -> str:
    """A text as it stands in a formula."""
    short, length = "", 0
    for character in text:
        own = character.replace('"', '""')
        length += len(own.encode("utf-16-le")) // 2
        if length > _LONGEST_WORD:
            return f'"{short}…"'
        short += own
    return f'"{short}"'


def read_links(block: xlwings.Range) -> list[Link]:
    """Where the cells of a block lead within the workbook.

    Args:
        block: the cells.
    """
    if native.in_libreoffice(block.sheet.book):
        return [(row, column, goal) for row, column, address in block.impl.do("links_in") if (goal := _plain(address))]
    rows = as_rows(block.formula, block.shape)
    found = ((n, at, _HYPERLINK.match(str(rows[n][at]))) for n, at in sorted(places_of(block, "formulas")))
    return [(n, at, match[1].replace('""', '"')) for n, at, match in found if match is not None]


def links_to(sheet: xlwings.Sheet, old: str, new: str) -> list[Callable[[], Any]]:
    """What has each link of a sheet that leads to another one lead there by that one's new name.

    Args:
        sheet: whose links are looked at.
        old, new: the other sheet's names.

    Returns:
        Steps to be taken when the sheet has its new name.
    """
    if native.in_libreoffice(sheet.book):
        cells = sheet.used_range.impl
        moved = [(row, at, _moved(address, old, new)) for row, at, address in cells.do("links_in")]
        goals = [goal for goal in moved if goal[2]]
        return [partial(cells.do, "lead_elsewhere", goals=goals)] if goals else []
    if not native.on_windows(sheet.book):
        return []
    links = [(link, str(link.SubAddress or "")) for link in sheet.api.Hyperlinks if not link.Address]
    after = [(link, with_sheet_renamed(goal, old, new), goal) for link, goal in links]
    return [partial(setattr, link, "SubAddress", goal) for link, goal, before in after if goal != before]


def _moved(address: str, old: str, new: str) -> str:
    """A link of LibreOffice's that leads to a sheet, by the sheet's new name; '' where it leads elsewhere."""
    goal = _GOAL.fullmatch(address)
    if goal is None:
        return ""
    sheet = goal["sheet"]
    name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    if name.casefold() != old.casefold():
        return ""
    return f"#{quoted([new])}{goal['mark']}{goal['place']}"


def _ours(goal: str) -> str:
    sheet, _, place = goal.rpartition("!")
    return f"#{sheet}.{place}"


def _plain(address: str) -> str:
    """A link of LibreOffice's as `'Sheet'!A1`; '' where it leads out of the workbook."""
    goal = _GOAL.fullmatch(address)
    return f"{goal['sheet']}!{goal['place']}" if goal else ""
