"""The office program and its spreadsheets, as operations find them."""

import contextlib
import threading

import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.frame import XStatusListener

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


def values(**named):
    """UNO's property values.

    Args:
        named: each one's value, by its name.
    """
    made = []
    for name, value in named.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


#: Seconds between two looks whether what waits for the program's thread is wanted still.
_LOOK = 0.2
#: What has no result, since nothing was done.
_NOTHING = object()


class NotWanted(Exception):
    """Whoever asked is gone."""


class _Job(unohelper.Base, XCallback):
    """Something to be done in the program's thread, once, unless it is called off before."""

    def __init__(self, do, still_wanted):
        self._do, self._still_wanted, self._first = do, still_wanted, threading.Lock()
        self.done, self.result = threading.Event(), _NOTHING

    def notify(self, data):
        if not self._first.acquire(False):
            return
        try:
            if self._still_wanted():
                self.result = self._do()
        finally:
            self.done.set()

    def called_off(self):
        """Calls it off; whether it was not begun yet."""
        return self._first.acquire(False)


class _Told(unohelper.Base, XStatusListener):
    """Learns how a command stands."""

    def __init__(self):
        self.came, self.enabled = threading.Event(), False

    def statusChanged(self, event):  # noqa: N802 - UNO's name
        self.enabled = bool(event.IsEnabled)
        self.came.set()

    def disposing(self, event):
        """Its window goes."""


class Office:
    """One running office program.

    Args:
        context: its UNO component context.

    Attributes:
        caller: whose request is being carried out.
        indicators: by spreadsheet, whose words its status bar shows, and what shows them.
        stopped: by spreadsheet, who stopped its drawing.
    """

    def __init__(self, context):
        self.context = context
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.caller, self.indicators, self.stopped = None, {}, {}
        self._kinds, self._known = {}, {}

    def service(self, name):
        """A service of the program.

        Args:
            name: UNO's, such as `com.sun.star.frame.Desktop`.
        """
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def in_its_thread(self, do, still_wanted):
        """Has the program do something in its own thread, where nothing is drawn, typed or saved meanwhile.

        Args:
            do: what to do; what it gives, and what it holds on to, must be nothing of the program's.
            still_wanted: asked from time to time; where it says no before anything was begun, nothing is done.

        Raises:
            NotWanted: nothing was done.
        """
        job = _Job(do, still_wanted)
        self.service("com.sun.star.awt.AsyncCallback").addCallback(job, None)
        while not job.done.wait(_LOOK):
            if not still_wanted() and job.called_off():
                raise NotWanted
        if job.result is _NOTHING:
            raise NotWanted
        return job.result

    def is_typed_into(self, book):
        """Whether somebody is typing into a cell of a spreadsheet: only then has its window a mode of typing.

        Args:
            book: the spreadsheet; in one without a window nobody is.
        """
        controller = book.CurrentController
        return controller is not None and self.is_enabled(controller.Frame, ".uno:InsertMode")

    def is_enabled(self, frame, command):
        """Whether one of the program's own commands can be given now in a window.

        Args:
            frame: the window's frame.
            command: its URL, such as `.uno:InsertMode`.
        """
        url = uno.createUnoStruct("com.sun.star.util.URL")
        url.Complete = command
        url = self.service("com.sun.star.util.URLTransformer").parseStrict(url)[1]
        dispatch = frame.queryDispatch(url, "_self", 0)
        if dispatch is None:
            return False
        told = _Told()
        dispatch.addStatusListener(told, url)
        told.came.wait(_LOOK)
        dispatch.removeStatusListener(told, url)
        return told.enabled

    def left_by(self, caller):
        """Puts back what somebody stopped who is gone now.

        Args:
            caller: as it was in `caller` when drawing was stopped, or words were put into the status bar.
        """
        for uid in [uid for uid, who in self.stopped.items() if who is caller]:
            del self.stopped[uid]
            book = self.books().get(uid)
            while book is not None and book.hasControllersLocked():
                book.unlockControllers()
        for uid in [uid for uid, (who, _) in self.indicators.items() if who is caller]:
            self.end_words(uid)

    def end_words(self, uid):
        """Gives a spreadsheet's status bar back to the program.

        Args:
            uid: the spreadsheet's id; where it has no words of ours, nothing is done.
        """
        _, indicator = self.indicators.pop(uid, (None, None))
        if indicator is not None:
            try:
                indicator.end()
            except Exception:
                pass  # its window is gone

    def books(self):
        """The open spreadsheets, by their id in this session."""
        found, components = {}, self.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            if hasattr(component, "supportsService") and component.supportsService(_SPREADSHEET):
                found[component.RuntimeUID] = component
        return found

    def book(self, uid):
        """An open spreadsheet.

        Args:
            uid: its id in this session.

        Raises:
            KeyError: it is open no more.
        """
        known = self._known.get(uid)
        try:
            if known is not None and known.RuntimeUID == uid:
                return known
        except Exception:
            pass  # it was closed
        self._known = self.books()
        return self._known[uid]

    def active(self):
        """The spreadsheet in front; None if there is none."""
        current = self.desktop.getCurrentComponent()
        if current is not None and hasattr(current, "supportsService") and current.supportsService(_SPREADSHEET):
            return current
        return next(iter(self.books().values()), None)

    @contextlib.contextmanager
    def in_front(self, book):
        """Has a spreadsheet's window be the active one meanwhile.

        Undoing and redoing what showed or hid tabs looks at the active window, of whichever spreadsheet that is: in
        another one it would make sheets.

        Args:
            book: the spreadsheet; without a window of its own nothing is done.
        """
        active, own = self.desktop.getCurrentFrame(), book.CurrentController
        if own is None or active is None or active == own.Frame:
            yield
            return
        own.Frame.activate()
        try:
            yield
        finally:
            active.activate()

    def sheet(self, uid, name):
        """A sheet by its name.

        Args:
            uid: the spreadsheet's id.
            name: the sheet's.

        Raises:
            KeyError: there is no such sheet, or no such spreadsheet.
        """
        sheets = self.book(uid).Sheets
        if not sheets.hasByName(name):
            raise KeyError(name)
        return sheets.getByName(name)

    def cells(self, uid, sheet, area):
        """A range of cells.

        Args:
            uid: the spreadsheet's id.
            sheet: the sheet's name.
            area: top, left, bottom, right, counted from 0.

        Raises:
            KeyError: there is no such sheet, or no such spreadsheet.
        """
        top, left, bottom, right = area
        return self.sheet(uid, sheet).getCellRangeByPosition(left, top, right, bottom)

    def kind_of_format(self, book, key):
        """The type of a spreadsheet's number format, which never changes.

        Args:
            book: the spreadsheet.
            key: UNO's number of the format.

        Returns:
            UNO's flags, as `com.sun.star.util.NumberFormat` numbers them.
        """
        place = book.RuntimeUID, key
        if place not in self._kinds:
            self._kinds[place] = book.NumberFormats.getByKey(key).Type
        return self._kinds[place]
