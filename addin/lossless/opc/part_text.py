"""Text as parts hold it: whatever encoding they declare, and with entities read."""

from __future__ import annotations

import re

from addin.lossless.opc.errors import Damaged

_ENCODING = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_OTHER_ENTITY = re.compile(r"&(?!(?:quot|lt|gt|apos|amp);)")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def utf8(xml: bytes) -> bytes:
    """The same document in UTF-8, whatever encoding it declares.

    Args:
        xml: a part as it stands in the package; a mark of its byte order is taken off.

    Raises:
        Damaged: its encoding can't be read.
    """
    if xml.startswith(b"\xef\xbb\xbf"):
        xml = xml[3:]
    declared = _ENCODING.match(xml)
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    if xml[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    if encoding in {"utf-8", "utf8", "us-ascii"}:
        return xml
    try:
        text = xml.decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise Damaged(f"A part of the workbook is written in an encoding that can't be read ({encoding}).") from error
    body = text[text.find("?>") + 2 :] if text.startswith("<?xml") else text
    return _DECLARATION + body.encode()


def unescaped(raw: bytes) -> str:
    """Text of an attribute, or between tags.

    Args:
        raw: bytes in UTF-8; what is not is replaced by `�`.
    """
    text = raw.decode("utf-8", "replace")
    if "&" not in text or _OTHER_ENTITY.search(text):
        if "&" not in text:
            return text
        import html

        return html.unescape(text)
    text = text.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&apos;", "'")
    return text.replace("&amp;", "&")
