"""The quick ways through usual cells say what the plain ways say, or leave them to those."""

from hypothesis import example, given
from hypothesis import strategies as st

from addin.hosts.file.readable_cells import mended, walk_usual
from addin.hosts.file.scan import scan_rows, scan_sheet, walk

KINDS = ["", ' t="b"', ' t="e"', ' t="n"', ' t="s"', ' t="str"', ' t="d"', ' t="new"', " t='e'", ' t="e" vm="2"']
VALUES = ["", "<v></v>", "<v>2</v>", "<v> TRUE </v>", "<v>#SPILL!</v>", "<v>#N/A</v>", "<v>99</v>", "<v>1</v>"]
ODD_VALUES = [
    "<v>&lt;a</v>",
    "<v>ü</v>",
    "<v>a]]b</v>",
    "<f>1</f><v>3</v>",
    "<is><t>x</t></is>",
    "<v>1</v><zz/>",
    "<v/>",
]
ROWS = ["", ' spans="1:3"', ' s="4" customFormat="1"', ' ht="12.5" customHeight="1"', ' hidden="1"']
CELLS = st.tuples(
    st.sampled_from(["A", "C", "Z", "AB"]),
    st.sampled_from(["", ' s="3"', ' x="1"']),
    st.sampled_from(KINDS),
    st.sampled_from(VALUES + ODD_VALUES),
)
SHEETS = st.lists(st.tuples(st.sampled_from(ROWS), st.lists(CELLS, max_size=4)), max_size=4)


def sheet(rows):
    made = []
    for number, (more, cells) in enumerate(rows, 5):
        written = (f'<c r="{column}{number}"{s}{t}' + (f">{v}</c>" if v else "/>") for column, s, t, v in cells)
        made.append(f'<row r="{number}"{more}>{"".join(written)}</row>')
    return f"<worksheet><sheetData>{''.join(made)}</sheetData></worksheet>".encode()


@given(SHEETS)
@example([(ROWS[1], [("A", ' s="3"', ' t="b"', "<v>2</v>"), ("C", "", ' t="e"', "<v>#SPILL!</v>")])])
def test_usual_cells_are_walked_as_all_cells_are(rows):
    data, plainly, quickly = sheet(rows), [], []
    walk(data, plainly.append)
    if walk_usual(data, quickly.append):
        assert quickly == plainly
    else:
        assert not quickly


def test_what_excel_writes_is_walked_the_quick_way():
    rows = [(more, [("A", ' s="3"', kind, value) for kind in KINDS[:8] for value in VALUES]) for more in ROWS[:4]]
    assert walk_usual(sheet(rows), lambda cell: None)


def test_what_is_not_well_formed_is_left_to_the_parser():
    for broken in (
        b'<row r="1">',
        b"</row>",
        b'<c r="A1"/>',
        b'<row r="1"><row r="2"></row></row>',
        b'<row r="1"></row>x',
    ):
        assert not walk_usual(b"<worksheet><sheetData>" + broken + b"</sheetData></worksheet>", lambda cell: None)


@given(SHEETS)
@example([("", [("A", "", ' t="e"', "<v>&lt;a</v>")])])
@example([("", [("A", "", " t='e'", "<v>&lt;a</v>")])])
def test_error_cells_are_found_as_in_a_sheet_of_any_form(rows):
    data = sheet(rows)
    hidden, _ = scan_sheet(data)
    assert scan_rows(data).errors == hidden.errors


def test_an_odd_cell_among_many_alike_is_judged_by_itself():
    data = sheet(
        [
            (
                "",
                [
                    ("A", "", ' t="b"', "<v>2</v>"),
                    ("C", "", ' t="b"', "<v>1</v>"),
                    ("Z", "", ' t="e"', "<v>#SPILL!</v>"),
                ],
            )
        ]
    )
    written, errors = mended(data, 0)
    assert b'<c r="A5" t="inlineStr"><is><t xml:space="preserve">2</t></is></c><c r="C5" t="b"><v>1</v></c>' in written
    assert errors == {(5, 26): "#SPILL!"}
