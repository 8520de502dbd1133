"""A leaver is forgotten: her name is found nowhere, nothing else changes by a byte, and no list brings it back."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from addin.frontends.terminal.main import main
from addin.hosts.file import forgetting
from addin.hosts.file.forgetting import Forgetting
from addin.hosts.file.host import ClosedHost
from addin.lossless import save
from addin.schema import ForgetOutput
from tests.support.builders import BASE
from tests.support.contract_builder import build
from tests.support.intake import entry, text_of
from workbook.intake.forgotten import forgotten_names
from workbook.model.errors import StaleChanges, UnknownName
from workbook.model.history import Entry
from workbook.model.history_file import Head, Line, further, place_of, verdict
from workbook.model.registers import People, Services, SupportLog

NAME = "Maria O'Shea"
#: Another's name begins like hers.
LOST = "Then {}'s note was lost, and Maria O'Shea-Lynn came."
STAFF = (NAME, "Anna Maria O'Shea", "May", "Carer 11", "Carer 1")
HAPPENED = (LOST.format("MARIA  O’SHEA"), "Then.", "It may be that in May May asked.", "Oak House rang.", "Then.")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workbook in which a person stands wherever a person can put a name."""
    path = tmp_path_factory.mktemp("forget") / "home.xlsx"
    people = [{"Person": NAME, "Role": "Quality lead", "E-mail": "m.oshea@example.org"}]
    rows = [
        BASE["SupportLog"] | {"Support ID": f"SU-{n:04d}", "Staff member": who, "What happened": what}
        for n, (who, what) in enumerate(zip(STAFF, HAPPENED, strict=True), start=1)
    ]
    tables = {name: [BASE[name]] for name in ("Services", "WorkforcePlan")}
    build(path, {**tables, "People": [BASE["People"], *people], "SupportLog": rows})
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Own notes")
    bold = TextBlock(InlineFont(b=True), "ia O'S")
    sheet["A1"] = CellRichText("Ask Mar", bold, "hea first & last")
    sheet["A2"] = '=IF(B2="Maria O\'Shea",1,0)'
    sheet["A3"] = "May"
    sheet["A1"].comment = Comment(f"Told by {NAME}.", NAME)
    sheet.oddHeader.center.text = f"Draft of {NAME}"
    sheet.add_data_validation(DataValidation(type="list", formula1=f'"{NAME},Other"', sqref="C1"))
    book.defined_names["lead"] = DefinedName("lead", attr_text=f'"{NAME}"')
    book.properties.creator = NAME
    book.create_sheet("Rota of May")
    book.save(path)
    return path.read_bytes()


@pytest.fixture
def home(made, tmp_path):
    path = tmp_path / "home.xlsx"
    path.write_bytes(made)
    return path


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def standing(data):
    """The parts in which the name stands but within a longer one."""
    name = re.compile(r"(?<!Anna )Maria\s+O('|’|&apos;|&#39;)Shea(?!-)", re.IGNORECASE)
    texts = {part: text.decode("utf-8", "replace") for part, text in parts(data).items()}
    return [p for p, text in texts.items() if name.search(re.sub(r"<[^>]*>", "", text)) or name.search(text)]


def forget(path, capsys, *words):
    """What is told of it, and the exit code."""
    code = main(["forget", str(path), *words, "--yes", "--json"])
    return json.loads(capsys.readouterr().out), code


def cells_of_support(path):
    return [(row.staff_member, row.what_happened) for row in ClosedHost(path).read().rows(SupportLog)]


def test_the_name_is_found_nowhere_and_nothing_else_changes(home, capsys):
    before = parts(home.read_bytes())
    assert standing(home.read_bytes())
    told, code = forget(home, capsys, "maria  o'shea")
    ForgetOutput.model_validate(told)
    after = parts(home.read_bytes())
    assert standing(home.read_bytes()) == []
    assert "m.oshea" not in "".join(text.decode("utf-8", "replace") for text in after.values())
    assert told["number"] == "STAFF-001"
    assert all(told["counts"][kind] for kind in ("cells", "notes", "properties", "names"))
    changed = {part for part in before if after[part] != before[part]}
    held = {part for part in before if b"Shea" in before[part] or b"SHEA" in before[part]}
    added = {"[Content_Types].xml", "_rels/.rels", "docProps/custom.xml"}
    assert {"docProps/core.xml", "xl/workbook.xml"} <= changed <= held | added
    (first,) = told["left"]
    assert first.startswith("The first name maria alone: Support log "), "a person must look whether it is hers"
    assert code == 1
    support = cells_of_support(home)
    assert support[:2] == [("STAFF-001", LOST.format("STAFF-001")), ("Anna Maria O'Shea", "Then.")]


