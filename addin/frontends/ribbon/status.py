"""What is right and what is wrong with the ribbon on this computer, and how to fix it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from addin.frontends.interpreter import answer_or_trouble, version_in
from addin.frontends.ribbon import mac_preferences
from addin.frontends.ribbon.installing import INTERPRETER, packaged
from addin.frontends.ribbon.mac_script import SCRIPT, script_text
from addin.frontends.ribbon.names import ADDIN, PROGRAM_VERSION
from addin.frontends.ribbon.places import Places, System
from addin.frontends.ribbon.registry import VERSIONS, Registry, blocking, disabled_items, excel_versions, untrusted
from addin.frontends.ribbon.settings import read_settings
from addin.frontends.status_line import Point

_AGAIN = "Install Champion Workbook again."
_BY_COMMAND = "champions addin install"
_MAC_APPS = (Path("/Applications/Microsoft Excel.app"),)


def examine(
    places: Places,
    registry: Registry,
    *,
    apps: Sequence[Path] = _MAC_APPS,
    managed: Sequence[Path] = (mac_preferences.MANAGED,),
    answer_of: Callable[[Path], str] | None = None,
) -> list[Point]:
    """Looks at everything that a click on the ribbon needs. Nothing is changed.

    Args:
        apps: where a Mac may have Excel.
        managed: where a Mac keeps an organisation's rules.
        answer_of: asks an interpreter which version of the program it has; '' if it does not answer. By default it is
            run.
    """
    points = list(_excel(places, registry, apps))
    points += _addin(places)
    points += _settings(places, answer_of or version_in)
    if places.system is System.WINDOWS:
        points += _windows(registry)
    if places.scripts is not None:
        points += _script(places, places.scripts)
        points += _mac(places.home, managed)
    return [replace(p, in_terminal=_BY_COMMAND) if p.mend.endswith(_AGAIN) else p for p in points]


def _excel(places: Places, registry: Registry, apps: Sequence[Path]) -> Iterator[Point]:
    missing = "Install Excel; until then LibreOffice does the same."
    if places.system is System.MAC:
        found = [app for app in (*apps, places.home / "Applications" / "Microsoft Excel.app") if app.exists()]
        yield Point(bool(found), f"Excel: {found[0]}" if found else "Excel was not found on this Mac.", missing)
        if found and places.container is not None and not places.container.is_dir():
            yield Point(False, "Excel was never started by you.", f"Start Excel once and quit it. {_AGAIN}")
        return
    versions = excel_versions(registry)
    if not versions:
        yield Point(False, "Excel was not found on this computer.", missing)
        return
    yield Point(True, f"Excel: {', '.join(VERSIONS[v] for v in versions)}")
    if len(versions) > 1:
        yield Point(
            True, "More than one Excel is installed; each opens the same start-up folder, so all have the ribbon."
        )


def _addin(places: Places) -> Iterator[Point]:
    content = packaged()
    if not places.addin.exists():
        if PROGRAM_VERSION in read_settings(places.settings, places.system):
            yield Point(
                False,
                f"The ribbon was installed and is gone from {places.addin}.",
                f"If your antivirus program took it, have it released there and allowed. {_AGAIN}",
            )
        else:
            yield Point(False, "The ribbon is not installed.", _AGAIN)
        return
    if places.addin.read_bytes() != content:
        yield Point(
            False, f"The ribbon in {places.addin} is of another version than the program.", f"Close Excel. {_AGAIN}"
        )
    else:
        yield Point(True, f"Ribbon: {places.addin}")
    if Path(f"{places.addin}:Zone.Identifier").exists():
        yield Point(
            False,
            "Windows marks the ribbon as coming from the internet; Excel does not run its macros.",
            f"Delete {places.addin}. {_AGAIN}",
        )
    others = sorted(p.name for p in places.startup.glob("Champions*.xlam") if p.name != ADDIN)
    if others:
        yield Point(
            False,
            f"Another copy of the ribbon lies beside it: {', '.join(others)}.",
            f"Delete it from {places.startup}.",
        )


def _settings(places: Places, answer_of: Callable[[Path], str]) -> Iterator[Point]:
    settings = read_settings(places.settings, places.system)
    named = settings.get(INTERPRETER[places.system], "")
    if not named:
        yield Point(False, "The ribbon is not told where the program is.", _AGAIN)
        return
    python = places.settled(named)
    answer = answer_or_trouble(python, answer_of, _AGAIN)
    if isinstance(answer, Point):
        yield answer
        return
    yield Point(True, f"Program: version {answer}, started by {python}")
    told = settings.get(PROGRAM_VERSION, "unknown")
    if told != answer:
        yield Point(
            False, f"The ribbon was installed for version {told}, the program is {answer}.", f"Close Excel. {_AGAIN}"
        )


def _windows(registry: Registry) -> Iterator[Point]:
    for number in excel_versions(registry):
        for phrase in blocking(registry, number):
            yield Point(
                False,
                f"{VERSIONS[number]} does not run the ribbon: {phrase}.",
                "Ask whoever looks after your computer to allow the add-in, or change it in Excel: File, Options, "
                "Trust Center. Until then LibreOffice does the same.",
            )
        if untrusted(registry, number):
            yield Point(
                False,
                f"{VERSIONS[number]} no longer trusts its start-up folder.",
                "In Excel: File, Options, Trust Center, Trust Center Settings, Trusted Locations, Add new location: "
                "your XLSTART folder.",
            )
    if disabled_items(registry, ADDIN):
        yield Point(False, "Excel switched the ribbon off, as it does after a crash.", f"Close Excel. {_AGAIN}")


def _mac(home: Path, managed: Sequence[Path]) -> Iterator[Point]:
    for phrase in mac_preferences.blocking(home, managed):
        yield Point(
            False,
            f"Excel does not run the ribbon: {phrase}.",
            "Ask whoever looks after your Mac to allow macros, or in Excel: Preferences, Security. Until then "
            "LibreOffice does the same.",
        )


def _script(places: Places, folder: Path) -> Iterator[Point]:
    place = folder / SCRIPT
    python = places.settled(read_settings(places.settings, places.system).get(INTERPRETER[places.system], ""))
    well = place.exists() and place.read_bytes() == script_text(python, places.logs)
    words = (
        f"AppleScript: {place}" if well else f"The AppleScript that starts the program is not as it should be: {place}"
    )
    yield Point(well, words, "" if well else _AGAIN)
