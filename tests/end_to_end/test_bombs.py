"""Small files that would become large are read, or refused in words, within bounds; see `tests.support.bombs`."""

import resource
import subprocess
import sys

import pytest

from tests.support import bombs
from tests.support.contract_builder import build
from tests.support.killing import a_programme
from tests.support.office import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are set as Linux knows them")

MOST_MEMORY, MOST_SECONDS = 700 << 20, 60
#: Refused before anything of theirs is gone through.
REFUSED = [
    "long shared texts",
    "shared texts of many runs",
    "elements in the workbook's part",
    "elements in the styles",
    "attributes",
    "nested elements",
    "merged cells",
    "links",
    "styles",
    "names",
    "sheets",
    "relationships",
    "content types",
    "columns of a table",
    "bands of columns",
    "texts in cells",
    "areas of a validation",
]
#: Large, but no larger than can be read.
READ = ["comments", "merged cells over many rows"]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    some = {name: rows for name, rows in a_programme().items() if name in {"Services", "People", "SupportLog"}}
    return build(tmp_path_factory.mktemp("sound") / "book.xlsx", some, computed=True).read_bytes()


def checked(path):
    """A check of a workbook by a process that may take neither much memory nor much time of the processor."""

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))

    command = [
        sys.executable,
        "-c",
        "import sys; from addin.frontends.terminal import main; sys.exit(main())",
        "check",
        str(path),
    ]
    return subprocess.run(
        [*command, "--as-of", "2026-06-30"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=limit,
        check=False,
    )


@pytest.mark.parametrize("kind", REFUSED)
def test_what_would_become_too_much_is_refused_in_words_and_left_as_it_was(tmp_path, sound, kind):
    path = tmp_path / "book.xlsx"
    data = bombs.made(kind, sound)
    path.write_bytes(data)
    done = checked(path)
    assert done.returncode == 2, f"{done.returncode} {done.stderr}"
    assert "What to do" in done.stderr
    assert path.read_bytes() == data


@pytest.mark.parametrize("kind", READ)
def test_what_is_only_much_is_read(tmp_path, sound, kind):
    path = tmp_path / "book.xlsx"
    path.write_bytes(bombs.made(kind, sound))
    done = checked(path)
    assert done.returncode in {0, 1}, done.stderr
