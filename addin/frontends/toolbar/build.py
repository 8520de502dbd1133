"""Builds Champions.oxt, on any system and without LibreOffice: the same bytes for the same program."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from addin.frontends.toolbar import markup
from addin.frontends.toolbar.icons import icon
from addin.frontends.toolbar.names import (
    AGENT_PACKAGE,
    FACTS,
    HANDLER,
    IDENTIFIER,
    ISOLATED_PACKAGE,
    LIBRARY,
    MACRO,
    MODULE,
    PIPE_PACKAGE,
    PROTOCOL,
    RESIDENT_PACKAGE,
    TOOLBAR_PACKAGE,
)
from workbook.command_declaration import Items, Needs
from workbook.commands import BUTTONS, COMMANDS_BY_NAME
from workbook.documents.catalogue import DOCUMENTS
from workbook.model.registers import BY_TABLE, LISTS_BY_TABLE, Services
from workbook.ribbon import ITEM_MARK, item_id

#: The picture that the extension manager shows.
_LOGO, _LOGO_SIZE = "check", 42
#: The folder beside the component that LibreOffice lets Python import from.
_IMPORTED = "pythonpath"
#: What is copied, by the name that it has there: imports of these packages follow.
_PACKAGES = {
    TOOLBAR_PACKAGE: "addin.frontends.toolbar.inside",
    AGENT_PACKAGE: "addin.calc.agent",
    RESIDENT_PACKAGE: "addin.frontends.toolbar.resident_client",
    PIPE_PACKAGE: "addin.pipe",
    ISOLATED_PACKAGE: "addin.isolated",
}
#: The oldest day that a zip file can name, so that the same parts make the same file.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_ALL_SERVICES = "All services"
_CONFIGURATION = "application/vnd.sun.star.configuration-data"
#: Registered by what stands in a list, so that no Python is needed to install it.
_COMPONENTS = "application/vnd.sun.star.uno-components"
_BASIC = "application/vnd.sun.star.basic-library"
#: What the bar above a workbook of ours says where the buttons can't be used.
_TITLE = "The Champions buttons can't be used in this LibreOffice."
_WORDS = (
    "Close LibreOffice and open the workbook from the desktop or the start menu. "
    "If that changes nothing, install Champion Workbook again."
)


def build() -> bytes:
    """The extension for the installed version of the program."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in sorted(_parts().items()):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, content)
    return made.getvalue()


def facts() -> dict[str, object]:
    """What the toolbar must know of the program while it runs."""
    mend = f"Press {COMMANDS_BY_NAME['doctor'].label}; it says what is wrong."
    return {
        "version": version("champion-workbook"),
        "protocol": PROTOCOL,
        "handler": HANDLER,
        "item_mark": ITEM_MARK,
        "tables": [*BY_TABLE, *LISTS_BY_TABLE],
        "labels": {c.name: c.label for c in BUTTONS},
        "need_book": [c.name for c in BUTTONS if c.button and c.button.needs is Needs.BOOK],
        "entries": {c.name: list(_entries(c.name, c.button.items)) for c in BUTTONS if c.button and _has_menu(c.name)},
        "offer_services": [c.name for c in BUTTONS if c.button and c.button.items is Items.SERVICES],
        "services": [Services.table, Services.service_code.header, Services.name.header],
        "blocked": "If a rule of your organisation blocks the program, ask for it to be allowed; otherwise "
        "install Champion Workbook again",
        "broken": f"Either all of it was written, which Undo in the menu Edit takes back, or nothing. {mend}",
    }


def _has_menu(command: str) -> bool:
    button = COMMANDS_BY_NAME[command].button
    return button is not None and button.items is not Items.NONE


def _entries(command: str, items: Items) -> Iterator[tuple[str, str, str]]:
    """The lines of a menu that stand there whatever the workbook: what each says, its tip, what it presses."""
    if items is Items.SERVICES:
        yield _ALL_SERVICES, "", command
        return
    yield markup.ALL_DOCUMENTS, COMMANDS_BY_NAME[command].summary, command
    for document in DOCUMENTS:
        yield document.title, f"For {document.made_for}; {document.when}", item_id(command, document.id)


def _parts() -> Mapping[str, bytes]:
    parts = {
        "Addons.xcu": markup.addons(),
        "CalcWindowState.xcu": markup.window_state(),
        "Events.xcu": markup.events(),
        "champions.components": markup.components(),
        "component.py": _module(files("addin.frontends.toolbar").joinpath("component.py")),
        f"{LIBRARY}/{MODULE}.xba": markup.basic_module(_macro()),
        **{f"{LIBRARY}/{name}": content for name, content in markup.basic_library().items()},
        "description.xml": markup.description(version("champion-workbook")),
        "description.txt": b"The buttons of the Champion Workbook: check entries, compute triggers, make documents.\n",
        "META-INF/manifest.xml": _manifest(),
        f"{_IMPORTED}/{TOOLBAR_PACKAGE}/{FACTS}": json.dumps(facts(), indent=1, ensure_ascii=False).encode(),
        markup.picture_path(_LOGO, _LOGO_SIZE): icon(_LOGO, _LOGO_SIZE),
    }
    for command in BUTTONS:
        for size in markup.SIZES.values():
            parts[markup.picture_path(command.name, size)] = icon(command.name, size)
    for name, source in _PACKAGES.items():
        parts |= _modules(files(source), f"{_IMPORTED}/{name}")
    return parts


def _macro() -> str:
    """What is written in Basic, with the names and words that stand elsewhere."""
    text = files("addin.frontends.toolbar").joinpath("start.basic").read_text(encoding="utf-8").replace("\r\n", "\n")
    tables = ",".join([*BY_TABLE, *LISTS_BY_TABLE])
    for mark, words in {
        "MACRO": MACRO,
        "HANDLER": HANDLER,
        "IDENTIFIER": IDENTIFIER,
        "TABLES": tables,
        "TITLE": _TITLE,
        "WORDS": _WORDS,
    }.items():
        text = text.replace("{{" + mark + "}}", words)
    return text


def _modules(folder: Traversable, place: str) -> dict[str, bytes]:
    """The modules of a package and of those within it."""
    found: dict[str, bytes] = {}
    for path in folder.iterdir():
        if path.is_dir():
            found |= _modules(path, f"{place}/{path.name}")
        elif path.name.endswith(".py"):
            found[f"{place}/{path.name}"] = _module(path)
    return found


def _module(path: Traversable) -> bytes:
    """A module as it stands in the extension, where packages have names of their own."""
    text = path.read_bytes().replace(b"\r\n", b"\n")
    for name, source in _PACKAGES.items():
        text = text.replace(source.encode(), name.encode())
    return text


def _manifest() -> bytes:
    kinds = {
        "Addons.xcu": _CONFIGURATION,
        "CalcWindowState.xcu": _CONFIGURATION,
        "Events.xcu": _CONFIGURATION,
        "champions.components": _COMPONENTS,
        f"{LIBRARY}/": _BASIC,
    }
    entries = "".join(
        f'  <manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{name}"/>\n'
        for name, kind in kinds.items()
    )
    space = 'xmlns:manifest="http://openoffice.org/2001/manifest"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest {space}>\n{entries}</manifest:manifest>\n'.encode()
    )
