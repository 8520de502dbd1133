"""One round: a press that is disturbed at a moment, and all that must be so afterwards."""

import contextlib
import json
import shutil
import subprocess
import threading
import time
from pathlib import Path

from tests.support.hostile.states import differences, health, state

ROOT = Path(__file__).resolve().parent.parent.parent.parent
COMMANDS = ("check", "triggers", "documents:board-minutes", "undo")
MOMENTS = ("reading", "asking", "writing", "answering", "showing")
KILLED = ("press", "agent", "office")
VICTIMS = (*KILLED, "closed", "saved as", "another in front", "typed into", "dialog open", "second press")
#: The person's own sheet, and the cell in which is typed: row and column from 0.
OWN, CELL = "Mine", (1, 1)
#: It has its id from the beginning, or each first document would name another one.
_PREPARE = """
import sys, openpyxl
from openpyxl.packaging.custom import StringProperty
book = openpyxl.load_workbook(sys.argv[1])
book.custom_doc_props.append(StringProperty(name="Champions workbook id", value="0123456789abcdef" * 2))
sheet = book.create_sheet("Mine")
sheet["A1"], sheet["A2"] = "My own notes", "=1+1"
book.save(sys.argv[1])
"""


def _next(command):
    """The press that comes next: what was taken back is done again."""
    return "check" if command == "undo" else command


class Bench:
    """What rounds have in common.

    Args:
        desk: LibreOffice on its screen.
        python: the interpreter that has the program.
    """

    def __init__(self, desk, python):
        self.desk, self.hook = desk, desk.folder / "hook"
        self.master = desk.folder / "master.xlsx"
        for words in (
            ["-m", "addin.frontends.terminal", "new", str(self.master), "--example"],
            ["-c", _PREPARE, str(self.master)],
        ):
            subprocess.run([python, *words], cwd=ROOT, env=desk.environment, check=True, capture_output=True)
        self.old, self.new, self.counts = {}, {}, {}
        self._start()

    def _start(self):
        self.desk.start()
        self.other = self.desk.new()
        self.others = state(self.other)

    def _know(self, command):
        """What a press does that nothing disturbs, and how often each moment comes in it."""
        for one in (command, _next(command)):
            if one not in self.new:
                self._learn(one)

    def _learn(self, command):
        book, folder = self._opened(f"learn {command.partition(':')[0]}")
        self._prepare(book, command)
        self.old[command] = state(book)
        self._order(command, "never", 0, "nobody")
        self.desk.press(book, command)
        if self.desk.finish(book) is None:
            raise RuntimeError(f"{command} does not even end if it is left alone")
        self.new[command] = state(book)
        self.counts[command] = json.loads((self.hook / "counts").read_text())
        self._close(book, folder)

    def _opened(self, name):
        folder = self.desk.folder / name
        folder.mkdir()
        shutil.copy(self.master, folder / "book.xlsx")
        book = self.desk.load(folder / "book.xlsx")
        self._own_cell(book)
        return book, folder

    def _own_cell(self, book):
        """The person is on their own sheet, where they may type."""
        sheet = book.Sheets.getByName(OWN)
        book.CurrentController.setActiveSheet(sheet)
        book.CurrentController.select(sheet.getCellByPosition(CELL[1], CELL[0]))

    def _prepare(self, book, command):
        if command == "undo":
            self.desk.press(book, "check")
            self.desk.finish(book)
            self._own_cell(book)

    def _close(self, book, folder):
        with contextlib.suppress(Exception):  # it was closed already
            book.close(True)
        shutil.rmtree(folder, ignore_errors=True)

    def _order(self, name, moment, time_, victim):
        for left in ("go", "came"):
            (self.hook / left).unlink(missing_ok=True)
        note = str(self.desk.home / ".local" / "state" / "champions" / "resident" / "resident.json")
        orders = {"round": name, "moment": moment, "time": time_, "victim": victim, "note": note}
        new = self.hook / "orders.new"
        new.write_text(json.dumps(orders))
        new.replace(self.hook / "orders")

    # -- a round ----------------------------------------------------------------------------------------------------

    def round(self, number, victim, moment, chance):
        """One round: what is wrong afterwards, in words, and what was done."""
        command = chance.choice(COMMANDS)
        if not self.desk.lives:
            self._start()
        self._know(command)
        time_ = chance.randint(1, max(self.counts[command].get(moment, 1), 1))
        if victim == "typed into" and moment == "showing":
            time_ = 1  # later the result is chosen already, and that is where what is typed goes
        how = f"{command}, {victim}, {moment} {time_}"
        book, folder = self._opened(f"round {number}")
        self._prepare(book, command)
        found = [f"before: {d}" for d in differences(self.old[command], state(book))[:3]]
        self._order(how, moment, time_, victim if victim in KILLED else "nobody")
        self.desk.press(book, command)
        this = Round(self, book, folder, command, victim, moment)
        found += this.goes_on(how)
        if victim == "office":
            found += self._after_the_end(folder, command)
        elif victim == "closed":
            found += self._after_closing(folder, command)
        else:
            found += this.checked()
        found += self._left_behind()
        self._close(this.book, folder)
        self.desk.close_texts()
        return found, how

    def _after_the_end(self, folder, command):
        """LibreOffice was killed: the file is as it was, and with a new LibreOffice everything works."""
        self._start()
        return self._opened_again(folder, command)

    def _after_closing(self, folder, command):
        """The workbook was closed without saving."""
        return self._opened_again(folder, command)

    def _opened_again(self, folder, command):
        command = _next(command)
        if (folder / "book.xlsx").read_bytes() != self.master.read_bytes():
            return ["the file on the disk was changed"]
        book = self.desk.load(folder / "book.xlsx")
        try:
            found = [f"opened again: {d}" for d in differences(self.old[command], state(book))[:3]]
            return found + self.next_press(book, folder, command)
        finally:
            book.close(True)

    def next_press(self, book, folder, command):
        """The next press does all that it should."""
        command = _next(command)
        for made in list(folder.rglob("Documents")):
            shutil.rmtree(made)
        self._order("next", "never", 0, "nobody")
        self.desk.press(book, command)
        if self.desk.finish(book) is None:
            return ["the next press does not end"]
        found = [f"after the next press: {d}" for d in differences(self.new[command], state(book))[:4]]
        return found + [f"after the next press {words}" for words in health(book)]

    def _left_behind(self):
        """What must not be there between two presses."""
        found = [f"left in the temporary folder: {p.name}" for p in self.desk.temporary.glob("champions*")]
        agents = self.desk.home / ".local" / "state" / "champions" / "agent"
        if len(list(agents.glob("*.socket"))) > 1:
            found.append("the sockets of several agents are there")
        changed = differences(self.others, state(self.other))
        if changed:
            found.append(f"the other workbook was changed: {changed[:2]}")
        if self.other.isAutomaticCalculationEnabled():
            found.append("the other workbook is computed otherwise")
        found += [f"the other workbook: {words}" for words in health(self.other) if "computed" not in words]
        until = time.monotonic() + 5
        while len(self._processes()) > 1 and time.monotonic() < until:
            time.sleep(0.1)
        if len(self._processes()) > 1:
            found.append(f"processes are left: {self._processes()}")
        return found

    def _processes(self):
        """Ours that run with this person's home."""
        found, mark = [], f"HOME={self.desk.home}\0".encode()
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (place / "cmdline").read_bytes().split(b"\0")
                if any(b"addin" in word for word in words) and mark in (place / "environ").read_bytes():
                    found.append(f"{place.name} {b' '.join(words).decode()[:90]}")
        return found


