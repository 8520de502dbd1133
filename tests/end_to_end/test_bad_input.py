"""Bad input, as a manager may hand it over: words, an exit code, and the file untouched byte for byte."""

from __future__ import annotations

import io
import json
import stat
import zipfile

import openpyxl
import pytest

from tests.end_to_end.test_json_contract import AS_OF, champions, digest, programme
from tests.support.builders import rows_like
from tests.support.contract_builder import build


def word_file(path):
    import docx

    docx.Document().save(path)


def csv_file(path):
    path.write_text("Champion ID,Name\nDC-001,Champion Alpha\n", encoding="utf-8")


def empty_file(path):
    path.write_bytes(b"")


def truncated(path):
    build(path, programme())
    path.write_bytes(path.read_bytes()[:-700])


def bomb(path):
    build(path, programme())
    package = zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=9)
    with package, package.open("xl/worksheets/sheet99.xml", "w", force_zip64=True) as part:
        for _ in range(1200):
            part.write(b" " * 2**20)


def other_workbook(path):
    book = openpyxl.Workbook()
    book.active.append(["Rota", "Monday"])
    book.save(path)


def locked_with_a_password(path):
    """An OLE container, as Excel writes it: the header, then nothing that we could read."""
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4096)
    )


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (word_file, "Word"),
        (csv_file, "not"),
        (empty_file, "empty"),
        (truncated, "damaged"),
        (bomb, "room"),
        (other_workbook, "tables"),
        (locked_with_a_password, "password"),
    ],
)
@pytest.mark.parametrize("command", ["check", "triggers"])
def test_a_file_that_is_no_workbook_of_ours(make, says, command, tmp_path):
    path = tmp_path / "programme.xlsx"
    make(path)
    before = digest(path)
    done = champions(command, path, "--as-of", AS_OF, "--json", code=2)
    assert done.stdout == ""
    assert says.lower() in done.stderr.lower()
    assert "What to do" in done.stderr
    assert digest(path) == before
    assert [p.name for p in tmp_path.iterdir()] == ["programme.xlsx"]


def test_a_file_that_is_not_there(tmp_path):
    done = champions("check", tmp_path / "nowhere.xlsx", code=2)
    assert "nowhere.xlsx" in done.stderr


def test_a_date_that_is_none(tmp_path):
    done = champions("check", tmp_path / "x.xlsx", "--as-of", "03/04/2026", code=2)
    assert "one way only" in done.stderr


def found(path, code=None):
    done = champions("check", path, "--as-of", AS_OF, "--json", "--no-write", code=code)
    return json.loads(done.stdout)["findings"]


def codes(findings, table=None):
    return {f["code"] for f in findings if table in (None, f["table"])}


def test_a_missing_table_is_a_finding(tmp_path):
    path = build(tmp_path / "x.xlsx", programme(), leave_out=("Actions",))
    findings = [f for f in found(path, code=1) if f["code"] == "missing-table" and f["severity"] == "error"]
    assert [f["table"] for f in findings] == ["Actions"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda headers: [h for h in headers if h != "Owner"], "missing-column"),
        (lambda headers: ["Owner name" if h == "Owner" else h for h in headers], "renamed-column"),
    ],
)
def test_a_missing_or_renamed_column_is_a_finding(change, code, tmp_path):
    path = build(tmp_path / "x.xlsx", programme(), named=False)
    book = openpyxl.load_workbook(path)
    sheet = book["Actions"]
    headers = [c.value for c in sheet[4]]
    kept = change([h for h in headers if h])
    for n in range(1, len(headers) + 1):
        sheet.cell(4, n).value = kept[n - 1] if n <= len(kept) else None
    book.save(path)
    assert code in codes(found(path, code=1), "Actions")


def test_a_doubled_column_is_a_finding(tmp_path):
    path = build(tmp_path / "x.xlsx", programme(), named=False)
    book = openpyxl.load_workbook(path)
    sheet = book["Actions"]
    sheet.cell(4, sheet.max_column + 1).value = "Owner"
    book.save(path)
    assert "duplicate-column" in codes(found(path), "Actions")


def test_tables_that_lost_their_names_are_read_with_advice(tmp_path):
    path = build(tmp_path / "x.xlsx", programme(), named=False)
    findings = found(path, code=1)
    assert {f["severity"] for f in findings if f["code"] == "table-name-lost"} == {"advice"}
    assert [f["id"] for f in findings if f["code"] == "not-a-date"] == ["SU-0004"]


def test_a_renamed_sheet_is_no_matter(tmp_path):
    path = build(tmp_path / "x.xlsx", programme(), sheet_names={"Support log": "Floor log"})
    assert [f["id"] for f in found(path, code=1) if f["code"] == "not-a-date"] == ["SU-0004"]


