"""xlwings' own module for Windows, its very lines, over a Windows and an Excel that are made up."""

from __future__ import annotations

import ctypes
import importlib.util
import sys
import types
from pathlib import Path
from typing import Any

#: The call was rejected: Excel is busy.
REJECTED = -2147418111
_WINDOW = 4711


class ComError(Exception):
    """As pywin32 raises it."""

    @property
    def hresult(self) -> int:
        return self.args[0]


class Dispatch:
    """Something of Excel's. Each question may be answered with "busy" first."""

    def __init__(self, excel: Excel, **known: Any) -> None:
        self.__dict__.update(known, excel=excel)

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") or name == "excel":
            return object.__getattribute__(self, name)
        object.__getattribute__(self, "excel").answer(name)
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self.excel.answer(f"{name} =")
        self.__dict__[name] = value


class Workbooks(Dispatch):
    def __call__(self, name: str) -> Dispatch:
        self.excel.answer(f"Workbooks({name!r})")
        for book in self.excel.books:
            if book.__dict__["Name"].casefold() == name.casefold():
                return book
        raise ComError(-2147352567, "Exception", (0, None, "Subscript out of range", None, 0, -2147352565), None)


class Excel:
    """One Excel: its books by name and place, and how often it answers that it is busy."""

    def __init__(self, **books: str) -> None:
        self.busy, self.asked = 0, []
        self.application = Dispatch(self, Hwnd=_WINDOW)
        self.books = [Dispatch(self, Name=name, FullName=place) for name, place in books.items()]
        self.application.__dict__["Workbooks"] = Workbooks(self)
        for book in self.books:
            book.__dict__["Application"] = self.application

    def answer(self, asked: str) -> None:
        self.asked.append(asked)
        if self.busy:
            self.busy -= 1
            raise ComError(REJECTED, "Call was rejected by callee.", None, None)


def windows(monkeypatch: Any, excels: dict[int, Excel]) -> types.ModuleType:
    """xlwings' module for Windows, imported for these Excels by their windows' numbers."""
    current = {"window": 0}

    def find(parent: int, after: int, kind: str, title: object) -> int:
        current["window"] = parent if kind == "XLDESK" else current["window"]
        return current["window"]

    def module(name: str, **known: Any) -> types.ModuleType:
        made = types.ModuleType(name)
        made.__dict__.update(known)
        monkeypatch.setitem(sys.modules, name, made)
        return made

    error = ComError
    module("pywintypes", com_error=error, error=OSError, TimeType=type("Time", (), {}), IID=str)
    module("win32api")
    module("win32con")
    module("pythoncom", CoInitialize=lambda: None, ole_error=error, __file__=None)
    client = {name: type(name, (), {}) for name in ("CoClassBaseClass", "DispatchBaseClass")}
    holder = lambda _: Dispatch(excels[current["window"]], Application=excels[current["window"]].application)  # noqa: E731
    module("win32com", client=module("win32com.client", CDispatch=Dispatch, Dispatch=holder, DispatchEx=None, **client))
    module("win32gui", FindWindowEx=find)
    module("win32process", GetWindowThreadProcessId=lambda window: (1, window))
    module("win32timezone")
    library = types.SimpleNamespace(PyCom_PyObjectFromIUnknown=lambda *_: None)
    anything = types.SimpleNamespace(
        ole32=types.SimpleNamespace(CLSIDFromString=lambda *_: 0),
        oleacc=types.SimpleNamespace(AccessibleObjectFromWindow=_reach(excels)),
    )
    monkeypatch.setattr(ctypes, "PyDLL", lambda _: _Library(library))
    monkeypatch.setattr(ctypes, "oledll", anything, raising=False)
    monkeypatch.setattr(ctypes, "windll", anything, raising=False)
    return _loaded(monkeypatch)


class _Library:
    def __init__(self, real: Any) -> None:
        self.PyCom_PyObjectFromIUnknown = _Function()


class _Function:
    restype: Any = None

    def __call__(self, *_: Any) -> None:
        return None


def _reach(excels: dict[int, Excel]) -> Any:
    def reach(window: int, *_: Any) -> int:
        if window not in excels:
            raise OSError("no such window")
        return 0

    return reach


def _loaded(monkeypatch: Any) -> types.ModuleType:
    import xlwings

    name = "xlwings._xlwindows"
    place = Path(xlwings.__file__).with_name("_xlwindows.py")
    for patch in ("xlwings._win32patch",):
        stand_in = types.ModuleType(patch)
        stand_in.CoClassBaseClass = type("CoClassBaseClass", (), {})
        monkeypatch.setitem(sys.modules, patch, stand_in)
    monkeypatch.setattr("builtins.WindowsError", OSError, raising=False)
    spec = importlib.util.spec_from_file_location(name, place)
    made = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, made)
    monkeypatch.setattr(xlwings, "_xlwindows", made, raising=False)
    spec.loader.exec_module(made)
    return made
