"""Every kind of file that we make or leave, for tests that look at all of them."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path

from addin.frontends.terminal import main
from addin.lossless import Book
from addin.lossless.opc.parts import relative
from tests.support.contract_builder import build
from tests.support.excel_limits.breaking import parts_of, whole
from tests.support.intake import entry, text_of
from workbook.example import simulate
from workbook.model.registers import Actions, Checks, History, SupportLog

ROOT = Path(__file__).resolve().parent.parent.parent
_DAY = ("--as-of", "2026-06-30")


def make_files(folder: Path) -> list[Path]:
    """The workbooks, documents and the add-in.

    Args:
        folder: an empty one.
    """
    empty, example, older = (folder / f"{name}.xlsx" for name in ("empty", "example", "older"))
    _run("new", str(empty))
    _run("new", str(example), "--example", "--weeks", "8")
    # as an earlier version left it: its record under the former name, a table of results missing
    names = {History.sheet: History.former_sheet}
    build(older, simulate(weeks=8).tables, computed=True, leave_out={Checks.table}, sheet_names=names)
    older.write_bytes(whole({part: _as_excel_names_parts(part, c) for part, c in parts_of(older.read_bytes()).items()}))
    _through(empty, ["check"], ["triggers"], ["undo"])
    _through(example, ["check"], ["triggers"], ["documents"], ["undo"])
    _through(older, ["check"], [], ["undo"])
    entries = folder / "entries.csv"
    entries.write_text(text_of([entry(What_happened="=1+1"), entry(Shift="Erly")]), encoding="utf-8")
    _through(older, ["import", str(entries), "--into", SupportLog.table])
    _run("form", str(example), "--into", SupportLog.table, "--out", str(folder / "form.docx"))
    shutil.copy(ROOT / "addin" / "frontends" / "ribbon" / "Champions.xlam", folder)
    shutil.copy(ROOT / "workbooks" / "champion-workbook.xlsx", folder / "committed.xlsx")
    found = sorted(p for p in folder.rglob("*") if p.suffix in {".xlsx", ".docx", ".xlam"})
    return [p for p in found if ".champions" not in p.parts]


def _as_excel_names_parts(part: str, content: bytes) -> bytes:
    """Relationships as Excel gives them, from the part's own folder; openpyxl's begin at the package's root."""
    if not part.endswith(".rels") or part == "_rels/.rels":
        return content
    owner = part.replace("_rels/", "")
    return re.sub(rb'Target="/([^"]+)"', lambda m: b'Target="%b"' % relative(m[1].decode(), owner).encode(), content)


def _through(start: Path, *commands: list[str]) -> None:
    """Runs commands one after the other, each on a copy of what the one before left; without a command, typing."""
    path = start
    work = start.with_name(f"{start.stem} at work.xlsx")
    shutil.copy(start, work)
    for command in commands:
        if command:
            _run(command[0], str(work), *command[1:], *(() if command == ["undo"] else _DAY))
        else:
            _type_into(work)
        path = start.with_name(f"{start.stem} {command[0] if command else 'typed into'}.xlsx")
        shutil.copy(work, path)
    work.unlink()


def _run(*words: str) -> None:
    """A command, whatever it says: where something is found it ends in 1."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = main(list(words))
    assert code in (0, 1), words


def _type_into(path: Path) -> None:
    """What a person enters after a run, so that it can't be taken back by the whole former file."""
    book = Book(path.read_bytes())
    book.set_cell(Actions.sheet, 60, 40, "a person's note")
    with path.open("wb") as out:
        book.write(out)
