"""The committed add-in: current, sound for strict readers, and different from xlwings' own only where it must be."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from olefile import DEFECT_INCORRECT, OleFileIO

from addin.frontends.ribbon.build import PARTS_OF_OURS, build
from addin.frontends.ribbon.names import ADDIN, SHEET, VBA_PROJECT
from addin.frontends.terminal import main
from tests.support.office import need_office
from tests.support.ribbon.pretend_excel import COMMITTED, procedures, sources
from workbook.ribbon import CALLBACKS, MODULE, Form, custom_ui

OURS = (MODULE, "ThisWorkbook")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def xlwings_folder() -> Path:
    return Path(find_spec("xlwings").origin).parent


@pytest.fixture(scope="module")
def template() -> dict[str, bytes]:
    return parts(xlwings_folder() / "quickstart_addin_ribbon.xlam")


@pytest.fixture(scope="module")
def committed() -> dict[str, bytes]:
    return parts(COMMITTED)


def test_what_is_committed_is_what_would_be_built(tmp_path, committed, capsys):
    assert main(["addin", "build", "--out", str(tmp_path)]) == 0
    assert parts(tmp_path / ADDIN) == committed
    assert str(tmp_path / ADDIN) in capsys.readouterr().out


def test_it_is_built_to_the_same_bytes_each_time():
    assert build().content == build().content


def test_without_what_building_needs_it_says_so(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    assert main(["addin", "build"]) == 2
    assert "champion-workbook[build]" in capsys.readouterr().err


def test_its_parts_are_xlwings_own_but_for_those_that_are_named(template, committed):
    assert set(committed) - set(template) == {Form.OFFICE_2010.part}
    assert set(template) <= set(committed)
    assert {name for name in committed if committed[name] != template.get(name)} == set(PARTS_OF_OURS)


def test_its_relationships_lead_to_both_forms_of_the_ribbon(committed):
    found = {
        (e.get("Type"), e.get("Target"))
        for e in ET.fromstring(committed["_rels/.rels"])
        if e.get("Type", "").endswith("ui/extensibility")
    }
    assert found == {(form.relationship, form.part) for form in Form}
    for form in Form:
        assert committed[form.part] == custom_ui(form)


def test_it_names_nobody_and_no_machine(committed):
    for name, content in committed.items():
        for word in (b"felix", b"Felix", b"Users", b"/work/"):
            if name != "xl/vbaProject.bin":
                assert word not in content, name


def test_it_is_valid_for_excel():
    from openxml_audit import OpenXmlValidator

    assert not OpenXmlValidator().validate(COMMITTED).errors


def test_the_vba_project_is_read_strictly(committed, template):
    ours = OleFileIO(committed["xl/vbaProject.bin"], raise_defects=DEFECT_INCORRECT)
    theirs = OleFileIO(template["xl/vbaProject.bin"], raise_defects=DEFECT_INCORRECT)
    rename = {"RibbonMyAddin": MODULE}
    gone = {"xlwings", "Dictionary"}
    wanted = sorted([rename.get(part, part) for part in e] for e in theirs.listdir() if not gone & set(e))
    assert sorted(ours.listdir()) == wanted
    # no compiled code of another Excel: ours compiles from the source ([MS-OVBA] 2.3.4.1)
    assert ours.openstream("VBA/_VBA_PROJECT").read() == b"\xcc\x61\xff\xff\x00\x00\x00"
    text = ours.openstream("PROJECT").read().decode("ascii")
    assert f'Name="{VBA_PROJECT}"' in text
    assert VBA_PROJECT not in sources(), "a module may not be called as its project"
    kinds = ("Module=", "Class=", "Document=", "BaseClass=")
    listed = [line for line in text.splitlines() if line.startswith(kinds)]
    assert listed == ["Document=ThisWorkbook/&H00000000", "Module=Champions", "Document=Sheet2/&H00000000"]


def test_the_directory_of_the_project_is_xlwings_but_for_names(committed, template):
    from pyopenvba.vba import decompress

    def directory(content: bytes) -> bytes:
        return decompress(OleFileIO(content).openstream("VBA/dir").read())

    def references(content: bytes) -> bytes:
        return directory(content).partition(b"\x0f\x00\x02\x00\x00\x00")[0]

    ours, theirs = references(committed["xl/vbaProject.bin"]), references(template["xl/vbaProject.bin"])
    name = VBA_PROJECT.encode()
    assert ours == theirs.replace(b"\x04\x00\x07\x00\x00\x00MyAddin", b"\x04\x00\x10\x00\x00\x00" + name)


@pytest.mark.parametrize("name", OURS)
def test_our_modules_have_every_variable_declared(name):
    lines = [x for x in sources()[name].splitlines() if not x.startswith("Attribute ")]
    assert lines[0] == "Option Explicit"
    assert "{{" not in sources()[name]
    assert all(len(line) < 1000 for line in lines)
    assert sources()[name].isascii(), "the macro editor knows one code page only"


def test_every_callback_is_there_with_its_signature():
    found = procedures(sources()[MODULE])
    for callback in CALLBACKS:
        assert found[callback.name] == ", ".join(callback.parameters)


def test_static_analysis_finds_no_error():
    from pyvbaanalysis import analyze_office_file

    found = analyze_office_file(str(COMMITTED))
    assert set(found) <= set(sources())
    assert [p.message for some in found.values() for p in some if p.severity.value == "error"] == []
    assert [f"{p.code}: {p.message}" for name in OURS for p in found.get(name, ())] == []


@pytest.mark.parametrize(("right", "wrong"), [("Dim errorCount As Long", ""), ("LogPlace()", "PlaceOfTheLog()")])
def test_static_analysis_would_find_an_error(tmp_path, right, wrong):
    from pyvbaanalysis import analyze_loose_files

    assert right in sources()[MODULE]
    place = tmp_path / f"{MODULE}.bas"
    place.write_text(sources()[MODULE].replace(right, wrong), encoding="utf-8", newline="")
    found = analyze_loose_files([str(place)])
    assert any(p.severity.value == "error" for some in found.values() for p in some if p.code), found


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_olevba_reads_every_module_without_error():
    from oletools.olevba import VBA_Parser

    parser = VBA_Parser(str(COMMITTED))
    assert parser.detect_vba_macros()
    found = {module.rpartition(".")[0]: code for _, _, module, code in parser.extract_all_macros()}
    assert set(found) == set(sources())
    for name, code in sources().items():
        assert "".join(found[name].split()) == "".join(code.split()), name
    kinds = {(kind, word) for kind, word, _ in parser.analyze_macros()}
    assert ("Suspicious", "VBA Stomping") not in kinds
    parser.close()


@pytest.mark.libreoffice
def test_libreoffice_lists_its_modules(tmp_path):
    need_office()
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    read_as = ["--infilter=Calc MS Excel 2007 VBA XML", "--convert-to", "ods", "--outdir", str(tmp_path)]
    subprocess.run([*command, *read_as, str(COMMITTED)], check=True, capture_output=True, timeout=120)
    listed = parts(tmp_path / f"{COMMITTED.stem}.ods")[f"Basic/{VBA_PROJECT}/script-lb.xml"].decode()
    assert set(re.findall(r'library:element library:name="(\w+)"', listed)) == set(sources())


def test_its_sheet_says_what_it_is_and_no_sheet_holds_settings():
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(COMMITTED.read_bytes()))
    assert book.sheet_names == [SHEET]
    assert book.get_sheet_by_name(SHEET).to_python() == [["The ribbon of the Champion Workbook."]]


def test_the_workbook_itself_has_no_macros():
    master = Path(__file__).resolve().parents[4] / "workbooks" / "champion-workbook.xlsx"
    assert not [name for name in parts(master) if "vba" in name.lower() or "customUI" in name]
