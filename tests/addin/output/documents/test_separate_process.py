"""A template of somebody's own is worked out in a process of its own, within limits that hold."""

import dataclasses
import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from addin.output.documents import context_json, separate_process, windows_job
from addin.output.documents.engine import render
from addin.output.documents.limits import Limits
from addin.output.documents.make import make_documents
from addin.output.documents.package import parts
from addin.output.documents.places import Template, template_dir
from addin.output.documents.separate_process import render_apart
from tests.addin.output.documents.test_engine import template, words
from tests.support.documents_programme import contents_of, material
from workbook.documents.calling import chosen
from workbook.documents.catalogue import BY_ID, WORD_DOCUMENTS
from workbook.model.errors import TemplateMistake

MINUTES = BY_ID["board-minutes"]
#: Shorter than people's, so that the tests take no longer than they must.
LITTLE = Limits(seconds=1, memory=400 << 20, by_the_clock=20.0)
#: Python's ways to be slow or large. The code that shuts them out lists none: it holds the process.
SLOW = {
    "counting within counting": "{% for a in range(99999) %}{% for b in range(99999) %}{% if a > b %}{% endif %}"
    "{% endfor %}{% endfor %}",
    "a macro that calls itself twice": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}"
    "{{ f(60) }}",
    "one sum that never ends": "{{ (7 ** 99999999) % 3 }}",
    "a sum worked out while reading": "{{ 3 ** 900000000 }}",
    "sorting": "{{ (range(99999)|list * 200)|sort|length }}",
    "lists within lists": "{% set ns = namespace(x=[1]) %}{% for i in range(40) %}"
    "{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|string|length }}",
    "joining": "{{ (['x' * 100000] * 100000)|join|length }}",
    "padding": "{{ 'x'.ljust(4000000000)|length }}",
    "zeros": "{{ '1'.zfill(4000000000)|length }}",
    "tabs": "{{ ('\\t' * 100000).expandtabs(100000)|length }}",
    "a width from a list": "{{ '%*d' % (999999999, 1) }}",
    "splitting": "{{ ('a ' * 90000000).split()|length }}",
    "slices": "{{ [1]|slice(900000000)|list|length }}",
    "a page that never ends": "{% for i in range(99999) %}{{ 'never' * 99999 }}{% endfor %}",
    "looking for what is not there": "{% set x = range(99999)|list %}{% for a in x %}{% if -1 in x %}"
    "{% endif %}{% endfor %}",
    "wrapping": "{{ ('ab ' * 9000000)|wordwrap(2)|length }}",
    "bytes": "{{ ('é' * 300000000).encode()|length }}",
    "a dictionary": "{% set d = {} %}{% for a in range(99999) %}{% for b in range(999) %}"
    "{% set _ = d.setdefault((a, b), a) %}{% endfor %}{% endfor %}",
}


def own(tmp_path, *paragraphs):
    path = template(tmp_path, *paragraphs)
    return Template(path, path.read_bytes(), ours=False)


def apart_of(found, most=LITTLE, document=MINUTES):
    return render_apart(document, contents_of(document, material()), found, most)


@pytest.mark.parametrize("way", SLOW)
def test_whatever_python_can_be_kept_at_ends_in_words(tmp_path, way):
    with pytest.raises(TemplateMistake) as caught:
        apart_of(own(tmp_path, "Fine.", SLOW[way]))
    assert "own.docx" in caught.value.what
    assert "seconds" in caught.value.what or "memory" in caught.value.what or "can't be worked out" in caught.value.what
    assert "No document was written" in caught.value.next_step


def test_where_it_can_be_asked_it_says_in_which_paragraph_the_time_went(tmp_path):
    with pytest.raises(TemplateMistake) as caught:
        apart_of(own(tmp_path, "Fine.", f"Here {SLOW['counting within counting']}"))
    assert "seconds" in caught.value.what
    assert "Here" in caught.value.where


def test_a_file_that_unpacks_to_more_than_there_is_memory_for(tmp_path):
    small = own(tmp_path, "Fine.")
    bomb = parts(small.content)
    bomb["word/document.xml"] = bomb["word/document.xml"].replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 9_000_000)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in bomb.items():
            target.writestr(name, content)
    assert len(packed.getvalue()) < 2 << 20
    with pytest.raises(TemplateMistake, match=r"memory|seconds"):
        apart_of(Template(small.path, packed.getvalue(), ours=False))


#: One with places to fill in, one with charts, one with links.
KINDS = ("board-minutes", "governance-review", "board-paper")


@pytest.mark.parametrize("document", [BY_ID[name] for name in KINDS], ids=lambda d: d.id)
def test_it_makes_the_same_document_as_the_fast_way(document):
    """The limits leave room for what people do: a template like ours, its charts included, comes out alike."""
    path = template_dir() / document.template
    found = Template(path, path.read_bytes(), ours=False)
    there = render_apart(document, contents_of(document, material()), found)
    here = render(document, contents_of(document, material()), found)
    assert parts(there.content).keys() == parts(here).keys()
    assert words(there.content) == words(here)
    assert there.notes == ()


