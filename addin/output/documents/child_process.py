"""The process in which a template of somebody's own is worked out: `python -I -m addin.output.documents.child_process`.

It reads one request from its input, answers on its output, and ends. It holds itself to its limits before it looks at
the template, and looks at what comes out too.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

from addin.isolated import leave_folder
from addin.output.documents import limits
from workbook.model.errors import TemplateMistake

_NO_MEMORY = 2  # libxml2's XML_ERR_NO_MEMORY


def main() -> int:
    """Answers one request."""
    asked = json.loads(sys.stdin.buffer.read())
    most = limits.Limits(*asked["most"])
    limits.hold_memory(most.memory)
    try:
        answer = _answer(asked, most)
    except TemplateMistake as error:
        answer = {"mistake": [error.what, error.where, error.next_step]}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.buffer.flush()
    return 0


def _answer(asked: dict[str, Any], most: limits.Limits) -> dict[str, Any]:
    from addin.output.documents import allowed_parts, engine, mistakes, separate_process
    from addin.output.documents.context_json import from_json
    from addin.output.documents.logo import logo_of
    from addin.output.documents.places import Template
    from workbook.documents.catalogue import BY_ID

    path = Path(asked["path"])
    context = from_json(asked["context"])
    limits.hold_time(most.seconds, most.by_the_clock)
    try:
        content, attached = _read(path, base64.b64decode(asked["template"]))
        allowed_parts.examine(path.name, content)
        logo = logo_of(base64.b64decode(asked["logo"])) if asked["logo"] else None
        made = engine.render(BY_ID[asked["document"]], context, Template(path, content, ours=False), logo)
        if not separate_process.fitting(made):
            raise MemoryError
        allowed_parts.examine(path.name, made)
    except MemoryError as problem:
        raise mistakes.too_much_memory(path.name, str(path)) from problem
    except limits.TimeUsedUp as problem:
        raise mistakes.too_much_time(path.name, str(path)) from problem
    notes = [f"The template {path.name} points to another template elsewhere; the document does not."] * attached
    return {"content": base64.b64encode(made).decode("ascii"), "notes": notes}


def _read(path: Path, content: bytes) -> tuple[bytes, bool]:
    from addin.output.documents import allowed_parts, mistakes

    try:
        return allowed_parts.without_attached(content)
    except MemoryError:
        raise
    except Exception as problem:  # what a damaged file can raise has no end
        if getattr(problem, "code", None) == _NO_MEMORY:
            raise MemoryError from problem
        raise mistakes.unreadable(path) from problem


if __name__ == "__main__":
    leave_folder()
    sys.exit(main())
