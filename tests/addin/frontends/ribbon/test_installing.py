"""The ribbon installed, examined and removed in made-up homes of both systems; good days and bad ones."""

from __future__ import annotations

import io
import plistlib
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from addin.frontends.ribbon.installing import install, packaged, remove
from addin.frontends.ribbon.mac_script import SCRIPT, script_text
from addin.frontends.ribbon.names import CONFIG_FILE
from addin.frontends.ribbon.places import System, here
from addin.frontends.ribbon.settings import read_settings
from addin.frontends.ribbon.status import examine
from addin.frontends.terminal import main
from tests.support.ribbon.command_lines import mac_shell_line, run_by_shell
from tests.support.ribbon.homes import FakeRegistry, disabled_item, home_of, mac_home, windows_home, with_excel
from tests.support.ribbon.pretend_excel import Machine, PretendExcel
from workbook.model.errors import BookBusy, BookNotWritable, HostCannot, ToolMissing

BOTH = pytest.mark.parametrize("system", System, ids=lambda s: s.name.lower())
RESILIENCY = r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
POLICY = r"Software\Policies\Microsoft\Office\16.0"
SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"


@pytest.fixture(autouse=True)
def every_interpreter_answers(monkeypatch):
    """What `install` asks of a Python is asked for real in tests/addin/test_isolated.py; here most are made up."""
    monkeypatch.setattr("addin.frontends.interpreter.version_in", lambda python: version("champion-workbook"))


