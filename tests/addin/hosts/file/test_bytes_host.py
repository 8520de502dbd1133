"""A workbook as bytes in memory: the parts that the closed file's host writes, and its own way back."""

import datetime as dt
import zipfile

import pytest

from addin.hosts.file.bytes_host import BytesHost
from addin.hosts.file.host import ClosedHost
from addin.output.masterbook import build_master
from workbook.answers.recording import record
from workbook.blueprint import plan_book
from workbook.example import simulate
from workbook.model.errors import BookUnusable, CannotTakeBack, HostCannot, StaleChanges
from workbook.model.view import View
from workbook.rules import triggers
from workbook.rules.reviews import reviews

DAY = dt.date(2026, 6, 30)
WHEN = dt.datetime(2026, 6, 30, 9, 14, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def content():
    example = simulate(weeks=4)
    return build_master(plan_book(example.tables, example.until))


def changes_of(host):
    snapshot = host.read()
    view = View(snapshot, DAY)
    return record(view, triggers.evaluate(view), reviews(view))


def parts_of(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_it_writes_what_the_closed_file_gets_and_takes_it_back_to_the_byte(content, tmp_path):
    path, memory = tmp_path / "book.xlsx", BytesHost("book.xlsx", content)
    path.write_bytes(content)
    file = ClosedHost(path)
    inverses = [host.apply(changes_of(host), who="Tester", when=WHEN) for host in (file, memory)]
    (tmp_path / "memory.xlsx").write_bytes(memory.data)
    theirs, ours = parts_of(path), parts_of(tmp_path / "memory.xlsx")
    differing = {name for name in theirs if theirs[name] != ours.get(name)}
    assert differing <= {"docProps/custom.xml"}, "a file's own properties say how far the history beside it goes"
    assert theirs.keys() == ours.keys()
    assert inverses[0].changes == inverses[1].changes
    written = memory.data
    memory.take_back()
    assert memory.data == content
    memory.take_back()
    assert memory.data == written


def test_changes_of_another_state_are_refused_and_nothing_is_written(content):
    host = BytesHost("book.xlsx", content)
    changes = changes_of(host)
    other = type(changes)(changes.command, "0" * 16, changes.changes)
    with pytest.raises(StaleChanges):
        host.apply(other, who="Tester", when=WHEN)
    assert host.data == content
    with pytest.raises(CannotTakeBack, match="Nothing was written"):
        host.take_back()


def test_what_it_is_no_workbook_is_named_without_any_folder():
    with pytest.raises(BookUnusable) as refused:
        BytesHost("../../somewhere/minutes.docx", b"").read()
    assert refused.value.where == "minutes.docx"
    with pytest.raises(HostCannot):
        BytesHost("book.xlsx", b"").show("Hello")
