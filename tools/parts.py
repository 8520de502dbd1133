"""Builds a part of addin/ that others may want as a wheel of its own, and runs its tests where nothing else of ours is.

    python tools/parts.py lossless calc

Nothing is published. `import workbook` must fail there, and every test of the part must run.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
#: What each part needs beside the standard library.
NEEDS: dict[str, tuple[str, ...]] = {"lossless": (), "calc": ("xlwings",)}
#: What its tests need of the tests' helpers, and pages that they read.
HELPERS = {
    "lossless": ("support/lossless", "support/excel_limits", "support/office.py"),
    "calc": ("support/office.py", "conftest.py"),
}
PAGES = {"lossless": "lossless.md", "calc": "calc-engine.md"}
#: What tests are run and compared by.
_TOOLS = ("pytest", "pytest-xdist", "hypothesis", "openpyxl", "openxml-audit", "pandas")


def requirements(*names: str) -> list[str]:
    """The project's own requirements of these names."""
    project = PROJECT["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    wanted = {line: line.split("[")[0].rstrip("0123456789.,<>=~! ") for line in lines}
    return [line for line, name in wanted.items() if name in names]


def lay_out(part: str, folder: Path) -> None:
    """A project of one part with its tests."""
    shutil.copytree(ROOT / "addin" / part, folder / "addin" / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("__init__.py", "py.typed"):
        shutil.copy(ROOT / "addin" / name, folder / "addin")
    (folder / "pyproject.toml").write_text(
        f"""[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "champion-{part}"
version = "{PROJECT["project"]["version"]}"
requires-python = "{PROJECT["project"]["requires-python"]}"
dependencies = {requirements(*NEEDS[part])!r}
[tool.hatch.build.targets.wheel]
packages = ["addin"]
""",
        encoding="utf-8",
    )
    tests = folder / "alone" / "tests"
    for place in (f"addin/{part}", *HELPERS[part]):
        source, goal = ROOT / "tests" / place, tests / place
        goal.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, goal, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, goal)
    for place in {tests, tests / "addin", tests / "support"}:
        place.mkdir(exist_ok=True)
        (place / "__init__.py").touch()
    (folder / "alone" / "docs").mkdir()
    shutil.copy(ROOT / "docs" / PAGES[part], folder / "alone" / "docs")
    options = PROJECT["tool"]["pytest"]["ini_options"]
    lines = "".join(f"  {line}\n" for line in options["markers"])
    (folder / "alone" / "pytest.ini").write_text(
        f"[pytest]\naddopts = --strict-markers -ra\npythonpath = .\nmarkers =\n{lines}", encoding="utf-8"
    )


def run(*words: str, cwd: Path) -> None:
    """Runs a program, which must succeed."""
    subprocess.run(words, cwd=cwd, check=True)


def try_alone(part: str) -> None:
    """Builds the part, installs it alone, and runs its tests."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lay_out(part, folder)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", str(folder / "dist"), str(folder), cwd=folder)
        run(sys.executable, "-m", "venv", str(folder / "venv"), cwd=folder)
        python = str(folder / "venv" / "bin" / "python")
        (wheel,) = (folder / "dist").glob("*.whl")
        others = requirements(*_TOOLS, "xlsxwriter", "python-calamine")
        run(sys.executable, "-m", "uv", "pip", "install", "-q", "--python", python, str(wheel), *others, cwd=folder)
        alone = folder / "alone"
        code = "import importlib.util, sys; sys.exit(importlib.util.find_spec('workbook') is not None)"
        run(python, "-c", code, cwd=alone)
        run(python, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "tests", cwd=alone)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or NEEDS:
        try_alone(wanted)