def test_texts_of_every_kind_come_through(tmp_path):
    texts = ["🙂 done", "שלום עולם", "e\u0301te\u0301", "x" * 32_767, "a\nb\tc", "<b>&amp;</b>"]
    entries = [{"What happened": t, "Staff member": f"Carer {n}", "Date": "2026-06-29"} for n, t in enumerate(texts)]
    path = build(tmp_path / "x.xlsx", programme(SupportLog=entries))
    champions("check", path, "--as-of", AS_OF, code=0)
    champions("triggers", path, "--as-of", AS_OF)
    sheet = openpyxl.load_workbook(path)["Support log"]
    headers = [c.value for c in sheet[4]]
    at = headers.index("What happened") + 1
    assert [sheet.cell(5 + n, at).value for n in range(len(texts))] == texts


def test_two_rows_with_one_id_and_an_unknown_service(tmp_path):
    champions_rows = [{"Champion ID": "DC-001"}, {"Champion ID": "DC-001", "Name": "Champion Beta", "Service": "ELM"}]
    path = build(tmp_path / "x.xlsx", programme(WorkforcePlan=champions_rows))
    assert {"duplicate-id", "unknown-reference"} <= codes(found(path, code=1), "WorkforcePlan")


def test_a_threshold_that_is_text(tmp_path):
    rows = [
        {"Trigger": "S1", "Parameter": "Count", "Value": "three"},
        {"Trigger": "S1", "Parameter": "Cuont", "Value": 3},
    ]
    tables = programme()
    tables["Thresholds"] = rows
    path = build(tmp_path / "x.xlsx", tables)
    assert {"not-a-number", "unknown-threshold"} <= codes(found(path), "Thresholds")


def test_a_log_with_no_row_and_one_with_one(tmp_path):
    tables = programme(SupportLog=[], ConfidenceTracker=[], ImprovementLog=[{}])
    path = build(tmp_path / "x.xlsx", tables)
    done = champions("triggers", path, "--as-of", AS_OF, "--json", "--no-write")
    states = {r["trigger"]: r["state"] for r in json.loads(done.stdout)["results"]}
    assert states["S1"] == "not enough data"
    assert states["F1"] == "clear"


def test_a_million_blank_formatted_rows(tmp_path):
    path = build(tmp_path / "x.xlsx", programme())
    source = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if b"<t>SU-0001</t>" in content or b'displayName="SupportLog"' in content:
                content = content.replace(b':T9"', b':T1000009"')
            if name.startswith("xl/worksheets/sheet") and b"SupportLog" not in content and name == _support_sheet(old):
                blank = b"".join(
                    b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>' % (r, r, r) for r in range(10, 1_000_010)
                )
                content = content.replace(b"</sheetData>", blank + b"</sheetData>")
            new.writestr(name, content)
    findings = found(path, code=1)
    assert [f["id"] for f in findings if f["code"] == "not-a-date"] == ["SU-0004"]
    assert "required-blank" not in codes(findings)


def _support_sheet(package):
    book = openpyxl.load_workbook(io.BytesIO(_bytes_of(package)), read_only=True)
    return f"xl/worksheets/sheet{book.sheetnames.index('Support log') + 1}.xml"


def _bytes_of(package):
    package.fp.seek(0)
    return package.fp.read()


# -- when it can't be written -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", ["~$programme.xlsx", ".~lock.programme.xlsx#"])
@pytest.mark.parametrize("command", ["check", "triggers"])
def test_a_workbook_that_is_open_elsewhere_is_not_written(command, lock, tmp_path):
    path = build(tmp_path / "programme.xlsx", programme())
    (tmp_path / lock).write_bytes(b"\x08Someone" + bytes(100))
    before = digest(path)
    done = champions(command, path, "--as-of", AS_OF, code=2)
    assert "open" in done.stderr
    assert digest(path) == before
    champions(command, path, "--as-of", AS_OF, "--no-write", code=1)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_place(what, tmp_path):
    folder = tmp_path / "shared drive"
    folder.mkdir()
    path = build(folder / "programme.xlsx", programme())
    target = path if what == "file" else folder
    target.chmod(stat.S_IREAD | (stat.S_IEXEC if what == "folder" else 0))
    try:
        before = digest(path)
        done = champions("check", path, "--as-of", AS_OF, code=2)
        assert "read-only" in done.stderr.lower()
        assert "What to do" in done.stderr
        assert digest(path) == before
        assert [p.name for p in folder.iterdir()] == ["programme.xlsx"]
    finally:
        target.chmod(0o700)


def test_new_never_replaces_a_file(tmp_path):
    path = tmp_path / "mine.xlsx"
    path.write_text("mine", encoding="utf-8")
    done = champions("new", path, code=2)
    assert "already" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_errors_in_cells(tmp_path):
    rows = rows_like("SupportLog", [{"Workflow": "#REF!"}])
    path = build(tmp_path / "x.xlsx", {**programme(), "SupportLog": rows})
    findings = [f for f in found(path, code=1) if f["code"] == "excel-error-value"]
    assert [(f["id"], f["column"], f["value"]) for f in findings] == [("SU-0001", "Workflow", "#REF!")]
