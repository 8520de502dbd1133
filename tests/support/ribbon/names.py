"""Names of workbooks, made up: every kind of sign that a file's name may have, rich in those that a shell takes."""

from __future__ import annotations

import random

#: What cmd.exe, a shell or a command line would take for something else.
_STEERING = "&%^!'()=+,;@#$~`{}- ."
_LETTERS = "aZ09éßøłŽ中文字かكالอ\u200f\u202e\u2066\u0301\u00a0\u3000" + "\U0001f600\U00020000" + "\ud800\udfff"
_WORDS = ("%TEMP%", "%COMSPEC%", "&calc", "^&md x", "100%", "O'Brien", "a=b", " -c ", "$(say hi)", "con", "~$", "%~dp0")
#: Those that people asked about, and those that once ran a command.
KNOWN = (
    *("Rota ^& md x ,.xlsx", "Oak & sons 100%.xlsx", "a^b.xlsx", "a=b.xlsx", "c=d=e.xlsx", "O'Brien (1)!.xlsx"),
    *("100%TEMP%.xlsx", "Health & Social Care.xlsx", "Zoë’s Übersicht.xlsx", "=.xlsx", "%.xlsx", "^.xlsx", "Book1"),
)
#: Names that a Mac allows as well.
MAC_KNOWN = (
    "$(say hello)|\"x'.xlsx",
    "`say hi`.xlsx",
    'quo"te.xlsx',
    "a|b.xlsx",
    "back\\slash.xlsx",
    "two\nlines.xlsx",
)


def names(count: int, *, mac: bool = False, seed: int = 20260630) -> list[str]:
    """As many different names, the same ones each time."""
    chosen = random.Random(seed)
    signs = _STEERING * 3 + _LETTERS + ('"|\\\n\t:*?<>' * 2 if mac else "")
    found = dict.fromkeys((*KNOWN, *(MAC_KNOWN if mac else ())))
    while len(found) < count:
        pieces = [chosen.choice(signs) if chosen.random() < 0.85 else chosen.choice(_WORDS) for _ in range(24)]
        found[f"{''.join(pieces[: chosen.randint(1, 24)])}.xlsx"] = None
    return list(found)[:count]


def as_units(name: str) -> str:
    """A name as VBA counts it: a sign beyond the first 65,536 is two."""
    data = name.encode("utf-16-be", "surrogatepass")
    return "".join(chr(int.from_bytes(data[at : at + 2], "big")) for at in range(0, len(data), 2))
