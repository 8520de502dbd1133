"""A stand-in for Excel: the add-in's own VBA, run by pyOpenVBA's interpreter over a real workbook.

What the interpreter lacks is named in `_ELSEWHERE` and answered here: the window's number, files, variables, Windows'
script host and the Mac's AppleScript. All else, up to the line that would start Python, is the VBA that Excel
compiles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import _preprocess
from pyopenvba.interpreter._objects import VBAObject, member, method, setter
from pyopenvba.interpreter._values import error

from addin.frontends.ribbon.names import ADDIN

COMMITTED = Path(__file__).resolve().parents[3] / "addin" / "frontends" / "ribbon" / ADDIN
WINDOW = 4711
_ELSEWHERE = (
    ("Application.Hwnd", "Computer().Window"),
    ("Application.ProtectedViewWindows.Count", "Computer().ProtectedViews"),
    # VBA's AscW gives a signed number of 16 bits.
    ("AscW(", "Computer().SignedUnit("),
    ("Application.OnTime ", "Computer().OnTime "),
)
_ANSWERS = """
Public Function Computer() As Object
    Set Computer = CreateObject("Test.Computer")
End Function
Public Function Environ(ByVal name As String) As String
    Environ = Computer().Variable(name)
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


class Start(NamedTuple):
    """A program that Windows started: its line, the variables it has, its window's style, and whether it is awaited."""

    line: str
    variables: dict[str, str]
    style: int
    waited: bool


@dataclass
class Machine:
    """What the add-in finds outside of Excel. Paths and variables are written as that system writes them.

    Attributes:
        files: by their paths, with the settings or the text that they hold.
        process: the variables that Excel's own process was given since it began.
        starts: what was started; on a Mac `tasks`: script, handler, parameter.
        refusal: the error that Windows answers a start with.
        without: objects of Windows' that can't be had, as where Script Host is switched off.
    """

    mac: bool = False
    variables: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str] | str] = field(default_factory=dict)
    process: dict[str, str] = field(default_factory=dict)
    starts: list[Start] = field(default_factory=list)
    tasks: list[tuple[str, str, str]] = field(default_factory=list)
    exit_code: int = 0
    refusal: tuple[int, str] | None = None
    without: tuple[str, ...] = ()
    protected_views: int = 0
    timed: list[str] = field(default_factory=list)
    #: What happens in Excel while a program that it waits for runs.
    meanwhile: Callable[[], None] = lambda: None

    @property
    def ran(self) -> list[str]:
        """The lines alone."""
        return [start.line for start in self.starts]

    def text_of(self, place: str) -> str:
        """A file's text; settings are written as the program writes them."""
        held = self.files[place]
        return held if isinstance(held, str) else "".join(f'"{n}","{v}"\r\n' for n, v in held.items())

    def expanded(self, text: str) -> str:
        """With each variable's value instead of its name, once, as Windows does it."""
        return re.sub(r"%([^%]+)%", lambda found: self.variables.get(found[1].upper(), found[0]), text)


class _Computer(VBAObject):
    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    @member
    def Window(self) -> object:
        return WINDOW

    @member
    def ProtectedViews(self) -> object:
        return self.machine.protected_views

    @method
    def SignedUnit(self, sign: object) -> object:
        number = ord(str(sign))
        assert number <= 0xFFFF, "VBA counts in units of 16 bits"
        return number - 0x10000 if number > 0x7FFF else number

    @method
    def OnTime(self, when: object, procedure: object) -> object:
        self.machine.timed.append(str(procedure))
        return None

    @method
    def Variable(self, name: object) -> object:
        return self.machine.variables.get(str(name).upper(), "")

    @method
    def Task(self, file: object, handler: object, text: object) -> object:
        if self.machine.refusal:
            raise error(*self.machine.refusal)
        self.machine.tasks.append((str(file), str(handler), str(text)))
        return ""


class _Variables(VBAObject):
    """The variables of Excel's own process, which what it starts inherits."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    @member(default=True)
    def Item(self, name: object) -> object:
        return self.machine.process.get(str(name), "")

    @setter("Item")
    def _put(self, name: object, value: object = None) -> None:
        self.machine.process[str(name)] = str(value)

    @method
    def Remove(self, name: object) -> object:
        if str(name) not in self.machine.process:
            raise error(5, "Invalid procedure call or argument")
        del self.machine.process[str(name)]
        return None


class _Shell(VBAObject):
    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    @method
    def Run(self, command: object, style: object = 0, wait: object = True) -> object:
        if self.machine.refusal:
            raise error(*self.machine.refusal)
        self.machine.starts.append(Start(str(command), dict(self.machine.process), int(style), bool(wait)))
        self.machine.meanwhile()
        return self.machine.exit_code

    @method
    def Environment(self, kind: object) -> object:
        assert kind == "PROCESS"
        return _Variables(self.machine)

    @method
    def ExpandEnvironmentStrings(self, text: object) -> object:
        return self.machine.expanded(str(text))


class _Files(VBAObject):
    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    @method
    def FileExists(self, place: object) -> object:
        return str(place) in self.machine.files

    @method
    def DeleteFile(self, place: object) -> object:
        if str(place) not in self.machine.files:
            raise error(53, "File not found")
        del self.machine.files[str(place)]
        return None

    @method
    def OpenTextFile(self, place: object, mode: object, create: object = False, unicode: object = 0) -> object:
        if str(place) not in self.machine.files:
            raise error(53, "File not found")
        assert (int(mode), bool(create)) == (1, False), "nothing is written by VBA"
        return _Text(self.machine.text_of(str(place)))


class _Text(VBAObject):
    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()

    @member
    def AtEndOfStream(self) -> object:
        return not self.lines

    @method
    def ReadLine(self) -> object:
        return self.lines.pop(0)

    @method
    def ReadAll(self) -> object:
        if not self.lines:
            raise error(62, "Input past end of file")
        return "\r\n".join(self.lines)

    @method
    def Close(self) -> object:
        return None


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
        self.app.add_module(_without(ours), name="Champions")
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
        known = {"Test.Computer": _Computer, "WScript.Shell": _Shell, "Scripting.FileSystemObject": _Files}
        assert name in known, f"the add-in asks for {name}"
        if name in self.machine.without:
            raise error(429, "ActiveX component can't create object")
        return known[name](self.machine)

    def call_the_book(self, monkeypatch: Any) -> Callable[[str], None]:
        """Lets the workbook in front have any name that Excel lets it have; gives what sets it."""
        members, now = type(self.app.workbook)._vba_members, {"name": ""}
        monkeypatch.setitem(members, "name", replace(members["name"], getter=lambda _: now["name"]))
        return lambda name: now.update(name=name)

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

    def refuse(self, number: int, words: str = "Permission denied") -> None:
        """Has the system refuse to start any program, as a policy may; 0: no more."""
        self.machine.refusal = (number, words) if number else None

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
    """The module with what the interpreter does not know asked of this stand-in."""
    source = source.replace("\r\n", "\n")
    for asked, answered in _ELSEWHERE:
        assert asked in source, asked
        source = source.replace(asked, answered)
    return source
