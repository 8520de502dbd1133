"""The texts that a workbook's cells share."""

from __future__ import annotations

import re
from functools import cached_property

from addin.lossless.opc.cells import string_of
from addin.lossless.opc.errors import Damaged
from addin.lossless.opc.markup import first_tag, plain, prefix_of


class SharedStrings:
    """The shared texts, found when the first is asked for.

    Args:
        xml: their part; nothing where there is none.
    """

    def __init__(self, xml: bytes) -> None:
        self._xml = xml

    @cached_property
    def _items(self) -> list[bytes]:
        xml, self._xml = plain(self._xml), b""
        p = prefix_of(first_tag(xml)) if xml else b""
        return re.findall(rb"<%bsi(?:\s[^<>]*)?(?:/>|>.*?</%bsi\s*>)" % (p, p), xml, re.DOTALL)

    def item(self, number: int) -> bytes:
        """A text as written, with the tags around it.

        Args:
            number: counted from 0.

        Raises:
            Damaged: there is none of this number.
        """
        if not 0 <= number < len(self._items):
            raise Damaged("A cell names a text that is not in the workbook.")
        return self._items[number]

    def text(self, number: int) -> str:
        """A text.

        Args:
            number: counted from 0.

        Raises:
            Damaged: there is none of this number.
        """
        return string_of(self.item(number))
