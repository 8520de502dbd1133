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

from addin.cli import main
from addin.excel.names import CONFIG_FILE, CONFIG_SHEET, PROJECT
from addin.masterbook import write_master
from tests.addin.excel.command_lines import on_mac, on_windows, run_here, windows_arguments
from tests.addin.excel.pretend_excel import Machine, PretendExcel
from workbook.blueprint import plan_book
from workbook.commands import BUTTONS
from workbook.declare import Register
from workbook.example import simulate
from workbook.findings import SEVERITY_WORDS, Severity
from workbook.registers import Checks, Services, Triggers
from workbook.ribbon import MODULE, MOST_SERVICES, Form, custom_ui, item_id, pressable
from workbook.triggers.declare import STATE_WORDS, State

HOME = r"C:\Users\Zoë Müller"
PYTHON = rf"{HOME}\AppData\Local\Programs\Champions\Scripts\python.exe"
WINDOWS_SETTINGS = rf"{HOME}\.{PROJECT}\{CONFIG_FILE}"
MAC_HOME = "/Users/zoe/Library/Containers/com.microsoft.Excel/Data"
MAC_PYTHON = "/Users/zoe/.champions/bin/python"
SERVICES = ("OAK", "RIV", "LIME")


def windows(**changes: str | None) -> Machine:
    settings = {
        "INTERPRETER_WIN": r"%LOCALAPPDATA%\Programs\Champions\Scripts\python.exe",
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


def test_every_control_reaches_python_under_its_own_id_on_windows(excel):
    wanted = []
    for procedure, tag in pressed_controls():
        excel.press(procedure, tag)
        command, _, place = tag.partition(":")
        wanted.append(item_id(command, SERVICES[int(place) - 1]) if procedure == "PressService" else tag)
    assert excel.told == []
    assert len(excel.machine.ran) == len(wanted)
    for line, pressed in zip(excel.machine.ran, wanted, strict=True):
        code = on_windows(line).arguments[2]
        assert code.endswith(f"import addin.live; addin.live.press('{pressed}')")
    assert set(pressable()) <= set(wanted)
    assert not excel.app.application.vba_get("StatusBar"), "the status bar is Excel's again"


@pytest.mark.parametrize("command", [*(c.name for c in BUTTONS), "check:RIV", "documents:board-minutes"])
def test_each_command_line_of_windows_runs_for_real(excel, example, tmp_path, command):
    name, _, item = command.partition(":")
    if item in SERVICES:
        excel.press("PressService", f"{name}:{SERVICES.index(item) + 1}")
    else:
        excel.press("Press", command)
    started = on_windows(excel.machine.ran[-1])
    assert started.program == PYTHON
    assert started.folder == PYTHON.rpartition("\\")[0]
    seen = run_here(started, tmp_path)
    assert seen["pressed"] == command
    assert f"--wb={example.name}" in seen["arguments"]
    assert "--from_xl=1" in seen["arguments"]
    assert str(example.parent) not in seen["path"], "a workbook's folder is no place for programs"


@pytest.mark.parametrize("command", [*(c.name for c in BUTTONS), "check:RIV", "documents:board-minutes"])
def test_each_command_line_of_a_mac_runs_for_real(example, tmp_path, command):
    plain = tmp_path / "Oak & sons.xlsx"
    plain.write_bytes(example.read_bytes())
    excel = PretendExcel(mac(), plain)
    name, _, item = command.partition(":")
    if item in SERVICES:
        excel.press("PressService", f"{name}:{SERVICES.index(item) + 1}")
    else:
        excel.press("Press", command)
    assert excel.told == []
    started = on_mac(excel.machine.tasks[-1])
    assert started.program == MAC_PYTHON
    seen = run_here(started, tmp_path)
    assert seen["pressed"] == command
    assert f"--wb={plain.name}" in seen["arguments"]
    assert excel.app.application.vba_get("StatusBar") == "Running...", "Python goes on by itself on a Mac"


def test_a_command_line_is_taken_apart_as_windows_does():
    assert windows_arguments(r'"C:\a b\p.exe" -c "say(\"x;C:\y\"); z" --wb="a b" c\d') == [
        "C:\\a b\\p.exe",
        "-c",
        'say("x;C:\\y"); z',
        "--wb=a b",
        "c\\d",
    ]


def test_a_long_path_with_accents_is_handed_over(example, tmp_path):
    deep = tmp_path / ("Zoë’s programme " + "x" * 40) / ("d" * 60)
    deep.mkdir(parents=True)
    path = deep / ("w" * (205 - len(str(deep))) + ".xlsx")
    path.write_bytes(example.read_bytes())
    assert len(str(path)) > 200
    excel = PretendExcel(windows(), path)
    excel.press("Press", "check")
    seen = run_here(on_windows(excel.machine.ran[-1]), tmp_path)
    assert f"--wb={path.name}" in seen["arguments"]


@pytest.mark.parametrize(
    "address",
    ["https://d.docs.live.net/0123456789abcdef/Programme", "https://home.sharepoint.com/sites/care & homes/Documents"],
)
def test_a_workbook_in_a_cloud_folder_is_handed_over_by_name(example, tmp_path, monkeypatch, address):
    excel = PretendExcel(windows(), example)
    excel.put_in_the_cloud(monkeypatch, address)
    excel.press("Press", "check")
    assert excel.told == []
    seen = run_here(on_windows(excel.machine.ran[-1]), tmp_path)
    assert f"--wb={example.name}" in seen["arguments"]
    assert not [place for place in seen["path"] if "docs.live" in place or "sharepoint" in place]


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
    assert "press('new')" in excel.machine.ran[-1]


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


@pytest.mark.parametrize("name", [CONFIG_SHEET, "module.py", "Evil.PY"])
def test_a_workbook_may_not_say_which_program_is_run(tmp_path, name):
    path = book_with(tmp_path / "b.xlsx", HOUSES, (name,))
    excel = PretendExcel(windows(), path)
    excel.press("Press", "check")
    assert excel.machine.ran == []
    assert name in excel.told[0]


def test_a_file_beside_the_workbook_may_not_either(example):
    machine = windows()
    folder = str(example.parent)
    machine.files[rf"{folder}\{CONFIG_FILE}"] = {"INTERPRETER_WIN": r"\\evil\python.exe"}
    excel = PretendExcel(machine, example)
    # the interpreter reads this system's paths: with its separators the folder is the file's own
    machine.files |= {f"\\{CONFIG_FILE}": {}, f"{folder}/\\{CONFIG_FILE}": {}}
    excel.press("Press", "check")
    assert machine.ran == []
    assert CONFIG_FILE in excel.told[0]


@pytest.mark.parametrize("name", ["a=b.xlsx", "c=d=e.xlsx"])
def test_a_name_that_xlwings_would_cut_is_refused(example, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(example.read_bytes())
    excel = PretendExcel(windows(), path)
    excel.press("Press", "check")
    assert excel.machine.ran == []
    assert "another name" in excel.told[0] or "plainer name" in excel.told[0]


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize("name", ["$(say hi).xlsx", "`say hi`.xlsx", 'quo"te.xlsx', "a|b.xlsx"])
def test_a_name_that_a_macs_shell_would_run_is_refused(example, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(example.read_bytes())
    excel = PretendExcel(mac(), path)
    excel.press("Press", "check")
    assert excel.machine.tasks == []
    assert "plainer name" in excel.told[0]


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
    assert "champions addin install" in excel.told[0]


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
    assert "press('check')" in excel.machine.ran[0]
    excel.machine.meanwhile = lambda: None
    excel.press("Press", "triggers")
    assert len(excel.machine.ran) == 2, "after it was done, Excel takes presses again"


def test_after_a_failure_excel_takes_presses_again(example):
    excel = PretendExcel(windows(), example)
    excel.break_shell("Permission denied")
    excel.press("Press", "check")
    excel.break_shell("")
    excel.press("Press", "check")
    assert len(excel.machine.ran) == 1


def test_a_failure_within_excel_is_told_in_words_with_the_logs_place(example):
    excel = PretendExcel(windows(), example)
    excel.break_shell("Permission denied")
    excel.press("Press", "check")
    assert "Permission denied" in excel.told[0]
    assert "faults.log" in excel.told[0]
    assert not excel.app.application.vba_get("StatusBar")
