"""The office program in front: a press imports no more than it needs, and what it left out can be had afterwards."""

from __future__ import annotations

import subprocess
import sys

_PRESS = """
import sys
import addin.frontends.buttons.pressing
from addin.frontends.buttons import office_app
office_app.import_xlwings()
import addin.calc.engine, xlwings
taken = [name for name in ("pandas", "numpy", "matplotlib", "docx", "rich", "openpyxl") if name in sys.modules]
assert not taken, taken
import matplotlib
assert matplotlib.__version__
assert xlwings.Book
"""


def test_a_press_takes_no_heavy_library_along_and_documents_still_find_theirs():
    done = subprocess.run([sys.executable, "-B", "-c", _PRESS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
