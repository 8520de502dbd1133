"""Every button pressed: from the ribbon's markup through the add-in's VBA to the Python that a click starts."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from addin import press
from addin.frontends.ribbon.names import CONFIG_FILE, PROJECT
from addin.frontends.terminal import main
from addin.isolated import EXCEL_BOOK, EXCEL_WINDOW, PRESSED, RIBBON
from addin.output.masterbook import write_master
from tests.support.ribbon.command_lines import mac_shell_line, run_by_shell, windows_arguments
from tests.support.ribbon.names import as_units, names
from tests.support.ribbon.pretend_excel import WINDOW, Machine, PretendExcel, sources
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.declare import Register
from workbook.model.findings import SEVERITY_WORDS, Severity
from workbook.model.registers import Checks, Services, Triggers
from workbook.model.triggers import STATE_WORDS, State
from workbook.ribbon import MODULE, MOST_SERVICES, Form, custom_ui, is_pressable, item_id, pressable

HOME = r"C:\Users\Zoë Müller"
PYTHON = rf"{HOME}\AppData\Local\Programs\Champions\Scripts\pythonw.exe"
NAMED = r"%LOCALAPPDATA%\Programs\Champions\Scripts\pythonw.exe"
LINE = f'"{NAMED}" -I -B -m addin.press'
LAST_WORDS = rf"{HOME}\AppData\Local\champions\last words.txt"
WINDOWS_SETTINGS = rf"{HOME}\.{PROJECT}\{CONFIG_FILE}"
MAC_HOME = "/Users/zoe/Library/Containers/com.microsoft.Excel/Data"
MAC_PYTHON = "/Users/zoe/.champions/bin/python"
SERVICES = ("OAK", "RIV", "LIME")


def windows(**changes: str | None) -> Machine:
    settings = {
        "INTERPRETER_WIN": NAMED,
        "CHAMPIONS_VERSION": version("champion-workbook"),
    } | {key: value for key, value in changes.items() if value is not None}
    for key, value in changes.items():
        if value is None:
            del settings[key]
    variables = {"USERPROFILE": HOME, "LOCALAPPDATA": rf"{HOME}\AppData\Local", "TEMP": rf"{HOME}\AppData\Local\Temp"}
    return Machine(variables=variables, files={WINDOWS_SETTINGS: settings, PYTHON: {}})


def mac() -> Machine:
    settings = {"INTERPRETER_MAC": MAC_PYTHON, "CHAMPIONS_VERSION": version("champion-workbook")}
    return Machine(mac=True, variables={"HOME": MAC_HOME}, files={f"{MAC_HOME}/{CONFIG_FILE}": settings})


def book_with(path: Path, rows: dict[type[Register], list[dict[str, str]]], sheets: tuple[str, ...] = ()) -> Path:
    """A workbook with some of our tables, each on a sheet of its own; `rows` are by header."""
    book = openpyxl.Workbook()
    for register, entries in rows.items():
        sheet = book.create_sheet(register.table)
        sheet.append(register.headers())
        for entry in entries or [{}]:
            sheet.append([entry.get(header) for header in register.headers()])
        sheet.add_table(openpyxl.worksheet.table.Table(displayName=register.table, ref=sheet.dimensions))
    for name in sheets:
        book.create_sheet(name)
    book.save(path)
    return path


def services(*pairs: tuple[str, str]) -> dict[type[Register], list[dict[str, str]]]:
    code, name = Services.service_code.header, Services.name.header
    return {Services: [{code: c, name: n} for c, n in pairs], Checks: [], Triggers: []}


HOUSES = services(("OAK", "Oak House"), ("RIV", "Riverside"), ("LIME", "Lime Court"))


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Path:
    return book_with(tmp_path_factory.mktemp("pressing") / "Oak & sons 100%.xlsx", HOUSES)


@pytest.fixture
def excel(example) -> PretendExcel:
    return PretendExcel(windows(), example)


def pressed_controls() -> list[tuple[str, str]]:
    """Every control of the ribbon that can be pressed: its callback and its tag."""
    root = ET.fromstring(custom_ui(Form.OFFICE_2010))
    found = [(e.get("onAction").removeprefix(f"{MODULE}."), e.get("tag")) for e in root.iter() if e.get("onAction")]
    return [(name, tag) for name, tag in found if name == "Press" or int(tag.rpartition(":")[2]) <= len(SERVICES)]


def test_every_control_reaches_python_under_its_own_id_on_windows(excel, example):
    wanted = []
    for procedure, tag in pressed_controls():
        excel.press(procedure, tag)
        command, _, place = tag.partition(":")
        wanted.append(item_id(command, SERVICES[int(place) - 1]) if procedure == "PressService" else tag)
    assert excel.told == []
    assert [start.variables[PRESSED] for start in excel.machine.starts] == wanted
    assert set(excel.machine.ran) == {LINE}
    for start in excel.machine.starts:
        assert (start.style, start.waited) == (1, True)
        assert start.variables == {
            PRESSED: start.variables[PRESSED],
            EXCEL_WINDOW: str(WINDOW),
            EXCEL_BOOK: example.name,
            RIBBON: version("champion-workbook"),
        }
    assert all(is_pressable(pressed) for pressed in wanted)
    assert set(pressable()) <= set(wanted)
    assert excel.machine.process == {}, "what Excel starts later has none of it"
    assert not excel.app.application.vba_get("StatusBar"), "the status bar is Excel's again"


def test_the_line_is_taken_apart_into_the_program_and_its_fixed_words(excel):
    excel.press("Press", "check")
    line = excel.machine.expanded(excel.machine.ran[0])
    assert windows_arguments(line) == [PYTHON, "-I", "-B", "-m", "addin.press"]
    assert not set(LINE) & set("&|<>^=!")


def test_whatever_the_workbook_is_called_the_line_is_the_same_and_the_name_arrives(excel, monkeypatch):
    called = excel.call_the_book(monkeypatch)
    for name in names(600):
        called(as_units(name))
        excel.press("Press", "check")
        assert excel.machine.starts[-1].variables[EXCEL_BOOK] == as_units(name)
        assert excel.machine.process == {}
    assert set(excel.machine.ran) == {LINE}
    assert len(excel.machine.starts) == 600
    assert excel.told == []


@pytest.mark.parametrize("folder", ["From mail ^& md x ,", "100%TEMP%", "a=b", "Oak & sons (2)!", "it's"])
def test_whatever_its_folder_is_called(example, tmp_path, folder):
    place = tmp_path / folder / "Rota ^& md x ,.xlsx"
    place.parent.mkdir()
    place.write_bytes(example.read_bytes())
    excel = PretendExcel(windows(), place)
    for procedure, tag in pressed_controls():
        excel.press(procedure, tag)
    assert excel.told == []
    assert set(excel.machine.ran) == {LINE}
    assert not [value for start in excel.machine.starts for value in start.variables.values() if folder in value]


@pytest.mark.skipif(sys.platform == "win32", reason="a Mac's shell")
def test_whatever_the_workbook_is_called_a_macs_shell_runs_the_same(example, tmp_path, monkeypatch):
    """Every name through VBA, the script that is installed, /bin/sh, and back in Python."""
    program, noted = tmp_path / 'it\'s "here" $(x) é', tmp_path / "noted"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" >> "{noted}"\n', encoding="utf-8")
    program.chmod(0o755)
    excel = PretendExcel(mac(), example)
    called, logs = excel.call_the_book(monkeypatch), tmp_path / "Logs of é"
    wanted, lines = names(400, mac=True), []
    for name in wanted:
        called(as_units(name))
        excel.press("Press", "check:OAK" if len(lines) % 2 else "check")
        lines.append(mac_shell_line(excel.machine.tasks[-1], program, logs))
    assert excel.told == []
    for at in range(0, len(lines), 40):
        run_by_shell("\nwait\n".join(lines[at : at + 40]), tmp_path)
    words = noted.read_text(encoding="utf-8").splitlines()
    for at, name in enumerate(wanted):
        heard = words[at * 8 : at * 8 + 8]
        assert heard[:5] == ["7", "-I", "-B", "-m", "addin.press"]
        handed = press.handed_over(heard[5:])
        assert as_units(handed[EXCEL_BOOK]) == as_units(name)
        assert handed[PRESSED] == ("check:OAK" if at % 2 else "check")
        assert handed[RIBBON] == version("champion-workbook")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([program.name, "Logs of é", "noted"])


def test_on_a_mac_the_status_bar_is_cleared_even_if_python_never_comes_to_it(example):
    excel = PretendExcel(mac(), example)
    excel.press("Press", "check")
    assert "at work" in excel.app.application.vba_get("StatusBar"), "Python goes on by itself on a Mac"
    assert excel.machine.timed == ["'Champions.xlam'!Champions.ClearStatusBar"]
    excel.app.run("ClearStatusBar")
    assert not excel.app.application.vba_get("StatusBar")


def test_on_a_mac_a_script_that_is_gone_is_told(example):
    excel = PretendExcel(mac(), example)
    excel.refuse(5, "Invalid procedure call or argument")
    excel.press("Press", "check")
    assert "run the installation command again" in excel.told[0]
    assert not excel.app.application.vba_get("StatusBar")


@pytest.mark.parametrize(
    "words", [[], ["check"], ["check", "0041", "1", "2"], ["check", "004", "1"], ["check", "x041", "1"]]
)
def test_words_that_are_none_of_a_macs_ribbon_are_refused(words):
    with pytest.raises(SystemExit):
        press.handed_over(words)


@pytest.mark.parametrize(
    "pressed", ["", "no-such", "check:a b", "check:');import os", "check:é", "undo:OAK", "check\n"]
)
def test_what_no_button_presses_is_refused(pressed):
    assert not is_pressable(pressed)
    assert is_pressable("check")
    assert is_pressable("check:OAK")


def test_a_command_line_is_taken_apart_as_windows_does():
    assert windows_arguments(r'"C:\a b\p.exe" -c "say(\"x;C:\y\"); z" --wb="a b" c\d') == [
        "C:\\a b\\p.exe",
        "-c",
        'say("x;C:\\y"); z',
        "--wb=a b",
        "c\\d",
    ]


@pytest.mark.parametrize(
    "address",
    ["https://d.docs.live.net/0123456789abcdef/Programme", "https://home.sharepoint.com/sites/care & homes/Documents"],
)
def test_a_workbook_in_a_cloud_folder_is_handed_over_by_name(example, monkeypatch, address):
    excel = PretendExcel(windows(), example)
    excel.put_in_the_cloud(monkeypatch, address)
    excel.press("Press", "check")
    assert excel.told == []
    assert excel.machine.starts[0].variables[EXCEL_BOOK] == example.name
    assert address not in str(excel.machine.starts)


def test_the_add_in_declares_nothing_of_windows_and_starts_no_shell():
    assert set(sources()) == {MODULE, "ThisWorkbook", "Sheet2"}
    text = "\n".join(sources().values())
    for word in ("Declare ", "PtrSafe", "cmd.exe", "cmd /", " -c ", "powershell", "ShellExecute", "FullName", ".Path"):
        assert word.casefold() not in text.casefold(), word


def test_buttons_are_enabled_with_one_of_our_workbooks_in_front(excel, tmp_path):
    assert excel.ask("HasBook") is True
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    assert PretendExcel(windows(), other).ask("HasBook") is False
    assert PretendExcel(windows(), None).ask("HasBook") is False


def test_nothing_in_front_is_no_fault():
    excel = PretendExcel(windows(), None)
    assert excel.ask("CountsLabel") == "No programme is open"
    excel.press("Press", "new")
    assert excel.told == []
    assert excel.machine.starts[-1].variables[PRESSED] == "new"


def test_a_workbook_in_protected_view_says_what_to_do(tmp_path):
    machine = windows()
    machine.protected_views = 1
    assert PretendExcel(machine, None).ask("CountsLabel") == "Choose Enable Editing first"


def test_the_label_counts_errors_and_raised_triggers(excel, tmp_path):
    assert excel.ask("CountsLabel") == "0 errors, 0 raised"
    severity, state = Checks.severity.header, Triggers.state.header
    found = [{severity: SEVERITY_WORDS[s]} for s in (Severity.ERROR, Severity.ADVICE, Severity.WARNING)]
    judged = [{state: STATE_WORDS[s]} for s in (State.RAISED, State.WATCH, State.RAISED, State.RAISED, State.CLEAR)]
    path = book_with(tmp_path / "checked.xlsx", HOUSES | {Checks: found, Triggers: judged})
    assert PretendExcel(windows(), path).ask("CountsLabel") == "1 error, 3 raised"


def test_the_ribbon_is_brought_up_to_date_after_a_press(excel):
    excel.press("Press", "check")  # before Excel has loaded the ribbon that is no fault
    asked = excel.show_ribbon()
    seen = []
    excel.machine.meanwhile = lambda: (excel.app.run("Refresh"), seen.append(asked()))
    excel.press("Press", "check")
    assert seen == [0], "while Python writes, not for each cell"
    assert asked() == 1
    assert excel.app.run("ShowsCounts", Checks.sheet) is True
    assert excel.app.run("ShowsCounts", "Support log") is False


def test_the_master_workbook_is_known_and_counted(tmp_path):
    path = tmp_path / "programme.xlsx"
    made = simulate(weeks=4)
    write_master(path, plan_book(made.tables, made.until))
    for command in ("check", "triggers"):
        assert main([command, str(path), "--as-of", made.until.isoformat()]) in {0, 1}
    with contextlib.redirect_stdout(io.StringIO()) as out:
        main(["check", str(path), "--as-of", made.until.isoformat(), "--json", "--no-write"])
    errors = json.loads(out.getvalue())["counts"]["error"]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        main(["triggers", str(path), "--as-of", made.until.isoformat(), "--json", "--no-write"])
    raised = [r for r in json.loads(out.getvalue())["results"] if r["state"] == State.RAISED]
    excel = PretendExcel(windows(), path)
    assert excel.ask("HasBook") is True
    assert excel.ask("CountsLabel") == f"{errors} error{'s' * (errors != 1)}, {len(raised)} raised"
    assert excel.ask("ServiceLabel", "check:2") == "Riverside Home Care (RIV)"


def test_services_are_offered_by_name_and_an_ampersand_is_seen(tmp_path):
    path = book_with(tmp_path / "b.xlsx", services(("OAK", "Oak & Elm House"), ("RIV", "Riverside")))
    excel = PretendExcel(windows(), path)
    assert excel.ask("ServiceLabel", "check:1") == "Oak && Elm House (OAK)"
    assert [excel.ask("ServiceShown", f"check:{n}") for n in (1, 2, 3)] == [True, True, False]
    assert excel.ask("MoreServicesShown") is False


def test_a_service_code_that_is_no_code_never_reaches_a_command_line(tmp_path):
    path = book_with(tmp_path / "b.xlsx", services(("');import os;os.system('x", "Evil"), ("RIV", "Riverside")))
    excel = PretendExcel(windows(), path)
    assert excel.ask("ServiceLabel", "check:1") == "Riverside (RIV)"
    excel.press("PressService", "check:2")
    assert excel.machine.ran == []
    assert "no longer" in excel.told[0]


def test_more_services_than_the_menu_names_are_told(tmp_path):
    many = [(f"S{chr(65 + n // 26)}{chr(65 + n % 26)}", f"House {n}") for n in range(MOST_SERVICES + 5)]
    excel = PretendExcel(windows(), book_with(tmp_path / "b.xlsx", services(*many)))
    assert excel.ask("MoreServicesShown") is True
    assert excel.ask("MoreServicesLabel") == "and 5 more: press All services"


@pytest.mark.parametrize("name", ["champions.conf", "xlwings.conf", "module.py", "Evil.PY"])
def test_no_sheet_or_file_of_a_workbook_says_which_program_is_run(tmp_path, name):
    """The ribbon asks the person's own file alone, so that such a sheet is a sheet like any other."""
    path = book_with(tmp_path / "b.xlsx", HOUSES, (name,))
    excel = PretendExcel(windows(), path)
    folder = str(path.parent)
    evil = {"INTERPRETER_WIN": r"\\evil\python.exe"}
    excel.machine.files |= {f"{folder}{mark}{CONFIG_FILE}": evil for mark in ("\\", "/")}
    excel.press("Press", "check")
    assert excel.told == []
    assert excel.machine.ran == [LINE]


