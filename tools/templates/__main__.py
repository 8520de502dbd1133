"""Writes every template into `templates/`."""

from __future__ import annotations

from pathlib import Path

from tools.templates.all import BUILDERS

FOLDER = Path(__file__).resolve().parents[2] / "templates"


def main() -> None:
    """Writes each template, with fixed times in the package."""
    FOLDER.mkdir(exist_ok=True)
    for name, build in BUILDERS.items():
        (FOLDER / name).write_bytes(build())


if __name__ == "__main__":
    main()