class Round:
    """A press that is disturbed.

    Args:
        bench: what rounds have in common.
        book, folder: the workbook, and where it lies.
        command: what was pressed.
        victim, moment: who is disturbed, and when.
    """

    def __init__(self, bench, book, folder, command, victim, moment):
        self.bench, self.desk, self.book, self.folder = bench, bench.desk, book, folder
        self.command, self.victim, self.moment = command, victim, moment
        self.said, self._typed = [], ""
        # Of the same name: the minutes say from which workbook they were made.
        self._elsewhere = folder / "elsewhere" / "book.xlsx"

    def goes_on(self, how):
        """Waits for the moment, does what the person does then, and waits for the end of the press."""
        if self.victim not in KILLED and not self._comes(how):
            return ["the moment did not come"]
        if self.victim == "office":
            try:
                self.desk.office.wait(60)
            except subprocess.TimeoutExpired:
                return ["LibreOffice was not killed"]
            self.desk.kill_office()
            return []
        done = threading.Thread(target=self._disturb, daemon=True)
        done.start()
        if self.moment != "writing":
            done.join(10)
        (self.bench.hook / "go").touch()
        done.join(20)
        self._afterwards()
        said = self.desk.finish(self.bench.other if self.victim == "closed" else self.book, 60)
        if said is None:
            return ["the press does not end"]
        self.said = said
        return [f"it says {words!r}" for words in said if "foresee" in words]

    def _comes(self, how):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                if (self.bench.hook / "came").read_text() == how:
                    return True
            time.sleep(0.01)
        return False

    def _disturb(self):
        """What the person does at the moment."""
        if self.victim == "closed":
            self.book.close(True)
        elif self.victim == "saved as":
            from tests.support.hostile.desk import properties

            way = properties(FilterName="Calc MS Excel 2007 XML")
            self._elsewhere.parent.mkdir()
            self.book.storeAsURL(self._elsewhere.as_uri(), way)
        elif self.victim == "another in front":
            frame = self.bench.other.CurrentController.Frame
            frame.activate()
            frame.ContainerWindow.toFront()
        elif self.victim == "typed into":
            self.desk.type("typed", "book")
            self._typed = "typed"
        elif self.victim == "dialog open":
            self.desk.do(self.book, ".uno:FormatCellDialog")
        elif self.victim == "second press":
            self.desk.press(self.book, "check")

    def _afterwards(self):
        """What the person does when the press has had time to come to its end."""
        if self.victim == "typed into":
            time.sleep(1.5)
            self.desk.type(" on", "book", confirm=True)
            self._typed += " on"
        elif self.victim == "dialog open":
            time.sleep(0.7)
            self.desk.key("Escape")

    # -- what must be so --------------------------------------------------------------------------------------------

    def checked(self):
        """What is wrong in the open workbook, with its window in front, as a person has it who undoes something."""
        self.book.CurrentController.Frame.activate()
        found, kind = self._old_or_new()
        found += list(health(self.book))
        if any("othing was" in words for words in self.said) and kind == "new" and self.victim != "second press":
            found.append(f"it says {self.said!r}, and all was written")
        if kind == "new":
            found += self._undone_and_done_again()
        with contextlib.suppress(Exception):
            self._back_to_old(kind)
        left = differences(self.bench.old[self.command], state(self.book), self._without())
        if left:
            return [*found, *(f"undo does not bring the old state back: {d}" for d in left[:3])]
        return found + self._own_undo() + self.bench.next_press(self.book, self.folder, self.command)

    def _without(self):
        return {(OWN, *CELL)}

    def _old_or_new(self):
        """What of the two it is; how it differs from both where it is neither."""
        now = state(self.book)
        from_old = differences(self.bench.old[self.command], now, self._without())
        from_new = differences(self.bench.new[self.command], now, self._without())
        found = []
        held = self.book.Sheets.getByName(OWN).getCellByPosition(CELL[1], CELL[0]).Formula
        if held != self._typed:
            found.append(f"typed was {self._typed!r}, and the cell holds {held!r}")
        if self.victim == "saved as":
            found += self._saved()
        if not from_new:
            return found, "new"
        if not from_old:
            if self.victim not in (*KILLED, "dialog open"):
                found.append("nothing was written")
            return found, "old"
        return [*found, f"half-written: {len(from_old)} and {len(from_new)} cells, such as {from_new[:2]}"], "neither"

    def _saved(self):
        """What was saved meanwhile is the old or the new workbook."""
        copy = self.folder / "a copy.xlsx"
        shutil.copy(self._elsewhere, copy)
        saved = self.desk.load(copy)
        try:
            now = state(saved)
        finally:
            saved.close(True)
        ways = [differences(known[self.command], now) for known in (self.bench.old, self.bench.new)]
        return [] if not all(ways) else [f"what was saved is neither: {ways[0][:2]}, {ways[1][:2]}"]

    def _undone_and_done_again(self):
        steps = 2 if self._typed else 1
        undo = self.book.UndoManager
        try:
            for _ in range(steps):
                undo.undo()
            found = differences(self.bench.old[self.command], state(self.book), self._without())
            for _ in range(steps):
                undo.redo()
            again = differences(self.bench.new[self.command], state(self.book), self._without())
        except Exception as error:  # noqa: BLE001 - whatever UNO raises
            return [f"undo or redo fails: {type(error).__name__} {getattr(error, 'Message', '')[:80]}"]
        return [f"undo: {d}" for d in found[:3]] + [f"redo: {d}" for d in again[:3]]

    def _back_to_old(self, kind):
        for _ in range((kind != "old") + bool(self._typed)):
            self.book.UndoManager.undo()
        if self.book.Sheets.getByName(OWN).getCellByPosition(CELL[1], CELL[0]).Formula:
            raise ValueError

    def _own_undo(self):
        """The person's own typing can be undone."""
        cell = self.book.Sheets.getByName(OWN).getCellByPosition(3, 3)
        cell.Formula = "7"
        try:
            self.book.UndoManager.undo()
        except Exception as error:  # noqa: BLE001 - whatever UNO raises
            return [f"what the person types can't be undone: {type(error).__name__}"]
        return [] if cell.Formula == "" else ["what the person types can't be undone"]