def test_where_only_the_ribbon_is_installed_it_says_so(example):
    """A roaming profile brings the ribbon to a computer that the program is not on."""
    machine = windows()
    del machine.files[WINDOWS_SETTINGS]
    excel = PretendExcel(machine, example)
    excel.press("Press", "check")
    assert machine.ran == []
    assert "not installed on this computer" in excel.told[0]
    assert "installer" in excel.told[0]


def test_a_deleted_interpreter_is_named_with_what_to_do(example):
    machine = windows()
    del machine.files[PYTHON]
    excel = PretendExcel(machine, example)
    excel.press("Press", "check")
    assert machine.ran == []
    assert PYTHON in excel.told[0]
    assert "installer again" in excel.told[0]


@pytest.mark.parametrize("other", ["0.0.9", None])
def test_another_version_of_the_program_is_told(example, other):
    excel = PretendExcel(windows(CHAMPIONS_VERSION=other), example)
    excel.press("Press", "check")
    assert excel.machine.ran == []
    assert (other or "unknown") in excel.told[0]
    assert version("champion-workbook") in excel.told[0]


def test_a_press_while_another_is_at_work_starts_nothing(excel):
    excel.machine.meanwhile = lambda: excel.press("Press", "triggers")
    excel.press("Press", "check")
    assert len(excel.machine.ran) == 1
    assert excel.machine.starts[0].variables[PRESSED] == "check"
    excel.machine.meanwhile = lambda: None
    excel.press("Press", "triggers")
    assert len(excel.machine.ran) == 2, "after it was done, Excel takes presses again"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (70, ("security rule of your organisation", PYTHON, "child processes", "LibreOffice")),
        (-2147024894, ("was not found at", PYTHON, "installer")),
        (53, ("was not found at", PYTHON)),
        (1004, ("Permission denied", "faults.log")),
    ],
)
def test_a_refused_start_is_told_in_words_and_excel_takes_presses_again(excel, number, words):
    excel.refuse(number)
    excel.press("Press", "check")
    (told,) = excel.told
    assert [word for word in words if word not in told] == []
    assert not excel.app.application.vba_get("StatusBar")
    assert excel.machine.process == {}, "nothing is left for others"
    excel.refuse(0)
    excel.press("Press", "check")
    assert len(excel.machine.ran) == 1


