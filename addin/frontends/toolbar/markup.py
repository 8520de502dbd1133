"""The extension's configuration: toolbar, menu and notebook bar, derived from the commands and documents."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from addin.frontends.toolbar.names import HANDLER, IDENTIFIER, LIBRARY, MACRO, MENU, MODULE, PROTOCOL, TOOLBAR
from workbook.command_declaration import Command, Group, Items
from workbook.commands import BUTTONS
from workbook.documents.catalogue import DOCUMENTS
from workbook.ribbon import TAB, item_id

_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_SEPARATOR = "private:separator"
#: Beneath the two toolbars that LibreOffice shows from the beginning.
_OWN_ROW = "0,3"
#: Both the picture and the label of a button are shown (vcl's ButtonType::SYMBOLTEXT).
_PICTURE_AND_LABEL = "2"
#: A button with a menu beside it: a press on the button itself does what its command does.
_BUTTON_AND_MENU = "ToggleDropdownButton"
#: Pressing the button itself, as a line of its menu.
ALL_DOCUMENTS = "Those that are called for"
#: The oldest LibreOffice that the toolbar was tried in.
OLDEST = "7.4"
SIZES = {"ImageSmallURL": 16, "ImageBigURL": 26}


def addons() -> bytes:
    """Addons.xcu: the buttons, wherever LibreOffice shows an extension's, and their pictures."""
    root = _component("Addons", "org.openoffice.Office")
    ui = _node(root, "AddonUI", replace=False)
    menu = _node(_node(ui, "OfficeMenuBar", replace=False), MENU)
    _localized(menu, "Title", f"~{TAB}")
    _prop(menu, "Context", _CALC)
    _fill(_node(menu, "Submenu", replace=False), in_menu=True)
    _fill(_node(_node(ui, "OfficeToolBar", replace=False), TOOLBAR))
    _fill(_node(_node(ui, "OfficeNotebookBar", replace=False), TOOLBAR), in_notebook_bar=True)
    _add_pictures(_node(ui, "Images", replace=False))
    return _text(root)


def window_state() -> bytes:
    """CalcWindowState.xcu: the toolbar is shown in Calc, docked, with labels beside its pictures."""
    root = _component("CalcWindowState", "org.openoffice.Office.UI")
    states = _node(_node(root, "UIElements", replace=False), "States", replace=False)
    state = _node(states, f"private:resource/toolbar/addon_{TOOLBAR}")
    _localized(state, "UIName", TAB)
    _prop(state, "Visible", "true", "xs:boolean")
    _prop(state, "Docked", "true", "xs:boolean")
    _prop(state, "DockPos", _OWN_ROW)
    _prop(state, "Style", _PICTURE_AND_LABEL, "xs:int")
    return _text(root)


def events() -> bytes:
    """Events.xcu: whenever a window has its document, our macro is told; it is the one that reaches for Python."""
    root = _component("Events", "org.openoffice.Office")
    bindings = _node(_node(root, "ApplicationEvents", replace=False), "Bindings", replace=False)
    _prop(
        _node(bindings, "OnViewCreated"),
        "BindingURL",
        f"vnd.sun.star.script:{LIBRARY}.{MODULE}.{MACRO}?language=Basic&location=application",
    )
    return _text(root)


def components() -> bytes:
    """champions.components: our component, and by what LibreOffice loads it."""
    root = ET.Element("components", xmlns="http://openoffice.org/2010/uno-components")
    component = ET.SubElement(root, "component", loader="com.sun.star.loader.Python", uri="component.py")
    ET.SubElement(ET.SubElement(component, "implementation", name=HANDLER), "service", name=HANDLER)
    return _text(root)


def basic_module(text: str) -> bytes:
    """A module of Basic."""
    space = "http://openoffice.org/2000/script"
    names = {"xmlns:script": space, "script:name": MODULE, "script:language": "StarBasic"}
    root = ET.Element("script:module", names)
    root.text = text
    return _typed("script:module", "module.dtd", root)


def basic_library() -> dict[str, bytes]:
    """What stands beside the modules of a library of Basic: the lists of its modules and of its dialogs."""
    space = "http://openoffice.org/2000/library"
    lists = {"script.xlb": [MODULE], "dialog.xlb": []}
    made = {}
    for name, modules in lists.items():
        root = ET.Element("library:library", {"xmlns:library": space, "library:name": LIBRARY})
        root.attrib |= {"library:readonly": "false", "library:passwordprotected": "false"}
        for module in modules:
            ET.SubElement(root, "library:element", {"library:name": module})
        made[name] = _typed("library:library", "library.dtd", root)
    return made


