"""Sheets looked at all at once, beside the way that looks at each cell."""

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.lossless.worksheet import usual_cells
from addin.lossless.worksheet.sheet import Sheet
from addin.lossless.worksheet.styles import Styles

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    b'<styleSheet xmlns="%b"><fonts count="1"><font/></fonts>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0"/></cellXfs></styleSheet>' % MAIN
)
#: `@` stands for the cell itself.
FORMULAS = (
    b"<f>A1*2</f>",
    b"<f>A1&amp;&quot;x&quot;</f>",
    b'<f t="array" ref="@">SUM(A1:A3*2)</f>',
    b'<f t="array" ref="@:D4">A1:A3</f>',
    b'<f t="array" ref="B2">A1:A3</f>',
    b'<f t="shared" ref="B1:B4" si="0">A1</f>',
    b'<f t="shared" si="0"/>',
    b'<f ca="1">NOW()</f>',
    b"<f></f>",
    b"<f/>",
    b'<f a="b/">A2</f>',
)
INSIDE = (
    b"<v>1</v>",
    b"<v></v>",
    b"<is><t>a</t></is>",
    b"<is/><v>2</v>",
    b'<is><t xml:space="preserve"> b</t></is>',
    b"",
)
ATTRIBUTES = (b"", b' s="0"', b' t="str"', b' s="0" t="str"', b' t="b" s="0"', b" t='str'", b' s="0" t="n"')


@st.composite
def sheets(draw):
    usual = draw(st.booleans())
    rows = []
    for row in range(1, draw(st.integers(1, 4)) + 1):
        cells = []
        for letter in draw(st.lists(st.sampled_from(b"ABCD"), max_size=4, unique=not draw(st.booleans()))):
            formula = draw(st.sampled_from((*FORMULAS[: 3 if usual else None], b""))).replace(
                b"@", b"%c%d" % (letter, row)
            )
            inside = draw(st.sampled_from(INSIDE[:2] if usual else INSIDE))
            attributes = draw(st.sampled_from(ATTRIBUTES[:4] if usual else ATTRIBUTES))
            cells.append((letter, b'<c r="%c%d"%b>%b%b</c>' % (letter, row, attributes, formula, inside)))
        made = [cell for _, cell in (sorted(cells) if draw(st.integers(0, 3)) else cells)]
        rows.append(b'<row r="%d" spans="1:4">%b</row>' % (row, b"".join(made)))
    return b"".join(rows)


def sheet(cells):
    xml = b'<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>' % (MAIN, cells)
    return Sheet(xml, Styles(STYLES), lambda _: "", date_1904=False)


@settings(max_examples=150, deadline=None)
@given(sheets())
def test_formulas_and_results_are_as_cell_by_cell(cells):
    found = usual_cells.computed(cells)
    if found is not None:
        assert found == sheet(cells).each_computed()
    without = usual_cells.without_results(cells)
    if without is not None:
        page = sheet(cells)
        assert without == page._cell.sub(page._without_result, cells)


def test_what_programs_write_is_read_at_once_and_odd_forms_are_not():
    usual = b'<row r="1"><c r="A1" s="0" t="str"><f>B1&amp;"x"</f><v>y</v></c><c r="B1"><v>3</v></c></row>'
    assert [(f.row, f.column, f.text, f.has_result) for f in usual_cells.computed(usual)] == [(1, 1, 'B1&"x"', True)]
    assert usual_cells.without_results(usual).startswith(b'<row r="1"><c r="A1" s="0"><f>B1&amp;"x"</f></c>')
    assert usual_cells.computed(usual.replace(b'r="A1"', b'r="A2"')) is None
    assert usual_cells.computed(usual.replace(b"</row>", b"x</row>")) is None
    assert usual_cells.without_results(usual.replace(b' s="0" t="str"', b' t="str" s="0"')) is None
