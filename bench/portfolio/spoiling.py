"""Twenty workbooks among many that can't be used, each in its own way, with the code that must name it."""

import io
import os
import random
import shutil
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
#: Not even an hour is enough to read it.
ENDLESS = "endless.xlsx"


def spoil(folder, sound, *, endless=True):
    """Puts the spoilt ones into a folder.

    Args:
        folder: it is made; nothing of that name stands in it yet.
        sound: workbooks with ids, at least four.
        endless: whether one is so large that the time is over before it is read.

    Returns:
        {the name as seen from the folder: (its code, a word of its message)}.
    """
    folder.mkdir(parents=True)
    one, other, third, fourth = (path.read_bytes() for path in sound[:4])
    written = {
        "cut off.xlsx": (one[: len(one) // 2], "unusable", "damaged"),
        "end missing.xlsx": (other[:-100], "unusable", "damaged"),
        "turned bits.xlsx": (_turned(third), "unusable", "damaged"),
        "zeros within.xlsx": (_zeros(fourth), "unusable", "damaged"),
        "empty.xlsx": (b"", "unusable", ""),
        "a text.xlsx": (b"Minutes of the meeting", "unusable", ""),
        "a page.xlsx": (b"<html><table><tr><td>1</td></tr></table></html>", "unusable", ""),
        "password.xlsx": (_ole("EncryptedPackage"), "unusable", "password"),
        "password too.xlsm": (_ole("EncryptedPackage"), "unusable", "password"),
        "old excel.xlsx": (_ole("Workbook"), "unusable", "old Excel"),
        "a letter.xlsx": (_parts({"word/document.xml": b"<w:document/>"}), "unusable", ""),
        "budget.xlsx": (_foreign("Budget"), "unusable", "tables"),
        "rota.xlsx": (_foreign("Rota"), "unusable", "tables"),
        "bomb.xlsx": (_bomb(one), "unusable", ""),
        "torn.xlsx": (_changed(one, lambda xml: xml[: xml.index(b"</row>")]), "unusable", "damaged"),
    }
    if endless:
        written[ENDLESS] = _endless(one), "too-long", "longer"
    expected = {}
    for name, (content, code, word) in written.items():
        (folder / name).write_bytes(content)
        expected[name] = code, word
    for n, path in enumerate(sound[:2], start=1):
        copy = folder / f"copy {n} of {path.name}"
        shutil.copy(path, copy)
        os.utime(copy, (1, 1))
        expected[copy.name] = "copy", "older copy"
    os.mkfifo(folder / "pipe.xlsx")
    expected["pipe.xlsx"] = "no-file", "not a file"
    (folder / "link.xlsx").symlink_to("nowhere.xlsx")
    expected["link.xlsx"] = "gone", "not there"
    assert len(expected) == 19 + endless
    return expected


def _turned(data):
    """Some bits of what the sheets are packed into are turned."""
    rng, spoilt = random.Random(1), bytearray(data)
    for _ in range(400):
        spoilt[rng.randrange(len(data) // 10, len(data) * 6 // 10)] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def _zeros(data):
    third = len(data) // 3
    return data[:third] + bytes(third) + data[2 * third :]


def _ole(stream):
    return _OLE + stream.encode("utf-16-le") + bytes(4096)


def _parts(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _foreign(title):
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    page = book.active
    page.title = title
    for n in range(40):
        page.append([n, f"{title} {n}", 3.5 * n])
    book.save(out)
    return out.getvalue()


def _changed(data, change):
    """A workbook whose sheet of entries is another one."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    table = next(n for n, x in parts.items() if b'displayName="SupportLog"' in x).rpartition("/")[2]
    beside = next(n for n, x in parts.items() if "worksheets/_rels" in n and table.encode() in x)
    sheet = "xl/worksheets/" + beside.rpartition("/")[2].removesuffix(".rels")
    parts[sheet] = change(parts[sheet])
    return _parts(parts)


def _bomb(data):
    """A few kilobytes that become gigabytes."""
    return _changed(data, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b" " * (200 << 20)))


def _endless(data):
    """A sound package with more rows of odd cells than can be read in the time that one workbook has."""
    cells = b"".join(b'<c r="%c%%d" t="b"><v>2</v></c>' % c for c in b"BCDEFGHIJK")

    def more(xml):
        row = int(xml.rpartition(b'<row r="')[2].partition(b'"')[0]) + 1
        rows = b"".join(
            b'<row r="%d">%b</row>' % (n, cells.replace(b"%d", b"%d" % n)) for n in range(row, row + 120_000)
        )
        return xml.replace(b"</sheetData>", rows + b"</sheetData>")

    return _changed(data, more)
