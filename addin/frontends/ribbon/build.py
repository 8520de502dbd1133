"""Builds Champions.xlam, on any system and without Excel: the same bytes for the same program.

The package and the shell of the VBA project are those of xlwings' add-in template, which its makers tried in Excel;
only what must differ is replaced (`PARTS_OF_OURS` names it). Its own modules are taken out: the ribbon starts Python by
itself (`vba/Champions.bas`), without declaring a thing of Windows', which a rule of Microsoft Defender's blocks.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from addin.frontends.ribbon.mac_script import SCRIPT
from addin.frontends.ribbon.names import CONFIG_FILE, INTERPRETER_WINDOWS, PROGRAM_VERSION, PROJECT, SHEET, VBA_PROJECT
from addin.isolated import EXCEL_BOOK, EXCEL_WINDOW, PRESS, PRESSED, RIBBON, start_line
from workbook.command_declaration import Group
from workbook.commands import COMMANDS_BY_NAME
from workbook.model.errors import ToolMissing
from workbook.model.findings import SEVERITY_WORDS, Severity
from workbook.model.registers import BY_TABLE, LISTS_BY_TABLE, Checks, Services, Triggers
from workbook.model.triggers import STATE_WORDS, State
from workbook.ribbon import ITEM_MARK, MODULE, MOST_SERVICES, Form, custom_ui

#: The parts of the package that are not, to the byte, those of xlwings' template.
PARTS_OF_OURS = (
    Form.OFFICE_2007.part,
    Form.OFFICE_2010.part,
    "_rels/.rels",
    "docProps/core.xml",
    "xl/sharedStrings.xml",
    "xl/vbaProject.bin",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
)
_TEMPLATE = "quickstart_addin_ribbon.xlam"
_TEMPLATE_MODULE = "RibbonMyAddin"
_TEMPLATE_PROJECT = "MyAddin"
#: Modules of the template that no button needs.
_NOT_NEEDED = ("xlwings", "Dictionary")
#: The oldest day that a zip file can name, so that the same parts make the same file.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
#: What the VBA, which knows no other way, takes from the person's own folders.
_SETTINGS = rf"%USERPROFILE%\.{PROJECT}\{CONFIG_FILE}"
_LAST_WORDS = rf"%LOCALAPPDATA%\{PROJECT}\last words.txt"


@dataclass(frozen=True)
class Built:
    """An add-in: its bytes, and the versions that it belongs to."""

    content: bytes
    program: str
    xlwings: str


def build() -> Built:
    """The add-in for the installed version of the program and of xlwings.

    Raises:
        ToolMissing: pyOpenVBA, which only building needs, is not installed.
    """
    template = _template()
    strings, sheet = _only_sheet(template["xl/worksheets/sheet1.xml"].decode())
    parts = dict(template) | {
        Form.OFFICE_2007.part: custom_ui(Form.OFFICE_2007),
        Form.OFFICE_2010.part: custom_ui(Form.OFFICE_2010),
        "_rels/.rels": _relationships(template["_rels/.rels"].decode()),
        "docProps/core.xml": _properties(template["docProps/core.xml"].decode()),
        "xl/sharedStrings.xml": strings,
        "xl/worksheets/sheet1.xml": sheet,
        "xl/workbook.xml": _workbook_part(template["xl/workbook.xml"].decode()),
        "xl/vbaProject.bin": _vba_project(),
    }
    return Built(_zipped(parts), version("champion-workbook"), version("xlwings"))


def vba_source() -> str:
    """The module of the callbacks, with what derives from the declarations filled in."""
    return filled(files("addin.frontends.ribbon").joinpath("vba", f"{MODULE}.bas").read_text(encoding="ascii"))


def filled(text: str) -> str:
    """A text with each {{NAME}} replaced; lines end as VBA's do.

    Raises:
        KeyError: a name that nothing is known of.
    """
    known = _facts()
    done = re.sub(r"\{\{(\w+)\}\}", lambda found: known[found[1]], text)
    return done.replace("\r\n", "\n").replace("\n", "\r\n")


def _facts() -> dict[str, str]:
    tables = "|".join(("", *BY_TABLE, *LISTS_BY_TABLE, ""))
    return {
        "VERSION": version("champion-workbook"),
        "TABLES": '|" & _\r\n    "'.join(_in_lines(tables)),
        "MOST_SERVICES": str(MOST_SERVICES),
        "ITEM_MARK": ITEM_MARK,
        "MODULE": MODULE,
        "START": " ".join(start_line("", PRESS)[1:]),
        "PRESSED": PRESSED,
        "EXCEL_WINDOW": EXCEL_WINDOW,
        "EXCEL_BOOK": EXCEL_BOOK,
        "RIBBON": RIBBON,
        "SCRIPT": SCRIPT,
        "SETTINGS": _SETTINGS,
        "INTERPRETER": INTERPRETER_WINDOWS,
        "VERSION_SETTING": PROGRAM_VERSION,
        "LAST_WORDS": _LAST_WORDS,
        "DOCTOR": COMMANDS_BY_NAME["doctor"].label,
        "HELP": Group.HELP.value,
        "CHECKS": Checks.table,
        "CHECKS_SHEET": Checks.sheet,
        "SEVERITY": Checks.severity.header,
        "ERROR": SEVERITY_WORDS[Severity.ERROR],
        "TRIGGERS": Triggers.table,
        "TRIGGERS_SHEET": Triggers.sheet,
        "STATE": Triggers.state.header,
        "RAISED": STATE_WORDS[State.RAISED],
        "SERVICES": Services.table,
        "SERVICES_SHEET": Services.sheet,
        "SERVICE_CODE": Services.service_code.header,
        "SERVICE_NAME": Services.name.header,
    }


def _in_lines(names: str, most: int = 90) -> list[str]:
    """A list between bars, cut at bars into pieces that fit a line of VBA; each cut bar belongs to the end."""
    pieces = [""]
    for name in names.split("|")[1:-1]:
        if len(pieces[-1]) + len(name) > most:
            pieces.append("")
        pieces[-1] += ("|" if pieces[-1] or len(pieces) == 1 else "") + name
    pieces[-1] += "|"
    return pieces


def _template() -> dict[str, bytes]:
    with zipfile.ZipFile(_of_xlwings(_TEMPLATE)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _of_xlwings(name: str) -> Path:
    """A file that xlwings ships; found without importing it, which takes long."""
    from importlib.util import find_spec

    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise ToolMissing("xlwings is not installed.", where="this Python", next_step="Install it: pip install xlwings")
    return Path(spec.origin).with_name(name)


def _relationships(text: str) -> bytes:
    """The template's, with our two forms of the ribbon instead of its one."""
    kept = re.sub(r'<Relationship [^>]*ui/extensibility"[^>]*/>', "", text)
    added = "".join(
        f'<Relationship Id="rIdRibbon{n}" Type="{form.relationship}" Target="{form.part}" />'
        for n, form in enumerate(Form, start=1)
    )
    return kept.replace("</Relationships>", f"{added}</Relationships>").encode()


