"""The pictures of LibreOffice's toolbar in the documents, from a real window: `python -m tools.toolbar_picture`.

Needs LibreOffice, Xvfb, xdotool and ImageMagick.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.support.toolbar_desk import ToolbarDesk

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
#: What is kept of the screen: the menu, the toolbars, and the first lines of the sheet.
_KEPT = (0, 0, 1320, 430)
#: With the message in the middle of the window, and the status bar.
_KEPT_OF_RESULT = (0, 0, 1320, 500)
_COLOURS = 255


def main() -> None:
    """Writes the pictures anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = [sys.executable, "-m", "addin.frontends.terminal", "demo", str(folder), "--as-of", "2026-06-30"]
        subprocess.run(run, check=True, capture_output=True)
        (workbook,) = folder.glob("*.xlsx")
        with ToolbarDesk(workbook, folder / "home") as desk:
            desk.ready()
            desk.go("Triggers", "A6")
            desk.open_beside("Check entries")
            _keep(desk.picture(folder / "menu.png"), "libreoffice.png", _KEPT)
            desk.press("Escape")
            desk.click("Check entries")
            desk.wait_until(lambda seen: bool(seen["messages"]))
            _keep(desk.picture(folder / "result.png"), "libreoffice-check.png", _KEPT_OF_RESULT)


def _keep(shot: Path, name: str, part: tuple[int, int, int, int]) -> None:
    picture = Image.open(shot).convert("RGB").crop(part).quantize(_COLOURS, Image.Quantize.MAXCOVERAGE)
    picture.save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
