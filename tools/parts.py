"""Builds a part of addin/ that others may want as a wheel of its own, and runs its tests where nothing else of ours is.

    python tools/parts.py lossless calc
    python tools/parts.py --quick lossless calc

Nothing is published. `import workbook` must fail there, and every test of the part must run; quickly, each once, with
what tests need besides borrowed from this environment, and but for those that take long.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
#: The packages of each part, and what it needs beside the standard library.
PACKAGES = {"lossless": ("lossless",), "calc": ("calc", "pipe")}
NEEDS: dict[str, tuple[str, ...]] = {"lossless": (), "calc": ("xlwings",)}
#: What its tests need of the tests' helpers, and pages that they read.
HELPERS = {
    "lossless": ("support/lossless", "support/excel_limits", "support/office.py", "conftest.py"),
    "calc": ("support/office.py", "conftest.py"),
}
PAGES = {"lossless": "lossless.md", "calc": "calc-engine.md"}
#: Marks of tests that a quick look leaves out. All of calc needs LibreOffice; lossless is only compared with it.
TOO_LONG = {"lossless": ("long", "corpus", "libreoffice"), "calc": ("long", "corpus")}
#: What tests are run and compared by.
_TOOLS = ("pytest", "pytest-xdist", "hypothesis", "openpyxl", "openxml-audit", "pandas")


def requirements(*names: str) -> list[str]:
    """The project's own requirements of these names."""
    project = PROJECT["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    wanted = {line: line.split("[")[0].rstrip("0123456789.,<>=~! ") for line in lines}
    return [line for line, name in wanted.items() if name in names]


def copy(source: Path, goal: Path) -> None:
    """Copies a file or a folder of modules."""
    goal.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, goal, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, goal)


def lay_out(part: str, folder: Path) -> None:
    """A project of one part with its tests."""
    for package in PACKAGES[part]:
        copy(ROOT / "addin" / package, folder / "addin" / package)
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
    for place in (*(f"addin/{package}" for package in PACKAGES[part]), *HELPERS[part]):
        copy(ROOT / "tests" / place, tests / place)
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


def try_alone(part: str, *, quick: bool) -> None:
    """Builds the part, installs it alone, and runs its tests."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lay_out(part, folder)
        alone, dist = folder / "alone", folder / "dist"
        run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(dist), str(folder), cwd=folder)
        run(sys.executable, "-m", "uv", "venv", "-q", "--python", sys.executable, str(folder / "venv"), cwd=folder)
        python = str(folder / "venv" / "bin" / "python")
        (wheel,) = dist.glob("*.whl")
        install(python, str(wheel))
        run(python, "-c", _IMPORTS_ALL, *PACKAGES[part], cwd=alone)
        if quick:
            run(python, "-c", _BORROW, sysconfig.get_path("purelib"), cwd=alone)
            (alone / "quickly.py").write_text(f"TOO_LONG = {TOO_LONG[part]}\n{_QUICKLY}", encoding="utf-8")
        else:
            install(python, *requirements(*_TOOLS, "xlsxwriter", "python-calamine"))
        run(python, "-c", _ALONE, cwd=alone)
        shorter = ["-p", "quickly"] if quick else []
        run(python, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *shorter, "tests", cwd=alone)


def install(python: str, *what: str) -> None:
    """Installs wheels, or what the package index has."""
    run(sys.executable, "-m", "uv", "pip", "install", "-q", "--python", python, *what, cwd=ROOT)


#: Imports every module of a part, with nothing there but what it says that it needs.
_IMPORTS_ALL = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(f"addin.{name}")
    for _, module, _ in pkgutil.walk_packages(package.__path__, f"addin.{name}.", onerror=str):
        if not module.startswith("addin.calc.agent."):  # LibreOffice's own Python runs it
            importlib.import_module(module)
"""
#: Lets this environment's libraries be found; what it has in place (the project itself) is not among them.
_BORROW = """
import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "borrowed.pth").write_text(sys.argv[1])
"""
_ALONE = "import importlib.util, sys; sys.exit(importlib.util.find_spec('workbook') is not None)"
#: Each test once, of its many cases the first; no search for cases.
_QUICKLY = """
def pytest_collection_modifyitems(config, items):
    first = {}
    for item in items:
        searches = getattr(item.obj, "is_hypothesis_test", False)
        if not searches and not any(item.get_closest_marker(name) for name in TOO_LONG):
            first.setdefault((item.path, getattr(item, "cls", None), item.originalname), item)
    kept = set(map(id, first.values()))
    config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
    items[:] = [item for item in items if id(item) in kept]
"""

if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("parts", nargs="*", default=list(NEEDS))
    given = asked.parse_args()
    for wanted in given.parts:
        try_alone(wanted, quick=given.quick)
