"""LibreOffice for tests: opens and saves again, or prints to PDF, in a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
#: Set in CI: what is missing there is a failure, not a reason to leave a test out.
REQUIRED = bool(os.environ.get("CHAMPIONS_REQUIRE_ALL"))


def need_office() -> None:
    """Leaves the test out, with the reason, where LibreOffice is not installed."""
    if shutil.which("soffice") is None:
        if REQUIRED:
            pytest.fail("LibreOffice is required here and is not installed.")
        pytest.skip("LibreOffice is not installed on this machine.")


def need_office_python() -> None:
    """Leaves the test out, with the reason, where LibreOffice runs no extensions in Python."""
    need_office()
    if not (Path(shutil.which("soffice") or "").resolve().parent / "pythonloader.py").exists():
        if REQUIRED:
            pytest.fail("LibreOffice's Python (python3-uno) is required here and is not installed.")
        pytest.skip("LibreOffice's Python (python3-uno) is not installed on this machine.")


def need_corpus() -> Path:
    """The folder of foreign files; leaves the test out, with the reason, where it is not there."""
    if not CORPUS.is_dir():
        if REQUIRED:
            pytest.fail("The foreign files are required here and are not beside the project.")
        pytest.skip("The foreign files (../shared/corpus) are not beside this checkout.")
    return CORPUS


def convert(path: Path, folder: Path, to: str = "xlsx") -> Path:
    """The file opened in LibreOffice and saved into `folder` in another or the same format."""
    need_office()
    profile = folder / "profile"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run(
        [*command, "--convert-to", to, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    made = folder / f"{path.stem}.{to.partition(':')[0]}"
    assert made.exists(), "LibreOffice did not save the file"
    shutil.rmtree(profile, ignore_errors=True)
    return made


def write_settings(profile: Path, settings: Iterable[tuple[str, str, str]]) -> None:
    """Gives LibreOffice settings of its own: where each stands, its name, its value."""
    items = "".join(
        f'<item oor:path="{where}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for where, name, value in settings
    )
    text = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def convert_reckoned(path: Path, folder: Path, *, locale: str = "en-GB") -> Path:
    """The file opened in LibreOffice with every formula reckoned anew, in the way of a country, and saved as .xlsx."""
    need_office()
    profile = folder / "reckoning"
    settings = (
        ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),
        ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", locale),
        ("/org.openoffice.Office.Linguistic/General", "UILocale", locale),
    )
    write_settings(profile, settings)
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    shutil.rmtree(profile, ignore_errors=True)
    made = folder / f"{path.stem}.xlsx"
    assert made.exists(), "LibreOffice did not save the file"
    return made
