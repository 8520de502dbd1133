"""Headers in the contract's own form are matched without a look at each, with the same answer."""

import pytest

from workbook.model.declare import CHECK_HEADER
from workbook.model.matching_headers import match_any_headers, match_headers
from workbook.model.registers import BY_TABLE, SupportLog


@pytest.mark.parametrize("register", BY_TABLE.values(), ids=BY_TABLE)
@pytest.mark.parametrize("more", [(), (CHECK_HEADER,), (CHECK_HEADER, "My notes"), ("",), ("Date",)])
def test_the_short_way_gives_what_the_long_way_gives(register, more):
    headers = (*register.headers(), *more)
    assert match_headers(register, headers) == match_any_headers(register, headers)


def test_columns_that_lack_and_are_exchanged():
    headers = tuple(reversed(SupportLog.headers()))[:-1]
    assert match_headers(SupportLog, headers) == match_any_headers(SupportLog, headers)
    assert match_headers(SupportLog, headers)[1][0] is SupportLog.columns[0]
