"""The extensions of the person signed in, as LibreOffice's own tool adds, removes and lists them.

It works while LibreOffice is open too: the tool then has the open one do it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from addin.frontends.toolbar.places import Office
from workbook.model.errors import BookBusy, ToolMissing

_SECONDS = 180
_LISTED = re.compile(r"^Identifier: (\S+)\s+Version: (\S+)", re.MULTILINE)
_OF_PYTHON = ("PYTHONHOME", "PYTHONPATH")


class Extensions:
    """The extensions of one person.

    Args:
        office: the LibreOffice to ask.
        environment: the variables of its process; this process's own by default.
        administrator: whether Unix' administrator runs this, whom LibreOffice's tool refuses.
    """

    def __init__(
        self, office: Office, environment: Mapping[str, str] | None = None, *, administrator: bool | None = None
    ) -> None:
        self._office = office
        known = os.environ if environment is None else environment
        self._environment = {name: value for name, value in known.items() if name not in _OF_PYTHON}
        if office.platform == "linux":  # its tool may have to start its Python, which looks for itself along the path
            self._environment["PATH"] = f"/usr/bin:/bin:{known.get('PATH', '')}"
        self._administrator = getattr(os, "geteuid", lambda: 1)() == 0 if administrator is None else administrator

    def add(self, extension: Path) -> None:
        """Adds an extension, or puts it in the place of another version.

        Raises:
            ToolMissing: LibreOffice can't take it.
            BookBusy: LibreOffice does not answer.
        """
        self._do("add", ["--force"], str(extension))

    def remove(self, identifier: str) -> None:
        """Takes an extension away.

        Raises:
            ToolMissing: LibreOffice can't take it away.
            BookBusy: LibreOffice does not answer.
        """
        self._do("remove", [], identifier)

    def versions(self) -> dict[str, str]:
        """The version of each extension, by its identifier.

        Raises:
            ToolMissing: LibreOffice does not say.
            BookBusy: LibreOffice does not answer.
        """
        return dict(_LISTED.findall(self._do("list", [])))

    def _do(self, action: str, options: Sequence[str], *named: str) -> str:
        if not self._administrator:
            return self._run([str(self._office.unopkg), action, *options, *named])
        if not self._office.pythons:
            raise ToolMissing(
                "LibreOffice's own Python was not found, and its tool for extensions refuses an administrator.",
                where=str(self._office.programs),
                next_step="Do this as the person who uses LibreOffice.",
            )
        with as_file(files("addin.frontends.toolbar") / "extension_manager.py") as script:
            words = [str(self._office.pythons[0]), str(script), str(self._office.soffice), action, *named]
            return self._run(words)

    def _run(self, words: list[str]) -> str:
        try:
            done = subprocess.run(  # noqa: S603 - LibreOffice's own tool
                words,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise BookBusy(
                "LibreOffice does not answer. Perhaps it shows a question.",
                where=str(self._office.programs),
                next_step="Answer it or close LibreOffice, then do this again.",
            ) from error
        except OSError as error:
            raise self._refused(str(error)) from error
        if done.returncode:
            raise self._refused(done.stderr or done.stdout)
        return done.stdout

    def _refused(self, said: str) -> ToolMissing:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        return ToolMissing(
            f"LibreOffice's tool for extensions says: {lines[-1] if lines else 'nothing'}",
            where=str(self._office.programs),
            next_step="Close every window of LibreOffice and do this again.",
        )