def test_every_kind_of_place_reads_as_it_should(home, capsys):
    forget(home, capsys, NAME)
    book = openpyxl.load_workbook(home, rich_text=True)
    own = book["Own notes"]
    assert str(own["A1"].value) == "Ask STAFF-001 first & last"
    assert own["A2"].value == '=IF(B2="STAFF-001",1,0)'
    assert own["A1"].comment.text == "Told by STAFF-001."
    assert own["A1"].comment.author == "STAFF-001"
    assert own.oddHeader.center.text == "Draft of STAFF-001"
    assert book.defined_names["lead"].attr_text == '"STAFF-001"'
    assert own.data_validations.dataValidation[0].formula1 == '"STAFF-001,Other"'
    assert [p.email for p in ClosedHost(home).read().rows(People) if p.person == "STAFF-001"] == ["STAFF-001"]


BESIDE_CELLS = {
    "xl/threadedComments/threadedComment1.xml": (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="B2" personId="{A}" id="{B}"><text>😀😀 Dear Maria O&apos;Shea, ask '
        '@Anna Maria O\'Shea, @Maria O\'Shea or @Lee</text>\n <mentions><mention mentionpersonId="{A}" mentionId="{C}" '
        'startIndex="28" length="18"/><mention mentionpersonId="{A}" mentionId="{D}" startIndex="48" length="13"/>'
        '<mention mentionpersonId="{E}" mentionId="{F}" startIndex="65" length="4"/></mentions></threadedComment>'
        "</ThreadedComments>"
    ),
    "xl/persons/person.xml": (
        '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<person displayName="Maria O\'Shea" id="{A}" userId="S::m.oshea@example.org::1f"/></personList>'
    ),
    "xl/drawings/drawing9.xml": (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<xdr:txBody><a:p><a:r><a:t>Ask Maria</a:t></a:r>"
        "<a:br/><a:r><a:t>O'Shea now</a:t></a:r></a:p></xdr:txBody></xdr:wsDr>"
    ),
    "xl/charts/chart9.xml": (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<c:rich><a:p><a:r><a:t>Support given by</a:t></a:r>"
        "</a:p><a:p><a:r><a:t>Maria O'Shea</a:t></a:r></a:p></c:rich><c:v>Maria O'Shea</c:v></c:chartSpace>"
    ),
    "xl/worksheets/_rels/sheet99.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        'Target="file:///C:/Staff/Maria%20O%27Shea.docx" TargetMode="External"/></Relationships>'
    ),
}


def test_threaded_comments_shapes_and_charts_lose_the_name_too(home, capsys):
    with zipfile.ZipFile(home, "a") as package:
        for name, text in BESIDE_CELLS.items():
            package.writestr(name, text)
    told, _ = forget(home, capsys, NAME)
    after = {name: parts(home.read_bytes())[name].decode("utf-8") for name in BESIDE_CELLS}
    comment, person, shape, chart, link = after.values()
    text = re.search("<text>(.*)</text>", comment)[1]
    signs = text.encode("utf-16-le")
    places = [(int(at), int(n)) for at, n in re.findall('startIndex="(\\d+)" length="(\\d+)"', comment)]
    named = [signs[2 * at : 2 * (at + n)].decode("utf-16-le") for at, n in places]
    assert named == ["@Anna Maria O'Shea", "@STAFF-001", "@Lee"], "who is named is still shown as such"
    assert "Dear STAFF-001, ask" in text
    assert 'displayName="STAFF-001"' in person
    assert "m.oshea" not in person
    assert "Maria" not in shape
    assert "Shea" not in shape + chart
    assert "STAFF-001" in shape
    assert link == BESIDE_CELLS["xl/worksheets/_rels/sheet99.xml.rels"]
    assert any("Maria O'Shea.docx" in words for words in told["left"]), "a link's goal is told"


