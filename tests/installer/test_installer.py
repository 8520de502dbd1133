"""The installer for Windows: locked, complete, unpacked and, where wine is, run; with its bad days."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.office import REQUIRED
from tools.installer import (
    INSTALLER,
    LIST,
    LOCK,
    MARK,
    PYTHON,
    ROOT,
    UV_LOCK,
    compile_installer,
    digest,
    fetch,
    lay_out,
    pins,
    write_list,
)

SCRIPT = (INSTALLER / "champions.nsi").read_text(encoding="ascii")
SETUP = (INSTALLER / "setup.cmd").read_text(encoding="ascii")


def need(*tools: str) -> None:
    """Leaves the test out, with the reason, where a tool is not installed; in CI it must be there."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing and REQUIRED:
        pytest.fail(f"{', '.join(missing)} is required here and not installed.")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed on this machine.")


@pytest.fixture(scope="session")
def source(tmp_path_factory) -> Path:
    """What the installer puts on a computer. Fetched wheels are kept in build/, as `make installer` keeps them."""
    need("makensis", "7z")
    wheels = ROOT / "build" / "installer" / "wheels"
    try:
        fetch(wheels)
    except SystemExit as error:
        if REQUIRED:
            raise
        pytest.skip(f"The wheels can't be fetched here: {str(error)[-200:]}")
    folder = tmp_path_factory.mktemp("installer") / "source"
    lay_out(wheels, folder)
    return folder


def files_in(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): digest(p) for p in folder.rglob("*") if p.is_file()}


# ---- the lock --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", [LOCK, UV_LOCK], ids=lambda p: p.stem)
def test_every_library_is_locked_by_hash_and_no_index_is_named(lock):
    assert pins(lock)
    assert all(pin.hashes for pin in pins(lock))
    assert "://" not in lock.read_text(encoding="utf-8")


def test_the_lock_fits_what_the_program_asks_for():
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted = [Requirement(line) for line in tomllib.load(file)["project"]["dependencies"]]
    locked = {canonicalize_name(pin.name): pin.version for pin in pins(LOCK)}
    for requirement in wanted:
        version = locked.get(canonicalize_name(requirement.name), "")
        assert requirement.specifier.contains(version), f"{requirement}: locked {version}; make generate the lock anew"
    assert "pywin32" in locked, "xlwings needs it on Windows"


# ---- the script ------------------------------------------------------------------------------------------------------


def test_no_administrator_is_asked_for():
    assert "RequestExecutionLevel user" in SCRIPT
    assert "HKLM" not in SCRIPT
    assert "$PROGRAMFILES" not in SCRIPT
    assert "SetShellVarContext all" not in SCRIPT


def test_the_persons_path_is_left_alone():
    assert "Environment" not in SCRIPT
    assert "--no-bin --no-registry" in SETUP


def test_only_fetching_python_needs_a_network():
    lines = [line for line in SETUP.splitlines() if "uv.exe" in line]
    online = [line for line in lines if "--offline" not in line and "--no-python-downloads" not in line]
    assert len(online) == 1
    assert "python install" in online[0]
    assert all("--require-hashes" in line for line in lines if "pip install" in line)


@pytest.mark.parametrize("code", [3, 4, 5, 6, 7])
def test_each_way_to_fail_has_words_and_a_code(code):
    assert f"exit /b {code}" in SETUP
    assert f"SetErrorLevel {code}" in SCRIPT


def test_messages_stay_away_in_silent_mode():
    for number, line in enumerate(SCRIPT.splitlines()):
        if "MessageBox" in line and not line.lstrip().startswith(";"):
            assert "IfSilent +2" in SCRIPT.splitlines()[number - 1]


# ---- what is in it ---------------------------------------------------------------------------------------------------


@pytest.mark.installer
def test_it_brings_every_locked_wheel_uv_and_the_program(source):
    there = {digest(p) for p in (source / "wheels").glob("*.whl")}
    for pin in pins(LOCK):
        assert there & pin.hashes, pin.name
    (own,) = (source / "wheels").glob("champion_workbook-*.whl")
    with zipfile.ZipFile(own) as wheel:
        names = wheel.namelist()
        assert "addin/frontends/ribbon/Champions.xlam" in names
        assert (
            wheel.read("addin/frontends/ribbon/Champions.xlam")
            == (ROOT / "addin" / "frontends" / "ribbon" / "Champions.xlam").read_bytes()
        )
        assert "addin/output/documents/templates/board-minutes.docx" in names
    requirements = (source / "requirements.txt").read_text(encoding="utf-8")
    assert f"--hash=sha256:{digest(own)}" in requirements
    assert (source / "uv.exe").read_bytes()[:2] == b"MZ"
    assert "@" not in (source / "setup.cmd").read_text(encoding="ascii").replace("@echo off", "")
    assert b"\r\n" in (source / "setup.cmd").read_bytes()
    pictures = re.findall(r'src="([^"]+)"', (source / "guide.html").read_text(encoding="utf-8"))
    assert pictures
    assert all((source / picture).is_file() for picture in pictures)


