"""The page in a browser, the whole way: from a file on the disk to a checked workbook, with nothing sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import http.server
import os
import re
import shutil
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from addin.frontends import answer_tables as tables
from addin.frontends.page.desk import Desk
from addin.frontends.page.words import page_words
from addin.frontends.terminal import check, triggers
from addin.frontends.terminal.session import Session
from addin.hosts.file.bytes_host import BytesHost
from addin.output.masterbook import write_master
from tests.support.office import REQUIRED, ROOT
from tests.support.page_desk import ask, filled_in, papers_of, parts
from tools.page import FETCHED, fetch, page
from workbook.answers.week import LIMIT, waiting
from workbook.blueprint import plan_book
from workbook.documents.catalogue import BY_ID, WORD_DOCUMENTS
from workbook.example import simulate
from workbook.model.errors import BookUnusable
from workbook.model.registers import BoardDecisions, Documents, Services, SupportLog
from workbook.model.view import View
from workbook.rules import checks
from workbook.rules.reviews import by_urgency, reviews
from workbook.rules.triggers import evaluate

pytestmark = pytest.mark.browser
DAY = dt.date(2026, 6, 30)
WHEN = dt.datetime(2026, 6, 30, 9, 14, 5, tzinfo=dt.timezone(dt.timedelta(hours=1)))
PROPERTIES = "docProps/custom.xml"
ATTACK = "<img src=x onerror=alert(1)>"
#: Longer than anything takes, on a machine that does much else, in milliseconds.
LONG = 180_000


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The page, as `make page` builds it; what is fetched is kept in build/."""
    browser = shutil.which("chromium")
    if browser is None or shutil.which("npm") is None:
        if REQUIRED:
            pytest.fail("Chromium and npm are required here and not installed.")
        pytest.skip("Chromium or npm is not installed on this machine.")
    try:
        fetch(FETCHED)
    except subprocess.CalledProcessError as error:
        if REQUIRED:
            raise
        pytest.skip(f"What the page is made of can't be fetched here: {error}")
    path = tmp_path_factory.mktemp("page") / "champions.html"
    path.write_text(page(FETCHED), encoding="utf-8")
    return path, browser


@pytest.fixture(scope="module")
def face(built):
    """The page opened from the disk by a browser without a network, and all that it asked for."""
    path, program = built
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shown = browser.new_page(locale="en-GB", timezone_id="Europe/London")
        shown.set_default_timeout(LONG)
        shown.clock.set_fixed_time(WHEN)
        asked, faults = [], []
        shown.on("request", lambda request: asked.append(request.url))
        shown.on("pageerror", lambda error: faults.append(str(error)))
        shown.on("dialog", lambda dialog: dialog.accept())
        shown.goto(path.as_uri())
        yield shown, asked
        assert faults == []
        browser.close()


@pytest.fixture(scope="module")
def programme(tmp_path_factory):
    """A small example, with a cell that a careless page would take for HTML, and one that can be put right."""
    path = tmp_path_factory.mktemp("programme") / "programme.xlsx"
    example = simulate(weeks=8, until=DAY)
    example.tables[SupportLog.table][3][SupportLog.service.header] = ATTACK
    example.tables[SupportLog.table][4][SupportLog.date.header] = "12th May 2026"
    write_master(path, plan_book(example.tables, example.until))
    return path


def says(face, words):
    expect(face.locator("#status")).to_have_text(re.compile(words), timeout=LONG)


