"""Number formats: only per cent and times change what is read."""

import pytest

from addin.hosts.number_formats import as_shown, matters
from workbook.model.cells import Percent, TimeOfDay


@pytest.mark.parametrize(
    ("code", "number", "kind"),
    [
        ("0%", 0.75, Percent),
        ("0.00%", 0.75, Percent),
        ("#,##0.0 %;[Red]-0.0%", -0.75, Percent),
        ('[Blue]0%" of hours"', 0.75, Percent),
        ('[<=1]0%;0"%"', 0.75, Percent),
        ("h:mm", 0.125, TimeOfDay),
        ("[h]:mm:ss", 1.25, TimeOfDay),
        ("[$-809]h:mm AM/PM", 0.125, TimeOfDay),
        ("mm:ss", 0.001, TimeOfDay),
        ("General", 0.75, float),
        ("0", 2.6, float),
        ("#,##0.00", 1250.5, float),
        ('"£"#,##0.00', 75.0, float),
        ("[$£-809]#,##0", 75.0, float),
        ('0"%"', 75.0, float),
        (r"0\%", 75.0, float),
        ('[<=1]0%;0"%"', 75.0, float),
        ("0.00E+00", 75.0, float),
        ("dd/mm/yyyy h:mm", 46000.5, float),
        ('0" hours"', 3.0, float),
        ("# ?/?", 0.75, float),
        ("0;-0;0%", 5.0, float),
        ("@", 5.0, float),
    ],
)
def test_what_a_format_makes_of_a_number(code, number, kind):
    shown = as_shown(number, code)
    assert type(shown) is kind
    assert shown == number


@pytest.mark.parametrize(
    ("code", "wanted"), [("0%", True), ("h:mm", True), ("General", False), ('0"%"', False), ("dd/mm/yyyy", False)]
)
def test_which_formats_are_worth_a_look(code, wanted):
    assert matters(code) is wanted
