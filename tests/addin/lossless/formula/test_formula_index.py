"""The quick ways of telling which formulas a change concerns, and how they follow tables, beside the plain ones."""

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.lossless.formula import shapes
from addin.lossless.formula.changed_cells import Changes, Place
from addin.lossless.formula.formula_index import Computed, FormulaIndex
from addin.lossless.formula.formulas import kind_of, read_uses
from addin.lossless.formula.reference_shift import Growth, Growths
from addin.lossless.formula.shapes import one_of_each, shapes_of, uses
from addin.lossless.opc.cells import Area
from tests.support.lossless.plain_concern import PlainChanges

SHEETS = ("Log", "Bob's A1", "Own", "A2")
TABLES = {
    "orders": Place("log", Area(1, 1, 4, 2), ("id", "day")),
    "q?1": Place("own", Area(3, 2, 6, 3), ("it's", "a1")),
}
PREFIXES = ("", "", "Log!", "'Bob''s A1'!", "Own!", "own!", "A2!", "Log:Own!", "'[1]Log'!", "Gone!")
CELLS = ("A1", "B2", "$B$3", "b4", "C5", "A1:B3", "$A2:A$9", "B4:A2", "C:C", "2:3", "XFD1048576", "A10:B4")
PIECES = (
    "Orders[ID]",
    "ORDERS[[#This Row],[Day]]",
    "Orders[@Day]",
    "Orders[#All]",
    "Q?1[It''s]",
    "Gone[ID]",
    "[Day]",
    "[@Day]",
    "rate",
    "Far",
    "around",
    "OFFSET(A1,1,1)",
    '"A1 ""Log!A1"" Bob\'s"',
    "7",
    "Rate.A1",
    "SUM",
    "YTD2024",
    "Log!A2:Log!B3",
    "A1:INDEX(B1:B4,2)",
    "Orders[ID]:Orders[Day]",
    "Own!A1:far",
    "MyRate(2)",
)
REFERENCES = st.tuples(st.sampled_from(PREFIXES), st.sampled_from(CELLS)).map("".join)
FORMULAS = st.lists(st.one_of(REFERENCES, st.sampled_from(PIECES)), min_size=1, max_size=3).map("+".join)
AREAS = st.builds(
    lambda top, left, high, wide: Area(top, left, top + high, left + wide),
    st.integers(1, 6),
    st.integers(1, 4),
    st.integers(0, 2),
    st.integers(0, 1),
)


@st.composite
def cells_with_formulas(draw):
    spots = draw(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 4)), unique=True, max_size=6))
    filled = st.sampled_from(((), (), ((7, 1), (7, 2))))
    return [Computed(*spot, draw(FORMULAS), filled=draw(filled)) for spot in spots]


@settings(max_examples=120, deadline=None)
@given(
    formulas=st.fixed_dictionaries({sheet: cells_with_formulas() for sheet in SHEETS}),
    areas=st.dictionaries(st.sampled_from(SHEETS), st.lists(AREAS, min_size=1, max_size=2), max_size=2),
    names=st.dictionaries(st.sampled_from(["rate", "Far", "around", "YTD2024", "MyRate"]), FORMULAS),
    grafted=st.sampled_from([None, {"Own": frozenset({"q?1", "rate"})}]),
    late=st.sets(st.sampled_from(SHEETS)),
)
def test_the_same_formulas_are_concerned_as_when_each_is_asked_over_and_over(formulas, areas, names, grafted, late):
    index = FormulaIndex(Changes(areas, TABLES, names, grafted))
    found = []
    for sheets in (set(SHEETS) - late, late):
        for sheet in sheets:
            index.add(sheet, formulas[sheet])
        found += [(sheet, f.row, f.column) for sheet, f in index.concerned()]
        known = {sheet: found_there for sheet, found_there in formulas.items() if sheet not in late or sheets is late}
        assert set(found) == PlainChanges(areas, TABLES, names, grafted).concerned(known)
    assert len(found) == len(set(found))


@given(FORMULAS, FORMULAS)
def test_formulas_of_a_kind_use_the_same_tables_and_names(one, other):
    if kind_of(one) == kind_of(other):
        a, b = uses(one), uses(other)
        assert (a.tables, a.names, a.anywhere) == (b.tables, b.names, b.anywhere)
        columns = [[(r.sheet, r.area.left, r.area.right) for r in found.cells] for found in (a, b)]
        assert columns[0] == columns[1]


