"""Runs `docs/one-providers-year.ipynb` and stores in it what its cells print: `python tools/notebook.py`."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the checkout's own package, wherever this is run from

NOTEBOOK = ROOT / "docs" / "one-providers-year.ipynb"


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells that can be run, in their order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def printed(notebook: dict[str, Any], space: dict[str, Any] | None = None) -> list[str]:
    """What each code cell prints, run one after the other in one namespace, as a kernel would.

    Args:
        notebook: as read from its file.
        space: the namespace; a new one without it.

    Raises:
        Exception: whatever a cell raises.
    """
    space = {} if space is None else space
    texts = []
    for n, cell in enumerate(code_cells(notebook), 1):
        with redirect_stdout(io.StringIO()) as out:
            exec(compile("".join(cell["source"]), f"cell {n}", "exec"), space)  # noqa: S102 - our own notebook's cells
        texts.append(out.getvalue())
    return texts


def stored(cell: dict[str, Any]) -> str:
    """What a cell printed when the notebook was last written."""
    return "".join(line for output in cell["outputs"] for line in output["text"])


def main() -> int:
    """Runs the notebook and writes it anew."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for n, (cell, text) in enumerate(zip(code_cells(notebook), printed(notebook), strict=True), 1):
        cell["execution_count"] = n
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}]
    NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{NOTEBOOK.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
