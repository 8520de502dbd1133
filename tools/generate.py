"""Writes the pages that are derived from the declarations, or with --check says which are not current."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workbook.reference import reference  # noqa: E402 - the checkout's own package, wherever this is run from


def pages() -> dict[Path, str]:
    """Every generated page: its file and what should stand in it."""
    return {ROOT / "docs" / "reference.md": reference()}


def main() -> int:
    """Writes or checks the pages; exit 1 if one is not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is not current")
    check = parser.parse_args().check
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is not current. Run: make generate")
        else:
            path.write_text(pages()[path], encoding="utf-8")
            print(f"{path.relative_to(ROOT)} written")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