def sound(face, part="html"):
    """Nothing in a part of the page breaks the rules of accessibility that a program can judge (WCAG 2.2, AA)."""
    if not face.evaluate("() => 'axe' in window"):
        face.evaluate((FETCHED / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    how = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    how["resultTypes"] = ["violations"]
    found = face.evaluate("([part, how]) => axe.run(part, how)", [part, how])
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found["violations"]] == []


def rows_of(face, name):
    lines = face.locator(f"#{name}-table tbody tr").all()
    return [tuple(line.locator("td[data-head]").all_text_contents()) for line in lines]


#: What Tab goes to, in the order in which it stands on the page.
REACHED = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true })).map(NAMED)"""
NAMED = "((e) => e.id || e.getAttribute('aria-label') || e.textContent.trim())"


def focused(face):
    return face.evaluate(f"() => {NAMED}(document.activeElement)")


def tab_to(face, name, *, back=False):
    """Goes to an element by Tab alone; gives what had the focus on the way, each once."""
    way = []
    while not way or way[-1] != name:
        face.keyboard.press("Shift+Tab" if back else "Tab")
        at = focused(face)
        way += [at] * (way[-1:] != [at])  # a date has several fields
        assert len(way) < 400, f"{name} can't be reached by Tab"
    return way


def press(face, name, *, back=False):
    tab_to(face, name, back=back)
    face.keyboard.press("Enter")


def shows_what_the_terminal_shows(face, programme):
    snapshot = BytesHost(programme.name, programme.read_bytes()).read()
    view, findings = View(snapshot, DAY), checks.run(snapshot, DAY)
    results, due = evaluate(view), reviews(view)
    todo = waiting(view, findings, results, due)
    assert rows_of(face, "week") == tables.week_table(snapshot, todo[:LIMIT]).rows
    assert rows_of(face, "check") == tables.findings_table(snapshot, findings).rows
    assert rows_of(face, "reviews") == tables.reviews_table(by_urgency(due)).rows
    assert any(ATTACK in " ".join(row) for row in rows_of(face, "check"))
    assert face.locator("main img").count() == 0


def is_what_the_terminal_writes(saved, programme):
    before = programme.read_bytes()
    for command in (check, triggers):
        session = Session(programme, DAY)
        session.who, session.when = "Tester", WHEN
        command.record(session, check.examine(session) if command is check else triggers.judge(session))
    theirs, ours = parts(programme.read_bytes()), parts(saved)
    programme.write_bytes(before)
    # A file has its history beside it, and names its place there.
    theirs[PROPERTIES] = re.sub(rb'<property [^>]*name="Champions history".*?</property>', b"", theirs[PROPERTIES])
    assert [name for name in theirs if theirs[name] != ours.get(name)] == []
    assert theirs.keys() == ours.keys()
    assert theirs != parts(before), "something was written"


def test_from_opening_to_checked_workbook_and_board_minutes_by_the_keyboard_alone(face, programme, tmp_path):
    face, _ = face
    tab_to(face, "who")
    face.keyboard.type("Tester")
    with face.expect_file_chooser() as chooser:
        press(face, "file", back=True)
    chooser.value.set_files(programme)
    says(face, "^Read. Nothing was written")
    expect(face.locator("#result-title")).to_be_focused()
    sound(face)
    shows_what_the_terminal_shows(face, programme)

    press(face, "check")
    says(face, "^Done: Check entries. It is not saved yet")
    assert focused(face) == "check"
    press(face, "triggers")
    says(face, "^Done: Compute triggers. It is not saved yet")
    assert focused(face) == "triggers"
    with face.expect_download() as checked:
        press(face, "save")
    assert checked.value.suggested_filename == "programme.xlsx"
    assert focused(face) == "save"
    saved = checked.value.path().read_bytes()
    is_what_the_terminal_writes(saved, programme)

    tab_to(face, "only", back=True)
    face.keyboard.type(BY_ID["board-minutes"].title)
    press(face, "documents")
    says(face, "^Done: Make documents, 1 made. It is not saved yet")
    assert focused(face) == "made-title"
    with face.expect_download() as minutes:
        press(face, "Save 2026-06-30 board-minutes programme.docx")
    here = Desk(lambda _: None)
    given = {"name": programme.name, "who": "Tester", "when": WHEN.isoformat()}
    ask(here, "open", saved, **given)
    ask(here, "documents", only=["board-minutes"], **given)
    (made,) = papers_of(here).values()
    assert parts(minutes.value.path().read_bytes()) == parts(made)
    with face.expect_download() as download:
        press(face, "save", back=True)
    found = BytesHost(programme.name, download.value.path().read_bytes()).read()
    (entry,) = found.rows(Documents)[-1:]
    assert entry.file_hash == hashlib.sha256(minutes.value.path().read_bytes()).hexdigest()

    press(face, "undo", back=True)
    says(face, "^Done: Take back")
    assert focused(face) == "undo"
    assert parts(content_of(face, tmp_path)) == parts(saved)
    with face.expect_download() as given:
        face.locator("#calendar").press("Enter")
    assert given.value.path().read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    assert focused(face) == "calendar"


def test_tab_goes_through_the_page_in_the_order_in_which_it_stands(face):
    face, _ = face
    first, *others = face.evaluate(REACHED.replace("NAMED", NAMED))
    face.locator(".skip").focus()
    assert first == focused(face)
    assert tab_to(face, others[-1]) == others
    assert face.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count() == 0
    explain = face.locator("#triggers-table button").first
    explain.press("Enter")
    says(face, "^Explain: ")
    assert focused(face) == "explained-title"
    sound(face, "#explained")


@pytest.mark.parametrize(("look", "width"), [({"color_scheme": "dark"}, 320), ({"forced_colors": "active"}, 640)])
def test_it_can_be_read_on_a_telephone_at_twice_the_size_in_the_dark_and_in_forced_colours(face, look, width):
    """640 is a usual screen at 200%."""
    face, _ = face
    usual = face.viewport_size
    face.emulate_media(**look)
    face.set_viewport_size({"width": width, "height": 800})
    picture(face, f"{width}px-{next(iter(look.values()))}")
    assert face.evaluate("() => document.scrollingElement.scrollWidth") <= width
    sound(face)
    face.emulate_media(color_scheme="null", forced_colors="null")
    face.set_viewport_size(usual)
    picture(face, "usual")


def picture(face, name):
    """A picture to look at, where somebody wants them."""
    folder = os.environ.get("CHAMPIONS_PICTURES")
    if folder:
        face.screenshot(path=Path(folder, f"page-{name}.png"), full_page=True)


def test_every_document_that_the_example_can_have_is_made_in_the_page(face, programme, tmp_path):
    """Each is, part by part, what is made here with lxml."""
    face, _ = face
    face.locator("#file").set_input_files(programme)
    says(face, "^Read. Nothing was written")
    face.locator("#who").fill("Tester")
    face.locator("#only").select_option("All that can be made")
    face.locator("#documents").press("Enter")
    expect(face.locator("#made-title")).to_be_focused(timeout=LONG)
    sound(face, "#made")
    here = Desk(lambda _: None)
    given = {"name": programme.name, "who": "Tester", "when": WHEN.isoformat()}
    ask(here, "open", programme.read_bytes(), **given)
    answer = ask(here, "documents", only=list(BY_ID), **given)
    assert {row[0] for row in answer["made"]["rows"]} >= {document.title for document in WORD_DOCUMENTS}
    names = [row[2] for row in answer["made"]["rows"]]
    assert face.locator("#made-body tbody td:nth-child(3)").all_text_contents() == names
    with face.expect_download():
        face.locator("#save").press("Enter")
    leave = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert not face.evaluate(leave), "documents that are not saved are asked about"
    with face.expect_download() as download:
        face.locator("#all").press("Enter")
    assert download.value.suggested_filename == "2026-06-30 documents.zip"
    assert face.evaluate(leave)
    ours, theirs = parts(download.value.path().read_bytes()), papers_of(here)
    assert list(ours) == list(theirs) == names
    for name in names:
        same = ours[name] == theirs[name] if name.endswith(".html") else parts(ours[name]) == parts(theirs[name])
        assert same, name
    with face.expect_download() as download:
        face.get_by_role("button", name=f"Save {names[0]}").press("Enter")
    assert download.value.suggested_filename == names[0]
    assert download.value.path().read_bytes() == ours[names[0]]


def test_minutes_are_shown_before_they_are_written_and_others_are_refused(face, programme, tmp_path):
    """Those that were made in the page; the day is that of the meeting."""
    face, _ = face
    with face.expect_download() as download:
        face.locator("#all").press("Enter")
    made = parts(download.value.path().read_bytes())
    minutes, paper = (next(name for name in made if kind in name) for kind in ("board-minutes", "board-paper"))
    file = {"name": f"{ATTACK}.docx", "mimeType": "", "buffer": filled_in(made[minutes], decision=ATTACK)}
    face.clock.set_fixed_time(WHEN + dt.timedelta(days=9))
    face.locator("#day").fill("2026-07-09")
    says(face, "^Looked from 09 Jul 2026")
    face.locator("#back summary").press("Enter")
    face.locator("#minutes").set_input_files(file)
    expect(face.locator("#offer-title")).to_be_focused(timeout=LONG)
    assert ATTACK in face.locator("#offer-body").text_content()
    sound(face, "#offer")
    before = parts(content_of(face, tmp_path))
    face.locator("#agree").press("Enter")
    says(face, "^Done: Minutes. It is not saved yet")
    expect(face.locator("#minutes")).to_be_focused()
    after = content_of(face, tmp_path)
    found = BytesHost(programme.name, after).read()
    assert ATTACK in [row.decision for row in found.rows(BoardDecisions)]
    assert [row.file.removeprefix("Documents/") for row in found.rows(Documents)][-len(made) :] == list(made)
    face.locator("#undo").press("Enter")
    says(face, "^Done: Take back")
    assert parts(content_of(face, tmp_path)) == before
    assert face.locator("main img").count() == 0
    for name, content in (("broken.docx", b"PK\x03\x04"), (paper, made[paper])):
        face.locator("#minutes").set_input_files({"name": name, "mimeType": "", "buffer": content})
        expect(face.locator("#problem")).to_be_focused(timeout=LONG)
        expect(face.locator("#problem-what")).to_contain_text(name)
    face.clock.set_fixed_time(WHEN)
    face.locator("#day").fill("2026-06-30")
    says(face, "^Looked from 30 Jun 2026")


def content_of(face, tmp_path):
    return save(face, tmp_path / "content.xlsx").read_bytes()


def save(face, path):
    with face.expect_download() as given:
        face.locator("#save").press("Enter")
    assert given.value.suggested_filename == "programme.xlsx"
    given.value.save_as(path)
    return path


def test_mistakes_are_ticked_and_a_list_is_shown_before_anything_is_written(face, programme):
    face, _ = face
    before = len(face.locator("#check-table tbody tr").all())
    face.locator("#fix").press("Enter")
    expect(face.locator("#offer-title")).to_be_focused(timeout=LONG)
    boxes = face.locator("#ticks input")
    assert boxes.count()
    sound(face, "#offer")
    boxes.last.focus()
    ticked = boxes.last.is_checked()
    face.keyboard.press("Space")
    assert boxes.last.is_checked() is not ticked
    face.locator("#refuse").press("Enter")
    says(face, "^Nothing was changed")
    expect(face.locator("#fix")).to_be_focused()

    face.locator("#lists summary").press("Enter")
    text = f"Name,Sent on\n{ATTACK},2026-06-01\n"
    face.locator("#into").select_option("Services")
    face.locator("#list").set_input_files({"name": "rota.csv", "mimeType": "text/csv", "buffer": text.encode()})
    expect(face.locator("#problem")).to_be_focused(timeout=LONG)
    expect(face.locator("#problem-where")).to_have_text("Where: rota.csv")
    header = ",".join(column.header for column in Services.columns)
    line = ",".join(["ELM", ATTACK] + [""] * (len(Services.columns) - 2))
    face.locator("#into").select_option("Services")
    face.locator("#list").set_input_files(
        {"name": f"{ATTACK}.csv", "mimeType": "text/csv", "buffer": f"{header}\n{line}\n".encode()}
    )
    expect(face.locator("#offer-title")).to_be_focused(timeout=LONG)
    assert ATTACK in face.locator("#offer-body").text_content()
    sound(face, "#offer")
    face.locator("#agree").press("Enter")
    says(face, "^Done: Import. It is not saved yet")
    expect(face.locator("#list")).to_be_focused()
    face.locator("#undo").press("Enter")
    says(face, "^Done: Take back")
    assert len(face.locator("#check-table tbody tr").all()) == before
    assert face.locator("main img").count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.docx", b"word"),
        ("empty.xlsx", b""),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)),
        ("other.xlsx", b"other"),
    ],
)
def test_what_is_no_workbook_of_ours_is_refused_in_the_programs_own_words(face, tmp_path, name, content):
    face, _ = face
    path = tmp_path / name
    path.write_bytes(content)
    if name == "other.xlsx":
        import xlsxwriter

        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet("Rota").write(0, 0, "Monday")
    if name == "minutes.docx":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            package.writestr("word/document.xml", "<document/>")
    with pytest.raises(BookUnusable) as refused:
        BytesHost(name, path.read_bytes()).read()
    face.locator("#file").set_input_files(path)
    expect(face.locator("#problem")).to_be_focused(timeout=LONG)
    sound(face, "#problem")
    expect(face.locator("#problem-what")).to_have_text(refused.value.what)
    expect(face.locator("#problem-where")).to_have_text(f"Where: {name}")
    expect(face.locator("#problem-next")).to_have_text(f"What to do: {refused.value.next_step}")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(face, tmp_path):
    face, _ = face
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(60 << 20)
    face.locator("#file").set_input_files(path)
    expect(face.locator("#problem-what")).to_have_text(page_words()["too_large"])


def test_nothing_leaves_the_computer(face):
    """Not even what is tried from within, to a server that would take it."""
    face, asked = face
    came = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def answer(self):
            came.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        do_GET = do_POST = answer  # noqa: N815 - as the library calls them

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"http://127.0.0.1:{server.server_port}"
        tried = face.evaluate(
            """async (place) => {
                const image = new Promise((done) => {
                    const one = new Image();
                    one.onload = () => done("came"); one.onerror = () => done("held back");
                    one.src = place + "/image";
                });
                const sent = await fetch(place + "/fetch").then(() => "came", () => "held back");
                navigator.sendBeacon(place + "/beacon", "text");
                return [sent, await image];
            }""",
            place,
        )
        face.wait_for_timeout(300)
        server.shutdown()
    assert tried == ["held back", "held back"]
    assert came == []
    own = [url for url in asked if not url.startswith(("blob:", "file:")) and place not in url]
    assert own == []
    assert sum(url.startswith("file:") for url in asked) == 1


def test_the_page_is_not_larger_than_a_mail_takes(built):
    assert built[0].stat().st_size <= 13_000_000
    assert str(ROOT) not in built[0].read_text(encoding="utf-8")
