"""Which cells are merged is asked of the worksheet as it is now."""

from addin.lossless.worksheet.sheet import Sheet
from addin.lossless.worksheet.styles import Styles
from tests.addin.lossless.worksheet.test_usual_cells import MAIN, STYLES


def test_merged_cells_that_moved_are_found_where_they_are_now():
    merged = b'<mergeCells count="1"><mergeCell ref="A10:C10"/></mergeCells>'
    page = Sheet(
        b'<worksheet xmlns="%b"><sheetData/>%b</worksheet>' % (MAIN, merged),
        Styles(STYLES),
        lambda _: "",
        date_1904=False,
    )
    assert list(map(str, page.joined(10))) == ["A10:C10"]
    page.tail = page.tail.replace(b"A10:C10", b"A12:C12")
    assert page.joined(10) == []
    assert list(map(str, page.joined(12))) == ["A12:C12"]