@pytest.mark.parametrize("document", WORD_DOCUMENTS, ids=lambda d: d.id)
def test_contents_come_back_as_they_were(document):
    asked = contents_of(document, material())
    back = context_json.from_json(json.loads(json.dumps(context_json.as_json(asked))))
    assert dataclasses.asdict(back) == dataclasses.asdict(asked)
    assert type(back) is type(asked)


@pytest.mark.parametrize("held", [object(), b"x", {1, 2}, os, Path()])
def test_nothing_but_contents_is_handed_over(held):
    with pytest.raises(TypeError):
        context_json.as_json([held])


@pytest.mark.parametrize(
    "told",
    [
        {"kind": ["os:system", {}]},
        {"kind": ["workbook.documents.matters:open_matters", {}]},
        {"choice": ["subprocess:Popen", "true"]},
        {"choice": ["workbook.model.view:View", 1]},
    ],
)
def test_nothing_but_contents_is_read_back(told):
    with pytest.raises(ValueError):
        context_json.from_json(told)


def minutes(folder, made_on):
    found = material()
    return make_documents(found, chosen(found, ["board-minutes"]), folder / "book.xlsx", made_on=made_on)


def test_ours_need_no_process_and_neither_does_a_copy_that_nobody_changed(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a process was started")

    monkeypatch.setattr(separate_process, "_run", refuse)
    day = material().view.as_of
    assert minutes(tmp_path, day).written
    templates = tmp_path / "Templates"
    templates.mkdir()
    copy = templates / "board-minutes.docx"
    copy.write_bytes((template_dir() / "board-minutes.docx").read_bytes())
    assert minutes(tmp_path, day).written
    copy.write_bytes(copy.read_bytes() + b"\0")
    with pytest.raises(AssertionError, match="a process"):
        minutes(tmp_path, day)


def test_a_template_that_is_too_large_is_said(tmp_path):
    (tmp_path / "Templates").mkdir()
    with (tmp_path / "Templates" / "board-minutes.docx").open("wb") as file:
        file.truncate(21 << 20)
    with pytest.raises(TemplateMistake, match="larger than 20 MB"):
        minutes(tmp_path, material().view.as_of)


def test_nothing_that_lies_about_is_imported_by_the_process(tmp_path, monkeypatch):
    mark = tmp_path / "ran"
    planted = f"open({str(mark)!r}, 'w')\n"
    for name in ("docx.py", "docxtpl.py", "jinja2.py", "json.py", "sitecustomize.py", "addin.py", "usercustomize.py"):
        (tmp_path / name).write_text(planted)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "docx.py"))
    assert "Ours" in words(apart_of(own(tmp_path, "Ours")).content)
    assert not mark.exists()


def test_a_process_that_can_not_be_started_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    with pytest.raises(Exception, match="can't be started"):
        apart_of(own(tmp_path, "Ours"))


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b'{"content": "!"}', b'{"content": "YQ==", "notes": []}'])
def test_an_answer_that_is_none_is_said(tmp_path, monkeypatch, said):
    monkeypatch.setattr(separate_process, "_run", lambda *_: separate_process._Ended(said))
    with pytest.raises(TemplateMistake, match="template own"):
        apart_of(own(tmp_path, "Ours"))


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="the system has no ps")
def test_the_memory_of_a_process_is_seen_from_outside():
    """This is how a Mac's process is watched; ps is the same there."""
    with subprocess.Popen(
        [sys.executable, "-c", "x = b'x' * (80 << 20); print(1); input()"], stdin=-1, stdout=-1
    ) as one:
        one.stdout.readline()
        assert 80 << 20 < separate_process.resident(one.pid) < 300 << 20
        one.stdin.close()
    assert separate_process.resident(one.pid) == 0


def test_windows_structures_are_those_of_winnt_h():
    """Sizes and places as a C compiler for 64-bit Windows lays them out."""
    made = windows_job.limits(memory=500 << 20, seconds=6.5)
    extended, basic = windows_job.ExtendedLimits, windows_job.BasicLimits
    assert (windows_job.ctypes.sizeof(extended), windows_job.ctypes.sizeof(basic)) == (144, 64)
    assert (extended.IoInfo.offset, extended.ProcessMemoryLimit.offset) == (64, 112)
    assert (basic.LimitFlags.offset, basic.ActiveProcessLimit.offset, basic.Affinity.offset) == (16, 40, 48)
    assert made.ProcessMemoryLimit == 500 << 20
    assert made.BasicLimitInformation.PerProcessUserTimeLimit == 65_000_000
    assert made.BasicLimitInformation.LimitFlags == 0x2 | 0x8 | 0x100 | 0x400 | 0x2000
