"""What neither Word nor a browser can hold."""

from __future__ import annotations

import re

#: Control characters and lone halves of surrogate pairs.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(words: str) -> str:
    """Text without signs that a document can't hold.

    Args:
        words: any text.
    """
    return _ILLEGAL.sub("", words)
