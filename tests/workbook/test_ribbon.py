"""The ribbon's markup: valid for Excel, complete, and not to be misread by a person."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.support.ribbon.ribbon_schema import faults
from workbook.command_declaration import Group, Items, Needs
from workbook.commands import BUTTONS
from workbook.documents.catalogue import DOCUMENTS
from workbook.ribbon import CALLBACKS, MOST_SERVICES, Form, custom_ui, pressable

FORMS = pytest.mark.parametrize("form", Form, ids=lambda f: f.name)
NAMES = Path(__file__).resolve().parents[1] / "support" / "ribbon" / "image_names.txt"


def controls(form: Form = Form.OFFICE_2010) -> list[ET.Element]:
    return list(ET.fromstring(custom_ui(form)).iter())


def by_id(name: str) -> ET.Element:
    return next(e for e in controls() if e.get("id") == name)


@FORMS
def test_it_is_valid_by_microsofts_schema(form):
    assert faults(custom_ui(form), form) == []


@FORMS
@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (b'size="large"', b'size="huge"', "size can't be huge"),
        (b'keytip="T"', b'keytip="TOOL"', "MaxLength is 3"),
        (b' onAction="Champions.Press"', b' onClick="Champions.Press"', "no attribute onClick"),
        (b'id="champions_button_week"', b'id="champions_button_triggers"', "given twice"),
        (b'id="champions_button_week"', b'id="7 days"', "not a name"),
        (b"<labelControl", b"<tabs", "may not hold tabs"),
        (b'imageMso="NewTask"', b'imageMso="NewTask" image="mine"', "only one of image"),
        (b'<tab id="champions_tab" label="Champions"', b'<tab id="champions_tab" label=""', "MinLength is 1"),
    ],
)
def test_the_schema_is_held_strictly(form, right, wrong, fault):
    markup = custom_ui(form)
    assert right in markup
    found = faults(markup.replace(right, wrong), form)
    assert any(fault in one for one in found), found


def test_the_order_within_a_split_button_is_held():
    root = ET.fromstring(custom_ui(Form.OFFICE_2010))
    split = next(e for e in root.iter() if e.tag.endswith("splitButton"))
    button, menu = list(split)
    split[:] = [menu, button]
    assert any("wrong order" in one for one in faults(ET.tostring(root), Form.OFFICE_2010))


@FORMS
def test_every_command_with_a_button_is_there_under_its_group(form):
    groups = [e for e in controls(form) if e.tag.endswith("}group")]
    assert [g.get("label") for g in groups] == [g.value for g in Group if any(c.button.group is g for c in BUTTONS)]
    for group in groups:
        tags = {e.get("tag") for e in group.iter() if e.get("onAction")}
        assert {c.name for c in BUTTONS if c.button.group.value == group.get("label")} <= tags


@pytest.mark.parametrize("command", BUTTONS, ids=lambda c: c.name)
def test_a_button_says_what_the_terminal_says(command):
    button = by_id(f"champions_button_{command.name}")
    assert button.get("label") == command.label
    assert command.summary in button.get("supertip")
    tip = button.get("supertip").removeprefix(command.summary).strip()
    assert tip
    assert not re.search(r"champions (new|undo|restore|check)|--\w|terminal", tip), "a manager sees no terminal"
    holder = by_id(f"champions_split_{command.name}") if command.button.items is not Items.NONE else button
    assert (holder.get("size") == "large") == command.button.large
    assert (holder.get("getEnabled") is not None) == (command.button.needs is Needs.BOOK)


def test_pictures_exist():
    names = {line for line in NAMES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    used = {e.get("imageMso") for e in controls() if e.get("imageMso")}
    assert used <= names, "take a name of the published table: see the head of image_names.txt"


def test_documents_have_a_menu_and_services_have_places_in_one():
    tags = [e.get("tag") for e in controls() if e.get("onAction") == "Champions.Press"]
    for document in DOCUMENTS:
        assert f"documents:{document.id}" in tags
    assert set(pressable()) == set(tags)
    services = [e.get("tag") for e in controls() if e.get("onAction") == "Champions.PressService"]
    scoped = [c.name for c in BUTTONS if c.button.items is Items.SERVICES]
    assert services == [f"{name}:{n}" for name in scoped for n in range(1, MOST_SERVICES + 1)]


def test_every_callback_is_declared_and_every_declared_one_is_used():
    root = controls()[0]
    named = {v for e in root.iter() for k, v in e.attrib.items() if k.startswith("get") or k in {"onAction", "onLoad"}}
    assert named == {c.qualified for c in CALLBACKS}


def test_labels_fit():
    for element in controls():
        label = element.get("label")
        if label and element.tag.endswith("button"):
            assert len(label) <= 45, label
            assert not label.endswith((".", ":"))


def test_key_tips_within_the_tab_do_not_hide_each_other():
    tips = {e.get("id"): e.get("keytip") for e in controls() if e.get("keytip") and not e.tag.endswith("}tab")}
    hidden = [
        f"{tip} of {who} hides {other} of {whose}"
        for who, tip in tips.items()
        for whose, other in tips.items()
        if who != whose and other.startswith(tip)
    ]
    assert not hidden, f"{'; '.join(hidden)}. Taken: {', '.join(sorted(tips.values()))}."


def test_it_is_the_same_in_another_process():
    code = "from workbook.ribbon import *; import sys; sys.stdout.buffer.write(custom_ui(Form.OFFICE_2010))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert made.stdout == custom_ui(Form.OFFICE_2010)