def _properties(text: str) -> bytes:
    """The template's, without its authors' names and days."""
    for tag, value in (("dc:title", "Champions"), ("dc:creator", "Champion Workbook")):
        text = re.sub(rf"<{tag} ?/>|<{tag}>[^<]*</{tag}>", f"<{tag}>{value}</{tag}>", text)
    text = re.sub(r"(<cp:lastModifiedBy>)[^<]*", r"\1Champion Workbook", text)
    text = re.sub(r"<dc:description ?/>", "<dc:description>The ribbon of the Champion Workbook.</dc:description>", text)
    return re.sub(r"(<dcterms:\w+ [^>]*>)[^<]*", r"\g<1>2026-01-01T00:00:00Z", text).encode()


def _workbook_part(text: str) -> bytes:
    """The template's, without its authors' folder, and with our name of the sheet."""
    text = re.sub(r"<mc:AlternateContent .*?</mc:AlternateContent>", "", text, flags=re.DOTALL)
    return re.sub(r'<sheet name="[^"]*"', f'<sheet name="{SHEET}"', text).encode()


def _only_sheet(template: str) -> tuple[bytes, bytes]:
    """The shared strings and the only sheet, which nobody sees: it says what this is."""
    strings = (
        f'{template.partition("?>")[0]}?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'count="1" uniqueCount="1"><si><t>The ribbon of the Champion Workbook.</t></si></sst>'
    )
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    sheet = re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{cell}</sheetData>", template, flags=re.DOTALL)
    sheet = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', sheet)
    return strings.encode(), sheet.encode()


def _vba_project() -> bytes:
    """The template's project with our modules alone."""
    try:
        from pyopenvba import ExcelFile
    except ModuleNotFoundError as error:
        raise ToolMissing(
            "Building the add-in needs pyOpenVBA.",
            where="this Python",
            next_step="Install it: pip install 'champion-workbook[build]'. To install the add-in nothing is built.",
        ) from error
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.xlam"
        with ExcelFile(_of_xlwings(_TEMPLATE)) as book:
            project = book.vba_project()
            project.rename_module(_TEMPLATE_MODULE, MODULE)
            book.set_module(MODULE, vba_source())
            book.set_module("ThisWorkbook", _document_source(book.get_module("ThisWorkbook")))
            for name in _NOT_NEEDED:
                project.delete_module(name)
            book.save(made)
        with zipfile.ZipFile(made) as package:
            return _project_renamed(package.read("xl/vbaProject.bin"))


def _document_source(header: str) -> str:
    """The template's header of the module, and our events beneath it."""
    events = files("addin.frontends.ribbon").joinpath("vba", "ThisWorkbook.cls").read_text(encoding="ascii")
    return header.rstrip("\r\n") + "\r\n" + filled(events)


def _project_renamed(content: bytes) -> bytes:
    """The VBA project under our name instead of the template's; people see it in the macro editor."""
    from pyopenvba.cfb import CFB
    from pyopenvba.vba import compress, decompress

    compound = CFB.from_bytes(content)
    text = compound.get_stream("PROJECT").replace(f'"{_TEMPLATE_PROJECT}"'.encode(), f'"{VBA_PROJECT}"'.encode())
    compound.write_stream("PROJECT", text)
    old, new = _name_record(_TEMPLATE_PROJECT), _name_record(VBA_PROJECT)
    directory = decompress(compound.get_stream_in_storage("VBA", "dir"))
    compound.write_stream_in_storage("VBA", "dir", compress(directory.replace(old, new, 1)))
    return bytes(compound.to_bytes())


def _name_record(name: str) -> bytes:
    """A project's name as the directory of a VBA project holds it ([MS-OVBA] 2.3.4.2.1.6, PROJECTNAME)."""
    return (4).to_bytes(2, "little") + len(name).to_bytes(4, "little") + name.encode("ascii")


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            entry: Any = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, parts[name])
    return made.getvalue()
