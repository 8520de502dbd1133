"""The extension: the same words as the commands, a picture for each, and nothing that LibreOffice's Python lacks."""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import zipfile
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from addin.frontends.toolbar.build import build, facts
from addin.frontends.toolbar.inside.facts import Facts
from addin.frontends.toolbar.names import PROTOCOL
from workbook.commands import BUTTONS
from workbook.documents.catalogue import DOCUMENTS
from workbook.ribbon import pressable

with zipfile.ZipFile(io.BytesIO(build())) as package:
    PARTS = {name: package.read(name) for name in package.namelist()}
OOR = "{http://openoffice.org/2001/registry}"
WHERE = ("OfficeMenuBar", "OfficeToolBar", "OfficeNotebookBar")
PYTHON = [name for name in PARTS if name.endswith(".py")]


def said_in(part: str, where: str) -> list[tuple[str, str]]:
    """What each item presses and says, in the order of the buttons."""
    items = []
    for parent in ET.fromstring(PARTS[part]).iter("node"):
        if parent.get(f"{OOR}name") != where:
            continue
        for node in parent.iter("node"):
            values = {p.get(f"{OOR}name"): p.findtext("value") for p in node.findall("prop")}
            if str(values.get("URL", "")).startswith(PROTOCOL):
                items.append((values["URL"].removeprefix(PROTOCOL), values["Title"]))
    return items


def test_the_same_bytes_each_time():
    assert build() == build()


@pytest.mark.parametrize("where", WHERE)
def test_every_button_in_every_place_with_the_commands_words(where):
    said = [(pressed, title) for pressed, title in said_in("Addons.xcu", where) if ":" not in pressed]
    said = list(dict.fromkeys(pressed for pressed, _ in said)), dict(reversed(said))
    assert said == ([c.name for c in BUTTONS], {c.name: c.label for c in BUTTONS})


def test_the_menu_names_every_document():
    said = dict(said_in("Addons.xcu", "OfficeMenuBar"))
    assert [said[f"documents:{d.id}"] for d in DOCUMENTS] == [d.title for d in DOCUMENTS]


def test_whatever_is_pressed_is_known_to_the_program():
    known = Facts(facts())
    pressed = {p for where in WHERE for p, _ in said_in("Addons.xcu", where)}
    pressed |= {entry.pressed for entries in known.entries.values() for entry in entries}
    assert pressed == set(pressable())


@pytest.mark.parametrize("command", BUTTONS, ids=lambda c: c.name)
def test_every_button_has_a_picture_that_reads_on_any_background(command):
    for size in (16, 26):
        picture = Image.open(io.BytesIO(PARTS[f"icons/{command.name}_{size}.png"])).convert("RGBA")
        assert picture.size == (size, size)
        data = picture.tobytes()
        seen = Counter(data[n : n + 3] for n in range(0, len(data), 4) if data[n + 3] == 255)
        (one, _), (other, _) = seen.most_common(2)
        assert contrast(one, other) >= 4.5


def test_no_two_pictures_are_alike():
    pictures = {PARTS[f"icons/{c.name}_16.png"] for c in BUTTONS}
    assert len(pictures) == len(BUTTONS)


@pytest.mark.parametrize("name", PYTHON)
def test_its_python_runs_in_any_libreoffice(name):
    tree = ast.parse(PARTS[name], feature_version=(3, 7))
    own = {part.split("/")[1] for part in PYTHON if part.startswith("pythonpath/")}
    for node in ast.walk(tree):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [node.module]
        for module in modules:
            assert module.split(".")[0] in {*sys.stdlib_module_names, *own, "uno", "unohelper", "com"}, module


def luminance(colour) -> float:
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("package", ["champions_resident", "champions_agent"])
def test_what_libreoffices_python_imports_needs_nothing_but_its_own_library(package, tmp_path):
    for name in PYTHON:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(PARTS[name])
    code = f"import sys; sys.path.insert(0, sys.argv[1]); import {package}; print(*sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(tmp_path / "pythonpath")],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    ours = {"champions_resident", "champions_agent", "champions_pipe", "champions_isolated"}
    assert loaded <= {*ours, "__main__"} | sys.stdlib_module_names
