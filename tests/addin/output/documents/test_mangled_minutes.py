"""Sixty copies of the minutes, each mangled in other ways: nothing is lost silently, nothing goes to a wrong matter."""

import copy
import random

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from addin.output.documents.returned.rows import read_minutes
from tests.addin.output.documents.test_returned import DECISION, OWNER, RATIONALE, WHEN, Copy, changed, run
from tests.support.builders import view_of
from tests.support.documents_programme import busy_book, material
from workbook.documents.matters import open_matters
from workbook.documents.returned.proposing import read_into
from workbook.model.folding import fold

COPIES, BLOCKS = 60, 3
AGAINST, ACTION, SERVICES, DUE = (f"champions:{name}" for name in ("against", "action", "services", "due"))
#: What is typed into the rows of a block, `{}` a word that stands nowhere else.
TYPED = {
    DECISION: "Ask the supplier for “{}”, and don’t wait.",
    RATIONALE: "It costs every shift an hour – {}.",
    AGAINST: "One member spoke for {} instead.",
    ACTION: "supplier engagement",
    OWNER: "project lead one",
    DUE: "3rd of August",
    SERVICES: "Oak House",
}
FREE = (DECISION, RATIONALE, AGAINST)


def words_of(control):
    return "".join(t.text or "" for t in control.iter(qn("w:t")))


def content_of(copied, start, nth):
    return copied.control(start, nth).find(qn("w:sdtContent"))


def emptied(content):
    """The innermost place of a control's runs, without them."""
    words = words_of(content)
    place = next(content.iter(qn("w:r"))).getparent()
    for old in list(content.iter(qn("w:r"))):
        old.getparent().remove(old)
    return place, words


def in_several_runs(copied, start, nth, rng):
    place, words = emptied(content_of(copied, start, nth))
    cut = rng.randrange(1, len(words))
    for part in (words[:cut], words[cut:]):
        made = run(part)
        made.find(qn("w:t")).set(qn("xml:space"), "preserve")
        place.append(made)


def inserted_under_tracking(copied, start, nth, _rng):
    place, words = emptied(content_of(copied, start, nth))
    place.append(changed("ins", run(words)))


def beside_its_control(copied, start, nth, _rng):
    control = copied.control(start, nth)
    words = words_of(control)
    control.addnext(run(words))
    for text in control.iter(qn("w:t")):
        text.text = ""


def in_place_of_its_control(copied, start, nth, _rng):
    control = copied.control(start, nth)
    control.getparent().replace(control, run(words_of(control)))


def without_hidden_text(copied, start, nth, _rng):
    for vanish in list(copied.row(start, nth).iter(qn("w:vanish"))):
        hidden = vanish.getparent().getparent()
        hidden.getparent().remove(hidden)


def with_bookmarks_of_a_copy(copied, start, nth, _rng):
    for mark in copied.row(start, nth).iter(qn("w:bookmarkStart")):
        mark.set(qn("w:name"), f"{mark.get(qn('w:name'))}_Copy_1")


def without_bookmarks(copied, start, nth, _rng):
    row = copied.row(start, nth)
    for mark in [e for name in ("w:bookmarkStart", "w:bookmarkEnd") for e in row.iter(qn(name))]:
        mark.getparent().remove(mark)


def without_its_alias(copied, start, nth, _rng):
    properties = copied.control(start, nth).find(qn("w:sdtPr"))
    for old in properties.findall(qn("w:alias")):
        properties.remove(old)
    with_bookmarks_of_a_copy(copied, start, nth, _rng)


def with_another_label(copied, start, nth, _rng):
    cell = copied.row(start, nth).find(qn("w:tc"))
    for text in cell.iter(qn("w:t")):
        if not any(True for _ in text.getparent().iter(qn("w:vanish"))):
            text.text = f"{text.text} of the board" if text.text else text.text
            return


def block_moved_to_the_front(copied, start, nth, _rng):
    first, own = copied.table_of(DECISION, 0), copied.table_of(start, nth)
    if first is not own:
        first.addprevious(own)
        own.addnext(OxmlElement("w:p"))


def block_copied(copied, start, nth, _rng):
    own = copied.table_of(start, nth)
    own.addnext(copy.deepcopy(own))
    own.addnext(OxmlElement("w:p"))


def row_within_a_cell(copied, start, nth, _rng):
    row = copied.row(start, nth)
    inner = copy.deepcopy(copied.table_of(start, nth))
    for other in inner.findall(qn("w:tr")):
        inner.remove(other)
    inner.append(copy.deepcopy(row))
    for text in row.iter(qn("w:t")):
        text.text = ""
    cell = row.findall(qn("w:tc"))[-1]
    cell.insert(1, inner)


ROWS = (
    in_several_runs,
    inserted_under_tracking,
    beside_its_control,
    in_place_of_its_control,
    without_hidden_text,
    with_bookmarks_of_a_copy,
    without_bookmarks,
    without_its_alias,
    with_another_label,
)
#: What changes the number or order of places comes last.
WHOLE = (block_moved_to_the_front, block_copied, row_within_a_cell)


def mangled(seed, path, references):
    """A copy, filled in and then mangled; what was typed, as (reference, text), and in what manners."""
    rng = random.Random(seed)
    copied, typed, manners = Copy(), set(), []
    filled = rng.sample(range(BLOCKS), rng.randrange(1, BLOCKS + 1))
    for nth in filled:
        for n, (start, text) in enumerate(TYPED.items()):
            said = text.format(f"matter{seed}x{nth}x{n}")
            copied.type(start, said, nth)
            typed.add((references[nth], said))
    for _ in range(rng.randrange(1, 4)):
        manner, start = rng.choice(ROWS), rng.choice(FREE)
        nth = rng.choice(filled)
        if (start, nth) not in [(s, n) for _, s, n in manners]:
            manners.append((manner, start, nth))
    manners.sort(key=lambda m: m[0] is in_place_of_its_control)
    for manner, start, nth in sorted(manners, key=lambda m: -m[2]):
        manner(copied, start, nth, rng)
    untouched = [s for s in FREE if not any(m is in_place_of_its_control for m, *_ in manners)]
    if untouched:
        manner = rng.choice(WHOLE)
        manner(copied, rng.choice(untouched), rng.choice(filled), rng)
        manners.append((manner, "", -1))
    copied.save(path)
    return typed, {m.__name__ for m, *_ in manners}


def test_sixty_mangled_copies_lose_nothing_and_mistake_nothing(tmp_path):
    view, path = view_of(busy_book(), WHEN), tmp_path / "m.docx"
    references = [matter.reference for matter in open_matters(material())]
    total, read, seen = 0, 0, set()
    for seed in range(COPIES):
        typed, manners = mangled(seed, path, references)
        seen |= manners
        (found,), _ = read_into(view, [read_minutes(path)], accept_pending=True)
        told = [e for e in found.entries if e.text]
        for reference, text in typed:
            about = [e for e in told if fold(text) in fold(e.text) or fold(e.text) == fold(text)]
            assert about, f"copy {seed} ({', '.join(sorted(manners))}) lost “{text}”"
            written = [e for e in about if e.state in ("new", "same") and e.reference]
            if "matter" in text:
                assert {e.reference for e in written} <= {reference}, f"copy {seed}: “{text}” went elsewhere"
            total += 1
            read += any(e.reference == reference for e in written)
    assert seen == {m.__name__ for m in (*ROWS, *WHOLE)}
    assert read >= 0.95 * total, f"{read} of {total} read"
