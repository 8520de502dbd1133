"""A stand-in for Excel: the add-in's own VBA, and xlwings', run by pyOpenVBA's interpreter over a real workbook.

What the interpreter lacks is cut out of the source by name (`CUT`) and answered here: files, environment variables,
Windows' script host and the Mac's AppleScript. All else, up to the command line that would start Python, is the VBA
that Excel compiles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import _preprocess
from pyopenvba.interpreter._objects import VBAObject, member, method
from pyopenvba.interpreter._values import error

from addin.excel.names import ADDIN

COMMITTED = Path(__file__).resolve().parents[3] / "addin" / "excel" / ADDIN
#: Procedures of xlwings' module that reach the outside.
CUT = ("WScript", "FileExists", "FileOrFolderExistsOnMac", "GetConfigFromFile", "SaveConfigToFile", "ReadFile")
_ELSEWHERE = (
    ("Application.Hwnd", "Computer().Window"),
    ("Application.Path", "Computer().ExcelFolder"),
    ("Application.pathSeparator", "Computer().Separator"),
    ("Kill LOG_FILE", "Computer().Delete LOG_FILE"),
    # Excel takes a range of another workbook's cells for what it is, and the text "False" for the value.
    ('In Range(sht.Range("A1"), lastCell)', 'In sht.Range(sht.Range("A1"), lastCell)'),
    ('GetConfig("SHOW CONSOLE", False) = True', 'CBool(GetConfig("SHOW CONSOLE", False)) = True'),
)
_ANSWERS = """
Public Function WScript() As Object
    Set WScript = CreateObject("WScript.Shell")
End Function
Public Function Computer() As Object
    Set Computer = CreateObject("Test.Computer")
End Function
Public Function FileExists(ByVal place As String) As Boolean
    FileExists = Computer().HasFile(place)
End Function
Public Function GetConfigFromFile(ByVal place As String, ByVal key As String, Optional ByRef found As String) As Boolean
    GetConfigFromFile = Computer().HasSetting(place, key)
    If GetConfigFromFile Then found = Computer().Setting(place, key)
End Function
Public Function ReadFile(ByVal place As String) As String
    ReadFile = Computer().TextOf(place)
End Function
Public Function Environ(ByVal name As String) As String
    Environ = Computer().Variable(name)
End Function
Public Function MacScript(ByVal script As String) As String
    MacScript = Computer().AppleScript(script)
End Function
Public Function AppleScriptTask(ByVal file As String, ByVal handler As String, ByVal text As String) As String
    AppleScriptTask = Computer().Task(file, handler, text)
End Function
Public Sub PressTag(ByVal procedure As String, ByVal tagText As String)
    Dim control As New PretendControl
    control.Tag = tagText
    Select Case procedure
{presses}
    End Select
End Sub
Public Function AskTag(ByVal procedure As String, ByVal tagText As String)
    Dim control As New PretendControl
    Dim answer
    control.Tag = tagText
    Select Case procedure
{asks}
    End Select
    AskTag = answer
