"""The page about this package shows code that works."""

import re
from pathlib import Path

from addin import lossless
from addin.lossless import LosslessError
from tests.support.lossless import making

PAGE = Path(__file__).resolve().parents[3] / "docs" / "lossless.md"


def test_the_example_runs_and_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "orders.xlsx"
    path.write_bytes(making.by_openpyxl())
    before = path.read_bytes()
    monkeypatch.chdir(tmp_path)
    known = {}
    exec(compile(code, PAGE.name, "exec"), known)
    assert path.read_bytes() == before
    saved = [p.read_bytes() for p in (tmp_path / ".orders").iterdir()]
    assert saved == [before]
    assert known["saved"].digest != known["saved"].former


def test_every_error_is_on_the_page():
    text = PAGE.read_text(encoding="utf-8")
    for name in lossless.__all__:
        found = getattr(lossless, name)
        if isinstance(found, type) and issubclass(found, LosslessError):
            assert f"`{name}" in text
