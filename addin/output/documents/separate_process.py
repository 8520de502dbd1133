"""Works out a template that isn't ours in a process of its own, and says in words how that ended.

Contents and template go to the process over a pipe, as JSON; a document or the words of a mistake come back. The
process holds itself to its limits (`limits.py`); this side waits only so long, and on a Mac looks after its memory too.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import subprocess
import sys
import threading
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from addin.isolated import start_line
from addin.output.documents.context_json import as_json
from addin.output.documents.limits import LIMITS, MOST_WORDS, Limits
from addin.output.documents.logo import Logo
from addin.output.documents.mistakes import broken_off, too_much_memory, too_much_time
from addin.output.documents.places import Template
from workbook.documents.declare import Document
from workbook.model.errors import ChampionsError, TemplateMistake

_MOST = 96 << 20  # bytes of a document that is unpacked, with its pictures
#: Seconds that the process may take altogether, the start of a slow computer's Python included.
_PATIENCE = 60.0
_LOOK = 0.2
#: Libraries that would each start threads, whose memory counts.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
#: Exit codes of a process that Windows ended because of a job's limit of time.
_QUOTA = (1816, 0xC0000044)


@dataclass(frozen=True)
class Rendered:
    """A document, and what the person should know about how it was made."""

    content: bytes
    notes: tuple[str, ...] = ()


def render_apart(
    document: Document, context: Any, template: Template, most: Limits = LIMITS, logo: Logo | None = None
) -> Rendered:
    """The document, as `addin.output.documents.engine.render` makes it, from a template of somebody's own.

    Args:
        document: which one it is.
        context: its contents.
        template: the template.
        most: what it may use.
        logo: the provider's, as for `render`.

    Raises:
        TemplateMistake: the template has a mistake, holds what it may not, or takes too long or too much memory.
        ChampionsError: no process can be started.
    """
    asked = {
        "document": document.id,
        "template": base64.b64encode(template.content).decode("ascii"),
        "path": str(template.path),
        "context": as_json(context),
        "most": dataclasses.astuple(most),
        "logo": base64.b64encode(logo.content).decode("ascii") if logo is not None else "",
    }
    name, where = template.path.name, str(template.path)
    ended = _run(json.dumps(asked).encode("ascii"), most)
    if ended.why:
        raise {"time": too_much_time, "memory": too_much_memory}[ended.why](name, where)
    try:
        answer = json.loads(ended.said)
        if "mistake" in answer:
            what, place, todo = (str(part) for part in answer["mistake"])
            raise TemplateMistake(what, where=place, next_step=todo)
        content = base64.b64decode(answer["content"], validate=True)
        fits = fitting(content)
        notes = tuple(str(note) for note in answer["notes"])
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile) as problem:
        raise (too_much_time if _by_time(ended.code) else broken_off)(name, where) from problem
    if not fits:
        raise too_much_memory(name, where)
    return Rendered(content, notes)


def fitting(content: bytes) -> bool:
    """Whether a document, once unpacked, is of a size that Word and this program can take in.

    Args:
        content: the whole file.

    Raises:
        BadZipFile: it is no ZIP archive.
    """
    with zipfile.ZipFile(BytesIO(content)) as package:
        sizes = [(i.filename.endswith((".xml", ".rels")), i.file_size) for i in package.infolist()]
    return sum(size for words, size in sizes if words) <= MOST_WORDS and sum(size for _, size in sizes) <= _MOST


@dataclass
class _Ended:
    """How the process ended: what it said, its exit code, and why it was ended from here."""

    said: bytes = b""
    code: int = 0
    why: str = ""


def _run(asked: bytes, most: Limits) -> _Ended:
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            start_line(sys.executable, "addin.output.documents.child_process"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=sys.prefix,
            env=os.environ | _ONE_THREAD,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as problem:
        raise ChampionsError(
            f"A template of your own is filled in by a process of its own, which can't be started: {problem.strerror}.",
            where=sys.executable,
            next_step="Try again; if that does not help, install the program again. No document was written.",
        ) from problem
    ended = _Ended()
    watch = threading.Thread(target=_watch, args=(process, ended, most.memory), daemon=True)
    if sys.platform == "darwin":
        watch.start()
    with process:
        try:
            ended.said = process.communicate(asked, timeout=_PATIENCE)[0]
        except subprocess.TimeoutExpired:
            ended.why = "time"
        finally:
            process.kill()
    ended.code = process.returncode
    return ended


def _watch(process: subprocess.Popen[bytes], ended: _Ended, most: int) -> None:
    """Ends a process that has more memory than it may, where the system doesn't hold it to that."""
    while process.poll() is None:
        if resident(process.pid) > most:
            ended.why = "memory"
            process.kill()
            return
        threading.Event().wait(_LOOK)


def resident(process: int) -> int:
    """The memory that a process has, in bytes, as the system's own `ps` says; 0 where it doesn't.

    Args:
        process: its number.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the system's own program, and a number
            ["/bin/ps", "-o", "rss=", "-p", str(process)], capture_output=True, timeout=5, check=False
        )
        return int(done.stdout) << 10
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def _by_time(code: int) -> bool:
    """Whether the system ended the process because its time was over."""
    if sys.platform == "win32":
        return code in _QUOTA
    import signal

    return code in {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}
