"""Checks a ribbon's markup against Microsoft's schema of it, strictly.

The schema is the one of the Open XML SDK (the content of customUI.xsd and customUI14.xsd in its own form), which the
package openxml-audit carries. That package itself does not look into the parts of a ribbon.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

from workbook.ribbon import Form

_FILES = {
    Form.OFFICE_2007: "schemas_microsoft_com_office_2006_01_customui.json",
    Form.OFFICE_2010: "schemas_microsoft_com_office_2009_07_customui.json",
}
#: Of each of these at most one may be given ([MS-CUSTOMUI2], "mutually exclusive" of each attribute).
EXCLUSIVE = (
    ("id", "idQ", "idMso"),
    ("image", "imageMso", "getImage"),
    ("insertAfterMso", "insertBeforeMso", "insertAfterQ", "insertBeforeQ"),
    *(
        (name, f"get{name[0].upper()}{name[1:]}")
        for name in ("label", "enabled", "visible", "size", "screentip", "supertip", "keytip", "description")
    ),
)
_LENGTHS = {"MinLength": lambda text, n: len(text) >= n, "MaxLength": lambda text, n: len(text) <= n}


@cache
def _schema(form: Form) -> tuple[dict[str, Any], dict[str, set[str]]]:
    text = files("openxml_audit").joinpath("data", "openxml", "schemas", _FILES[form]).read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["TargetNamespace"] == form.namespace
    return {t["Name"]: t for t in schema["Types"]}, {
        e["Name"]: {facet["Value"] for facet in e["Facets"]} for e in schema["Enums"]
    }


def faults(markup: bytes, form: Form) -> list[str]:
    """What is wrong with the markup; empty if it is valid."""
    root = ET.fromstring(markup)
    types, _ = _schema(form)
    top = next(name for name in types if name.endswith(":customUI"))
    found = [] if root.tag == f"{{{form.namespace}}}customUI" else [f"the root is {root.tag}"]
    found += _faults_of(root, top, form)
    ids = [e.get("id") for e in root.iter() if e.get("id") is not None]
    return found + [f"the id {one} is given twice" for one in sorted(set(ids)) if ids.count(one) > 1]


def _faults_of(element: ET.Element, kind: str, form: Form) -> list[str]:
    types, _ = _schema(form)
    declared = types[kind]
    where = f"{_local(element)} {element.get('id', '')}".strip()
    found = [f"{where}: {fault}" for fault in _attribute_faults(element, declared, form)]
    children = {child["Name"].rpartition(":")[2]: child["Name"] for child in declared.get("Children", ())}
    kinds = []
    for child in element:
        if _local(child) not in children:
            return [*found, f"{where}: may not hold {_local(child)}"]
        kinds.append(children[_local(child)])
        found += _faults_of(child, kinds[-1], form)
    particle = declared.get("Particle")
    if particle is not None and not re.fullmatch(_pattern(particle), "".join(f"<{k}>" for k in kinds)):
        found.append(f"{where}: its children stand in the wrong order or number")
    return found


def _attribute_faults(element: ET.Element, declared: dict[str, Any], form: Form) -> list[str]:
    _, enums = _schema(form)
    known = {a["QName"].rpartition(":")[2]: a for a in declared.get("Attributes", ())}
    found = []
    for name, value in element.attrib.items():
        if name not in known:
            found.append(f"no attribute {name}")
            continue
        kind = known[name]["Type"]
        if kind == "BooleanValue" and value not in {"true", "false", "1", "0"}:
            found.append(f"{name} is neither true nor false")
        enum = re.fullmatch(r"EnumValue<.*\.(\w+)>", kind)
        if enum and value not in enums[enum[1]]:
            found.append(f"{name} can't be {value}")
        for validator in known[name].get("Validators", ()):
            found += [f"{name} of {len(value)} characters: {fault}" for fault in _text_faults(value, validator)]
    if "keytip" in element.attrib and not re.fullmatch(r"\S{1,3}", element.attrib["keytip"]):
        found.append("keytip")
    return found + [f"only one of {', '.join(some)}" for some in EXCLUSIVE if len(set(some) & set(element.attrib)) > 1]


def _text_faults(value: str, validator: dict[str, Any]) -> list[str]:
    found = []
    for argument in validator.get("Arguments", ()):
        name, wanted = argument["Name"], argument["Value"]
        if name in _LENGTHS and not _LENGTHS[name](value, int(wanted)):
            found.append(f"{name} is {wanted}")
        if name in {"IsNcName", "IsId"} and not re.fullmatch(r"[A-Za-z_][\w.\-]*", value):
            found.append("not a name")
    return found


def _pattern(particle: dict[str, Any]) -> str:
    """A particle of the schema as a regular expression over the kinds of children."""
    if "Name" in particle:
        inner = re.escape(f"<{particle['Name']}>")
    else:
        parts = [_pattern(item) for item in particle["Items"]]
        joined = "|".join(parts) if particle["Kind"] == "Choice" else "".join(parts)
        inner = f"(?:{joined})"
    occurs = particle.get("Occurs")
    if not occurs:
        return inner
    least, most = occurs[0].get("Min", 0), occurs[0].get("Max", "")
    return f"(?:{inner}){{{least},{most}}}"


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
