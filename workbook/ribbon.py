"""Excel's ribbon, derived from the commands, the documents and the tables; nothing of it is typed a second time.

A button is pressed under an id: the command's name, or `command:item` from the menu beside it. The id stands in the
control's tag, so one callback serves every button.
"""

from __future__ import annotations

import enum
import re
from xml.etree import ElementTree as ET

from workbook.command_declaration import Button, Command, Group, Items, Needs, screen_tip
from workbook.commands import BUTTONS
from workbook.documents.catalogue import DOCUMENTS
from workbook.documents.declare import Document
from workbook.model.light_dataclasses import dataclass

TAB = "Champions"
_TAB_KEY_TIP = "C"
#: The module of VBA that holds the callbacks.
MODULE = "Champions"
#: How many services the menu can name; beyond them it says how many more there are.
MOST_SERVICES = 30
#: Between a command's name and one item of its menu.
ITEM_MARK = ":"
#: What a service's code may be so that it can be pressed: no more than stands in a name of a file or a variable.
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}", re.ASCII)


class Form(enum.Enum):
    """The two forms of the ribbon's markup, each with its namespace and the type of the relationship to it.

    Source: [MS-CUSTOMUI] 2.1.2 for Excel 2007, [MS-CUSTOMUI2] 2.1.2 for Excel 2010 and later.
    """

    OFFICE_2007 = (
        "customUI/customUI.xml",
        "http://schemas.microsoft.com/office/2006/01/customui",
        "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    )
    OFFICE_2010 = (
        "customUI/customUI14.xml",
        "http://schemas.microsoft.com/office/2009/07/customui",
        "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
    )

    def __init__(self, part: str, namespace: str, relationship: str) -> None:
        self.part, self.namespace, self.relationship = part, namespace, relationship


@dataclass(frozen=True)
class Callback:
    """A procedure of `MODULE` that Excel calls, with the parameters it passes.

    Source: [MS-CUSTOMUI2] 2.2, "callback" of each attribute; the signatures for VBA are those of "Customizing the
    2007 Office Fluent Ribbon for Developers (Part 3)".
    """

    name: str
    parameters: tuple[str, ...]

    @property
    def qualified(self) -> str:
        """As the markup names it, so that no other add-in's procedure of that name is taken for it."""
        return f"{MODULE}.{self.name}"


_PRESSED = ("control As IRibbonControl",)
_ASKED = ("control As IRibbonControl", "ByRef returnedVal")
ON_LOAD = Callback("RibbonLoaded", ("ribbon As IRibbonUI",))
ON_PRESS = Callback("Press", _PRESSED)
ON_SERVICE = Callback("PressService", _PRESSED)
HAS_BOOK = Callback("HasBook", _ASKED)
COUNTS = Callback("CountsLabel", _ASKED)
SERVICE_LABEL = Callback("ServiceLabel", _ASKED)
SERVICE_SHOWN = Callback("ServiceShown", _ASKED)
MORE_LABEL = Callback("MoreServicesLabel", _ASKED)
MORE_SHOWN = Callback("MoreServicesShown", _ASKED)
CALLBACKS = (ON_LOAD, ON_PRESS, ON_SERVICE, HAS_BOOK, COUNTS, SERVICE_LABEL, SERVICE_SHOWN, MORE_LABEL, MORE_SHOWN)


def custom_ui(form: Form) -> bytes:
    """The ribbon's markup, the same bytes each time."""
    root = ET.Element("customUI", xmlns=form.namespace, onLoad=ON_LOAD.qualified)
    tabs = ET.SubElement(ET.SubElement(root, "ribbon"), "tabs")
    tab = ET.SubElement(tabs, "tab", id="champions_tab", label=TAB, keytip=_TAB_KEY_TIP, insertAfterMso="TabHome")
    for group in Group:
        standing = [(c, c.button) for c in BUTTONS if c.button is not None and c.button.group is group]
        if standing:
            _add_group(tab, group, standing)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + ET.tostring(root) + b"\n"


def pressable() -> tuple[str, ...]:
    """Every id that a button or a menu may press and that is known before a workbook is open.

    The items of a menu of services are not among them: their ids are `command:CODE` with the codes of the workbook.
    """
    ids: list[str] = []
    for command in BUTTONS:
        ids.append(command.name)
        if command.button is not None and command.button.items is Items.DOCUMENTS:
            ids += [item_id(command.name, d.id) for d in DOCUMENTS]
    return tuple(ids)


def item_id(command: str, item: str) -> str:
    """The id under which one item of a command's menu is pressed."""
    return f"{command}{ITEM_MARK}{item}"


def is_pressable(pressed: str) -> bool:
    """Whether a button or a menu may press this id: one that is known, or a command for the code of a service."""
    name, _, code = pressed.partition(ITEM_MARK)
    command = next((c for c in BUTTONS if c.name == name), None)
    of_services = command is not None and command.button is not None and command.button.items is Items.SERVICES
    return pressed in pressable() or (of_services and _CODE.fullmatch(code) is not None)


def _add_group(tab: ET.Element, group: Group, standing: list[tuple[Command, Button]]) -> None:
    added = ET.SubElement(tab, "group", id=_id("group", group.value.lower()), label=group.value)
    for command, button in standing:
        if button.items is Items.NONE:
            ET.SubElement(added, "button", _large(button) | _words(command, button) | _enabled(button))
        else:
            _add_split_button(added, command, button)
    if group is Group.CHECK:
        ET.SubElement(added, "labelControl", id="champions_counts", getLabel=COUNTS.qualified)


def _add_split_button(group: ET.Element, command: Command, button: Button) -> None:
    split = {"id": _id("split", command.name)} | _large(button) | _enabled(button)
    added = ET.SubElement(group, "splitButton", split)
    ET.SubElement(added, "button", _words(command, button))
    menu = ET.SubElement(added, "menu", id=_id("menu", command.name))
    if button.items is Items.SERVICES:
        _add_services(menu, command)
        return
    menu.set("itemSize", "large")
    for document in DOCUMENTS:
        _add_document(menu, command, button, document)


def _add_document(menu: ET.Element, command: Command, button: Button, document: Document) -> None:
    item = {
        "id": _id("item", f"{command.name}_{document.id}"),
        "tag": item_id(command.name, document.id),
        "label": document.title,
        "description": f"For {document.made_for}; {document.when}",
        "imageMso": button.icon,
        "onAction": ON_PRESS.qualified,
    }
    ET.SubElement(menu, "button", item)


def _add_services(menu: ET.Element, command: Command) -> None:
    everything = {"id": _id("item", f"{command.name}_all"), "tag": command.name, "label": "All services"}
    ET.SubElement(menu, "button", everything | {"onAction": ON_PRESS.qualified})
    ET.SubElement(menu, "menuSeparator", id=_id("line", command.name))
    for n in range(1, MOST_SERVICES + 1):
        place = {
            "id": _id("service", f"{command.name}_{n}"),
            "tag": item_id(command.name, str(n)),
            "getLabel": SERVICE_LABEL.qualified,
            "getVisible": SERVICE_SHOWN.qualified,
            "onAction": ON_SERVICE.qualified,
        }
        ET.SubElement(menu, "button", place)
    more = {"getLabel": MORE_LABEL.qualified, "getVisible": MORE_SHOWN.qualified, "enabled": "false"}
    ET.SubElement(menu, "button", {"id": _id("more", command.name)} | more)


def _words(command: Command, button: Button) -> dict[str, str]:
    return {
        "id": _id("button", command.name),
        "tag": command.name,
        "label": command.label,
        "imageMso": button.icon,
        "keytip": button.key_tip,
        "screentip": command.label,
        "supertip": screen_tip(command),
        "onAction": ON_PRESS.qualified,
    }


def _enabled(button: Button) -> dict[str, str]:
    return {"getEnabled": HAS_BOOK.qualified} if button.needs is Needs.BOOK else {}


def _large(button: Button) -> dict[str, str]:
    return {"size": "large"} if button.large else {}


def _id(kind: str, name: str) -> str:
    return f"champions_{kind}_{name}"