def files_in(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def looked_at(places, registry=None, *, answer="", apps=None):
    """What `status` finds; the interpreter answers with this program's version unless told otherwise."""
    answer = answer or version("champion-workbook")
    apps = (places.home,) if apps is None else apps
    return examine(places, registry or with_excel(), apps=apps, answer_of=lambda _: "" if answer == "-" else answer)


def wrong(points) -> str:
    return "\n".join(f"{p.words} {p.mend} {p.in_terminal}" for p in points if not p.well)


# ---- good days -------------------------------------------------------------------------------------------------------


@BOTH
def test_installed_it_is_all_well(system, tmp_path):
    places = home_of(system, tmp_path)
    said = install(places, with_excel())
    assert places.addin.read_bytes() == packaged()
    assert str(places.addin) in said.lines[0]
    points = looked_at(places)
    assert wrong(points) == ""
    assert any(version("champion-workbook") in p.words for p in points)


@BOTH
def test_removed_nothing_is_left(system, tmp_path):
    places = home_of(system, tmp_path)
    before = files_in(tmp_path)
    install(places, with_excel())
    assert files_in(tmp_path) != before
    remove(places)
    assert files_in(tmp_path) == before
    assert not places.own.exists()
    assert "not installed" in remove(places).lines[0]


@BOTH
def test_installed_twice_it_is_brought_up_to_date(system, tmp_path):
    places = home_of(system, tmp_path)
    install(places, with_excel())
    once = files_in(tmp_path)
    assert "up to date" in install(places, with_excel()).lines[0]
    assert files_in(tmp_path) == once
    remove(places)
    assert not places.addin.exists()


@BOTH
def test_peoples_own_settings_stay(system, tmp_path):
    places = home_of(system, tmp_path)
    places.settings.parent.mkdir(parents=True, exist_ok=True)
    places.settings.write_bytes(b'"SHOW CONSOLE","True"\r\n"NOT A SETTING"\r\n')
    install(places, with_excel())
    assert read_settings(places.settings, system)["SHOW CONSOLE"] == "True"
    remove(places)
    assert read_settings(places.settings, system) == {"SHOW CONSOLE": "True"}


def test_the_add_ins_vba_finds_what_was_installed(tmp_path):
    """What `install` writes is what the VBA reads: the settings' place, their names, and the interpreter in them."""
    places = windows_home(tmp_path)
    python = places.roots[0][1] / "Programs" / "Champions" / "Scripts" / "python.exe"
    python.parent.mkdir(parents=True)
    python.with_name("pythonw.exe").touch()
    install(places, with_excel(), python)
    variables = {"USERPROFILE": str(places.home), "LOCALAPPDATA": str(places.roots[0][1]), "TEMP": "C:\\Temp"}
    expanded = str(places.roots[0][1]) + r"\Programs\Champions\Scripts\pythonw.exe"
    told = {
        str(places.home) + rf"\.champions\{CONFIG_FILE}": read_settings(places.settings, System.WINDOWS),
        expanded: {},
    }
    excel = PretendExcel(Machine(variables=variables, files=told), None)
    excel.press("Press", "new")
    assert excel.told == []
    named = r"%LOCALAPPDATA%\Programs\Champions\Scripts\pythonw.exe"
    assert excel.machine.ran == [f'"{named}" -I -B -m addin.press'], "the Python that shows no black window"


@pytest.mark.skipif(sys.platform == "win32", reason="a Mac's shell")
@pytest.mark.parametrize("folder", ["champions", "My programs/it's here", 'say "hi" \\ $(x)', "Łukasz 王"])
def test_a_macs_vba_and_shell_find_what_was_installed(folder, tmp_path):
    places, noted = mac_home(tmp_path), tmp_path / "noted"
    python = places.home / folder / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\necho "$@" > "{noted}"\n', encoding="utf-8")
    python.chmod(0o755)
    install(places, FakeRegistry(), python)
    assert (places.scripts / SCRIPT).read_bytes() == script_text(python, places.logs)
    excel = PretendExcel(Machine(mac=True), None)
    excel.press("Press", "new")
    run_by_shell(mac_shell_line(excel.machine.tasks[0], python, places.logs), tmp_path)
    assert noted.read_text(encoding="utf-8").startswith("-I -B -m addin.press new 0042")
    assert (places.logs / "press.log").read_bytes() == b""


def test_status_asks_the_real_interpreter(tmp_path):
    places = windows_home(tmp_path)
    install(places, with_excel())
    points = examine(places, with_excel())
    assert wrong(points) == ""
    assert any(sys.executable in p.words for p in points)


def test_the_commands_reach_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOME", str(tmp_path))
    here().container.mkdir(parents=True)
    assert main(["addin", "install"]) == 0
    assert "Start Excel" in capsys.readouterr().out
    assert main(["addin", "status"]) in {0, 1}
    said = capsys.readouterr().out
    assert "ok  Ribbon" in said
    assert main(["addin", "remove"]) == 0
    assert main(["addin", "status"]) == 1
    assert "not installed" in capsys.readouterr().out


def test_on_another_system_it_says_what_does_the_same(capsys):
    with pytest.raises(HostCannot, match="LibreOffice"):
        here({"HOME": "/home/zoe"}, "linux")
    assert main(["addin", "status"]) == 2
    assert "LibreOffice" in capsys.readouterr().err


# ---- bad days --------------------------------------------------------------------------------------------------------


def test_two_versions_of_excel_are_both_named_and_both_served(tmp_path):
    places = windows_home(tmp_path)
    registry = with_excel("15.0", "16.0")
    install(places, registry)
    points = looked_at(places, registry)
    assert wrong(points) == ""
    assert any("2013" in p.words and "2016" in p.words for p in points)
    assert any("both" in p.words or "each" in p.words for p in points)


def test_microsoft_365_from_the_shop_is_found(tmp_path):
    registry = FakeRegistry().set(
        "HKCU", r"Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", Path="C:\\x"
    )
    places = windows_home(tmp_path)
    install(places, registry)
    assert wrong(looked_at(places, registry)) == ""


@BOTH
def test_without_excel_it_says_so(system, tmp_path):
    places = home_of(system, tmp_path)
    install(places, FakeRegistry())
    assert "Excel was not found" in wrong(looked_at(places, FakeRegistry(), apps=()))


def held(monkeypatch, place: Path):
    """The file is open in Excel: Windows lets nobody replace or delete it."""
    real_replace, real_unlink = Path.replace, Path.unlink

    def replace(self, target):
        if Path(target) == place:
            raise PermissionError(13, "The process cannot access the file because it is being used")
        return real_replace(self, target)

    def unlink(self, missing_ok=False):
        if self == place:
            raise PermissionError(13, "The process cannot access the file because it is being used")
        return real_unlink(self, missing_ok)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "unlink", unlink)


@BOTH
def test_excel_open_while_another_version_is_installed_changes_nothing(system, tmp_path, monkeypatch):
    places = home_of(system, tmp_path)
    install(places, with_excel())
    places.addin.write_bytes(b"an older ribbon")
    places.settings.write_bytes(b'"CHAMPIONS_VERSION","0.0.1"\r\n')
    before = files_in(tmp_path)
    with monkeypatch.context() as patched:
        held(patched, places.addin)
        with pytest.raises(BookBusy, match="Close every window of Excel"):
            install(places, with_excel())
        with pytest.raises(BookBusy):
            remove(places)
    assert files_in(tmp_path) == before
    install(places, with_excel())
    assert places.addin.read_bytes() == packaged()


