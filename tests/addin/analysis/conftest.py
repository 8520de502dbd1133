"""The example and an empty workbook, written once for all that look at them."""

import pytest

from addin.frontends.terminal import main


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("example") / "example.xlsx"
    assert main(["new", str(path), "--example"]) == 0
    return path


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "empty.xlsx"
    assert main(["new", str(path)]) == 0
    return path
