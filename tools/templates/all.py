"""Every Word template with its builder: the module here that is called as the template is."""

from __future__ import annotations

import importlib

from addin.output.documents.package import repacked
from workbook.documents.catalogue import WORD_DOCUMENTS


def built(template: str) -> bytes:
    """The template's bytes, the same on every run.

    Args:
        template: its file name; `board-minutes.docx` is built by `tools/templates/board_minutes.py`.

    Raises:
        SystemExit: no module of that name builds it.
    """
    name = template.removesuffix(".docx").replace("-", "_")
    try:
        module = importlib.import_module(f"tools.templates.{name}")
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"Nothing builds the template {template}. Write tools/templates/{name}.py with a function build()."
        ) from error
    return repacked(module.build())


#: The file names of all templates.
TEMPLATES = tuple(d.template for d in WORD_DOCUMENTS)