@BOTH
def test_excel_open_with_this_very_version_is_no_hindrance(system, tmp_path, monkeypatch):
    places = home_of(system, tmp_path)
    install(places, with_excel())
    held(monkeypatch, places.addin)
    assert "close and open it again" in install(places, with_excel()).lines[-1]


def test_switched_off_by_excel_after_a_crash_is_seen_and_mended(tmp_path):
    places = windows_home(tmp_path)
    registry = with_excel().set(
        "HKCU", RESILIENCY, A1=disabled_item(str(places.addin)), B2=disabled_item("c:\\other.xlam")
    )
    install(places, with_excel())
    assert "switched the ribbon off" in wrong(looked_at(places, registry))
    assert any("on again" in line for line in install(places, registry).lines)
    assert set(registry.values("HKCU", RESILIENCY)) == {"B2"}, "only ours is touched"
    assert wrong(looked_at(places, registry)) == ""


def test_a_profile_with_blanks_and_accents_stands_in_no_setting(tmp_path):
    places = windows_home(tmp_path, "Łukasz Žižka 王")
    python = places.roots[0][1] / "Programs" / "Champions" / "Scripts" / "python.exe"
    install(places, with_excel(), python)
    text = places.settings.read_bytes().decode("ascii")
    assert r'"INTERPRETER_WIN","%LOCALAPPDATA%\Programs\Champions\Scripts\python.exe"' in text
    assert places.settled(read_settings(places.settings, System.WINDOWS)["INTERPRETER_WIN"]) == python


def test_a_program_in_a_folder_that_excel_cant_read_is_refused(tmp_path):
    places = windows_home(tmp_path)
    with pytest.raises(BookNotWritable, match="letter 王"):
        install(places, with_excel(), Path("/王/python.exe"))
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("folder", ["100%", "100%TEMP%", "%"])
def test_a_program_in_a_folder_that_windows_would_read_a_variable_in_is_refused(folder, tmp_path):
    places = windows_home(tmp_path)
    before = files_in(tmp_path)
    for root in (places.roots[0][1], Path("/elsewhere")):
        with pytest.raises(BookNotWritable, match="percent sign"):
            install(places, with_excel(), root / folder / "python.exe")
    assert files_in(tmp_path) == before
    install(windows_home(tmp_path, folder), with_excel(), places.roots[0][1] / "python.exe")


@BOTH
def test_a_python_that_cannot_run_the_program_by_itself_is_refused(system, tmp_path, monkeypatch):
    places = home_of(system, tmp_path)
    before = files_in(tmp_path)
    monkeypatch.setattr("addin.frontends.interpreter.version_in", lambda python: "")
    with pytest.raises(ToolMissing, match="environment of its own"):
        install(places, with_excel())
    assert files_in(tmp_path) == before


def test_what_an_earlier_version_put_onto_a_mac_goes(tmp_path):
    places = mac_home(tmp_path)
    former, script = places.container / CONFIG_FILE, places.scripts / "xlwings-0.37.8.applescript"
    wrapper = places.own / "python"
    for place, content in ((script, b"x"), (wrapper, b"#!/bin/sh\nexec '/My programs/python' \"$@\"\n")):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    former.write_bytes(
        b'"INTERPRETER_MAC","/x"\n"CHAMPIONS_VERSION","0.0.9"\n"CHAMPIONS_XLWINGS","0.37.8"\n'
        b'"CHAMPIONS_SCRIPT","True"\n"SHOW CONSOLE","True"\n'
    )
    install(places, FakeRegistry())
    assert not script.exists()
    assert not wrapper.exists()
    assert read_settings(former, System.MAC) == {"SHOW CONSOLE": "True"}
    assert wrong(looked_at(places, FakeRegistry())) == ""


