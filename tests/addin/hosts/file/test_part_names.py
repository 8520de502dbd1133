"""The reader's answer to which part a name means is the writer's."""

import pytest

from addin.hosts.file.container import XlsxReader
from tests.support.lossless.names import SAME_PART, with_two_names
from workbook.model.errors import BookUnusable


@pytest.mark.parametrize("other", SAME_PART)
def test_two_names_that_mean_one_part_are_refused_by_the_reader_too(tmp_path, other):
    data = with_two_names(other)
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    with pytest.raises(BookUnusable, match="mean the same"):
        XlsxReader(path)
    assert path.read_bytes() == data