End Function
"""


@dataclass
class Machine:
    """What the add-in finds outside of Excel. Paths and variables are written as that system writes them."""

    mac: bool = False
    variables: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    #: The command lines that would have been run; on a Mac (script, handler, parameter).
    ran: list[str] = field(default_factory=list)
    tasks: list[tuple[str, str, str]] = field(default_factory=list)
    exit_code: int = 0
    refusal: str = ""
    #: What happens in Excel while a program that it waits for runs.
    meanwhile: Callable[[], None] = lambda: None


class _Computer(VBAObject):
    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    @member
    def Window(self) -> object:
        return 4711

    @member
    def Separator(self) -> object:
        return "/" if self.machine.mac else "\\"

    @member
    def ExcelFolder(self) -> object:
        return "/Applications/Microsoft Excel.app/Contents" if self.machine.mac else r"C:\Program Files\Office16"

    @method
    def Delete(self, place: object) -> object:
        return self.machine.files.pop(str(place), None) is not None

    @method
    def HasFile(self, place: object) -> object:
        return str(place) in self.machine.files

    @method
    def HasSetting(self, place: object, key: object) -> object:
        return str(key).lower() in {k.lower() for k in self.machine.files.get(str(place), {})}

    @method
    def Setting(self, place: object, key: object) -> object:
        return {k.lower(): v for k, v in self.machine.files[str(place)].items()}[str(key).lower()]

    @method
    def TextOf(self, place: object) -> object:
        return ""

    @method
    def Variable(self, name: object) -> object:
        return self.machine.variables.get(str(name).upper(), "")

    @method
    def AppleScript(self, script: object) -> object:
        if "home folder" in str(script):
            return self.machine.variables["HOME"]
        return re.sub(r'.*\("(.*)"\).*', r"\1", str(script))

    @method
    def Task(self, file: object, handler: object, text: object) -> object:
        self.machine.tasks.append((str(file), str(handler), str(text)))
        return ""


class _Shell(VBAObject):
    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    @method
    def Run(self, command: object, style: object = 0, wait: object = True) -> object:
        if self.machine.refusal:
            raise error(70, self.machine.refusal)
        self.machine.ran.append(str(command))
        self.machine.meanwhile()
        return self.machine.exit_code

    @method
    def Popup(self, *args: object) -> object:
        return 1

    @method
    def ExpandEnvironmentStrings(self, text: object) -> object:
        known = self.machine.variables
        return re.sub(r"%([^%]+)%", lambda m: known.get(m[1].upper(), m[0]), str(text))


class _Ribbon(VBAObject):
    def __init__(self) -> None:
        self.asked = 0

    @method
    def Invalidate(self) -> object:
        self.asked += 1
        return None


@cache
def sources() -> dict[str, str]:
    """The modules of the committed add-in."""
    with ExcelFile(COMMITTED) as addin:
        return {name: addin.get_module(name) for name in addin.module_names()}


def procedures(source: str) -> dict[str, str]:
    """The public procedures of a module, each with its parameters as written."""
    found = re.findall(r"^Public (?:Sub|Function) (\w+)\(([^)]*)\)", source, re.MULTILINE)
    return dict(found)


class PretendExcel:
    """Excel with the add-in loaded and a workbook in front."""

    def __init__(self, machine: Machine, book: Path | None) -> None:
        self.machine = machine
        self.app = ExcelApplication()
        self.app.open_workbook(COMMITTED)
        if book is not None:
            self.app.activate_workbook(self.app.open_workbook(book))
        else:
            self.app.application.active_book = None
        self.app.interpreter.create_com = self._create  # type: ignore[method-assign]
        constants = dict(_preprocess.DEFAULT_CONSTANTS) | {"Mac": machine.mac, "MAC_OFFICE_VERSION": 16}
        if machine.mac:
            constants |= {"Win32": False}
        before = dict(_preprocess.DEFAULT_CONSTANTS)
        _preprocess.DEFAULT_CONSTANTS.update(constants)
        try:
            self._load()
        finally:
            _preprocess.DEFAULT_CONSTANTS.clear()
            _preprocess.DEFAULT_CONSTANTS.update(before)

    def _load(self) -> None:
        ours = sources()["Champions"]
        self.app.add_module(_without(sources()["xlwings"]), name="xlwings")
        self.app.add_module(ours, name="Champions")
        self.app.add_module("Public Tag As String\n", name="PretendControl", kind="class")
        given = procedures(ours)
        presses = [n for n, p in given.items() if p == "control As IRibbonControl"]
        asks = [n for n, p in given.items() if p == "control As IRibbonControl, ByRef returnedVal"]
        cases = {
            "presses": "\n".join(f'    Case "{n}": {n} control' for n in presses),
            "asks": "\n".join(f'    Case "{n}": {n} control, answer' for n in asks),
        }
        self.app.add_module(_ANSWERS.format(**cases), name="Answers")

    def _create(self, name: str) -> object:
        if name == "Test.Computer":
            return _Computer(self.machine)
        if name == "WScript.Shell":
            return _Shell(self.machine)
        if name == "Scripting.Dictionary":
            from pyopenvba.interpreter._scripting import Dictionary

            return Dictionary()
        raise AssertionError(f"the add-in asks for {name}")

    def show_ribbon(self) -> Callable[[], int]:
        """Excel loads the ribbon; gives how often it was told since to ask everything again."""
        ribbon = _Ribbon()
        self.app.interpreter.run("RibbonLoaded", [ribbon])
        return lambda: ribbon.asked

    def put_in_the_cloud(self, monkeypatch: Any, address: str) -> None:
        """The workbook in front lies in OneDrive or SharePoint: Excel gives an address for its place."""
        book = self.app.workbook
        members = type(book)._vba_members
        full = replace(members["fullname"], getter=lambda one: f"{address}/{one.name}" if one is book else one.path)
        monkeypatch.setitem(members, "fullname", full)

    def break_shell(self, words: str) -> None:
        """Has Windows refuse to start any program, as a policy may."""
        self.machine.refusal = words

    def press(self, procedure: str, tag: str) -> None:
        """Presses a control: its callback, and its tag."""
        self.app.run("PressTag", procedure, tag)

    def ask(self, procedure: str, tag: str = "") -> object:
        """What a callback answers to Excel's question."""
        return self.app.run("AskTag", procedure, tag)

    @property
    def told(self) -> list[str]:
        """The messages that a person would have seen."""
        return [str(words) for kind, words, *_ in self.app.dialogs if kind == "MsgBox"]


def _without(source: str) -> str:
    """xlwings' module without the procedures that reach the outside, and without what the interpreter can't read."""
    source = source.replace("\r\n", "\n")
    source = re.sub(r"^([ \t]*#(?:Const|If|ElseIf) [^'\n]*)'.*$", r"\1", source, flags=re.MULTILINE)
    for asked, answered in _ELSEWHERE:
        assert asked in source, asked
        source = source.replace(asked, answered)
    for name in CUT:
        source, times = re.subn(
            rf"^(?:Public |Private )?Function {name}\(.*?^End Function$", "", source, flags=re.MULTILINE | re.DOTALL
        )
        assert times == 1, name
    return source
