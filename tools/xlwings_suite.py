"""xlwings' own tests on LibreOffice: `python -m tools.xlwings_suite`, and the share of them that passes.

The tests come with xlwings' source package, of the very version that we depend on, and are never kept here. Those are
run that drive a spreadsheet program through xlwings' public interface; each file of them is counted by itself.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What a workbook of registers needs: programs, books, sheets, ranges, tables, names, values between Python and cells.
CORE = ("active", "app", "book", "sheet", "range", "table", "names", "conversion", "ndim", "fileformats")
#: What else xlwings offers to everyone; what it sells has tests of its own, which ask for a licence.
REST = (
    "alignment",
    "borders",
    "characters",
    "conditional_formats",
    "data_validation",
    "font",
    "pivot_table",
    "range_duplicates_special_integration",
    "range_find_replace_integration",
    "range_move_integration",
    "shape",
)
PASSED, REFUSED, FAILED, ELSEWHERE = "passed", "refused", "failed", "elsewhere"
#: What the tests import besides what xlwings needs.
_BESIDES = ("pytz",)
#: Has xlwings' tests meet our engine, as they would meet Excel.
_CONFTEST = """\
from addin.calc.engine import registered

registered().activate()
"""
#: What xlwings' tests skip themselves with where an engine says that it does not offer something.
_NOT_OFFERED = "NotImplementedError"


def fetched(folder: Path) -> Path:
    """Fetches the tests of xlwings into a folder; gives the folder that they lie in.

    Only pip's unpacked copy is wanted: that it can't be built without a compiler does not matter.

    Raises:
        FileNotFoundError: the package index did not give it.
    """
    unpacked, tests = folder / "unpacked", folder / "suite" / "tests"
    unpacked.mkdir()
    wanted = f"xlwings=={version('xlwings')}"
    pip = [sys.executable, "-m", "pip", "download", "--no-clean", "--no-deps", "--no-build-isolation"]
    pip += ["--no-binary", "xlwings", "--dest", str(folder), "--quiet", wanted]
    run = subprocess.run(pip, env={**os.environ, "TMPDIR": str(unpacked)}, capture_output=True, text=True, check=False)
    found = next((path.parent for path in unpacked.glob("*/*/tests/common.py")), None)
    if found is None:
        raise FileNotFoundError(f"{wanted} could not be fetched from the package index:\n{run.stderr[-500:]}")
    shutil.copytree(found, tests)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(tests.parent), *_BESIDES]
    subprocess.run(pip, check=True)
    (tests / "conftest.py").write_text(_CONFTEST, encoding="utf-8")
    (tests / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tests


def outcomes(tests: Path, names: Iterable[str], words: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Runs files of the tests; each test's file and what came of it: passed, refused, failed, elsewhere."""
    report = tests.parent / "report.xml"
    files = [str(tests / f"test_{name}.py") for name in names]
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *words, *files]
    subprocess.run(run, cwd=tests.parent, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest's own report
        parts = case.get("classname", "").split(".")
        yield next(part for part in parts if part.startswith("test_")).removeprefix("test_"), _outcome(case)


def _outcome(case: ET.Element) -> str:
    skipped = case.find("skipped")
    if skipped is not None:
        return REFUSED if _NOT_OFFERED in skipped.get("message", "") else ELSEWHERE
    wrong = case.find("failure") if case.find("failure") is not None else case.find("error")
    if wrong is None:
        return PASSED
    return REFUSED if wrong.get("message", "").startswith(_NOT_OFFERED) else FAILED


def table(counted: dict[str, Counter[str]]) -> str:
    """The counts as a table in Markdown: the core file by file, and the rest together."""
    lines = ["| xlwings' tests of | passed | refused by name | otherwise | share |", "|---|---|---|---|---|"]
    core = sum((counted.get(name, Counter()) for name in CORE), Counter[str]())
    rest = sum((counted.get(name, Counter()) for name in REST), Counter[str]())
    rows = [(name, counted[name]) for name in CORE if name in counted]
    rows += [("**all of these**", core), ("everything else that drives a program", rest), ("**all**", core + rest)]
    for name, count in rows:
        ran = count[PASSED] + count[REFUSED] + count[FAILED]
        share = f"{count[PASSED] / ran:.0%}" if ran else "–"
        lines.append(f"| {name} | {count[PASSED]} | {count[REFUSED]} | {count[FAILED]} | {share} |")
    return "\n".join(lines)


def main() -> None:
    """Runs them, and prints the shares."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="*", help="files without test_ and .py; all where none is named")
    options.add_argument("--words", default="", help="more words for pytest, such as '-k merge'")
    chosen = options.parse_args()
    counted: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        tests = fetched(Path(folder))
        for name, outcome in outcomes(tests, chosen.names or (*CORE, *REST), chosen.words.split()):
            counted.setdefault(name, Counter())[outcome] += 1
    print(table(counted))


if __name__ == "__main__":
    main()
