"""The picture of LibreOffice's toolbar in the documents, from a real window: `python -m tools.toolbar_picture`.

Needs LibreOffice, Xvfb, xdotool and ImageMagick.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.toolbar_desk import ToolbarDesk

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "libreoffice.png"
#: What is kept of the screen: the menu, the toolbars, and the first lines of the sheet.
_KEPT = (0, 0, 1320, 430)
_COLOURS = 255


def main() -> None:
    """Writes the picture anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = [sys.executable, "-m", "addin.cli", "demo", str(folder), "--as-of", "2026-06-30"]
        subprocess.run(run, check=True, capture_output=True)
        (workbook,) = folder.glob("*.xlsx")
        with ToolbarDesk(workbook, folder / "home") as desk:
            desk.ready()
            desk.go("Triggers", "A6")
            desk.open_beside("Check entries")
            shot = desk.picture(folder / "screen.png")
        picture = Image.open(shot).convert("RGB").crop(_KEPT).quantize(_COLOURS, Image.Quantize.MAXCOVERAGE)
        picture.save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
