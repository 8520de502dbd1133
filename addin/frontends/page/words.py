"""The words of the page that the program has already: commands' labels and summaries."""

from __future__ import annotations

from workbook.commands import COMMANDS

#: The largest file that the page takes, in bytes: a browser's Python has less room than a computer's.
MOST = 50 << 20
_TOO_LARGE = f"This file is larger than {MOST >> 20} MB, which is more than this page can hold."
_TOO_LARGE_NEXT = "Nothing was read or changed. Take large pictures out of the workbook, or use the program for it."


def page_words() -> dict[str, str]:
    """What stands for each mark of the page's HTML, as `check.label` and `check.summary`."""
    words = {"most": str(MOST), "too_large": _TOO_LARGE, "too_large.next": _TOO_LARGE_NEXT}
    for command in COMMANDS:
        words |= {f"{command.name}.label": command.label, f"{command.name}.summary": command.summary}
    return words
