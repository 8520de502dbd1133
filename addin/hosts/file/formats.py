"""What stands beside a workbook's cells: number formats that change what is read, and values that are no errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.hosts.file.container import Element, XlsxReader
from addin.hosts.number_formats import matters
from addin.lossless.opc import index_in

#: The number formats that Excel knows by their numbers, those that change what is read.
_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}
_RICH_VALUES = "XLRICHVALUE"
_AN_ERROR = "_error"


def formats_that_matter(package: XlsxReader, styles: str) -> Mapping[int, str]:
    """The cell formats that show a number as per cent or as a time: their number formats, by their index.

    Args:
        package: the workbook.
        styles: the part with the cell formats; '' where there is none.
    """
    if not styles or styles not in package:
        return {}
    codes = dict(_BUILT_IN)
    indices: list[int] = []
    inside = False
    for element in package.elements(styles):
        there = element.attributes
        number = index_in(there.get("numFmtId", ""))
        if element.name == "numFmt" and number is not None:
            code = there.get("formatCode", "")
            codes.pop(number, None)
            if matters(code):
                codes[number] = code
        elif element.name in ("cellXfs", "cellStyleXfs", "cellStyles"):
            inside = element.name == "cellXfs"
        elif element.name == "xf" and inside:
            indices.append(number or 0)
    return {n: codes[number] for n, number in enumerate(indices) if number in codes}


def no_errors(package: XlsxReader, metadata: str) -> frozenset[int]:
    """The rich values, counted from 1, that are a picture or a data type rather than an error.

    Args:
        package: the workbook.
        metadata: the part that says which cell holds which; '' where there is none.
    """
    if not metadata or metadata not in package:
        return frozenset()
    elements = package.elements(metadata)
    kinds = [e.attributes.get("name", "") for e in elements if e.name == "metadataType"]
    values = [_number(e, "i") for e in elements if e.name == "rvb"]
    shown = _structures(package)
    found = set()
    for n, (kind, at) in enumerate(_value_records(elements), start=1):
        rich = kinds[kind - 1] == _RICH_VALUES if 0 < kind <= len(kinds) else False
        value = values[at] if rich and 0 <= at < len(values) else -1
        if rich and (shown[value] if 0 <= value < len(shown) else "") != _AN_ERROR:
            found.add(n)
    return frozenset(found)


def _value_records(elements: Sequence[Element]) -> list[tuple[int, int]]:
    """The records of the values' metadata: which type, from 1, and which of that type, from 0."""
    records: list[tuple[int, int]] = []
    inside = False
    for element in elements:
        if element.name in ("valueMetadata", "cellMetadata", "futureMetadata"):
            inside = element.name == "valueMetadata"
        elif element.name == "rc" and inside:
            records.append((_number(element, "t"), _number(element, "v")))
    return records


def _structures(package: XlsxReader) -> list[str]:
    """What each rich value of the workbook is, such as `_localImage` or `_error`."""
    values, kinds = "xl/richData/rdrichvalue.xml", "xl/richData/rdrichvaluestructure.xml"
    if values not in package or kinds not in package:
        return []
    names = [e.attributes.get("t", "") for e in package.elements(kinds) if e.name == "s"]
    used = [_number(e, "s") for e in package.elements(values) if e.name == "rv"]
    return [names[n] if 0 <= n < len(names) else "" for n in used]


def _number(element: Element, name: str) -> int:
    number = index_in(element.attributes.get(name, ""))
    return -1 if number is None else number