@pytest.mark.installer
def test_each_library_brings_its_licence(source):
    there = {canonicalize_name(p.stem) for p in (source / "licences").iterdir()}
    brought = {canonicalize_name(p.name.split("-")[0]) for p in (source / "wheels").glob("*.whl")} | {"uv"}
    # these two name their licence in their metadata and ship no text of it
    assert brought - there <= {"docxtpl", "pywin32"}


def install_for_windows(wheels: Path, requirements: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """As setup.cmd does it, with uv taking this machine for Windows."""
    words = [
        *(str(Path(sys.executable).with_name("uv")), "pip", "install", "--quiet", "--no-config", "--offline"),
        *("--no-index", "--require-hashes", "--find-links", str(wheels), "--target", str(target)),
        *("--python-platform", "x86_64-pc-windows-msvc", "--python-version", PYTHON),
        *("--only-binary", ":all:", "-r", str(requirements)),
    ]
    return subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.installer
def test_its_wheels_install_for_windows_without_a_network(source, tmp_path):
    target = tmp_path / "site-packages"
    done = install_for_windows(source / "wheels", source / "requirements.txt", target)
    assert done.returncode == 0, done.stderr
    for name in ("addin", "workbook", "xlwings", "lxml", "win32", "rapidfuzz", "python_calamine"):
        assert (target / name).is_dir(), name
    libraries = {p.suffix for p in target.rglob("*") if p.suffix in {".so", ".pyd", ".dll", ".dylib"}}
    assert ".pyd" in libraries
    assert not libraries & {".so", ".dylib"}


@pytest.mark.installer
def test_a_wheel_that_was_changed_is_refused(source, tmp_path):
    changed = tmp_path / "wheels"
    shutil.copytree(source / "wheels", changed)
    (wheel,) = changed.glob("xlsxwriter-*")
    with zipfile.ZipFile(wheel, "a") as package:
        package.writestr("xlsxwriter/extra.py", "")
    words = [
        *(str(Path(sys.executable).with_name("uv")), "pip", "install", "--no-config", "--offline", "--no-index"),
        *(
            "--require-hashes",
            "--find-links",
            str(changed),
            "--target",
            str(tmp_path / "out"),
            "--only-binary",
            ":all:",
        ),
        *("--python-platform", "x86_64-pc-windows-msvc", "--python-version", PYTHON),
        *("-r", str(source / "requirements.txt")),
    ]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode != 0
    assert "hash" in done.stderr.lower()


@pytest.mark.installer
def test_unpacked_it_holds_exactly_what_was_laid_out(source, tmp_path):
    setup = tmp_path / "setup.exe"
    compile_installer(source, setup, "0.1.0", more=["QUICK=1"])
    unpacked = tmp_path / "unpacked"
    subprocess.run(["7z", "x", "-y", f"-o{unpacked}", str(setup)], check=True, capture_output=True, timeout=120)
    there = files_in(unpacked)
    parts = {name for name in there if name.startswith("$PLUGINSDIR") or name == "remove.exe"}
    assert {name: value for name, value in there.items() if name not in parts} == files_in(source)
    assert "remove.exe" in parts


@pytest.mark.installer
def test_the_list_names_everything_that_is_put_there_and_nothing_else(source):
    lines = (source / LIST).read_text(encoding="ascii").splitlines()
    assert lines[0] == MARK
    names = [line.replace("\\", "/") for line in lines[1:]]
    assert sorted(n for n in names if not n.endswith("/")) == sorted(set(files_in(source)) - {LIST})
    folders = {f"{p.relative_to(source)}/" for p in source.rglob("*") if p.is_dir()}
    assert {n for n in names if n.endswith("/")} == folders
    assert names.index("wheels/") > max(
        n for n, name in enumerate(names) if name.startswith("wheels/") and len(name) > 7
    )
    assert len(max(lines, key=len)) < 1024, "NSIS reads no longer line"


@pytest.mark.parametrize("name", ["a*b.txt", "a?b.txt", "Zoë.txt", "a\tb.txt", "x" * 201])
def test_a_name_that_the_remover_could_misread_is_not_installed(name, tmp_path):
    (tmp_path / "plain.txt").touch()
    write_list(tmp_path)
    (tmp_path / name).touch()
    with pytest.raises(ValueError, match="can't name"):
        write_list(tmp_path)


def test_the_remover_empties_no_folder_but_those_that_setup_noted_it_made():
    uninstall = SCRIPT.partition('Section "Uninstall"')[2]
    assert "RMDir /r" not in uninstall
    assert SCRIPT.count("RMDir /r") == 1, "in RemoveMade alone"
    made = re.findall(r'RemoveMade "(\w+)"', uninstall)
    assert sorted(made) == sorted(re.findall(r"call :own (\w+)", SETUP)) == ["cache", "environment", "python"]


# ---- run under wine --------------------------------------------------------------------------------------------------


class Windows:
    """A computer made of wine, on which a stand-in for uv notes how it is called (recorder.nsi)."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {"WINEPREFIX": str(folder / "wine"), "WINEDEBUG": "-all", "DISPLAY": ""}
        stand_in = folder / "uv.exe"
        recorder = Path(__file__).with_name("recorder.nsi")
        subprocess.run(["makensis", "-V1", "-NOCD", f"-DOUT={stand_in}", str(recorder)], check=True, timeout=60)
        laid_out = folder / "source"
        (laid_out / "wheels").mkdir(parents=True)
        for name in ("setup.cmd", "requirements.txt", "guide.html"):
            shutil.copy2(source / name, laid_out / name)
        for name in ("licences", "pictures"):
            shutil.copytree(source / name, laid_out / name)
        shutil.copy2(next((source / "wheels").glob("champion_workbook-*")), laid_out / "wheels")
        shutil.copy2(stand_in, laid_out / "uv.exe")
        write_list(laid_out)
        self.setup = folder / "setup.exe"
        more = ["QUICK=1", "TARGET=amd64-unicode"]  # wine here runs programs of 64 bits alone
        compile_installer(laid_out, self.setup, "0.1.0", more=more)
        self.run("wineboot", "--init")
        (self.user,) = (p for p in (folder / "wine" / "drive_c" / "users").iterdir() if p.name != "Public")
        self.place = self.user / "AppData" / "Local" / "Programs" / "ChampionWorkbook"
        self.elsewhere = self.folder / "wine" / "drive_c" / "Tom & Zoë" / "ChampionWorkbook"

    def run(self, *words: str) -> int:
        done = subprocess.run(
            ["wine", *words], env=self.environment, capture_output=True, timeout=180, check=False, cwd=self.folder
        )
        return done.returncode

    def install(self, *more: str) -> int:
        return self.run(str(self.setup), "/S", *more)

    def remove(self) -> None:
        """The remover goes on in a copy of itself, so that it can delete itself: waits until that has ended."""
        self.run(str(self.place / "remove.exe"), "/S")
        end = time.monotonic() + 30
        while (self.place / "setup.cmd").exists() and time.monotonic() < end:
            if any("addin remove" in call for call in self.calls(keep=True)):
                time.sleep(2)
                return
            time.sleep(0.2)

    @property
    def shortcuts(self) -> set[str]:
        return {p.stem for p in self.user.rglob("Champion Workbook/*.lnk")}

    def calls(self, *, keep: bool = False) -> list[str]:
        """How uv and the Python that it set up were called, since this was last asked."""
        found = []
        for path in (self.place / "recorded.txt", self.place / "environment" / "Scripts" / "recorded.txt"):
            if path.exists():
                found += path.read_text(encoding="utf-16-le").replace("\ufeff", "").splitlines()
                if not keep:
                    path.unlink()
        return found


@pytest.fixture(scope="module")
def windows(tmp_path_factory, source) -> Windows:
    if shutil.which("wine") is None:
        pytest.skip("wine is not installed on this machine.")
    return Windows(tmp_path_factory.mktemp("windows"), source)


@pytest.mark.wine
@pytest.mark.installer
def test_under_wine_it_installs_silently_and_is_removed_cleanly(windows):
    assert windows.install() == 0
    assert [" ".join(call.split()[:3]) for call in windows.calls()] == [
        "uv.exe python find",
        "uv.exe venv --no-project",
        "uv.exe pip install",
        "python.exe -I -B",
    ]
    assert windows.shortcuts == {"New programme workbook", "Guide", "Is all well", "Repair", "Remove"}
    assert "Champion Workbook 0.1.0" in (windows.place / "install.log").read_text(encoding="ascii", errors="replace")
    windows.remove()
    assert not windows.place.exists()
    assert windows.shortcuts == set()


@pytest.mark.wine
@pytest.mark.installer
def test_under_wine_a_place_with_blanks_accents_and_signs_will_do(windows, monkeypatch):
    monkeypatch.setattr(windows, "place", windows.elsewhere)
    # NSIS takes the rest of the line without quotation marks
    assert windows.install(*f"/D=C:\\{windows.elsewhere.parent.name}\\ChampionWorkbook".split()) == 0
    calls = windows.calls()
    assert len(calls) == 4
    assert rf'--find-links "C:\{windows.elsewhere.parent.name}\ChampionWorkbook\wheels"' in calls[2]
    windows.remove()
    assert not windows.elsewhere.exists()


@pytest.mark.wine
@pytest.mark.installer
def test_under_wine_bad_days_end_with_their_codes(windows):
    assert windows.install() == 0
    windows.calls()
    (windows.place / "no python").touch()
    assert windows.install() == 0, "uv fetches one"
    assert any("python install" in call for call in windows.calls())
    (windows.place / "no network").touch()
    assert windows.install() == 3
    (windows.place / "no python").unlink()
    shutil.rmtree(windows.place / "environment")
    (windows.place / "no environment").touch()
    assert windows.install() == 5, "no Python came about, whatever the steps say"
    (windows.place / "no environment").unlink()
    (windows.place / "excel open").touch()
    assert windows.install() == 6, "the program is there, the ribbon is not"
    windows.calls()
    windows.remove()
    assert (windows.place / "setup.cmd").exists(), "with Excel open nothing is removed"
    (windows.place / "excel open").unlink()
    windows.calls()
    windows.remove()
    assert not (windows.place / "setup.cmd").exists()
    shutil.rmtree(windows.place)


def person(place: Path) -> dict[str, str]:
    """Puts into a folder what a person might keep there, under names that the installer uses too."""
    for name in (
        "pictures/summer.jpg",
        "python/script.py",
        "environment/notes.txt",
        "cache/x",
        "wheels/car.txt",
        "mine",
    ):
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{name} is mine", encoding="utf-8")
    return files_in(place)


@pytest.mark.wine
@pytest.mark.installer
def test_under_wine_a_folder_with_a_persons_own_files_is_refused(windows, monkeypatch):
    own = windows.elsewhere.with_name("Own")
    monkeypatch.setattr(windows, "place", own)
    before = person(own)
    where = f"/D=C:\\{own.parent.name}\\Own".split()
    assert windows.install(*where) == 7
    assert files_in(own) == before, "nothing was put there"
    assert windows.shortcuts == set()
    (own / LIST).write_text("a list of my own\n", encoding="ascii")
    before = files_in(own)
    assert windows.install(*where) == 7, "a list that isn't ours marks nothing"
    assert files_in(own) == before


@pytest.mark.wine
@pytest.mark.installer
def test_under_wine_removing_leaves_what_a_person_put_there(windows):
    assert windows.install() == 0
    windows.calls()
    put = {
        name: digest_of_new(windows.place / name)
        for name in ("pictures/summer.jpg", "wheels/car.txt", "python/script.py", "cache/x", "mine.xlsx")
    }
    (windows.place / "wheels" / "older-1.0-py3-none-any.whl").touch()
    with (windows.place / LIST).open("a", encoding="ascii") as listed:
        listed.write("wheels\\older-1.0-py3-none-any.whl\n")
    assert windows.install() == 7, "the cache that is there is not ours to empty"
    assert not (windows.place / "wheels" / "older-1.0-py3-none-any.whl").exists(), (
        "what an earlier version put there goes"
    )
    windows.calls()
    (windows.place / LIST).rename(windows.place / "kept list")
    windows.remove()
    assert (windows.place / "setup.cmd").exists(), "without the list nothing is removed"
    (windows.place / "kept list").rename(windows.place / LIST)
    windows.remove()
    assert files_in(windows.place) == put
    assert windows.shortcuts == set()
    shutil.rmtree(windows.place)


def digest_of_new(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{file.name} is mine", encoding="utf-8")
    return digest(file)
