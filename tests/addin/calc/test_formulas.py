"""Formulas between Excel's way of writing and LibreOffice's."""

import pytest

from addin.calc.agent import formulas


@pytest.mark.parametrize(
    ("excel", "ours"),
    [
        ("=SUM(A1,B2)", "=SUM(A1;B2)"),
        ("=SUM('My sheet'!A1:B2,{1,2;3,4})", "=SUM($'My sheet'.A1:B2;{1;2|3;4})"),
        ('=IF(T[A, b;]="x,y;",Data!$A$1,1.5)', '=IF(T[A, b;]="x,y;";$Data.$A$1;1.5)'),
        ("=SUM(Data!A:A,Data!3:5)", "=SUM($Data.A:A;$Data.3:5)"),
        ('=\'It\'\'s\'!B7&"a ""b""; c"', '=$\'It\'\'s\'.B7&"a ""b""; c"'),
    ],
)
def test_both_ways(excel, ours):
    assert formulas.ours(excel) == ours
    assert formulas.excel(ours) == excel
