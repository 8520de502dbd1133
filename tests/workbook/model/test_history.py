"""Entries of the history, and the chain that shows what was changed or cut off."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workbook.model.history import Entry
from workbook.model.history_file import Head, Line, Place, further, place_of, verdict

HEAD = Head("an id", "0123456789abcdef", "2026-06-30 08:14:00")
ENTRY = Entry("2026-06-30 08:14:00", "Lead Alpha", "fix", "SupportLog", "SU-0007", "Outcome", "resovled", "Resolved")


def chain(number=4):
    return further(place_of(HEAD, []), [replace(ENTRY, after=f"value {n}") for n in range(number)])


def test_an_entry_is_about_its_id_and_the_id_it_had_before():
    assert ENTRY.is_about("su-0007")
    assert not ENTRY.is_about("SU-0008")
    renamed = replace(ENTRY, id="SU-0008", column="Support ID", before="SU 8", after="SU-0008")
    assert renamed.is_about("SU 8")
    assert not replace(renamed, column="Outcome").is_about("SU 8")


def test_a_chain_is_whole_and_every_change_in_it_is_found():
    lines = chain()
    held = place_of(HEAD, lines)
    assert verdict(HEAD, lines, held).broken_at is None
    changed = replace(lines[1], entry=replace(lines[1].entry, before="another"))
    assert verdict(HEAD, [lines[0], changed, *lines[2:]], held).broken_at == 2
    assert verdict(HEAD, [lines[0], *lines[2:]], held).broken_at == 2
    assert verdict(HEAD, [lines[0], None, *lines[2:]], held).broken_at == 2
    forged = further(place_of(HEAD, lines[:1]), [changed.entry, *(line.entry for line in lines[2:])])
    assert verdict(HEAD, [lines[0], *forged], held).broken_at == 4, "the workbook holds another end"


def test_an_end_that_was_cut_off_shows_only_where_the_workbook_knew_of_it():
    lines = chain()
    assert verdict(HEAD, lines[:3], place_of(HEAD, lines)).broken_at == 4
    assert verdict(HEAD, lines[:3], place_of(HEAD, lines[:2])).broken_at is None, "a run that died"
    assert verdict(HEAD, [*lines[:3], None], place_of(HEAD, lines[:3])).broken_at is None, "a run that died writing"


def test_values_can_be_erased_and_the_chain_still_holds():
    lines = chain()
    erased = [lines[0].erased(who="STAFF-001", before="", after=""), *lines[1:]]
    found = verdict(HEAD, erased, place_of(HEAD, lines))
    assert found.broken_at is None
    assert found.erased == 1


@given(st.lists(st.text(), min_size=8, max_size=8), st.text(), st.booleans())
def test_every_line_reads_back_as_it_was_written(texts, source, brought_back):
    (line,) = further(place_of(HEAD, []), [Entry(*texts, source)], state="" if brought_back else None)
    text = line.text()
    assert "\n" not in text
    assert Line.of(text) == line
    assert line.is_as_written


def test_what_is_no_line_is_none():
    for text in ("", "{", "[]", "3", '{"number": "1"}', chain()[0].text()[:-4], HEAD.text()):
        assert Line.of(text) is None
    assert Head.of(HEAD.text()) == HEAD
    assert Head.of(HEAD.text().replace("an id", "a lie")) is None
    assert Place.of("a:3:b") == Place("a", 3, "b")
    for text in (None, "", "a", "a:b:c", "a:3:", ":3:b"):
        assert Place.of(text) is None
