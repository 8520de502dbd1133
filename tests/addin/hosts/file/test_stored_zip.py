"""The small zip writer, read by the standard library."""

import io
import zipfile

from addin.hosts.file.stored_zip import StoredZip


def test_the_standard_library_reads_what_was_stored():
    members = {"xl/worksheets/0.xml": b"<a/>" * 1000, "leer/ä.xml": b"", "b": b"x"}
    out = io.BytesIO()
    made = StoredZip(out)
    for name, data in members.items():
        made.add(name, data)
    made.finish()
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == members