def test_what_was_cut_short_is_taken_up_again(home, capsys, monkeypatch):
    """A run that dies after each of its steps: the next one ends it, and undo knows the former state."""
    main(["check", str(home)])
    folder = home.parent / ".champions"
    (state,) = (folder / "backups").glob("*.xlsx")
    written, steps = save.backups.write_whole, []

    def dies(after):
        def write(path, place, data, **more):
            if len(steps) == after:
                raise OSError(5, "cut short")
            steps.append(place)
            written(path, place, data, **more)

        return write

    began = {p: p.read_bytes() for p in (home, *folder.rglob("*")) if p.is_file()}
    for after in (1, 3):  # the list of digests alone; a kept state and what comes next
        for place, data in began.items():
            place.write_bytes(data)
        for place in {p for p in folder.rglob("*") if p.is_file()} - began.keys():
            place.unlink(missing_ok=True)
        steps.clear()
        with monkeypatch.context() as patch:
            for module in (save.backups, forgetting):
                patch.setattr(module, "write_whole", dies(after))
            main(["forget", str(home), NAME, "--yes", "--json"])
        capsys.readouterr()
        main(["forget", str(home), NAME, "--yes", "--json"])
        assert "Earlier states" not in capsys.readouterr().out, after
        assert standing(state.read_bytes()) == standing(home.read_bytes()) == []
        former = state.read_bytes()
        assert main(["undo", str(home)]) == 0, after
        assert home.read_bytes() == former, after


def test_a_name_of_one_word_is_replaced_only_where_it_is_the_whole_cell(home, capsys):
    told, code = forget(home, capsys, "may", "--as", "N-7")
    assert cells_of_support(home)[2] == ("N-7", HAPPENED[2])
    assert openpyxl.load_workbook(home)["Own notes"]["A3"].value == "N-7"
    left = " ".join(told["left"])
    assert "Support log " in left
    assert "Rota of May" in left, "a sheet's name is told and left"
    assert code == 1
    found = Forgetting(home, "Oak House", "N-8")
    found.take_all()
    found.write(who="me")
    assert cells_of_support(home)[3][1] == "N-8 rang.", "a person may say that it is meant everywhere"


def test_a_service_is_no_person(home, capsys):
    told, _ = forget(home, capsys, "Oak House")
    assert told["places"] == []
    assert [s.name for s in ClosedHost(home).read().rows(Services)] == ["Oak House"]


def test_kept_states_the_last_run_and_what_lies_beside_are_rewritten(home, capsys):
    assert main(["check", str(home)]) in (0, 1)
    folder = home.parent / ".champions"
    (state,) = (folder / "backups").glob("*.xlsx")
    before = state.stat().st_mtime_ns
    (folder / "maps").mkdir()
    (folder / "maps" / "a.json").write_text(json.dumps({"values": {"Staff member": {"x": NAME}}}), encoding="utf-8")
    head = Head("b", "c", "now")
    entries = [Entry("now", "me", "check", "T", "1", "C", "", text) for text in ("a", f"by {NAME}", "c")]
    lines = [head.text(), *(line.text() for line in further(place_of(head, []), entries))]
    history = folder / "home.xlsx.history.jsonl"
    history.write_text("\n".join(lines) + "\n", encoding="utf-8")
    capsys.readouterr()
    told, _ = forget(home, capsys, NAME)
    assert (told["counts"]["backups"], told["counts"]["history"]) == (1, 1)
    assert standing(state.read_bytes()) == []
    assert state.stat().st_mtime_ns == before, "dates stay"
    others = re.compile(f"Anna {NAME}|{NAME}-Lynn")
    assert not [p for p in folder.rglob("*.json*") if NAME in others.sub("", p.read_text("utf-8"))]
    read = [Line.of(text) for text in history.read_text("utf-8").splitlines()[1:]]
    assert verdict(head, read, None).broken_at is None
    assert read[1].entry.after == "by STAFF-001"
    assert main(["undo", str(home)]) == 0, "what is kept is still known as the former state"
    assert standing(home.read_bytes()) == []
    assert forgotten_names(ClosedHost(home).read().properties).number_of(NAME) == "STAFF-001"