def a_package(**parts: str) -> bytes:
    """An add-in of a person's own."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("_", "/"), text)
    return content.getvalue()


FOREIGN = {
    "another add-in": a_package(xl_workbook="<workbook/>"),
    "another ribbon": a_package(**{"customUI_customUI14.xml": '<customUI><tab id="champions_league"/></customUI>'}),
    "no add-in at all": b"my notes on the champions",
    "nothing in it": b"",
}


@BOTH
@pytest.mark.parametrize("kind", FOREIGN)
def test_somebody_elses_file_of_our_name_is_left_alone(system, kind, tmp_path):
    places = home_of(system, tmp_path)
    there = [places.addin]
    if places.scripts is not None:
        there.append(places.scripts / SCRIPT)
    for place in there:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(FOREIGN[kind])
        before = files_in(tmp_path)
        with pytest.raises(BookNotWritable, match="did not put there"):
            install(places, with_excel())
        said = remove(places).lines
        assert "not installed" in said[0]
        assert str(place) in said[1]
        assert files_in(tmp_path) == before
        place.unlink()
    install(places, with_excel())
    for place in there:
        place.write_bytes(FOREIGN["another add-in"])
    assert "taken out" in remove(places).lines[0], "the settings were ours"
    assert set(files_in(tmp_path).values()) <= {FOREIGN["another add-in"]}
    assert all(place.exists() for place in there)


@BOTH
def test_other_files_beside_ours_are_left_alone(system, tmp_path):
    places = home_of(system, tmp_path)
    own, settings = places.own / "python", places.settings
    for place in (own, settings):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"a file of mine")
    remove(places)
    assert own.read_bytes() == settings.read_bytes() == b"a file of mine"


@BOTH
def test_a_ribbon_of_ours_that_was_cut_short_is_brought_up_to_date(system, tmp_path):
    places = home_of(system, tmp_path)
    install(places, with_excel())
    places.addin.write_bytes(packaged()[:5000])
    install(places, with_excel())
    assert places.addin.read_bytes() == packaged()


def test_a_roaming_profile_brings_the_ribbon_to_a_computer_without_the_program(tmp_path):
    """There the settings' folder by name leads nowhere; the status says so, and the ribbon does (test_pressing)."""
    first = windows_home(tmp_path / "first")
    python = first.roots[0][1] / "Programs" / "Champions" / "python.exe"
    python.parent.mkdir(parents=True)
    python.touch()
    install(first, with_excel(), python)
    assert wrong(looked_at(first)) == ""
    roaming = dict(first.roots)["%APPDATA%"]
    second = windows_home(tmp_path / "second", roaming=roaming)
    assert second.addin == first.addin
    second.settings.parent.mkdir()
    second.settings.write_bytes(first.settings.read_bytes())
    assert "The program is gone" in wrong(looked_at(second))


@BOTH
def test_a_folder_that_may_not_be_written_to_changes_nothing(system, tmp_path, monkeypatch):
    places = home_of(system, tmp_path)
    before = files_in(tmp_path)
    real = Path.mkdir

    def refuse(self, *args, **kwargs):
        if self == places.startup:
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(BookNotWritable, match="may write to"):
        install(places, with_excel())
    assert files_in(tmp_path) == before


@BOTH
def test_a_deleted_interpreter_is_told(system, tmp_path):
    places = home_of(system, tmp_path)
    python = places.home / "gone" / "python"
    python.parent.mkdir()
    python.touch()
    install(places, with_excel(), python)
    assert wrong(looked_at(places)) == ""
    python.unlink()
    assert "is gone" in wrong(looked_at(places))
    assert "champions addin install" in wrong(looked_at(places))


@BOTH
def test_an_interpreter_that_a_rule_blocks_is_told(system, tmp_path):
    places = home_of(system, tmp_path)
    install(places, with_excel())
    assert "does not start" in wrong(looked_at(places, answer="-"))


@BOTH
def test_another_version_of_the_program_is_told(system, tmp_path):
    places = home_of(system, tmp_path)
    install(places, with_excel())
    told = wrong(looked_at(places, answer="9.9.9"))
    assert "9.9.9" in told
    assert version("champion-workbook") in told


@BOTH
def test_a_ribbon_of_another_version_is_told(system, tmp_path):
    places = home_of(system, tmp_path)
    install(places, with_excel())
    places.addin.write_bytes(b"older")
    assert "another version" in wrong(looked_at(places))


@BOTH
def test_a_ribbon_that_an_antivirus_program_took_is_told(system, tmp_path):
    places = home_of(system, tmp_path)
    install(places, with_excel())
    places.addin.unlink()
    assert "antivirus" in wrong(looked_at(places))
    assert "gone" in wrong(looked_at(places))


