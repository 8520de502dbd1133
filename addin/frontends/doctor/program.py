"""What is installed of the program itself."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from addin.frontends.status_line import Point
from workbook.documents.catalogue import WORD_DOCUMENTS

_NAME = "champion-workbook"
_AGAIN = "Install the program again, with its installer."
_BY_PIP = "pip install --upgrade champion-workbook"


def examine_program() -> list[Point]:
    """Whether the program is whole, can keep its log, and lies where it may stay."""
    python = f"Python {platform.python_version()} on {platform.system()} {platform.release()}"
    points = [Point(True, f"Champion Workbook {version(_NAME)}, {python}")]
    points += _libraries_wrong()
    points += _templates()
    points.append(_log())
    return points


def libraries() -> dict[str, str]:
    """The libraries that the program needs, each with the version that is there; '' where it is missing."""
    found = {}
    for name, _ in _needed():
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def _needed() -> Iterator[tuple[str, str]]:
    """The program's own requirements on this system: each library's name, and the versions that will do."""
    from packaging.requirements import Requirement

    for line in requires(_NAME) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name, str(requirement.specifier)


def _libraries_wrong() -> Iterator[Point]:
    from packaging.specifiers import SpecifierSet

    there = libraries()
    for name, wanted in _needed():
        if not there[name]:
            yield Point(False, f"The library {name} is missing.", _AGAIN, _BY_PIP)
        elif not SpecifierSet(wanted).contains(there[name], prereleases=True):
            yield Point(
                False, f"The library {name} is {there[name]}, not {wanted} as this program needs.", _AGAIN, _BY_PIP
            )


def _templates() -> Iterator[Point]:
    from addin.output.documents.places import template_dir

    folder = template_dir()
    missing = [d.template for d in WORD_DOCUMENTS if not (folder / d.template).is_file()]
    if missing:
        yield Point(False, f"Templates of documents are missing: {', '.join(missing)}.", _AGAIN, _BY_PIP)


def _log() -> Point:
    import platformdirs

    folder = Path(platformdirs.user_log_dir("champions", appauthor=False))
    faults = folder / "faults.log"
    count = 0
    if faults.is_file():
        lines = faults.read_text(encoding="utf-8", errors="replace").splitlines()
        count = sum(not line.startswith(" ") for line in lines)
    if count:
        return Point(True, f"The log of faults has {count} {'entry' if count == 1 else 'entries'}: {faults}")
    return Point(True, f"The log of faults is empty: {folder}")