@pytest.mark.parametrize("missing", ["WScript.Shell", "Scripting.FileSystemObject"])
def test_script_host_switched_off_is_told(example, missing):
    machine = windows()
    machine.without = (missing,)
    excel = PretendExcel(machine, example)
    excel.press("Press", "check")
    assert "Windows Script Host is switched off" in excel.told[0]
    assert (machine.ran, machine.process) == ([], {})
    machine.without = ()
    excel.press("Press", "check")
    assert machine.ran == [LINE]


@pytest.mark.parametrize(
    ("code", "words"),
    [(3, "did not foresee"), (2, "did not foresee"), (1, "(code 1)"), (103, "(code 103)"), (-1073741819, "Repair")],
)
def test_each_way_that_python_ends_is_told(excel, code, words):
    excel.machine.exit_code = code
    excel.press("Press", "check")
    assert words in excel.told[0]


def test_what_python_could_not_say_in_excel_is_read_once(excel, tmp_path):
    def leaves(words):
        press.leave_words(words, tmp_path / "last words.txt")
        text = (tmp_path / "last words.txt").read_bytes().decode("utf-16")
        return lambda: excel.machine.files.update({LAST_WORDS: text})

    excel.machine.exit_code = 2
    excel.machine.meanwhile = leaves("Excel is busy.\n\nZoë’s 中文 \u202e\x1b[2Jend")
    excel.press("Press", "check")
    assert excel.told == ["Excel is busy.\r\n\r\nZoë’s 中文 [2Jend"]
    assert LAST_WORDS not in excel.machine.files
    excel.machine.files[LAST_WORDS] = "of an earlier press"
    excel.machine.meanwhile = lambda: None
    excel.press("Press", "check")
    assert "earlier" not in excel.told[1]
    leaves("x" * 10_000)
    assert len((tmp_path / "last words.txt").read_bytes().decode("utf-16")) == 4000


def test_the_last_words_lie_where_the_ribbon_looks():
    place = press.last_words_place({"LOCALAPPDATA": "/local"})
    assert place.parts[-3:] == ("local", "champions", "last words.txt")
    assert LAST_WORDS.endswith("\\".join(place.parts[-2:]))


@pytest.mark.parametrize(
    "settings", ['"INTERPRETER_WIN', '"INTERPRETER_WIN",""\r\n', "", "\r\n\r\n", '"INTERPRETER_WIN","']
)
def test_settings_that_are_broken_are_as_none(example, settings):
    machine = windows()
    machine.files[WINDOWS_SETTINGS] = settings
    excel = PretendExcel(machine, example)
    excel.press("Press", "check")
    assert machine.ran == []
    assert "not installed on this computer" in excel.told[0]


def test_an_interpreter_that_would_end_the_quotation_is_never_started(example):
    evil = 'x" & calc & "'
    machine = windows(INTERPRETER_WIN=evil)
    machine.files[evil] = {}
    excel = PretendExcel(machine, example)
    excel.press("Press", "check")
    assert machine.ran == []
