"""The add-in's own line, started by Windows Script Host (of wine) for names of every kind: what arrives is recorded."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.addin.frontends.ribbon.test_pressing import LINE
from tests.support.office import REQUIRED
from tests.support.ribbon.names import as_units, names

HERE = Path(__file__).resolve().parents[3] / "support" / "ribbon"
COMPILER = "x86_64-w64-mingw32-gcc"
#: A person whose folder is called so that every reader of lines stumbles.
PROFILE = "Zoë & Co (x) ^' 100%TEMP%"


class Windows:
    """A computer made of wine, with the recorder in the place of our pythonw.exe."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.record = folder, folder / "record"
        self.excel = folder / "excel.exe"
        local = folder / "wine" / "drive_c" / PROFILE
        python = local / "Programs" / "Champions" / "Scripts" / "pythonw.exe"
        self.environment = os.environ | {
            "WINEPREFIX": str(folder / "wine"),
            "WINEDEBUG": "-all",
            "DISPLAY": "",
            "LC_ALL": "C.UTF-8",
            "RECORD": f"Z:{self.record}".replace("/", "\\"),
        }
        subprocess.run(["wineboot", "--init"], env=self.environment, capture_output=True, timeout=300, check=True)
        python.parent.mkdir(parents=True)
        compile_c("recorder.c", python, "-mwindows")
        compile_c("excel.c", self.excel, "-lole32", "-loleaut32", "-luuid")
        self.local = f"C:\\{PROFILE}"

    def press(self, books: list[str], how: str) -> list[list[str]]:
        """Presses once for each book, and gives what reached Python."""
        self.record.unlink(missing_ok=True)
        place = self.folder / "names"
        place.write_bytes("\n".join(books).encode("utf-16-le", "surrogatepass"))
        line = LINE.replace("%LOCALAPPDATA%", "%OURS%")
        done = subprocess.run(
            ["wine", str(self.excel), f"Z:{place}".replace("/", "\\"), line, how],
            env=self.environment | {"OURS": self.local},
            capture_output=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.returncode
        records = self.record.read_bytes().decode("utf-16-le", "surrogatepass").split("\n")
        return [[as_units(field) for field in record.split("\x01")[:-1]] for record in records[:-1]]


def compile_c(source: str, target: Path, *words: str) -> None:
    run = [COMPILER, "-municode", "-O1", "-o", str(target), str(HERE / source), *words]
    subprocess.run(run, check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def windows(tmp_path_factory) -> Windows:
    missing = [tool for tool in ("wine", "wineboot", COMPILER) if shutil.which(tool) is None]
    if missing and REQUIRED:
        pytest.fail(f"{', '.join(missing)} is required here and not installed.")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed on this machine.")
    return Windows(tmp_path_factory.mktemp("started"))


@pytest.mark.wine
def test_script_host_starts_the_same_line_for_every_name_and_the_name_arrives(windows):
    books = names(120)
    seen = windows.press(books, "run")
    expanded = LINE.replace("%LOCALAPPDATA%", windows.local)
    assert {record[0] for record in seen} == {expanded}, "its own variable is replaced once, and nothing else"
    assert [record[1:] for record in seen] == [["check:OAK", "4711", as_units(book)] for book in books]
    assert sorted(p.name for p in windows.folder.iterdir()) == ["excel.exe", "names", "record", "wine"]


@pytest.mark.wine
def test_ten_thousand_names_arrive_in_variables_of_a_process(windows):
    books = names(10_000)
    seen = windows.press(books, "pack")
    assert [book for record in seen for book in record[1:]] == [as_units(book) for book in books]
    assert len({record[0] for record in seen}) == 1
