"""Starts a LibreOffice of one's own, with the agent beside it, and ends exactly what it started."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from addin.calc.errors import CalcError

if TYPE_CHECKING:
    import xlwings

#: Pythons that may know LibreOffice's library `uno`, besides this one.
_PYTHONS = (
    sys.executable,
    "/usr/bin/python3",
    "/usr/lib/libreoffice/program/python",
    "/opt/libreoffice/program/python",
)
_PATIENCE = 20
#: They import from the folder they are started in, so that must be ours: LibreOffice's own sets variables of Python's.
_HERE = Path(__file__).parent
#: What they run of ours, and no more: other modules here need a later Python.
_RUN_THERE = ("pipe", "calc/agent")


class NoOffice(CalcError):
    """LibreOffice, or a Python that knows its library, is not on this computer."""


class Office:
    """A LibreOffice in a profile and a process of its own, with an agent.

    Args:
        visible: whether it has a window.
        profile: the folder of its settings; one that goes with it where it is None.
        environment: of its processes; this one's where it is None.
        arguments: more words of its command line.

    Attributes:
        address, token: by which its agent is reached.
        pid: of the process, to end it and nothing else.

    Raises:
        NoOffice: it is not on this computer.
        CalcError: it did not start.
    """

    def __init__(
        self,
        *,
        visible: bool = False,
        profile: Path | None = None,
        environment: Mapping[str, str] | None = None,
        arguments: Sequence[str] = (),
    ) -> None:
        program, python = shutil.which("soffice"), _python_with_uno()
        if program is None:
            raise NoOffice("LibreOffice is not on this computer.")
        self._folder = Path(tempfile.mkdtemp(prefix="calc"))
        self.token = secrets.token_hex(16)
        environment = dict(os.environ if environment is None else environment)
        pipe = f"calc{os.getpid()}_{secrets.token_hex(4)}"
        settings = profile or self._folder / "profile"
        words = [program, f"-env:UserInstallation={settings.as_uri()}"]
        words += [f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext", "--norestore", "--nologo"]
        words += ["--nofirststartwizard", *([] if visible else ["--headless", "--nodefault"]), *arguments]
        self._process = _started(words, environment)
        try:
            self._agent = self._agent_beside(python, pipe, environment)
            self.address = self._said()
        except BaseException:
            self.kill()
            raise

    def _agent_beside(self, python: str, pipe: str, environment: Mapping[str, str]) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own agent
            [python, "-m", "addin.calc.agent", pipe, str(self._folder / "agent")],
            cwd=_laid_out(self._folder / "python"),
            env={**_without_pythons(environment), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def _said(self) -> str:
        told, said = self._agent.stdin, self._agent.stdout
        if told is not None:
            told.write(f"{self.token}\n")
            told.flush()
        address = said.readline().strip() if said is not None else ""
        if not address:
            raise CalcError("LibreOffice was started, and its agent did not come up.")
        return address

    @property
    def pid(self) -> int:
        """The process that was started."""
        return self._process.pid

    def close(self) -> None:
        """Ends it, in good order where it answers."""
        from addin.calc.client import Client

        with suppress(CalcError):
            client = Client(self.address, self.token)
            for uid in client.do("books", wait=_PATIENCE):
                client.do("close_book", uid=uid, wait=_PATIENCE)
            with suppress(CalcError):
                client.do("quit_program", wait=_PATIENCE)
            client.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)
        self.kill()

    def kill(self) -> None:
        """Ends it at once."""
        agent = getattr(self, "_agent", None)
        if agent is not None:
            agent.kill()
            for pipe in (agent.stdin, agent.stdout):
                with suppress(OSError):
                    pipe.close()
            agent.wait()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


def _laid_out(folder: Path) -> Path:
    """Copies what LibreOffice's own Python runs into a folder that holds nothing else, and gives it."""
    for place in _RUN_THERE:
        source = _HERE.parent / place
        shutil.copytree(source, folder / "addin" / place, ignore=shutil.ignore_patterns("__pycache__"))
    for package in ("addin", "addin/calc"):
        (folder / package / "__init__.py").touch()
    return folder


def _started(words: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - LibreOffice
        words,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # what is started is a script, which starts the program
    )


def _without_pythons(environment: Mapping[str, str]) -> dict[str, str]:
    """Without what has a Python import from elsewhere."""
    return {name: value for name, value in environment.items() if not name.startswith("PYTHON")}


def _python_with_uno() -> str:
    for python in _PYTHONS:
        if not Path(python).exists():
            continue
        run = subprocess.run(  # noqa: S603 - a Python
            [python, "-c", "import uno"],
            cwd=_HERE,
            env=_without_pythons(os.environ),
            capture_output=True,
            check=False,
        )
        if run.returncode == 0:
            return python
    raise NoOffice("No Python on this computer knows LibreOffice's library `uno` (Debian: python3-uno).")


@contextmanager
def started(*, visible: bool = False, profile: Path | None = None) -> Iterator[xlwings.App]:
    """A LibreOffice of one's own for as long as it is needed.

    Args:
        visible: whether it has a window.
        profile: the folder of its settings; one that goes with it where it is None.

    Raises:
        NoOffice: LibreOffice, or a Python that knows its library, is not on this computer.
    """
    from addin.calc.engine import joined

    office = Office(visible=visible, profile=profile)
    try:
        app = joined(office.address, office.token, Office)
        app.impl.office = office
        yield app
    finally:
        office.close()