NUMBERS = st.sampled_from(["0", "1", "01", "7", "10", "1048576", "1048577", "123456", "1234567", "0.5", "1E5", "9.75"])
NUMBERED = st.lists(
    st.sampled_from(
        [
            "A#",
            "$B$#:C#",
            "'My A#'!B#",
            "Log#!A#:A#",
            "'[#]Log'!A#",
            "#:#",
            "Orders[Week #]",
            "Orders#[[#This Row],[Day]]",
            "rate#",
            "#",
            '"A# ""x# "',
            "LOG10(A#)",
            "INDEX(A#:A#,#)",
            "Log!A#:Log!B#",
            "A#:INDEX(B#:B4,#)",
            "OFFSET(A#,#,#)",
            "XFD#",
            "XFE#",
            "YTD#",
            "A#.B",
            "Log#:Own#!A#",
            "#A",
        ]
    ),
    min_size=1,
    max_size=4,
).map("+".join)


@st.composite
def numbered(draw):
    """Two formulas that differ in numbers alone."""
    form = draw(NUMBERED).replace("[#This Row]", "[\0This Row]")
    made = []
    for _ in range(2):
        text = form
        while "#" in text:
            text = text.replace("#", draw(NUMBERS), 1)
        made.append(text.replace("\0", "#"))
    return made


@settings(max_examples=120, deadline=None)
@given(numbered())
def test_formulas_that_differ_in_numbers_use_what_each_is_read_to_use(pair):
    for text in (*pair, pair[0]):
        assert uses.__wrapped__(text) == read_uses(text)


@settings(max_examples=80, deadline=None)
@given(numbered(), FORMULAS)
def test_formulas_of_a_shape_use_the_same_but_for_rows(pair, other):
    texts = [*pair, other]
    found = [
        (read_uses(t)._replace(cells=()), [(r.sheet, r.area.left, r.area.right) for r in read_uses(t).cells])
        for t in texts
    ]
    shapes = shapes_of(texts)
    for n, m in ((0, 1), (0, 2), (1, 2)):
        assert shapes[n] != shapes[m] or found[n] == found[m]


def test_what_differs_in_constants_is_of_one_shape_and_what_is_called_otherwise_is_not():
    formulas = [f"INDEX(Log[{c}],{n})+B{n}" for c, n in (("A", 11), ("A", 7), ("A1", 7), ("A2", 7))]
    first, filled, one, two = shapes_of(formulas)
    assert first == filled
    assert one != two


def test_a_filled_down_formula_is_of_one_kind_and_another_sheet_or_text_is_not():
    assert kind_of("B2*'Bob''s A1'!C2") == kind_of("B30*'Bob''s A1'!C31")
    assert kind_of("'My A1'!B2") != kind_of("'My A2'!B2")
    assert kind_of("\"Bob's\"&'My A1'!B2") != kind_of("\"Bob's\"&'My A2'!B2")
    assert kind_of("Orders[A1]") != kind_of("Orders[A2]")


GROWTHS = st.builds(
    Growth,
    st.sampled_from(["Log", "Own"]),
    st.sampled_from([Area(1, 1, 3, 2), Area(2, 2, 9, 3), Area(1, 1, 4, 3)]),
    st.integers(2, 12),
    st.integers(0, 1),
)


@settings(max_examples=120, deadline=None)
@given(
    FORMULAS,
    st.lists(GROWTHS, min_size=1, max_size=3),
    st.sampled_from(["Log", "own"]),
    st.none() | st.tuples(st.integers(1, 5), st.integers(1, 4)),
)
def test_formulas_follow_several_tables_at_once_as_one_after_another(text, growths, own, at):
    after = fixed = text
    for growth in growths:
        after, fixed = growth.formula(after, own, at), growth.fixed(fixed, own)
    together = Growths(growths)
    assert together.formula(text, at, own) == after
    assert together.fixed(text, own) == fixed
    assert together.concern(text) or after == fixed == text


def test_formulas_of_other_sheets_are_kept_though_what_is_remembered_ran_over(monkeypatch):
    texts = ["Q1!A1", "Q2!A1", "a+1", "b+1", "c+1", "d+1"]
    monkeypatch.setattr(shapes, "REMEMBERED", 3)
    shapes._MASKED.clear()
    assert {"Q1!A1", "Q2!A1"} <= set(one_of_each(texts))
