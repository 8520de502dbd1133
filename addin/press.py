"""What a button starts: `"<python>" -I -B -m addin.press`, the same line whatever is open.

What was pressed and which workbook is in front come in variables of the process, which hold any name; on a Mac as three
words of letters and digits, since there Excel can hand over no variables. `--version` instead says which version this
is, once all that a press needs was imported.

Exit codes, which the ribbon turns into words: 0 it was done, or said in the office program; 2 it could not be said
there (on Windows the words lie in `last_words_place`); 3 a fault of ours, written to the log.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path

from addin.isolated import EXCEL_BOOK, EXCEL_WINDOW, PRESSED, RIBBON, leave_folder

_DONE, _UNSAID, _FAULT = 0, 2, 3
#: Signs of a message that the ribbon shows.
_MOST = 4000
_BY_DIGITS = 4
_TRY_AGAIN = "Press the button again."


def main(words: Sequence[str], environment: MutableMapping[str, str]) -> int:
    """Does a press from beginning to end, and gives the exit code.

    Args:
        words: those of the command line.
        environment: of the process; ours among it are taken out, since what the press starts must not inherit them.
    """
    if list(words) == ["--version"]:
        return _say_version()
    handed = {name: environment.pop(name, "") for name in (PRESSED, EXCEL_WINDOW, EXCEL_BOOK, RIBBON)}
    try:
        if words:
            handed |= handed_over(words)
        _press(handed, environment)
    except SystemExit as end:
        _tell(str(end.code), in_excel=bool(words or handed[EXCEL_WINDOW]))
        return _UNSAID
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a manager
        from addin.frontends.faults import write_fault

        write_fault(error)
        return _FAULT
    return _DONE


def handed_over(words: Sequence[str]) -> dict[str, str]:
    """What a Mac's Excel hands over, as the variables that say the same.

    Args:
        words: what was pressed, the workbook's name as four hexadecimal digits a sign, and the ribbon's version.

    Raises:
        SystemExit: they are none of the ribbon's.
    """
    from workbook.ribbon import is_pressable

    with suppress(ValueError):
        pressed, name, version = words
        if is_pressable(pressed) and len(name) % _BY_DIGITS == 0:
            book = bytes.fromhex(name).decode("utf-16-be", "surrogatepass")
            return {PRESSED: pressed, EXCEL_BOOK: book, RIBBON: version}
    raise SystemExit(_TRY_AGAIN)


def last_words_place(environment: Mapping[str, str]) -> Path:
    """The file that the ribbon on Windows reads what could not be said from, and deletes."""
    return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "champions" / "last words.txt"


def leave_words(words: str, place: Path) -> None:
    """Writes words for the ribbon, which reads UTF-16: nothing that moves text about, nor too much."""
    shown = "".join(sign for sign in words if sign == "\n" or sign.isprintable())[:_MOST]
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f"{place.name}.{os.getpid()}")
    new.write_bytes(shown.encode("utf-16", "replace"))
    new.replace(place)


def _press(handed: Mapping[str, str], environment: Mapping[str, str]) -> None:
    from addin.frontends.buttons import press
    from workbook.ribbon import is_pressable

    if not is_pressable(handed[PRESSED]):
        raise SystemExit(_TRY_AGAIN)
    if handed[RIBBON] or handed[EXCEL_BOOK]:
        _refuse_another_version(handed[RIBBON])
    press(handed[PRESSED], {**environment, EXCEL_WINDOW: handed[EXCEL_WINDOW], EXCEL_BOOK: handed[EXCEL_BOOK]})


def _refuse_another_version(of_ribbon: str) -> None:
    from importlib.metadata import version

    own = version("champion-workbook")
    if of_ribbon != own:
        raise SystemExit(
            f"The ribbon is of version {of_ribbon or 'unknown'}, the program of version {own}. Close Excel, install "
            "Champion Workbook again, then open Excel."
        )


def _say_version() -> int:
    import importlib
    from importlib.metadata import version

    from addin.frontends.buttons.office_app import import_xlwings

    importlib.import_module("addin.frontends.buttons.pressing")
    import_xlwings()
    sys.stdout.write(f"{version('champion-workbook')}\n")
    return _DONE


def _tell(words: str, *, in_excel: bool) -> None:
    """Leaves what can't be said in the office program where it is seen; the toolbar reads the error output."""
    with suppress(Exception):
        if in_excel and sys.platform == "win32":
            leave_words(words, last_words_place(os.environ))
        elif in_excel and sys.platform == "darwin":
            _show_on_mac(words)
        else:
            sys.stderr.write(f"{words}\n")


def _show_on_mac(words: str) -> None:
    """A message of the Mac's own: Excel does not wait for a press there, and so reads nothing."""
    import subprocess

    script = 'on run given\ndisplay alert "Champions" message (item 1 of given)\nend run'
    subprocess.run(["/usr/bin/osascript", "-e", script, words], check=False)  # noqa: S603 - the Mac's own program


if __name__ == "__main__":
    leave_folder()
    sys.exit(main(sys.argv[1:], os.environ))
