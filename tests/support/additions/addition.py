"""What a worked addition consists of, and a copy of the project in which it is made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
#: Neither ours nor needed by what holds an addition. What is compiled goes along: a file that is edited is younger.
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "node_modules", "build", "dist", "demo", "*.egg-info"
)
CHANGELOG, VERSIONS = "CHANGELOG.md", "tests/test_versions.py"


@dataclass(frozen=True)
class Edit:
    """What is done to one file.

    Attributes:
        path: the file, from the project's root.
        change: gives its new text; '' is the old one of a file that is not there yet.
        held_by: the tests that tell where it was left out.
        listed: how the table names it: the folder that it stands in; '' for the file itself.
    """

    path: str
    change: Callable[[str], str]
    held_by: str
    listed: str = ""

    @property
    def place(self) -> str:
        """What the table lists for it."""
        return self.listed or self.path


@dataclass(frozen=True)
class Addition:
    """One worked addition.

    Attributes:
        kind: the first cell of its row in the table.
        edits: what a person writes, in the table's order.
        version: the name of the version that is raised, whose digest the test of versions prints; '' for none.
        more: further tests that must be green with it.
    """

    kind: str
    edits: tuple[Edit, ...]
    version: str = ""
    more: tuple[str, ...] = ()

    @property
    def held_by(self) -> tuple[str, ...]:
        """The tests that must be green with it."""
        return (*dict.fromkeys(edit.held_by for edit in self.edits), *self.more)

    @property
    def files(self) -> frozenset[str]:
        """All that the table must list."""
        return frozenset({edit.place for edit in self.edits} | ({VERSIONS} if self.version else set()))


def listed(kind: str) -> tuple[frozenset[str], bool]:
    """The files and folders that the table lists for a kind of addition, and whether it asks for `make generate`."""
    rows = (line.split("|") for line in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines())
    cell = next(row[2] for row in rows if len(row) == 4 and row[1].strip() == kind)
    named = {word for word in re.findall(r"`([^`]+)`", cell) if "/" in word and " " not in word}
    return frozenset(named | ({CHANGELOG} if "the changelog" in cell else set())), "`make generate`" in cell


def new(text: str) -> Callable[[str], str]:
    """A file that was not there."""
    return lambda _: text


def after(found: str, text: str) -> Callable[[str], str]:
    """Puts text behind the first place that is found."""
    return lambda old: _once(old, found, found + text)


def before(found: str, text: str) -> Callable[[str], str]:
    """Puts text before the first place that is found."""
    return lambda old: _once(old, found, text + found)


def instead(found: str, text: str) -> Callable[[str], str]:
    """Puts text in the place of another."""
    return lambda old: _once(old, found, text)


def all_of(*changes: Callable[[str], str]) -> Callable[[str], str]:
    """Several changes of one file."""

    def changed(text: str) -> str:
        for change in changes:
            text = change(text)
        return text

    return changed


def raised(name: str) -> Callable[[str], str]:
    """Raises the last number of a version."""
    found = re.compile(rf'^({name} = "(?:[0-9]+[.])*)([0-9]+)"', re.MULTILINE)
    return lambda text: found.sub(lambda m: f'{m[1]}{int(m[2]) + 1}"', text)


def noted(name: str, said: str) -> Edit:
    """Notes a new version's digest, which the failing test says, where the digests stand."""
    version, digest = re.findall(rf"{name} (\S+) has other \w+: ([0-9a-f]+)", said)[0]
    table = {"LAYOUT_VERSION": "LAYOUTS", "RULES_VERSION": "RULES"}[name]
    found = re.compile(rf"^({table} = {{.*)}}$", re.MULTILINE)
    return Edit(VERSIONS, lambda old: found.sub(lambda m: f'{m[1]}, "{version}": "{digest}"}}', old), VERSIONS)


def told(words: str) -> Edit:
    """A line of the changelog."""
    return Edit(CHANGELOG, lambda old: f"{old.rstrip()}\n- {words}\n", "tests/test_changelog.py")


def _once(old: str, found: str, text: str) -> str:
    if found not in old:
        raise LookupError(f"The worked addition looks for a place that is not there any more: {found}")
    return old.replace(found, text, 1)


class Copy:
    """A copy of the project in which an addition is made.

    Args:
        folder: where it is laid; must not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=_LEFT_OUT)
        self._former: dict[str, str | None] = {}

    def make(self, edit: Edit) -> None:
        """Does what a person does to one file."""
        path = self.folder / edit.path
        former = path.read_text(encoding="utf-8") if path.exists() else None
        self._former[edit.path] = former
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edit.change(former or ""), encoding="utf-8")

    def forget(self, edit: Edit) -> None:
        """Takes one file back to what it was."""
        path, former = self.folder / edit.path, self._former[edit.path]
        if former is None:
            path.unlink()
        else:
            path.write_text(former, encoding="utf-8")

    def generate(self) -> list[str]:
        """`make generate`; the files that were not current."""
        done = self._run("tools/generate.py")
        if done.returncode:
            raise RuntimeError(done.stderr)
        return [line.removesuffix(" written") for line in done.stdout.splitlines()]

    def wrong(self, tests: Iterable[str]) -> str:
        """What tests say is wrong; '' where all is well. Each is a file, or a test of one."""
        done = self._run("-m", "pytest", "-q", "-n0", "-x", "-p", "no:cacheprovider", *tests)
        return "" if done.returncode == 0 else done.stdout + done.stderr

    def broken_contracts(self) -> str:
        """Which contract on imports is broken, in words; '' where none is."""
        script = Path(sys.executable).with_name("lint-imports")
        done = self._start(str(script), "--no-cache")
        return "" if done.returncode == 0 else done.stdout + done.stderr

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._start(sys.executable, "-B", *words)

    def _start(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=self.folder, env=self._surroundings(), capture_output=True, text=True, check=False
        )

    def _surroundings(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        return {**kept, "PYTHONPATH": str(self.folder)}
