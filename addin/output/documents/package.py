"""A Word file's package: the same bytes for the same content, and the parts compared one by one."""

from __future__ import annotations

import zipfile
from io import BytesIO

#: The first moment that a zip entry can carry.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def repacked(package: bytes) -> bytes:
    """The same parts in the same order, with fixed times and one way of compressing.

    Args:
        package: the whole file.

    Raises:
        BadZipFile: it is no ZIP archive.
    """
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def parts(package: bytes) -> dict[str, bytes]:
    """The parts of a package by name.

    Args:
        package: the whole file.

    Raises:
        BadZipFile: it is no ZIP archive.
    """
    with zipfile.ZipFile(BytesIO(package)) as source:
        return {name: source.read(name) for name in source.namelist()}
