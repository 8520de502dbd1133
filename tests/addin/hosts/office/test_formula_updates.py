"""Formulas of an open workbook that follow a table, as told from what its sheets hold."""

from types import SimpleNamespace

import pytest

from addin.hosts.office import formula_updates, native
from addin.lossless.formula.reference_shift import Growth
from addin.lossless.opc.cells import Area


class Cells(list):
    """An area of cells one below the other, as xlwings gives it."""

    @property
    def formula(self):
        return tuple((cell.formula,) for cell in self)


def book_of(place, formula):
    row, column = place
    area = Cells([SimpleNamespace(row=row, column=column, formula=formula)])
    used = SimpleNamespace(get_special_cells=lambda _: [area])
    return SimpleNamespace(sheets=[SimpleNamespace(name="Log", used_range=used)])


@pytest.mark.parametrize(
    ("place", "formula", "then"),
    [
        ((4, 3), "=SUM(B$2:B4)", None),
        ((4, 3), "=SUM(B$2:B$4)", "=SUM(B$2:B$6)"),
        ((9, 3), "=SUM(B$2:B4)", "=SUM(B$2:B6)"),
    ],
)
def test_a_running_total_in_the_last_row_stays_one_as_far_as_its_row(monkeypatch, place, formula, then):
    monkeypatch.setattr(native, "is_protected", lambda _: False)
    growths = [Growth("Log", Area(1, 1, 4, 3), 6)]
    found = [text for _, text in formula_updates.following(book_of(place, formula), growths)]
    assert found == ([then] if then else [])