def test_a_program_without_its_add_in_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr("addin.frontends.ribbon.installing.ADDIN", "Nowhere.xlam")
    with pytest.raises(ToolMissing, match="antivirus"):
        install(windows_home(tmp_path), with_excel())


@pytest.mark.parametrize("hive", ["HKCU", "HKLM"])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        (rf"{POLICY}\Common", "VBAOff"),
        (rf"{POLICY}\Excel\Security", "RequireAddinSig"),
        (rf"{POLICY}\Excel\Security\Trusted Locations", "AllLocationsDisabled"),
    ],
)
def test_macros_blocked_by_a_rule_are_told(tmp_path, hive, key, value):
    places = windows_home(tmp_path)
    install(places, with_excel())
    assert wrong(looked_at(places, with_excel().set(hive, key, **{value: 0}))) == ""
    told = wrong(looked_at(places, with_excel().set(hive, key, **{value: 1})))
    assert value in told
    assert "organisation" in told


def test_a_trust_center_that_was_changed_is_told(tmp_path):
    places = windows_home(tmp_path)
    install(places, with_excel())
    key = rf"{SECURITY}\Trusted Locations"
    told = wrong(looked_at(places, with_excel().set("HKCU", key, AllLocationsDisabled=1)))
    assert "Trust Center" in told
    usual = with_excel().set("HKCU", rf"{key}\Location2", Path=r"%APPDATA%\Microsoft\Excel\XLSTART")
    assert wrong(looked_at(places, usual)) == ""
    gone = with_excel().set("HKCU", rf"{key}\Location0", Path=r"C:\Program Files\Office\Templates")
    assert "no longer trusts" in wrong(looked_at(places, gone))


@pytest.mark.parametrize("whose", ["organisation", "preference of yours"])
@pytest.mark.parametrize(
    ("key", "blocks", "allows"),
    [
        ("VisualBasicEntirelyDisabled", True, False),
        ("VisualBasicMacroExecutionState", "DisabledWithoutWarnings", "DisabledWithWarnings"),
    ],
)
def test_macros_blocked_on_a_mac_are_told(tmp_path, whose, key, blocks, allows):
    places = mac_home(tmp_path)
    install(places, FakeRegistry())
    own = places.home / "Library" / "Preferences"
    folder = tmp_path / "managed" if whose == "organisation" else own
    folder.mkdir(parents=True)

    def told() -> str:
        answer = version("champion-workbook")
        managed = (tmp_path / "managed",)
        return wrong(examine(places, FakeRegistry(), apps=(places.home,), managed=managed, answer_of=lambda _: answer))

    file = folder / "com.microsoft.office.plist"
    file.write_bytes(plistlib.dumps({key: allows}))
    assert told() == ""
    file.write_bytes(plistlib.dumps({key: blocks}))
    assert key in told()
    assert whose in told()
    file.write_bytes(b"not a list of preferences")
    assert told() == ""


def test_a_second_copy_and_a_mark_of_the_internet_are_told(tmp_path):
    places = windows_home(tmp_path)
    install(places, with_excel())
    (places.startup / "Champions (1).xlam").write_bytes(b"")
    Path(f"{places.addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", encoding="ascii")
    told = wrong(looked_at(places))
    assert "Champions (1).xlam" in told
    assert "internet" in told


def test_a_mac_on_which_excel_was_never_started_is_left_as_it_is(tmp_path):
    places = mac_home(tmp_path, started=False)
    with pytest.raises(ToolMissing, match="Start Excel once"):
        install(places, FakeRegistry())
    assert files_in(tmp_path) == {}


def test_a_macs_script_of_another_add_in_stays(tmp_path):
    places = mac_home(tmp_path)
    other = places.scripts / "xlwings-0.37.8.applescript"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"from another add-in")
    install(places, FakeRegistry())
    remove(places)
    assert [p.name for p in places.scripts.iterdir()] == [other.name]


def test_a_macs_script_that_is_gone_is_told(tmp_path):
    places = mac_home(tmp_path)
    install(places, FakeRegistry())
    next(places.scripts.iterdir()).unlink()
    assert "AppleScript" in wrong(looked_at(places, FakeRegistry()))


def test_windows_that_does_not_say_where_folders_are(tmp_path):
    with pytest.raises(HostCannot, match="APPDATA"):
        here({"USERPROFILE": str(tmp_path)}, "win32")