def test_the_next_run_takes_it_for_nobodys_typing(home, capsys):
    main(["check", str(home)])
    capsys.readouterr()
    forget(home, capsys, NAME)
    main(["check", str(home)])
    capsys.readouterr()
    assert main(["history", str(home), "--verify", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["whole"]
    assert not [e for e in told["entries"] if e["command"] == "typed"]


def test_a_list_that_comes_later_does_not_bring_the_name_back(home, tmp_path, capsys):
    listed = tmp_path / "all.csv"
    hers = {"Staff member": NAME.upper(), "What happened": f"With {NAME}, once."}
    rows = [entry(**hers), entry(Outcome="x", **hers)]
    listed.write_text(text_of(rows[:1]), encoding="utf-8")
    assert main(["import", str(home), str(listed), "--into", "SupportLog"]) == 0
    capsys.readouterr()
    forget(home, capsys, NAME)
    listed.write_text(text_of(rows), encoding="utf-8")
    assert main(["import", str(home), str(listed), "--into", "SupportLog"]) == 1
    told = capsys.readouterr().out
    assert "1 were there already" in told, "the mark of the row as it came is known still"
    assert "has forgotten" in told
    assert standing(home.read_bytes()) == [], "nor among the import problems"


def test_who_is_not_there_bad_numbers_and_no_yes_change_nothing(home, capsys):
    before = home.read_bytes()
    taken = [[NAME, "--as", number, "--yes"] for number in ("=1+1", "Carer 11")]
    for words in (["Nobody Here", "--yes"], *taken, [NAME]):
        assert main(["forget", str(home), *words]) == 2
    assert "can't be undone" in capsys.readouterr().err
    assert main(["forget", str(home), NAME, "--dry-run"]) == 1
    assert "Nothing was changed" in capsys.readouterr().out
    assert home.read_bytes() == before
    with pytest.raises(UnknownName, match="No name"):
        Forgetting(home, " ")


def test_twice_does_nothing_and_the_next_one_has_the_next_number(home, capsys):
    forget(home, capsys, "Carer 11")
    assert main(["forget", str(home), "Carer 11", "--yes"]) == 2
    capsys.readouterr()
    told, _ = forget(home, capsys, "Carer 1")
    assert told["number"] == "STAFF-002"
    assert [who for who, _ in cells_of_support(home)][3:] == ["STAFF-001", "STAFF-002"]


def test_a_name_that_stands_nowhere_is_none_after_a_run_either(home, capsys):
    main(["check", str(home)])
    before = {p: p.read_bytes() for p in home.parent.rglob("*") if p.is_file()}
    for name in ("Mara O'Shea", "\u200b", "…"):
        assert main(["forget", "--yes", str(home), "--", name]) == 2
    assert {p: p.read_bytes() for p in home.parent.rglob("*") if p.is_file()} == before
    capsys.readouterr()


@pytest.mark.parametrize("which", ["home.xlsx", ".champions/home.xlsx.history.jsonl", ".champions/backups/*.xlsx"])
def test_what_another_run_wrote_meanwhile_is_not_set_back(home, which, capsys):
    main(["check", str(home)])
    (changed,) = home.parent.glob(which)
    found = Forgetting(home, NAME)
    changed.write_bytes(changed.read_bytes() + b"\n")
    before = {p: p.read_bytes() for p in home.parent.rglob("*") if p.is_file()}
    with pytest.raises(StaleChanges, match="Nothing was written"):
        found.write(who="me")
    assert {p: p.read_bytes() for p in home.parent.rglob("*") if p.is_file()} == before
    capsys.readouterr()


def test_headings_of_ours_stay_and_a_cell_of_the_same_text_does_not(home, capsys):
    main(["check", str(home)])
    maps = home.parent / ".champions" / "maps"
    maps.mkdir()
    (maps / "a.json").write_text(json.dumps({"columns": {"Outcome": "Result"}, "who": ["Outcome fell ill."]}), "utf-8")
    capsys.readouterr()
    book = openpyxl.load_workbook(home)
    book["Own notes"]["A5"] = "Outcome"
    book["Own notes"]["A6"] = "Outcome fell ill."
    book["Own notes"]["A7"] = "=COUNTA(SupportLog[Outcome])"
    book.save(home)
    headers = ClosedHost(home).read().tables["SupportLog"].headers
    found = Forgetting(home, "Outcome", "N-1")
    assert found.outcome.places == ["Own notes A5"]
    assert found.waits == ["Own notes A6"], "headings are not asked about, since they stay"
    found.take_all()
    assert any(re.search("Outcome in headings of ours: .*Support log", w) for w in found.outcome.left), (
        found.outcome.left
    )
    assert "in the folder .champions" not in " ".join(found.outcome.left)
    found.write(who="me")
    assert json.loads((maps / "a.json").read_text("utf-8")) == {
        "columns": {"Outcome": "Result"},
        "who": ["N-1 fell ill."],
    }
    own = openpyxl.load_workbook(home)
    assert [own["Own notes"][f"A{n}"].value for n in (5, 6, 7)] == [
        "N-1",
        "N-1 fell ill.",
        "=COUNTA(SupportLog[Outcome])",
    ]
    assert ClosedHost(home).read().tables["SupportLog"].headers == headers
    assert [c.name for c in own["Support log"].tables["SupportLog"].tableColumns] == list(headers)


def test_a_number_of_somebody_else_or_an_id_is_refused(home, capsys):
    forget(home, capsys, "Carer 11", "--as", "N-1")
    before = home.read_bytes()
    for number in ("n-1", "SU-0001", "DC-900", f"X {NAME}"):
        assert main(["forget", str(home), NAME, "--as", number, "--yes"]) == 2
    assert home.read_bytes() == before
    book = openpyxl.load_workbook(home)
    book["Own notes"]["A5"] = "Carer 11"
    book.save(home)
    capsys.readouterr()
    assert forget(home, capsys, "Carer 11", "--as", "n-1")[0]["number"] == "N-1", "it is this name's own"


def test_what_is_kept_under_a_former_name_of_the_file_is_the_workbooks_too(home, capsys):
    main(["check", str(home)])
    main(["check", str(home)])
    renamed = home.with_name("later.xlsx")
    copied = home.with_name("apart.xlsx")
    home.rename(renamed)
    before = sorted((home.parent / ".champions" / "backups").glob("*.xlsx"))
    states = [p for p in before if standing(p.read_bytes())]
    capsys.readouterr()
    told, _ = forget(renamed, capsys, NAME)
    assert told["counts"]["backups"] == len(states) > 0
    assert not [p for p in before if standing(p.read_bytes())]
    folder = home.parent / ".champions"
    texts = {p.name: p.read_text("utf-8").replace(f"Anna {NAME}", "") for p in folder.glob("home.xlsx*")}
    assert len(texts) > 1
    assert not [p for p, text in texts.items() if re.search(f"{NAME}(?!-)", text)]
    shutil.copy(renamed, copied)
    shutil.copy(renamed, folder / "backups" / "apart 2026-01-01 08.00.00Z.xlsx")
    told, code = forget(renamed, capsys, "Carer 11")
    assert code == 1
    assert "apart " in " ".join(told["left"]), "a copy that stands there is told, and not touched"


def test_what_cannot_be_read_is_told_and_another_files_stay(home, capsys):
    main(["check", str(home)])
    folder = home.parent / ".champions"
    (state,) = (folder / "backups").glob("*.xlsx")
    state.write_bytes(b"PK nothing")
    damaged = folder / "home.xlsx.contents.jsonl"
    damaged.write_text(json.dumps({"contents": 1, "tables": [1]}) + f"\n[1]\n{NAME} broken\n", encoding="utf-8")
    other = folder / "home.xlsx.xlsx.contents.jsonl"
    other.write_text(json.dumps({"contents": 1, "book": "another"}) + f'\n["{NAME}"]\n', encoding="utf-8")
    home.with_name("home.xlsx.xlsx").write_bytes(b"")
    before = other.read_bytes()
    capsys.readouterr()
    told, code = forget(home, capsys, NAME)
    left = " ".join(told["left"])
    assert code == 1
    assert state.name in left
    assert other.name in left
    assert damaged.name in left or NAME not in damaged.read_text("utf-8")
    assert other.read_bytes() == before


def test_a_no_changes_nothing_and_is_not_called_done(home, monkeypatch, capsys):
    terminal = io.StringIO("no\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    before = home.read_bytes()
    assert main(["forget", str(home), "Carer 11"]) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert home.read_bytes() == before