def _typed(name: str, definition: str, root: ET.Element) -> bytes:
    """A part that LibreOffice wants to begin with its type."""
    kind = f'<!DOCTYPE {name} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{definition}">\n'
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + kind.encode() + ET.tostring(root) + b"\n"


def description(version: str) -> bytes:
    """description.xml: what the extension manager says of it."""
    root = ET.Element(
        "description",
        {
            "xmlns": "http://openoffice.org/extensions/description/2006",
            "xmlns:xlink": "http://www.w3.org/1999/xlink",
            "xmlns:d": "http://openoffice.org/extensions/description/2006",
            "xmlns:l": "http://libreoffice.org/extensions/description/2011",
        },
    )
    ET.SubElement(root, "identifier", value=IDENTIFIER)
    ET.SubElement(root, "version", value=version)
    needs = ET.SubElement(root, "dependencies")
    ET.SubElement(needs, "l:LibreOffice-minimal-version", {"value": OLDEST, "d:name": f"LibreOffice {OLDEST}"})
    name = ET.SubElement(ET.SubElement(root, "display-name"), "name", lang="en")
    name.text = "Champion Workbook"
    icon = ET.SubElement(root, "icon")
    ET.SubElement(icon, "default", {"xlink:href": picture_path("check", 42)})
    said = ET.SubElement(root, "extension-description")
    ET.SubElement(said, "src", {"lang": "en", "xlink:href": "description.txt"})
    return _text(root)


def picture_path(command: str, size: int) -> str:
    """Where the picture of a command's button lies in the extension."""
    return f"icons/{command}_{size}.png"


def _fill(parent: ET.Element, *, in_menu: bool = False, in_notebook_bar: bool = False) -> None:
    for number, command in enumerate(_in_order()):
        name = f"m{number:03d}"
        if command is None:
            _prop(_node(parent, name), "URL", _SEPARATOR)
            continue
        item = _item(parent, name, PROTOCOL + command.name, command.label)
        items = command.button.items if command.button else Items.NONE
        if in_menu and items is Items.DOCUMENTS:
            _add_documents(item, command)
        elif not in_menu and items is not Items.NONE:
            _prop(item, "ControlType", _BUTTON_AND_MENU)
        if in_notebook_bar:
            _prop(item, "Style", "text")


def _in_order() -> Iterator[Command | None]:
    """The commands with a button, in the groups' order, with None between the groups."""
    former: Group | None = None
    for command in BUTTONS:
        group = command.button.group if command.button else None
        if former is not None and group is not former:
            yield None
        former = group
        yield command


def _add_documents(item: ET.Element, command: Command) -> None:
    submenu = _node(item, "Submenu", replace=False)
    _item(submenu, "d000", PROTOCOL + command.name, ALL_DOCUMENTS)
    for number, document in enumerate(DOCUMENTS, start=1):
        _item(submenu, f"d{number:03d}", PROTOCOL + item_id(command.name, document.id), document.title)


def _item(parent: ET.Element, name: str, url: str, title: str) -> ET.Element:
    item = _node(parent, name)
    _prop(item, "URL", url)
    _localized(item, "Title", title)
    _prop(item, "Target", "_self")
    _prop(item, "Context", _CALC)
    return item


def _add_pictures(parent: ET.Element) -> None:
    for command in BUTTONS:
        images = _node(parent, f"{IDENTIFIER}.{command.name}")
        _prop(images, "URL", PROTOCOL + command.name, "")
        own = _node(images, "UserDefinedImages", replace=False)
        for prop, size in SIZES.items():
            _prop(own, prop, f"%origin%/{picture_path(command.name, size)}", "")


def _component(name: str, package: str) -> ET.Element:
    spaces = {
        "xmlns:oor": "http://openoffice.org/2001/registry",
        "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
        "oor:name": name,
        "oor:package": package,
    }
    return ET.Element("oor:component-data", spaces)


def _node(parent: ET.Element, name: str, *, replace: bool = True) -> ET.Element:
    return ET.SubElement(parent, "node", {"oor:name": name} | ({"oor:op": "replace"} if replace else {}))


def _prop(parent: ET.Element, name: str, value: str, kind: str = "xs:string") -> None:
    prop = ET.SubElement(parent, "prop", {"oor:name": name} | ({"oor:type": kind} if kind else {}))
    ET.SubElement(prop, "value").text = value


def _localized(parent: ET.Element, name: str, value: str) -> None:
    """A text that every language falls back to."""
    prop = ET.SubElement(parent, "prop", {"oor:name": name, "oor:type": "xs:string"})
    ET.SubElement(prop, "value", {"xml:lang": "en-US"}).text = value


def _text(root: ET.Element) -> bytes:
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root) + b"\n"
