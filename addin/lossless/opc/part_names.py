"""When two names of parts mean the same part: one answer for whatever reads or writes a package."""

from __future__ import annotations

import posixpath
import unicodedata
from urllib.parse import unquote

#: A name that is still quoted after so many rounds is taken as it is.
_ROUNDS = 3


def target_of(part: str, target: str) -> str:
    """The name of the part that a relationship of another leads to.

    Args:
        part: the part whose relationship it is; '' for the package's own.
        target: as the relationship writes it.
    """
    plain = unquote(target.replace("\\", "/").partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), plain)).lstrip("/")


def part_key(name: str) -> str:
    r"""What a part's name is compared by: two names with the same key mean one part to some program or other.

    Case is folded, `%xx` is read, `\` counts as `/`, `.` and `..` are worked out, nothing counts after a NUL, and
    letters with accents count as one whichever way they are composed. A name that ends with `/`, a folder's, keeps it.

    Source: ECMA-376 part 2, 6.2.2 and 7.3 (part names are equal without regard to case; no `%` but for what must be
    quoted; no `.` segments), and what zip programs do beyond it.

    >>> part_key("xl/Worksheets/Sheet%31.xml") == part_key("/xl/worksheets/sheet1.xml")
    True

    Args:
        name: as a package, a relationship or a content type writes it, with or without a slash before it.
    """
    for _ in range(_ROUNDS):
        if "%" not in name or (plain := unquote(name)) == name:
            break
        name = plain
    name = name.partition("\0")[0].replace("\\", "/")
    if not name.isascii():
        name = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    whole = posixpath.normpath(f"/{name}").lstrip("/")
    return whole.casefold() + ("/" if name.endswith("/") else "")


def relations_part(part: str) -> str:
    """The name of the part that holds another's relationships.

    >>> relations_part("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'

    Args:
        part: the other's name; "" for the package itself.
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")
